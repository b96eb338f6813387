import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { mean, quantile, quantileSorted, variance } from "../../../src/core/stats/index.ts";

const SEED = 5;
const RUNS = { seed: SEED, numRuns: 200 };
/** Some roundings. */
const TOL = 1e-12;
/** Squares below this are subnormal and have no figures. */
const SMALLEST = 1e-300;

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const sample = fc.array(finite, { minLength: 2, maxLength: 40 });

describe("mean and variance", () => {
  test("of a few numbers are what one counts by hand", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(variance([1, 2, 6])).toBe(7);
    expect(mean(Float64Array.of(4))).toBe(4);
    expect(variance([5, 5, 5])).toBe(0);
  });

  test("keep their figures where the mean is large beside the spread", () => {
    // The certified values of NIST's Statistical Reference Datasets, NumAcc4: mean 10000000.2, standard deviation 0.1.
    const values = [10000000.2, ...Array.from({ length: 500 }, () => [10000000.1, 10000000.3]).flat()];
    const TOL_STRD = 1e-8;
    expect(Math.abs(mean(values) - 10000000.2)).toBeLessThan(TOL_STRD);
    expect(Math.abs(Math.sqrt(variance(values)) / 0.1 - 1)).toBeLessThan(TOL_STRD);
  });

  test("do not overflow where the values do not", () => {
    expect(mean([1.7e308, 1.7e308, 1.7e308])).toBe(1.7e308);
  });

  test("move with the values and scale with them", () => {
    fc.assert(
      fc.property(sample, finite, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, shift, factor) => {
        const moved = values.map((x) => factor * x + shift);
        const size = factor * Math.max(...values.map(Math.abs)) + Math.abs(shift);
        expect(Math.abs(mean(moved) - (factor * mean(values) + shift))).toBeLessThanOrEqual(TOL * size);
        expect(Math.abs(variance(moved) - factor * factor * variance(values))).toBeLessThanOrEqual(
          TOL * size * size + SMALLEST,
        );
      }),
      RUNS,
    );
  });

  test("of nothing are refused, and of what is not finite", () => {
    expect(() => mean([])).toThrow("invalid number of values: 0 (expected at least 1)");
    expect(() => variance([1])).toThrow("invalid number of values: 1 (expected at least 2)");
    expect(() => mean([1, Number.NaN])).toThrow("invalid values: NaN (expected finite numbers)");
    expect(() => variance([1, Number.POSITIVE_INFINITY])).toThrow(ParleyError);
  });
});

describe("quantile", () => {
  test("is type 7 of Hyndman & Fan", () => {
    // quantile(1:10, c(0, .1, .25, .5, .9, 1)) of R 4, whose default is type 7.
    const values = [7, 1, 10, 3, 5, 2, 9, 4, 8, 6];
    expect([0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantile(values, p))).toEqual([1, 1.9, 3.25, 5.5, 9.1, 10]);
    expect(quantile([42], 0.3)).toBe(42);
  });

  test("leaves its argument as it was", () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  test("of sorted values is the same without sorting", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = Float64Array.from(values).sort();
        expect(quantileSorted(sorted, p)).toBe(quantile(values, p));
        expect(quantile(values, p)).toBeGreaterThanOrEqual(sorted[0] as number);
        expect(quantile(values, p)).toBeLessThanOrEqual(sorted[sorted.length - 1] as number);
      }),
      RUNS,
    );
  });

  test("rises with p and mirrors with the signs", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }), (values, a, b) => {
        const [p, r] = [Math.min(a, b) / 32, Math.max(a, b) / 32];
        expect(quantile(values, p)).toBeLessThanOrEqual(quantile(values, r) + TOL * 1e6);
        const negative = values.map((x) => -x);
        expect(Math.abs(quantile(values, p) + quantile(negative, 1 - p))).toBeLessThanOrEqual(TOL * 1e6);
      }),
      RUNS,
    );
  });

  test("is refused for p outside [0, 1] and for no values", () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1, 2], p)).toThrow("expected a number from 0 to 1");
    expect(() => quantile([], 0.5)).toThrow(ParleyError);
    expect(() => quantileSorted(new Float64Array(0), 0.5)).toThrow("invalid number of values: 0 (expected at least 1)");
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow(ParleyError);
  });
});
