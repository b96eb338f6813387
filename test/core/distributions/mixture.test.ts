import { describe, expect, test } from "vitest";
import { constant, exponential, mixture, normal, poisson, uniform } from "../../../src/core/distributions/index.ts";
import { invert } from "../../../src/core/distributions/invert.ts";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { grid } from "../math/arguments.ts";

const TOL = 1e-14;

describe("a mixture", () => {
  test("of distributions side by side has the quantiles of its parts", () => {
    const d = mixture([uniform(0, 1), uniform(2, 3)], [0.25, 0.75]);
    for (const p of grid(0.01, 0.24, 24)) expect(Math.abs(d.quantile(p) - p / 0.25)).toBeLessThan(TOL);
    for (const p of grid(0.26, 0.99, 24))
      expect(Math.abs(d.quantile(p) - (2 + (p - 0.25) / 0.75))).toBeLessThan(4 * TOL);
    expect(d.quantile(0.25)).toBeLessThanOrEqual(1);
  });

  test("has the moments of its parts by the law of total variance", () => {
    const d = mixture([normal(1, 2), normal(5, 3)], [1, 3]);
    expect(d.mean).toBe(4);
    expect(Math.abs(d.sd - Math.sqrt(0.25 * 4 + 0.75 * 9 + 0.25 * 9 + 0.75 * 1))).toBeLessThan(TOL);
    expect(d.support).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test("divides its weights by their sum and leaves out parts without any", () => {
    const d = mixture([uniform(0, 1), normal(0, 1), uniform(4, 5)], [2, 0, 6]);
    expect(d.weights).toEqual([0.25, 0.75]);
    expect(d.components.map((part) => part.kind)).toEqual(["uniform", "uniform"]);
    expect(d.support).toEqual([0, 5]);
  });

  test("of one part is that part", () => {
    const part = exponential(3);
    const d = mixture([part], [7]);
    for (const p of grid(0.01, 0.99, 30)) expect(Math.abs(d.quantile(p) / part.quantile(p) - 1)).toBeLessThan(TOL);
  });

  test("keeps single values that have a probability exactly", () => {
    const d = mixture([constant(0), constant(2.5), normal(0, 1)], [0.3, 0.2, 0.5]);
    expect(d.quantile(0.4)).toBe(0);
    expect(d.quantile(0.9)).toBe(2.5);
    expect(d.cdf(0)).toBeCloseTo(0.55, 15);
    const counts = mixture([poisson(2), uniform(0, 100)], [0.9, 0.1]);
    for (const p of [0.05, 0.3, 0.5, 0.7]) expect(Number.isInteger(counts.quantile(p))).toBe(true);
    expect(mixture([constant(1), constant(2)], [0.5, 0.5]).quantile(0.5)).toBe(1);
    expect(mixture([constant(1), constant(2)], [0.5, 0.5]).quantile(0.500001)).toBe(2);
  });

  test("of mixtures is the mixture of their parts", () => {
    const flat = mixture([normal(0, 1), normal(3, 1), uniform(9, 10)], [1, 1, 2]);
    const nested = mixture([mixture([normal(0, 1), normal(3, 1)], [1, 1]), uniform(9, 10)], [1, 1]);
    for (const p of grid(0.02, 0.98, 25)) expect(Math.abs(flat.quantile(p) - nested.quantile(p))).toBeLessThan(1e-12);
  });

  test.each([
    ["no parts", () => mixture([], []), "invalid components: none (expected at least one distribution)"],
    ["too few weights", () => mixture([normal(0, 1)], []), "invalid weights: 0 (expected 1, one for each component)"],
    [
      "a negative weight",
      () => mixture([normal(0, 1), normal(1, 1)], [2, -1]),
      "invalid weight: -1 (expected a number of at least 0)",
    ],
    ["a weight that is no number", () => mixture([normal(0, 1)], [Number.NaN]), "invalid weight: NaN"],
    [
      "no weight at all",
      () => mixture([normal(0, 1)], [0]),
      "invalid sum of weights: 0 (expected a finite number above 0)",
    ],
  ])("with %s is refused", (_, make, message) => {
    expect(make).toThrow(ParleyError);
    expect(make).toThrow(message);
  });
});

describe("inversion", () => {
  test("finds the root of a smooth function to two ulps", () => {
    expect(Math.abs(invert((x) => x ** 3 - 2, 0, 2) - Math.cbrt(2))).toBeLessThan(5e-16);
    expect(Math.abs(invert((x) => Math.expm1(50 * (x - 1)), -10, 10) - 1)).toBeLessThan(5e-16);
  });

  test("finds a jump, and the left end of what lies above it", () => {
    const TWO_ULPS = 5e-16;
    expect(Math.abs(invert((x) => (x < Math.E ? -1 : 1), 0, 10) - Math.E)).toBeLessThan(TWO_ULPS * Math.E);
    expect(Math.abs(invert((x) => (x < 1e-200 ? -1 : 1e9), 0, 1) / 1e-200 - 1)).toBeLessThan(TWO_ULPS);
    expect(Math.abs(invert((x) => (x < -1e20 ? -1e-9 : 0), -1e300, 5) / -1e20 - 1)).toBeLessThan(TWO_ULPS);
  });

  test("takes the lower bound where the function is never negative, and the upper where both are one", () => {
    expect(invert(() => 0, 2, 3)).toBe(2);
    expect(invert(() => -1, 3, 3)).toBe(3);
  });

  test("never gives a point where the function is negative", () => {
    for (let k = 1; k < 200; k++) {
      const f = (x: number) => Math.atan(x * k) - Math.sin(k);
      const x = invert(f, -50, 50);
      if (f(50) >= 0) expect(f(x)).toBeGreaterThanOrEqual(0);
    }
  });
});
