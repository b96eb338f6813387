import type { AddressInfo } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { createAdaptorServer } from "@hono/node-server";
import { hostsOf } from "../../api/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { McpOverHttp } from "../../mcp/http/over-http.ts";

/** Where it is served unless said otherwise. */
export const USUAL_ADDRESS = "127.0.0.1:7360";
/** The path of the protocol's one address. */
const PATH = "/mcp";
/** Connections at a time; more wait for the machine to take them. */
const MOST_CONNECTIONS = 500;

export interface Address {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Whether it is reached from this machine alone. */
  readonly loopback: boolean;
}

/** An address such as `127.0.0.1:7360`, `[::1]:7360`, or `7360` alone, on this machine. @throws ParleyError */
export function addressOf(text: string): Address {
  const [, brackets, name, digits] = /^(?:(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    const expected = `HOST:PORT such as ${USUAL_ADDRESS}, and folders before it`;
    throw ParleyError.of("invalid-option", { option: "--http", value: text, expected });
  }
  const host = (brackets ?? name ?? "127.0.0.1").toLowerCase();
  return { host, port, loopback: host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host) };
}

/**
 * What Host may hold: the address itself, on every address of this machine its own, and the names that were given. A name
 * that somebody else points here is not among them.
 */
export function namesOf({ host, loopback }: Address, port: number, given: readonly string[]) {
  const own = host === "0.0.0.0" || host === "::" ? ownAddresses() : [host];
  const hosts = own.flatMap((each) => {
    const name = each.includes(":") ? `[${each}]` : each;
    return [`${name}:${port}`, ...(port === 80 ? [name] : [])];
  });
  const others = given.map((each) => each.toLowerCase());
  const all = [...new Set([...hosts, ...(loopback || own.length > 1 ? hostsOf(port) : []), ...others])];
  // What a page behind TLS is called is for who ends it in front to say, by a name.
  return { hosts: all, origins: [...all.map((each) => `http://${each}`), ...others.map((each) => `https://${each}`)] };
}

function ownAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  return [...new Set([hostname().toLowerCase(), ...addresses])];
}

export interface ListeningHttp {
  readonly port: number;
  /** Where the protocol is spoken. */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens at an address for the protocol, and for nothing else. @throws ParleyError where it cannot */
export async function listenHttp({ host, port }: Address, mcp: () => McpOverHttp): Promise<ListeningHttp> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => {
      if (new URL(request.url).pathname === PATH) return mcp().handle(request, incoming.socket.remoteAddress ?? "");
      return new Response("Nothing here.\n", { status: 404, headers: { "Cache-Control": "no-store" } });
    },
  });
  if ("maxConnections" in server) server.maxConnections = MOST_CONNECTIONS;
  const own = await new Promise<number>((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: "another program listens there",
        EADDRNOTAVAIL: "it is no address of this machine",
        EACCES: "permission denied",
        ENOTFOUND: "no such host",
      };
      const expected = `an address to listen at: ${reasons[code ?? ""] ?? message}`;
      reject(ParleyError.of("invalid-option", { option: "--http", value: `${host}:${port}`, expected }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    port: own,
    url: `http://${name}:${own}${PATH}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
