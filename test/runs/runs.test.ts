import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  digestOf,
  folderLedger,
  inlineRunner,
  type Plan,
  planRun,
  poolRunner,
  type Shard,
  type Work,
} from "../../src/runs/index.ts";

const options = { scenario: "s", version: "1", seed: 1, runs: 1000, shardSize: 70 };

/** Counts that tell which trajectories were counted. */
const work: Work = (seed, { first, count }) => {
  const counts = new Float64Array(5);
  counts[0] = count;
  for (let i = first; i < first + count; i++)
    counts[1 + ((i * 7 + seed) % 4)] = (counts[1 + ((i * 7 + seed) % 4)] ?? 0) + 1;
  return counts;
};

const pool = (size: number, delay = (shard: Shard) => shard.i % 3) => ({
  size,
  compute: async (seed: number, shard: Shard) => {
    await new Promise((resolve) => setTimeout(resolve, delay(shard)));
    return work(seed, shard);
  },
});

const folder = () => mkdtempSync(join(tmpdir(), "parley-runs-"));

describe("a plan", () => {
  it("covers every trajectory once", () => {
    const { shards } = planRun(options);
    expect(shards.map(({ i }) => i)).toEqual(shards.map((_, i) => i));
    expect(shards.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    for (const [i, shard] of shards.entries()) expect(shard.first).toBe(i * 70);
  });

  it("has an id that changes with all that the result depends on, and with nothing else", () => {
    const id = planRun(options).runId;
    expect(planRun({ ...options }).runId).toBe(id);
    for (const changed of [{ scenario: "t" }, { version: "2" }, { seed: 2 }, { runs: 1001 }]) {
      expect(planRun({ ...options, ...changed }).runId).not.toBe(id);
    }
  });
});

describe("every runner", () => {
  const plan = planRun(options);
  const whole = digestOf(work(1, { i: 0, first: 0, count: 1000 }));

  it.each([
    ["inline", () => inlineRunner(work)],
    ["a pool of 1", () => poolRunner(pool(1))],
    ["a pool of 2", () => poolRunner(pool(2))],
    ["a pool of 5", () => poolRunner(pool(5))],
  ])("gives the same digest: %s", async (_, make) => {
    const result = await make().run(plan);
    expect(result).toMatchObject({ digest: whole, done: 1000, complete: true, resumed: 0 });
  });

  it.each([1, 7, 1000])("gives the same digest whatever the size of shards: %d", async (shardSize) => {
    expect((await poolRunner(pool(3)).run(planRun({ ...options, shardSize }))).digest).toBe(whole);
  });

  it("tells how far it is", async () => {
    const seen: number[] = [];
    await inlineRunner(work).run(plan, { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(seen).toHaveLength(plan.shards.length);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("passes on what a shard throws", async () => {
    const broken = { size: 2, compute: () => Promise.reject(new Error("no")) };
    await expect(poolRunner(broken).run(plan)).rejects.toThrow("no");
  });
});

describe("a run that is stopped", () => {
  const plan = planRun(options);

  it("keeps the shards that are done, and the same plan goes on from them to the same digest", async () => {
    const ledger = folderLedger(folder());
    const stop = new AbortController();
    let computed = 0;
    const counting: Work = (seed, shard) => {
      computed++;
      return work(seed, shard);
    };
    const first = await inlineRunner(counting).run(plan, {
      ledger,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 350 && stop.abort(),
    });
    expect(first).toMatchObject({ complete: false, done: 350 });
    const second = await poolRunner(pool(2)).run(plan, { ledger });
    expect(second).toMatchObject({
      complete: true,
      resumed: 5,
      digest: digestOf(work(1, { i: 0, first: 0, count: 1000 })),
    });
    const third = await inlineRunner(counting).run(plan, { ledger });
    expect(third.resumed).toBe(plan.shards.length);
    expect(computed).toBe(5);
  });

  it("stops a pool too", async () => {
    const stop = new AbortController();
    const result = await poolRunner(pool(2, () => 5)).run(plan, {
      signal: stop.signal,
      onProgress: ({ done }) => done > 200 && stop.abort(),
    });
    expect(result.complete).toBe(false);
    expect(result.done).toBeGreaterThan(200);
    expect(result.done).toBeLessThan(1000);
  });
});

describe("the ledger in a folder", () => {
  const plan = planRun(options);
  const fileOf = (at: string, { runId }: Plan, i: number) => join(at, runId, `${i}.counts`);

  it("keeps counts to the bit, and nothing half written", () => {
    const at = folder();
    const ledger = folderLedger(at);
    const counts = Float64Array.from([1, 2 ** 52, 0]);
    for (const shard of plan.shards.slice(0, 3)) ledger.write(plan, shard, counts);
    expect(ledger.read(plan, plan.shards[1] as Shard)).toEqual(counts);
    expect(readdirSync(join(at, plan.runId)).every((name) => name.endsWith(".counts"))).toBe(true);
  });

  it.each([
    ["torn", (file: string) => truncateSync(file, 70)],
    ["empty", (file: string) => truncateSync(file, 0)],
    [
      "damaged",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
  ])("takes a %s file for none", (_, harm) => {
    const at = folder();
    const ledger = folderLedger(at);
    const shard = plan.shards[0] as Shard;
    ledger.write(plan, shard, Float64Array.from([1, 2, 3]));
    harm(fileOf(at, plan, 0));
    expect(ledger.read(plan, shard)).toBeUndefined();
  });

  it("fails loudly where a shard comes out differently", () => {
    const ledger = folderLedger(folder());
    const shard = plan.shards[0] as Shard;
    ledger.write(plan, shard, Float64Array.from([1]));
    ledger.write(plan, shard, Float64Array.from([1]));
    expect(() => ledger.write(plan, shard, Float64Array.from([2]))).toThrow(/not deterministic/);
  });
});
