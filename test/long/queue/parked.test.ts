import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openOnThreads } from "../../../src/cli/cluster/plan-file.ts";
import { codeName } from "../../../src/cli/memo-folder.ts";
import { startThreads, type Threads } from "../../../src/cli/simulation/threads.ts";
import { queueAddress, startQueueWorker } from "../../../src/queue/index.ts";
import type { Plan } from "../../../src/runs/index.ts";
import { folderWith, parley, type Run, root, sourceFile } from "../../support/cli.ts";
import { describeWithRedis, type RedisServer, startRedis } from "../../support/redis.ts";
import { SMALL_WAR } from "../../support/small-war.ts";

const words = ["simulate", folderWith({ "case.yaml": SMALL_WAR }), "--runs", "2500", "--prior", "--seed", "3"];

describeWithRedis("parley simulate --cluster, where a shard fails on every try", () => {
  let redis: RedisServer;
  let threads: Threads;
  beforeAll(async () => {
    redis = await startRedis();
    threads = startThreads(1);
  });
  afterAll(async () => {
    await threads?.close();
    await redis?.stop();
  });

  /** The command, with a worker beside it that fails at a shard. */
  async function simulated(
    cache: string,
    poison: number | undefined,
    of: Plan["gather"] = "sum",
    more: readonly string[] = [],
  ): Promise<Run> {
    const worker = await startQueueWorker(queueAddress(redis.url), {
      code: codeName(),
      size: 1,
      open(text) {
        const run = openOnThreads(text, threads);
        return {
          ...run,
          async compute(shard, signal) {
            if (shard.i === poison && run.plan.gather === of) throw new Error("no such month");
            return run.compute(shard, signal);
          },
        };
      },
    });
    const given = [...words, "--cluster", redis.url, "--shard-size", "300", "--json", ...more];
    const env = { ...process.env, PARLEY_CACHE: cache };
    const child = spawn(process.execPath, [sourceFile, ...given], { cwd: root, env });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += String(text);
    });
    child.stderr.on("data", (text) => {
      stderr += String(text);
    });
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    await worker.close();
    return { code, stdout, stderr };
  }

  it("ends with what is there, the shard and its error, and exit code 3; asked again, it is whole", async () => {
    const cache = folderWith({});
    const first = await simulated(cache, 4);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(/failed shard: 4, on every try \(no such month\)/);
    expect(first.stderr).toMatch(/2200 of 2500 trajectories \(88 %\)/);
    expect(JSON.parse(first.stdout)).toMatchObject({ complete: false, runs: 2200 });
    const second = await simulated(cache, undefined);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    const inline = parley([...words, "--workers", "1", "--no-cache", "--json"]);
    const digest = (text: string) => (JSON.parse(text) as { digest: string }).digest;
    expect(digest(second.stdout)).toBe(digest(inline.stdout));
  });

  it("ends so within an analysis too, with the ensemble and what is there of it", async () => {
    const cache = folderWith({});
    const first = await simulated(cache, 1, "rows", ["--tornado"]);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(/failed shard: 1 of --tornado, on every try \(no such month\)/);
    expect(first.stderr).toMatch(/incomplete: an analysis; the same command goes on from there/);
    expect(JSON.parse(first.stdout)).toMatchObject({ complete: true, runs: 2500 });
    const second = await simulated(cache, undefined, "rows", ["--tornado"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    const inline = parley([...words, "--tornado", "--workers", "1", "--no-cache", "--json"]);
    const tornado = (text: string) => (JSON.parse(text) as { tornado: unknown }).tornado;
    expect(tornado(second.stdout)).toEqual(tornado(inline.stdout));
  });
});
