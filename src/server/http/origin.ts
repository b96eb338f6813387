import type { MiddlewareHandler } from "hono";
import { hostsOf } from "../../api/index.ts";
import { ParleyError } from "../../core/problems/index.ts";

/**
 * Lets only requests by the server's own address through, and none that another site's page makes.
 *
 * A foreign name in Host is a rebound name (DNS rebinding). A request that changes something and comes from a page says
 * so in Origin or Sec-Fetch-Site; one that carries a token and no cookie needs neither.
 *
 * @param origin - the address that people use; undefined where the server answers on loopback only.
 * @param port - the port that it listens on.
 */
export function ownOriginOnly(origin: string | undefined, port: () => number): MiddlewareHandler {
  const own = origin === undefined ? undefined : new URL(origin);
  return async (context, next) => {
    const host = context.req.header("host") ?? new URL(context.req.url).host;
    const from = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const isKnown = own === undefined ? hostsOf(port()).includes(host) : host === own.host;
    const isForeign = from !== undefined && from !== (own?.origin ?? `http://${host}`);
    const isOpened =
      context.req.method === "GET" &&
      context.req.header("sec-fetch-mode") === "navigate" &&
      (context.req.header("sec-fetch-dest") ?? "document") === "document";
    const isCrossSite = site !== undefined && site !== "same-origin" && site !== "none" && !isOpened;
    if (!isKnown) throw ParleyError.of("request-host", undefined);
    if (isForeign || isCrossSite) throw ParleyError.of("request-origin", undefined);
    await next();
  };
}
