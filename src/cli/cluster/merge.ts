import { readdirSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { tallyLayoutOf } from "../../dynamics/index.ts";
import { Gatherer, type RunResult } from "../../runs/index.ts";
import { type OpenPlan, openPlan, readPlan } from "./plan-file.ts";
import { PLAN_NAME } from "./shard.ts";
import { isShardName, readShard } from "./shard-file.ts";

/** What the shards in a folder come to. */
export interface Merged {
  readonly open: OpenPlan;
  readonly result: RunResult;
  /** Shards that are missing or there twice. */
  readonly warnings: readonly Problem[];
  readonly missing: readonly number[];
}

/**
 * Adds up the shards of a folder, whoever computed them.
 *
 * @throws ParleyError with every file that is damaged, of another plan or other code, or differs from its double
 */
export function mergeFolder(folder: string): Merged {
  const path = join(folder, PLAN_NAME);
  let names: string[];
  try {
    names = readdirSync(folder).filter(isShardName).sort();
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: folder, reason: reasonOf(error) });
  }
  const open = openPlan(readPlan(path), path);
  const { plan, file } = open;
  const { length } = tallyLayoutOf(open.subject.input).create();
  const gatherer = new Gatherer(plan);
  const seen = new Map<number, { readonly name: string; readonly digest: string }>();
  const wrong: Problem[] = [];
  const warnings: Problem[] = [];
  let seconds = 0;
  // A shard's own name comes before those of copies.
  names.sort((a, b) => Number(!isOwnName(a)) - Number(!isOwnName(b)));
  for (const name of names) {
    const shard = readShard(join(folder, name), file);
    if (shard === undefined) continue;
    if ("problem" in shard) {
      wrong.push(shard.problem);
      continue;
    }
    const { index, digest, counts } = shard;
    const before = seen.get(index);
    const place = plan.shards[index];
    if (counts.length !== length || place === undefined) {
      wrong.push(problem("shard-damaged", { path: name, why: `${counts.length} counts, expected ${length}` }));
    } else if (before === undefined) {
      seen.set(index, { name, digest });
      gatherer.found(place, Float64Array.from(counts));
      seconds += shard.seconds;
    } else if (before.digest === digest) {
      warnings.push(problem("shard-double", { path: name, index, first: before.name }));
    } else {
      wrong.push(problem("shard-differs", { index, first: before.name, second: name }));
    }
  }
  if (wrong.length > 0) throw new ParleyError(wrong);
  const missing = plan.shards.map(({ i }) => i).filter((i) => !seen.has(i));
  if (missing.length > 0) {
    const facts = { missing: rangesOf(missing), count: missing.length, total: plan.shards.length };
    warnings.push(problem("shards-missing", facts));
  }
  const result = gatherer.result();
  return { open, result: { ...result, perSecond: seconds > 0 ? result.done / seconds : 0 }, warnings, missing };
}

const isOwnName = (name: string): boolean => /^shard-\d{6}\.json$/.test(name);

/** Whole numbers as text, with runs of them put together: `3, 7-9`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
