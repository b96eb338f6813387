import { z } from "@hono/zod-openapi";
import { ParleyError } from "../../core/problems/index.ts";
import { accept, invite, openInvitation, revoke } from "../accounts/invitations.ts";
import { demandStrong, hashPassword } from "../accounts/passwords.ts";
import { addPerson } from "../accounts/people.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, DONE, ID, ROLE, WORKSPACE } from "../http/shapes.ts";
import { authorOf } from "./case-answers.ts";
import { EMAIL, PASSWORD, PERSON, PERSON_NAME, setCookies, signedIn } from "./session.ts";

const INVITATION = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    role: ROLE,
    state: z.enum(["open", "accepted", "revoked", "expired"]),
    createdBy: AUTHOR,
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi("Invitation");

const HEADER = z.object({
  "x-parley-invitation": z.string().min(1).max(100).openapi({ description: "the secret of an invitation" }),
});

/** Invitations into a workspace: what its owners make, and what those invited do with them. */
export function invitationRoutes(app: TeamApp, services: Services): void {
  const {
    accounts,
    store: { db },
    now,
  } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/workspaces/{workspace}/invitations",
      tags: ["invitations"],
      summary: "The invitations into a workspace, newest first; never their secrets",
      access: { who: "workspace", role: "owner" },
      request: { params: WORKSPACE },
      responses: { 200: json(z.object({ ok: z.literal(true), invitations: z.array(INVITATION) }), "Invitations") },
    },
    async (context) => {
      const rows = await db
        .selectFrom("invitations")
        .leftJoin("users", "users.id", "invitations.createdBy")
        .selectAll("invitations")
        .select(["users.name as createdByName"])
        .where("workspaceId", "=", context.req.valid("param").workspace)
        .orderBy("invitations.createdAt", "desc")
        .orderBy("invitations.id")
        .limit(500)
        .execute();
      return context.json({ ok: true as const, invitations: rows.map((row) => shown(row, now())) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/workspaces/{workspace}/invitations",
      tags: ["invitations"],
      summary: "Invite somebody; the answer alone holds the secret, for the address ORIGIN/#/invitation/TOKEN",
      access: { who: "workspace", role: "owner" },
      request: {
        params: WORKSPACE,
        ...body(
          z.strictObject({
            email: EMAIL.optional().openapi({ description: "who alone may use it; anybody with the secret without" }),
            role: ROLE,
            days: z.int().min(1).max(30).default(7),
          }),
        ),
      },
      responses: {
        201: json(z.object({ ok: z.literal(true), invitation: INVITATION, token: z.string() }), "Made"),
      },
    },
    async (context) => {
      const { email, role, days } = context.req.valid("json");
      const by = authorOf(context.get("who")).id;
      const offer = { email, role, days };
      const made = await invite(db, context.req.valid("param").workspace, offer, by, now());
      const who = context.get("who");
      const createdByName = who.kind === "nobody" ? null : who.person.name;
      const invitation = shown({ ...made.invitation, createdByName }, now());
      return context.json({ ok: true as const, invitation, token: made.token }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/workspaces/{workspace}/invitations/{invitation}",
      tags: ["invitations"],
      summary: "Take an open invitation back",
      access: { who: "workspace", role: "owner" },
      request: { params: WORKSPACE.extend({ invitation: ID }) },
      responses: { 200: json(DONE, "Taken back") },
    },
    async (context) => {
      const { workspace, invitation } = context.req.valid("param");
      await revoke(db, workspace, invitation, authorOf(context.get("who")).id, now());
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/invitation",
      tags: ["invitations"],
      summary: "What an invitation offers",
      access: { who: "public" },
      request: { headers: HEADER },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            workspace: z.object({ name: z.string() }),
            role: ROLE,
            email: z.string().nullable(),
          }),
          "The offer",
        ),
      },
    },
    async (context) => {
      const { workspaceName, role, email } = await openInvitation(db, secretOf(context.req.valid("header")), now());
      return context.json({ ok: true as const, workspace: { name: workspaceName }, role, email }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/invitation",
      tags: ["invitations"],
      summary: "Use an invitation: with the account that you are signed in with, or a new one",
      access: { who: "public" },
      request: {
        headers: HEADER,
        ...body(
          z.strictObject({ name: PERSON_NAME.optional(), email: EMAIL.optional(), password: PASSWORD.optional() }),
        ),
      },
      responses: {
        200: json(
          z.object({ ok: z.literal(true), person: PERSON, workspace: z.object({ id: z.string(), name: z.string() }) }),
          "You are a member; with a new account, the answer sets the cookie",
        ),
      },
    },
    async (context) => {
      const who = context.get("who");
      if (who.kind === "token") throw ParleyError.of("token-refused", undefined);
      const invitation = await openInvitation(db, secretOf(context.req.valid("header")), now());
      const workspace = { id: invitation.workspaceId, name: invitation.workspaceName };
      if (who.kind === "person") {
        await db.transaction().execute((tx) => accept(tx, invitation, who.person, now()));
        return context.json({ ok: true as const, person: who.person, workspace }, 200);
      }
      const { name, email, password } = context.req.valid("json");
      if (name === undefined || email === undefined || password === undefined) {
        throw ParleyError.of("request-shape", { where: "", detail: "needs name, email and password, or a sign-in" });
      }
      demandStrong(password, { name, email });
      const hashed = await hashPassword(password);
      const personId = await db.transaction().execute(async (tx) => {
        const vouched = invitation.email !== null;
        const id = await addPerson(tx, { name, email, password: hashed, vouched });
        await accept(tx, invitation, { id, email }, now());
        return id;
      });
      setCookies(context, await accounts.sessions.start(personId, context.req.raw.headers));
      return context.json({ ...(await signedIn(services, personId, "invitation")), workspace }, 200);
    },
  );
}

function secretOf(headers: z.infer<typeof HEADER>): string {
  return headers["x-parley-invitation"];
}

interface InvitationRow {
  readonly id: string;
  readonly email: string | null;
  readonly role: z.infer<typeof ROLE>;
  readonly createdBy: string | null;
  readonly createdByName: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

function shown(row: InvitationRow, now: Date): z.infer<typeof INVITATION> {
  const { id, email, role, createdBy, createdByName, createdAt, expiresAt, acceptedAt, revokedAt } = row;
  const over = expiresAt <= now ? "expired" : "open";
  return {
    id,
    email,
    role,
    state: acceptedAt !== null ? "accepted" : revokedAt !== null ? "revoked" : over,
    createdBy: createdBy === null ? null : { id: createdBy, name: createdByName ?? "" },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
