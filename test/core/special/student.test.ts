import stdTQuantile from "@stdlib/stats-base-dists-t-quantile";
import { describe, expect, test } from "vitest";
import { normalCdf, normalQuantile, tCdf, tQuantile, tSurvival } from "../../../src/core/special/index.ts";
import { exponents, grid } from "../math/arguments.ts";
import { betaKernel, betaTails, D, type Dec, decimal, relativeError } from "./oracle.ts";

/** What is asked of these functions. */
const TOL = 1e-12;
const TOL_STDLIB = 1e-9;

const DEGREES = [0.1, 1, 2, 3, 7.5, 30, 1000, 1e6];
const HALF = new D(0.5);

/** The chance beyond |x|, one-sided. */
function exactTail(x: Dec, n: number): Dec {
  const degrees = decimal(n);
  return betaTails(degrees.div(degrees.plus(x.times(x))), degrees.div(2), HALF).lower.div(2);
}

describe("tCdf", () => {
  test.each(DEGREES)("is within 1e-12 for %d degrees of freedom", (n) => {
    for (const x of [...grid(-12, -0.1, 14), ...exponents(-30, 60, 8).map((x) => -Math.abs(x))]) {
      const exact = exactTail(decimal(x), n);
      expect(relativeError(tCdf(x, n), exact), `at ${x}`).toBeLessThan(TOL);
      expect(tSurvival(-x, n)).toBe(tCdf(x, n));
      expect(tCdf(-x, n)).toBe(1 - tCdf(x, n));
    }
  });

  test("has closed forms for one and two degrees of freedom", () => {
    for (const x of grid(-30, 30, 61)) {
      expect(Math.abs(tCdf(x, 1) - (0.5 + Math.atan(x) / Math.PI))).toBeLessThan(1e-15);
      expect(Math.abs(tCdf(x, 2) - (0.5 + x / (2 * Math.sqrt(2 + x * x))))).toBeLessThan(1e-15);
    }
  });

  test("keeps the Cauchy tail 1 / (pi |x|) to the end of the doubles", () => {
    for (const x of [1e100, 1e150, 1.1e150, 1e200, 1e300]) {
      expect(Math.abs(tCdf(-x, 1) * Math.PI * x - 1)).toBeLessThan(TOL);
    }
  });

  test("tends to the normal distribution function", () => {
    // The difference is of order 1 / n (Abramowitz & Stegun 26.7.5).
    for (const x of grid(-4, 4, 17)) expect(Math.abs(tCdf(x, 1e9) - normalCdf(x))).toBeLessThan(1e-9);
  });

  test("has its limits, and is NaN outside its domain", () => {
    expect(tCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(tCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
    expect(tCdf(0, 3)).toBe(0.5);
    expect(tCdf(1, 0)).toBeNaN();
    expect(tCdf(Number.NaN, 3)).toBeNaN();
  });
});

describe("tQuantile", () => {
  test.each(DEGREES)("is within 1e-12 for %d degrees of freedom", (n) => {
    for (const tail of [0.4999999, 0.4, 0.25, 0.1, 0.025, 1e-4, 1e-12, 1e-60, 1e-300]) {
      const x = tQuantile(tail, n);
      if (!(Math.abs(x) < 1e150)) continue;
      const at = decimal(x);
      const degrees = decimal(n);
      const z = degrees.div(degrees.plus(at.times(at)));
      // x f(x), from the derivative of I_z by log z / (1 - z).
      const slope = betaKernel(z, degrees.div(2), HALF);
      expect(exactTail(at, n).minus(decimal(tail)).div(slope).abs().toNumber(), `p = ${tail}`).toBeLessThan(TOL);
    }
  });

  test("gives the published critical values", () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2, to three places.
    const TOL_TABLE = 5.1e-4;
    const table = [
      [1, 12.706],
      [2, 4.303],
      [5, 2.571],
      [10, 2.228],
      [30, 2.042],
      [100, 1.984],
    ] as const;
    for (const [n, x] of table) expect(Math.abs(tQuantile(0.975, n) - x)).toBeLessThan(TOL_TABLE);
  });

  test("agrees with an independent implementation", () => {
    for (const n of [1, 2, 7.5, 30, 1000]) {
      for (const p of grid(0.01, 0.49, 13)) {
        expect(Math.abs(tQuantile(p, n) / stdTQuantile(p, n) - 1)).toBeLessThan(TOL_STDLIB);
      }
    }
  });

  test("is odd about 1/2, infinite at 0 and 1, and tends to the normal quantile", () => {
    for (const p of [1 / 1024, 1 / 8, 3 / 8]) expect(tQuantile(1 - p, 4)).toBe(-tQuantile(p, 4));
    expect(tQuantile(0.5, 4)).toBe(0);
    expect(tQuantile(0, 4)).toBe(Number.NEGATIVE_INFINITY);
    expect(tQuantile(1, 4)).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(tQuantile(0.975, 1e9) - normalQuantile(0.975))).toBeLessThan(1e-8);
    for (const [p, n] of [
      [-0.1, 1],
      [1.1, 1],
      [0.5, 0],
      [Number.NaN, 1],
    ] as const)
      expect(tQuantile(p, n)).toBeNaN();
  });
});
