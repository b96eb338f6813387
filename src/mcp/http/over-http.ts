import { oneLine } from "../../core/problems/index.ts";
import type { McpService } from "../service.ts";
import { type HttpSession, httpSession } from "../transport.ts";
import { type FailureLimits, Failures } from "./failures.ts";
import { bearerOf, isForOwn, type OwnNames } from "./guard.ts";
import { type KeptSession, type SessionLimits, Sessions } from "./sessions.ts";

/** A bearer of a token, and what that token opens. */
export interface Bearer extends McpService {
  /** Names the token, not its text: a session belongs to it, and ends with what it may do. */
  readonly who: string;
}

export interface HttpLimits extends SessionLimits, FailureLimits {
  /** Largest body of a request, in bytes. */
  readonly body: number;
}

/** Limits unless others are given. */
export const HTTP_LIMITS: HttpLimits = {
  body: 8_000_000,
  sessions: 200,
  sessionsEach: 20,
  idle: 60 * 60_000,
  failures: 10,
  within: 60_000,
};

export interface McpOverHttpOptions {
  /**
   * Who bears a token, and the cases that it opens; undefined where nobody does. Asked at every request, so that a token
   * that is revoked opens nothing from then on, and one that may do less does less. It compares in constant time
   * (`sameToken`), or looks a hash up; it may keep a desk for each bearer, which remembers assessments. A response refuses
   * a bearer who is known, such as one who asks too often.
   */
  serviceFor(request: Request, token: string): Found | Promise<Found>;
  /** The names that the server answers to, asked at every request. */
  names(): OwnNames;
  readonly version: string;
  /** Is told what goes wrong; never a token, nor what is in a case. */
  readonly note?: ((text: string) => void) | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
  /** The time in milliseconds; the clock's unless given. */
  readonly now?: (() => number) | undefined;
}

/** Who bears a token; undefined where nobody does, a response where they are refused. */
type Found = Bearer | Response | undefined;

export interface McpOverHttp {
  /**
   * Answers a request to the protocol's one address; what is not for it is refused with 401, 403, 404, 405, 413, 415, 429
   * or 503.
   *
   * @param from whose failures are counted together: the address that the request came from
   */
  handle(request: Request, from?: string): Promise<Response>;
  /** How many sessions there are. */
  sessions(): number;
  /** Ends all sessions, and what they are at work on. */
  close(): Promise<void>;
}

/** How often sessions that were left alone are looked for, in milliseconds. */
const SWEEP = 60_000;

/**
 * The tools for assistants over HTTP: the protocol's Streamable HTTP, for whoever bears a token.
 *
 * It knows no framework: it takes a request of the web's standard and gives a response. No page of another site gets
 * through, nor a request to another name (DNS rebinding); no session opens to another token than it was begun with; who
 * tries wrong tokens waits. It sends nothing of its own accord, so that GET, which would wait for that, is refused.
 *
 * @example
 * const mcp = mcpOverHttp({
 *   names: () => ({ hosts: ["parley.example.org"], origins: ["https://parley.example.org"] }),
 *   serviceFor: async (_, token) => {
 *     const found = await tokens.byHash(hashOf(token)); // scopes and expiry are its business
 *     return found && { who: found.id, desk: new Desk({ shelf: shelfOf(found) }), bench };
 *   },
 *   version: VERSION,
 * });
 * app.all("/mcp", (context) => mcp.handle(context.req.raw, addressOf(context)));
 */
export function mcpOverHttp({
  serviceFor,
  names,
  version,
  note,
  limits: given,
  now = Date.now,
}: McpOverHttpOptions): McpOverHttp {
  const limits = { ...HTTP_LIMITS, ...given };
  const sessions = new Sessions(limits, now);
  const failures = new Failures(limits, now);
  const sweeping = setInterval(() => sessions.sweep(), SWEEP);
  sweeping.unref();
  const tell = (text: string) => note?.(oneLine(text).slice(0, 500));

  /** A session whose first request is at hand; it is kept once the client has introduced itself. */
  const begin = async (request: Request, { who, ...service }: Bearer): Promise<Response> => {
    if (!sessions.makeRoom(who)) return refusal(503, "too many sessions are at work", { "Retry-After": "10" });
    let kept: KeptSession | undefined;
    let ended = false;
    const session: HttpSession = await httpSession({
      service: () => kept?.service ?? service,
      version,
      note: tell,
      largest: limits.body,
      atWork: (change) => {
        if (kept === undefined) return;
        kept.working += change;
        kept.used = now();
      },
      opened: (id) => {
        kept = { id, who, session, service, used: now(), working: 0 };
        sessions.add(kept);
      },
      closed: () => {
        ended = true;
        if (kept !== undefined) sessions.drop(kept.id);
      },
    });
    const response = await session.handle(request);
    if (kept === undefined && !ended) await session.close();
    return response;
  };

  const answer = async (request: Request, from: string): Promise<Response> => {
    if (!isForOwn(request, names())) return refusal(403, "not for this host or site");
    if (request.method !== "POST" && request.method !== "DELETE") {
      return refusal(405, "expected POST or DELETE", { Allow: "POST, DELETE" });
    }
    const id = request.headers.get("mcp-session-id");
    // Who has a session is not kept out by what another at the same address does.
    const wait = id !== null && sessions.has(id) ? 0 : failures.wait(from);
    if (wait > 0) {
      return refusal(429, "too many wrong tokens", { "Retry-After": String(Math.ceil(wait / 1000)) });
    }
    const token = bearerOf(request);
    const bearer = token === undefined ? undefined : await serviceFor(request, token);
    if (bearer === undefined) {
      const isGiven = request.headers.has("authorization");
      if (isGiven) failures.add(from);
      const challenge = isGiven ? 'Bearer realm="parley", error="invalid_token"' : 'Bearer realm="parley"';
      return refusal(401, isGiven ? "wrong token" : "missing token", { "WWW-Authenticate": challenge });
    }
    if (bearer instanceof Response) return bearer;
    if (Number(request.headers.get("content-length") ?? 0) > limits.body) {
      return refusal(413, `the body is too large (expected at most ${limits.body} bytes)`);
    }
    if (id === null) return begin(request, bearer);
    const kept = sessions.of(id, bearer.who);
    if (kept === undefined) return refusal(404, "no such session; begin a new one");
    const { who: _, ...service } = bearer;
    kept.service = service;
    return kept.session.handle(request);
  };

  return {
    async handle(request, from = "") {
      try {
        const response = await answer(request, from);
        response.headers.set("X-Content-Type-Options", "nosniff");
        if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
        return response;
      } catch (error) {
        const token = bearerOf(request);
        const message = error instanceof Error ? error.message : String(error);
        tell(`a request failed: ${token === undefined ? message : message.replaceAll(token, "(a token)")}`);
        return refusal(500, "something went wrong here");
      }
    },
    sessions: () => sessions.count,
    async close() {
      clearInterval(sweeping);
      await sessions.close();
    },
  };
}

/** A refusal as clients of the protocol read it. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  const error = { code: status === 404 ? -32001 : -32000, message };
  return new Response(JSON.stringify({ jsonrpc: "2.0", error, id: null }), {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}
