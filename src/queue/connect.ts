import type * as BullMq from "bullmq";
import type { Redis } from "ioredis";
import { ParleyError } from "../core/problems/index.ts";

/** Where a queue is. The URL may hold a password and is never shown; what may be shown stands beside it. */
export interface QueueAddress {
  readonly url: string;
  readonly shown: string;
}

/** The queue's libraries, which are optional. */
export interface QueueLibraries {
  readonly bullmq: typeof BullMq;
  readonly Redis: typeof Redis;
}

/** How long a server may take to answer at first, in milliseconds. */
const PATIENCE = 5000;

/**
 * Reads the address of a queue: `redis://host:port/db`, or `rediss://` over TLS.
 *
 * @throws ParleyError where it is none; the message shows no part of it that could be a secret
 */
export function queueAddress(url: string): QueueAddress {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw ParleyError.of("queue-address", { why: "it is no URL" });
  }
  const { protocol, host, pathname, hostname } = parsed;
  if (protocol !== "redis:" && protocol !== "rediss:") {
    throw ParleyError.of("queue-address", { why: "it is of another kind" });
  }
  if (hostname === "") throw ParleyError.of("queue-address", { why: "it names no host" });
  if (!/^(\/\d*)?$/.test(pathname))
    throw ParleyError.of("queue-address", { why: "its path is no number of a database" });
  return { url, shown: `${protocol}//${host}${pathname === "/" ? "" : pathname}` };
}

/** Whether a URL may hold a name, a password or an option. */
export function hasSecret(url: string): boolean {
  return /[@?]/.test(url);
}

/** Loads what speaks with the queue. @throws ParleyError where it is not installed */
export async function loadQueue(): Promise<QueueLibraries> {
  try {
    const [bullmq, { Redis: client }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, Redis: client };
  } catch {
    throw ParleyError.of("queue-missing", undefined);
  }
}

/** Connects to a queue's server; later it connects again by itself whenever the server is gone. @throws ParleyError where it does not answer */
export async function connect({ Redis: Client }: QueueLibraries, { url, shown }: QueueAddress): Promise<Redis> {
  const client = new Client(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    // A command waits for the server rather than fail.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  let reason = "no answer";
  client.on("error", (error: Error) => {
    reason = reasonFor(error);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), PATIENCE);
  });
  try {
    await Promise.race([client.connect().then(() => client.ping()), late]);
    return client;
  } catch (error) {
    client.disconnect();
    const why = error instanceof Error && /NOAUTH|WRONGPASS/.test(error.message) ? reasonFor(error) : reason;
    throw ParleyError.of("queue-unreachable", { address: shown, why });
  } finally {
    clearTimeout(timer);
  }
}

/** An error of the connection in words that hold no part of the URL. */
export function reasonFor(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (/NOAUTH|WRONGPASS|invalid password/i.test(error.message)) return "it asks for a name or password, or for another";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host is unknown";
  if (code === "ECONNRESET" || code === "EPIPE") return "the connection was cut";
  return code ?? "no answer";
}
