import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGenius } from "../../src/formats/negotiation/genius.ts";
import { readNegmas } from "../../src/formats/negotiation/negmas.ts";
import { loadSolver } from "../../src/solvers/highs.ts";
import {
  analyse,
  type Concept,
  countPackages,
  type Domain,
  makeSpace,
  solvedFrontier,
  solveScales,
} from "../../src/terms/index.ts";
import { describeWith } from "../support/shared.ts";
import { sameVectors, TOL_EXACT, vectorsOf } from "./support.ts";

/** Concepts and the fields of the vectors that hold all their tied points. */
const FIELDS: readonly (readonly [Concept, string])[] = [
  ["nash", "nash"],
  ["egalitarian", "egalitarian"],
  ["kalaiSmorodinsky", "ks_maxmin_rational_ideal"],
  ["kalaiSmorodinskyGlobal", "ks_maxmin_global_ideal"],
  ["utilitarian", "max_welfare_rational"],
  ["relativeUtilitarianGlobal", "max_relative_welfare_from_d"],
];

interface Expected {
  readonly n_outcomes: number;
  readonly pareto_rational_count: number;
  readonly pareto_all_count: number;
  readonly rational_fraction_ge: number;
  readonly opposition_ge: number;
  readonly ranges: readonly (readonly [number, number])[];
  readonly disagreement: readonly number[];
  readonly ideal_ir: readonly number[];
  readonly pareto_rational?: number[][];
  readonly pareto_all?: number[][];
  readonly [field: string]: unknown;
}

function filesIn(folder: string, ending: string) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

function domainOf({ domain, problems }: { domain?: Domain; problems: readonly unknown[] }): Domain {
  expect(problems).toEqual([]);
  if (domain === undefined) throw new Error("no domain");
  return domain;
}

function near(got: ArrayLike<number>, expected: readonly number[]): boolean {
  return got.length === expected.length && expected.every((value, i) => Math.abs(value - (got[i] ?? 0)) < TOL_EXACT);
}

describeWith("vectors/terms", "domains of the ANAC competitions", (root) => {
  const folders = existsSync(root) ? readdirSync(root).filter((name) => /^\d/.test(name)) : [];

  test.each(folders)(
    "%s: ranges, ideals, frontiers, solutions, opposition and the zone are those of a brute force",
    (name) => {
      const folder = join(root, name);
      const { own } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as { own: Expected };
      const domain = domainOf(readNegmas(filesIn(folder, ".yml")));
      const analysis = analyse(domain, { concepts: FIELDS.map(([concept]) => concept) });
      const { space, frontier, frontierAll, zopa } = analysis;
      expect(Number(analysis.outcomes)).toBe(own.n_outcomes);
      expect(
        near(
          space.least,
          own.ranges.map(([least]) => least),
        ),
      ).toBe(true);
      expect(
        near(
          space.greatest,
          own.ranges.map(([, greatest]) => greatest),
        ),
      ).toBe(true);
      expect(near(space.disagreement, own.disagreement)).toBe(true);
      expect(near(analysis.ideals.rational, own.ideal_ir)).toBe(true);
      expect([frontier.exact, frontierAll.exact]).toEqual([true, true]);
      expect([frontier.points.size, frontierAll.points.size]).toEqual([
        own.pareto_rational_count,
        own.pareto_all_count,
      ]);
      if (own.pareto_rational !== undefined)
        expect(sameVectors(vectorsOf(frontier.points), own.pareto_rational)).toBe(true);
      if (own.pareto_all !== undefined) expect(sameVectors(vectorsOf(frontierAll.points), own.pareto_all)).toBe(true);
      for (const [concept, field] of FIELDS) {
        const tied = own[field] as number[][];
        const solution = analysis.solutions[concept];
        expect([concept, solution?.ties], field).toEqual([concept, tied.length]);
        expect(sameVectors(solution?.tied ?? [], tied), field).toBe(true);
        expect(solution?.exact).toBe(true);
      }
      expect(Math.abs((analysis.opposition?.ofUtilities ?? -1) - own.opposition_ge)).toBeLessThan(TOL_EXACT);
      expect(zopa?.method).toBe("counted");
      expect(Number(zopa?.size)).toBe(Math.round(own.rational_fraction_ge * own.n_outcomes));
    },
  );
});

/** A digest that tells whether two lists of points are the same to the last bit. */
function digest(vectors: readonly (readonly number[])[]): string {
  return createHash("sha256").update(JSON.stringify(vectors)).digest("hex");
}

interface Nonlinear {
  readonly reservation: readonly (number | null)[];
  readonly own: {
    readonly proved_optimal: boolean;
    readonly pareto_capped: readonly { readonly u: readonly number[] }[];
    readonly nash_rv: readonly (readonly number[])[];
    readonly max_welfare: readonly (readonly number[])[];
  };
}

describeWith("vectors/terms/nonlinear", "constraint domains of GENIUS", (root) => {
  const small = ["10issues", "10issueswithRV", "S-1NAGUNL-114", "S-1NIKFRT-1"];
  const read = (name: string) => ({
    expected: JSON.parse(readFileSync(join(root, name, "expected.json"), "utf8")) as Nonlinear,
    domain: domainOf(readGenius(filesIn(join(root, name), ".xml"))),
  });

  test.each(small)(
    "%s: the diagram and the solver find the same proved frontier, and it is the vector's",
    async (name) => {
      const { expected, domain } = read(name);
      const capped = expected.own.pareto_capped.map(({ u }) => u);
      const { frontierAll, solutions, outcomes } = analyse(domain, { concepts: ["nash", "utilitarian"] });
      expect(outcomes).toBe(10n ** 10n);
      expect(frontierAll.exact).toBe(true);
      expect(sameVectors(vectorsOf(frontierAll.points), capped)).toBe(true);
      expect(sameVectors(solutions.nash?.tied ?? [], expected.own.nash_rv)).toBe(true);
      const solve = await loadSolver();
      const space = solveScales(makeSpace(domain, { mostArcs: 0 }), solve);
      const solved = solvedFrontier(space, solve, false);
      expect([solved.exact, solved.proved.every(Boolean)]).toEqual([true, expected.own.proved_optimal]);
      expect(digest(vectorsOf(solved.points))).toBe(digest(vectorsOf(frontierAll.points)));
      expect(countPackages(space)).toBe(10n ** 10n);
    },
  );

  test("the rational frontier by the solver is the part of the whole one that nobody refuses", async () => {
    const { domain } = read("10issueswithRV");
    const solve = await loadSolver();
    const solved = analyse(domain, { mostArcs: 0, solve });
    const merged = analyse(domain);
    expect(solved.frontier.method).toBe("program");
    expect(sameVectors(vectorsOf(solved.frontier.points), vectorsOf(merged.frontier.points))).toBe(true);
    expect([solved.frontier.points.size, solved.frontierAll.points.size]).toEqual([2, 8]);
  });
});
