export type { QueueAddress } from "./address.ts";
export { hasSecret, queueAddress } from "./address.ts";
export { queueCluster } from "./desk.ts";
export type { Parked, QueueRunOptions, QueueRunResult } from "./runner.ts";
export { runOnQueue } from "./runner.ts";
export type { ShardJob } from "./store.ts";
export type { QueueWorker, QueueWorkerOptions } from "./worker.ts";
export { startQueueWorker } from "./worker.ts";
