import { triangular } from "../core/distributions/index.ts";
import { exp, log } from "../core/math/index.ts";
import { invalid } from "./check.ts";
import type { Quantiles } from "./types.ts";

/**
 * A positive number whose logarithm is triangular between log(low), log(mode) and log(high): 0 < low <= mode <= high.
 *
 * It suits rates and hazards, about which one is uncertain by factors.
 *
 * @throws ParleyError where low is not positive or the three are out of order
 *
 * @example
 * logTriangular(0.01, 0.1, 1).quantile(0.5).toFixed(6); // "0.100000"
 */
export function logTriangular(low: number, mode: number, high: number): Quantiles {
  if (!(low > 0)) throw invalid("low", low, "a number above 0");
  if (!(high > low)) throw invalid("high", high, `a number above low, ${low}`);
  if (!(mode >= low && mode <= high)) throw invalid("mode", mode, `a number from ${low} to ${high}`);
  const logs = triangular(log(low), log(mode), log(high));
  return Object.freeze({ quantile: (p: number) => exp(logs.quantile(p)) });
}
