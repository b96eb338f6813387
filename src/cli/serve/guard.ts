import type { MiddlewareHandler } from "hono";
import { hostsOf } from "../../api/index.ts";

/**
 * Lets only requests to this machine by its own names through.
 *
 * A link from anywhere may open a page as a whole; another site's script, frame or form gets nothing.
 */
export function ownPagesOnly(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site") ?? "none";
    const isOpened =
      context.req.header("sec-fetch-mode") === "navigate" &&
      (context.req.header("sec-fetch-dest") ?? "document") === "document";
    const isForeign = origin !== undefined && origin !== `http://${host}`;
    const isCrossSite = site !== "same-origin" && site !== "none" && !isOpened;
    if (!hostsOf(port()).includes(host) || isForeign || isCrossSite) {
      return context.text("Not for this host or site.\n", 403);
    }
    await next();
    return undefined;
  };
}
