import { z } from "@hono/zod-openapi";
import { ParleyError } from "../../core/problems/index.ts";
import { belongings } from "../accounts/belongings.ts";
import { confirm, present } from "../accounts/confirm.ts";
import { leave } from "../accounts/leave.ts";
import { demandStrong, hashPassword } from "../accounts/passwords.ts";
import { addPassword, passwordOf, plainEmail } from "../accounts/people.ts";
import { dropReset } from "../accounts/resets.ts";
import { note } from "../audit/log.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID } from "../http/shapes.ts";
import { EMAIL, PASSWORD, PERSON, PERSON_NAME, setCookies } from "./session.ts";

const PROFILE = PERSON.extend({
  createdAt: z.string(),
  password: z.boolean().openapi({ description: "whether the account has a password" }),
}).openapi("Profile");

const SESSION = z
  .object({
    id: z.string(),
    current: z.boolean(),
    userAgent: z.string().nullable(),
    createdAt: z.string(),
    usedAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi("Session");

/** A person's own account: profile, password, sessions, export, deletion. */
export function meRoutes(app: TeamApp, services: Services): void {
  const {
    accounts: { sessions },
    store: { db },
    versions,
    changes,
    now,
  } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/me",
      tags: ["me"],
      summary: "Your account",
      access: { who: "person" },
      responses: { 200: json(z.object({ ok: z.literal(true), person: PROFILE }), "Your account") },
    },
    async (context) => {
      const { id } = present(context).person;
      const { createdAt, ...row } = await db
        .selectFrom("users")
        .select(["id", "name", "email", "keeper", "createdAt"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const password = (await passwordOf(db, id)) !== undefined;
      return context.json({ ok: true as const, person: { ...row, createdAt: createdAt.toISOString(), password } }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "patch",
      path: "/api/me",
      tags: ["me"],
      summary: "Change your name, or your e-mail address; that needs your password, or that you signed in just now",
      access: { who: "person" },
      request: body(
        z.strictObject({ name: PERSON_NAME.optional(), email: EMAIL.optional(), password: PASSWORD.optional() }),
      ),
      responses: { 200: json(DONE, "Changed") },
    },
    async (context) => {
      const { name, email, password } = context.req.valid("json");
      const { person } = present(context);
      const next = email === undefined || plainEmail(email) === person.email ? undefined : plainEmail(email);
      if (next !== undefined) await confirm(context, services, password);
      try {
        await db.transaction().execute(async (tx) => {
          if (name !== undefined) {
            await tx.updateTable("users").set({ name, updatedAt: now() }).where("id", "=", person.id).execute();
            await note(tx, { actorId: person.id, action: "account.name" });
          }
          if (next !== undefined) {
            // Nobody else says that it is theirs: an identity provider's word for it does not open this account.
            const set = { email: next, emailVerified: false, updatedAt: now() };
            await tx.updateTable("users").set(set).where("id", "=", person.id).execute();
            await note(tx, { actorId: person.id, action: "account.email" });
          }
        });
      } catch (error) {
        if ((error as { code?: string }).code === "23505") throw ParleyError.of("email-taken", undefined);
        throw error;
      }
      sessions.forget(person.id);
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/me",
      tags: ["me"],
      summary: "Delete your account for good, with the workspaces whose only member you are",
      access: { who: "person" },
      request: body(
        z.union([z.strictObject({ password: PASSWORD }), z.strictObject({ confirm: z.literal(true) })]).openapi({
          description: "your password; or, where you have none or signed in just now, that you mean it",
        }),
      ),
      responses: { 200: json(DONE, "Deleted") },
    },
    async (context) => {
      const given = context.req.valid("json");
      const { person } = await confirm(context, services, "password" in given ? given.password : undefined);
      const gone = await leave(db, person);
      sessions.forget(person.id);
      for (const id of gone) changes.tell(id, { kind: "gone" });
      setCookies(context, await sessions.signOut(context.req.raw.headers));
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/me/export",
      tags: ["me"],
      summary: "Everything that you own or did here, without secrets",
      access: { who: "person" },
      responses: { 200: json(z.looseObject({ ok: z.literal(true), exportedAt: z.string() }), "Everything") },
    },
    async (context) => {
      const all = await belongings(db, versions, present(context).person.id);
      context.header("content-disposition", 'attachment; filename="parley-account.json"');
      return context.json({ ok: true as const, exportedAt: now().toISOString(), ...all }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/me/password",
      tags: ["me"],
      summary: "Change your password; all your other sessions end",
      access: { who: "person" },
      request: body(z.strictObject({ current: PASSWORD.optional(), next: PASSWORD })),
      responses: { 200: json(DONE, "Changed; the answer sets a new cookie") },
    },
    async (context) => {
      const { current, next } = context.req.valid("json");
      const { person } = await confirm(context, services, current, true);
      demandStrong(next, person);
      const hashed = await hashPassword(next);
      await db.transaction().execute(async (tx) => {
        await addPassword(tx, person.id, hashed);
        await dropReset(tx, person.id);
        await tx.deleteFrom("sessions").where("userId", "=", person.id).execute();
        await note(tx, { actorId: person.id, action: "account.password" });
      });
      sessions.forget(person.id);
      setCookies(context, await sessions.start(person.id, context.req.raw.headers));
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/me/sessions",
      tags: ["me"],
      summary: "Where you are signed in",
      access: { who: "person" },
      responses: { 200: json(z.object({ ok: z.literal(true), sessions: z.array(SESSION) }), "Sessions") },
    },
    async (context) => {
      const { person, sessionId } = present(context);
      const rows = await db
        .selectFrom("sessions")
        .select(["id", "userAgent", "createdAt", "updatedAt", "expiresAt"])
        .where("userId", "=", person.id)
        .where("expiresAt", ">", now())
        .orderBy("updatedAt", "desc")
        .execute();
      const listed = rows.map(({ id, userAgent, createdAt, updatedAt, expiresAt }) => ({
        id,
        current: id === sessionId,
        userAgent,
        createdAt: createdAt.toISOString(),
        usedAt: updatedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      }));
      return context.json({ ok: true as const, sessions: listed }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/me/sessions/{session}",
      tags: ["me"],
      summary: "End one of your sessions",
      access: { who: "person" },
      request: { params: z.object({ session: ID }) },
      responses: { 200: json(DONE, "Ended") },
    },
    async (context) => {
      const { person } = present(context);
      const { session: id } = context.req.valid("param");
      await db.transaction().execute(async (tx) => {
        const ended = await tx
          .deleteFrom("sessions")
          .where("id", "=", id)
          .where("userId", "=", person.id)
          .executeTakeFirst();
        if (ended.numDeletedRows !== 1n) throw ParleyError.of("session-unknown", { id });
        await note(tx, { actorId: person.id, action: "session.ended", detail: { others: false } });
      });
      sessions.forget(person.id);
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/me/sessions",
      tags: ["me"],
      summary: "End all your sessions but this one",
      access: { who: "person" },
      responses: { 200: json(DONE, "Ended") },
    },
    async (context) => {
      const { person, sessionId } = present(context);
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom("sessions").where("userId", "=", person.id).where("id", "!=", sessionId).execute();
        await note(tx, { actorId: person.id, action: "session.ended", detail: { others: true } });
      });
      sessions.forget(person.id);
      return context.json({ ok: true as const }, 200);
    },
  );
}
