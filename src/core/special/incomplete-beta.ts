import { exp, log, log1p } from "../math/index.ts";
import { stirlingError } from "./lgamma.ts";
import { log1pmx } from "./log1pmx.ts";

/**
 * A convergent this near to the one before, 2^-52, is the last of a fraction: nearer, rounding may never bring them.
 */
const CONVERGED = 2.220446049250313e-16;
const MOST_TERMS = 10_000_000;
const TWO_PI = 6.283185307179586;
const HALF_LOG_TWO_PI = 0.9189385332046728;
const FAR = 0.5;
/** Stands for 0 in a denominator of the continued fraction. */
const NOTHING = 1e-300;
/** Stands for infinity where the continued fraction begins. */
const HUGE = 1e300;

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function at x of a beta variable. For a, b > 0 and
 * 0 <= x <= 1, else NaN.
 *
 * Within 1e-12 relative while 1e-3 <= a, b <= 1e6, to six standard deviations from the mean; further out and beyond
 * 1e6 the error grows as what a rounding of x does. The work grows as the square root of the larger parameter.
 *
 * Method: a continued fraction for the tail on the side of x, with Stirling corrections in the factor before it, so
 * that large parameters do not cancel (after DiDonato & Morris 1992, ACM Transactions on Mathematical Software 18,
 * 360-373).
 *
 * @example
 * betaI(0.5, 2, 3); // 0.6874999999999996
 */
export function betaI(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  return betaIPair(x, 1 - x, a, b);
}

/** I_x(a, b) where 1 - x is known better than from x: x + y = 1, both >= 0. */
export function betaIPair(x: number, y: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0)) return Number.NaN;
  if (x === 0) return 0;
  return y === 0 ? 1 : betaIWith(betaFront(a, b), x, y, a, b);
}

/** The derivative of the last `betaIWith` by log(x / y): x^a y^b / B(a, b). */
export const betaSlope: Float64Array = new Float64Array(1);

/** I_x(a, b) for 0 < x < 1, y = 1 - x and front = betaFront(a, b), for many x; leaves its derivative in `betaSlope`. */
export function betaIWith(front: number, x: number, y: number, a: number, b: number): number {
  const kernel = front * powers(x, y, a, b);
  betaSlope[0] = kernel;
  const upper = b * x > a * y;
  // Where the kernel underflows so does the tail; the fraction need not converge there.
  if (kernel === 0) return upper ? 1 : 0;
  return upper ? Math.max(0, 1 - kernel * fraction(y, x, b, a)) : Math.min(1, kernel * fraction(x, y, a, b));
}

/** What of x^a y^b / B(a, b) does not depend on x: its value at the mean x = a / (a + b). */
export function betaFront(a: number, b: number): number {
  const sum = a + b;
  const stirling = stirlingError(sum) - stirlingError(a) - stirlingError(b);
  return Math.sqrt((a / TWO_PI) * (b / sum)) * exp(stirling);
}

/** x^a y^b over its value at the mean x = a / (a + b). */
function powers(x: number, y: number, a: number, b: number): number {
  const sum = a + b;
  const excess = b * x - a * y;
  return exp(a * excessLog(x, a, sum, excess / a) + b * excessLog(y, b, sum, -excess / b));
}

/** log r - (r - 1) for r = x sum / a, given r - 1. */
function excessLog(x: number, a: number, sum: number, relative: number): number {
  return Math.abs(relative) < FAR ? log1pmx(relative) : log(x * (sum / a)) - relative;
}

/**
 * Logarithm of the beta function B(a, b) for a, b > 0, within 1e-14 absolute or relative, whichever is larger.
 *
 * @example
 * lbeta(2, 3); // -2.4849066497880017
 */
export function lbeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const ratio = small / large;
  // log(large / (a + b)) and log(small / (a + b)) from their ratio alone.
  const logLarge = -log1p(ratio);
  const logSmall = log(ratio) + logLarge;
  const stirling = stirlingError(small) + stirlingError(large) - stirlingError(small + large);
  return (small - 0.5) * logSmall + large * logLarge - 0.5 * log(large) + HALF_LOG_TWO_PI + stirling;
}

/**
 * I_x(a, b) over its kernel, by the continued fraction of DiDonato & Morris (1992), evaluated by the modified method
 * of Lentz (Thompson & Barnett 1986).
 *
 * Left of the mean a y - b x is positive, and no term cancels however large a and b are.
 */
function fraction(x: number, y: number, a: number, b: number): number {
  const sum = a + b;
  const under = a * y - b * x;
  let c = HUGE;
  let d = 1 / ((a / (a + 1)) * (under + 1));
  let h = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const at = a + 2 * n;
    const step = (n * (b - n) * x) / (at - 1);
    const numerator = ((a + n - 1) / (at - 1)) * (sum + n - 1) * x * step;
    const denominator = n + step + ((a + n) / (at + 1)) * (under + 1 + n * (1 + y));
    d = 1 / nonzero(denominator + numerator * d);
    c = nonzero(denominator + numerator / c);
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) <= CONVERGED) break;
  }
  return h;
}

function nonzero(x: number): number {
  return x === 0 ? NOTHING : x;
}
