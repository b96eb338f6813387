import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { clientAddress, type ServerConfig } from "../config/index.ts";

/** A request that has begun: nothing in it tells what it is about. */
export interface RequestBegun {
  /** A name of its own, which the answer carries as X-Request-Id. */
  readonly id: string;
  /** One of the usual methods, or OTHER. */
  readonly method: string;
  /** The route's pattern, such as /api/cases/:id; `none` where no route is meant. Never the path itself. */
  readonly route: string;
  /** The address of whoever asks. It is personal data: see PARLEY_LOG_ADDRESSES. */
  readonly address: string | undefined;
}

/** A request that was answered, or given up. */
export interface RequestEnded extends RequestBegun {
  readonly status: number;
  readonly seconds: number;
  /** Bytes that were written, head included where they went over a connection. */
  readonly bytes: number | undefined;
  /** The account's id, where it is known. */
  readonly user: string | undefined;
  /** Whether it was a stream of events, which lasts as long as somebody listens. */
  readonly isStream: boolean;
  /** Whether the one who asked left before the end of the answer. */
  readonly isCut: boolean;
  /** What was thrown. */
  readonly error: unknown;
}

/** Something that wants to know of requests, such as a log. It does not throw. */
export interface RequestWatcher {
  begun?(request: RequestBegun): void;
  ended(request: RequestEnded): void;
}

/** Where a request's id stands among Hono's variables. */
export const REQUEST_ID = "requestId";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/**
 * Tells watchers of every request, with its route's pattern in place of its path. It stands before all other handlers.
 *
 * A request over a connection has ended when its last byte was handed over, or its connection was lost; another when
 * its answer is there.
 *
 * @param userOf the account's id of a request, as the access layer has left it in the context
 */
export function watchRequests(
  watchers: readonly RequestWatcher[],
  { trustProxy }: Pick<ServerConfig, "trustProxy">,
  userOf: (context: Context) => string | undefined = () => undefined,
): MiddlewareHandler {
  return async (context, next) => {
    const { incoming, outgoing } = (context.env ?? {}) as NodeBindings;
    const started = performance.now();
    const socket = incoming?.socket;
    const before = socket?.bytesWritten ?? 0;
    const begun: RequestBegun = {
      id: randomUUID(),
      method: METHODS.has(context.req.method) ? context.req.method : "OTHER",
      route: routeOf(context),
      address: addressOf(context, trustProxy),
    };
    context.set(REQUEST_ID, begun.id);
    for (const watcher of watchers) watcher.begun?.(begun);
    let user: string | undefined;
    let isStream = false;
    let error: unknown;
    let hasEnded = false;
    const end = (status: number, bytes: number | undefined, isCut: boolean): void => {
      if (hasEnded) return;
      hasEnded = true;
      const seconds = (performance.now() - started) / 1000;
      for (const watcher of watchers) watcher.ended({ ...begun, status, seconds, bytes, user, isStream, isCut, error });
    };
    outgoing?.once("close", () => {
      end(outgoing.statusCode, Math.max(0, (socket?.bytesWritten ?? 0) - before), !outgoing.writableFinished);
    });
    await next();
    user = userOf(context);
    error = context.error;
    isStream = context.res.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    context.header("X-Request-Id", begun.id);
    if (outgoing === undefined) end(context.res.status, lengthOf(context.res), false);
  };
}

function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  return length === null ? undefined : Number(length);
}

/** The pattern of the route that a request is for, as the code has it: of these there are only so many. */
function routeOf(context: Context): string {
  const last = matchedRoutes(context).at(-1);
  // What is left of a request for nothing is what stands before every route.
  if (last === undefined || (last.method === "ALL" && last.path.endsWith("*"))) return "none";
  return last.path;
}

/** The address of whoever asks, by the proxies that are trusted; nothing where there is no connection. */
export function addressOf(context: Context, trustProxy: readonly string[]): string | undefined {
  const connection = ((context.env ?? {}) as NodeBindings).incoming?.socket.remoteAddress;
  return connection === undefined
    ? undefined
    : clientAddress(connection, context.req.header("x-forwarded-for"), trustProxy);
}

/** The address at the other end of the connection, which nobody can invent; nothing where there is no connection. */
export function connectionOf(context: Context): string | undefined {
  return ((context.env ?? {}) as NodeBindings).incoming?.socket.remoteAddress;
}
