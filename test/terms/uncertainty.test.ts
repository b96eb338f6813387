import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniform } from "../../src/core/distributions/index.ts";
import {
  acceptanceChances,
  type Domain,
  dealChance,
  flips,
  judgeProposal,
  lotterySolutions,
  makeSpace,
  mergedFrontier,
  pairwiseWeights,
  rankOrderCentroid,
  swingWeights,
  type Uncertain,
} from "../../src/terms/index.ts";
import { domains, TOL_EXACT } from "./support.ts";

/** Monte Carlo: by chance 1 estimate in 16 000 lies further off. */
const ERRORS = 4;

/** One issue; what "yes" is worth to south, and its reservation value. */
function offer(worth: Uncertain, reservation: Uncertain): Domain {
  const values = (yes: Uncertain) => ({ kind: "table" as const, values: { no: 0, yes } });
  return {
    issues: [{ name: "deal", options: ["no", "yes"] }],
    parties: [
      { name: "north", utility: { issues: { deal: { weight: 1, values: values(1) } } } },
      { name: "south", reservation, utility: { issues: { deal: { weight: 1, values: values(worth) } } } },
    ],
  };
}

describe("the chance that a proposal is accepted", () => {
  test.each([
    ["of a reservation value", offer(0.3, uniform(0, 1)), 0.3],
    ["of a value", offer(uniform(0, 1), 0.3), 0.7],
    ["of both", offer(uniform(0, 1), uniform(0, 1)), 0.5],
  ])("is that of the distribution %s", (_, domain, truth) => {
    const { yes } = acceptanceChances(domain, { yes: { deal: "yes" } }, { draws: 4000 });
    const { probability, standardError } = yes?.parties[1] ?? { probability: 0, standardError: 0 };
    expect(Math.abs(probability - truth)).toBeLessThan(ERRORS * standardError);
    expect(yes?.parties[0]?.probability).toBe(1);
    expect(yes?.alone[1]?.probability).toBeCloseTo(1 - probability, 12);
    expect(yes?.all.probability).toBe(probability);
    const deal = dealChance(domain, { draws: 400 });
    expect(Math.abs(deal.probability - truth)).toBeLessThan(ERRORS * deal.standardError);
  });

  test("rescales uncertain weights, and is the same with the same seed", () => {
    const values = (a: number) => ({ kind: "table" as const, values: { a, b: 1 - a } });
    const party = (name: string, weights: readonly [Uncertain, Uncertain]) => ({
      name,
      reservation: 0.5,
      utility: {
        issues: { x: { weight: weights[0], values: values(1) }, y: { weight: weights[1], values: values(0) } },
      },
    });
    const domain: Domain = {
      issues: ["x", "y"].map((name) => ({ name, options: ["a", "b"] })),
      parties: [party("north", [uniform(0, 1), uniform(0, 1)]), party("south", [0.5, 0.5])],
    };
    // North gets its share of x alone: w1 / (w1 + w2), at least a half in half of the cases.
    const run = () => acceptanceChances(domain, { p: { x: "a", y: "a" } }, { draws: 4000, seed: 3 });
    const { probability, standardError } = run()["p"]?.parties[0] ?? { probability: 0, standardError: 1 };
    expect(Math.abs(probability - 0.5)).toBeLessThan(ERRORS * standardError);
    expect(run()).toEqual(run());
  });
});

describe("weights", () => {
  test("of a consistent comparison are its ratios, by both methods, with ratio 0", () => {
    const comparisons = [
      { first: "a", second: "b", ratio: 2 },
      { first: "b", second: "c", ratio: 3 },
      { first: "a", second: "c", ratio: 6 },
    ];
    for (const method of ["eigenvector", "geometric mean"] as const) {
      const { weights, consistencyRatio, mostInconsistent } = pairwiseWeights(["a", "b", "c"], comparisons, method);
      for (const [k, weight] of [0.6, 0.3, 0.1].entries())
        expect(Math.abs((weights[k] ?? 0) - weight)).toBeLessThan(TOL_EXACT);
      expect(consistencyRatio).toBeLessThan(TOL_EXACT);
      expect(mostInconsistent).toBeUndefined();
    }
  });

  test("of three issues have the eigenvalue of the closed form", () => {
    // For three rows, the greatest eigenvalue is 1 + q + 1/q with q the cube root of a13 / (a12 a23).
    const comparisons = [
      { first: "a", second: "b", ratio: 3 },
      { first: "a", second: "c", ratio: 5 },
      { first: "b", second: "c", ratio: 3 },
    ];
    const { eigenvalue, consistencyRatio, weights } = pairwiseWeights(["a", "b", "c"], comparisons);
    const q = Math.cbrt(5 / 9);
    expect(Math.abs(eigenvalue - (1 + q + 1 / q))).toBeLessThan(TOL_EXACT);
    expect(Math.abs(consistencyRatio - (q + 1 / q - 2) / 2 / 0.58)).toBeLessThan(TOL_EXACT);
    // With three rows the eigenvector is that of the geometric means.
    const means = [Math.cbrt(15), 1, Math.cbrt(1 / 15)];
    const sum = means.reduce((total, mean) => total + mean, 0);
    for (const [k, mean] of means.entries()) expect(Math.abs((weights[k] ?? 0) - mean / sum)).toBeLessThan(TOL_EXACT);
  });

  test("want every pair once, and issues that are known", () => {
    const one = { first: "a", second: "b", ratio: 2 };
    expect(() => pairwiseWeights(["a", "b", "c"], [one])).toThrow("every pair");
    expect(() => pairwiseWeights(["a", "b"], [one, one])).toThrow("each pair once");
    expect(() => pairwiseWeights(["a", "b"], [{ ...one, ratio: 0 }])).toThrow("above 0");
    expect(() => pairwiseWeights(["a", "b"], [{ ...one, second: "z" }])).toThrow("two of the issues");
    expect(() => swingWeights([0, 0])).toThrow("one above 0");
    expect(() => swingWeights([-1, 2])).toThrow("0 or more");
  });

  test("of an order add up to 1 and fall", () => {
    for (let n = 1; n < 9; n++) {
      const weights = rankOrderCentroid(n);
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(TOL_EXACT);
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    }
  });
});

describe("how far a number moves before a verdict flips", () => {
  test("is where the verdict does flip", () => {
    fc.assert(
      fc.property(domains({ tied: false }), fc.nat(), (domain, at) => {
        const chosen = Object.fromEntries(
          domain.issues.map(({ name, options }) => [name, options[at % options.length] ?? ""]),
        );
        const [party] = domain.parties;
        if (party === undefined || typeof party.reservation !== "number") return;
        for (const { issue, option, flipsAt } of flips(domain, party.name, chosen)) {
          if (option === undefined) continue;
          const value = party.utility.issues?.[issue];
          if (value?.values.kind !== "table") continue;
          const values = { ...value.values.values, [option]: flipsAt };
          const moved = {
            ...party,
            utility: {
              issues: { ...party.utility.issues, [issue]: { ...value, values: { kind: "table" as const, values } } },
            },
          };
          const verdict = judgeProposal(
            makeSpace({ ...domain, parties: [moved, ...domain.parties.slice(1)] }),
            chosen,
            { nearest: false },
          );
          expect(Math.abs(verdict.parties[0]?.surplus.best ?? 1)).toBeLessThan(TOL_EXACT);
        }
      }),
    );
  });

  test("counts a weight's move against the other weights", () => {
    const values = { kind: "table" as const, values: { a: 1, b: 0 } };
    const turned = { kind: "table" as const, values: { a: 0, b: 1 } };
    const party = {
      name: "north",
      reservation: 0.5,
      utility: { issues: { x: { weight: 0.25, values }, y: { weight: 0.75, values: turned } } },
    };
    const domain: Domain = {
      issues: ["x", "y"].map((name) => ({ name, options: ["a", "b"] })),
      parties: [party, { ...party, name: "south" }],
    };
    const [first] = flips(domain, "north", { x: "a", y: "a" });
    expect(first).toEqual({ issue: "x", option: undefined, value: 0.25, flipsAt: 0.5 });
    expect(() => flips(domain, "nroth", { x: "a", y: "a" })).toThrow("unknown party: nroth");
    expect(() => flips(domain, "north", { x: "a" })).toThrow("without y");
  });
});

describe("lotteries", () => {
  const divided = (reservation?: number): Domain => ({
    issues: [{ name: "prize", options: ["north", "south"] }],
    parties: ["north", "south"].map((name) => ({
      name,
      reservation,
      utility: {
        issues: {
          prize: {
            weight: 1,
            values: {
              kind: "table" as const,
              values: { north: name === "north" ? 1 : 0, south: name === "south" ? 1 : 0 },
            },
          },
        },
      },
    })),
  });
  const solve = (domain: Domain) => {
    const space = makeSpace(domain);
    return lotterySolutions(space, mergedFrontier(space, false));
  };

  test("share what cannot be divided, even where neither would leave it to the other", () => {
    for (const solution of solve(divided(0.3)) ?? []) {
      for (const value of solution.utilities) expect(Math.abs(value - 0.5)).toBeLessThan(1e-6);
      expect(solution.packages).toHaveLength(2);
    }
    expect(solve(divided(0.3))).toHaveLength(3);
    expect(solve(divided(0.6))).toBeUndefined();
  });

  test("are at least as good as the best package, by each concept's own measure", () => {
    fc.assert(
      fc.property(domains({ tied: false }), (domain) => {
        const space = makeSpace(domain);
        const frontier = mergedFrontier(space, true);
        const solutions = solve(domain);
        if (frontier.points.size > 0) expect(solutions).toBeDefined();
        for (const { concept, utilities, ideal, tolerance } of solutions ?? []) {
          for (const i of space.acceptors)
            expect(utilities[i] ?? 0).toBeGreaterThanOrEqual((space.reservation[i] ?? 0) - 1e-6);
          expect(tolerance).toBeLessThan(1e-6);
          const winning = space.bargainers.filter((i) => (ideal[i] ?? 0) - (space.disagreement[i] ?? 0) > 1e-9);
          const value = (values: ArrayLike<number>, at = 0): number => {
            const gains = winning.map((i) => (values[at + i] ?? 0) - (space.disagreement[i] ?? 0));
            if (concept === "nash") return gains.reduce((product, gain) => product * Math.max(0, gain), 1);
            const per = winning.map((i) =>
              concept === "egalitarian" ? 1 : (ideal[i] ?? 1) - (space.disagreement[i] ?? 0),
            );
            return Math.min(...gains.map((gain, j) => gain / (per[j] ?? 1)));
          };
          for (let p = 0; p < frontier.points.size; p++) {
            expect(value(utilities)).toBeGreaterThanOrEqual(value(frontier.points.utilities, p * space.parties) - 1e-6);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
