import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { type DeskOptions, isOver, memoryRunStore, RunDesk, type RunRecord } from "../../../src/runs/desk/index.ts";
import { type TestRun, wholeDigest } from "../../queue/kernel.ts";
import { frailStore, type Instead, testKernel } from "./kernel.ts";

const planOf = (scenario: string, more: Partial<TestRun> = {}): TestRun => ({
  scenario,
  seed: 1,
  runs: 1000,
  shardSize: 50,
  ...more,
});
const asked = (plan: TestRun, owner = "anna") => ({ owner, label: plan.scenario, text: JSON.stringify(plan) });

/** Opens a desk with a kernel; what it computed stands in `computed`. */
async function deskWith(more: Partial<DeskOptions> = {}, instead?: Instead, delay = 0) {
  const { open, computed } = testKernel(instead, delay);
  const store = more.store ?? memoryRunStore();
  const desk = await RunDesk.open({ store, code: "c1", threads: 2, open, backoff: 1, ...more });
  return { desk, computed, store };
}

/** Waits until something holds of a run. */
async function until(desk: RunDesk, id: string, holds: (record: RunRecord) => boolean = isOver): Promise<RunRecord> {
  for (;;) {
    const record = desk.get(id);
    if (record !== undefined && holds(record)) return record;
    await sleep(1);
  }
}

/** The codes of what a call refuses. */
const refused = async (call: Promise<unknown>): Promise<string[]> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ParleyError ? error.problems.map(({ code }) => code) : [`no problem: ${error}`];
};

describe("a desk of runs", () => {
  it.each([1, 7, 1000])("gives the digest of every other runner, for shards of %d", async (shardSize) => {
    const plan = planOf("s", { shardSize, runs: 300 });
    const { desk } = await deskWith({ threads: 3 });
    const { id } = await desk.submit({ ...asked(plan), about: { case: "x" } });
    const record = await until(desk, id);
    const total = Math.ceil(300 / shardSize);
    expect(record).toMatchObject({
      state: "done",
      digest: wholeDigest(plan),
      done: 300,
      problems: [],
      executor: "threads",
    });
    expect(record.shards).toMatchObject({ total, done: total, resumed: 0, parked: 0, retried: 0 });
    expect(record.shards.replayed).toBe(Math.max(1, Math.round(total / 100)));
    expect(record.about).toEqual({ case: "x" });
    expect(await desk.result(id)).toMatchObject({ complete: true, digest: wholeDigest(plan), done: 300 });
    expect(await desk.text(id)).toBe(asked(plan).text);
    expect(desk.subscribe("absent", () => {})).toBeUndefined();
    expect(await desk.result("absent")).toBeUndefined();
    await desk.close();
  });

  it("takes shards of owners in turn: a run of ten thousand does not hold up one of three", async () => {
    const { desk, computed } = await deskWith({ threads: 1 });
    const long = await desk.submit(asked(planOf("long", { shardSize: 1, runs: 10_000 })));
    await until(desk, long.id, ({ shards }) => shards.done > 10);
    const begun = computed.length;
    const short = await desk.submit(asked(planOf("short", { shardSize: 1, runs: 3 }), "bert"));
    expect((await until(desk, short.id)).state).toBe("done");
    const last = computed.findLastIndex((each) => each.startsWith("short"));
    const since = computed.slice(
      computed.findIndex((each) => each.startsWith("short")),
      last + 1,
    );
    // Three shards and one once more, each after at most one of the other.
    expect(since.filter((each) => each.startsWith("short"))).toHaveLength(4);
    expect(since.length).toBeLessThanOrEqual(8);
    expect(begun).toBeLessThan(9000);
    expect(desk.get(long.id)?.state).toBe("running");
    await desk.cancel(long.id);
    await desk.close();
  });

  it("shares turns between owners, not between runs: who has four has no more than who has one", async () => {
    const { desk, computed } = await deskWith({ threads: 1, limits: { running: 4 } });
    const many = await Promise.all(
      ["m1", "m2", "m3", "m4"].map((name) => desk.submit(asked(planOf(name, { shardSize: 1, runs: 200 })))),
    );
    const one = await desk.submit(asked(planOf("one", { shardSize: 1, runs: 100 }), "bert"));
    await until(desk, one.id);
    const first = computed.findIndex((each) => each.startsWith("one"));
    const meanwhile = computed.slice(
      first,
      computed.findLastIndex((each) => each.startsWith("one")),
    );
    const ofMany = meanwhile.filter((each) => each.startsWith("m"));
    expect(Math.abs(ofMany.length - 100)).toBeLessThanOrEqual(4);
    // And hers come in turn.
    for (const name of ["m1", "m2", "m3", "m4"]) {
      const share = ofMany.filter((each) => each.startsWith(name)).length;
      expect(Math.abs(share - ofMany.length / 4)).toBeLessThanOrEqual(2);
    }
    for (const { id } of many) await desk.cancel(id);
    await desk.close();
  });

  it("holds to its limits, for each owner apart, and tells them", async () => {
    let go: () => void = () => {};
    const gate = new Promise<undefined>((resolve) => {
      go = () => resolve(undefined);
    });
    const { desk } = await deskWith({ limits: { running: 1, queued: 2, trajectories: 5000, shards: 100 } }, () => gate);
    const first = await desk.submit(asked(planOf("1")));
    const [second, third] = [await desk.submit(asked(planOf("2"))), await desk.submit(asked(planOf("3")))];
    expect(await refused(desk.submit(asked(planOf("4"))))).toEqual(["run-limit"]);
    await expect(desk.submit(asked(planOf("4")))).rejects.toThrow("too many runs: 2 of yours wait already");
    await expect(desk.submit(asked(planOf("5", { runs: 5001 }), "bert"))).rejects.toThrow(
      "too many trajectories (expected at most 5000)",
    );
    await expect(desk.submit(asked(planOf("6", { runs: 500, shardSize: 1 }), "bert"))).rejects.toThrow(
      "too many shards (expected at most 100)",
    );
    const other = await desk.submit(asked(planOf("7"), "bert"));
    const states = () => [first, second, third, other].map(({ id }) => desk.get(id)?.state);
    expect(states()).toEqual(["running", "queued", "queued", "running"]);
    expect(desk.list("anna").map(({ label }) => label)).toEqual(["3", "2", "1"]);
    expect(desk.list().map(({ label }) => label)).toEqual(["7", "3", "2", "1"]);
    go();
    await until(desk, third.id);
    // One at a time, in the order in which they were asked for.
    const [a, b, c] = [first, second, third].map(({ id }) => desk.get(id));
    expect((a?.ended ?? "") <= (b?.started ?? "")).toBe(true);
    expect((b?.ended ?? "") <= (c?.started ?? "")).toBe(true);
    await desk.close();
  });

  it("cancels a run that waits and one that is computed, and goes on from what is there when asked again", async () => {
    const { desk } = await deskWith({ limits: { running: 1 } }, undefined, 25);
    const first = await desk.submit(asked(planOf("1")));
    const second = await desk.submit(asked(planOf("2")));
    expect(await desk.cancel(second.id)).toBe(true);
    expect(desk.get(second.id)).toMatchObject({ state: "cancelled", started: null });
    await until(desk, first.id, ({ shards }) => shards.done >= 5);
    expect(await desk.cancel(first.id)).toBe(true);
    expect(await desk.cancel(first.id)).toBe(false);
    expect(await desk.cancel("absent")).toBe(false);
    const cancelled = desk.get(first.id);
    expect(cancelled).toMatchObject({ state: "cancelled", digest: null, perSecond: null });
    const partly = await desk.result(first.id);
    expect(partly).toMatchObject({ complete: false });
    expect(partly?.done).toBeGreaterThanOrEqual(250);
    expect(partly?.done).toBeLessThan(1000);
    const again = await until(desk, (await desk.submit(asked(planOf("1")))).id);
    expect(again).toMatchObject({ state: "done", digest: wholeDigest(planOf("1")) });
    expect(again.shards.resumed).toBeGreaterThanOrEqual(5);
    // What is whole is found.
    const third = await until(desk, (await desk.submit(asked(planOf("1"), "bert"))).id);
    expect(third).toMatchObject({ state: "done", digest: again.digest, shards: { resumed: 20, done: 20 } });
    await desk.close();
  });

  it("stops a shard that is under way where its run is cancelled", async () => {
    let stopped = 0;
    const { desk, computed } = await deskWith({}, (_, __, signal) => {
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          stopped++;
          reject(signal.reason);
        }),
      );
    });
    const { id } = await desk.submit(asked(planOf("endless")));
    while (computed.length < 2) await sleep(1);
    await desk.cancel(id);
    expect(stopped).toBe(2);
    expect(desk.get(id)).toMatchObject({ state: "cancelled", shards: { done: 0, retried: 0, parked: 0 } });
    await desk.close();
  });

  it("computes what two ask for at a time once", async () => {
    const { desk, computed } = await deskWith({}, undefined, 2);
    const [a, b] = [await desk.submit(asked(planOf("1"))), await desk.submit(asked(planOf("1"), "bert"))];
    expect([await until(desk, a.id), await until(desk, b.id)].map(({ digest }) => digest)).toEqual([
      wholeDigest(planOf("1")),
      wholeDigest(planOf("1")),
    ]);
    expect(computed).toHaveLength(21);
    await desk.close();
  });

  it("forgets a run that is over, and its shards where nobody else has them", async () => {
    const { desk, store } = await deskWith();
    const [a, b] = [await desk.submit(asked(planOf("1"))), await desk.submit(asked(planOf("1"), "bert"))];
    await Promise.all([until(desk, a.id), until(desk, b.id)]);
    expect(await desk.remove(a.id)).toBe(true);
    expect(await desk.remove(a.id)).toBe(false);
    expect((await desk.result(b.id))?.complete).toBe(true);
    expect(await desk.remove(b.id)).toBe(true);
    expect(await store.load()).toEqual([]);
    expect(await store.readWhole(a.key)).toBeUndefined();
    const running = await desk.submit(asked(planOf("2", { runs: 100_000 })));
    expect(await desk.remove(running.id)).toBe(false);
    await desk.close();
  });

  it("tells of a run now, as it goes and at its end, and no longer", async () => {
    const { desk } = await deskWith({ threads: 1 }, undefined, 2);
    const { id } = await desk.submit(asked(planOf("1", { shardSize: 10 })));
    const seen: RunRecord[] = [];
    let bad = 0;
    desk.subscribe(id, () => {
      if (bad++ > 0) throw new Error("one who listens badly");
    });
    desk.subscribe(id, (record) => seen.push(record));
    const ended: string[] = [];
    const end = desk.subscribe(id, ({ state }) => ended.push(state));
    end?.();
    await until(desk, id);
    expect(seen.map(({ state }) => state)).toEqual([...seen.slice(1).map(() => "running"), "done"]);
    const done = seen.map((record) => record.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.some(({ perSecond }) => (perSecond ?? 0) > 0)).toBe(true);
    expect(ended).toEqual(["running"]);
    expect(bad).toBe(2);
    // Of a run that is over, its end is told.
    desk.subscribe(id, ({ state }) => ended.push(state));
    expect(ended).toEqual(["running", "done"]);
    await desk.close();
  });

  it("takes no plan that cannot be opened", async () => {
    const { desk } = await deskWith({
      open: () => {
        throw ParleyError.of("plan-invalid", { path: "the plan", why: "it is no JSON, or cut off" });
      },
    });
    expect(await refused(desk.submit(asked(planOf("1"))))).toEqual(["plan-invalid"]);
    expect(desk.list()).toEqual([]);
    await desk.close();
  });
});

describe("a desk that is closed and opened anew", () => {
  it("goes on in the middle of a run and with those that wait, to the same digest", async () => {
    const store = memoryRunStore();
    const before = await deskWith({ store, limits: { running: 1 } }, undefined, 25);
    const [a, b] = [await before.desk.submit(asked(planOf("1"))), await before.desk.submit(asked(planOf("2")))];
    await until(before.desk, a.id, ({ shards }) => shards.done >= 8);
    await before.desk.close();
    expect(await refused(before.desk.submit(asked(planOf("3"))))).toEqual(["runs-closed"]);
    const records = await store.load();
    expect(records.map(({ state }) => state).toSorted()).toEqual(["queued", "running"]);
    const after = await deskWith({ store, limits: { running: 1 } });
    const whole = await until(after.desk, a.id);
    expect(whole).toMatchObject({
      state: "done",
      digest: wholeDigest(planOf("1")),
      started: records.find(({ id }) => id === a.id)?.started,
    });
    expect(whole.shards.resumed).toBeGreaterThanOrEqual(8);
    expect(whole.shards.done).toBe(20);
    expect(await until(after.desk, b.id)).toMatchObject({ state: "done", digest: wholeDigest(planOf("2")) });
    // No shard but the one of each run that is compared was computed twice.
    const all = [...before.computed, ...after.computed];
    expect(all.length - new Set(all).size).toBeLessThanOrEqual(3);
    await after.desk.close();
  });

  it("waits for shards that are under way, and no longer than its grace", async () => {
    const slow = await deskWith({ threads: 1 }, undefined, 60);
    const { id } = await slow.desk.submit(asked(planOf("1")));
    while (slow.computed.length < 1) await sleep(1);
    await slow.desk.close();
    expect(slow.desk.get(id)).toMatchObject({ state: "running", shards: { done: slow.computed.length } });
    expect(slow.computed.length).toBeLessThan(20);
    const endless = await deskWith({ grace: 30 }, (_, __, signal) => sleep(3_600_000, undefined, { signal }));
    const other = await endless.desk.submit(asked(planOf("1")));
    while (endless.computed.length < 2) await sleep(1);
    await endless.desk.close();
    expect(endless.desk.get(other.id)).toMatchObject({ state: "running", shards: { done: 0 } });
  });

  it("leaves alone what was over, and says so of a plan that other code made", async () => {
    const store = memoryRunStore();
    const before = await deskWith({ store, limits: { running: 1 } }, undefined, 25);
    const [a, b] = [await before.desk.submit(asked(planOf("1"))), await before.desk.submit(asked(planOf("2")))];
    await until(before.desk, a.id);
    await before.desk.close();
    const after = await deskWith({
      store,
      open: () => {
        throw ParleyError.of("plan-code", { path: "the plan", code: "c1", own: "c2" });
      },
    });
    expect(after.desk.get(a.id)?.state).toBe("done");
    expect(await until(after.desk, b.id)).toMatchObject({ state: "failed", problems: [{ code: "plan-code" }] });
    expect((await after.desk.result(a.id))?.digest).toBe(wholeDigest(planOf("1")));
    await after.desk.close();
  });
});

describe("a kernel that fails", () => {
  it("is tried again, and nothing is lost where it then does not", async () => {
    const failed = new Set<number>();
    const { desk } = await deskWith({}, (_, { i }) => {
      if (i % 4 !== 0 || failed.has(i)) return undefined;
      failed.add(i);
      throw new Error("once");
    });
    const record = await until(desk, (await desk.submit(asked(planOf("1")))).id);
    expect(record).toMatchObject({
      state: "done",
      digest: wholeDigest(planOf("1")),
      shards: { retried: 5, parked: 0 },
    });
    await desk.close();
  });

  it("leaves the run incomplete with the shard and its error, and the same run goes on when it is mended", async () => {
    const store = memoryRunStore();
    const { desk, computed } = await deskWith({ store, attempts: 3, timeout: 0.25 }, (_, { i }, signal) => {
      if (i === 3) throw new Error("no such month");
      // One that never ends is ended.
      return i === 5 ? sleep(3_600_000, undefined, { signal }) : undefined;
    });
    const { id } = await desk.submit(asked(planOf("1")));
    const record = await until(desk, id);
    expect(record).toMatchObject({
      state: "incomplete",
      done: 900,
      digest: null,
      shards: { done: 18, parked: 2 },
    });
    expect(record.problems.map(({ message }) => message)).toEqual([
      "incomplete run: 2 of 20 shards failed on every try",
      "failed shard: 3, on every try (no such month)",
      "failed shard: 5, on every try (it took more than 0.25 s)",
    ]);
    expect(computed.filter((each) => each === "1 3")).toHaveLength(3);
    expect(record.shards.retried).toBeGreaterThanOrEqual(4);
    expect(await desk.result(id)).toMatchObject({ complete: false, done: 900 });
    await desk.close();
    const mended = await deskWith({ store });
    const again = await until(mended.desk, (await mended.desk.submit(asked(planOf("1")))).id);
    expect(again).toMatchObject({ state: "done", digest: wholeDigest(planOf("1")), shards: { resumed: 18 } });
    await mended.desk.close();
  });

  it("is given up soon where every shard fails, and where its input cannot be used it is not tried again", async () => {
    const { desk, computed } = await deskWith({ attempts: 2 }, async () => {
      await sleep(1);
      throw new Error("broken");
    });
    const record = await until(desk, (await desk.submit(asked(planOf("1", { shardSize: 1 })))).id);
    expect(record).toMatchObject({ state: "failed", done: 0, problems: [{ code: "run-failed" }] });
    expect(record.problems[0]?.message).toContain("broken");
    expect(computed.length).toBeLessThan(60);
    await desk.close();
    const bad = await deskWith({}, () => {
      throw ParleyError.of("plan-invalid", { path: "the plan", why: "x" });
    });
    const other = await until(bad.desk, (await bad.desk.submit(asked(planOf("1", { runs: 100 })))).id);
    expect(other).toMatchObject({ state: "failed", shards: { retried: 0, parked: 2 } });
    await bad.desk.close();
  });

  it("that is not deterministic is found by the shards that are computed twice, and gives no answer", async () => {
    let turn = 0;
    const { desk } = await deskWith({}, async () => Float64Array.from([50, turn++]));
    const { id } = await desk.submit(asked(planOf("1")));
    const record = await until(desk, id);
    expect(record).toMatchObject({ state: "failed", digest: null, problems: [{ code: "shard-differs" }] });
    await desk.close();
  });

  it("of one owner does not keep the run of another from its end", async () => {
    const { desk } = await deskWith({ threads: 1, attempts: 2 }, ({ scenario }) => {
      if (scenario === "bad") throw new Error("broken");
      return undefined;
    });
    const bad = await desk.submit(asked(planOf("bad")));
    const good = await desk.submit(asked(planOf("good"), "bert"));
    expect((await until(desk, good.id)).state).toBe("done");
    expect((await until(desk, bad.id)).state).toBe("failed");
    await desk.close();
  });
});

describe("a store that fails", () => {
  it("is waited for, and nothing is lost", async () => {
    const { store, gone } = frailStore();
    const { desk } = await deskWith({ store }, undefined, 25);
    const { id } = await desk.submit(asked(planOf("1")));
    await until(desk, id, ({ shards }) => shards.done >= 4);
    gone(true);
    await sleep(350);
    expect(desk.get(id)?.state).toBe("running");
    gone(false);
    expect(await until(desk, id)).toMatchObject({ state: "done", digest: wholeDigest(planOf("1")) });
    await desk.close();
    expect((await store.load())[0]).toMatchObject({ state: "done" });
  });

  it("for long fails the run with its reason; the desk can still be closed", async () => {
    const { store, gone } = frailStore();
    const { desk } = await deskWith({ store, patience: 250, grace: 20 }, undefined, 25);
    const { id } = await desk.submit(asked(planOf("1")));
    await until(desk, id, ({ shards }) => shards.done >= 4);
    gone(true);
    const record = await until(desk, id);
    expect(record).toMatchObject({ state: "failed", problems: [{ code: "run-store" }] });
    expect(record.problems[0]?.message).toContain("the connection was cut");
    expect(await refused(desk.submit(asked(planOf("2"))))).toEqual(["run-store"]);
    expect(desk.list()).toHaveLength(1);
    await desk.close();
  });
});
