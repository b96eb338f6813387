import { log, log1p, sin } from "../math/index.ts";
import { LGAMMA_SERIES, STIRLING_SERIES } from "./tables.ts";

/** log(2 pi) / 2. */
const HALF_LOG_TWO_PI = 0.9189385332046728;
/** From here ten terms of Stirling's series suffice. */
const STIRLING_START = 10;
/** From here Stirling's series is below half an ulp, and x log x must not overflow before log Gamma does. */
const LARGE = 1e17;

/**
 * Logarithm of the absolute value of the gamma function.
 *
 * Within 1e-15 relative for x > 0, also next to its zeros 1 and 2. For x < 0 within 1e-15 relative or absolute,
 * whichever is larger, so that few figures are left next to the zeros between the poles. Infinity at 0 and the
 * negative integers.
 *
 * Method: Taylor series about 2 on [1.5, 2.5], reached by the recurrence Gamma(x + 1) = x Gamma(x); Stirling's series
 * from 10; reflection below 0.
 *
 * @example
 * lgamma(0.5); // 0.5723649429247001
 */
export function lgamma(x: number): number {
  if (x >= STIRLING_START) return lgammaLarge(x);
  if (x >= 2.5) {
    let product = 1;
    let y = x;
    while (y >= 2.5) {
      y -= 1;
      product *= y;
    }
    return log(product) + aboutTwo(y - 2);
  }
  if (x >= 1.5) return aboutTwo(x - 2);
  if (x >= 0.5) return lgamma1p(x - 1);
  if (x > 0) return lgamma1p(x) - log(x);
  return lgammaNegative(x);
}

/**
 * log Gamma(1 + x) for -0.5 <= x <= 0.5, within 1e-15 relative, also where x is near 0.
 */
export function lgamma1p(x: number): number {
  return aboutTwo(x) - log1p(x);
}

/** log Gamma(2 + e) for |e| <= 0.5; the last term is below 2^-60. */
function aboutTwo(e: number): number {
  let sum = 0;
  for (let k = LGAMMA_SERIES.length - 1; k >= 0; k--) sum = sum * e + LGAMMA_SERIES[k]!;
  return sum * e;
}

function lgammaLarge(x: number): number {
  if (x > LARGE) return x * (log(x) - 1);
  return (x - 0.5) * log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
}

function lgammaNegative(x: number): number {
  if (!(x <= 0)) return Number.NaN;
  const nearest = Math.round(x);
  if (x === nearest) return Number.POSITIVE_INFINITY;
  // Gamma(x) Gamma(-x) = -pi / (x sin(pi x)); the angle is reduced exactly, by whole half turns.
  const y = -x;
  return log(Math.PI / (y * Math.abs(sin(Math.PI * (x - nearest))))) - lgamma(y);
}

/** What Stirling's formula leaves out, for x >= 10: the asymptotic series, whose tenth term is below 1e-17. */
function stirlingSeries(x: number): number {
  const z = 1 / (x * x);
  let sum = 0;
  for (let k = STIRLING_SERIES.length - 1; k >= 0; k--) sum = sum * z + STIRLING_SERIES[k]!;
  return sum / x;
}

/**
 * What Stirling's formula leaves out: log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2 for x > 0, within 1e-15
 * absolute.
 *
 * Ratios of gamma functions of large arguments are ratios of powers times e to differences of these, which do not
 * cancel.
 *
 * @example
 * stirlingError(1); // 0.08106146679532722
 */
export function stirlingError(x: number): number {
  if (x >= STIRLING_START) return stirlingSeries(x);
  return lgamma(x) - ((x - 0.5) * log(x) - x + HALF_LOG_TWO_PI);
}
