import { quotientPair, scale, tail } from "./bits.ts";
import { exp, expm1Pair, expPair } from "./exp.ts";
import { LN2_HEAD, LN2_TAIL } from "./tables.ts";

/** From here e^-x is below half an ulp of e^x. */
const ONE_SIDED = 20;
/** From here e^x may overflow where e^x / 2 does not. */
const NEAR_OVERFLOW = 700;
/** Beyond this, e^x / 2 overflows whatever the rounding. */
const OVERFLOW = 711;
/** Below this the series of sinh and tanh end with their first term. */
const TINY = 1e-9;
/** Up to here sinh has its Taylor polynomial. */
const SERIES = 0.4;

/**
 * Hyperbolic sine, within 0.6 ulp.
 *
 * @example
 * sinh(1); // 1.1752011936438014
 */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size > TINY)) return x;
  const value = size < SERIES ? sinhSeries(size) : sinhLarge(size);
  return x < 0 ? -value : value;
}

/** Taylor polynomial to degree 15 (truncation 2^-64). */
function sinhSeries(x: number): number {
  const z = x * x;
  const z2 = z * z;
  const series =
    1 / 6 +
    z * (1 / 120) +
    z2 * (1 / 5040 + z * (1 / 362880)) +
    z2 * z2 * (1 / 39916800 + z * (1 / 6227020800) + z2 * (1 / 1307674368000));
  return x + x * z * series;
}

function sinhLarge(x: number): number {
  if (x > ONE_SIDED) return halfExp(x);
  const e = expPair(x);
  const eTail = tail[0]!;
  const inverse = quotientPair(1, 0, e, eTail);
  const head = e - inverse;
  return 0.5 * (head + (e - head - inverse + (eTail - tail[0]!)));
}

/**
 * Hyperbolic cosine, within 0.6 ulp.
 *
 * @example
 * cosh(1); // 1.5430806348152437
 */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(size) || size > ONE_SIDED) return halfExp(size);
  const e = expPair(size);
  const eTail = tail[0]!;
  const inverse = quotientPair(1, 0, e, eTail);
  const head = e + inverse;
  return 0.5 * (head + (e - head + inverse + (eTail + tail[0]!)));
}

/** e^x / 2, finite also where e^x is not. */
function halfExp(x: number): number {
  if (!(x > NEAR_OVERFLOW)) return 0.5 * exp(x);
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  // e^x / 2 = 2^63 e^(x - 64 ln 2); the head of ln 2 is so short that the subtraction is exact.
  const e = expPair(x - 64 * LN2_HEAD);
  return scale(e + (tail[0]! - e * (64 * LN2_TAIL)), 63);
}

/**
 * Hyperbolic tangent, within 0.52 ulp.
 *
 * Method: E / (E + 2) with E = e^(2x) - 1, both in two doubles.
 *
 * @example
 * tanh(1); // 0.7615941559557649
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size > TINY)) return x;
  if (size > ONE_SIDED) return x < 0 ? -1 : 1;
  const e = expm1Pair(2 * size);
  const eTail = tail[0]!;
  const sum = e + 2;
  const part = sum - e;
  const sumTail = e - (sum - part) + (2 - part);
  const value = quotientPair(e, eTail, sum, sumTail + eTail);
  return x < 0 ? -value : value;
}
