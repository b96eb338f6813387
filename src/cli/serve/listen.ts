import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

/** The port tried first; a free one is taken where it is not to be had. */
export const USUAL_PORT = 7340;

export interface Served {
  /** Where the page is found. */
  readonly address: string;
  close(): Promise<void>;
}

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers requests on loopback, from this machine alone. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number | undefined,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch });
  const own = await bind(server, port ?? USUAL_PORT, port !== undefined);
  return {
    port: own,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

type Server = ReturnType<typeof createAdaptorServer>;

/** Listens on a port, or on a free one where it is taken and was not asked for by name. */
function bind(server: Server, port: number, asked: boolean): Promise<number> {
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
