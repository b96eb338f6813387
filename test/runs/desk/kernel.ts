import { setTimeout as sleep } from "node:timers/promises";
import { memoryRunStore, type RunStore } from "../../../src/runs/desk/index.ts";
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

/** A store whose methods reject while it is gone. */
export function frailStore(): { store: RunStore; gone(value: boolean): void } {
  let isGone = false;
  const store = new Proxy(memoryRunStore(), {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...words: unknown[]) => Promise<unknown>;
      return async (...words: unknown[]) => {
        if (isGone) throw new Error("the connection was cut");
        return method(...words);
      };
    },
  });
  return {
    store,
    gone(value) {
      isGone = value;
    },
  };
}
