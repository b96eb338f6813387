import { exp, expm1, log, log1p } from "../math/index.ts";
import { expectPositive, isProbability } from "./parameters.ts";
import type { Exponential } from "./types.ts";

/**
 * The exponential distribution with a rate above 0: its mean is 1 / rate.
 *
 * @example
 * exponential(2).quantile(0.5); // 0.34657359027997264
 */
export function exponential(rate: number): Exponential {
  expectPositive("rate", rate);
  const mean = 1 / rate;
  return Object.freeze({
    kind: "exponential",
    rate,
    mean,
    sd: mean,
    support: Object.freeze([0, Number.POSITIVE_INFINITY] as const),
    quantile: (p) => (isProbability(p) ? (0 - log1p(-p)) / rate : Number.NaN),
    upperQuantile: (q) => (isProbability(q) ? (0 - log(q)) / rate : Number.NaN),
    cdf: (x) => -expm1(-rate * Math.max(0, x)),
    survival: (x) => exp(-rate * Math.max(0, x)),
  } satisfies Exponential);
}
