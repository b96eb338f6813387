import { describe, expect, test } from "vitest";
import { log1pexp, logistic, logit } from "../../../src/core/math/index.ts";
import { anyDoubles, between, EDGES, exponents, grid } from "./arguments.ts";
import { D, worst } from "./oracle.ts";

/** The bounds the docstrings state, in ulps. */
const ULP = 0.52;
const ULP_SUBNORMAL = 0.76;

type Dec = typeof D.prototype;
const exactLogistic = (x: Dec) => new D(1).div(x.neg().exp().plus(1));
const exactLogit = (p: Dec) => p.div(new D(1).minus(p)).ln();
function exactSoftplus(x: Dec): Dec {
  const e = x.exp();
  // 1 + e needs more than 60 digits where e is small.
  return x.lessThan(-60) ? e.minus(e.times(e).div(2)) : e.plus(1).ln();
}

describe.each([
  ["logistic", logistic, exactLogistic],
  ["log1pexp", log1pexp, exactSoftplus],
])("%s", (_, f, exact) => {
  test.each([
    ["of ordinary size", grid(-8, 8, 201)],
    ["over its whole range", between(-700, 700, 120)],
    ["where it meets its asymptotes", [...grid(-41, -36, 60), ...grid(36, 41, 60)]],
    ["near 0", exponents(-60, 0, 100)],
    ["of every size", [...anyDoubles(60), ...EDGES].filter((x) => x > -700 && x < 1e6)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(f, exact, args).error).toBeLessThan(ULP);
  });

  test("is within its bound where results are subnormal", () => {
    expect(worst(f, exact, grid(-745.2, -708, 100)).error).toBeLessThan(ULP_SUBNORMAL);
  });
});

test("logistic ends at 0 and 1", () => {
  expect(logistic(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(logistic(-1e300)).toBe(0);
  expect(logistic(Number.POSITIVE_INFINITY)).toBe(1);
  expect(logistic(0)).toBe(0.5);
  expect(logistic(-0)).toBe(0.5);
  expect(logistic(Number.NaN)).toBeNaN();
});

test("logistic of x and of -x add up to 1", () => {
  const TWO_ROUNDINGS = 2 ** -53;
  for (const x of exponents(-30, 6, 500)) {
    expect(Math.abs(logistic(x) + logistic(-x) - 1)).toBeLessThanOrEqual(TWO_ROUNDINGS);
  }
});

test("log1pexp has the line x and 0 as its asymptotes", () => {
  expect(log1pexp(1e300)).toBe(1e300);
  expect(log1pexp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(log1pexp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(log1pexp(Number.NaN)).toBeNaN();
});

describe("logit", () => {
  test.each([
    ["between 0 and 1", between(0, 1, 200)],
    ["near 1/2", exponents(-52, -2, 150).map((x) => 0.5 + x)],
    ["near 0", exponents(-1070, -2, 100).map(Math.abs)],
    ["near 1", exponents(-53, -2, 100).map((x) => 1 - Math.abs(x))],
    ["at the borders of its cases", [0.25, 0.75].flatMap((p) => [p - 2 ** -54, p, p + 2 ** -53])],
  ])("is within its bound for probabilities %s", (_, args) => {
    const inside = args.filter((p) => p > 0 && p < 1 && p !== 0.5);
    expect(worst(logit, exactLogit, inside).error).toBeLessThan(ULP);
  });

  test("is infinite at the ends and NaN outside", () => {
    expect(logit(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logit(1)).toBe(Number.POSITIVE_INFINITY);
    expect(logit(0.5)).toBe(0);
    expect(logit(-5e-324)).toBeNaN();
    expect(logit(1.0000000000000002)).toBeNaN();
    expect(logit(Number.NaN)).toBeNaN();
  });
});
