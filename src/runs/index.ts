export { decodeCounts, encodeCounts, folderLedger } from "./ledger.ts";
export type { Plan, PlanOptions, Shard } from "./plan.ts";
export { digestOf, hashOf, planRun, SHARD_SIZE } from "./plan.ts";
export type { Ledger, Progress, Runner, RunOptions, RunResult, Work, WorkerPool } from "./runner.ts";
export { Gatherer, inlineRunner, poolRunner } from "./runner.ts";
export type { WebWorker, WorkerScope } from "./web-workers.ts";
export { serveShards, webWorkerPool } from "./web-workers.ts";
