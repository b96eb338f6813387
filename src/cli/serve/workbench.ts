import { Hono } from "hono";
import { etag } from "hono/etag";
import { type CaseStore, workbenchApi } from "../../api/index.ts";
import { pageHeaders, workbenchFiles } from "../../server/site/pages.ts";
import { ownPagesOnly } from "./guard.ts";
import { listen, type Served } from "./listen.ts";

export interface WorkbenchServing {
  readonly store: CaseStore;
  /** What the page sends with every request. */
  readonly key: string;
  /** The folder that the workbench was built into. */
  readonly web: string;
  readonly port?: number | undefined;
}

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
  const files = workbenchFiles(web);
  const app = new Hono();
  app.all("/api/*", (context) => api.fetch(context.req.raw));
  app.use(pageHeaders());
  app.use(ownPagesOnly(port));
  app.use("/cases/*", etag());
  app.get("*", (context) => files(context) ?? context.notFound());
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
