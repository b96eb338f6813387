import { APIError } from "better-auth";
import { LRUCache } from "lru-cache";
import { ParleyError } from "../../core/problems/index.ts";
import type { Db } from "../db/open.ts";
import type { Identity, Person, Who } from "../http/who.ts";
import { type Auth, SESSION_IDLE, sessionCookie } from "./auth.ts";

/** Milliseconds for which it is taken as known whose a cookie is, unless told otherwise. */
const KNOWN = 3000;
/** A session's last use is written down at most so often, in milliseconds. */
const TOUCH = 5 * 60_000;
/** Milliseconds after signing in for which somebody need not show again who they are. */
export const RECENT = 10 * 60_000;

const NOBODY: Who = { kind: "nobody" };

/** Headers that set the cookie of a session. */
export type Cookies = Headers;

/**
 * Sessions of people, over better-auth.
 *
 * The cookie holds a random token, signed; what it is good for stands in the database. A session ends 30 days after it
 * began, after 7 days without use, at sign-out, and with all others of its person when they change their password (but
 * for the one that does it) or are suspended. Whose a cookie is is remembered for three seconds in this process; what
 * another server process ends counts here that much later.
 */
export class Sessions implements Identity {
  readonly #db: Db;
  readonly #auth: Auth;
  readonly #cookie: string;
  readonly #now: () => Date;
  readonly #known: LRUCache<string, Extract<Who, { kind: "person" }>>;
  /** Counts what was forgotten, and says of people when: what was read before that is not remembered after. */
  #forgotten = 0;
  readonly #forgottenOf = new LRUCache<string, number>({ max: 5000, ttl: 20 * KNOWN });
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(db: Db, auth: Auth, origin: string | undefined, now: () => Date, known = KNOWN) {
    this.#known = new LRUCache({ max: 5000, ttl: known });
    this.#db = db;
    this.#auth = auth;
    this.#cookie = sessionCookie(origin);
    this.#now = now;
  }

  async of(headers: Headers): Promise<Who> {
    const cookie = cookieOf(headers, this.#cookie);
    if (cookie === undefined) return NOBODY;
    const known = this.#known.get(cookie);
    if (known !== undefined) return known;
    const begun = this.#forgotten;
    const found = await this.#auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (found === null) return NOBODY;
    const { session, user } = found;
    const idle = this.#now().getTime() - session.updatedAt.getTime();
    if (idle > SESSION_IDLE * 1000) {
      await this.#db.deleteFrom("sessions").where("id", "=", session.id).execute();
      return NOBODY;
    }
    if (user.suspendedAt != null) {
      await this.#db.deleteFrom("sessions").where("id", "=", session.id).execute();
      throw ParleyError.of("person-suspended", undefined);
    }
    if (idle > TOUCH) {
      await this.#db.updateTable("sessions").set({ updatedAt: this.#now() }).where("id", "=", session.id).execute();
    }
    const person: Person = { id: user.id, name: user.name, email: user.email, keeper: user.keeper === true };
    const who = { kind: "person", person, sessionId: session.id } as const;
    if ((this.#forgottenOf.get(person.id) ?? 0) <= begun) this.#known.set(cookie, who);
    return who;
  }

  /**
   * Signs somebody in by password; a new session each time, and the one that the request came with ends.
   *
   * @throws ParleyError, the same where nobody has that e-mail address and where the password is another.
   */
  async signIn(email: string, password: string, headers: Headers): Promise<{ personId: string; cookies: Cookies }> {
    const before = await this.#idOf(headers);
    const { headers: cookies, response } = await answered(
      this.#auth.api.signInEmail({ body: { email, password }, headers: plain(headers), returnHeaders: true }),
    );
    await this.#end(before);
    return { personId: response.user.id, cookies };
  }

  /** Starts a session for somebody who has shown who they are; the one that the request came with ends. */
  async start(personId: string, headers: Headers): Promise<Cookies> {
    const before = await this.#idOf(headers);
    const started = await answered(
      this.#auth.api.startSession({ body: { userId: personId }, headers: plain(headers), returnHeaders: true }),
    );
    await this.#end(before);
    return started.headers;
  }

  /** Ends the session of a request; the headers take its cookie away. */
  async signOut(headers: Headers): Promise<Cookies> {
    const found =
      cookieOf(headers, this.#cookie) === undefined
        ? null
        : await this.#auth.api.getSession({ headers, query: { disableRefresh: true } });
    const { headers: cookies } = await this.#auth.api.signOut({ headers, returnHeaders: true });
    if (found !== null) this.forget(found.user.id);
    return cookies;
  }

  /** Forgets what is remembered of somebody, after their sessions or rights changed. */
  forget(personId: string): void {
    this.#forgotten += 1;
    this.#forgottenOf.set(personId, this.#forgotten);
    for (const [cookie, { person }] of this.#known.entries()) if (person.id === personId) this.#known.delete(cookie);
    for (const listener of [...(this.#listeners.get(personId) ?? [])]) listener();
  }

  /** Tells whenever somebody's sessions or rights changed, until the function that is returned is called. */
  whenForgotten(personId: string, listener: () => void): () => void {
    const all = this.#listeners.get(personId) ?? new Set();
    this.#listeners.set(personId, all);
    // One function may listen more than once.
    const one = () => listener();
    all.add(one);
    return () => {
      all.delete(one);
      if (all.size === 0 && this.#listeners.get(personId) === all) this.#listeners.delete(personId);
    };
  }

  /** Whether a session began a short while ago. */
  async isRecent(sessionId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom("sessions")
      .select("createdAt")
      .where("id", "=", sessionId)
      .executeTakeFirst();
    return row !== undefined && this.#now().getTime() - row.createdAt.getTime() < RECENT;
  }

  async #idOf(headers: Headers): Promise<string | undefined> {
    if (cookieOf(headers, this.#cookie) === undefined) return undefined;
    const found = await this.#auth.api.getSession({ headers, query: { disableRefresh: true } });
    return found?.session.id;
  }

  async #end(sessionId: string | undefined): Promise<void> {
    if (sessionId === undefined) return;
    await this.#db.deleteFrom("sessions").where("id", "=", sessionId).execute();
    for (const [cookie, who] of this.#known.entries()) if (who.sessionId === sessionId) this.#known.delete(cookie);
  }
}

/** Whose requests are: by bearer token where they carry one, else by cookie. */
export function identityOf({ sessions, tokens }: { sessions: Identity; tokens?: Identity | undefined }): Identity {
  return {
    of: async (headers) => {
      if (!headers.has("authorization")) return sessions.of(headers);
      if (tokens === undefined) throw ParleyError.of("token-unknown", undefined);
      return tokens.of(headers);
    },
  };
}

/** What better-auth answers, or our words for why it does not. */
export async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof APIError) {
      if (error.body?.code === "person-suspended") throw ParleyError.of("person-suspended", undefined);
      if (error.statusCode < 500) throw ParleyError.of("sign-in-failed", undefined);
    }
    throw error;
  }
}

/** What of a request's headers a new session remembers. */
function plain(headers: Headers): Headers {
  return new Headers({ "user-agent": headers.get("user-agent") ?? "" });
}

function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [key = "", ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
