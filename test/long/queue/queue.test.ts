import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { queueAddress, runOnQueue, startQueueWorker } from "../../../src/queue/index.ts";
import { folderLedger } from "../../../src/runs/index.ts";
import { CODE, openTestRun, planOf, type TestRun, wholeDigest } from "../../queue/kernel.ts";
import { describeWithRedis, type RedisServer, startRedis } from "../../support/redis.ts";
import { type WorkerProcess, workerProcess } from "../../support/worker-process.ts";

let redis: RedisServer;
const processes: WorkerProcess[] = [];
const ledgerOf = () => folderLedger(mkdtempSync(join(tmpdir(), "parley-queue-")));
const gather = (run: TestRun, more = {}) =>
  runOnQueue(queueAddress(redis.url), planOf(run), {
    code: CODE,
    text: JSON.stringify(run),
    ledger: ledgerOf(),
    backoff: 10,
    ...more,
  });

/** A worker that is started again whenever it ends, as a supervisor does, until the test is over. */
function supervised(
  lock: number,
  delay: number,
  deadly?: number | string,
): { readonly deaths: () => number; over(): void } {
  let deaths = -1;
  let over = false;
  const start = () => {
    deaths++;
    if (over) return;
    const made = workerProcess(redis.url, lock, delay, deadly);
    processes.push(made);
    made.child.once("exit", start);
  };
  start();
  return {
    deaths: () => deaths,
    over() {
      over = true;
    },
  };
}

describeWithRedis("a run on a queue, at full size", () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.end()));
  });

  it.each([
    ["kills", 7],
    ["exits", "exit-7"],
  ])("parks a shard that %s every worker that takes it", async (scenario, deadly) => {
    const run: TestRun = { scenario, seed: 1, runs: 400, shardSize: 20 };
    const worker = supervised(1, 5, deadly);
    const result = await gather(run);
    worker.over();
    expect(result).toMatchObject({ complete: false, done: 380 });
    expect(result.parked).toMatchObject([{ shard: { i: 7 }, error: expect.stringMatching(/stalled more than/) }]);
    expect(worker.deaths()).toBeGreaterThanOrEqual(4);
  });

  it("comes to the same digest however often workers are killed and the server crashes", async () => {
    const run: TestRun = { scenario: "chaos", seed: 2, runs: 9000, shardSize: 50 };
    const workers = Array.from({ length: 3 }, () => supervised(1, 60));
    const result = gather(run);
    let over = false;
    result.finally(() => {
      over = true;
    });
    for (let turn = 0; !over && turn < 40; turn++) {
      await sleep(700);
      if (turn === 4) await redis.crash();
      else if (turn < 8) processes.findLast(({ child }) => child.exitCode === null)?.child.kill("SIGKILL");
    }
    expect(await result).toMatchObject({ complete: true, parked: [], digest: wholeDigest(run) });
    for (const worker of workers) worker.over();
  });

  it("refuses to gather a run that another gathers", async () => {
    const run: TestRun = { scenario: "taken", seed: 3, runs: 100, shardSize: 10 };
    const stop = new AbortController();
    const first = gather(run, { signal: stop.signal });
    await sleep(500);
    await expect(gather(run)).rejects.toThrow(/it is being gathered already, on .* by process \d+/);
    stop.abort();
    expect(await first).toMatchObject({ complete: false, done: 0 });
  });

  it("gets ten thousand tiny shards through", async () => {
    const run: TestRun = { scenario: "many", seed: 4, runs: 10_000, shardSize: 1 };
    const options = { code: CODE, size: 8, open: openTestRun(0) };
    const worker = await startQueueWorker(queueAddress(redis.url), options);
    expect(await gather(run)).toMatchObject({ complete: true, digest: wholeDigest(run) });
    await worker.close();
  });
});
