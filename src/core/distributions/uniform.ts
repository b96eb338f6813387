import { expectFinite, invalid, isProbability } from "./parameters.ts";
import type { Uniform } from "./types.ts";

/**
 * The uniform distribution between two numbers, low < high.
 *
 * @example
 * uniform(2, 4).quantile(0.25); // 2.5
 */
export function uniform(low: number, high: number): Uniform {
  expectFinite("low", low);
  expectFinite("high", high);
  if (low >= high) throw invalid("high", high, `a number above low, ${low}`);
  const width = high - low;
  expectFinite("high - low", width);
  const share = (part: number) => (Number.isNaN(part) ? part : Math.max(0, Math.min(part, 1)));
  return Object.freeze({
    kind: "uniform",
    low,
    high,
    mean: low + 0.5 * width,
    sd: width / Math.sqrt(12),
    support: Object.freeze([low, high] as const),
    quantile: (p) => (p === 1 ? high : isProbability(p) ? uniformQuantile(p, low, high) : Number.NaN),
    upperQuantile: (q) => (q === 1 ? low : isProbability(q) ? Math.max(low, high - q * width) : Number.NaN),
    cdf: (x) => share((x - low) / width),
    survival: (x) => share((high - x) / width),
  } satisfies Uniform);
}

/** For probabilities below 1; rounding never leads above high. */
export function uniformQuantile(p: number, low: number, high: number): number {
  return Math.min(high, low + p * (high - low));
}
