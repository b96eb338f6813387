import { quotientPair, tail } from "./bits.ts";
import { quadrant, reducePair } from "./reduction.ts";

/** Below this sin x, tan x and x are the same double, and cos x is 1. */
const TINY = 1e-9;

/**
 * Sine of an angle in radians, within 0.65 ulp for every finite angle; NaN for infinite ones.
 *
 * Method: x - n pi / 2 in two doubles, then Taylor polynomials to degree 17 on [-pi/4, pi/4] (truncation 2^-63).
 *
 * @example
 * sin(1); // 0.8414709848078965
 */
export function sin(x: number): number {
  if (!(Math.abs(x) > TINY)) return x;
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  const r = reducePair(x);
  const n = quadrant[0]!;
  const value = (n & 1) === 0 ? sinPair(r, tail[0]!) : cosPair(r, tail[0]!);
  return n < 2 ? value : -value;
}

/**
 * Cosine of an angle in radians, within 0.65 ulp for every finite angle; NaN for infinite ones.
 *
 * @example
 * cos(1); // 0.5403023058681398
 */
export function cos(x: number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  const r = reducePair(x);
  const n = quadrant[0]!;
  const value = (n & 1) === 0 ? cosPair(r, tail[0]!) : sinPair(r, tail[0]!);
  return n === 0 || n === 3 ? value : -value;
}

/**
 * Tangent of an angle in radians, within 0.7 ulp for every finite angle; NaN for infinite ones.
 *
 * @example
 * tan(1); // 1.5574077246549023
 */
export function tan(x: number): number {
  if (!(Math.abs(x) > TINY)) return x;
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  const r = reducePair(x);
  const rest = tail[0]!;
  const n = quadrant[0]!;
  const s = sinPair(r, rest);
  const sTail = tail[0]!;
  const c = cosPair(r, rest);
  const cTail = tail[0]!;
  return (n & 1) === 0 ? quotientPair(s, sTail, c, cTail) : -quotientPair(c, cTail, s, sTail);
}

/** -1/6 to 24 bits, and what that leaves. */
const MINUS_SIXTH = Math.fround(-1 / 6);
const MINUS_SIXTH_TAIL = -1 / 6 - MINUS_SIXTH;

/** sin(r + t) as a pair for |r| <= 0.79 and |t| < 2^-53 |r|. */
function sinPair(r: number, t: number): number {
  const z = r * r;
  const z2 = z * z;
  const series =
    1 / 120 +
    z * (-1 / 5040) +
    z2 * (1 / 362880 + z * (-1 / 39916800)) +
    z2 * z2 * (1 / 6227020800 + z * (-1 / 1307674368000) + z2 * (1 / 355687428096000));
  // -r^3 / 6 is too large to be rounded: from parts of 24 bits its head is exact.
  const r1 = Math.fround(r);
  const r2 = r - r1;
  const z1 = Math.fround(z);
  const zTail = r1 * r1 - z1 + (r1 + r) * r2;
  const cube = Math.fround(r1 * z1);
  const cubeTail = r1 * z1 - cube + (r2 * z1 + r * zTail);
  const term = cube * MINUS_SIXTH;
  const first = r + term;
  const small = cubeTail * (-1 / 6) + cube * MINUS_SIXTH_TAIL + (t - 0.5 * z * t) + r * z2 * series;
  const rest = r - first + term + small;
  const head = first + rest;
  tail[0] = first - head + rest;
  return head;
}

/** cos(r + t) as a pair for |r| <= 0.79 and |t| < 2^-53 |r|. */
function cosPair(r: number, t: number): number {
  const z = r * r;
  const z2 = z * z;
  const series =
    1 / 24 +
    z * (-1 / 720) +
    z2 * (1 / 40320 + z * (-1 / 3628800)) +
    z2 * z2 * (1 / 479001600 + z * (-1 / 87178291200) + z2 * (1 / 20922789888000));
  // r^2 / 2 from halves of r: the product of the first halves is exact.
  const r1 = Math.fround(r);
  const r2 = r - r1;
  const square = 0.5 * r1 * r1;
  const first = 1 - square;
  const rest = 1 - first - square - (r1 * r2 + 0.5 * r2 * r2) + (z2 * series - r * t);
  const head = first + rest;
  tail[0] = first - head + rest;
  return head;
}
