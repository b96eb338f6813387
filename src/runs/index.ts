export { decodeCounts, encodeCounts, folderLedger } from "./ledger.ts";
export type { Plan, PlanOptions, Shard } from "./plan.ts";
export { digestOf, hashOf, planRun, replaysOf, SHARD_SIZE, shardsOf } from "./plan.ts";
export type { Ledger, OpenRun, Progress, Runner, RunOptions, RunResult, Work, WorkerPool } from "./runner.ts";
export { Gatherer, inlineRunner, poolRunner } from "./runner.ts";
export type { WebWorker, WorkerScope } from "./web-workers.ts";
export { serveShards, webWorkerPool } from "./web-workers.ts";
