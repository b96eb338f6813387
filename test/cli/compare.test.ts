import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";

const CASE = `parley: 1
title: A small war
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
questions: {talks: {text: Will they talk?, event: talks, by: 2025-01-31, prior: 0.4, because: x}}
claims: {tired: {text: Both are tired., bears: {talks: 2}, credence: 0.8}}
war: {front: {strength: -0.2 to 0.4}, clock: {horizon: 24}}
levers: {effort: {name: More effort, kind: option, add: {war.mediation.level: 0.6}, because: x}}
readings:
  calm: {name: Calm, kind: held, by: a test, because: x, set: {war.mediation.level: 0.9, claims.tired.credence: 0.2}}
`;
const folder = folderWith({ "case.yaml": CASE });

describe("parley compare", () => {
  it("sets a reading beside the case: answers, inputs and their parts", () => {
    const { code, stdout } = parley(["compare", folder, "@calm", "--runs", "2000"]);
    expect(code).toBe(0);
    expect(stdout).toContain("B A small war - as of 2024-01-31 - Calm");
    expect(stdout).toMatch(/Talks by 31 January 2025 .* to .* points \(\+\/-/);
    expect(stdout).toContain("war.mediation.level: 0.3 -> 0.9");
    expect(stdout).toMatch(/tired: \+\d\.\d dB -> \+\d\.\d dB/);
  });

  it("gives one JSON document with paired differences", () => {
    const out = JSON.parse(parley(["compare", folder, "--with", "war.mediation.level=0.9", "--json"]).stdout);
    expect(out.b.name).toBe("as coded, with war.mediation.level=0.9");
    expect(out.simulation).toMatchObject({ paired: true, runs: 10_000 });
    const [talks] = out.simulation.outputs;
    const sum = out.simulation.attribution.inputs.reduce(
      (total: number, { parts }: { parts: { value: number }[] }) => total + (parts[0]?.value ?? 0),
      0,
    );
    expect(Math.abs(sum - talks.difference.value)).toBeLessThan(0.03);
    expect(out.evidence[0]).toMatchObject({ differenceDb: 0, parts: [] });
  });

  it("compares finished runs, whose errors are independent", () => {
    const files = ["--seed=1", "--set=war.mediation.level=0.9"].map((more, i) => {
      const file = join(folder, `run-${i}.json`);
      writeFileSync(file, parley(["simulate", folder, "--runs", "500", more, "--json"]).stdout);
      return file;
    });
    const out = JSON.parse(parley(["compare", ...files, "--json"]).stdout);
    expect(out.simulation).toMatchObject({ paired: false, runs: 500, attribution: null });
    expect(out.simulation.inputs).toEqual([
      { path: "war.mediation.level", label: expect.any(String), a: "0.3", b: "0.9" },
    ]);
    const [talks] = out.simulation.outputs;
    expect(talks.difference.se).toBeCloseTo(Math.hypot(talks.a.se, talks.b.se), 12);
    const run = JSON.parse(readFileSync(files[0] ?? "", "utf8"));
    expect(talks.a.value).toBe(run.talksBy[2].p);
    expect(parley(["compare", ...files]).stdout).toContain("finished runs");
  });

  it("compares evidence alone where a case has no war, and says why", () => {
    const bare = folderWith({
      "case.yaml": CASE.replace(/^war:.*\n/m, "")
        .replace(/^levers:.*\n/m, "")
        .replace("war.mediation.level: 0.9, ", ""),
    });
    const { code, stdout } = parley(["compare", bare, "@calm"]);
    expect(code).toBe(0);
    expect(stdout).toContain("No simulation: the case has no section");
  });

  it.each([
    [["compare", folder], "compare needs two sides"],
    [["compare", folder, "@clam"], "did you mean calm?"],
    [["compare", "@calm", folder], "invalid side: @calm"],
    [["compare", folder, join(folder, "missing.json")], "another finished run alone"],
    [["compare", join(folder, "missing.json"), join(folder, "missing.json")], "missing.json"],
    [["compare", join(folder, "bad.json"), join(folder, "bad.json")], "not the JSON of a finished run"],
    [["compare", folder, "--with", "war.mediation.levle=1"], "war.mediation.level"],
    [["compare", folder, "@calm", "--runs", "3"], "200 to"],
  ])("refuses %j with exit code 2", (words, says) => {
    writeFileSync(join(folder, "bad.json"), '{"title": 3}');
    const { code, stdout, stderr } = parley(words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });
});

describe("parley simulate with analyses", () => {
  const json = (...words: string[]) =>
    JSON.parse(parley(["simulate", folder, "--runs", "1000", "--json", ...words]).stdout);

  it("says what levers change, by name or by path, on the chance of the ensemble", () => {
    const { levers, talksBy } = json("--lever", "effort", "--lever", "war.mediation.level=0.9", "--lever", "Mbar=0.9");
    expect(levers.levers.map(({ id }: { id: string }) => id)).toEqual([
      "effort",
      "war.mediation.level=0.9",
      "Mbar=0.9",
    ]);
    const talks = levers.levers.map(({ effects }: { effects: { base: { estimate: number } }[] }) => effects[0]);
    expect(talks[0].base.estimate).toBeCloseTo(talksBy[11].p, 12);
    expect(talks[1]).toEqual(talks[0]);
    expect(talks[2]).toEqual(talks[0]);
  });

  it("gives tornado, drivers and flip points the same bits on one worker or two", () => {
    const words = ["--tornado", "--drivers", "40", "--flip", "war.talks.onset@0.6", "--no-cache"];
    const { digest, perSecond, ...one } = json(...words, "--workers", "1");
    const { perSecond: _, digest: same, ...two } = json(...words, "--workers", "2");
    expect(two).toEqual(one);
    expect(same).toBe(digest);
    expect(one.tornado.outputs[0].bars.map(({ path }: { path: string }) => path)).toEqual(["war.front.strength"]);
    expect(one.drivers).toMatchObject({ draws: 40, reps: 24, trajectories: 40 * 3 * 24 });
    expect(one.flips[0]).toMatchObject({ path: "war.talks.onset", threshold: 0.6 });
    expect(perSecond).toBeGreaterThan(0);
  });

  it("tells them in words", () => {
    const { stdout } = parley([
      "simulate",
      folder,
      "--runs",
      "1000",
      "--lever",
      "all",
      "--tornado",
      "--flip",
      "war.talks.onset@0.9",
    ]);
    expect(stdout).toContain("More effort");
    expect(stdout).toContain("One parameter at a time");
    expect(stdout).toContain("Flip point of hazard of talks");
  });

  it.each([
    [["--lever", "efort"], "did you mean effort?"],
    [["--lever", "war.mediation.levle=1"], "did you mean war.mediation.level?"],
    [["--lever", "war.mediation.level=much"], "path=number"],
    [["--flip", "war.talks.onset@1.5"], "between 0 and 1"],
    [["--flip", "nothing"], "unknown parameter"],
    [["--drivers", "1"], "2 to"],
    [["--tornado", "--set", "war.front.strength=0.1"], "the case has none"],
  ])("refuses %j with exit code 2", (words, says) => {
    const { code, stderr } = parley(["simulate", folder, "--runs", "200", ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
