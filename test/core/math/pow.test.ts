import { describe, expect, test } from "vitest";
import { pow } from "../../../src/core/math/index.ts";
import { between, exponents, randomWords, unit } from "./arguments.ts";
import { D, decimal, ulpError } from "./oracle.ts";

/** The bounds the docstring states, in ulps. */
const ULP = 0.52;
const ULP_SUBNORMAL = 0.76;

function worstPower(pairs: Iterable<readonly [number, number]>): number {
  let error = 0;
  for (const [x, y] of pairs) {
    const exact = decimal(x).ln().times(decimal(y)).exp();
    const e = ulpError(pow(x, y), exact);
    if (!(e <= error)) error = Number.isNaN(e) ? Number.POSITIVE_INFINITY : e;
  }
  return error;
}

/** A power y for which x^y is e^t. */
const powerTo = (x: number, t: number) => t / Math.log(x);

describe("pow", () => {
  test("is within its bound for bases and powers of ordinary size", () => {
    const powers = between(-10, 10, 150, randomWords(5));
    expect(worstPower(between(0, 10, 150).map((x, i) => [x, powers[i] as number]))).toBeLessThan(ULP);
  });

  test("is within its bound for bases of every size and results up to overflow", () => {
    const next = randomWords(6);
    const bases = exponents(-1020, 1020, 150).map(Math.abs);
    expect(worstPower(bases.map((x) => [x, powerTo(x, 1417 * unit(next) - 708)]))).toBeLessThan(ULP);
  });

  test("is within its bound for bases near 1 and large powers", () => {
    const next = randomWords(7);
    const bases = exponents(-52, -3, 150).map((x) => 1 + x);
    expect(worstPower(bases.map((x) => [x, powerTo(x, 1417 * unit(next) - 708)]))).toBeLessThan(ULP);
  });

  test("is within its bound where results are subnormal", () => {
    const next = randomWords(8);
    expect(worstPower(between(2, 10, 100).map((x) => [x, powerTo(x, -708 - 37 * unit(next))]))).toBeLessThan(
      ULP_SUBNORMAL,
    );
  });

  test("is exact where the result is a double", () => {
    for (let e = -1074; e <= 1023; e++) expect(pow(2, e)).toBe(2 ** e);
    for (let n = 0; n <= 22; n++) expect(pow(10, n)).toBe(Number(`1e${n}`));
    for (let n = 0; n <= 33; n++) expect(pow(3, n)).toBe(Number(3n ** BigInt(n)));
    for (let x = 0; x <= 300; x++) expect(pow(x * x, 0.5)).toBe(x);
    expect(pow(-3, 5)).toBe(-243);
    expect(pow(-3, 4)).toBe(81);
  });

  test("gives x itself for the power 1, to the bit", () => {
    for (const x of exponents(-1070, 1023, 300)) expect(pow(x, 1)).toBe(x);
  });

  // Every row of the table of Number::exponentiate in ECMA-262, with what Math.pow makes of it.
  const specials = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    0.5,
    -0.5,
    3,
    -3,
    1.5,
    -1.5,
    1e19,
    -1e19,
    1e300,
    -1e300,
    5e-324,
    -5e-324,
    2 ** 53,
    2 ** 53 - 1,
    1 - 2 ** -53,
    1 + 2 ** -52,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ];
  test("agrees with ECMAScript on every pair of special values", () => {
    for (const x of specials) {
      for (const y of specials) {
        const expected = x ** y;
        const got = pow(x, y);
        // Ordinary results may differ from the engine's own in the last bit; special ones may not differ at all.
        const ordinary = Number.isFinite(expected) && expected !== 0 && Math.abs(expected) !== 1;
        if (ordinary) expect(Math.abs(got / expected - 1), `${x} ** ${y}`).toBeLessThan(2 ** -50);
        else expect(got, `${x} ** ${y}`).toBe(expected);
      }
    }
  });
});

test("the oracle of these tests is right about a known power", () => {
  expect(new D(2).ln().times(10).exp().toFixed(40)).toBe("1024.0000000000000000000000000000000000000000");
});
