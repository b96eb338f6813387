import { setTimeout as sleep } from "node:timers/promises";
import { digestOf, type OpenRun, planRun, type Shard, type Work } from "../../../src/runs/index.ts";

/** What a test's plan is in words. */
export interface TestPlan {
  readonly scenario: string;
  readonly seed: number;
  readonly runs: number;
  readonly shardSize: number;
}

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
export const wholeDigest = ({ seed, runs }: TestPlan): string => digestOf(work(seed, { i: 0, first: 0, count: runs }));

/** What is computed instead of the kernel's counts, or before them. */
export type Instead = (
  plan: TestPlan,
  shard: Shard,
  signal: AbortSignal,
) => Promise<Float64Array | undefined> | undefined;

/** Opens plans of tests, and remembers which shards were computed in which order. */
export function testKernel(instead: Instead = () => undefined, delay = 0) {
  const computed: string[] = [];
  const open = (text: string): OpenRun => {
    const plan = JSON.parse(text) as TestPlan;
    return {
      plan: planRun({ version: "1", ...plan }),
      async compute(shard, signal) {
        computed.push(`${plan.scenario} ${shard.i}`);
        const other = await instead(plan, shard, signal);
        await sleep(delay, undefined, { signal });
        return other ?? work(plan.seed, shard);
      },
    };
  };
  return { open, computed };
}
