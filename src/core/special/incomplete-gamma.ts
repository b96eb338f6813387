import { exp, expm1, log } from "../math/index.ts";
import { lgamma, lgamma1p, stirlingError } from "./lgamma.ts";
import { log1pmx } from "./log1pmx.ts";

/** A term below this share of the sum is the last of a series. */
const EPSILON = 1.1102230246251565e-16;
/**
 * A convergent this near to the one before, 2^-52, is the last of a fraction: nearer, rounding may never bring them.
 */
const CONVERGED = 2.220446049250313e-16;
/** No series here needs more for shapes up to 1e12. */
const MOST_TERMS = 20_000_000;
const TWO_PI = 6.283185307179586;
/** Stands for infinity where the continued fraction begins. */
const HUGE = 1e300;
/** Where the density's exponent is taken from log(x / a) rather than from log(1 + (x - a) / a). */
const FAR = 0.5;

/**
 * Regularised lower incomplete gamma function P(a, x): the distribution function at x of a gamma variable with shape a
 * and scale 1. For a > 0 and x >= 0, else NaN.
 *
 * Within 1e-12 relative, small tails included, while 1e-10 <= a <= 1e6; the work grows as sqrt(a), and beyond 1e6 the
 * error as the condition of the problem, about sqrt(a) times the rounding of x.
 *
 * Method: power series (DLMF 8.11.4) for x < a + 1, continued fraction (DLMF 8.9.2) for the complement beyond.
 *
 * @example
 * gammaP(2, 1); // 0.2642411176571153
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return gammaPWith(gammaFront(a), a, x);
}

/**
 * Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), as accurate as P where it is the smaller one.
 *
 * @example
 * gammaQ(2, 1); // 0.7357588823428847
 */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return gammaQWith(gammaFront(a), a, x);
}

/**
 * Upper tail of the chi-squared distribution: the chance that a chi-squared variable exceeds x.
 *
 * @example
 * chiSquaredSurvival(3.841458820694124, 1); // 0.050000000000000114
 */
export function chiSquaredSurvival(x: number, degrees: number): number {
  return gammaQ(degrees / 2, Math.max(x, 0) / 2);
}

function usesSeries(a: number, x: number): boolean {
  return x < 1.5 || (a >= 1 && x < a + 1);
}

/** The derivative of the last `gammaPWith` or `gammaQWith` by log x: x^a e^-x / Gamma(a). */
export const gammaSlope: Float64Array = new Float64Array(1);

/** P(a, x) for 0 < x < Infinity and front = gammaFront(a), for many x; leaves its derivative in `gammaSlope`. */
export function gammaPWith(front: number, a: number, x: number): number {
  const kernel = front * power(a, x);
  gammaSlope[0] = kernel;
  // Where the kernel underflows so does the smaller tail; the fraction need not converge there.
  if (kernel === 0) return x < a ? 0 : 1;
  return usesSeries(a, x) ? Math.min(1, (kernel / a) * lowerSeries(a, x)) : 1 - kernel * upperFraction(a, x);
}

/** Q(a, x) likewise. */
export function gammaQWith(front: number, a: number, x: number): number {
  const kernel = front * power(a, x);
  gammaSlope[0] = kernel;
  if (kernel === 0) return x < a ? 1 : 0;
  if (!usesSeries(a, x)) return kernel * upperFraction(a, x);
  return a < 1 ? upperSmall(a, x) : Math.max(0, 1 - (kernel / a) * lowerSeries(a, x));
}

/** What of x^a e^-x / Gamma(a) does not depend on x: its value at the mean x = a. */
export function gammaFront(a: number): number {
  return Math.sqrt(a / TWO_PI) * exp(-stirlingError(a));
}

/** x^a e^-x over its value at the mean x = a. */
function power(a: number, x: number): number {
  const relative = (x - a) / a;
  return exp(a * (Math.abs(relative) < FAR ? log1pmx(relative) : log(x / a) - relative));
}

/** P over its leading term. */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return sum;
}

/**
 * Q for a < 1 and x < 1.5, where 1 - P would cancel.
 *
 * P = x^a / Gamma(a + 1) (1 + a T) with T the alternating series below; so Q = -(e^u - 1) - e^u a T with
 * u = a log x - log Gamma(a + 1).
 */
function upperSmall(a: number, x: number): number {
  let power = 1;
  let sum = 0;
  for (let n = 1; n < 60; n++) {
    power *= -x / n;
    const term = power / (a + n);
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * EPSILON) break;
  }
  const u = a * log(x) - (a <= 0.5 ? lgamma1p(a) : lgamma(a + 1));
  return -expm1(u) - exp(u) * a * sum;
}

/** Q over x^a e^-x / Gamma(a): its continued fraction, by the modified method of Lentz (Thompson & Barnett 1986). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = HUGE;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) <= CONVERGED) break;
  }
  return h;
}
