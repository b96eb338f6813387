import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestRun, wholeDigest } from "../../queue/kernel.ts";
import { root } from "../../support/cli.ts";
import { describeWithNetwork, type Network, startNetwork } from "../../support/network.ts";
import { describeWithRedis, redisProgram } from "../../support/redis.ts";
import type { WorkerProcess } from "../../support/worker-process.ts";

const LOCK = 2;
const CUT = 10_000;
const script = (name: string) => join(root, "test", "queue", name);
const PORT = 6400;

describeWithNetwork("a run on several hosts", () =>
  describeWithRedis("around a server", () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-hosts-"));
    let network: Network;
    let workers: WorkerProcess[] = [];
    const others: WorkerProcess[] = [];
    beforeAll(async () => {
      network = await startNetwork(2);
      // No other network is there for it to listen at.
      const words = [redisProgram ?? "", "--port", String(PORT), "--bind", "0.0.0.0", "--protected-mode", "no"];
      const server = network.middle.start([...words, "--save", "", "--dir", folder]);
      others.push(server);
      await server.says("Ready to accept connections");
    });
    beforeEach(async () => {
      workers = network.hosts.map((host, i) => {
        const url = `redis://${network.addressFor(i)}:${PORT}`;
        return host.start([process.execPath, script("worker-process.ts"), url, String(LOCK), "60"]);
      });
      await Promise.all(workers.map((worker) => worker.says("ready")));
    });
    afterEach(async () => {
      for (const host of network.hosts) host.link("up");
      for (const worker of workers) await worker.end();
    });
    afterAll(async () => {
      for (const other of others) await other.end();
      await network?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const begunBy = (worker: WorkerProcess | undefined): number => (worker?.said() ?? "").split("begun").length - 1;

    /** Runs on both hosts; when a third is done, the links of some are cut for ten seconds. */
    async function runWithCut(run: TestRun, cut: readonly number[]) {
      const words = [script("gather-process.ts"), `redis://127.0.0.1:${PORT}`, JSON.stringify(run)];
      const gather = network.middle.start([process.execPath, ...words, mkdtempSync(join(folder, "ledger-"))]);
      others.push(gather);
      await gather.says(`done ${run.runs / 5};`);
      for (const i of cut) network.hosts[i]?.link("down");
      // What was under way is over by then.
      await sleep(2000);
      const said = gather.said().length;
      await sleep(CUT - 2000);
      const stood = gather.said().length === said;
      const begun = workers.map(begunBy);
      for (const i of cut) network.hosts[i]?.link("up");
      await gather.gone;
      const [, text = "{}"] = /^result (.*)$/m.exec(gather.said()) ?? [];
      return { result: JSON.parse(text) as object, stood, begun, after: workers.map(begunBy) };
    }

    it("goes on without one whose link is cut for ten seconds, and with it when the link is back", async () => {
      const run: TestRun = { scenario: "one cut", seed: 6, runs: 6000, shardSize: 10 };
      const { result, stood, begun, after } = await runWithCut(run, [0]);
      expect(stood).toBe(false);
      expect(result).toMatchObject({ complete: true, done: 6000, parked: [], digest: wholeDigest(run) });
      expect((after[0] ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(10);
    });

    it("stands still while the links of all are cut, and goes on when they are back", async () => {
      const run: TestRun = { scenario: "all cut", seed: 7, runs: 2000, shardSize: 10 };
      const { result, stood, begun, after } = await runWithCut(run, [0, 1]);
      expect(stood).toBe(true);
      expect(result).toMatchObject({ complete: true, done: 2000, parked: [], digest: wholeDigest(run) });
      for (const i of [0, 1]) expect((after[i] ?? 0) - (begun[i] ?? 0)).toBeGreaterThan(10);
    });
  }),
);
