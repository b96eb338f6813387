import type { WorkerLike } from "./client.ts";

/** A worker of the engine, in a thread of its own. */
export const spawnWorker = (): WorkerLike =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }) as WorkerLike;
