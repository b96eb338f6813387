import { ensembleFromPlain, type PlainEnsemble, runRange } from "../dynamics/index.ts";
import { serveShards, type WorkerScope } from "../runs/web-workers.ts";

/** The module of a web worker: computes shards of an ensemble, which it is sent as `ensembleToPlain` gives it. */
serveShards(globalThis as unknown as WorkerScope, (job) => {
  const input = ensembleFromPlain(job as PlainEnsemble);
  return (seed, { first, count }) => runRange(input, seed, first, count);
});
