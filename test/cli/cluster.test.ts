import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makePlan, planText, readPlan, withAnalysis } from "../../src/cli/cluster/plan-file.ts";
import { folderWith, mainFile, parley, type Run, root } from "../support/cli.ts";
import { describeWithPostgres, startPostgres } from "../support/postgres.ts";
import { describeWithRedis, freePort, type RedisServer, startRedis } from "../support/redis.ts";
import { SMALL_WAR } from "../support/small-war.ts";

const PASSWORD = "s3cret-word";
const target = folderWith({ "case.yaml": SMALL_WAR });
const words = ["simulate", target, "--runs", "2500", "--prior", "--seed", "3", "--no-cache"];

let redis: RedisServer;
const workers: ChildProcess[] = [];
const secretUrl = () => `redis://:${PASSWORD}@127.0.0.1:${redis.port}`;

/** A command that runs beside the test; its end and what it said. */
function beside(given: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  const child = spawn(process.execPath, [mainFile, ...given], { cwd: root, env: { ...process.env, ...env } });
  workers.push(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += String(text);
  });
  child.stderr.on("data", (text) => {
    stderr += String(text);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

const contract = (text: string) => ({ ...(JSON.parse(text) as object), perSecond: 0 });

describeWithRedis("parley simulate --cluster", () => {
  beforeAll(async () => {
    redis = await startRedis("--requirepass", PASSWORD);
  });
  afterAll(() => redis.stop());
  afterEach(() => {
    for (const child of workers.splice(0)) child.kill("SIGKILL");
  });

  it("gives the contract of one thread, of threads and of files, on three workers", async () => {
    const inline = contract(parley([...words, "--workers", "1", "--json"]).stdout);
    expect(contract(parley([...words, "--workers", "2", "--json"]).stdout)).toEqual(inline);
    const file = join(folderWith({}), "queue");
    writeFileSync(file, `${secretUrl()}\n`);
    const left = Array.from({ length: 3 }, () =>
      beside(["worker", "--workers", "1", "--idle", "2", "--json"], { PARLEY_CLUSTER: secretUrl() }),
    );
    const run = await beside([...words, "--cluster", "--shard-size", "300", "--json"], { PARLEY_CLUSTER_FILE: file });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(contract(run.stdout)).toEqual(inline);
    // Nine shards and one once more; workers leave by themselves, and none has said the password.
    const ended = await Promise.all(left);
    const computed = ended.map(({ stdout }) => (JSON.parse(stdout) as { computed: number }).computed);
    expect(computed.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(10);
    for (const { code, stderr, stdout } of ended) {
      expect(code).toBe(0);
      expect(stderr).toMatch(/^worker .* at redis:\/\/127\.0\.0\.1:\d+: 1 thread, code /);
      expect(stderr + stdout).not.toContain(PASSWORD);
    }
  }, 120_000);

  it("gives what analyses find on one thread, where their rows are computed by workers", async () => {
    const analyses = ["--runs", "400", "--lever", "war.mediation.level=0.8", "--tornado", "--drivers", "4"];
    const flip = ["--flip", "war.front.strength"];
    const given = [...words, ...analyses, ...flip, "--json"];
    const env = { PARLEY_CLUSTER: secretUrl() };
    const left = [1, 2].map(() => beside(["worker", "--workers", "1", "--idle", "4", "--json"], env));
    const run = await beside([...given, "--cluster", "--shard-size", "100"], env);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const inline = contract(parley([...given, "--workers", "1"]).stdout);
    expect(contract(run.stdout)).toEqual(inline);
    expect(Object.keys(inline)).toEqual(expect.arrayContaining(["levers", "tornado", "drivers", "flips"]));
    const computed = (await Promise.all(left)).map(
      ({ stdout }) => (JSON.parse(stdout) as { computed: number }).computed,
    );
    // Four shards of the ensemble, and one at least of each analysis, and one of each once more.
    expect(computed.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(11);
    // A file with the plan of an analysis is none for parley shard.
    const spec = { target, view: {}, prior: true };
    const plan = withAnalysis(makePlan(spec, 3, 400, 100), { kind: "drivers", draws: 4, reps: 24 });
    const file = join(folderWith({ "run.json": planText(plan) }), "run.json");
    expect(() => readPlan(file)).toThrow("it is of an analysis");
  }, 120_000);

  it("ends at Ctrl-C with what is there and exit code 3, and takes no password on the command line", async () => {
    const env = { PARLEY_CLUSTER: secretUrl() };
    const waiting = beside([...words, "--cluster", "--json"], env);
    // Once it has begun to gather, it listens for Ctrl-C.
    const client = new Redis(secretUrl());
    while ((await client.keys("parley:*:owner")).length === 0) await sleep(50);
    client.disconnect();
    workers[0]?.kill("SIGINT");
    const { code, stdout, stderr } = await waiting;
    expect(code).toBe(3);
    // What nobody computed has no chance of 0 with an error of 0.
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, runs: 0 });
    expect(JSON.parse(stdout)).not.toHaveProperty("outcomes");
    expect(stderr).toMatch(/stopped: 0 of 2500 trajectories \(0 %\); the same command goes on from there/);
    const refused = parley([...words, "--cluster", secretUrl()]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/a name, password or option on the command line[\s\S]*PARLEY_CLUSTER_FILE/);
    expect(refused.stderr).not.toContain(PASSWORD);
    const without = parley(["worker", redis.url]);
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(/cannot be used \(it asks for a name or password, or for another\)/);
  }, 60_000);
});

describeWithPostgres("parley simulate --cluster on PostgreSQL", () => {
  it("gives the contract of one thread, and shows no password", async () => {
    const server = await startPostgres(PASSWORD);
    const env = { PARLEY_CLUSTER: server.url };
    const worker = beside(["worker", "--workers", "2", "--idle", "2"], env);
    const run = await beside([...words, "--cluster", "--shard-size", "300", "--json"], env);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(contract(run.stdout)).toEqual(contract(parley([...words, "--workers", "1", "--json"]).stdout));
    const { code, stdout, stderr } = await worker;
    expect({ code, stdout }).toEqual({ code: 0, stdout: "computed 10 shards\n" });
    expect(stderr).toMatch(/^worker .* at postgres:\/\/127\.0\.0\.1:\d+\/postgres: 2 threads, code /);
    expect(stderr).not.toContain(PASSWORD);
    await server.stop();
  }, 60_000);
});

describe("parley worker and --cluster", () => {
  it.each([
    [["worker", "amqp://h"], {}, /invalid address of a queue: it is of another kind/],
    [["worker"], {}, /missing address of a queue[\s\S]*PARLEY_CLUSTER/],
    [["worker"], { PARLEY_CLUSTER_FILE: "/nowhere/queue" }, /\/nowhere\/queue cannot be read/],
    [[...words, "--cluster", "redis://h", "--trace", "1"], {}, /--trace cannot be given here/],
    [[...words, "--cluster", "redis://h", "--lever", "nothing"], {}, /unknown lever: nothing/],
    [
      [...words, "--cluster", "redis://h", "--tornado", "--runs", "20000000"],
      {},
      /invalid --runs: 20000000 \(expected a whole number, 1 to 10000000\)/,
    ],
    [[...words, "--cluster", "redis://h", "--plan", "x"], {}, /--cluster cannot be given here/],
  ])("say what is wrong with %j %j, and exit with 2", (given, env, message) => {
    const { code, stderr } = parley(given, { env });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it("say where nothing listens, and what is missing where the libraries are not installed", async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    expect(parley(["worker", url]).stderr).toMatch(/missing server: .* cannot be used \(nothing listens there\)/);
    const hook = `import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) { if (name === "bullmq") throw new Error("none"); return next(name, context); } });`;
    const options = `--import data:text/javascript,${encodeURIComponent(hook)}`;
    const { code, stderr } = parley(["worker", url], { env: { NODE_OPTIONS: options } });
    expect(stderr).toMatch(/missing libraries: bullmq and ioredis[\s\S]*npm install bullmq ioredis/);
    expect(code).toBe(2);
  });
});
