import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { VERSION } from "../../version.ts";
import { demandStrong, PASSWORD_LENGTH } from "../accounts/passwords.ts";
import { plainEmail } from "../accounts/people.ts";
import type { Cookies } from "../accounts/sessions.ts";
import { note } from "../audit/log.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, LINE } from "../http/shapes.ts";
import { personOf } from "../http/who.ts";

export const PERSON_NAME = LINE(100);
export const EMAIL = z.email().max(254);
/** A password that somebody gives to show who they are: whatever it is, it is compared. */
export const PASSWORD = z
  .string()
  .min(1)
  .max(4 * PASSWORD_LENGTH.most);

export const PERSON = z
  .object({ id: z.string(), name: z.string(), email: z.string(), keeper: z.boolean() })
  .openapi("Person");

const SIGNED_IN = z.object({ ok: z.literal(true), person: PERSON });

/** Signing in and out, and the first account. */
export function sessionRoutes(app: TeamApp, services: Services): void {
  const { accounts, store } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/session",
      tags: ["session"],
      summary: "Who you are, and how one signs in here",
      access: { who: "public" },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            server: z.object({
              version: z.string(),
              setup: z.boolean().openapi({ description: "nobody has an account yet" }),
              password: z.literal(true),
              passkey: z.boolean(),
              oidc: z.object({ name: z.string() }).nullable(),
            }),
            person: PERSON.nullable(),
          }),
          "The session",
        ),
      },
    },
    async (context) => {
      const person = personOf(context.get("who"));
      const server = {
        version: VERSION,
        setup: person === undefined && (await accounts.setup.isOpen()),
        password: true as const,
        passkey: accounts.passkeys.isOpenAt(context.req.header("host") ?? new URL(context.req.url).host),
        oidc: accounts.oidc === undefined ? null : { name: accounts.oidc.name },
      };
      return context.json({ ok: true as const, server, person: person ?? null }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/session",
      tags: ["session"],
      summary: "Sign in with e-mail address and password",
      access: { who: "public" },
      request: body(z.strictObject({ email: EMAIL, password: PASSWORD })),
      responses: { 200: json(SIGNED_IN, "Signed in; the answer sets the cookie") },
    },
    async (context) => {
      const { email, password } = context.req.valid("json");
      const { headers } = context.req.raw;
      const { personId, cookies } = await accounts.failures.attempt(context, plainEmail(email), () =>
        accounts.sessions.signIn(plainEmail(email), password, headers),
      );
      setCookies(context, cookies);
      return context.json(await signedIn(services, personId, "password"), 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/session",
      tags: ["session"],
      summary: "Sign out",
      access: { who: "public" },
      responses: { 200: json(DONE, "Signed out; the answer takes the cookie away") },
    },
    async (context) => {
      const person = personOf(context.get("who"));
      setCookies(context, await accounts.sessions.signOut(context.req.raw.headers));
      if (person !== undefined) {
        const deed = { actorId: person.id, action: "session.ended" as const };
        await store.db.transaction().execute((tx) => note(tx, deed));
      }
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/setup",
      tags: ["session"],
      summary: "Make the first account with the code that the server printed, and the first workspace",
      access: { who: "public" },
      request: body(
        z.strictObject({
          code: z.string().max(100),
          name: PERSON_NAME,
          email: EMAIL,
          password: PASSWORD,
          workspace: LINE(100),
        }),
      ),
      responses: { 201: json(SIGNED_IN, "Made, and signed in") },
    },
    async (context) => {
      const { code, ...first } = context.req.valid("json");
      demandStrong(first.password, first);
      const personId = await accounts.failures.attempt(context, undefined, () => accounts.setup.finish(code, first));
      setCookies(context, await accounts.sessions.start(personId, context.req.raw.headers));
      return context.json(await signedIn(services, personId, "set-up"), 201);
    },
  );
}

/** Writes down that somebody signed in, and answers with who they are. */
export async function signedIn(
  { store: { db } }: Services,
  personId: string,
  method: "password" | "passkey" | "oidc" | "set-up" | "invitation",
) {
  const deed = { actorId: personId, action: "session.started" as const, detail: { method } };
  await db.transaction().execute((tx) => note(tx, deed));
  const person = await db
    .selectFrom("users")
    .select(["id", "name", "email", "keeper"])
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  return { ok: true as const, person };
}

/** Hands cookies on to the browser. */
export function setCookies(context: Context, cookies: Cookies): void {
  for (const cookie of cookies.getSetCookie()) context.header("set-cookie", cookie, { append: true });
}
