import { describe, expect, test } from "vitest";
import { cos, sin, tan } from "../../../src/core/math/index.ts";
import { anyDoubles, EDGES, exponents, grid } from "./arguments.ts";
import { Long, longDecimal, worst } from "./oracle.ts";

/** The bounds the docstrings state, in ulps. */
const ULP_SIN = 0.65;
const ULP_TAN = 0.7;

type Dec = typeof Long.prototype;
const PI = Long.acos(-1);

/** The angle modulo 2 pi in 60 digits: decimal.js is slow with 400 of them. */
function reduced(x: Dec): Dec {
  return x.minus(PI.times(2).times(x.div(PI.times(2)).round())).toSignificantDigits(60);
}

const Short = Long.clone({ precision: 60 });
const short = (x: Dec) => new Short(reduced(x).toString());

/** The doubles on both sides of multiples of pi / 2. */
const nearMultiples = grid(1, 61, 61).flatMap((n) => [n * (Math.PI / 2), n * (Math.PI / 2) * (1 + 2 ** -52)]);

describe.each([
  ["sin", sin, ULP_SIN, (x: Dec) => short(x).sin()],
  ["cos", cos, ULP_SIN, (x: Dec) => short(x).cos()],
  ["tan", tan, ULP_TAN, (x: Dec) => short(x).tan()],
])("%s", (_, f, bound, exact) => {
  test.each([
    ["of a few turns", grid(-12, 12, 151)],
    ["near 0", exponents(-60, 0, 100)],
    ["near multiples of pi / 2", nearMultiples],
    ["up to the border of the direct reduction", exponents(4, 21, 100)],
    ["of every size", [...anyDoubles(80), ...EDGES]],
    // The double closest to a multiple of pi / 2 (Muller et al., Handbook of Floating-Point Arithmetic, 2010, section
    // 11.3).
    ["hardest to reduce", [6381956970095103 * 2 ** 797, 6381956970095103 * -(2 ** 797)]],
  ])("is within its bound for angles %s", (_, args) => {
    expect(worst(f, exact, args, longDecimal).error).toBeLessThan(bound);
  });

  test("is NaN for angles that are not finite", () => {
    expect(f(Number.POSITIVE_INFINITY)).toBeNaN();
    expect(f(Number.NEGATIVE_INFINITY)).toBeNaN();
    expect(f(Number.NaN)).toBeNaN();
  });
});

test("sin and tan are odd and cos is even, to the bit", () => {
  for (const x of [...exponents(-40, 1023, 500), ...EDGES, 0]) {
    expect(sin(-x)).toBe(-sin(x));
    expect(tan(-x)).toBe(-tan(x));
    expect(cos(-x)).toBe(cos(x));
  }
});

test("sin and tan keep the sign of a zero", () => {
  expect(sin(-0)).toBe(-0);
  expect(tan(-0)).toBe(-0);
  expect(cos(-0)).toBe(1);
});
