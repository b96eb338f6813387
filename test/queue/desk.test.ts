import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type QueueWorker, queueAddress, queueCluster, startQueueWorker } from "../../src/queue/index.ts";
import { type DeskOptions, isOver, memoryRunStore, RunDesk, type RunRecord } from "../../src/runs/desk/index.ts";
import { frailStore, testKernel } from "../runs/desk/kernel.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { describeWithRedis, freePort, type RedisServer, startRedis } from "../support/redis.ts";
import { CODE, openTestRun, type TestRun, wholeDigest } from "./kernel.ts";

const PASSWORD = "s3cret-word";
const workers: QueueWorker[] = [];
const desks: RunDesk[] = [];
let scenario = 0;
const runOf = (more: Partial<TestRun> = {}): TestRun => ({
  scenario: `d${scenario++}`,
  seed: 3,
  runs: 1000,
  shardSize: 50,
  ...more,
});
const asked = (run: TestRun, owner = "anna") => ({ owner, label: run.scenario, text: JSON.stringify(run) });

async function work(url: string, open = openTestRun(1), size = 2): Promise<void> {
  workers.push(await startQueueWorker(queueAddress(url), { code: CODE, size, lock: 2, open }));
}

/** A desk that sends what has a hundred trajectories to a queue. */
async function deskAt(url: string, more: Partial<DeskOptions> = {}) {
  const { open, computed } = testKernel();
  const cluster = queueCluster(queueAddress(url), CODE, { attempts: 3, backoff: 10, quiet: 200 });
  const options = { store: memoryRunStore(), code: CODE, threads: 1, open, cluster, clusterFrom: 100, ...more };
  const desk = await RunDesk.open(options);
  desks.push(desk);
  return { desk, computed, store: options.store };
}

async function until(desk: RunDesk, id: string, holds: (record: RunRecord) => boolean = isOver): Promise<RunRecord> {
  for (;;) {
    const record = desk.get(id);
    if (record !== undefined && holds(record)) return record;
    await sleep(2);
  }
}

async function ended(): Promise<void> {
  await Promise.all(desks.splice(0).map((each) => each.close()));
  await Promise.all(workers.splice(0).map((each) => each.close()));
}

let redis: RedisServer;
describeWithRedis("a desk with a queue", () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(ended);

  it("sends large runs to it and computes small ones itself, to the digest of every other runner", async () => {
    await work(redis.url);
    const { desk, computed } = await deskAt(redis.url);
    const [large, small] = [runOf({ shardSize: 7 }), runOf({ runs: 60 })];
    const ids = [await desk.submit(asked(large)), await desk.submit(asked(small))].map(({ id }) => id);
    const [a, b] = await Promise.all(ids.map((id) => until(desk, id)));
    expect(a).toMatchObject({
      state: "done",
      executor: "cluster",
      digest: wholeDigest(large),
      done: 1000,
      problems: [],
    });
    expect(a?.shards).toMatchObject({ total: 143, done: 143, resumed: 0, parked: 0 });
    expect(a?.shards.replayed).toBeGreaterThanOrEqual(1);
    expect(a?.workers).toEqual(workers.map(({ name }) => name));
    expect(b).toMatchObject({ state: "done", executor: "threads", digest: wholeDigest(small), workers: [] });
    expect(computed).toHaveLength(3);
    expect(await desk.result(ids[0] ?? "")).toMatchObject({ complete: true, digest: wholeDigest(large) });
  });

  it("does not hold up a short run by a long one", async () => {
    await work(redis.url, openTestRun(5), 1);
    const { desk } = await deskAt(redis.url);
    const long = runOf({ runs: 4000, shardSize: 1 });
    const short = runOf({ runs: 300, shardSize: 100 });
    const { id } = await desk.submit(asked(long));
    const begun = (await until(desk, id, ({ shards }) => shards.done > 20)).shards.done;
    const other = await until(desk, (await desk.submit(asked(short, "bert"))).id);
    expect(other).toMatchObject({ state: "done", digest: wholeDigest(short) });
    expect(desk.get(id)?.state).toBe("running");
    // Some 250 of the long one's shards stood in the queue before: they come in turn with those of the short one.
    expect((desk.get(id)?.shards.done ?? 0) - begun).toBeLessThan(120);
    await desk.cancel(id);
    expect(desk.get(id)?.state).toBe("cancelled");
  });

  it("goes on when it is closed half-way, from its store and from what came meanwhile", async () => {
    await work(redis.url, openTestRun(80));
    const run = runOf();
    const before = await deskAt(redis.url);
    const { id } = await before.desk.submit(asked(run));
    await until(before.desk, id, ({ shards }) => shards.done >= 4);
    await before.desk.close();
    expect(before.desk.get(id)?.state).toBe("running");
    const after = await deskAt(redis.url, { store: before.store });
    const record = await until(after.desk, id);
    expect(record).toMatchObject({ state: "done", digest: wholeDigest(run), shards: { total: 20, done: 20 } });
    expect(record.shards.resumed).toBeGreaterThanOrEqual(4);
  });

  it("tells what is parked and what was tried again", async () => {
    const run = runOf();
    const failed = new Set<number>();
    const poison = openTestRun(1, (i) => {
      if (i === 3) throw new Error("no such month");
      if (i !== 5 || failed.has(i)) return;
      failed.add(i);
      throw new Error("once");
    });
    await work(redis.url, poison);
    const { desk } = await deskAt(redis.url);
    const record = await until(desk, (await desk.submit(asked(run))).id);
    expect(record).toMatchObject({ state: "incomplete", done: 950, digest: null, shards: { parked: 1, done: 19 } });
    expect(record.shards.retried).toBeGreaterThanOrEqual(1);
    expect(record.problems.map(({ code }) => code)).toEqual(["run-parked", "shard-parked"]);
    expect(record.problems[1]?.message).toBe("failed shard: 3, on every try (no such month)");
  });

  it("fails loudly where a shard comes out differently", async () => {
    let turn = 0;
    await work(redis.url, (text) => ({
      ...openTestRun(1)(text),
      compute: async (shard) => Float64Array.from([shard.count, turn++]),
    }));
    const { desk } = await deskAt(redis.url);
    const record = await until(desk, (await desk.submit(asked(runOf()))).id);
    expect(record).toMatchObject({ state: "failed", digest: null, problems: [{ code: "shard-differs" }] });
  });

  it("waits for a store that is gone for a while, with results on their way", async () => {
    const run = runOf();
    const { store, gone } = frailStore();
    await work(redis.url, openTestRun(80));
    const { desk } = await deskAt(redis.url, { store });
    const { id } = await desk.submit(asked(run));
    await until(desk, id, ({ shards }) => shards.done >= 2);
    gone(true);
    await sleep(700);
    expect(desk.get(id)?.state).toBe("running");
    gone(false);
    expect(await until(desk, id)).toMatchObject({ state: "done", digest: wholeDigest(run), problems: [] });
  });

  it("says that nobody computes, and no longer when somebody does", async () => {
    const run = runOf();
    const { desk } = await deskAt(redis.url);
    const { id } = await desk.submit(asked(run));
    const waiting = await until(desk, id, ({ problems }) => problems.length > 0);
    expect(waiting).toMatchObject({ state: "running", problems: [{ code: "run-nobody", severity: "warning" }] });
    await work(redis.url);
    expect(await until(desk, id)).toMatchObject({ state: "done", problems: [], digest: wholeDigest(run) });
  });

  it("waits for a server that does not answer, says so, and can be cancelled", async () => {
    const port = await freePort();
    const { desk } = await deskAt(`redis://127.0.0.1:${port}`);
    const { id } = await desk.submit(asked(runOf()));
    const waiting = await until(desk, id, ({ problems }) => problems.length > 0);
    expect(waiting).toMatchObject({ state: "running", problems: [{ code: "queue-unreachable" }] });
    await desk.cancel(id);
    expect(desk.get(id)).toMatchObject({ state: "cancelled", digest: null });
  });
});

let postgres: PostgresServer;
describeWithPostgres("a desk with a queue in PostgreSQL", () => {
  beforeAll(async () => {
    postgres = await startPostgres(PASSWORD);
  });
  afterAll(() => postgres.stop());
  afterEach(ended);

  it("comes to the same, with runs in turn, and shows no password", async () => {
    await work(postgres.url, openTestRun(2), 1);
    const { desk } = await deskAt(postgres.url);
    const [long, short] = [runOf({ runs: 4000, shardSize: 1 }), runOf({ runs: 300, shardSize: 100 })];
    const { id } = await desk.submit(asked(long));
    await until(desk, id, ({ shards }) => shards.done > 5);
    const other = await until(desk, (await desk.submit(asked(short, "bert"))).id);
    expect(other).toMatchObject({ state: "done", digest: wholeDigest(short), workers: [workers[0]?.name] });
    expect(desk.get(id)?.state).toBe("running");
    await desk.cancel(id);
    expect(JSON.stringify(desk.list())).not.toContain(PASSWORD);
  });
});
