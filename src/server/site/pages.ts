import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { siteFiles } from "./files.ts";

const OWN = ["'self'"];
const NOTHING = ["'none'"];

/** What the page may load: what its own `meta` says, and that nobody frames it. */
const POLICY = {
  defaultSrc: OWN,
  scriptSrc: OWN,
  styleSrc: OWN,
  imgSrc: ["'self'", "data:"],
  connectSrc: OWN,
  workerSrc: OWN,
  objectSrc: NOTHING,
  baseUri: NOTHING,
  formAction: NOTHING,
  frameAncestors: NOTHING,
};

/** What a worker may do is said with its script: the simulation is compiled there, from bytes that it brings along. */
const WORKER_POLICY = { ...POLICY, scriptSrc: ["'self'", "'wasm-unsafe-eval'"] };

const headersWith = (contentSecurityPolicy: typeof POLICY, isSecure: boolean) =>
  secureHeaders({
    contentSecurityPolicy,
    crossOriginResourcePolicy: "same-origin",
    crossOriginOpenerPolicy: "same-origin",
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    strictTransportSecurity: isSecure ? "max-age=31536000" : false,
  });

/**
 * The headers of the workbench's pages and files.
 *
 * @param isSecure - whether it is reached over TLS: browsers then come back over TLS alone, for a year.
 */
export function pageHeaders(isSecure = false): MiddlewareHandler {
  const [ofPages, ofWorkers] = [headersWith(POLICY, isSecure), headersWith(WORKER_POLICY, isSecure)];
  return (context, next) => (context.req.path.startsWith("/assets/") ? ofWorkers : ofPages)(context, next);
}

/**
 * The files of the built workbench, as a server hands them out; what is no such file is left to who comes next.
 *
 * The page itself holds nothing of anybody's: all that it shows comes from the API.
 */
export function workbenchFiles(web: string): (context: Context) => Response | undefined {
  const files = siteFiles(web);
  return (context) => {
    const file = files(context.req.path);
    if (file === undefined) return undefined;
    const isPage = file.type.startsWith("text/html");
    const kept = file.hashed ? "public, max-age=31536000, immutable" : isPage ? "no-store" : "no-cache";
    return context.body(file.bytes, 200, { "Content-Type": file.type, "Cache-Control": kept });
  };
}
