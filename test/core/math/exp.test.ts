import { describe, expect, test } from "vitest";
import { exp, expm1 } from "../../../src/core/math/index.ts";
import { anyDoubles, between, EDGES, exponents, grid } from "./arguments.ts";
import { type D, worst } from "./oracle.ts";

/** The bounds the docstrings state, in ulps. */
const ULP_EXP = 0.52;
const ULP_SUBNORMAL = 0.76;
const ULP_EXPM1 = 0.52;

type Dec = typeof D.prototype;
const exact = (x: Dec) => x.exp();

/** e^x - 1 to 60 digits also where it cancels. */
function exactMinusOne(x: Dec): Dec {
  if (x.abs().lessThan(1e-20)) return x.plus(x.times(x).div(2)).plus(x.pow(3).div(6));
  return x.exp().minus(1);
}

describe("exp", () => {
  test.each([
    ["of ordinary size", grid(-20, 20, 301)],
    ["over its whole range", between(-708, 709, 200)],
    ["near the borders of its table", grid(-64, 64, 129).map((k) => ((k + 0.5) * Math.LN2) / 128)],
    ["near 0", exponents(-60, 0, 100)],
    ["just below overflow", grid(709, 709.782712893384, 60)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(exp, exact, args).error).toBeLessThan(ULP_EXP);
  });

  test("is within its bound where results are subnormal", () => {
    expect(worst(exp, exact, grid(-745.2, -708, 200)).error).toBeLessThan(ULP_SUBNORMAL);
  });

  test("overflows and underflows at the right doubles", () => {
    expect(exp(709.782712893384)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY);
    // The doubles on both sides of ln 2^-1075, half of the smallest one.
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
  });

  test("gives the special values of IEEE 754", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(1e308)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-1e308)).toBe(0);
    expect(exp(5e-324)).toBe(1);
  });
});

describe("expm1", () => {
  test.each([
    ["of ordinary size", grid(-4, 4, 301)],
    ["over its whole range", between(-40, 709, 200)],
    [
      "near the borders of its table",
      grid(-20, 20, 41).flatMap((k) => [0.499, 0.501].map((h) => ((k + h) * Math.LN2) / 128)),
    ],
    ["near 0", exponents(-70, -2, 200)],
    ["of every size", [...anyDoubles(200), ...EDGES].filter((x) => x < 700 && x > -100)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(expm1, exactMinusOne, args).error).toBeLessThan(ULP_EXPM1);
  });

  test("gives the special values of IEEE 754", () => {
    expect(expm1(0)).toBe(0);
    expect(expm1(-0)).toBe(-0);
    expect(expm1(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(expm1(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(expm1(Number.NaN)).toBeNaN();
    expect(expm1(710)).toBe(Number.POSITIVE_INFINITY);
    expect(expm1(5e-324)).toBe(5e-324);
  });
});
