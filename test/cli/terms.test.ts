import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";
import { describeWith } from "../support/shared.ts";

const CASE = `parley: 1
title: A river
asOf: 2024-01-31
parties:
  north: {name: North}
  south: {name: South}
  town: {name: Town}
issues:
  line: {name: Line, ordered: true, options: {bank: North bank, middle: Middle, far: South bank}}
  toll: {name: Toll, options: {none: No toll, shared: Shared toll}}
positions:
  north:
    accepts: required
    reservation: 0.5
    issues:
      line: {weight: 0.7, values: {bank: 1, middle: 0.6, far: 0}, redLines: [far]}
      toll: {weight: 0.3, values: {none: 0, shared: 1}}
  south:
    accepts: required
    reservation: 0.4 to 0.6
    issues:
      line: {weight: 0.4, values: {bank: 0, middle: 0.5, far: 1}}
      toll: {weight: 0.6, values: {none: 1, shared: 0.2}}
  town:
    accepts: none
    issues: {toll: {values: {none: 0, shared: 1}}}
proposals:
  sketch: {name: Sketch, package: {line: middle}, by: a test, because: x}
  grab: {name: Grab, package: {line: bank, toll: shared}, by: a test, because: x}
`;
const folder = folderWith({ "case.yaml": CASE });
const json = (...words: string[]) => JSON.parse(parley(["terms", folder, "--json", ...words]).stdout);

describe("parley terms", () => {
  it("gives the contract for machines, worked out by hand", () => {
    const out = json();
    expect(out).toMatchObject({
      parties: ["north", "south", "town"],
      issues: [
        { name: "line", options: ["bank", "middle", "far"] },
        { name: "toll", options: ["none", "shared"] },
      ],
      outcomes: "6",
      accepts: ["required", "required", "none"],
    });
    // North's red line leaves bank and middle; (north, south): bank none .7 .6, bank shared 1 .12, middle none .42 .8,
    // middle shared .72 .32. Reservations .5 and .5: bank none alone is worth both.
    expect(out.frontier).toMatchObject({ size: 1, exact: true });
    expect(out.frontier.utilities[0].slice(0, 2).map((value: number) => Number(value.toFixed(9)))).toEqual([0.7, 0.6]);
    expect(out.frontierAll.size).toBe(4);
    expect(out.zopa).toMatchObject({ size: "1", empty: false, method: "counted" });
    expect(out.solutions.nash.outcome).toEqual({ line: "bank", toll: "none" });
    expect(out.solutions.utilitarian).toBeNull();
    expect(out.reservation[0]).toBe(0.5);
    expect(out.reservation[2]).toBeNull();
    expect(out.proposals.grab).toMatchObject({ accepts: [true, false, true], acceptable: false });
    const [blocked] = out.proposals.grab.blockedBy;
    expect(blocked.party).toBe("south");
    const parts = Object.values(blocked.issues as Record<string, number>);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(out.reservation[1] - 0.12, 9);
    expect(out.proposals.grab.nearest[0]).toMatchObject({ outcome: { line: "bank", toll: "none" }, changed: ["toll"] });
    expect(out.proposals.sketch).toMatchObject({ open: ["toll"], acceptable: false });
  });

  it("tells it in words: the deal, the weights, the proposals", () => {
    const { code, stdout } = parley(["terms", folder]);
    expect(code).toBe(0);
    expect(stdout).toContain("A deal exists: nobody who must accept refuses 1 of 4 packages");
    expect(stdout).toMatch(/Grab +yes +no/);
    const one = parley(["terms", folder, "--proposal", "grab"]).stdout;
    expect(one).toContain("South would not accept: worth 0.12");
    expect(one).toMatch(/what is missing, by issue: Toll 0\.\d\d, Line 0\.\d\d/);
    expect(one).toContain("change 1: Toll: No toll");
  });

  it("shows one party: its weights, its red lines, what it makes of each proposal", () => {
    const { stdout } = parley(["terms", folder, "--party", "north"]);
    expect(stdout).toMatch(/^North\n/);
    expect(stdout).toMatch(/Line +70 %\n +never: South bank/);
    expect(stdout).toMatch(/Grab +would, worth 1\.00 \(\+0\.50\)/);
    expect(stdout).not.toContain("South gets");
  });

  it("judges a package of one's own, holds issues to options, and says where no deal is left", () => {
    const mine = json("--propose", "line=bank,toll=none|shared");
    expect(mine.proposals["line=bank,toll=none|shared"]).toMatchObject({ open: ["toll"], acceptable: true });
    const locked = json("--lock", "toll=shared");
    expect(locked.zopa).toMatchObject({ size: "0", empty: true });
    expect(locked.solutions.nash).toBeNull();
    expect(parley(["terms", folder, "--lock", "toll=shared"]).stdout).toMatch(/No deal: (?!no deal exists)/);
    const out = parley(["terms", folder, "--lock", "line=far"]).stdout;
    expect(out).toContain("red line");
  });

  it("says how far a weight or value moves before a verdict turns", () => {
    const [sketch] = json("--flips", "--proposal", "sketch").flips;
    // The toll is open: without one north is short by less than south would be with a shared one.
    expect(sketch).toMatchObject({ id: "sketch", kind: "proposal", outcome: { line: "middle", toll: "none" } });
    const [north, south] = sketch.parties;
    expect([north.party, north.accepts, south.party, south.accepts]).toEqual(["north", false, "south", true]);
    expect(north.surplus).toBeCloseTo(0.7 * 0.6 - 0.5, 12);
    const near = (value: number) => expect.closeTo(value, 9) as number;
    expect(north.flips).toContainEqual({ issue: "line", option: "middle", value: 0.6, flipsAt: near(0.5 / 0.7) });
    expect(north.flips).toContainEqual({ issue: "line", option: null, value: 0.7, flipsAt: near(0.5 / 0.6) });
    expect(north.flips).toContainEqual({ issue: "toll", option: null, value: 0.3, flipsAt: near(1 - 0.5 / 0.6) });
    const out = parley(["terms", folder, "--flips", "--proposal", "sketch"]).stdout;
    expect(out).toMatch(/North would not accept \([-−]0\.080\); turned by\n +the .* from 0\.\d+ to 0\.\d+\n/);
    const focal = JSON.parse(parley(["terms", folder, "--flips", "--json", "--propose", "line=bank"]).stdout).flips;
    expect(focal.map(({ id }: { id: string }) => id)).toEqual(["line=bank"]);
    expect(json("--flips").flips.map(({ id }: { id: string }) => id)).toEqual(["sketch", "grab"]);
  });

  it("tells how likely a package is to be accepted, with values drawn", () => {
    // To the south it is worth 0.4 * 0 + 0.6 * 1: the 95 % point of what it gets without agreement.
    const { chances } = json("--propose", "line=bank,toll=none", "--chances");
    const { p, se, parties } = chances.proposals["line=bank,toll=none"];
    expect(Math.abs(p - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / chances.draws));
    expect(se).toBeGreaterThan(0);
    expect(parties).toMatchObject([{ party: "north", p: 1 }, { party: "south", p }, { party: "town" }]);
    const { stdout } = parley(["terms", folder, "--propose", "line=bank,toll=none", "--chances"]);
    expect(stdout).toMatch(/nobody refuses in 9\d % \(standard error/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(Object.keys(json("--chances").chances.proposals)).toEqual(["sketch", "grab"]);
  });

  it("writes the frontier as CSV and draws it", () => {
    const [csv, svg] = [join(folder, "out.csv"), join(folder, "out.svg")];
    expect(parley(["terms", folder, "--csv", csv, "--svg", svg]).code).toBe(0);
    expect(readFileSync(csv, "utf8").split("\n")[0]).toBe("north,south,town,line,toll");
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg xmlns=.*<title>A river/);
    expect(readFileSync(svg, "utf8")).not.toContain("var(--");
  });

  it("lets strategies negotiate, the same with the same seed", () => {
    const words = ["terms", folder, "--session", "boulware,conceder", "--rounds", "20", "--json"];
    const out = JSON.parse(parley(words).stdout);
    expect(out).toMatchObject({ endedBy: "agreement", outcome: { line: "bank", toll: "none" } });
    expect(JSON.parse(parley(words).stdout)).toEqual(out);
    expect(parley(["terms", folder, "--session", "linear"]).stdout).toContain("Agreement in round");
  });

  it("plays tournaments, and finds focal lotteries where they are asked for", () => {
    const played = JSON.parse(
      parley(["terms", folder, "--tournament", "boulware,conceder", "--rounds", "20", "--json"]).stdout,
    );
    expect(played.cells).toHaveLength(4);
    expect(played.equilibria.length).toBeGreaterThan(0);
    expect(parley(["terms", folder, "--tournament", "boulware,conceder"]).stdout).toContain(
      "Stable, nobody does better",
    );
    expect(parley(["terms", folder, "--tournament", "boulwar"]).stderr).toContain("did you mean boulware?");
    const lotteries = json("--lotteries").lotteries as { packages: { chance: number }[] }[];
    for (const { packages } of lotteries) {
      expect(packages.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
    }
    expect(parley(["terms", folder, "--lotteries"]).stdout).toContain("Focal lotteries");
  });

  it.each([
    [["--proposal", "grob"], "did you mean grab?"],
    [["--party", "nort"], "did you mean north?"],
    [["--propose", "line=mddle"], "did you mean middle?"],
    [["--propose", "line"], "issue=option"],
    [["--lock", "lne=bank"], "did you mean line?"],
    [["--session", "boulwre"], "did you mean boulware?"],
    [["--session", "linear,linear,linear"], "3 strategies for 2 parties"],
    [["--session", "linear", "--rounds", "0"], "1 to 1000000"],
    [["--at", "2"], "0 to 1"],
  ])("refuses %j with exit code 2", (words, says) => {
    const { code, stdout, stderr } = parley(["terms", folder, ...words]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });

  it("says what a case without positions would need", () => {
    const bare = folderWith({ "case.yaml": "parley: 1\ntitle: T\n" });
    expect(parley(["terms", bare]).stderr).toContain("the case has no section");
  });
});

describe("parley convert", () => {
  it.each(["genius", "geniusweb", "negmas", "negmas-json"])("writes %s so that it reads back the same", (format) => {
    const out = join(folderWith({}), format);
    const done = parley(["convert", folder, out, "--to", format, "--json"]);
    expect(done.code, done.stderr).toBe(0);
    expect(readdirSync(out).length).toBeGreaterThan(1);
    const back = JSON.parse(parley(["terms", out, "--json"]).stdout);
    // Red lines are lost in these formats, which is said.
    expect(JSON.parse(done.stdout).lost.join(" ")).toContain("red line");
    expect(back.outcomes).toBe("6");
    const [north] = [back.parties.findIndex((name: string) => /north/i.test(name))];
    expect(back.frontierAll.size).toBeGreaterThan(2);
    expect(north).toBeGreaterThanOrEqual(0);
  });

  it("overwrites nothing unasked, and knows its formats", () => {
    const out = join(folderWith({}), "there");
    expect(parley(["convert", folder, out, "--to", "genius"]).code).toBe(0);
    const again = parley(["convert", folder, out, "--to", "genius"]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("--force");
    expect(parley(["convert", folder, out, "--to", "genius", "--force"]).code).toBe(0);
    expect(parley(["convert", folder, out, "--to", "geniu"]).stderr).toContain("did you mean genius?");
    writeFileSync(join(folder, "file.txt"), "x");
    expect(parley(["convert", folder, join(folder, "file.txt"), "--to", "genius"]).stderr).toContain("is a file");
  });
});

describeWith("vectors/terms", "parley terms on domains of other programs", (path) => {
  // A few of each kind; the engine's own tests go through all of them.
  const folders = readdirSync(path)
    .filter((name) => /^(03|05|09|12|16)-/.test(name))
    .map((name) => join(path, name));

  it("prints what an independent brute force found, whatever else lies in the folder", () => {
    expect(folders.length).toBeGreaterThan(0);
    for (const name of folders) {
      const { own } = JSON.parse(readFileSync(join(name, "expected.json"), "utf8"));
      const { code, stdout, stderr } = parley(["terms", name, "--json"]);
      expect(code, stderr).toBe(0);
      const out = JSON.parse(stdout);
      expect(out.outcomes, name).toBe(String(own.n_outcomes));
      expect(existsSync(join(name, "expected.json"))).toBe(true);
      for (const [mine, theirs] of [
        ["nash", own.nash],
        ["kalaiSmorodinsky", own.ks_maxmin_rational_ideal],
        ["egalitarian", own.egalitarian],
      ] as const) {
        const found: number[] = out.solutions[mine].utilities;
        const close = (theirs as number[][]).some((point) =>
          point.every((value, i) => Math.abs(value - (found[i] ?? 9)) < 1e-9),
        );
        expect(close, `${name} ${mine}`).toBe(true);
      }
    }
  });
});
