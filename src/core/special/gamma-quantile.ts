import { exp, log, log1p } from "../math/index.ts";
import { gammaFront, gammaPWith, gammaQWith, gammaSlope } from "./incomplete-gamma.ts";
import { lgamma, lgamma1p } from "./lgamma.ts";
import { halley, LAST_STEP } from "./newton.ts";
import { normalQuantile } from "./normal.ts";

const MOST_STEPS = 200;
const LONGEST_STEP = 2;
/** Below this share of the shape, P(a, x) is its leading term x^a / Gamma(a + 1) to double precision. */
const LEADING_TERM = 1e-17;

/**
 * Quantile of the gamma distribution with scale 1: the x with P(shape, x) = p. NaN unless shape > 0 and 0 <= p <= 1.
 *
 * Within 1e-12 relative for shapes from 1e-2 to 1e6 and p down to 1e-300. Below 1e-2 the problem allows less: a
 * rounding of p alone moves the result by 1e-16 / shape relative, and the error may be ten times that.
 *
 * @example
 * gammaQuantile(0.5, 1); // 0.6931471805599452
 */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p <= 1 && shape > 0)) return Number.NaN;
  return p <= 0.5 ? lower(p, shape) : upper(1 - p, shape);
}

/**
 * The x that a gamma variable with scale 1 exceeds with probability q: accurate also for tiny q, where 1 - q is 1.
 *
 * @example
 * gammaUpperQuantile(1e-20, 1); // 46.051701859880914
 */
export function gammaUpperQuantile(q: number, shape: number): number {
  if (!(q >= 0 && q <= 1 && shape > 0)) return Number.NaN;
  return q <= 0.5 ? upper(q, shape) : lower(1 - q, shape);
}

/**
 * Solves log P(a, e^t) = log p by Newton's method, speeded up after Halley.
 *
 * log P is a concave function of t, since the density of log X is log-concave: from the left of the solution Newton's
 * steps rise to it without passing it, and one step from the right leads to the left. The leading term of P gives a
 * point that is never right of it.
 */
function lower(p: number, a: number): number {
  if (p === 0) return 0;
  const logP = log(p);
  const leading = (logP + (a <= 0.5 ? lgamma1p(a) : lgamma(a + 1))) / a;
  const least = exp(leading);
  if (least < LEADING_TERM * (a + 1)) return least;
  const front = gammaFront(a);
  let low = least;
  let high = Number.POSITIVE_INFINITY;
  let x = Math.max(least, wilsonHilferty(normalQuantile(p), a));
  for (let i = 0; i < MOST_STEPS; i++) {
    const value = gammaPWith(front, a, x);
    if (value < p) low = x;
    else high = x;
    // Where P underflows the step is no number: the bounds then decide.
    const slope = gammaSlope[0]! / value;
    const step = halley((logP - log(value)) / slope, a - x - slope);
    const next = x * exp(Math.min(step, LONGEST_STEP));
    if (Math.abs(step) < LAST_STEP) return next;
    x = next > low && next < high ? next : between(low, high);
  }
  return x;
}

function between(low: number, high: number): number {
  return high === Number.POSITIVE_INFINITY ? 2 * low : 0.5 * (low + high);
}

/**
 * Solves log Q(a, x) = log q by the same method, in x where the tail is nearly exponential and in log x near 0, within
 * bounds that close in: a step that leaves them is replaced by their mean.
 */
function upper(q: number, a: number): number {
  if (q === 0) return Number.POSITIVE_INFINITY;
  const logQ = log(q);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  const front = gammaFront(a);
  let x = a < 1 ? tailStart(logQ, a) : Math.max(wilsonHilferty(-normalQuantile(q), a), 0.1);
  for (let i = 0; i < MOST_STEPS; i++) {
    const value = gammaQWith(front, a, x);
    if (value < q) high = x;
    else low = x;
    const slope = gammaSlope[0]! / value;
    const step = (log(value) - logQ) / slope;
    const next =
      x > 1 ? x * (1 + halley(step, a - 1 - x + slope)) : x * exp(Math.min(halley(step, a - x + slope), LONGEST_STEP));
    if (Math.abs(step) < LAST_STEP) return next;
    x = next > low && next < high ? next : between(Math.max(low, Number.MIN_VALUE), high);
  }
  return x;
}

/**
 * Start for shapes below 1: where the upper tail's bound x^(a-1) e^-x / Gamma(a), and the lower tail's leading term,
 * put it.
 */
function tailStart(logQ: number, a: number): number {
  const scaled = -(logQ + lgamma(a));
  const byTail = scaled > 1 ? scaled + (a - 1) * log(scaled) : 1;
  const byHead = exp((log1p(-exp(logQ)) + lgamma(a + 1)) / a);
  return scaled > 1 ? Math.max(byTail, 0.5) : Math.min(byHead, 1);
}

/** The cube of a normal variable with the gamma's mean and spread (Wilson & Hilferty 1931); 0 where that fails. */
function wilsonHilferty(z: number, a: number): number {
  const ninth = 1 / (9 * a);
  const root = 1 - ninth + z * Math.sqrt(ninth);
  return root <= 0 ? 0 : a * root * root * root;
}
