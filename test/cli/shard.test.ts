import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kubernetesManifest, slurmManifest } from "../../src/cli/cluster/manifest.ts";
import { mergeFolder, rangesOf } from "../../src/cli/cluster/merge.ts";
import { makePlan, type OpenPlan, openPlan, parsePlan, planText } from "../../src/cli/cluster/plan-file.ts";
import { claimFolder, computeShard, keepShard, PLAN_NAME, shardThere } from "../../src/cli/cluster/shard.ts";
import { shardName } from "../../src/cli/cluster/shard-file.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { runRange } from "../../src/dynamics/index.ts";
import { digestOf, hashOf } from "../../src/runs/index.ts";
import { folderWith, mainFile, parley } from "../support/cli.ts";
import { SMALL_WAR } from "../support/small-war.ts";

const folder = () => mkdtempSync(join(tmpdir(), "parley-shards-"));
const planOf = (runs: number, shardSize: number, seed = 7) => {
  const spec = { target: folderWith({ "case.yaml": SMALL_WAR }), view: {}, prior: true };
  return openPlan(makePlan(spec, seed, runs, shardSize), "plan.json");
};

/** Computes shards into a folder, one after the other. */
async function compute(open: OpenPlan, at: string, indices: readonly number[]): Promise<void> {
  claimFolder(at, open.file);
  for (const index of indices) {
    const { counts } = await computeShard(open, index, 1, {});
    keepShard(at, open, index, counts, 1);
  }
}

/** The messages with which something is refused. */
function refused(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ParleyError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe("a run through files, by the command line", () => {
  const at = folder();
  const [file, out] = [join(at, "run.json"), join(at, "shards")];
  const target = folderWith({ "case.yaml": SMALL_WAR });
  const words = [target, "--runs", "2500", "--seed", "7", "--prior"];
  let told: Record<string, unknown>;

  beforeAll(() => {
    told = JSON.parse(
      parley(["simulate", ...words, "--plan", file, "--shard-size", "900", "--json"]).stdout,
    ) as typeof told;
  });

  it("gives the contract that the command gives at once, but for how fast it was", () => {
    expect(told).toMatchObject({ runs: 2500, shards: 3, shardSize: 900, seed: 7 });
    // Each scheduler says in its own way which shard is wanted.
    expect(parley(["shard", file, "--out", out, "--index", "2"]).code).toBe(0);
    expect(parley(["shard", file, "--out", out], { env: { JOB_COMPLETION_INDEX: "0" } }).code).toBe(0);
    const partial = parley(["simulate", "--from", out, "--json"]);
    expect(partial.code).toBe(3);
    expect(partial.stderr).toMatch(/missing shards: 1 \(1 of 3\)[\s\S]*incomplete: 1600 of 2500 trajectories \(64 %\)/);
    expect(JSON.parse(partial.stdout)).toMatchObject({ runs: 1600, complete: false });
    // Of no trajectories nothing is told, not a chance of 0.
    const none = parley(["simulate", "--from", folderWith({ "plan.json": readFileSync(file, "utf8") }), "--json"]);
    expect(none.code).toBe(3);
    expect(JSON.parse(none.stdout)).toMatchObject({ runs: 0, complete: false });
    expect(JSON.parse(none.stdout)).not.toHaveProperty("outcomes");
    expect(parley(["shard", file, "--out", out, "--workers", "2"], { env: { SLURM_ARRAY_TASK_ID: "1" } }).code).toBe(0);
    const again = parley(["shard", file, "--out", out, "--index", "1", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ shard: 1, first: 900, count: 900, computed: false });
    const merged = parley(["simulate", "--from", out, "--json"]);
    expect(merged).toMatchObject({ code: 0, stderr: "" });
    const inline = parley(["simulate", ...words, "--json"]);
    const contract = (text: string) => ({ ...(JSON.parse(text) as object), perSecond: 0 });
    expect(contract(merged.stdout)).toEqual(contract(inline.stdout));
    expect(contract(parley(["shard", "--merge", out, "--json"]).stdout)).toEqual(contract(inline.stdout));
  }, 60_000);

  it.each([
    [["shard", "PLAN", "--out", "OUT"], /missing --index/],
    [["shard", "PLAN", "--out", "OUT", "--index", "3"], /invalid --index: 3 \(expected a whole number, 0 to 2\)/],
    [["shard", "PLAN", "--index", "0"], /missing --out/],
    [["shard", "PLAN", "--merge", "OUT"], /--merge takes a folder and no plan/],
    [["shard", "--merge", "OUT", "--index", "2"], /--index cannot be given here: --merge computes nothing/],
    [["shard", "nowhere.json", "--out", "OUT", "--index", "0"], /nowhere.json cannot be read/],
    [["simulate", "--from", "OUT", "--seed", "2"], /--seed cannot be given here/],
    [["simulate", "CASE", "--plan", "PLAN", "--tornado"], /--tornado cannot be given here/],
    [["simulate", "CASE", "--shard-size", "5"], /--shard-size cannot be given here/],
    [["simulate", "--runs", "5"], /missing required argument 'case'/],
    [["cluster", "manifest", "pbs", "--plan", "PLAN"], /invalid kind: pbs/],
    [
      ["cluster", "manifest", "k8s", "--plan", "PLAN", "--partition", "x"],
      /--partition cannot be given here: it is for slurm/,
    ],
    [["cluster", "manifest", "slurm", "--plan", "PLAN", "--image", "x"], /--image cannot be given here: it is for k8s/],
    [
      ["cluster", "manifest", "k8s", "--plan", "PLAN", "--out", "out"],
      /invalid --out: out \(expected an absolute path below \/runs\)/,
    ],
    [["cluster", "manifest", "k8s", "--plan", "PLAN", "--plan-path", "/runs/../x"], /invalid --plan-path/],
    [["cluster", "manifest", "k8s", "--plan", "PLAN", "--claim", "My_claim"], /invalid --claim/],
    [["cluster", "manifest", "slurm", "--plan", "PLAN", "--command", " "], /invalid --command/],
    [["cluster", "manifest", "slurm", "--plan", "PLAN", "--command", "parley\nrm -rf x"], /invalid --command/],
  ])("says what is wrong with %j, and exits with 2", (given, message) => {
    const places: Record<string, string> = { PLAN: file, OUT: out, CASE: target };
    const { code, stderr } = parley(given.map((word) => places[word] ?? word));
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("a plan", () => {
  it.each([1, 7, 1000])("gives the same digest whatever the size of shards: %d", async (size) => {
    const runs = size === 1 ? 12 : 700;
    const open = planOf(runs, size);
    const at = folder();
    // The last shard first: their order is no matter.
    await compute(open, at, open.plan.shards.map(({ i }) => i).toReversed());
    const { subject, plan } = open;
    const digest = digestOf(runRange(subject.input, plan.seed, 0, runs));
    expect(mergeFolder(at).result).toMatchObject({ done: runs, complete: true, digest });
  });

  it("carries all texts of its case, so that no disk is needed", () => {
    const spec = {
      target: "ukraine-2024",
      view: { reading: undefined, sets: ["war.mediation.level=0.8"] },
      prior: false,
    };
    const file = makePlan(spec, 1, 1000, 100);
    expect(Object.keys(file.texts.files).length).toBeGreaterThan(1);
    expect(openPlan(parsePlan(planText(file), "plan.json"), "plan.json").subject.title).toMatch(/Russia-Ukraine/);
  });

  const { file } = planOf(100, 10);
  it.each([
    ["cut off", planText(file).slice(0, 300), /no JSON, or cut off/],
    ["of other content", planText({ ...file, seed: 8 }), /changed or damaged/],
    ["without a field", "{}", /format is missing or of another kind/],
    ["with another field", planText({ ...file, more: 1 } as never), /the whole is missing or of another kind/],
  ])("is refused where it is %s", (_, text, message) => {
    expect(refused(() => parsePlan(text, "plan.json"))).toEqual([expect.stringMatching(message)]);
  });

  it("is refused by other code, and where there would be too many shards", () => {
    const { hash: _, ...content } = { ...file, code: "0.0.9-abc" };
    const foreign = planText({ ...content, hash: hashOf(JSON.stringify(content)) });
    expect(refused(() => parsePlan(foreign, "plan.json"))[0]).toMatch(/made by other code \(0\.0\.9-abc; this is /);
    expect(refused(() => planOf(200_001, 1))[0]).toMatch(/expected at least 3, so that/);
  });
});

describe("shards in a folder", () => {
  let open: OpenPlan;
  let at: string;
  const pathOf = (index: number) => join(at, shardName(index));

  beforeAll(() => {
    open = planOf(80, 20);
  });
  const fill = async (indices = [0, 1, 2, 3]) => {
    at = folder();
    await compute(open, at, indices);
  };

  it("are told by number where they are missing, and by name where they are there twice", async () => {
    await fill([1]);
    copyFileSync(pathOf(1), join(at, "shard-000001 (copy).json"));
    const { warnings, missing, result } = mergeFolder(at);
    expect(warnings.map(({ message }) => message)).toEqual([
      "double shard: shard-000001 (copy).json is shard 1 again, as in shard-000001.json; it counts once",
      "missing shards: 0, 2-3 (3 of 4)",
    ]);
    expect(missing).toEqual([0, 2, 3]);
    expect(result).toMatchObject({ done: 20, complete: false });
  });

  it("are told by name where they are damaged, and all of them in one pass", async () => {
    await fill();
    truncateSync(pathOf(0), 0);
    truncateSync(pathOf(1), 200);
    writeFileSync(pathOf(2), readFileSync(pathOf(2), "utf8").replace(/"counts":\[\d+/, '"counts":[123456'));
    expect(refused(() => mergeFolder(at))).toEqual([
      "invalid shard: shard-000000.json is damaged (it is empty)",
      "invalid shard: shard-000001.json is damaged (it is no JSON, or cut off)",
      "invalid shard: shard-000002.json is damaged (its counts do not match its digest)",
    ]);
    // Computing them again mends the folder.
    expect(shardThere(at, open.file, 0)).toBeUndefined();
    await compute(open, at, [0, 1, 2]);
    expect(mergeFolder(at).result.complete).toBe(true);
  });

  it("are told where they belong to another plan or came from other code, and a folder holds one plan", async () => {
    await fill();
    const other = planOf(80, 20, 8);
    const theirs = folder();
    await compute(other, theirs, [0]);
    copyFileSync(join(theirs, shardName(0)), pathOf(0));
    writeFileSync(pathOf(1), readFileSync(pathOf(1), "utf8").replace(open.file.code, "0.0.9-abc"));
    expect(refused(() => mergeFolder(at))).toEqual([
      "invalid shard: shard-000000.json was computed for another plan",
      "invalid shard: shard-000001.json was computed by other code",
    ]);
    expect(refused(() => claimFolder(at, other.file))[0]).toMatch(/holds the shards of another plan/);
    // Also where its plan is lost: what was computed is not written over.
    rmSync(join(at, PLAN_NAME));
    writeFileSync(pathOf(1), readFileSync(pathOf(2), "utf8"));
    const kept = readFileSync(pathOf(3), "utf8");
    expect(refused(() => claimFolder(at, other.file))[0]).toMatch(/holds the shards of another plan/);
    expect(refused(() => shardThere(at, other.file, 3))[0]).toMatch(/holds the shards of another plan/);
    expect(readdirSync(at)).not.toContain(PLAN_NAME);
    expect(readFileSync(pathOf(3), "utf8")).toBe(kept);
  });

  it("raise the alarm where one came out differently, and keep both", async () => {
    await fill();
    const { counts } = await computeShard(open, 2, 1, {});
    keepShard(at, open, 2, counts, 1);
    counts[0] = (counts[0] ?? 0) + 1;
    expect(refused(() => keepShard(at, open, 2, counts, 1))[0]).toMatch(/shard 2 came out differently/);
    const names = readdirSync(at).filter((name) => name.startsWith("shard-000002"));
    expect(names).toHaveLength(2);
    expect(refused(() => mergeFolder(at))[0]).toMatch(
      /invalid run: shard 2 came out differently in shard-000002\.json and shard-000002-differs-[0-9a-f]{8}\.json; it is not deterministic/,
    );
  });

  it("leave no half-written file behind", async () => {
    await fill();
    expect(readdirSync(at).sort()).toEqual(["plan.json", ...[0, 1, 2, 3].map(shardName)]);
  });

  it("are told in ranges", () => {
    expect(rangesOf([3, 7, 8, 9, 11])).toBe("3, 7-9, 11");
    expect(rangesOf([])).toBe("");
  });
});

describe("a manifest", () => {
  const { file } = planOf(80, 20);

  it("for Kubernetes is an indexed job of a pod for each shard, with nothing it does not need", () => {
    const options = { planPath: "/runs/plan.json", out: "/runs/shards", parallel: 50, image: "parley:1" };
    const job = parse(kubernetesManifest(file, { ...options, claim: "parley-runs", mount: "/runs" })) as {
      spec: Record<string, unknown> & { template: { spec: Record<string, unknown> & { containers: unknown[] } } };
    };
    expect(job).toMatchObject({ apiVersion: "batch/v1", kind: "Job" });
    expect(job.spec).toMatchObject({
      completionMode: "Indexed",
      completions: 4,
      parallelism: 4,
      backoffLimitPerIndex: 4,
    });
    // Both are forbidden together with a limit for each index or a policy for failures of pods.
    expect(job.spec).not.toHaveProperty("backoffLimit");
    expect(job.spec.template.spec).toMatchObject({ restartPolicy: "Never", automountServiceAccountToken: false });
    expect(job.spec.template.spec.containers[0]).toMatchObject({
      image: "parley:1",
      command: ["parley", "shard", "/runs/plan.json", "--out", "/runs/shards"],
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
    });
  });

  it("for Slurm is a script that computes every shard, several in a task where there are many", () => {
    const bin = folderWith({ "my parley": `#!/bin/bash\necho "$@" >> "$TOLD"\n[ "$6" != "1502" ]\n` });
    const run = (script: string, task: string) => {
      const told = join(folder(), "told");
      writeFileSync(told, "");
      const env = { ...process.env, SLURM_ARRAY_TASK_ID: task, TOLD: told };
      const { status } = spawnSync("bash", ["-s"], { input: script, env });
      return { status, told: readFileSync(told, "utf8").trim().split("\n").filter(Boolean) };
    };
    const options = {
      planPath: "/a plan/it's.json",
      out: "/out",
      parallel: 9,
      partition: "long",
      command: `bash '${join(bin, "my parley")}'`,
    };
    const few = slurmManifest(file, options);
    expect(few).toMatch(/^#!\/bin\/bash\n(#SBATCH .*\n)+/);
    expect(few).toContain("#SBATCH --array=0-3%4\n");
    expect(few).toContain("#SBATCH --partition=long\n");
    expect(run(few, "3")).toEqual({ status: 0, told: ["shard /a plan/it's.json --out /out --index 3"] });
    const many = slurmManifest({ ...file, shards: 1503 }, options);
    expect(many).toContain("#SBATCH --array=0-751%9\n");
    expect(run(many, "750").told.map((line) => line.split(" ").at(-1))).toEqual(["1500", "1501"]);
    // The last task has one shard less, and a shard that fails fails the task.
    const last = run(many, "751");
    expect(last.told.map((line) => line.split(" ").at(-1))).toEqual(["1502"]);
    expect(last.status).toBe(1);
  });

  it("is printed by the command, which the scheduler's own variable then drives", () => {
    const at = folder();
    const plan = join(at, "run.json");
    const target = folderWith({ "case.yaml": SMALL_WAR });
    parley(["simulate", target, "--runs", "60", "--plan", plan, "--shard-size", "30"]);
    const printed = parley([
      "cluster",
      "manifest",
      "slurm",
      "--plan",
      plan,
      "--command",
      `${process.execPath} ${mainFile}`,
    ]);
    expect(printed.code).toBe(0);
    for (const task of ["0", "1"]) {
      const env = { ...process.env, SLURM_ARRAY_TASK_ID: task };
      expect(spawnSync("bash", ["-s"], { input: printed.stdout, env }).status).toBe(0);
    }
    expect(JSON.parse(parley(["simulate", "--from", join(at, "shards"), "--json"]).stdout)).toMatchObject({ runs: 60 });
  }, 60_000);
});
