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

interface Open {
  readonly subject: Subject;
  readonly plan: Plan<unknown> | undefined;
}

/** What this thread opened last, by what it was opened from: shards of several runs may come in turn. */
const opened = new Map<string, Open>();
const MOST_OPEN = 4;

/** A worker thread's task: the numbers of a shard. */
export default function compute({ spec, analysis, seed, shard }: Task): Float64Array {
  const { subject, plan } = openOnce(spec, analysis, seed);
  return plan === undefined
    ? runRange(subject.input, seed, shard.first, shard.count)
    : evaluateRows(plan, shard.first, shard.count);
}

function openOnce(spec: SubjectSpec, analysis: Analysis | undefined, seed: number): Open {
  const key = JSON.stringify([spec, analysis, seed]);
  const before = opened.get(key);
  opened.delete(key);
  const subject = before?.subject ?? openSubject(spec);
  const plan = analysis === undefined ? undefined : (before?.plan ?? planAnalysis(subject, analysis, seed));
  // The last used stands last.
  opened.set(key, { subject, plan });
  for (const oldest of [...opened.keys()].slice(0, Math.max(0, opened.size - MOST_OPEN))) opened.delete(oldest);
  return { subject, plan };
}
