import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, mainFile, parley, root } from "../support/cli.ts";
import { describeWith, shared } from "../support/shared.ts";

const WAR = `parley: 1
title: A small war
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
war: {front: {strength: -0.2 to 0.4}, clock: {horizon: 24}}
`;
const small = () => folderWith({ "case.yaml": WAR });

interface Chance {
  readonly p: number;
  readonly se: number;
}
interface Contract {
  readonly runs: number;
  readonly seed: number;
  readonly step: string;
  readonly horizon: number;
  readonly outcomes: Record<string, Chance>;
  readonly talksBy: (Chance & { month: number; date: string | null })[];
  readonly relapseAfterStop: (Chance & { months: number })[];
  readonly quantiles: Record<string, { p05: number; p50: number; p95: number } | null>;
  readonly digest: string;
  readonly perSecond: number;
}
const json = (words: readonly string[], options = {}): Contract =>
  JSON.parse(parley(["simulate", ...words, "--json"], options).stdout) as Contract;

describe("parley simulate", () => {
  const folder = small();

  it("gives the contract for machines", () => {
    const out = json([folder, "--runs", "400", "--seed", "7"]);
    expect(out).toMatchObject({ runs: 400, seed: 7, step: "month", horizon: 24 });
    expect(Object.keys(out.outcomes)).toEqual([
      "victoryA",
      "victoryB",
      "settlementDurable",
      "ceasefireDurable",
      "freezeDurable",
      "escalatedOut",
      "war",
      "talks",
      "ceasefire",
      "settlement",
      "freeze",
    ]);
    expect(Object.values(out.outcomes).reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(out.talksBy.map(({ month }) => month)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    // Months end on the last day where the day of the case has none.
    expect(out.talksBy.slice(0, 3).map(({ date }) => date)).toEqual(["2024-02-29", "2024-03-31", "2024-04-30"]);
    expect(out.relapseAfterStop.map(({ months }) => months)).toEqual([3, 12, 24]);
    expect(out.digest).toMatch(/^[0-9a-f]{64}$/);
    for (const { p, se } of Object.values(out.outcomes)) expect(se).toBeCloseTo(Math.sqrt((p * (1 - p)) / 400), 12);
  });

  it("has the same digest on one worker or several, and another with another seed", () => {
    const digest = (...more: string[]) => json([folder, "--runs", "2500", "--no-cache", ...more]).digest;
    const one = digest();
    expect(digest("--workers", "2")).toBe(one);
    expect(digest("--workers", "5")).toBe(one);
    expect(digest("--seed", "2")).not.toBe(one);
    expect(digest("--prior")).not.toBe(one);
  }, 60_000);

  it("tells chances with the sides' names, and one trajectory in words", () => {
    const { stdout } = parley(["simulate", folder, "--runs", "300"]);
    expect(stdout).toContain("North prevails");
    expect(stdout).toContain("not a prediction");
    expect(stdout).not.toMatch(/\bside [AB]\b/);
    const told = parley(["simulate", folder, "--trace", "3"]).stdout;
    expect(told.split("\n")[0]).toMatch(/^2024-02-29 {2}war; North holds \d+ % of the stake/);
    expect(told).toMatch(/In the end: /);
  });

  it("takes a change, and says where it does not go together with the rest", () => {
    const still = json([folder, "--runs", "300", "--set", "war.talks.onset=0"]);
    expect(still.talksBy.at(-1)?.p).toBe(0);
    const crossed = parley(["simulate", folder, "--set", "war.front.collapse.south=0.2"]);
    expect(crossed.code).toBe(2);
    expect(crossed.stderr).toMatch(/invalid collapse line: 0\.2/);
  });

  it.each([
    [["--runs", "0"], /invalid --runs: 0/],
    [["--runs", "many"], /invalid --runs: many/],
    [["--workers", "0"], /invalid --workers/],
    [["--seed", "-1"], /invalid --seed/],
    [["--set", "war.front.strenth=1"], /unknown .*strenth[\s\S]*strength/],
    [["--set", "war.clock.horizon=10000"], /horizon/],
    [["--reading", "none"], /unknown reading/],
  ])("says what is wrong with %j, and exits with 2", (words, message) => {
    const { code, stderr } = parley(["simulate", folder, ...words]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("says why it does not apply", () => {
    const { code, stderr } = parley(["simulate", "colombia-2012"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/does not apply: the case has no section/);
  });

  it("writes the chances by month as CSV", () => {
    const file = join(folder, "chances.csv");
    parley(["simulate", folder, "--runs", "200", "--csv", file]);
    const [head, ...rows] = readFileSync(file, "utf8").trim().split("\n");
    expect(head).toMatch(/^month,date,talks,talks_se,stop/);
    expect(rows).toHaveLength(24);
    expect(parley(["simulate", folder, "--runs", "200", "--csv", "/nowhere/x.csv"]).code).toBe(2);
  });
});

describe("a long run that is stopped", () => {
  it("keeps what is done, exits with 3, and goes on from there to the same digest", async () => {
    const cache = mkdtempSync(join(tmpdir(), "parley-cache-"));
    const env = { ...process.env, PARLEY_CACHE: cache };
    const words = ["simulate", small(), "--runs", "60000", "--workers", "1", "--json"];
    const child = spawn(process.execPath, [mainFile, ...words], { cwd: root, env });
    const stopped = await new Promise<number | null>((resolve) => {
      const wait = setInterval(() => {
        if (!existsSync(join(cache, "runs"))) return;
        clearInterval(wait);
        child.kill("SIGINT");
      }, 20);
      child.on("close", resolve);
    });
    expect(stopped).toBe(3);
    const again = json(words.slice(1, -1), { env });
    expect(again.runs).toBe(60_000);
    const anew = json([...words.slice(1, -1), "--no-cache"], { env });
    expect(again.digest).toBe(anew.digest);
    expect(again.perSecond).toBeGreaterThan(0);
  }, 120_000);
});

describeWith("reference/dynamics-c/ru-ua-2024-11-28.par", "a parameter file of the reference engine", (file) => {
  it("gives the reference engine's trajectories", () => {
    const rows = parley(["simulate", file, "--dump", "64", "--seed", "42"]).stdout.trim().split("\n");
    const golden = readFileSync(shared("vectors/dynamics/golden_dump_seed42.csv"), "utf8").trim().split("\n");
    expect(rows[0]).toBe(golden[0]);
    for (const [i, row] of rows.slice(1).entries()) {
      const [mine, theirs] = [row.split(","), (golden[i + 1] ?? "").split(",")];
      expect(mine.slice(0, 8)).toEqual(theirs.slice(0, 8));
      for (const [j, cell] of theirs.entries()) {
        if (j < 8) continue;
        expect(Math.abs(Number(mine[j]) - Number(cell))).toBeLessThan(1e-9 * Math.max(1, Math.abs(Number(cell))));
      }
    }
  });

  it("takes --set by short names and --prior by its ranges", () => {
    const never = json([file, "--runs", "300", "--set", "hT=0"]);
    expect(never.talksBy.at(-1)?.p).toBe(0);
    const prior = json([file, "--runs", "4000", "--prior", "--seed", "3"]);
    // The reference engine gives 0.705 over draws of the parameters, and 0.723 at central values.
    expect(Math.abs((prior.talksBy[11]?.p ?? 0) - 0.705)).toBeLessThan(4 * 0.0072);
    expect(parley(["simulate", file, "--set", "hTT=1"]).stderr).toMatch(/unknown parameter: hTT/);
  });

  it("says which line is wrong", () => {
    const folder = folderWith({ "bad.par": "dt 1\nhT abc\nhTX 0.1\nkx 0.005 0.008 0.003 tri\nrA 0.02 0 0.04 ltri\n" });
    const { code, stderr } = parley(["simulate", join(folder, "bad.par")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.par:2:1 {2}invalid hT: abc/);
    expect(stderr).toMatch(/bad\.par:3:1 {2}unknown parameter: hTX/);
    expect(stderr).toMatch(/bad\.par:5:1 {2}invalid rA/);
  });
});
