import { Decimal } from "decimal.js";

/** Errors are judged against 60 digits: 44 more than a double has. */
const range = { minE: -9e15, maxE: 9e15, toExpNeg: -9e15, toExpPos: 9e15 };
export const D = Decimal.clone({ ...range, precision: 60 });
/** For angles up to 1.8e308: their 309 digits and 60 more, and a reserve. */
export const Long = Decimal.clone({ ...range, precision: 400 });

const view = new DataView(new ArrayBuffer(8));

/** Mantissa and exponent: x = mantissa * 2^exponent, exactly. */
function parts(x: number): readonly [bigint, number] {
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return [x < 0 ? -mantissa : mantissa, Math.max(biased, 1) - 1075];
}

/**
 * The value of a double to 60 digits. decimal.js itself reads a number as its shortest decimal text, which is not its
 * value.
 */
export function decimal(x: number): Decimal {
  const [mantissa, exponent] = parts(x);
  return new D(mantissa.toString()).times(new D(2).pow(exponent));
}

/** The value of a double to 400 digits. */
export function longDecimal(x: number): Decimal {
  const [mantissa, exponent] = parts(x);
  return new Long(mantissa.toString()).times(new Long(2).pow(exponent));
}

/** Unit in the last place of the doubles around a value. */
function ulp(value: Decimal): Decimal {
  const size = value.abs();
  const near = Math.min(size.toNumber(), Number.MAX_VALUE);
  const [mantissa, exponent] = parts(near);
  const borderFromBelow = mantissa === 0x10000000000000n && exponent > -1074 && size.lessThan(decimal(near));
  return new D(2).pow(borderFromBelow ? exponent - 1 : exponent);
}

/** Where rounding to nearest turns to infinity: the largest double and half an ulp. */
const ROUNDS_TO_INFINITY = new D(2).pow(1024).minus(new D(2).pow(970));

/** How far a double is from an exact value, in ulps of that value; NaN where only one of them is infinite. */
export function ulpError(actual: number, exact: Decimal): number {
  if (exact.abs().greaterThanOrEqualTo(ROUNDS_TO_INFINITY)) {
    return actual === (exact.isNegative() ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) ? 0 : Number.NaN;
  }
  if (!Number.isFinite(actual)) return Number.NaN;
  return decimal(actual).minus(exact).abs().div(ulp(exact)).toNumber();
}

/** The largest error of a function over some arguments, and where it is: `{ error: 0.503, at: 1.27 }`. */
export function worst(
  f: (x: number) => number,
  exact: (x: Decimal) => Decimal,
  args: Iterable<number>,
  read: (x: number) => Decimal = decimal,
): { readonly error: number; readonly at: number } {
  let error = 0;
  let at = Number.NaN;
  for (const x of args) {
    const e = ulpError(f(x), exact(read(x)));
    // A NaN counts as worse than everything.
    if (!(e <= error)) [error, at] = [Number.isNaN(e) ? Number.POSITIVE_INFINITY : e, x];
  }
  return { error, at };
}
