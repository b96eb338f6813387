import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { folderWith, mainFile, parley } from "../support/cli.ts";
import { kubernetesJob } from "../support/kubernetes-job.ts";
import { SMALL_WAR } from "../support/small-war.ts";

const at = mkdtempSync(join(tmpdir(), "parley-kubernetes-"));
const [bin, volume, plan] = [join(at, "bin"), join(at, "volume"), join(at, "run.json")];
const words = ["simulate", folderWith({ "case.yaml": SMALL_WAR }), "--runs", "400", "--prior", "--seed", "5"];

/** The manifest, for a claim that is mounted where this machine has a folder. */
const manifest = (file: string) =>
  parley(["cluster", "manifest", "k8s", "--plan", file, "--image", "parley:1", "--claim", "runs", "--mount", volume]);

type Spec = ReturnType<typeof kubernetesJob.parse>["spec"];

describe("the Kubernetes job of a plan", () => {
  let job: ReturnType<typeof kubernetesJob.parse>;
  beforeAll(() => {
    for (const folder of [bin, volume]) mkdirSync(folder);
    writeFileSync(join(bin, "parley"), `#!/bin/sh\nexec "${process.execPath}" "${mainFile}" "$@"\n`);
    chmodSync(join(bin, "parley"), 0o755);
    expect(parley([...words, "--plan", plan, "--shard-size", "50"]).code).toBe(0);
    copyFileSync(plan, join(volume, "plan.json"));
    job = kubernetesJob.parse(parse(manifest(plan).stdout));
  });
  afterAll(() => rmSync(at, { recursive: true, force: true }));

  it("is one that Kubernetes takes, also with as many shards as there may be", () => {
    expect(job.spec).toMatchObject({ completions: 8, parallelism: 8, maxFailedIndexes: 8 });
    const many = join(at, "many.json");
    expect(parley([...words.slice(0, 2), "--runs", "100000", "--plan", many, "--shard-size", "1"]).code).toBe(0);
    expect(kubernetesJob.parse(parse(manifest(many).stdout)).spec.completions).toBe(100_000);
  });

  it.each<[string, (spec: Spec) => void, RegExp]>([
    ["a field that there is not", (spec) => Object.assign(spec, { backofLimit: 1 }), /backofLimit/],
    ["a word for a number", (spec) => Object.assign(spec, { completions: "8" }), /completions/],
    ["more failures than shards", (spec) => Object.assign(spec, { maxFailedIndexes: 9 }), /more indices may fail/],
    [
      "another container's exit code",
      (spec) => Object.assign(spec.template.spec.containers[0] ?? {}, { name: "other" }),
      /no container shard/,
    ],
    ["a mount of no volume", (spec) => Object.assign(spec.template.spec, { volumes: [] }), /no volume runs/],
  ])("would be refused with %s", (_, spoil, message) => {
    const spoilt = structuredClone(job);
    spoil(spoilt.spec);
    expect(kubernetesJob.safeParse(spoilt).error?.message).toMatch(message);
  });

  /** A pod: the container's own command with its own environment, on this machine. */
  function pod(index: number, out = ""): { readonly child: ChildProcess; readonly code: Promise<number | null> } {
    const [container] = job.spec.template.spec.containers;
    const [command = "", ...rest] = container?.command ?? [];
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    env["PARLEY_CACHE"] = join(at, "cache");
    const child = spawn(command, out === "" ? rest : rest.map((word) => word.replace("plan.json", out)), {
      env: { ...env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, JOB_COMPLETION_INDEX: String(index) },
      stdio: "ignore",
    });
    return { child, code: new Promise((resolve) => child.once("close", resolve)) };
  }

  it("computes the run by its own command, whoever is killed, and where two pods have one index", async () => {
    // A pod that loses its node leaves nothing half done.
    const lost = pod(7);
    lost.child.kill("SIGKILL");
    expect(await lost.code).toBeNull();
    for (const pair of [
      [0, 1],
      [2, 3],
      [4, 4],
      [5, 6],
      [7, 7],
    ]) {
      expect(await Promise.all(pair.map((index) => pod(index).code))).toEqual([0, 0]);
    }
    const shards = readdirSync(join(volume, "shards")).filter((name) => name.startsWith("shard-"));
    expect(shards).toHaveLength(8);
    const digest = (text: string) => (JSON.parse(text) as { digest: string }).digest;
    const merged = parley(["simulate", "--from", join(volume, "shards"), "--json"]);
    expect(merged).toMatchObject({ code: 0, stderr: "" });
    expect(digest(merged.stdout)).toBe(digest(parley([...words, "--json"]).stdout));
  }, 120_000);

  it("gives up at once, by its policy, what no other try would mend", async () => {
    writeFileSync(join(volume, "broken.json"), "{}");
    const code = await pod(0, "broken.json").code;
    const failing = job.spec.podFailurePolicy.rules.flatMap((rule) =>
      "onExitCodes" in rule && rule.action === "FailIndex" ? rule.onExitCodes.values : [],
    );
    expect(failing).toContain(code);
    // An index that the plan does not have is bad input as well.
    expect(failing).toContain(await pod(8).code);
  });
});
