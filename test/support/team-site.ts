import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { listen } from "../../src/cli/serve/listen.ts";
import { siteFiles } from "../../src/cli/serve/site-files.ts";
import { teamApi } from "../../src/server/app.ts";
import { team } from "../server/support.ts";

const OWN = ["'self'"];

/** A team server with a store of its own, and the built workbench that it hands out, on a free port of loopback. */
export async function teamSite(web: string) {
  let port = 0;
  const own = await team({ folder: undefined }, { port: () => port });
  const api = teamApi(own.services, () => port);
  const files = siteFiles(web);
  const app = new Hono();
  app.all("/api/*", (context) => api.fetch(context.req.raw));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: OWN,
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: OWN,
        imgSrc: ["'self'", "data:"],
        connectSrc: OWN,
        workerSrc: OWN,
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: "no-referrer",
    }),
  );
  app.get("*", (context) => {
    const file = files(context.req.path);
    return file === undefined ? context.notFound() : context.body(file.bytes, 200, { "Content-Type": file.type });
  });
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
