import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";

/** The prisoner's dilemma as a file of GMCR+: each would rather confess, both would rather neither did. */
const GMCR = JSON.stringify({
  version: "0.4.1",
  options: [
    { name: "Silent", permittedDirection: "both" },
    { name: "Silent", permittedDirection: "both" },
  ],
  decisionMakers: [
    { name: "Ann", options: [0], preferences: [[[1, "Y"]], [[0, "N"]]] },
    { name: "Bob", options: [1], preferences: [[[0, "Y"]], [[1, "N"]]] },
  ],
  infeasibles: [],
  useManualPreferenceRanking: false,
});
const folder = folderWith({ "dilemma.gmcr": GMCR });
const file = join(folder, "dilemma.gmcr");
const json = (target: string, ...words: string[]) =>
  JSON.parse(parley(["stability", target, "--json", ...words]).stdout);

describe("parley stability", () => {
  it("gives the contract for machines, worked out by hand", () => {
    expect(json(file)).toMatchObject({
      decisionMakers: ["Ann", "Bob"],
      options: [
        { name: "Silent", owner: "Ann" },
        { name: "Silent", owner: "Bob" },
      ],
      states: [
        { id: 1, mask: 0, code: "NN" },
        { id: 2, mask: 1, code: "YN" },
        { id: 3, mask: 2, code: "NY" },
        { id: 4, mask: 3, code: "YY" },
      ],
      moves: {
        Ann: [
          [1, 2],
          [2, 1],
          [3, 4],
          [4, 3],
        ],
      },
      payoffs: { Ann: [2, 1, 4, 3], Bob: [2, 4, 1, 3] },
      stability: { nash: { Ann: [true, false, true, false] }, seq: { Ann: [true, false, true, true] } },
      equilibria: { nash: [1], gmr: [1, 4], smr: [1, 4], seq: [1, 4], sseq: [1, 4] },
    });
  });

  it("gives counts alone with --summary", () => {
    const out = json(file, "--summary");
    expect(Object.keys(out).sort()).toEqual(["equilibria", "ms", "stable", "states"]);
    expect(out).toMatchObject({ states: 4, stable: { nash: { Ann: 2, Bob: 2 } }, equilibria: { nash: 1, seq: 2 } });
  });

  it("explains, inverts, follows paths, looks at coalitions and ahead", () => {
    const [why] = json(file, "--state", "4", "--concepts", "seq").explanations;
    expect(why).toMatchObject({
      decisionMaker: "Ann",
      stable: true,
      exits: [{ to: 3, sanction: [{ dm: "Bob", to: 1 }] }],
    });
    const [nash] = json(file, "--inverse", "4", "--concepts", "nash").inverse;
    expect(nash).toMatchObject({ equilibrium: false, together: { swaps: 2, fewest: true } });
    expect(json(file, "--path", "YY").paths.improvements.reached).toMatchObject({ 1: { length: 2 }, 3: { length: 1 } });
    expect(json(file, "--coalitions").coalitionEquilibria).toEqual({ cnash: [], cgmr: [4], csmr: [4], cseq: [4] });
    const ahead = json(file, "--foresight");
    expect([ahead.sim.equilibria, ahead.limitedMoves.horizons[1].equilibria]).toEqual([[1, 4], [1]]);
  });

  it("gives the same robustness for the same seed, and tells it from draws or from all combinations", () => {
    const out = json(file, "--robust", "--concepts", "nash");
    expect(out.robustness).toMatchObject({ exact: true, looked: 4, uncertainty: { swaps: 0.2 } });
    // Ann confesses whichever statement weighs more: of her two, each speaks of another option.
    expect(out.robustness.equilibrium.map(({ p }: { p: number }) => p)).toEqual([1, 0, 0, 0]);
  });

  it("counts sanctions as GMCR+ does where it is asked to, and says so", () => {
    const out = json(file, "--joint", "each-once");
    expect(out.analysisOptions).toEqual({ joint: "each-once" });
    expect(parley(["stability", file, "--joint", "once"]).code).toBe(2);
  });

  it("writes every state as CSV, the graph as SVG and for Graphviz", () => {
    const out = (name: string) => join(folder, name);
    const { code } = parley(["stability", file, "--csv", out("s.csv"), "--svg", out("s.svg"), "--dot", out("s.dot")]);
    expect(code).toBe(0);
    const csv = readFileSync(out("s.csv"), "utf8").trim().split("\n");
    expect(csv).toHaveLength(5);
    expect(csv[0]).toContain("nash equilibrium");
    expect(readFileSync(out("s.svg"), "utf8")).toMatch(/^<svg xmlns[\s\S]*marker[\s\S]*<\/svg>\s*$/);
    expect(readFileSync(out("s.dot"), "utf8")).toContain('s4 -> s3 [color="#1f5c86", label="Ann"]');
  });

  it("prints tables, explanations and conditions for people", () => {
    expect(parley(["stability", file]).stdout).toMatch(/Nash\s+E\s+1\s+1\s+\./);
    const { stdout } = parley(["stability", file, "--state", "4", "--concepts", "seq"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "the answer of Bob, state 3 -> state 1, leaves Ann no better off than state 4",
    );
    expect(parley(["stability", file, "--inverse", "4"]).stdout).toMatch(
      /It would be one if Ann ranked it above state 3/,
    );
    expect(parley(["stability", file, "--dm", "bob"]).stdout).toContain("from the best to the worst");
  });

  it.each([
    [["--state", "5"], /unknown state: 5/],
    [["--state", "YNY"], /unknown state: YNY/],
    [["--concepts", "nahs"], /unknown concept: nahs[\s\S]*did you mean nash/],
    [["--dm", "Anne"], /unknown decision maker: Anne[\s\S]*did you mean Ann/],
    [["--path"], /missing status quo/],
    [["--views"], /missing views/],
    [["--robust", "2"], /invalid --robust: 2/],
  ])("says what is wrong with %j", (words, message) => {
    const { code, stderr } = parley(["stability", file, ...words]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each([
    ["no feasible state", { infeasibles: [[[0, "Y"]], [[0, "N"]]] }, /no state is feasible/],
    [
      "a ranking that misses a state",
      {
        useManualPreferenceRanking: true,
        rankings: [
          [1, 2, 3],
          [1, 2, 3, 4],
        ],
      },
      /leaves out/,
    ],
    ["an option owned twice", { owned: [[0, 1], [1]] }, /belongs to Ann and Bob/],
  ])("says one clear thing about %s", (name, change, message) => {
    const { rankings, owned, ...rest } = change as { rankings?: number[][]; owned?: number[][] };
    const saved = { ...JSON.parse(GMCR), ...rest };
    for (const [i, each] of saved.decisionMakers.entries()) {
      if (rankings !== undefined) each.preferenceRanking = rankings[i];
      if (owned !== undefined) each.options = owned[i];
    }
    const path = join(folder, `${name.replaceAll(" ", "-")}.gmcr`);
    writeFileSync(path, JSON.stringify(saved));
    const { code, stderr } = parley(["stability", path, "--csv", join(folder, "none.csv")]);
    expect([code, stderr.trim().split("\n").length <= 2, stderr]).toEqual([2, true, expect.stringMatching(message)]);
    expect(existsSync(join(folder, "none.csv"))).toBe(false);
  });

  it("reads a case, names its situations, and says why one without a graph has none", () => {
    const out = json("cuba-1962");
    expect(out.equilibria.seq).toEqual(
      out.states.flatMap(({ id, mask }: { id: number; mask: number }) => ([4, 6].includes(mask) ? [id] : [])),
    );
    expect(out.situations.length).toBeGreaterThan(2);
    const { code, stderr } = parley(["stability", "colombia-2012"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/the graph model does not apply: the case has no section/),
    ]);
  });
});
