/**
 * The bits of a double, powers of two, and pairs of doubles: what the functions of this folder are made of.
 *
 * Everything here is IEEE-exact: + - * / and sqrt round alike everywhere, and so does rounding to a single
 * (Math.fround; f32.demote in WebAssembly). No function relies on fused multiply-add.
 */

/** One double and its two words, seen through the same eight bytes. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** Index of the word with sign and exponent: 1 where memory is little-endian. */
export const HIGH: 0 | 1 = new Uint8Array(new Int32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Sign, exponent and the upper 20 bits of the fraction, as a signed 32-bit integer. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH]!;
}

/** The lower 32 bits of the fraction, as a signed 32-bit integer. */
export function lowWord(x: number): number {
  double[0] = x;
  return words[1 - HIGH]!;
}

/** The double with these two words. */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high;
  words[1 - HIGH] = low;
  return double[0]!;
}

/** Exponents in POWERS_OF_TWO run from -LOWEST_POWER to 1023. */
export const LOWEST_POWER = 1074;

/** 2^e at index e + LOWEST_POWER, for every power of two that is a double. */
export const POWERS_OF_TWO: Float64Array = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(LOWEST_POWER + 1024);
  let up = 1;
  let down = 1;
  for (let e = 0; e <= 1023; e++, up *= 2) powers[LOWEST_POWER + e] = up;
  for (let e = 0; e <= LOWEST_POWER; e++, down *= 0.5) powers[LOWEST_POWER - e] = down;
  return powers;
}

/**
 * x times 2^e, rounded once, for |e| <= 2046 and x of ordinary size (2^-60 < |x| < 2^60).
 *
 * Of the two factors the first keeps x normal, so that only the second can round.
 */
export function scale(x: number, e: number): number {
  const half = e >> 1;
  return x * POWERS_OF_TWO[half + LOWEST_POWER]! * POWERS_OF_TWO[e - half + LOWEST_POWER]!;
}

/**
 * The second half of the last result given in two doubles.
 *
 * Functions named ...Pair return the head and leave the tail here: read it before the next call. A returned object
 * would be allocated a hundred million times.
 */
export const tail: Float64Array = new Float64Array(1);

/**
 * (a + b) / (c + d) as a pair, with a relative error below 2^-70, for heads and quotient between 2^-120 and 2^120.
 *
 * The quotient is first taken to 24 bits; its remainder is then exact but for the tails' products.
 */
export function quotientPair(a: number, b: number, c: number, d: number): number {
  const coarse = Math.fround(a / c);
  const high = Math.fround(c);
  const remainder = a - coarse * high - coarse * (c - high) + (b - coarse * d);
  const rest = remainder / c;
  const head = coarse + rest;
  tail[0] = coarse - head + rest;
  return head;
}
