import { describe, expect, test } from "vitest";
import { log, log1p, log2, log10 } from "../../../src/core/math/index.ts";
import { anyDoubles, between, EDGES, exponents, grid } from "./arguments.ts";
import { D, worst } from "./oracle.ts";

/** The bound the docstrings state, in ulps. */
const ULP = 0.51;

type Dec = typeof D.prototype;
const LN2 = new D(2).ln();
const LN10 = new D(10).ln();
const positive = (x: number) => x > 0;
const nearOne = exponents(-52, -1, 100).map((x) => 1 + x);
/** The borders and centres of the table's cells. */
const cells = grid(0.6875, 1.375, 177).flatMap((x) => [x, x - 2 ** -53, x + 2 ** -52]);

describe.each([
  ["log", log, (x: Dec) => x.ln()],
  ["log2", log2, (x: Dec) => x.ln().div(LN2)],
  ["log10", log10, (x: Dec) => x.ln().div(LN10)],
])("%s", (_, f, exact) => {
  test.each([
    ["of ordinary size", between(0, 20, 100)],
    ["near 1", nearOne],
    ["at the borders of its table", cells],
    ["of every size", [...anyDoubles(120), ...EDGES].filter(positive)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(f, exact, args).error).toBeLessThan(ULP);
  });

  test("gives the special values of IEEE 754", () => {
    expect(f(1)).toBe(0);
    expect(f(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(f(-0)).toBe(Number.NEGATIVE_INFINITY);
    expect(f(-5e-324)).toBeNaN();
    expect(f(Number.NEGATIVE_INFINITY)).toBeNaN();
    expect(f(Number.NaN)).toBeNaN();
    expect(f(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("log2 is exact for every power of two", () => {
  for (let e = -1074; e <= 1023; e++) expect(log2(2 ** e)).toBe(e);
});

test("log10 is exact for every power of ten that is a double", () => {
  for (let e = 0; e <= 22; e++) expect(log10(Number(`1e${e}`))).toBe(e);
});

describe("log1p", () => {
  test.each([
    ["of ordinary size", between(-1, 20, 150)],
    ["near 0", exponents(-70, -1, 150)],
    ["near -1", exponents(-52, -1, 100).map((x) => -1 + Math.abs(x))],
    ["at the borders of its table", cells.map((x) => x - 1).filter((x) => x !== 0)],
    ["of every size", [...anyDoubles(120), ...EDGES].filter((x) => x > -1)],
  ])("is within its bound for arguments %s", (_, args) => {
    expect(worst(log1p, (x) => onePlus(x), args).error).toBeLessThan(ULP);
  });

  test("gives the special values of IEEE 754", () => {
    expect(log1p(0)).toBe(0);
    expect(log1p(-0)).toBe(-0);
    expect(log1p(-1)).toBe(Number.NEGATIVE_INFINITY);
    expect(log1p(-1.0000000000000002)).toBeNaN();
    expect(log1p(Number.NaN)).toBeNaN();
    expect(log1p(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log1p(5e-324)).toBe(5e-324);
  });
});

/** log(1 + x) to 60 digits also where 1 + x needs more. */
function onePlus(x: Dec): Dec {
  if (x.abs().lessThan(1e-25)) return x.minus(x.times(x).div(2));
  return x.plus(1).ln();
}
