import { setTimeout as sleep } from "node:timers/promises";
import { digestOf, type OpenRun, type Plan, planRun, type Work } from "../../src/runs/index.ts";

/** What a test's run is of: a kernel that counts, which trajectories may stand for anything. */
export interface TestRun {
  readonly scenario: string;
  readonly seed: number;
  readonly runs: number;
  readonly shardSize: number;
}

/** The code that test workers claim to be. */
export const CODE = "test-1";

export const planOf = (run: TestRun): Plan => planRun({ version: "1", ...run });

/** Counts that tell which trajectories were counted. */
export const work: Work = (seed, { first, count }) => {
  const counts = new Float64Array(5);
  counts[0] = count;
  for (let i = first; i < first + count; i++) {
    const place = 1 + ((i * 7 + seed) % 4);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
};

/** The digest of a whole run, made at one go. */
export const wholeDigest = ({ seed, runs }: TestRun): string => digestOf(work(seed, { i: 0, first: 0, count: runs }));

/** Opens a test's run: each shard takes some milliseconds and does something first. */
export function openTestRun(
  delay: number,
  before: (i: number, signal: AbortSignal) => Promise<void> | void = () => {},
): (text: string) => OpenRun {
  return (text) => {
    const plan = planOf(JSON.parse(text) as TestRun);
    return {
      plan,
      async compute(shard, signal) {
        await before(shard.i, signal);
        await sleep(delay);
        return work(plan.seed, shard);
      },
    };
  };
}
