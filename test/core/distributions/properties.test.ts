import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawInto } from "../../../src/core/distributions/index.ts";
import { createStream, purpose } from "../../../src/core/random/index.ts";
import { CONTINUOUS, DISCRETE, EVERY } from "./all.ts";

const SEED = 7;
const RUNS = { seed: SEED, numRuns: 60 };
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const anyNumber = fc.double({ noNaN: true });

/** What is asked of chances and of values, relative. */
const TOL_CHANCE = 1e-11;
const TOL_VALUE = 1e-14;
const TOL_SUM = 1e-12;

/** A value a little smaller and one a little larger, by more than the roundings of a quantile. */
const around = (x: number) => {
  const step = Math.max(Math.abs(x) * TOL_VALUE, Number.MIN_VALUE);
  return [x - step, x + step] as const;
};

describe.each(EVERY)("%s", (_, d) => {
  test("gives the smallest value whose chance reaches p", () => {
    fc.assert(
      fc.property(probability, (p) => {
        const [before, after] = around(d.quantile(p));
        expect(d.cdf(before)).toBeLessThanOrEqual(p * (1 + TOL_CHANCE));
        expect(d.cdf(after)).toBeGreaterThanOrEqual(p * (1 - TOL_CHANCE));
      }),
      RUNS,
    );
  });

  test("keeps its figures in both tails", () => {
    for (const tail of [0.4, 1e-3, 1e-12, 1e-60, 1e-250]) {
      const low = d.quantile(tail);
      // 1e-250 of a gamma distribution with shape 0.2 lies below 1e-1200: nearer to 0 than any double.
      if (low === 0) continue;
      const [before, after] = around(low);
      expect(d.cdf(before)).toBeLessThanOrEqual(tail * (1 + TOL_CHANCE));
      expect(d.cdf(after)).toBeGreaterThanOrEqual(tail * (1 - TOL_CHANCE));
      const [less, more] = around(d.upperQuantile(tail));
      expect(d.survival(less)).toBeGreaterThanOrEqual(tail * (1 - TOL_CHANCE));
      expect(d.survival(more)).toBeLessThanOrEqual(tail * (1 + TOL_CHANCE));
    }
  });

  test("has chances that add up to 1 and rise", () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (x, y) => {
        expect(Math.abs(d.cdf(x) + d.survival(x) - 1)).toBeLessThan(TOL_SUM);
        const [low, high] = x < y ? [x, y] : [y, x];
        expect(d.cdf(low)).toBeLessThanOrEqual(d.cdf(high));
        expect(d.survival(low)).toBeGreaterThanOrEqual(d.survival(high));
      }),
      RUNS,
    );
  });

  test("has quantiles that rise with p and stay in its support", () => {
    fc.assert(
      fc.property(probability, probability, (p, r) => {
        expect(d.quantile(Math.min(p, r))).toBeLessThanOrEqual(d.quantile(Math.max(p, r)));
        expect(d.quantile(p)).toBeGreaterThanOrEqual(d.support[0]);
        expect(d.quantile(p)).toBeLessThanOrEqual(d.support[1]);
      }),
      RUNS,
    );
  });

  test("reaches its support at p = 0 and 1, and is NaN outside", () => {
    expect(d.quantile(0)).toBe(d.support[0]);
    expect(d.quantile(1)).toBe(d.support[1]);
    expect(d.upperQuantile(1)).toBe(d.support[0]);
    expect(d.upperQuantile(0)).toBe(d.support[1]);
    for (const p of [-1e-9, 1.000001, Number.NaN]) {
      expect(d.quantile(p)).toBeNaN();
      expect(d.upperQuantile(p)).toBeNaN();
    }
    expect(d.cdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(d.cdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(d.survival(Number.POSITIVE_INFINITY)).toBe(0);
    expect(d.cdf(Number.NaN)).toBeNaN();
    expect(d.survival(Number.NaN)).toBeNaN();
  });

  test("has the mean and standard deviation of its draws, to four standard errors", () => {
    const COUNT = 4_000;
    const out = new Float64Array(COUNT);
    drawInto(d, createStream(SEED, purpose("TEST")), 0, 0, 0, out);
    const mean = out.reduce((a, b) => a + b, 0) / COUNT;
    expect(Math.abs(mean - d.mean)).toBeLessThanOrEqual((4 * d.sd) / Math.sqrt(COUNT));
    const deviations = out.map((x) => (x - mean) ** 2);
    const variance = deviations.reduce((a, b) => a + b, 0) / COUNT;
    const errorOfVariance = Math.sqrt(deviations.reduce((a, b) => a + (b - variance) ** 2, 0)) / COUNT;
    // Heavy tails make the estimated error itself too small now and then: six of them, and the mean's own shift.
    expect(Math.abs(variance - d.sd ** 2)).toBeLessThanOrEqual(6 * errorOfVariance + d.sd ** 2 / 1000);
  });

  test("is frozen", () => {
    expect(Object.isFrozen(d)).toBe(true);
    expect(Object.isFrozen(d.support)).toBe(true);
  });
});

test("there is a case of every kind", () => {
  expect(new Set(EVERY.map(([, d]) => d.kind)).size).toBe(12);
  expect(DISCRETE.length + CONTINUOUS.length).toBe(EVERY.length);
});
