import { normalCdf, normalQuantile } from "../special/index.ts";
import { expectFinite, expectPositive } from "./parameters.ts";
import type { Normal } from "./types.ts";

/**
 * The normal distribution with a mean and a standard deviation above 0.
 *
 * @example
 * normal(5, 1).quantile(0.975); // 6.959963984540053
 */
export function normal(mean: number, sd: number): Normal {
  expectFinite("mean", mean);
  expectPositive("standard deviation", sd);
  return Object.freeze({
    kind: "normal",
    mean,
    sd,
    support: Object.freeze([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const),
    quantile: (p) => mean + sd * normalQuantile(p),
    upperQuantile: (q) => mean - sd * normalQuantile(q),
    cdf: (x) => normalCdf((x - mean) / sd),
    survival: (x) => normalCdf((mean - x) / sd),
  } satisfies Normal);
}
