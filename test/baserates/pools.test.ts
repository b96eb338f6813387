import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extremise, type PoolMember, type PoolMethod, pool, scoreWeights } from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";

const NAMES = ["agreement", "ceasefire", "neither"] as const;
type Chances = Readonly<Record<string, number>>;

const named = (values: readonly number[]): Chances => {
  const total = values.reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(values.map((value, k) => [NAMES[k] ?? "", value / total]));
};
const chances = fc.tuple(...NAMES.map(() => fc.integer({ min: 1, max: 1000 }))).map(named);
const members = fc
  .array(fc.tuple(chances, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 6 })
  .filter((rows) => rows.some(([, weight]) => weight > 0))
  .map((rows) => rows.map(([each, weight], k): PoolMember => ({ name: `s${k}`, chances: each, weight })));

const METHODS = ["linear", "logarithmic"] as const;

function same(got: Chances, expected: Chances, digits = 10): void {
  expect(Object.keys(got)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expect(got[name]).toBeCloseTo(value, digits);
}

/** After evidence with such likelihoods. */
const updated = (prior: Chances, likelihood: readonly number[]): Chances =>
  named(NAMES.map((name, k) => (prior[name] ?? 0) * (likelihood[k] ?? 0)));

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof ParleyError ? error.problems[0]?.code : String(error);
  }
  return undefined;
}

const two = (name: string, yes: number, weight?: number): PoolMember => ({
  name,
  chances: { yes, no: 1 - yes },
  weight,
});
const logitOf = (p: number) => Math.log(p / (1 - p));

describe("pools", () => {
  it("of the same view are that view, and add up to 1 between the least and the greatest", () => {
    fc.assert(
      fc.property(members, chances, fc.constantFrom(...METHODS), (all, view, method) => {
        same(
          pool(
            method,
            all.map((each) => ({ ...each, chances: view })),
          ).chances,
          view,
        );
        const pooled = pool(method, all);
        expect(Object.values(pooled.chances).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        expect(Object.values(pooled.weights).reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        same(pool(method, all.toReversed()).chances, pooled.chances);
        if (method === "logarithmic") return;
        for (const name of NAMES) {
          const told = all.map((each) => each.chances[name] ?? Number.NaN);
          expect(pooled.chances[name]).toBeGreaterThanOrEqual(Math.min(...told) - 1e-12);
          expect(pooled.chances[name]).toBeLessThanOrEqual(Math.max(...told) + 1e-12);
        }
      }),
    );
  });

  it("by logarithms let evidence come before or after pooling; linear ones let hypotheses be merged", () => {
    const likelihood = fc.tuple(...NAMES.map(() => fc.integer({ min: 1, max: 100 })));
    let differs = 0;
    fc.assert(
      fc.property(members, likelihood, (all, evidence) => {
        const before = all.map((each) => ({ ...each, chances: updated(each.chances, evidence) }));
        same(pool("logarithmic", before).chances, updated(pool("logarithmic", all).chances, evidence));
        const linear = pool("linear", all).chances;
        const later = updated(linear, evidence)["agreement"] ?? 0;
        if (Math.abs((pool("linear", before).chances["agreement"] ?? 0) - later) > 1e-6) differs += 1;
        const merged = all.map((each) => {
          const end = (each.chances["agreement"] ?? 0) + (each.chances["ceasefire"] ?? 0);
          return { ...each, chances: { end, not: 1 - end } };
        });
        expect(pool("linear", merged).chances["end"]).toBeCloseTo(
          (linear["agreement"] ?? 0) + (linear["ceasefire"] ?? 0),
          10,
        );
      }),
    );
    expect(differs).toBeGreaterThan(10);
  });

  it("by logarithms are nearest to all members in weighted Kullback-Leibler divergence", () => {
    fc.assert(
      fc.property(members, chances, (all, other) => {
        const { chances: pooled, weights } = pool("logarithmic", all);
        const away = (from: Chances) =>
          all.reduce(
            (sum, each) =>
              sum +
              (weights[each.name] ?? 0) *
                NAMES.reduce((kl, n) => kl + (from[n] ?? 0) * Math.log((from[n] ?? 0) / (each.chances[n] ?? 0)), 0),
            0,
          );
        expect(away(pooled)).toBeLessThanOrEqual(away(other) + 1e-9);
      }),
    );
  });

  it("of two hypotheses are the mean of chances, of log-odds, and of log-odds times the exponent", () => {
    const all = [two("a", 0.2, 1), two("b", 0.9, 3)];
    expect(pool("linear", all).chances["yes"]).toBeCloseTo(0.725, 12);
    const mean = 0.25 * logitOf(0.2) + 0.75 * logitOf(0.9);
    expect(logitOf(pool("logarithmic", all).chances["yes"] ?? 0)).toBeCloseTo(mean, 10);
    const sharp = pool("extremised", all, { exponent: 2 });
    expect(logitOf(sharp.chances["yes"] ?? 0)).toBeCloseTo(2 * mean, 10);
    expect(sharp.exponent).toBe(2);
    // Baron et al.: p^a / (p^a + (1 - p)^a).
    expect(extremise({ yes: 0.8, no: 0.2 }, 2)["yes"]).toBeCloseTo(0.64 / 0.68, 12);
    expect(extremise({ yes: 1, no: 0 }, 3)).toEqual({ yes: 1, no: 0 });
    expect(extremise({ yes: 0.5, no: 0.5 }, 3)).toEqual({ yes: 0.5, no: 0.5 });
  });

  it("sharpen by an exponent above 1, blunt by one below, and leave be at 1", () => {
    fc.assert(
      fc.property(members, (all) => {
        const plain = pool("logarithmic", all).chances;
        same(pool("extremised", all, { exponent: 1 }).chances, plain);
        same(pool("extremised", all, { exponent: 1.7 }).chances, extremise(plain, 1.7));
        const most = Math.max(...Object.values(plain));
        expect(Math.max(...Object.values(extremise(plain, 2)))).toBeGreaterThanOrEqual(most - 1e-12);
        expect(Math.max(...Object.values(extremise(plain, 0.5)))).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
  });

  it("do not hear who has no weight, not even a veto", () => {
    fc.assert(
      fc.property(members, fc.constantFrom<PoolMethod>("linear", "logarithmic"), (all, method) => {
        const silent = { name: "silent", chances: named([1, 0, 0]), weight: 0 };
        const pooled = pool(method, [...all, silent]);
        same(pooled.chances, pool(method, all).chances);
        expect(pooled.vetoed).toEqual([]);
        expect(pooled.weights["silent"]).toBe(0);
      }),
    );
  });

  it("take 0 as a veto in the geometric pools, unless a floor is asked for", () => {
    const all: readonly PoolMember[] = [
      { name: "a", chances: { x: 0, y: 0.5, z: 0.5 } },
      { name: "b", chances: { x: 0.9, y: 0.05, z: 0.05 } },
    ];
    const vetoed = pool("logarithmic", all);
    expect(vetoed.vetoed).toEqual(["x"]);
    same(vetoed.chances, { x: 0, y: 0.5, z: 0.5 });
    expect(pool("extremised", all, { exponent: 2 }).vetoed).toEqual(["x"]);
    expect(pool("linear", all).chances["x"]).toBeCloseTo(0.45, 12);
    const floored = pool("logarithmic", all, { floor: 0.005 });
    expect(floored.vetoed).toEqual([]);
    const [x, y] = [Math.sqrt(0.005 * 0.9), Math.sqrt(((1 - 0.005) / 2) * 0.05)];
    expect(floored.chances["x"]).toBeCloseTo(x / (x + 2 * y), 10);
    // One that is sure decides, and two that are sure of different things leave nothing.
    expect(pool("logarithmic", [two("a", 1), two("b", 0.1)]).chances["yes"]).toBe(1);
    expect(codeOf(() => pool("logarithmic", [two("a", 1), two("b", 0)]))).toBe("pool-opposed");
    expect(pool("linear", [two("a", 1), two("b", 0)]).chances["yes"]).toBe(0.5);
  });

  it("weigh by scores once every source has one", () => {
    expect(scoreWeights([undefined, undefined])).toEqual([0.5, 0.5]);
    expect(scoreWeights([0.3, undefined, 0.1])).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const [good = 0, bad = 0] = scoreWeights([0.2, 0.2 + Math.LN2]);
    expect(good / bad).toBeCloseTo(2, 12);
    const [best = 0, worst = 0] = scoreWeights([0.2, 0.2 + Math.LN2], 3);
    expect(best / worst).toBeCloseTo(8, 12);
    expect(scoreWeights([0.1, 5], 0)).toEqual([0.5, 0.5]);
    expect(scoreWeights([2000, 1], 1e6)).toEqual([0, 1]);
  });

  it.each([
    ["no source", () => pool("linear", [])],
    ["a sum that is not 1", () => pool("linear", [{ name: "a", chances: { x: 0.5, y: 0.4 } }])],
    ["a chance above 1", () => pool("linear", [{ name: "a", chances: { x: 1.5, y: -0.5 } }])],
    ["other hypotheses", () => pool("linear", [two("a", 0.5), { name: "b", chances: { yes: 0.5, maybe: 0.5 } }])],
    ["a name twice", () => pool("linear", [two("a", 0.5), two("a", 0.6)])],
    ["a weight below 0", () => pool("linear", [two("a", 0.5, -1), two("b", 0.5)])],
    ["no weight", () => pool("linear", [two("a", 0.5, 0)])],
    ["no exponent", () => pool("extremised", [two("a", 0.5)])],
    ["an exponent where none is used", () => pool("linear", [two("a", 0.5)], { exponent: 2 })],
    ["an exponent of 0", () => extremise({ yes: 0.5, no: 0.5 }, 0)],
    ["a floor too high", () => pool("linear", [two("a", 0.5)], { floor: 0.5 })],
    ["a score that is none", () => scoreWeights([Number.NaN, 1])],
    ["a k below 0", () => scoreWeights([1, 2], -1)],
  ])("are refused for %s", (_, run) => {
    expect(codeOf(run)).toBe("invalid-parameter");
  });
});
