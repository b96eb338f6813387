import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { WorkerPool } from "../../runs/index.ts";
import type { Analysis } from "./analysis.ts";
import type { SubjectSpec } from "./subject.ts";
import type { Task } from "./worker.ts";

/** Where the worker's code is: beside this file in a clone, an entry of its own in the built package. */
function workerFile(): string {
  const places = ["./worker.ts", "./cli/simulation-worker.js", "./simulation-worker.js", "../cli/simulation-worker.js"];
  for (const place of places) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error("the worker of the simulation is missing from this installation");
}

/** Worker threads that compute shards of any subject. */
export interface Threads {
  run(task: Task, signal: AbortSignal | undefined): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Starts worker threads. */
export function startThreads(size: number): Threads {
  const pool = new Piscina({
    filename: workerFile(),
    // A server that nobody asks for a run starts none; one that is started stays, with what it has opened.
    minThreads: 0,
    maxThreads: size,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  return {
    run: (task, signal) => pool.run(task, signal === undefined ? {} : { signal }),
    close: () => pool.destroy(),
  };
}

/** A pool of worker threads that compute shards of one subject: of its ensemble, or of an analysis over it. */
export function threadPool(
  spec: SubjectSpec,
  analysis: Analysis | undefined,
  size: number,
): WorkerPool & { close(): Promise<void> } {
  const { run, close } = startThreads(size);
  return {
    size,
    compute: (seed, shard, signal) => run({ spec, analysis, seed, shard }, signal),
    close,
  };
}
