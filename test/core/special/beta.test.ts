import stdBetainc from "@stdlib/math-base-special-betainc";
import stdBetaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { describe, expect, test } from "vitest";
import { betaI, betaQuantile, betaUpperQuantile } from "../../../src/core/special/index.ts";
import { between, exponents, grid } from "../math/arguments.ts";
import { betaKernel, betaTails, D, decimal, relativeError } from "./oracle.ts";

/** What is asked of these functions, where the problem allows it. */
const TOL = 1e-12;
const TOL_STDLIB = 1e-10;

const PARAMETERS = [
  [0.5, 10.5],
  [1e-3, 1e-3],
  [1e-3, 30],
  [30, 1e-3],
  [0.5, 0.5],
  [1, 1],
  [2, 5],
  [0.03, 7],
  [40, 3],
  [250, 400],
  [5000, 0.5],
  [1e5, 2.5],
] as const;

/** Arguments within ten standard deviations of the mean, and towards both ends. */
function around(a: number, b: number): number[] {
  const mean = a / (a + b);
  const sd = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  const ends = exponents(-40, -1, 6).map(Math.abs);
  return [...grid(-10, 10, 9).map((z) => mean + z * sd), ...ends, ...ends.map((x) => 1 - x)].filter(
    (x) => x > 0 && x < 1,
  );
}

describe("betaI", () => {
  test.each(PARAMETERS)("is within 1e-12 of the exact tail for parameters %d and %d", (a, b) => {
    for (const x of around(a, b)) {
      const { lower } = betaTails(decimal(x), decimal(a), decimal(b));
      expect(relativeError(betaI(x, a, b), lower), `at ${x}`).toBeLessThan(TOL);
    }
  });

  test("is within 1e-12 for parameters of 1e6", () => {
    for (const x of [0.499, 0.501]) {
      const { lower } = betaTails(decimal(x), decimal(1e6), decimal(1e6));
      expect(relativeError(betaI(x, 1e6, 1e6), lower)).toBeLessThan(TOL);
    }
  });

  test("agrees with an independent implementation", () => {
    for (const [a, b] of [
      [0.5, 10.5],
      [2, 5],
      [40, 3],
      [250, 400],
      [0.3, 0.2],
    ] as const) {
      for (const x of grid(0.02, 0.98, 25)) {
        const expected = stdBetainc(x, a, b);
        if (expected > 1e-290) expect(Math.abs(betaI(x, a, b) / expected - 1)).toBeLessThan(TOL_STDLIB);
      }
    }
  });

  test("mirrors when x and the parameters are exchanged", () => {
    const ROUNDINGS = 4e-16;
    const a = exponents(-9, 9, 300).map(Math.abs);
    const b = exponents(-9, 9, 300).map(Math.abs).toReversed();
    between(0, 1, 300).forEach((raw, i) => {
      // A multiple of 2^-30, so that 1 - x is exact.
      const x = Math.round(raw * 2 ** 30) / 2 ** 30;
      const sum = betaI(x, a[i] as number, b[i] as number) + betaI(1 - x, b[i] as number, a[i] as number);
      expect(Math.abs(sum - 1)).toBeLessThan(ROUNDINGS);
    });
  });

  test("has closed forms for small whole parameters", () => {
    for (const x of grid(0.05, 0.95, 19)) {
      expect(Math.abs(betaI(x, 1, 1) - x)).toBeLessThan(1e-15);
      expect(Math.abs(betaI(x, 2, 1) - x * x)).toBeLessThan(1e-15);
      expect(Math.abs(betaI(x, 2, 2) - x * x * (3 - 2 * x))).toBeLessThan(1e-15);
      // The arcsine distribution.
      expect(Math.abs(betaI(x, 0.5, 0.5) - (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeLessThan(1e-15);
    }
  });

  test("is 0 and 1 at the ends, and NaN outside its domain", () => {
    expect(betaI(0, 2, 3)).toBe(0);
    expect(betaI(1, 2, 3)).toBe(1);
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, -1],
      [Number.NaN, 1, 1],
    ] as const) {
      expect(betaI(x, a, b)).toBeNaN();
    }
  });
});

describe("betaQuantile", () => {
  /** The relative error of x to first order: (F(x) - p) / (x f(x)), taken in the smaller tail. */
  function quantileError(x: number, a: number, b: number, tail: number, lower: boolean): number {
    const at = decimal(x);
    const tails = betaTails(at, decimal(a), decimal(b));
    const slope = betaKernel(at, decimal(a), decimal(b)).div(new D(1).minus(at));
    return (lower ? tails.lower : tails.upper).minus(decimal(tail)).div(slope).abs().toNumber();
  }

  test.each(PARAMETERS)("is within 1e-12 in both tails for parameters %d and %d", (a, b) => {
    for (const tail of [0.5, 0.31, 0.025, 1e-3, 1e-12, 1e-80, 1e-300]) {
      const low = betaQuantile(tail, a, b);
      if (low > 1e-300 && low < 1) expect(quantileError(low, a, b, tail, true), `lower ${tail}`).toBeLessThan(TOL);
      const high = betaUpperQuantile(tail, a, b);
      // Next to 1 the spacing of doubles, not the method, limits what x can say about the upper tail.
      const representable = quantileError(high, a, b, tail, false);
      if (high > 1e-300 && high < 1) expect(representable, `upper ${tail}`).toBeLessThan(TOL);
    }
  });

  test("agrees with an independent implementation", () => {
    expect(betaQuantile(0.975, 0.5, 10.5)).toBeCloseTo(stdBetaQuantile(0.975, 0.5, 10.5), 14);
    for (const [a, b] of [
      [0.5, 10.5],
      [2, 5],
      [40, 3],
      [250, 400],
    ] as const) {
      for (const p of grid(0.02, 0.98, 13)) {
        expect(Math.abs(betaQuantile(p, a, b) / stdBetaQuantile(p, a, b) - 1)).toBeLessThan(TOL_STDLIB);
      }
    }
  });

  test("finds tails so thin that the first guess has no chance at all", () => {
    const [a, b, tail] = [84265.59508111744, 4402.980572142407, 6.446597285060498e-284];
    expect(quantileError(betaQuantile(tail, a, b), a, b, tail, true)).toBeLessThan(TOL);
    expect(betaUpperQuantile(tail, b, a)).toBeCloseTo(1 - betaQuantile(tail, a, b), 12);
  });

  test("rises with p", () => {
    for (const [a, b] of [
      [0.05, 3],
      [0.9, 0.2],
      [2, 2],
      [77, 500],
    ] as const) {
      let last = 0;
      for (const p of grid(0.001, 0.999, 400)) {
        const x = betaQuantile(p, a, b);
        expect(x).toBeGreaterThanOrEqual(last);
        last = x;
      }
    }
  });

  test("is 0 and 1 at the ends, and NaN outside its domain", () => {
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
    expect(betaUpperQuantile(0, 2, 3)).toBe(1);
    expect(betaUpperQuantile(1, 2, 3)).toBe(0);
    for (const [p, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, -1],
      [Number.NaN, 1, 1],
    ] as const) {
      expect(betaQuantile(p, a, b)).toBeNaN();
      expect(betaUpperQuantile(p, a, b)).toBeNaN();
    }
  });
});
