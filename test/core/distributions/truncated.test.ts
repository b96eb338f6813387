import { describe, expect, test } from "vitest";
import {
  beta,
  constant,
  exponential,
  lognormal,
  mixture,
  normal,
  poisson,
  truncated,
  uniform,
} from "../../../src/core/distributions/index.ts";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { grid } from "../math/arguments.ts";
import { D, decimal, normalCdf } from "../special/oracle.ts";

const INFINITY = Number.POSITIVE_INFINITY;
/** What the integration of moments promises. */
const TOL_MOMENT = 1e-10;
const TOL = 1e-12;

const close = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

describe("a truncated distribution", () => {
  test("of a uniform one is uniform", () => {
    const d = truncated(uniform(0, 10), 2, 4);
    for (const p of grid(0, 1, 21)) expect(Math.abs(d.quantile(p) - (2 + 2 * p))).toBeLessThan(1e-14);
    close(d.mean, 3, TOL_MOMENT);
    close(d.sd, 2 / Math.sqrt(12), TOL_MOMENT);
    expect(d.support).toEqual([2, 4]);
  });

  test("of an exponential one beyond its start is the same, moved", () => {
    const d = truncated(exponential(2), 30, INFINITY);
    for (const p of grid(0.05, 0.95, 19)) close(d.quantile(p), 30 + exponential(2).quantile(p), TOL);
    close(d.mean, 30.5, TOL_MOMENT);
    close(d.sd, 0.5, TOL_MOMENT);
  });

  test("of a normal one has the moments of Johnson, Kotz & Balakrishnan (1994), section 13.10.1", () => {
    const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    for (const [a, b] of [
      [-1, 2],
      [0, INFINITY],
      [-0.5, 0.25],
      [1, 3],
    ] as const) {
      const mass = normalCdf(decimal(Math.min(b, 40)))
        .minus(normalCdf(decimal(a)))
        .toNumber();
      const [fa, fb] = [density(a), b === INFINITY ? 0 : density(b)];
      const mean = (fa - fb) / mass;
      const variance = 1 + (a * fa - (b === INFINITY ? 0 : b * fb)) / mass - mean * mean;
      const d = truncated(normal(0, 1), a, b);
      expect(Math.abs(d.mean - mean)).toBeLessThan(TOL_MOMENT);
      close(d.sd, Math.sqrt(variance), TOL_MOMENT);
    }
  });

  test.each([
    [8, INFINITY],
    [-INFINITY, -8],
    [-20, -19],
    [35, 36],
    [-1, 3],
  ])("of a normal one keeps its figures from %d to %d", (low, high) => {
    const d = truncated(normal(0, 1), low, high);
    const upper = low > 0;
    // Chances of the exact distribution, in the tail where the interval lies.
    const chance = (x: number) => (x === INFINITY || x === -INFINITY ? new D(0) : normalCdf(decimal(upper ? -x : x)));
    for (const p of [1e-6, 0.2, 0.5, 0.9, 1 - 1e-6]) {
      const x = d.quantile(p);
      const share = chance(x)
        .minus(chance(low))
        .div(chance(high).minus(chance(low)))
        .toNumber();
      // A rounding of x changes the chance by x times the density's slope: some hundred roundings out here.
      expect(Math.abs(share - p)).toBeLessThan(TOL);
      expect(Math.abs(d.cdf(x) - p)).toBeLessThan(TOL);
    }
  });

  test("that lies inside the interval is returned as it is", () => {
    const d = beta(2, 3);
    expect(truncated(d, 0, 1)).toBe(d);
    expect(truncated(d, -INFINITY, INFINITY)).toBe(d);
    expect(truncated(constant(2), 0, 5)).toMatchObject({ kind: "constant", value: 2 });
  });

  test("of a truncated one is cut to what both leave", () => {
    const once = truncated(normal(0, 1), -1, 1.5);
    const twice = truncated(truncated(normal(0, 1), -1, 4), -3, 1.5);
    expect(twice).toMatchObject({ kind: "truncated", low: -1, high: 1.5 });
    expect(twice.quantile(0.37)).toBe(once.quantile(0.37));
    expect(truncated(once, -2, 2)).toBe(once);
  });

  test("of a count keeps both ends of the interval", () => {
    const d = truncated(poisson(3), 2, 4);
    const chances = [4.5, 4.5, 3.375];
    const sum = chances.reduce((a, b) => a + b);
    close(d.cdf(2), 4.5 / sum, TOL);
    close(d.cdf(3.5), 9 / sum, TOL);
    expect(d.quantile(0)).toBe(2);
    expect(d.quantile(4.4 / sum)).toBe(2);
    expect(d.quantile(4.6 / sum)).toBe(3);
    expect(d.quantile(1)).toBe(4);
    const mean = (2 * 4.5 + 3 * 4.5 + 4 * 3.375) / sum;
    close(d.mean, mean, TOL);
    close(d.sd, Math.sqrt((4.5 * (2 - mean) ** 2 + 4.5 * (3 - mean) ** 2 + 3.375 * (4 - mean) ** 2) / sum), TOL);
    const far = truncated(poisson(3), 30, INFINITY);
    expect(far.quantile(0.5)).toBe(30);
    expect(far.mean).toBeGreaterThan(30);
    expect(far.mean).toBeLessThan(30.2);
  });

  test("of a mixture is the mixture of its truncated parts", () => {
    const d = truncated(mixture([uniform(0, 4), constant(3), lognormal(0, 1)], [0.5, 0.3, 0.2]), 2, 3);
    const weights = [0.125, 0.3, 0.2 * (lognormal(0, 1).cdf(3) - lognormal(0, 1).cdf(2))];
    const means = [2.5, 3, truncated(lognormal(0, 1), 2, 3).mean];
    const sum = weights.reduce((a, b) => a + b);
    close(
      d.mean,
      weights.reduce((total, w, i) => total + (w / sum) * (means[i] as number), 0),
      TOL_MOMENT,
    );
    expect(d.quantile(0.99)).toBe(3);
    close(1 - d.cdf(2.999999999), 0.3 / sum, 1e-8);
  });

  test.each([
    [
      "ends in the wrong order",
      () => truncated(normal(0, 1), 2, 1),
      "invalid high: 1 (expected a number of at least low, 2)",
    ],
    ["an end that is no number", () => truncated(normal(0, 1), Number.NaN, 1), "invalid low: NaN (expected a number)"],
    ["an interval beside the support", () => truncated(uniform(0, 1), 2, 3), "invalid truncation: 2 to 1"],
    ["a single value without probability", () => truncated(normal(0, 1), 2, 2), "invalid truncation: 2 to 2"],
    [
      "an interval beyond every double's chance",
      () => truncated(normal(0, 1), 50, 60),
      "expected an interval in which the distribution has a probability",
    ],
  ])("with %s is refused", (_, make, message) => {
    expect(make).toThrow(ParleyError);
    expect(make).toThrow(message);
  });
});
