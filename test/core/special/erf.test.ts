import stdErf from "@stdlib/math-base-special-erf";
import stdErfc from "@stdlib/math-base-special-erfc";
import stdNormalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { describe, expect, test } from "vitest";
import { erf, erfc, erfcx, normalCdf, normalQuantile } from "../../../src/core/special/index.ts";
import { exponents, grid } from "../math/arguments.ts";
import { D, decimal, erfc as exactErfc, normalCdf as exactNormalCdf, relativeError } from "./oracle.ts";

/** Bounds of the docstrings, and what separates us from an implementation that is good to a few ulps. */
const TOL_ERF = 1e-15;
const TOL_TAIL = 2e-15;
const TOL_STDLIB = 4e-15;

type Exact = (x: typeof D.prototype) => typeof D.prototype;
const worst = (f: (x: number) => number, exact: Exact, args: readonly number[]) =>
  Math.max(...args.map((x) => relativeError(f(x), exact(decimal(x)))));

test.each([
  ["erf", erf, (x: typeof D.prototype) => new D(1).minus(exactErfc(x)), grid(-6, 6, 60), TOL_ERF],
  ["erf near 0", erf, (x: typeof D.prototype) => new D(1).minus(exactErfc(x)), exponents(-60, -1, 60), TOL_ERF],
  ["erfc", erfc, exactErfc, grid(-6, 26.5, 80), TOL_TAIL],
  ["erfcx", erfcx, (x: typeof D.prototype) => exactErfc(x).times(x.times(x).exp()), grid(0, 60, 60), TOL_ERF],
  ["normalCdf", normalCdf, exactNormalCdf, grid(-37.5, 9, 80), TOL_TAIL],
] as const)("%s is within its bound", (_, f, exact, args, bound) => {
  expect(worst(f, exact, args)).toBeLessThan(bound);
});

test("erf and erfc agree with an independent implementation", () => {
  for (const x of grid(-8, 26, 1000)) {
    expect(Math.abs(erf(x) - stdErf(x))).toBeLessThanOrEqual(TOL_STDLIB * Math.abs(stdErf(x)));
    expect(Math.abs(erfc(x) - stdErfc(x))).toBeLessThanOrEqual(TOL_STDLIB * stdErfc(x) * Math.max(1, x * x));
  }
});

test("the error functions have their limits", () => {
  expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
  expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
  expect(erf(-0)).toBe(-0);
  expect(erfc(Number.NEGATIVE_INFINITY)).toBe(2);
  expect(erfc(Number.POSITIVE_INFINITY)).toBe(0);
  expect(erfcx(Number.POSITIVE_INFINITY)).toBe(0);
  expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  expect(normalCdf(0)).toBe(0.5);
  for (const f of [erf, erfc, erfcx, normalCdf, normalQuantile]) expect(f(Number.NaN)).toBeNaN();
});

describe("normalQuantile", () => {
  // What AS 241 promises is 1 part in 10^16; rounding adds to it.
  const TOL = 1.5e-15;
  const density = (x: typeof D.prototype) => x.times(x).div(-2).exp().div(D.acos(-1).times(2).sqrt());

  test.each([
    ["over the unit interval", grid(0.001, 0.999, 100)],
    ["near 1/2", exponents(-40, -4, 60).map((e) => 0.5 + e)],
    ["down to 1e-300", grid(-300, -3, 80).map((e) => Number(`1e${Math.round(e)}`))],
    [
      "at the borders of its approximations",
      [0.075, 0.925, Math.exp(-25)].flatMap((p) => [p * (1 - 1e-15), p, p * (1 + 1e-15)]),
    ],
  ])("is within its bound %s", (_, probabilities) => {
    for (const p of probabilities.filter((p) => p !== 0.5)) {
      // The error of x to first order: (F(x) - p) / f(x), in the tail where p is accurate.
      const x = decimal(normalQuantile(p));
      const residual =
        p < 0.5 ? exactNormalCdf(x).minus(decimal(p)) : exactNormalCdf(x.neg()).minus(new D(1).minus(decimal(p)));
      expect(residual.div(density(x)).div(x).abs().toNumber(), `p = ${p}`).toBeLessThan(TOL);
    }
  });

  test("agrees with the reference engine's AS 241", () => {
    // vectors.json of the dynamics engine, to its tolerance.
    const TOL_VECTORS = 1e-13;
    const published = [
      [1e-10, -6.361340902404056],
      [0.001, -3.090232306167813],
      [0.025, -1.9599639845400545],
      [0.3, -0.5244005127080409],
      [0.9, 1.2815515655446004],
      [0.999999, 4.753424308817087],
    ] as const;
    for (const [p, x] of published) expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(TOL_VECTORS);
  });

  test("agrees with an independent implementation", () => {
    for (const p of grid(0.0005, 0.9995, 1999)) {
      const expected = stdNormalQuantile(p, 0, 1);
      expect(Math.abs(normalQuantile(p) - expected)).toBeLessThanOrEqual(
        TOL_STDLIB * Math.max(0.01, Math.abs(expected)),
      );
    }
  });

  test("rises with p and is symmetric about 1/2", () => {
    let last = Number.NEGATIVE_INFINITY;
    for (let k = 1; k < 4096; k++) {
      const x = normalQuantile(k / 4096);
      expect(x).toBeGreaterThan(last);
      expect(normalQuantile(1 - k / 4096) + x).toBe(0);
      last = x;
    }
  });

  test("is infinite at 0 and 1 and NaN outside", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(-1e-300)).toBeNaN();
    expect(normalQuantile(1.0000000000000002)).toBeNaN();
  });
});
