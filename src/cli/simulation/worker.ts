import { runRange } from "../../dynamics/index.ts";
import type { Shard } from "../../runs/index.ts";
import { openSubject, type Subject, type SubjectSpec } from "./subject.ts";

/** The subject that this thread opened last: all shards of a run are of one. */
let open: { readonly key: string; readonly subject: Subject } | undefined;

/** A worker thread's task: the counts of a shard. */
export default function compute(task: {
  readonly spec: SubjectSpec;
  readonly seed: number;
  readonly shard: Shard;
}): Float64Array {
  const key = JSON.stringify(task.spec);
  if (open?.key !== key) open = { key, subject: openSubject(task.spec) };
  return runRange(open.subject.input, task.seed, task.shard.first, task.shard.count);
}
