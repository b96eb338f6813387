import type * as BullMq from "bullmq";
import { ParleyError } from "../core/problems/index.ts";
import type { QueueAddress } from "./address.ts";
import { isOutage, makeTables, PostgresStore } from "./postgres-store.ts";
import { RedisStore } from "./redis-store.ts";
import { queueName, type RunStore, type ShardJob } from "./store.ts";

/** A server that was connected to: its queues, and what runs have on it beside their jobs. */
export interface QueueServer {
  readonly bullmq: typeof BullMq;
  queue(code: string): BullMq.Queue<ShardJob>;
  worker(
    code: string,
    compute: (job: BullMq.Job<ShardJob>) => Promise<string>,
    options: Omit<BullMq.WorkerOptions, "connection">,
  ): BullMq.Worker<ShardJob, string>;
  store(code: string, run: string): RunStore;
  /** Tells what is wrong with the connection, whenever something is. */
  onTrouble(told: (reason: string) => void): void;
  /** Whether an error says that the server is gone, as against that it refuses. */
  isOutage(error: unknown): boolean;
  close(): Promise<void>;
}

/** How long a server may take to answer at first, in milliseconds. */
const PATIENCE = 5000;

/**
 * Connects to a queue's server; later it connects again by itself whenever the server is gone.
 *
 * @param lanes commands that may be under way at a time
 * @throws ParleyError where the libraries are not installed, or the server does not answer
 */
export function connect(address: QueueAddress, lanes = 4): Promise<QueueServer> {
  return address.kind === "redis" ? connectRedis(address) : connectPostgres(address, lanes);
}

async function connectRedis({ url, shown }: QueueAddress): Promise<QueueServer> {
  const [bullmq, { Redis }] = await loaded("bullmq and ioredis", () =>
    Promise.all([import("bullmq"), import("ioredis")]),
  );
  const client = new Redis(url, {
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
  try {
    const { db = 0 } = client.options;
    // A database that is not there is told to nobody who connects: what follows would be in the first.
    await soon(
      client.connect().then(() => (db === 0 ? client.ping() : client.select(db))),
      () => reason,
    );
  } catch (error) {
    client.disconnect();
    const told = error instanceof Error && /NOAUTH|WRONGPASS|NOPERM|DB index/.test(error.message);
    const why = told ? reasonFor(error) : reason;
    throw ParleyError.of("queue-unreachable", { address: shown, why });
  }
  return {
    bullmq,
    queue: (code) => new bullmq.Queue<ShardJob>(queueName(code), { connection: client }),
    worker: (code, compute, options) =>
      new bullmq.Worker<ShardJob, string>(queueName(code), compute, { ...options, connection: client }),
    store: (code, run) => new RedisStore(client, code, run),
    onTrouble(told) {
      client.on("error", (error: Error) => told(reasonFor(error)));
    },
    isOutage: () => false,
    async close() {
      client.disconnect();
    },
  };
}

async function connectPostgres({ url, shown }: QueueAddress, lanes: number): Promise<QueueServer> {
  const [bullmq, { default: pg }] = await loaded("bullmq and pg", () => Promise.all([import("bullmq"), import("pg")]));
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    // One more listens for shards.
    max: lanes + 1,
    options: `-c search_path=${bullmq.DEFAULT_SCHEMA}`,
  });
  // Of a connection that is cut, the command on it tells, or the next one opens another.
  const ignored = () => {};
  pool.on("error", ignored);
  pool.on("connect", (client) => client.on("error", ignored));
  try {
    await makeTables(pool);
    const client = await pool.connect();
    try {
      await bullmq.runMigrations(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end().catch(() => {});
    throw ParleyError.of("queue-unreachable", { address: shown, why: reasonFor(error as Error) });
  }
  const connection = pool as unknown as BullMq.PgPool;
  const backend = bullmq.createPostgresBackend;
  return {
    bullmq,
    // Both kinds of a queue do the same; their types differ in the connection, which nobody here uses.
    queue: (code) => new bullmq.Queue(queueName(code), { connection }, backend) as unknown as BullMq.Queue<ShardJob>,
    worker: (code, compute, options) =>
      new bullmq.Worker(queueName(code), compute, { ...options, connection }, backend) as unknown as BullMq.Worker<
        ShardJob,
        string
      >,
    store: (code, run) => new PostgresStore(pool, code, run),
    onTrouble(told) {
      pool.on("error", (error: Error) => told(reasonFor(error)));
    },
    isOutage,
    async close() {
      await pool.end();
    },
  };
}

async function loaded<T>(packages: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    throw ParleyError.of("queue-missing", { packages });
  }
}

/** What comes in time. */
async function soon<T>(promise: Promise<T>, reason: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason())), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error of the connection in words that hold no part of the URL. */
export function reasonFor(error: Error): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (/NOAUTH|WRONGPASS|invalid password/i.test(error.message) || /^28/.test(code)) {
    return "it asks for a name or password, or for another";
  }
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host is unknown";
  if (code === "ECONNRESET" || code === "EPIPE" || code === "57P01") return "the connection was cut";
  if (/NOPERM/.test(error.message)) return "the user may not use it";
  if (/DB index/.test(error.message)) return "it has no such database";
  if (code === "3D000") return "it has no such database";
  if (code === "42501") return "the role may make no tables there";
  return code === "" ? "no answer" : code;
}
