import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** The port tried first; a free one is taken where it is not to be had. */
export const USUAL_PORT = 7340;

export interface ServeOptions {
  /** Gives the page anew for each request. */
  readonly page: () => Promise<string>;
  /** Whether anybody on this machine may read it: only cases that ship with Parley. */
  readonly open: boolean;
  readonly port?: number | undefined;
}

export interface Served {
  /** Where the page is found. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves one page on loopback, to this machine alone.
 *
 * A case of the user's own stands under a path that only its address tells. Requests by another host name (DNS
 * rebinding) or from another site are refused.
 */
export async function serve({ page, open, port }: ServeOptions): Promise<Served> {
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
  app.use(async (context, next) => {
    const host = context.req.header("host") ?? "";
    const site = context.req.header("sec-fetch-site");
    const known = [`127.0.0.1:${own}`, `localhost:${own}`, `[::1]:${own}`].includes(host);
    // A link from anywhere may open the page as a whole; another site's script may not read it.
    const foreign = site === "cross-site" && context.req.header("sec-fetch-mode") !== "navigate";
    if (!known || foreign) return context.text("Not for this host or site.\n", 403);
    await next();
    context.header("Cache-Control", "no-store");
    return undefined;
  });
  app.get(`/${key}`, async (context) => context.html(await page()));
  app.notFound((context) => context.text("Nothing here. The address that Parley printed leads to the report.\n", 404));
  const server = createAdaptorServer({ fetch: app.fetch });
  own = await listen(server, port ?? USUAL_PORT, port !== undefined);
  return {
    address: `http://127.0.0.1:${own}/${key}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

type Server = ReturnType<typeof createAdaptorServer>;

/** Listens on a port, or on a free one where it is taken and was not asked for by name. */
function listen(server: Server, port: number, asked: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      server.off("error", failed);
      resolve((server.address() as AddressInfo).port);
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      const taken = error.code === "EADDRINUSE" || error.code === "EACCES";
      if (taken && !asked && port !== 0) server.listen(0, "127.0.0.1");
      else reject(error);
    };
    server.on("error", failed);
    server.once("listening", done);
    server.listen(port, "127.0.0.1");
  });
}
