import gammaln from "@stdlib/math-base-special-gammaln";
import { describe, expect, test } from "vitest";
import { lbeta, lgamma } from "../../../src/core/special/index.ts";
import { lgamma1p, stirlingError } from "../../../src/core/special/lgamma.ts";
import { log1pmx } from "../../../src/core/special/log1pmx.ts";
import { exponents, grid } from "../math/arguments.ts";
import { D, decimal, lbeta as exactLbeta, lgamma as exactLgamma, relativeError } from "./oracle.ts";

/** The bounds the docstrings state. */
const TOL_RELATIVE = 1e-15;
const TOL_BETA = 1.2e-14;

const worst = (f: (x: number) => number, exact: (x: number) => typeof D.prototype, args: readonly number[]) =>
  Math.max(...args.map((x) => relativeError(f(x), exact(x))));

describe("lgamma", () => {
  test.each([
    ["between 0 and 12", grid(0.05, 12, 140)],
    ["near its zeros 1 and 2", exponents(-40, -2, 60).flatMap((e) => [1 + e, 2 + e])],
    ["near 0", exponents(-300, -2, 40).map(Math.abs)],
    ["up to 1e300", exponents(3, 990, 60).map(Math.abs)],
    ["at the borders of its methods", [0.5, 1.5, 2.5, 10].flatMap((x) => [x - 2 ** -52, x, x + 2 ** -51])],
  ])("is within its bound for arguments %s", (_, args) => {
    const exact = (x: number) => exactLgamma(decimal(x));
    expect(
      worst(
        lgamma,
        exact,
        args.filter((x) => x > 0 && x !== 1 && x !== 2),
      ),
    ).toBeLessThan(TOL_RELATIVE);
  });

  test("is 0 at 1 and 2", () => {
    expect(lgamma(1)).toBe(0);
    expect(lgamma(2)).toBe(0);
  });

  test("is the logarithm of the factorial", () => {
    let factorial = 1n;
    for (let n = 2; n <= 60; n++) {
      factorial *= BigInt(n);
      expect(relativeError(lgamma(n + 1), new D(factorial.toString()).ln())).toBeLessThan(TOL_RELATIVE);
    }
  });

  test("agrees with an independent implementation below 0, to 1e-14 of the larger of 1 and itself", () => {
    const TOL = 1e-14;
    for (const x of grid(-40.037, -0.003, 400)) {
      const expected = gammaln(x);
      expect(Math.abs(lgamma(x) - expected)).toBeLessThan(TOL * Math.max(1, Math.abs(expected)));
    }
  });

  test("satisfies the reflection formula", () => {
    // Abramowitz & Stegun 6.1.17, at points where sin(pi x) is known.
    for (const n of [0, 1, 2, 3, 10, 100]) {
      const x = -(n + 0.5);
      expect(lgamma(x) + lgamma(1 - x)).toBeCloseTo(Math.log(Math.PI), 12);
    }
  });

  test("is infinite at the poles and at infinity", () => {
    for (const x of [0, -0, -1, -2, -1e15, Number.POSITIVE_INFINITY]) expect(lgamma(x)).toBe(Number.POSITIVE_INFINITY);
    expect(lgamma(Number.NaN)).toBeNaN();
  });

  test("overflows only where log Gamma does", () => {
    expect(lgamma(2.5e305)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(lgamma(2.6e305)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("lgamma1p keeps its figures near 0", () => {
  const args = exponents(-60, -1, 80);
  expect(worst(lgamma1p, (x) => exactLgamma(decimal(x).plus(1)), args)).toBeLessThan(TOL_RELATIVE);
});

test("stirlingError is what Stirling's formula lacks", () => {
  const TOL_ABSOLUTE = 4e-15;
  const half = D.acos(-1).times(2).ln().div(2);
  for (const x of [...exponents(-9, 15, 120).map(Math.abs), ...grid(0.1, 12, 60)]) {
    const y = decimal(x);
    const formula = y.minus(0.5).times(y.ln()).minus(y).plus(half);
    expect(Math.abs(stirlingError(x) - exactLgamma(y).minus(formula).toNumber())).toBeLessThan(TOL_ABSOLUTE);
  }
});

test("log1pmx keeps its figures where log(1 + x) - x cancels", () => {
  const args = [...exponents(-60, -1, 100), ...grid(-0.95, 3, 100), -0.3, 0.45].filter((x) => x !== 0);
  const exact = (x: number) => {
    const y = new D(decimal(x));
    if (Math.abs(x) > 1e-9) return y.plus(1).ln().minus(y);
    return y.times(y).div(-2).plus(y.pow(3).div(3)).minus(y.pow(4).div(4));
  };
  expect(worst(log1pmx, exact, args)).toBeLessThan(TOL_RELATIVE);
});

describe("lbeta", () => {
  test("is within its bound for parameters from 1e-3 to 1e6", () => {
    const sizes = [1e-3, 0.02, 0.5, 1, 3.7, 42, 999.5, 1e6];
    for (const a of sizes) {
      for (const b of sizes) {
        const exact = exactLbeta(decimal(a), decimal(b));
        const scale = Math.max(1, Math.abs(exact.toNumber()));
        expect(Math.abs(lbeta(a, b) - exact.toNumber()) / scale).toBeLessThan(TOL_BETA);
        expect(lbeta(a, b)).toBe(lbeta(b, a));
      }
    }
  });
});
