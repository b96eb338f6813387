import { exp, expm1, log } from "../math/index.ts";
import { normalCdf, normalQuantile } from "../special/index.ts";
import { expectFinite, expectPositive } from "./parameters.ts";
import type { Lognormal } from "./types.ts";

/**
 * The distribution of a positive number whose logarithm is normal with mean mu and standard deviation sigma.
 *
 * @example
 * lognormal(0, 1).quantile(0.5); // 1
 */
export function lognormal(mu: number, sigma: number): Lognormal {
  expectFinite("mu", mu);
  expectPositive("sigma", sigma);
  const mean = exp(mu + 0.5 * sigma * sigma);
  const score = (x: number) => (x > 0 ? (log(x) - mu) / sigma : Number.isNaN(x) ? x : Number.NEGATIVE_INFINITY);
  return Object.freeze({
    kind: "lognormal",
    mu,
    sigma,
    mean,
    sd: mean * Math.sqrt(expm1(sigma * sigma)),
    support: Object.freeze([0, Number.POSITIVE_INFINITY] as const),
    quantile: (p) => exp(mu + sigma * normalQuantile(p)),
    upperQuantile: (q) => exp(mu - sigma * normalQuantile(q)),
    cdf: (x) => normalCdf(score(x)),
    survival: (x) => normalCdf(-score(x)),
  } satisfies Lognormal);
}
