import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadSolver } from "../../src/solvers/highs.ts";
import { type Domain, makeSpace, type SolveProgram, solvedFrontier, solveScales } from "../../src/terms/index.ts";
import { allOutcomes, domains, type Outcome, sameVectors, undominated, vectorsOf } from "./support.ts";

const RUNS = { numRuns: 25 };
/** Three parties have many points, and each takes several programs. */
const FEW = { numRuns: 8 };
/** A solver's bounds hold up to its feasibility tolerance. */
const TOL_SOLVER = 1e-6;

/** Two parties whose utilities are whole fortieths, with rectangles, a cap and reservation values. */
const steps = (): fc.Arbitrary<Domain> => {
  const whole = fc.integer({ min: 0, max: 8 });
  const place = fc.integer({ min: 0, max: 2 });
  const party = fc.record({
    values: fc.array(fc.array(whole, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    rectangles: fc.array(
      fc.record({
        utility: fc.integer({ min: 1, max: 20 }),
        kind: fc.constantFrom("includes" as const, "excludes" as const),
        bounds: fc
          .uniqueArray(place, { minLength: 1, maxLength: 2 })
          .map((places) => places.map((k) => ({ issue: `i${k}`, low: 0, high: 1 }))),
      }),
      { maxLength: 3 },
    ),
    reservation: fc.option(fc.integer({ min: 4, max: 24 }), { nil: undefined }),
  });
  return fc.tuple(party, party).map((both) => ({
    issues: [0, 1, 2].map((k) => ({ name: `i${k}`, options: ["o0", "o1", "o2"] })),
    parties: both.map(({ values, rectangles, reservation }, i) => ({
      name: `p${i}`,
      reservation: reservation === undefined ? undefined : reservation / 40,
      utility: {
        divisor: 40,
        cap: 1,
        rectangles,
        issues: Object.fromEntries(
          values.map(([a = 0, b = 0, c = 0], k) => [
            `i${k}`,
            { weight: 1, values: { kind: "table" as const, values: { o0: a, o1: b, o2: c } } },
          ]),
        ),
      },
    })),
  }));
};

describe("a frontier by programs", () => {
  let solve: SolveProgram;
  beforeAll(async () => {
    solve = await loadSolver();
  });

  const solved = (domain: Domain, rational: boolean) =>
    solvedFrontier(solveScales(makeSpace(domain, { mostArcs: 0 }), solve), solve, rational);
  const isRational = (domain: Domain, { utilities }: Outcome) =>
    domain.parties.every(
      ({ accepts, reservation }, i) =>
        accepts === "none" || typeof reservation !== "number" || (utilities[i] ?? 0) >= reservation - 1e-9,
    );

  test("is walked from one party's best package to the other's, a program for each point", () => {
    fc.assert(
      fc.property(steps(), fc.boolean(), (domain, rational) => {
        const open = allOutcomes(domain, true).filter((outcome) => !rational || isRational(domain, outcome));
        const truth = undominated(open, [0, 1]).map(({ utilities }) => utilities);
        const { points, exact, proved, programs } = solved(domain, rational);
        expect(sameVectors(vectorsOf(points), truth)).toBe(true);
        expect([exact, proved.every(Boolean), programs]).toEqual([true, true, truth.length + 1]);
      }),
      RUNS,
    );
  });

  test("divides regions where utilities have no common step, or more than two bargain", () => {
    fc.assert(
      fc.property(domains({ parties: 3, most: 2 }), (domain) => {
        fc.pre(allOutcomes(domain).length > 0);
        const bargain = domain.parties.flatMap(({ accepts = "required" }, i) => (accepts === "required" ? [i] : []));
        const truth = undominated(allOutcomes(domain, true), bargain, TOL_SOLVER).map(({ utilities }) =>
          bargain.map((i) => utilities[i] ?? 0),
        );
        const found = vectorsOf(solved(domain, false).points).map((at) => bargain.map((i) => at[i] ?? 0));
        expect(sameVectors(found, truth, TOL_SOLVER)).toBe(true);
      }),
      FEW,
    );
  });
});
