import { highWord, LOWEST_POWER, lowWord, POWERS_OF_TWO, tail } from "./bits.ts";
import { HALF_PI_1, HALF_PI_2, HALF_PI_3, HALF_PI_4, HALF_PI_BITS, TWO_OVER_PI, TWO_OVER_PI_BITS } from "./tables.ts";

/** Up to here n < 2^20, so that n times each 33-bit part of pi / 2 is exact. */
const LARGEST_DIRECT = 1647000;
const ROUNDER = 6755399441055744;

/** 2 / pi times 2^1200, and pi / 2 times 2^192. */
const TWO_OVER_PI_WHOLE = BigInt(TWO_OVER_PI_BITS);
const TWO_OVER_PI_PLACES = 1200;
const HALF_PI_WHOLE = BigInt(HALF_PI_BITS);
const HALF_PI_PLACES = 192;
/** Binary places kept of a fraction: the closest a double comes to a multiple of pi / 2 is 2^-62. */
const FRACTION_PLACES = 200n;

/** The quadrant of the last reduction: n modulo 4. */
export const quadrant: Int32Array = new Int32Array(1);

/**
 * x - n pi / 2 as a pair, with n the nearest integer to 2 x / pi, left modulo 4 in `quadrant`; for finite x.
 *
 * The pair has a relative error below 2^-66. To 1.6 million by Cody and Waite's (1980) subtraction of pi / 2 in
 * parts; beyond by exact integer arithmetic with 1 200 bits of 2 / pi (Payne & Hanek 1983): slow, and rare.
 */
export function reducePair(x: number): number {
  if (!(Math.abs(x) < LARGEST_DIRECT)) return reduceLargePair(x);
  const n = x * TWO_OVER_PI + ROUNDER - ROUNDER;
  quadrant[0] = n & 3;
  const first = x - n * HALF_PI_1;
  const b = n * HALF_PI_2;
  const second = first - b;
  const part2 = second - first;
  const secondTail = first - (second - part2) - (b + part2);
  const c = n * HALF_PI_3;
  const third = second - c;
  const part3 = third - second;
  const thirdTail = second - (third - part3) - (c + part3);
  const rest = secondTail + thirdTail - n * HALF_PI_4;
  const head = third + rest;
  tail[0] = third - head + rest;
  return head;
}

function reduceLargePair(x: number): number {
  const high = highWord(x);
  const exponent = ((high >> 20) & 0x7ff) - 1075;
  const mantissa = (BigInt((high & 0xfffff) | 0x100000) << 32n) | BigInt(lowWord(x) >>> 0);
  const places = BigInt(TWO_OVER_PI_PLACES - exponent);
  const turns = (high < 0 ? -mantissa : mantissa) * TWO_OVER_PI_WHOLE;
  const nearest = (turns + (1n << (places - 1n))) >> places;
  quadrant[0] = Number(nearest & 3n);
  const fraction = (turns - (nearest << places)) >> (places - FRACTION_PLACES);
  const angle = (fraction * HALF_PI_WHOLE) >> BigInt(HALF_PI_PLACES);
  // Number of a BigInt is its nearest double, by the standard.
  const head = Number(angle);
  const unit = POWERS_OF_TWO[LOWEST_POWER - Number(FRACTION_PLACES)]!;
  tail[0] = Number(angle - BigInt(head)) * unit;
  return head * unit;
}
