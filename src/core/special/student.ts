import { exp, log } from "../math/index.ts";
import { lowerLogit } from "./beta-quantile.ts";
import { betaIPair, lbeta } from "./incomplete-beta.ts";

/** Beyond this x^2 may overflow or its inverse underflow; the tail is its leading term. */
const VERY_FAR = 1e150;

/**
 * Distribution function of Student's t, within 1e-12 relative in the lower tail, for any degrees of freedom > 0.
 *
 * @example
 * tCdf(-1, 1); // 0.2500000000000001
 */
export function tCdf(x: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(x)) return Number.NaN;
  const tail = upperTail(Math.abs(x), degrees);
  return x < 0 ? tail : 1 - tail;
}

/**
 * The chance that a t variable exceeds x: 1 - tCdf(x), accurate in the upper tail.
 *
 * @example
 * tSurvival(1, 1); // 0.2500000000000001
 */
export function tSurvival(x: number, degrees: number): number {
  return tCdf(-x, degrees);
}

/** Half of I_z(n / 2, 1 / 2) with z = n / (n + x^2), for x >= 0. */
function upperTail(x: number, n: number): number {
  if (x > VERY_FAR) return x === Number.POSITIVE_INFINITY ? 0 : leadingTerm(x, n);
  const square = x * x;
  return 0.5 * betaIPair(n / (n + square), square / (n + square), 0.5 * n, 0.5);
}

/** z^(n/2) / (n/2 B(n/2, 1/2)) / 2 with z = n / x^2. */
function leadingTerm(x: number, n: number): number {
  const half = 0.5 * n;
  return 0.5 * exp(half * (log(n) - 2 * log(x)) - log(half) - lbeta(half, 0.5));
}

/**
 * Quantile of Student's t, within 1e-12 relative for degrees of freedom from 1e-2 to 1e8; NaN unless 0 <= p <= 1.
 *
 * @example
 * tQuantile(0.975, 2); // 4.302652729749462
 */
export function tQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1 && degrees > 0)) return Number.NaN;
  const half = 0.5 * degrees;
  const tail = Math.min(p, 1 - p);
  // With w = x^2 / (n + x^2), x = sqrt(n) e^(logit(w) / 2); the centre is solved for w, the tails for 1 - w.
  const logitW = tail < 0.25 ? -lowerLogit(2 * tail, half, 0.5) : lowerLogit(2 * Math.abs(p - 0.5), 0.5, half);
  const size = Math.sqrt(degrees) * exp(0.5 * logitW);
  return p < 0.5 ? -size : size;
}
