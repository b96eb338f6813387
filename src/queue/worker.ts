import { hostname } from "node:os";
import type { Job } from "bullmq";
import { ParleyError } from "../core/problems/index.ts";
import type { OpenRun } from "../runs/index.ts";
import type { QueueAddress } from "./address.ts";
import { connect, reasonFor } from "./connect.ts";
import type { ShardJob } from "./store.ts";

export interface QueueWorkerOptions {
  /** What code computes: only shards of the same are taken. */
  readonly code: string;
  /** Shards at a time. */
  readonly size: number;
  /** Opens a published plan. */
  open(text: string): OpenRun;
  /** Seconds after which the shard of a worker that is silent goes to another; 30 unless given. */
  readonly lock?: number | undefined;
  /** Seconds that a shard may take; half an hour unless given. */
  readonly timeout?: number | undefined;
  /** Told of each shard: how long it took in seconds, or why it failed. */
  onShard?(job: ShardJob, outcome: { readonly seconds: number } | { readonly error: string }): void;
  /** Told where the connection has trouble. */
  onTrouble?(reason: string): void;
}

export interface QueueWorker {
  readonly name: string;
  /** Ends the worker when the shards it has begun are done. */
  close(): Promise<void>;
}

/** A shard may be lost this often with its worker before it is given up: more often it ends whoever takes it. */
const MOST_STALLED = 3;
/** Plans that are kept open. */
const MOST_OPEN = 4;

/**
 * Starts a worker: it takes shards from the queue and gives back their counts, until it is closed.
 *
 * A lock on each shard is renewed while it is computed; `compute` must therefore leave this thread free. A result is kept by
 * shard, so that one that is computed twice counts once.
 *
 * @throws ParleyError where the queue's libraries are not installed or its server does not answer
 */
export async function startQueueWorker(address: QueueAddress, options: QueueWorkerOptions): Promise<QueueWorker> {
  const { code, size, lock = 30, timeout = 1800 } = options;
  const server = await connect(address, size + 4);
  const { UnrecoverableError } = server.bullmq;
  const name = `${hostname()}:${process.pid}`;
  const opened = new Map<string, OpenRun>();

  const openRun = (run: string, text: string): OpenRun => {
    const before = opened.get(run);
    if (before !== undefined) return before;
    const made = options.open(text);
    for (const oldest of [...opened.keys()].slice(0, Math.max(0, opened.size - MOST_OPEN + 1))) opened.delete(oldest);
    opened.set(run, made);
    return made;
  };

  async function shardOf({ data: job, attemptsStarted }: Job<ShardJob>): Promise<string> {
    const store = server.store(code, job.run);
    const text = await store.plan();
    // A run that is over or was forgotten needs nothing.
    if (text === null) return "over";
    const begun = performance.now();
    const { plan, compute } = openRun(job.run, text);
    const shard = plan.shards[job.i];
    if (shard === undefined) throw new UnrecoverableError(`the plan has no shard ${job.i}`);
    const limit = AbortSignal.timeout(1000 * timeout);
    const counts = await compute(shard, limit).catch((error: unknown) => {
      throw limit.aborted ? new Error(`it took more than ${timeout} s`) : error;
    });
    const kept = await store.keep(job, counts, name, attemptsStarted);
    if (kept === "differs") throw new UnrecoverableError("it came out differently before");
    options.onShard?.(job, { seconds: (performance.now() - begun) / 1000 });
    return kept;
  }

  const worker = server.worker(
    code,
    async (job) => {
      try {
        return await shardOf(job);
      } catch (error) {
        options.onShard?.(job.data, { error: messageOf(error) });
        // Only its words are kept with a parked shard: a stack would show where this machine has its files.
        if (error instanceof UnrecoverableError) throw error;
        throw error instanceof ParleyError ? new UnrecoverableError(messageOf(error)) : new Error(messageOf(error));
      }
    },
    {
      concurrency: size,
      lockDuration: 1000 * lock,
      stalledInterval: 500 * lock,
      maxStalledCount: MOST_STALLED,
      drainDelay: 1,
    },
  );
  worker.on("error", (error) => options.onTrouble?.(reasonFor(error)));
  server.onTrouble((reason) => options.onTrouble?.(reason));
  await worker.waitUntilReady();
  return {
    name,
    async close() {
      await worker.close();
      await server.close();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
