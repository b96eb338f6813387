import { describe, expect, test } from "vitest";
import { cosh, sinh, tanh } from "../../../src/core/math/index.ts";
import { anyDoubles, between, EDGES, exponents, grid } from "./arguments.ts";
import { D, worst } from "./oracle.ts";

/** The bounds the docstrings state, in ulps. */
const ULP = 0.6;
const ULP_TANH = 0.52;

type Dec = typeof D.prototype;

/** sinh and tanh to 60 digits also where e^x - e^-x cancels. */
function exactSinh(x: Dec): Dec {
  if (x.abs().lessThan(1e-15)) return x.plus(x.pow(3).div(6));
  return x.exp().minus(x.neg().exp()).div(2);
}
function exactCosh(x: Dec): Dec {
  return x.exp().plus(x.neg().exp()).div(2);
}
function exactTanh(x: Dec): Dec {
  if (x.abs().greaterThan(100)) return new D(1).minus(1e-30).times(Math.sign(x.toNumber()));
  return exactSinh(x).div(exactCosh(x));
}

const finite = (x: number) => Math.abs(x) < 700;

describe.each([
  ["sinh", sinh, ULP, exactSinh],
  ["cosh", cosh, ULP, exactCosh],
  ["tanh", tanh, ULP_TANH, exactTanh],
])("%s", (_, f, bound, exact) => {
  test.each([
    ["of ordinary size", grid(-4, 4, 101)],
    ["where one exponential takes over", grid(19, 23, 60)],
    ["over its whole range", between(-709, 709, 60)],
    ["near overflow", grid(709, 710.4758600739439, 60)],
    ["near 0", exponents(-60, -1, 80)],
    ["of every size", [...anyDoubles(60), ...EDGES].filter(finite)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(f, exact, args).error).toBeLessThan(bound);
  });
});

test("sinh and cosh overflow at the right double", () => {
  expect(sinh(710.4758600739439)).toBe(1.7976931348621744e308);
  expect(cosh(-710.4758600739439)).toBe(1.7976931348621744e308);
  for (const x of [710.475860073944, 711, 1e300, Number.POSITIVE_INFINITY]) {
    expect(sinh(x)).toBe(Number.POSITIVE_INFINITY);
    expect(sinh(-x)).toBe(Number.NEGATIVE_INFINITY);
    expect(cosh(-x)).toBe(Number.POSITIVE_INFINITY);
  }
});

test("sinh and tanh keep the sign of a zero", () => {
  expect(sinh(-0)).toBe(-0);
  expect(tanh(-0)).toBe(-0);
  expect(cosh(-0)).toBe(1);
});

test("tanh ends at -1 and 1", () => {
  expect(tanh(1e300)).toBe(1);
  expect(tanh(Number.NEGATIVE_INFINITY)).toBe(-1);
});

test("what is not a number stays so", () => {
  for (const f of [sinh, cosh, tanh]) expect(f(Number.NaN)).toBeNaN();
});
