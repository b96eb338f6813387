import { z } from "@hono/zod-openapi";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Context } from "hono";
import { ParleyError } from "../../core/problems/index.ts";
import { confirm, present } from "../accounts/confirm.ts";
import { note } from "../audit/log.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID, LINE } from "../http/shapes.ts";
import { PASSWORD, PERSON, setCookies, signedIn } from "./session.ts";

const PASSKEY = z
  .object({ id: z.string(), name: z.string().nullable(), createdAt: z.string().nullable() })
  .openapi("Passkey");

/** What a browser needs for `navigator.credentials`, as WebAuthn Level 3 writes it in JSON. */
const OPTIONS = z.any().openapi("PasskeyOptions", { type: "object" });

const PART = z.string().max(20_000);

/** What `navigator.credentials` answered, as `PublicKeyCredential.toJSON()` writes it. */
const ANSWER = z
  .object({
    id: z.string().min(1).max(2000),
    rawId: z.string().min(1).max(2000),
    type: z.literal("public-key"),
    authenticatorAttachment: z.string().max(50).nullish(),
    clientExtensionResults: z.looseObject({}).default({}),
    response: z.object({
      clientDataJSON: PART,
      attestationObject: PART.optional(),
      authenticatorData: PART.optional(),
      signature: PART.optional(),
      userHandle: PART.nullish(),
      transports: z.array(z.string().max(50)).max(20).optional(),
    }),
  })
  .openapi("PasskeyAnswer");

/** Passkeys: signing in with one, and a person's own. */
export function passkeyRoutes(app: TeamApp, services: Services): void {
  const {
    accounts: { passkeys, sessions, failures },
    store: { db },
  } = services;

  const demandOpen = (context: Context): void => {
    if (!passkeys.isOpenAt(hostOf(context))) throw ParleyError.of("passkey-off", undefined);
  };

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/session/passkey/options",
      tags: ["session"],
      summary: "What a browser needs to sign in with a passkey",
      access: { who: "public" },
      responses: { 200: json(z.object({ ok: z.literal(true), options: OPTIONS }), "Options") },
    },
    async (context) => {
      demandOpen(context);
      return context.json({ ok: true as const, options: await passkeys.toSignIn() }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/session/passkey",
      tags: ["session"],
      summary: "Sign in with a passkey",
      access: { who: "public" },
      request: body(z.strictObject({ response: ANSWER })),
      responses: {
        200: json(z.object({ ok: z.literal(true), person: PERSON }), "Signed in; the answer sets the cookie"),
      },
    },
    async (context) => {
      demandOpen(context);
      const { response } = context.req.valid("json");
      const answer = withoutNulls(response) as unknown as AuthenticationResponseJSON;
      const cookies = await failures.attempt(context, undefined, async () => {
        const personId = await passkeys.signIn(answer);
        return { personId, set: await sessions.start(personId, context.req.raw.headers) };
      });
      setCookies(context, cookies.set);
      return context.json(await signedIn(services, cookies.personId, "passkey"), 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/me/passkeys",
      tags: ["me"],
      summary: "Your passkeys",
      access: { who: "person" },
      responses: { 200: json(z.object({ ok: z.literal(true), passkeys: z.array(PASSKEY) }), "Passkeys") },
    },
    async (context) => {
      const rows = await db
        .selectFrom("passkeys")
        .select(["id", "name", "createdAt"])
        .where("userId", "=", present(context).person.id)
        .orderBy("createdAt")
        .execute();
      return context.json({ ok: true as const, passkeys: rows.map(shown) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/me/passkeys/options",
      tags: ["me"],
      summary: "What your browser needs to make a passkey; needs your password, or that you signed in just now",
      access: { who: "person" },
      request: body(z.strictObject({ password: PASSWORD.optional() })),
      responses: { 200: json(z.object({ ok: z.literal(true), options: OPTIONS }), "Options") },
    },
    async (context) => {
      demandOpen(context);
      const { person } = await confirm(context, services, context.req.valid("json").password);
      return context.json({ ok: true as const, options: await passkeys.toAdd(person) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/me/passkeys",
      tags: ["me"],
      summary: "Keep a passkey that your browser made",
      access: { who: "person" },
      request: body(z.strictObject({ name: LINE(100), response: ANSWER })),
      responses: { 201: json(z.object({ ok: z.literal(true), passkey: PASSKEY }), "Kept") },
    },
    async (context) => {
      demandOpen(context);
      const { name, response } = context.req.valid("json");
      const answer = withoutNulls(response) as unknown as RegistrationResponseJSON;
      const row = await passkeys.add(present(context).person.id, name, answer);
      return context.json({ ok: true as const, passkey: shown(row) }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/me/passkeys/{passkey}",
      tags: ["me"],
      summary: "Forget one of your passkeys",
      access: { who: "person" },
      request: { params: z.object({ passkey: ID }) },
      responses: { 200: json(DONE, "Forgotten") },
    },
    async (context) => {
      const { person } = present(context);
      const { passkey: id } = context.req.valid("param");
      await db.transaction().execute(async (tx) => {
        const gone = await tx
          .deleteFrom("passkeys")
          .where("id", "=", id)
          .where("userId", "=", person.id)
          .executeTakeFirst();
        if (gone.numDeletedRows !== 1n) throw ParleyError.of("passkey-unknown", { id });
        await note(tx, { actorId: person.id, action: "passkey.removed", detail: { passkey: id } });
      });
      return context.json({ ok: true as const }, 200);
    },
  );
}

export function hostOf(context: Context): string {
  return context.req.header("host") ?? new URL(context.req.url).host;
}

function shown({ id, name, createdAt }: { id: string; name: string | null; createdAt: Date | null }) {
  return { id, name, createdAt: createdAt?.toISOString() ?? null };
}

/** An answer without the keys that some browsers give as null. */
function withoutNulls({ response, ...rest }: z.infer<typeof ANSWER>) {
  const kept = (of: object) => Object.fromEntries(Object.entries(of).filter(([, value]) => value != null));
  return { ...kept(rest), response: kept(response) };
}
