import { APIError, type BetterAuthPlugin, betterAuth } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import { hashPassword, isPassword, PASSWORD_LENGTH } from "./passwords.ts";

/** A session ends so long after it began, in seconds, however much it is used. */
export const SESSION_LONGEST = 30 * 24 * 3600;
/** A session that was not used for so long has ended, in seconds. */
export const SESSION_IDLE = 7 * 24 * 3600;

export interface AuthOptions {
  readonly db: Db;
  /** The address that people use; undefined where the server answers on loopback only. */
  readonly origin: string | undefined;
  /** Signs cookies. */
  readonly secret: string;
  readonly plugins?: BetterAuthPlugin[];
}

export type Auth = ReturnType<typeof makeAuth>;

/** The prefix of the names of cookies: browsers keep one with `__Host-` to this very host, over TLS. */
function cookiePrefix(origin: string | undefined): string {
  return isSecure(origin) ? "__Host-parley" : "parley";
}

/** The name of the cookie of a session. */
export function sessionCookie(origin: string | undefined): string {
  return `${cookiePrefix(origin)}.session_token`;
}

function isSecure(origin: string | undefined): boolean {
  return origin?.startsWith("https://") ?? false;
}

/**
 * better-auth over the server's own tables.
 *
 * None of its routes is open: routes of ours call it. It makes no account, sends nothing anywhere, and keeps neither
 * network addresses nor an identity provider's tokens.
 */
export function makeAuth({ db, origin, secret, plugins = [] }: AuthOptions) {
  return betterAuth({
    appName: "Parley",
    baseURL: origin ?? "http://localhost",
    basePath: "/api/session",
    secret,
    // A transaction of its own would wait for the embedded store's one connection.
    database: { db, type: "postgres", transaction: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    trustedOrigins: origin === undefined ? [] : [origin],
    user: {
      modelName: "users",
      additionalFields: {
        keeper: { type: "boolean", required: false, input: false },
        suspendedAt: { type: "date", required: false, input: false },
      },
    },
    session: { modelName: "sessions", expiresIn: SESSION_LONGEST, disableSessionRefresh: true },
    account: {
      modelName: "accounts",
      updateAccountOnSignIn: false,
      accountLinking: { enabled: false },
    },
    verification: { modelName: "verifications" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: 4 * PASSWORD_LENGTH.most,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    advanced: {
      cookiePrefix: cookiePrefix(origin),
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, secure: isSecure(origin), sameSite: "lax", path: "/" },
      // The page asks from its own address also where another site's link opened it; the state of an OIDC sign-in is
      // what has to come along from another site, and stays lax.
      cookies: { session_token: { attributes: { sameSite: "strict" } } },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId() },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const person = await db
              .selectFrom("users")
              .select("suspendedAt")
              .where("id", "=", session.userId)
              .executeTakeFirst();
            if (person === undefined || person.suspendedAt !== null) {
              throw new APIError("FORBIDDEN", { code: "person-suspended", message: "suspended" });
            }
            await endedOnes(db, session.userId).execute();
            return { data: { ...session, ipAddress: null, userAgent: session.userAgent?.slice(0, 300) ?? null } };
          },
        },
      },
    },
    plugins: [starting, ...plugins],
  });
}

/** Takes away what is left of somebody's sessions that are over. */
function endedOnes(db: Db, userId: string) {
  const [now, idle] = [new Date(), new Date(Date.now() - SESSION_IDLE * 1000)];
  return db
    .deleteFrom("sessions")
    .where("userId", "=", userId)
    .where((where) => where.or([where("expiresAt", "<", now), where("updatedAt", "<", idle)]));
}

/** Starts a session for somebody who has shown who they are in another way than by password. */
const starting = {
  id: "parley",
  endpoints: {
    startSession: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ userId: z.string() }) },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.userId);
        if (user === null) throw new APIError("UNAUTHORIZED", { code: "person-unknown", message: "unknown" });
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({ sessionId: session.id });
      },
    ),
  },
} satisfies BetterAuthPlugin;
