import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { timingSafeEqual } from "hono/utils/buffer";
import { problem } from "../core/problems/index.ts";
import { refuse } from "./answers.ts";

/** The header that carries the key. */
export const KEY_HEADER = "X-Parley-Key";

/** A new key: 128 bits of chance, in letters that fit an address. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Headers of every answer of the API: data that no page may show as a page, frame or keep. */
export function strictHeaders(isSecure = false): MiddlewareHandler {
  const nothing = ["'none'"];
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: nothing,
      baseUri: nothing,
      formAction: nothing,
      frameAncestors: nothing,
      sandbox: [],
    },
    crossOriginResourcePolicy: "same-origin",
    crossOriginOpenerPolicy: "same-origin",
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    strictTransportSecurity: isSecure ? "max-age=31536000" : false,
  });
  return async (context, next) => {
    await headers(context, next);
    context.header("Cache-Control", "no-store");
  };
}

/**
 * Lets only requests to this machine by its own names through, and none that another site's page makes.
 *
 * A foreign name in Host is a rebound name (DNS rebinding); another port of this machine is another site, too.
 */
export function ownHostOnly(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = hostsOf(port());
    const host = context.req.header("host") ?? new URL(context.req.url).host;
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const isKnown = hosts.includes(host);
    const isForeign = origin !== undefined && origin !== `http://${host}`;
    const isCrossSite = site !== undefined && site !== "same-origin" && site !== "none";
    if (!isKnown || isForeign || isCrossSite) return refuse(context, [problem("request-host", undefined)]);
    await next();
    return undefined;
  };
}

/** This machine by its own names, as Host has them. */
export function hostsOf(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

/** Whether a request carries the key, none at all, or a wrong one. */
export async function keyOf(context: Context, key: string): Promise<"right" | "none" | "wrong"> {
  const given = context.req.header(KEY_HEADER);
  if (given === undefined) return "none";
  return (await timingSafeEqual(given, key)) ? "right" : "wrong";
}
