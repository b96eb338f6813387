import { tail } from "./bits.ts";
import { expSum } from "./exp.ts";
import { logPair } from "./log.ts";

/** Beyond these y log x overflows, or underflows to 0, whatever the tail says. */
const OVERFLOW = 709.8;
const UNDERFLOW = -745.2;
/** |y| at which 1 + 2^-53 overflows or underflows, and below which x^y is 1 + y log x = 1 for every x. */
const LARGEST_POWER = 1e19;
const SMALLEST_POWER = 1e-20;

/**
 * x to the power y, within 0.52 ulp (0.76 ulp where the result is subnormal).
 *
 * Method: log x in two doubles (relative error below 2^-66), their product with y in two doubles (Dekker's product
 * from halves of 24 and 29 bits), and e to that. Exact results come out exact: pow(3, 4) is 81, pow(2, -1074) the
 * smallest double.
 *
 * Special cases are those of ECMAScript's Math.pow. It differs from IEEE 754 and C in one point: pow(1, NaN),
 * pow(1, Infinity) and pow(-1, Infinity) are NaN here, 1 there.
 *
 * @example
 * pow(2, 0.5); // 1.4142135623730951
 */
export function pow(x: number, y: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY && y > -LARGEST_POWER && y < LARGEST_POWER) return powPositive(x, y);
  return powSpecial(x, y);
}

/** x^y for positive finite x and |y| < 1e19. */
function powPositive(x: number, y: number): number {
  if (y > -SMALLEST_POWER && y < SMALLEST_POWER) return 1;
  const a = logPair(x, 0);
  const b = tail[0]!;
  const product = y * a;
  if (product > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (product < UNDERFLOW) return 0;
  const a1 = Math.fround(a);
  const a2 = a - a1;
  const y1 = Math.fround(y);
  const y2 = y - y1;
  const rest = y1 * a1 - product + y1 * a2 + y2 * a1 + y2 * a2 + y * b;
  const result = expSum(product, rest);
  return result;
}

function powSpecial(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  const infiniteY = y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY;
  if (infiniteY && size === 1) return Number.NaN;
  if (x < 0 && size < Number.POSITIVE_INFINITY && !infiniteY && Math.floor(y) !== y) return Number.NaN;
  const sign = isOdd(y) && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  if (size === 1) return sign;
  if (size === 0 || size === Number.POSITIVE_INFINITY || Math.abs(y) >= LARGEST_POWER) {
    return size > 1 === y > 0 ? sign * Number.POSITIVE_INFINITY : sign * 0;
  }
  return sign * powPositive(size, y);
}

/** Whether a double is an odd integer; from 2^53 on all are even. */
function isOdd(y: number): boolean {
  return Math.abs(y) < 9007199254740992 && Math.abs(y % 2) === 1;
}
