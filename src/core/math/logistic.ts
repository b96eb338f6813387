import * as bits from "./bits.ts";
import { exp, expPair } from "./exp.ts";
import { log, log1pPair, logPair } from "./log.ts";

const tail = bits.tail;

/** Below this logistic x = e^x to far less than half an ulp; above its negative it is 1. */
const ONE_SIDED = -40;

/**
 * Logistic function 1 / (1 + e^-x), within 0.52 ulp (0.76 ulp where the result is subnormal): the inverse of `logit`.
 *
 * Method: with e = e^-|x| in two doubles, 1 / (1 + e) or e / (1 + e) by a 24-bit quotient and its remainder.
 *
 * @example
 * logistic(0); // 0.5
 */
export function logistic(x: number): number {
  if (!(x > ONE_SIDED && x < -ONE_SIDED)) return x <= ONE_SIDED ? exp(x) : x > 0 ? 1 : x;
  const e = expPair(x < 0 ? x : -x);
  const eTail = tail[0]!;
  const sum = 1 + e;
  const sumTail = 1 - sum + e + eTail;
  const upper = x < 0 ? e : 1;
  const upperTail = x < 0 ? eTail : 0;
  const inverse = 1 / sum;
  const coarse = Math.fround(upper * inverse);
  const high = Math.fround(sum);
  return coarse + (upper - coarse * high - coarse * (sum - high) + (upperTail - coarse * sumTail)) * inverse;
}

/** Where p / (1 - p) is far from 1, its logarithm is taken; between these, that of 1 + (2p - 1) / (1 - p). */
const FAR_BELOW = 0.25;
const FAR_ABOVE = 0.75;
/** Below this 1 - p is 1 to double precision. */
const TINY = 1e-18;

/**
 * Log-odds log(p / (1 - p)), within 0.52 ulp; -Infinity at 0, Infinity at 1, NaN outside [0, 1].
 *
 * @example
 * logit(0.75); // 1.0986122886681098
 */
export function logit(p: number): number {
  if (!(p > TINY && p < 1)) return p === 1 ? Number.POSITIVE_INFINITY : p <= TINY ? log(p) : Number.NaN;
  const other = 1 - p;
  const otherTail = 1 - other - p;
  if (p > FAR_BELOW && p < FAR_ABOVE) {
    const t = bits.quotientPair(p - 0.5 + (p - 0.5), 0, other, otherTail);
    return log1pPair(t, tail[0]!);
  }
  const odds = bits.quotientPair(p, 0, other, otherTail);
  return logPair(odds, tail[0]!);
}

/**
 * log(1 + e^x) without overflow ("softplus"), within 0.52 ulp (0.76 ulp where the result is subnormal).
 *
 * @example
 * log1pexp(0); // 0.6931471805599453
 */
export function log1pexp(x: number): number {
  // Left of here it is e^x, right of the other end x, each to less than 2^-57.
  if (!(x > ONE_SIDED && x < -ONE_SIDED)) return x <= ONE_SIDED ? exp(x) : x;
  const e = expPair(x < 0 ? x : -x);
  const rest = log1pPair(e, tail[0]!);
  if (x < 0) return rest;
  const restTail = tail[0]!;
  const head = x + rest;
  const part = head - x;
  return head + (x - (head - part) + (rest - part) + restTail);
}
