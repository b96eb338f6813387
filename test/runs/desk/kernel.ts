import { setTimeout as sleep } from "node:timers/promises";
import type { OpenRun, Shard } from "../../../src/runs/index.ts";
import { planOf, type TestRun, work } from "../../queue/kernel.ts";

/** What is computed instead of the kernel's counts, or done before them. */
export type Instead = (
  run: TestRun,
  shard: Shard,
  signal: AbortSignal,
) => Promise<Float64Array | undefined> | undefined;

/** Opens plans of tests, and remembers which shards were computed in which order. */
export function testKernel(instead: Instead = () => undefined, delay = 0) {
  const computed: string[] = [];
  const open = (text: string): OpenRun => {
    const run = JSON.parse(text) as TestRun;
    return {
      plan: planOf(run),
      async compute(shard, signal) {
        computed.push(`${run.scenario} ${shard.i}`);
        const other = await instead(run, shard, signal);
        await sleep(delay, undefined, { signal });
        return other ?? work(run.seed, shard);
      },
    };
  };
  return { open, computed };
}
