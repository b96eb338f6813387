import { Hono } from "hono";
import { listen } from "../../src/cli/serve/listen.ts";
import { teamApi } from "../../src/server/app.ts";
import { pageHeaders, workbenchFiles } from "../../src/server/site/pages.ts";
import { team } from "../server/support.ts";

/** A team server with a store of its own, and the built workbench that it hands out, on a free port of loopback. */
export async function teamSite(web: string) {
  let port = 0;
  const own = await team({ folder: undefined }, { port: () => port });
  const api = teamApi(own.services, () => port);
  const files = workbenchFiles(web);
  const app = new Hono();
  app.all("/api/*", (context) => api.fetch(context.req.raw));
  app.use(pageHeaders());
  app.get("*", (context) => files(context) ?? context.notFound());
  const served = await listen((request) => app.fetch(request), 0);
  port = served.port;
  return {
    ...own,
    address: `http://127.0.0.1:${port}/`,
    close: async () => {
      await served.close();
      await own.store.close();
    },
  };
}

export type TeamSite = Awaited<ReturnType<typeof teamSite>>;
