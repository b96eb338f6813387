import { runRange } from "../../dynamics/index.ts";
import type { Shard } from "../../runs/index.ts";
import { evaluateRows, type Plan } from "../../sensitivity/index.ts";
import { type Analysis, planAnalysis } from "./analysis.ts";
import { openSubject, type Subject, type SubjectSpec } from "./subject.ts";

/** What a worker thread computes: the counts of an ensemble, or rows of an analysis over it. */
export interface Task {
  readonly spec: SubjectSpec;
  readonly analysis: Analysis | undefined;
  readonly seed: number;
  readonly shard: Shard;
}

/** The subject and the plan that this thread opened last: all shards of a run are of one. */
let open: { readonly key: string; readonly subject: Subject; readonly plan: Plan<unknown> | undefined } | undefined;

/** A worker thread's task: the numbers of a shard. */
export default function compute({ spec, analysis, seed, shard }: Task): Float64Array {
  const key = JSON.stringify([spec, analysis, seed]);
  if (open?.key !== key) {
    const subject = openSubject(spec);
    open = { key, subject, plan: analysis === undefined ? undefined : planAnalysis(subject, analysis, seed) };
  }
  return open.plan === undefined
    ? runRange(open.subject.input, seed, shard.first, shard.count)
    : evaluateRows(open.plan, shard.first, shard.count);
}
