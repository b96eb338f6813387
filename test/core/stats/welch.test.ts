import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { welchT } from "../../../src/core/stats/index.ts";

const SEED = 6;
const TOL = 1e-9;
/** Half of the last figure that is published. */
const FIVE_FIGURES = 5e-5;

const sample = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 20 });
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe("Welch's test", () => {
  test("gives R's figures for Student's sleep data", () => {
    // t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p-value = 0.07939 (R documentation of t.test;
    // data of Student 1908).
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { t, df, pTwoSided, difference } = welchT(first, second);
    expect(Math.abs(t + 1.8608)).toBeLessThan(FIVE_FIGURES);
    expect(Math.abs(df - 17.776)).toBeLessThan(5e-4);
    expect(Math.abs(pTwoSided - 0.07939)).toBeLessThan(5e-6);
    expect(Math.abs(difference + 1.58)).toBeLessThan(TOL);
  });

  test("has Student's degrees of freedom for samples of equal size and spread", () => {
    const { df, t } = welchT([1, 2, 3, 4], [5, 6, 7, 8]);
    expect(df).toBeCloseTo(6, 12);
    expect(t).toBeCloseTo(-4 / Math.sqrt(5 / 6), 12);
  });

  test("turns its signs when the samples change places, and does not move with both", () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: -10, max: 10, noNaN: true }), (a, b, shift) => {
        fc.pre(spread(a) > 1e-3 && spread(b) > 1e-3);
        const one = welchT(a, b);
        const other = welchT(b, a);
        expect(Math.abs(one.t + other.t)).toBeLessThanOrEqual(TOL * Math.abs(one.t));
        expect(Math.abs(one.pGreater - other.pLess)).toBeLessThan(TOL);
        expect(Math.abs(one.pGreater + one.pLess - 1)).toBeLessThan(TOL);
        expect(Math.abs(one.pTwoSided - 2 * Math.min(one.pGreater, one.pLess))).toBeLessThan(TOL);
        const moved = welchT(
          a.map((x) => 2 * x + shift),
          b.map((x) => 2 * x + shift),
        );
        expect(Math.abs(moved.pGreater - one.pGreater)).toBeLessThan(1e-6);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("is certain of a difference between samples without spread, and of none where they are alike", () => {
    expect(welchT([3, 3], [1, 1])).toMatchObject({ t: Number.POSITIVE_INFINITY, pGreater: 0, pLess: 1, pTwoSided: 0 });
    expect(welchT([1, 1, 1], [3, 3])).toMatchObject({ t: Number.NEGATIVE_INFINITY, pGreater: 1, pLess: 0 });
    expect(welchT([2, 2], [2, 2])).toMatchObject({ t: 0, pGreater: 0.5, pLess: 0.5, pTwoSided: 1 });
  });

  test("is refused for a sample of one", () => {
    expect(() => welchT([1], [1, 2])).toThrow("invalid number of values in the first sample: 1 (expected at least 2)");
    expect(() => welchT([1, 2], [1])).toThrow("invalid number of values in the second sample: 1 (expected at least 2)");
    expect(() => welchT([1, Number.NaN], [1, 2])).toThrow(ParleyError);
  });
});
