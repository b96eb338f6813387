import { ParleyError } from "../core/problems/index.ts";

/** Where a queue is. The URL may hold a password and is never shown; what may be shown stands beside it. */
export interface QueueAddress {
  readonly url: string;
  readonly shown: string;
  readonly kind: "redis" | "postgres";
}

const KINDS: Readonly<Record<string, QueueAddress["kind"]>> = {
  "redis:": "redis",
  "rediss:": "redis",
  "postgres:": "postgres",
  "postgresql:": "postgres",
};

/**
 * Reads the address of a queue: `redis://host:port/number`, `rediss://` over TLS, or `postgres://host:port/database`.
 *
 * @throws ParleyError where it is none; the message shows no part of it that could be a secret
 */
export function queueAddress(url: string): QueueAddress {
  if (!URL.canParse(url)) throw ParleyError.of("queue-address", { why: "it is no URL" });
  const { protocol, host, pathname, hostname } = new URL(url);
  const kind = KINDS[protocol];
  if (kind === undefined) throw ParleyError.of("queue-address", { why: "it is of another kind" });
  if (hostname === "") throw ParleyError.of("queue-address", { why: "it names no host" });
  if (kind === "redis" && !/^(\/\d*)?$/.test(pathname)) {
    throw ParleyError.of("queue-address", { why: "its path is no number of a database" });
  }
  return { url, shown: `${protocol}//${host}${pathname === "/" ? "" : pathname}`, kind };
}

/** Whether a URL may hold a name, a password or an option. */
export function hasSecret(url: string): boolean {
  return /[@?]/.test(url);
}
