import { describe, expect, test } from "vitest";
import * as math from "../../../src/core/math/index.ts";
import { randomWords, unit } from "../../core/math/arguments.ts";
import { D, decimal, Long, longDecimal } from "../../core/math/oracle.ts";
import * as exact from "./double-double.ts";

/** Arguments per function and kind: the hot functions get the full number. */
const MANY = 10_000_000;
const SOME = 2_000_000;

const scaled = (value: exact.DD): exact.Scaled => ({ value, exponent: 0 });

type Arguments = (random: () => number) => number;
const between =
  (low: number, high: number): Arguments =>
  (random) =>
    low + (high - low) * random();
/** Both signs, all sizes from 2^low to 2^high alike. */
const sizes =
  (low: number, high: number): Arguments =>
  (random) =>
    (random() < 0.5 ? -1 : 1) * 2 ** (low + (high - low) * random());
const near =
  (centre: number, low: number, high: number): Arguments =>
  (random) =>
    centre + sizes(low, high)(random);
const positive =
  (of: Arguments): Arguments =>
  (random) =>
    Math.abs(of(random));

function worst(f: (x: number) => number, oracle: (x: number) => exact.Scaled, of: Arguments, count: number) {
  const next = randomWords(20241128);
  const random = () => unit(next);
  let error = 0;
  let at = Number.NaN;
  for (let i = 0; i < count; i++) {
    const x = of(random);
    const e = exact.ulps(f(x), oracle(x));
    if (!(e <= error)) [error, at] = [Number.isNaN(e) ? Number.POSITIVE_INFINITY : e, x];
  }
  return { error, at };
}

const plainOf = (f: (x: number) => exact.DD) => (x: number) => scaled(f(x));
const expOf = (x: number) => exact.exp(exact.dd(x));

/** Name, function, oracle, arguments, how many, bound of the docstring in ulps. */
const SWEEPS = [
  ["exp of ordinary size", math.exp, expOf, between(-20, 20), MANY, 0.52],
  ["exp over its range", math.exp, expOf, between(-708, 709.7), MANY, 0.52],
  ["exp near 0", math.exp, expOf, sizes(-40, -1), SOME, 0.52],
  ["exp with subnormal results", math.exp, expOf, between(-745, -708), SOME, 0.76],
  ["log of ordinary size", math.log, plainOf(exact.log), between(1e-9, 20), MANY, 0.51],
  ["log of every size", math.log, plainOf(exact.log), positive(sizes(-1073, 1023)), MANY, 0.51],
  ["log near 1", math.log, plainOf(exact.log), near(1, -50, -1), MANY, 0.51],
  ["log2", math.log2, plainOf(exact.log2), positive(sizes(-1073, 1023)), SOME, 0.51],
  ["log2 near 1", math.log2, plainOf(exact.log2), near(1, -50, -1), SOME, 0.51],
  ["log10", math.log10, plainOf(exact.log10), positive(sizes(-1073, 1023)), SOME, 0.51],
  ["log10 near 1", math.log10, plainOf(exact.log10), near(1, -50, -1), SOME, 0.51],
  ["log1p", math.log1p, plainOf((x) => exact.log1p(exact.dd(x))), between(-0.999, 5), SOME, 0.51],
  ["log1p near 0", math.log1p, plainOf((x) => exact.log1p(exact.dd(x))), sizes(-50, -1), SOME, 0.51],
  ["expm1", math.expm1, plainOf((x) => exact.expm1(exact.dd(x))), between(-30, 30), SOME, 0.52],
  ["expm1 near 0", math.expm1, plainOf((x) => exact.expm1(exact.dd(x))), sizes(-50, 0), SOME, 0.52],
  ["sin", math.sin, plainOf(exact.sin), between(-10, 10), SOME, 0.65],
  ["sin of large angles", math.sin, plainOf(exact.sin), sizes(0, 19), SOME, 0.65],
  ["cos", math.cos, plainOf(exact.cos), between(-10, 10), SOME, 0.65],
  ["cos of large angles", math.cos, plainOf(exact.cos), sizes(0, 19), SOME, 0.65],
  ["tan", math.tan, plainOf(exact.tan), between(-10, 10), SOME, 0.7],
  ["tan of large angles", math.tan, plainOf(exact.tan), sizes(0, 19), SOME, 0.7],
  ["sinh", math.sinh, plainOf(exact.sinh), between(-25, 25), SOME, 0.6],
  ["sinh near 0", math.sinh, plainOf(exact.sinh), sizes(-40, 1), SOME, 0.6],
  ["cosh", math.cosh, plainOf(exact.cosh), between(-25, 25), SOME, 0.6],
  ["tanh", math.tanh, plainOf(exact.tanh), between(-15, 15), SOME, 0.52],
  ["tanh near 0", math.tanh, plainOf(exact.tanh), sizes(-40, 1), SOME, 0.52],
  ["logistic", math.logistic, plainOf(exact.logistic), between(-39, 39), SOME, 0.52],
  ["logit", math.logit, plainOf(exact.logit), between(1e-9, 1 - 1e-9), SOME, 0.52],
  ["logit near 1/2", math.logit, plainOf(exact.logit), near(0.5, -50, -2), SOME, 0.52],
  ["log1pexp", math.log1pexp, plainOf(exact.log1pexp), between(-39, 39), SOME, 0.52],
] as const;

test.each(SWEEPS)("%s is within its bound for millions of arguments", (name, f, oracle, of, count, bound) => {
  const { error, at } = worst(f, oracle, of, count);
  console.log(`${name}: ${error.toFixed(4)} ulp at ${at}`);
  expect(error).toBeLessThan(bound);
});

test("pow is within its bound for millions of arguments", () => {
  const next = randomWords(7);
  const random = () => unit(next);
  let error = 0;
  for (let i = 0; i < SOME; i++) {
    const x = i % 2 === 0 ? 2 ** (2000 * random() - 1000) : 1 + sizes(-50, -1)(random);
    const y = (1415 * random() - 707) / Math.log(x);
    if (Math.abs(y) < 1e19) error = Math.max(error, exact.ulps(math.pow(x, y), exact.pow(x, y)));
  }
  console.log(`pow: ${error.toFixed(4)} ulp`);
  expect(error).toBeLessThan(0.52);
});

describe("the oracle in two doubles agrees with decimal numbers", () => {
  /** 2^-85 of the value: errors are judged to 2^-32 ulp. */
  const TOL = 2 ** -85;
  const PI = Long.acos(-1);
  type Dec = typeof D.prototype;
  const turn = (x: Dec) => {
    const long = new Long(x.toString());
    return new D(long.minus(PI.times(2).times(long.div(PI.times(2)).round())).toString());
  };
  const cases: readonly (readonly [string, (x: number) => exact.DD, (x: Dec) => Dec, Arguments])[] = [
    ["exp", (x) => exact.plain(expOf(x)), (x) => x.exp(), between(-100, 100)],
    ["expm1", (x) => exact.expm1(exact.dd(x)), (x) => x.exp().minus(1), sizes(-20, 3)],
    ["log", exact.log, (x) => x.ln(), positive(sizes(-1000, 1000))],
    ["log near 1", exact.log, (x) => x.ln(), near(1, -40, -1)],
    ["log1p", (x) => exact.log1p(exact.dd(x)), (x) => x.plus(1).ln(), sizes(-20, -1)],
    ["log10", exact.log10, (x) => x.ln().div(new D(10).ln()), positive(sizes(-100, 100))],
    ["sinh", exact.sinh, (x) => x.exp().minus(x.neg().exp()).div(2), sizes(-20, 4)],
    ["tanh", exact.tanh, (x) => x.times(2).exp().minus(1).div(x.times(2).exp().plus(1)), sizes(-20, 3)],
    ["logistic", exact.logistic, (x) => new D(1).div(x.neg().exp().plus(1)), between(-39, 39)],
    ["logit", exact.logit, (x) => x.div(new D(1).minus(x)).ln(), between(0.001, 0.999)],
    ["log1pexp", exact.log1pexp, (x) => x.exp().plus(1).ln(), between(-39, 39)],
    ["sin", exact.sin, (x) => turn(x).sin(), sizes(-3, 19)],
    ["cos", exact.cos, (x) => turn(x).cos(), sizes(-3, 19)],
  ];
  test.each(cases)("for %s", (_, f, oracle, of) => {
    const next = randomWords(3);
    for (let i = 0; i < 200; i++) {
      const x = of(() => unit(next));
      const expected = oracle(new D(longDecimal(x).toString()));
      const [head, tail] = f(x);
      const error = decimal(head).plus(decimal(tail)).minus(expected).div(expected).abs().toNumber();
      expect(error, `${x}`).toBeLessThan(TOL);
    }
  });
});
