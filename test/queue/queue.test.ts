import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import {
  hasSecret,
  type QueueRunOptions,
  type QueueRunResult,
  type QueueWorker,
  queueAddress,
  runOnQueue,
  startQueueWorker,
} from "../../src/queue/index.ts";
import { folderLedger, inlineRunner, poolRunner } from "../../src/runs/index.ts";
import { describeWithRedis, freePort, type RedisServer, startRedis } from "../support/redis.ts";
import { type WorkerProcess, workerProcess } from "../support/worker-process.ts";
import { CODE, openTestRun, planOf, type TestRun, wholeDigest, work } from "./kernel.ts";

let redis: RedisServer;
const closing: { close(): Promise<void> }[] = [];
const processes: WorkerProcess[] = [];
/** Runs that are each their own. */
let scenario = 0;
const runOf = (more: Partial<TestRun> = {}): TestRun => ({
  scenario: `s${scenario++}`,
  seed: 1,
  runs: 1000,
  shardSize: 50,
  ...more,
});

const ledgerOf = () => folderLedger(mkdtempSync(join(tmpdir(), "parley-queue-")));

async function worker(open = openTestRun(1), more = {}): Promise<QueueWorker> {
  const made = await startQueueWorker(queueAddress(redis.url), { code: CODE, size: 2, lock: 2, open, ...more });
  closing.push(made);
  return made;
}

function child(
  ...words: Parameters<typeof workerProcess> extends [string, ...infer Rest] ? Rest : never
): WorkerProcess {
  const made = workerProcess(redis.url, ...words);
  processes.push(made);
  return made;
}

function gather(run: TestRun, more: Partial<QueueRunOptions> = {}): Promise<QueueRunResult> {
  const text = JSON.stringify(run);
  const options = { code: CODE, text, ledger: ledgerOf(), attempts: 2, backoff: 10, ...more };
  return runOnQueue(queueAddress(redis.url), planOf(run), options);
}

/** Keys of runs that stand on the server: nothing is left of one that is over. */
async function keysLeft(): Promise<string[]> {
  const client = new Redis(redis.url);
  const keys = await client.keys("parley:*");
  client.disconnect();
  return keys;
}

describeWithRedis("a run on a queue", () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((each) => each.close()));
    await Promise.all(processes.splice(0).map((each) => each.end()));
  });

  it.each([
    [1, 40, 1],
    [7, 300, 1],
    [7, 300, 3],
    [1000, 2500, 3],
  ])("gives the digest of every other runner: shards of %d, %d runs, %d workers", async (shardSize, runs, workers) => {
    const run = runOf({ shardSize, runs });
    for (let i = 0; i < workers; i++) await worker();
    const result = await gather(run);
    const pool = { size: 2, compute: async (...[seed, shard]: Parameters<typeof work>) => work(seed, shard) };
    expect(result).toMatchObject({ complete: true, done: runs, parked: [], resumed: 0, digest: wholeDigest(run) });
    expect(result.digest).toBe((await inlineRunner(work).run(planOf(run))).digest);
    expect(result.digest).toBe((await poolRunner(pool).run(planOf(run))).digest);
    expect(await keysLeft()).toEqual([]);
  });

  it("goes on without a worker that is killed in the middle of a shard", async () => {
    const run = runOf();
    const [first, second] = [child(1, 40), child(1, 40)];
    await Promise.all([first.says("ready"), second.says("ready")]);
    const result = gather(run);
    await first.says("begun");
    first.child.kill("SIGKILL");
    expect(await result).toMatchObject({ complete: true, digest: wholeDigest(run), parked: [] });
  });

  it("goes on without a worker that is frozen past its lock, and counts nothing twice when it wakes", async () => {
    const run = runOf();
    const [frozen, other] = [child(1, 150), child(1, 150)];
    await Promise.all([frozen.says("ready"), other.says("ready")]);
    const result = gather(run);
    await frozen.says("begun");
    frozen.child.kill("SIGSTOP");
    // The other does what is left, and is far from done when the frozen one comes back with its shard.
    await sleep(2200);
    frozen.child.kill("SIGCONT");
    expect(await result).toMatchObject({ complete: true, done: 1000, digest: wholeDigest(run) });
    expect(frozen.child.exitCode).toBeNull();
  });

  it("goes on when the server forgets all of it", async () => {
    const run = runOf();
    await worker(openTestRun(40));
    let flushed = false;
    const result = gather(run, {
      onProgress({ done }) {
        if (flushed || done < 200) return;
        flushed = true;
        const client = new Redis(redis.url);
        client.flushall().finally(() => client.disconnect());
      },
    });
    expect(await result).toMatchObject({ complete: true, digest: wholeDigest(run) });
    expect(flushed).toBe(true);
  });

  it("goes on when the server is killed and comes back with nothing", async () => {
    const run = runOf();
    await worker(openTestRun(40));
    let crash: Promise<void> | undefined;
    const result = await gather(run, {
      onProgress({ done }) {
        if (done >= 200) crash ??= redis.crash();
      },
    });
    await crash;
    expect(result).toMatchObject({ complete: true, digest: wholeDigest(run) });
  });

  it("parks a shard that fails on every try, tells why, and computes it when asked again", async () => {
    const run = runOf();
    const ledger = ledgerOf();
    const tries: number[] = [];
    const poisoned = await worker(
      openTestRun(1, (i, signal) => {
        if (i === 3) tries.push(i);
        if (i === 3) throw new Error("no such month");
        // One that never ends is ended.
        if (i !== 5) return undefined;
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      }),
      { timeout: 1 },
    );
    const first = await gather(run, { ledger });
    expect(first.parked).toEqual([
      { shard: { i: 3, first: 150, count: 50 }, error: "no such month" },
      { shard: { i: 5, first: 250, count: 50 }, error: "it took more than 1 s" },
    ]);
    expect(first).toMatchObject({ complete: false, done: 900 });
    expect(tries.length).toBeGreaterThanOrEqual(2);
    await poisoned.close();
    await worker();
    expect(await gather(run, { ledger })).toMatchObject({ complete: true, resumed: 18, digest: wholeDigest(run) });
  });

  it("raises the alarm where a shard comes out differently", async () => {
    const run = runOf({ runs: 200 });
    let turn = 0;
    await worker((text) => ({
      ...openTestRun(1)(text),
      compute: async (shard) => Float64Array.from([shard.count, turn++]),
    }));
    await expect(gather(run)).rejects.toThrow(/shard \d+ came out differently in .* and .*; it is not deterministic/);
    expect(await keysLeft()).toEqual([]);
  });

  it("stops at once, and goes on from what is done, also from what came when nobody gathered", async () => {
    const run = runOf();
    const ledger = ledgerOf();
    await worker(openTestRun(40));
    const stop = new AbortController();
    const first = await gather(run, {
      ledger,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 200 && stop.abort(),
    });
    expect(first.complete).toBe(false);
    expect(first.done).toBeGreaterThanOrEqual(200);
    expect(first.done).toBeLessThan(900);
    const second = await gather(run, { ledger });
    expect(second).toMatchObject({ complete: true, digest: wholeDigest(run) });
    expect(second.resumed).toBeGreaterThanOrEqual(4);
    // What is whole in the ledger needs no server.
    const nowhere = queueAddress(`redis://127.0.0.1:${await freePort()}`);
    const options = { code: CODE, text: "", ledger };
    expect(await runOnQueue(nowhere, planOf(run), options)).toMatchObject({ complete: true, resumed: 20 });
  });

  it("leaves workers of other code alone, and says that nobody listens", async () => {
    const run = runOf({ runs: 100 });
    await worker(openTestRun(1), { code: "test-2" });
    const stop = new AbortController();
    let nobody = 0;
    const onNobody = () => {
      nobody++;
      stop.abort();
    };
    expect(await gather(run, { signal: stop.signal, onNobody, quiet: 200 })).toMatchObject({
      done: 0,
      complete: false,
    });
    expect(nobody).toBe(1);
  });

  it("is refused where the server has no such database, and nothing goes into the first one", async () => {
    const address = queueAddress(`${redis.url}/99`);
    const { code, text, ledger } = { code: CODE, text: "", ledger: ledgerOf() };
    await expect(runOnQueue(address, planOf(runOf()), { code, text, ledger })).rejects.toThrow(/no such database/);
    await expect(startQueueWorker(address, { code, size: 1, lock: 2, open: openTestRun(1) })).rejects.toThrow(
      /no such database/,
    );
  });
});

describe("the address of a queue", () => {
  it("is shown without what is secret", () => {
    const address = queueAddress("rediss://someone:s3cret@queue.local:6380/2?family=6");
    expect(address.shown).toBe("rediss://queue.local:6380/2");
  });

  it.each(["http://a", "redis:", "a b", "redis://h/x", "mysql://u:s3cret@h/db"])("is refused: %s", (url) => {
    let message = "";
    try {
      queueAddress(url);
    } catch (error) {
      message = error instanceof ParleyError ? error.message : "";
    }
    expect(message).toMatch(/invalid address of a queue: .*expected redis:\/\/host:port/);
    expect(message).not.toContain("s3cret");
  });

  it.each([
    ["redis://h:1", false],
    ["redis://h:1/2", false],
    ["redis://:pw@h", true],
    ["redis://name@h", true],
    ["redis://h?password=x", true],
    ["name:pw@h", true],
  ])("is known to hold a secret: %s %s", (url, secret) => expect(hasSecret(url)).toBe(secret));

  it("is told where nothing listens", async () => {
    const run = runOf();
    const address = queueAddress(`redis://:s3cret@127.0.0.1:${await freePort()}`);
    const options = { code: CODE, text: "", ledger: ledgerOf() };
    const failed = runOnQueue(address, planOf(run), options);
    await expect(failed).rejects.toThrow(
      /missing server: redis:\/\/127\.0\.0\.1:\d+ cannot be used \(nothing listens there\)/,
    );
  });
});
