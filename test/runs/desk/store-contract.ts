import { expect, it } from "vitest";
import { memoryRunStore, RunDesk, type RunRecord, type RunStore } from "../../../src/runs/desk/index.ts";
import { testKernel } from "./kernel.ts";

/** A record as a desk makes it. */
export async function someRecord(): Promise<RunRecord> {
  const { open } = testKernel();
  const desk = await RunDesk.open({ store: memoryRunStore(), code: "c", threads: 0, open });
  const text = JSON.stringify({ scenario: "s", seed: 1, runs: 10, shardSize: 5 });
  const record = await desk.submit({ owner: "anna", label: "a run: ümlaut", text, about: { case: "x" } });
  await desk.close();
  return record;
}

/** What every store of runs does; `reopen` gives the same store as another process would see it. */
export function storeContract(make: () => Promise<RunStore>, reopen: (store: RunStore) => Promise<RunStore>): void {
  it("keeps records as they were last saved, and texts, until they are removed", async () => {
    const store = await make();
    const record = await someRecord();
    const other = { ...(await someRecord()), label: "another" };
    await store.saveText(record.id, "the plan ⚑");
    await store.save(record);
    await store.save(other);
    await store.save({ ...record, state: "done", digest: "d" });
    const again = await reopen(store);
    const loaded = await again.load();
    expect(loaded.toSorted((a, b) => a.label.localeCompare(b.label))).toEqual([
      { ...record, state: "done", digest: "d" },
      other,
    ]);
    expect(await again.readText(record.id)).toBe("the plan ⚑");
    expect(await again.readText("absent")).toBeUndefined();
    await again.remove(record.id);
    await again.remove(record.id);
    expect(await again.readText(record.id)).toBeUndefined();
    expect((await again.load()).map(({ id }) => id)).toEqual([other.id]);
  });

  it("keeps shards to the bit, the first of each, and tells one that differs", async () => {
    const store = await make();
    const counts = Float64Array.from([1, 2 ** 52, 0, -0.5]);
    expect(await store.finished("c/1")).toEqual([]);
    expect(await store.readShard("c/1", 3)).toBeUndefined();
    expect(await store.writeShard("c/1", 3, counts)).toBe("kept");
    expect(await store.writeShard("c/1", 3, counts.slice())).toBe("known");
    expect(await store.writeShard("c/1", 3, Float64Array.from([1]))).toBe("differs");
    expect(await store.writeShard("c/1", 12, Float64Array.from([7]))).toBe("kept");
    expect(await store.writeShard("c/2", 3, Float64Array.from([9]))).toBe("kept");
    const again = await reopen(store);
    expect([...(await again.finished("c/1"))].toSorted((a, b) => a - b)).toEqual([3, 12]);
    expect(await again.readShard("c/1", 3)).toEqual(counts);
    expect(await again.readShard("c/2", 3)).toEqual(Float64Array.from([9]));
  });

  it("keeps what a run came to, and forgets all of a key but of no other", async () => {
    const store = await make();
    await store.writeShard("c/1", 0, Float64Array.from([1]));
    await store.writeShard("c/2", 0, Float64Array.from([2]));
    expect(await store.readWhole("c/1")).toBeUndefined();
    await store.writeWhole("c/1", Float64Array.from([1, 5]));
    const again = await reopen(store);
    expect(await again.readWhole("c/1")).toEqual(Float64Array.from([1, 5]));
    await again.forget("c/1");
    expect(await again.readWhole("c/1")).toBeUndefined();
    expect(await again.finished("c/1")).toEqual([]);
    expect(await again.finished("c/2")).toEqual([0]);
  });
}
