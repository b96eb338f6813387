import stdGammainc from "@stdlib/math-base-special-gammainc";
import stdGammaQuantile from "@stdlib/stats-base-dists-gamma-quantile";
import { describe, expect, test } from "vitest";
import {
  chiSquaredSurvival,
  gammaP,
  gammaQ,
  gammaQuantile,
  gammaUpperQuantile,
} from "../../../src/core/special/index.ts";
import { between, exponents, grid } from "../math/arguments.ts";
import { decimal, gammaKernel, gammaTails, relativeError } from "./oracle.ts";

/** What is asked of these functions, where the problem allows it. */
const TOL = 1e-12;
/** The other implementation is good to about this. */
const TOL_STDLIB = 1e-9;

const SHAPES = [1e-3, 0.03, 0.5, 1, 1.7, 9.25, 40, 150, 2000];

/** Arguments within ten standard deviations of the mean, and far down. */
const around = (a: number) =>
  [...grid(-10, 10, 9).map((z) => a + z * Math.sqrt(a)), ...exponents(-60, 0, 4).map((x) => Math.abs(x) * a)].filter(
    (x) => x > 0,
  );

describe("gammaP and gammaQ", () => {
  test.each(SHAPES)("are within 1e-12 of the exact tails for shape %d", (a) => {
    for (const x of around(a)) {
      const { p, q } = gammaTails(decimal(a), decimal(x));
      expect(relativeError(gammaP(a, x), p), `P at ${x}`).toBeLessThan(TOL);
      expect(relativeError(gammaQ(a, x), q), `Q at ${x}`).toBeLessThan(TOL);
    }
  });

  test("are within 1e-12 for shape 1e6", () => {
    for (const x of [980_000, 1_021_000]) {
      const { p, q } = gammaTails(decimal(1e6), decimal(x));
      expect(relativeError(gammaP(1e6, x), p)).toBeLessThan(TOL);
      expect(relativeError(gammaQ(1e6, x), q)).toBeLessThan(TOL);
    }
  });

  test("agree with an independent implementation", () => {
    for (const a of [0.2, 1, 3.5, 30, 300]) {
      for (const x of grid(0.1, 3, 12).map((r) => r * a)) {
        expect(Math.abs(gammaP(a, x) / stdGammainc(x, a, true, false) - 1)).toBeLessThan(TOL_STDLIB);
        expect(Math.abs(gammaQ(a, x) / stdGammainc(x, a, true, true) - 1)).toBeLessThan(TOL_STDLIB);
      }
    }
  });

  test("add up to 1", () => {
    const ROUNDINGS = 2e-15;
    const shapes = exponents(-9, 9, 300).map(Math.abs);
    const places = between(0.01, 4, 300);
    shapes.forEach((a, i) => {
      const x = a * (places[i] as number);
      expect(Math.abs(gammaP(a, x) + gammaQ(a, x) - 1)).toBeLessThan(ROUNDINGS);
    });
  });

  test("have their limits, and are NaN outside their domain", () => {
    expect(gammaP(2, 0)).toBe(0);
    expect(gammaQ(2, 0)).toBe(1);
    expect(gammaP(2, Number.POSITIVE_INFINITY)).toBe(1);
    expect(gammaQ(2, Number.POSITIVE_INFINITY)).toBe(0);
    for (const [a, x] of [
      [0, 1],
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const) {
      expect(gammaP(a, x)).toBeNaN();
      expect(gammaQ(a, x)).toBeNaN();
    }
  });
});

test("chiSquaredSurvival gives the published 5 % points", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4, upper critical values, to three places.
  const TOL_TABLE = 1e-4;
  const table = [
    [1, 3.841],
    [2, 5.991],
    [5, 11.07],
    [10, 18.307],
    [30, 43.773],
    [100, 124.342],
  ] as const;
  for (const [degrees, x] of table) expect(Math.abs(chiSquaredSurvival(x, degrees) - 0.05)).toBeLessThan(TOL_TABLE);
  expect(chiSquaredSurvival(-1, 3)).toBe(1);
});

describe("gammaQuantile", () => {
  /** The relative error of x to first order: (F(x) - p) / (x f(x)), taken in the smaller tail. */
  function quantileError(x: number, a: number, tail: number, lower: boolean): number {
    const { p, q } = gammaTails(decimal(a), decimal(x));
    return (lower ? p : q)
      .minus(decimal(tail))
      .div(gammaKernel(decimal(a), decimal(x)))
      .abs()
      .toNumber();
  }

  test.each(SHAPES)("is within 1e-12 in both tails for shape %d", (a) => {
    for (const tail of [0.5, 0.31, 0.05, 1e-3, 1e-12, 1e-80, 1e-300]) {
      const low = gammaQuantile(tail, a);
      if (low > 1e-300) expect(quantileError(low, a, tail, true), `lower ${tail}`).toBeLessThan(TOL);
      const high = gammaUpperQuantile(tail, a);
      if (high > 1e-300) expect(quantileError(high, a, tail, false), `upper ${tail}`).toBeLessThan(TOL);
    }
  });

  test("is within 1e-12 for shape 1e6", () => {
    for (const tail of [0.4, 1e-9]) {
      expect(quantileError(gammaQuantile(tail, 1e6), 1e6, tail, true)).toBeLessThan(TOL);
      expect(quantileError(gammaUpperQuantile(tail, 1e6), 1e6, tail, false)).toBeLessThan(TOL);
    }
  });

  test("agrees with an independent implementation", () => {
    for (const a of [0.2, 1, 3.5, 30, 300]) {
      for (const p of grid(0.02, 0.98, 13)) {
        expect(Math.abs(gammaQuantile(p, a) / stdGammaQuantile(p, a, 1) - 1)).toBeLessThan(TOL_STDLIB);
      }
    }
  });

  test("of shape 1 is the exponential one", () => {
    for (const p of grid(0.01, 0.99, 50)) {
      expect(Math.abs(gammaQuantile(p, 1) / -Math.log1p(-p) - 1)).toBeLessThan(TOL);
    }
  });

  test("rises with p", () => {
    for (const a of [0.05, 0.9, 2, 77]) {
      let last = 0;
      for (const p of grid(0.001, 0.999, 500)) {
        const x = gammaQuantile(p, a);
        expect(x).toBeGreaterThanOrEqual(last);
        last = x;
      }
    }
  });

  test("has its limits, and is NaN outside its domain", () => {
    expect(gammaQuantile(0, 3)).toBe(0);
    expect(gammaQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(gammaUpperQuantile(0, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(gammaUpperQuantile(1, 3)).toBe(0);
    for (const [p, a] of [
      [-0.1, 1],
      [1.1, 1],
      [0.5, 0],
      [0.5, -1],
      [Number.NaN, 1],
    ] as const) {
      expect(gammaQuantile(p, a)).toBeNaN();
      expect(gammaUpperQuantile(p, a)).toBeNaN();
    }
  });
});
