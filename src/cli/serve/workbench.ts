import { Hono } from "hono";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import { type CaseStore, workbenchApi } from "../../api/index.ts";
import { ownPagesOnly } from "./guard.ts";
import { listen, type Served } from "./listen.ts";
import { siteFiles } from "./site-files.ts";

export interface WorkbenchServing {
  readonly store: CaseStore;
  /** What the page sends with every request. */
  readonly key: string;
  /** The folder that the workbench was built into. */
  readonly web: string;
  readonly port?: number | undefined;
}

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

const headersWith = (contentSecurityPolicy: typeof POLICY) =>
  secureHeaders({
    contentSecurityPolicy,
    crossOriginResourcePolicy: "same-origin",
    crossOriginOpenerPolicy: "same-origin",
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    strictTransportSecurity: false,
  });

/**
 * The workbench's files and its cases, as a server answers them.
 *
 * The page itself holds nothing of anybody's: it is handed to whoever asks on this machine, and all that it shows comes
 * from the API, by the key.
 */
export function workbenchSite({
  store,
  key,
  web,
  port,
}: Omit<WorkbenchServing, "port"> & { readonly port: () => number }): Hono {
  const api = workbenchApi({ store, key, port });
  const files = siteFiles(web);
  const app = new Hono();
  app.all("/api/*", (context) => api.fetch(context.req.raw));
  app.use("/assets/*", headersWith(WORKER_POLICY));
  app.use(async (context, next) => {
    if (context.req.path.startsWith("/assets/")) return next();
    return headersWith(POLICY)(context, next);
  });
  app.use(ownPagesOnly(port));
  app.use("/cases/*", etag());
  app.get("*", (context) => {
    const file = files(context.req.path);
    if (file === undefined) return context.notFound();
    const isPage = file.type.startsWith("text/html");
    const kept = file.hashed ? "public, max-age=31536000, immutable" : isPage ? "no-store" : "no-cache";
    return context.body(file.bytes, 200, { "Content-Type": file.type, "Cache-Control": kept });
  });
  app.notFound((context) => {
    context.header("Cache-Control", "no-store");
    return context.text("Nothing here. The address that Parley printed leads to the workbench.\n", 404);
  });
  return app;
}

/** Serves the workbench on loopback, to this machine alone. */
export async function serveWorkbench({ port, ...rest }: WorkbenchServing): Promise<Served> {
  let own = 0;
  const site = workbenchSite({ ...rest, port: () => own });
  const listening = await listen((request) => site.fetch(request), port);
  own = listening.port;
  return { address: `http://127.0.0.1:${own}/`, close: listening.close };
}
