import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSimulationDesk } from "../../src/cli/cluster/desk.ts";
import { mergeFolder } from "../../src/cli/cluster/merge.ts";
import { makePlan, openOnThreads, openPlan, type PlanFile, planText } from "../../src/cli/cluster/plan-file.ts";
import { claimFolder, computeShard, keepShard } from "../../src/cli/cluster/shard.ts";
import { startThreads, type Threads } from "../../src/cli/simulation/threads.ts";
import { ensembleToPlain, runRange } from "../../src/dynamics/index.ts";
import { queueAddress, runOnQueue, startQueueWorker } from "../../src/queue/index.ts";
import { isOver, memoryRunStore } from "../../src/runs/desk/index.ts";
import { folderLedger, inlineRunner, poolRunner, type Shard } from "../../src/runs/index.ts";
import type { InPage } from "../runs/web-workers-page.ts";
import { launchBrowser } from "./browser.ts";
import { folderWith, parley, sourceFile } from "./cli.ts";
import { describeWithPostgres, startPostgres } from "./postgres.ts";
import { describeWithRedis, startRedis } from "./redis.ts";
import { openSite } from "./site.ts";

/** Sizes of shards: one trajectory, a prime that divides nothing, and more than a short run has. */
const SIZES = [1, 7, 1000] as const;
const SEED = 20_241_128;

/**
 * Every way to compute a run gives one digest, whatever the size of its shards: one thread, several, a desk, workers at a
 * queue in Redis and in PostgreSQL, files, web workers in a browser, and the command.
 *
 * @param text the case
 * @param runs trajectories
 * @param commands shards of each plan that `parley shard` computes as a process of its own; the rest are computed here
 */
export function everyWayOneDigest(text: string, runs: number, commands: number): void {
  const root = mkdtempSync(join(tmpdir(), "parley-digests-"));
  const target = folderWith({ "case.yaml": text });
  const planOf = (size: number): PlanFile => makePlan({ target, view: {}, prior: true }, SEED, runs, size);
  const opened = (size: number) => openPlan(planOf(size), "the plan");
  let threads: Threads;
  let digest = "";

  beforeAll(async () => {
    threads = startThreads(2);
    const words = ["simulate", target, "--prior", "--seed", String(SEED), "--runs", String(runs), "--workers", "1"];
    digest = (JSON.parse(parley([...words, "--no-cache", "--json"]).stdout) as { digest: string }).digest;
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
  afterAll(async () => {
    await threads?.close();
    for (const folder of [root, target]) rmSync(folder, { recursive: true, force: true });
  });

  describe.each(SIZES)("in shards of %d", (size) => {
    const whole = () => ({ digest, done: runs, complete: true });

    it("on one thread", async () => {
      const { plan, subject } = opened(size);
      const runner = inlineRunner((seed, { first, count }) => runRange(subject.input, seed, first, count));
      expect(await runner.run(plan)).toMatchObject(whole());
    });

    it("on two threads", async () => {
      const { plan, compute } = openOnThreads(planText(planOf(size)), threads);
      const never = new AbortController().signal;
      const pool = { size: 2, compute: (_: number, shard: Shard) => compute(shard, never) };
      expect(await poolRunner(pool).run(plan)).toMatchObject(whole());
    });

    it("on a desk", async () => {
      const { desk, close } = await openSimulationDesk({ store: memoryRunStore(), threads: 2 });
      const { id } = await desk.submit({ owner: "a", label: "b", text: planText(planOf(size)) });
      for (let record = desk.get(id); record !== undefined && !isOver(record); record = desk.get(id)) await sleep(5);
      expect(desk.get(id)).toMatchObject({ state: "done", digest, done: runs });
      await close();
    });

    it("through files", async () => {
      const [plan, folder] = [opened(size), mkdtempSync(join(root, "shards-"))];
      const file = join(folder, "run.json");
      writeFileSync(file, planText(plan.file));
      claimFolder(folder, plan.file);
      for (const { i } of plan.plan.shards) {
        if (i < commands) {
          const words = ["shard", file, "--index", String(i), "--out", folder, "--workers", "1"];
          const { code, stderr } = parley(words, { file: sourceFile });
          expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        } else keepShard(folder, plan, i, (await computeShard(plan, i, 1, {})).counts, 1);
      }
      expect(mergeFolder(folder).result).toMatchObject(whole());
    });
  });

  /** A run through a queue, on two workers. */
  async function throughQueue(url: string, size: number) {
    const address = queueAddress(url);
    const { file, plan } = opened(size);
    const open = (published: string) => openOnThreads(published, threads);
    const options = { code: file.code, size: 1, open };
    const workers = [await startQueueWorker(address, options), await startQueueWorker(address, options)];
    const ledger = folderLedger(mkdtempSync(join(root, "ledger-")));
    try {
      return await runOnQueue(address, plan, { code: file.code, text: planText(file), ledger });
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
    }
  }

  for (const [describeWith, start] of [
    [describeWithRedis, startRedis],
    [describeWithPostgres, () => startPostgres("s3cret-word")],
  ] as const) {
    let server: { readonly url: string; stop(): Promise<void> };
    describeWith(`through a queue in ${start === startRedis ? "Redis" : "PostgreSQL"}`, () => {
      beforeAll(async () => {
        server = await start();
      });
      afterAll(() => server?.stop());
      it.each(SIZES)("in shards of %d", async (size) => {
        expect(await throughQueue(server.url, size)).toMatchObject({ digest, done: runs, complete: true, parked: [] });
      });
    });
  }

  describe("on web workers in a browser", () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await launchBrowser();
      page = await browser.newPage();
      await openSite(page);
    });
    afterAll(() => browser?.close());

    it.each(SIZES)("in shards of %d", async (size) => {
      const { subject } = opened(size);
      const plain = ensembleToPlain(subject.input);
      const job = JSON.stringify({ ...plain, vector: [...plain.vector] });
      const options = JSON.stringify({ scenario: "s", version: "1", seed: SEED, runs, shardSize: size });
      const result = await page.evaluate<InPage>(`import("/test/runs/web-workers-page.ts").then(({ runInPage }) => {
        const job = ${job};
        return runInPage({ ...job, vector: Float64Array.from(job.vector) }, ${options}, 2, "/src/workers/ensemble.ts");
      })`);
      expect(result).toMatchObject({ digest, done: runs, complete: true });
    });
  });
}
