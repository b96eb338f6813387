import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { ownPagesOnly } from "./guard.ts";
import { listen, type Served } from "./listen.ts";

export interface ReportOptions {
  /** Gives the page anew for each request. */
  readonly page: () => Promise<string>;
  /** Whether anybody on this machine may read it: only cases that ship with Parley. */
  readonly open: boolean;
  readonly port?: number | undefined;
}

/**
 * Serves one page on loopback, to this machine alone: the report, where the workbench was not built.
 *
 * A case of the user's own stands under a path that only its address tells. Requests by another host name (DNS
 * rebinding) or from another site are refused.
 */
export async function serveReport({ page, open, port }: ReportOptions): Promise<Served> {
  const key = open ? "" : `${randomBytes(16).toString("base64url")}/`;
  const app = new Hono();
  let own = 0;
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        imgSrc: ["data:"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      crossOriginResourcePolicy: "same-origin",
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
    }),
  );
  app.use(ownPagesOnly(() => own));
  app.use(async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  app.get(`/${key}`, async (context) => context.html(await page()));
  app.notFound((context) => context.text("Nothing here. The address that Parley printed leads to the report.\n", 404));
  const listening = await listen((request) => app.fetch(request), port);
  own = listening.port;
  return { address: `http://127.0.0.1:${own}/${key}`, close: listening.close };
}
