import * as bits from "./bits.ts";
import * as tables from "./tables.ts";

// Engines fold a module's own constants into the code, but look up imported ones at every call: a third of the time.
const TABLE = tables.LOG_TABLE;
const LN2_HEAD = tables.LN2_HEAD;
const LN2_TAIL = tables.LN2_TAIL;
const POWERS_OF_TWO = bits.POWERS_OF_TWO;
const LOWEST_POWER = bits.LOWEST_POWER;
const tail = bits.tail;
/** One double and its words, as in bits.ts, for the same reason. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const HIGH = bits.HIGH;

/** High word of 0.6875, where the table's first cell begins. */
const LOWEST_CELL = 0x3fe60000;
/** High words of normal positive numbers lie from the first to below the second. */
const SMALLEST_NORMAL = 0x00100000;
const INFINITE = 0x7ff00000;
const INFINITY = Number.POSITIVE_INFINITY;
const NOT_A_NUMBER = Number.NaN;
/** Multiplying by 2^54 makes every subnormal number normal. */
const LIFT = 54;
const LIFT_FACTOR = 18014398509481984;

/**
 * Natural logarithm, within 0.51 ulp.
 *
 * Method: x = 2^k z with 0.6875 <= z < 1.375; the table gives the centre c of z's cell (a short number), 1/c and log
 * c. r = (z - c) / c is had in two doubles without fused multiply-add: q, its first 24 bits, and the remainder, exact
 * since q c has no more than 33 bits. log x = k ln 2 + log c + log(1 + r), where the heads of the first two add
 * without error and log(1 + r) - r is a Taylor polynomial of degree 9 (truncation below 2^-66 for r <= 2^-7). Both
 * cells that touch 1 have the centre 1, so that the result keeps its relative accuracy there.
 *
 * log(0) is -Infinity, the logarithm of a negative number NaN.
 *
 * @example
 * log(10); // 2.302585092994046
 */
export function log(x: number): number {
  double[0] = x;
  const high = words[HIGH]!;
  if (high < SMALLEST_NORMAL || high >= INFINITE) {
    // No call here: a call in a branch that is taken would make the engine box every result.
    if (x === 0) return -INFINITY;
    if (!(x > 0)) return NOT_A_NUMBER;
    if (x === INFINITY) return INFINITY;
    return logPair(x, 0);
  }
  const t = high - LOWEST_CELL;
  const k = t >> 20;
  const j = ((t >> 13) & 127) << 2;
  return sumOfCell(k, j, x * POWERS_OF_TWO[LOWEST_POWER - k]! - TABLE[j]!, 0);
}

/** log(2^k (c + u + v)), rounded, where c is the centre of the cell at index j of the table. */
function sumOfCell(k: number, j: number, u: number, v: number): number {
  const inverse = TABLE[j + 1]!;
  const q = Math.fround(u * inverse);
  const rest = (u - q * TABLE[j]! + v) * inverse;
  const r = q + rest;
  const r2 = r * r;
  const whole = k * LN2_HEAD + TABLE[j + 2]!;
  const head = whole + q;
  const lower = -0.5 + r * (1 / 3) + r2 * (-1 / 4 + r * (1 / 5));
  const upper = -1 / 6 + r * (1 / 7) + r2 * (-1 / 8 + r * (1 / 9));
  const curve = r2 * (lower + r2 * r2 * upper);
  return head + (whole - head + q + (k * LN2_TAIL + TABLE[j + 3]! + (rest + curve)));
}

/** The logarithm of what has none: 0, negative numbers, infinity, NaN. */
function logOutside(x: number): number {
  if (x === 0) return -INFINITY;
  return x > 0 ? x : NOT_A_NUMBER;
}

/**
 * log(x + y) as a pair with a relative error below 2^-66, for positive finite x and |y| <= 2^-50 x.
 *
 * As `log`, but q^2 / 2 (exact: 48 bits) is added to the head, and the polynomial runs to degree 11.
 */
export function logPair(x: number, y: number): number {
  const lifted = x < 2.2250738585072014e-308 ? LIFT : 0;
  const lift = lifted === 0 ? 1 : LIFT_FACTOR;
  const value = x * lift;
  const t = bits.highWord(value) - LOWEST_CELL;
  const k = t >> 20;
  const j = ((t >> 13) & 127) << 2;
  const power = POWERS_OF_TWO[LOWEST_POWER - k]!;
  return cellPair(k - lifted, j, value * power - TABLE[j]!, y * lift * power);
}

/** Index of the first cell with centre 1. */
const CELL_OF_ONE = 80 << 2;
/** Within this of 0, log(1 + x) is taken in the cell of 1 without forming 1 + x. */
const NEAR_ONE = 0.00390625;

/** log(1 + x + y) as a pair with a relative error below 2^-66, for finite x > -1 and |y| <= 2^-50 |x|. */
export function log1pPair(x: number, y: number): number {
  if (x > -NEAR_ONE && x < NEAR_ONE) return cellPair(0, CELL_OF_ONE, x, y);
  const sum = 1 + x;
  const part = sum - x;
  return logPair(sum, x - (sum - part) + (1 - part) + y);
}

/** log(2^k (c + u + v)) as a pair, where c is the centre of the cell at index j of the table. */
function cellPair(k: number, j: number, u: number, v: number): number {
  const centre = TABLE[j]!;
  const inverse = TABLE[j + 1]!;
  const q = Math.fround((u + v) * inverse);
  const rest = (u - q * centre + v) * inverse;
  const r = q + rest;
  const r2 = r * r;
  const whole = k * LN2_HEAD + TABLE[j + 2]!;
  const first = whole + q;
  const firstTail = whole - first + q;
  const square = -0.5 * q * q;
  const second = first + square;
  const secondTail = first - second + square;
  const curve =
    1 / 3 +
    r * (-1 / 4) +
    r2 * (1 / 5 + r * (-1 / 6) + r2 * (1 / 7 + r * (-1 / 8) + r2 * (1 / 9 + r * (-1 / 10) + r2 * (1 / 11))));
  const small = rest - rest * (q + 0.5 * rest) + r * r2 * curve;
  const sum = firstTail + secondTail + (k * LN2_TAIL + TABLE[j + 3]! + small);
  const head = second + sum;
  tail[0] = second - head + sum;
  return head;
}

/**
 * log(1 + x), within 0.51 ulp, also where x is near 0.
 *
 * @example
 * log1p(1e-10); // 9.999999999500001e-11
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < INFINITY)) return logOutside(x + 1);
  // The quadratic term is below half an ulp; a zero keeps its sign, a subnormal its bits.
  if (x > -1e-17 && x < 1e-17) return x;
  if (x > -NEAR_ONE && x < NEAR_ONE) return sumOfCell(0, CELL_OF_ONE, x, 0);
  const sum = 1 + x;
  const part = sum - x;
  double[0] = sum;
  const t = words[HIGH]! - LOWEST_CELL;
  const k = t >> 20;
  const j = ((t >> 13) & 127) << 2;
  const power = POWERS_OF_TWO[LOWEST_POWER - k]!;
  return sumOfCell(k, j, sum * power - TABLE[j]!, (x - (sum - part) + (1 - part)) * power);
}

/**
 * Logarithm to base 2, within 0.51 ulp; exact for powers of two.
 *
 * @example
 * log2(8); // 3
 */
export function log2(x: number): number {
  if (!(x > 0 && x < INFINITY)) return logOutside(x);
  return timesPair(logPair(x, 0), tail[0]!, tables.LOG2_E, tables.LOG2_E_TAIL);
}

/**
 * Logarithm to base 10, within 0.51 ulp; exact for powers of ten.
 *
 * @example
 * log10(1000); // 3
 */
export function log10(x: number): number {
  if (!(x > 0 && x < INFINITY)) return logOutside(x);
  return timesPair(logPair(x, 0), tail[0]!, tables.LOG10_E, tables.LOG10_E_TAIL);
}

/** (a + b) (c + d), rounded once but for terms below 2^-70. */
function timesPair(a: number, b: number, c: number, d: number): number {
  const a1 = Math.fround(a);
  const a2 = a - a1;
  const c1 = Math.fround(c);
  const c2 = c - c1;
  return a1 * c1 + (a1 * c2 + a2 * c1 + (a2 * c2 + (a * d + b * c)));
}
