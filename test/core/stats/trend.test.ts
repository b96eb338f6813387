import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { mannKendall, theilSen } from "../../../src/core/stats/index.ts";

const SEED = 9;
const RUNS = { seed: SEED, numRuns: 150 };
const TOL = 1e-9;

/** Whole numbers, so that ties occur and sums are exact. */
const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 25 });
const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 4,
  maxLength: 20,
});

describe("the Theil-Sen line", () => {
  test("gives Sen's own example", () => {
    // Sen (1968), section 6: slope 4, 93 % interval from 26/7 to 35/8; the intercept is the median of y - 4 x.
    const x = [1, 2, 3, 4, 10, 12, 18];
    const y = [9, 15, 19, 20, 45, 55, 78];
    expect(theilSen(x, y, { level: 0.93 })).toEqual({ slope: 4, intercept: 6, low: 26 / 7, high: 35 / 8 });
  });

  test("goes through points that lie on a line", () => {
    const x = [0, 1, 5, 9, 10];
    expect(
      theilSen(
        x,
        x.map((at) => 3 - 0.5 * at),
      ),
    ).toEqual({ slope: -0.5, intercept: 3, low: -0.5, high: -0.5 });
  });

  test("is not moved by an outlier", () => {
    const x = Array.from({ length: 20 }, (_, i) => i);
    const y = x.map((at) => 2 * at + 1);
    expect(theilSen(x, [...y.slice(0, 19), 1e9])).toMatchObject({ slope: 2, intercept: 1 });
  });

  test("moves and scales with y, and keeps its slope whatever the order of the points", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), (pairs, shift, factor) => {
        fc.pre(new Set(pairs.map(([x]) => x)).size > 1);
        const x = pairs.map(([at]) => at);
        const y = pairs.map(([, value]) => value);
        const line = theilSen(x, y);
        const moved = theilSen(
          x,
          y.map((value) => factor * value + shift),
        );
        expect(Math.abs(moved.slope - factor * line.slope)).toBeLessThan(TOL);
        expect(Math.abs(moved.intercept - (factor * line.intercept + shift))).toBeLessThan(TOL * 100);
        const turned = theilSen(
          x,
          y.map((value) => -value),
        );
        expect(Math.abs(turned.slope + line.slope)).toBeLessThan(TOL);
        expect(Math.abs(turned.low + line.high)).toBeLessThan(TOL);
        const backwards = theilSen(x.toReversed(), y.toReversed());
        expect(backwards.slope).toBe(line.slope);
        expect(line.low).toBeLessThanOrEqual(line.slope);
        expect(line.high).toBeGreaterThanOrEqual(line.slope);
      }),
      RUNS,
    );
  });

  test("has an interval that covers the true slope about as often as it says", () => {
    // A line with slope 1 and rounded sine waves as noise: deterministic, and as good as random for this end.
    let covered = 0;
    const SERIES = 400;
    for (let k = 0; k < SERIES; k++) {
      const x = Array.from({ length: 24 }, (_, i) => i);
      const noise = (i: number) => 10 * ((Math.sin(12.9898 * (i + 31 * k)) * 43758.5453) % 1);
      const { low, high } = theilSen(
        x,
        x.map((at) => at + noise(at)),
        { level: 0.9 },
      );
      if (low <= 1 && high >= 1) covered++;
    }
    // 90 %, with four standard errors and the approximation's own error.
    expect(covered / SERIES).toBeGreaterThan(0.82);
    expect(covered / SERIES).toBeLessThan(0.97);
  });

  test("is refused for lists of unequal length, a single x and too few points", () => {
    expect(() => theilSen([1, 2, 3], [1, 2])).toThrow("invalid number of values of y: 2 (expected 3, one for each x)");
    expect(() => theilSen([2, 2], [1, 5])).toThrow("invalid x: 2 (expected at least two different values)");
    expect(() => theilSen([1], [1])).toThrow(ParleyError);
    expect(() => theilSen([1, 2], [1, 2], { level: 1 })).toThrow(
      "invalid level: 1 (expected a number between 0 and 1)",
    );
  });
});

describe("the Mann-Kendall test", () => {
  test("gives a published example with a tie", () => {
    // J. B. Little, College of the Holy Cross, "A Mann-Kendall example (by hand)": S = 54, Z = 2.9058, p about .0018.
    const series = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11, 17.3, 15.9, 19, 18.3, 20.1, 21.7];
    const { s, variance, z, pRising } = mannKendall(series);
    expect(s).toBe(54);
    expect(variance).toBeCloseTo((14 * 13 * 33 - 2 * 1 * 9) / 18, 10);
    expect(Math.abs(z - 2.9058)).toBeLessThan(5e-5);
    expect(Math.abs(pRising - 0.0018)).toBeLessThan(5e-5);
  });

  test("has the largest s for values that rise all the way", () => {
    const { s, variance, pRising, pFalling } = mannKendall([1, 2, 3, 4, 5, 6]);
    expect(s).toBe(15);
    expect(variance).toBeCloseTo((6 * 5 * 17) / 18, 12);
    expect(pRising).toBeLessThan(0.005);
    expect(pFalling).toBeGreaterThan(0.99);
  });

  test("is near the exact chances of s, which all orders of six values give", () => {
    const orders = permutations([1, 2, 3, 4, 5, 6]);
    const scores = orders.map((order) => mannKendall(order).s);
    const APPROXIMATION = 0.01;
    for (const series of [
      [1, 2, 3, 4, 6, 5],
      [2, 1, 3, 4, 5, 6],
      [3, 1, 2, 6, 4, 5],
      [6, 1, 5, 2, 4, 3],
    ]) {
      const { s, pRising, pFalling } = mannKendall(series);
      const share = (test: (other: number) => boolean) => scores.filter(test).length / scores.length;
      expect(Math.abs(pRising - share((other) => other >= s))).toBeLessThan(APPROXIMATION);
      expect(Math.abs(pFalling - share((other) => other <= s))).toBeLessThan(APPROXIMATION);
    }
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const variance = scores.reduce((a, b) => a + b * b, 0) / scores.length;
    expect(mean).toBe(0);
    expect(variance).toBeCloseTo(mannKendall([1, 2, 3, 4, 5, 6]).variance, 10);
  });

  test("has the exact variance with ties, which all orders give", () => {
    const scores = permutations([1, 1, 2, 3, 3, 3]).map((order) => mannKendall(order).s);
    const variance = scores.reduce((a, b) => a + b * b, 0) / scores.length;
    expect(variance).toBeCloseTo(mannKendall([1, 1, 2, 3, 3, 3]).variance, 10);
  });

  test("turns its signs when the series is reversed or mirrored", () => {
    fc.assert(
      fc.property(values, (series) => {
        const one = mannKendall(series);
        for (const other of [mannKendall(series.toReversed()), mannKendall(series.map((x) => -x))]) {
          expect(other.s + one.s).toBe(0);
          expect(other.z + one.z).toBe(0);
          expect(other.pRising).toBe(one.pFalling);
          expect(other.pTwoSided).toBe(one.pTwoSided);
        }
        expect(mannKendall(series.map((x) => x ** 3 + 7))).toEqual(one);
      }),
      RUNS,
    );
  });

  test("says nothing of values that are all the same", () => {
    expect(mannKendall([4, 4, 4])).toEqual({ s: 0, variance: 0, z: 0, pRising: 1, pFalling: 1, pTwoSided: 1 });
  });

  test("is refused for a single value", () => {
    expect(() => mannKendall([1])).toThrow("invalid number of values: 1 (expected at least 2)");
  });
});

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((first, i) => permutations(values.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
