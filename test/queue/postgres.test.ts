import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  type QueueRunOptions,
  type QueueWorker,
  queueAddress,
  runOnQueue,
  startQueueWorker,
} from "../../src/queue/index.ts";
import { folderLedger } from "../../src/runs/index.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type WorkerProcess, workerProcess } from "../support/worker-process.ts";
import { CODE, openTestRun, planOf, type TestRun, wholeDigest } from "./kernel.ts";

const PASSWORD = "s3cret-word";
let server: PostgresServer;
const closing: QueueWorker[] = [];
const processes: WorkerProcess[] = [];
let scenario = 0;
const runOf = (more: Partial<TestRun> = {}): TestRun => ({
  scenario: `p${scenario++}`,
  seed: 5,
  runs: 1000,
  shardSize: 50,
  ...more,
});
const ledgerOf = () => folderLedger(mkdtempSync(join(tmpdir(), "parley-queue-")));
const gather = (run: TestRun, more: Partial<QueueRunOptions> = {}) => {
  const options = { code: CODE, text: JSON.stringify(run), ledger: ledgerOf(), attempts: 2, backoff: 10, ...more };
  return runOnQueue(queueAddress(server.url), planOf(run), options);
};

async function worker(open = openTestRun(1)): Promise<void> {
  closing.push(await startQueueWorker(queueAddress(server.url), { code: CODE, size: 2, lock: 2, open }));
}

describeWithPostgres("a run on a queue in PostgreSQL", () => {
  beforeAll(async () => {
    server = await startPostgres(PASSWORD);
  });
  afterAll(() => server.stop());
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((each) => each.close()));
    await Promise.all(processes.splice(0).map((each) => each.end()));
  });

  it.each([1, 3])("gives the digest of every other runner on %d workers, and leaves nothing behind", async (count) => {
    const run = runOf({ shardSize: 7, runs: 300 });
    for (let i = 0; i < count; i++) await worker();
    expect(await gather(run)).toMatchObject({ complete: true, parked: [], digest: wholeDigest(run) });
    const client = new pg.Client(server.url);
    await client.connect();
    const { rows } = await client.query("select count(*)::int as left from parley_runs.run");
    await client.end();
    expect(rows).toEqual([{ left: 0 }]);
  });

  it("goes on without a worker that is killed in the middle of a shard", async () => {
    const run = runOf();
    for (const _ of [1, 2]) processes.push(workerProcess(server.url, 1, 40));
    await Promise.all(processes.map((each) => each.says("ready")));
    const result = gather(run);
    await processes[0]?.says("begun");
    processes[0]?.child.kill("SIGKILL");
    expect(await result).toMatchObject({ complete: true, digest: wholeDigest(run), parked: [] });
  });

  it("goes on when the server crashes and comes back", async () => {
    const run = runOf();
    await worker(openTestRun(40));
    let crash: Promise<void> | undefined;
    const result = await gather(run, {
      onProgress({ done }) {
        if (done >= 200) crash ??= server.crash();
      },
    });
    await crash;
    expect(result).toMatchObject({ complete: true, digest: wholeDigest(run) });
  });

  it("goes on when every connection is dropped, again and again", async () => {
    const run = runOf();
    await worker(openTestRun(20));
    const client = new pg.Client(server.url);
    await client.connect();
    let dropped = 0;
    const drop = async () => {
      const others =
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = user";
      dropped += (await client.query(others)).rowCount ?? 0;
    };
    const drops: Promise<void>[] = [];
    const result = await gather(run, {
      onProgress({ done }) {
        if (done % 250 === 0 && done < 1000) drops.push(drop());
      },
    });
    await Promise.all(drops);
    await client.end();
    expect(dropped).toBeGreaterThan(1);
    expect(result).toMatchObject({ complete: true, parked: [], digest: wholeDigest(run) });
  });

  it("parks a shard that fails on every try, and goes on from the rest", async () => {
    const run = runOf();
    const ledger = ledgerOf();
    await worker(
      openTestRun(1, (i) => {
        if (i === 3) throw new Error("no such month");
      }),
    );
    expect(await gather(run, { ledger })).toMatchObject({
      complete: false,
      done: 950,
      parked: [{ shard: { i: 3 }, error: "no such month" }],
    });
    await closing.pop()?.close();
    await worker();
    expect(await gather(run, { ledger })).toMatchObject({ complete: true, resumed: 19, digest: wholeDigest(run) });
  });

  it("raises the alarm where a shard comes out differently", async () => {
    let turn = 0;
    await worker((text) => ({
      ...openTestRun(1)(text),
      compute: async (shard) => Float64Array.from([shard.count, turn++]),
    }));
    await expect(gather(runOf({ runs: 200 }))).rejects.toThrow(/shard \d+ came out differently in .* and /);
  });

  it("says what is wrong with the password, and shows none", async () => {
    const run = runOf();
    const address = queueAddress(server.url.replace(PASSWORD, "another"));
    const failed = runOnQueue(address, planOf(run), { code: CODE, text: "", ledger: ledgerOf() });
    await expect(failed).rejects.toThrow(
      /^missing server: postgres:\/\/127\.0\.0\.1:\d+\/postgres cannot be used \(it asks for a name or password/,
    );
  });
});
