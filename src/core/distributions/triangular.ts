import { expectFinite, invalid, isProbability } from "./parameters.ts";
import type { Triangular } from "./types.ts";

/**
 * The triangular distribution with its least, likeliest and greatest value: low <= mode <= high, low < high.
 *
 * @example
 * triangular(0, 1, 2).quantile(0.5); // 1
 */
export function triangular(low: number, mode: number, high: number): Triangular {
  expectFinite("low", low);
  expectFinite("mode", mode);
  expectFinite("high", high);
  if (low >= high) throw invalid("high", high, `a number above low, ${low}`);
  if (mode < low || mode > high) throw invalid("mode", mode, `a number from ${low} to ${high}`);
  const width = high - low;
  expectFinite("high - low", width);
  const left = mode - low;
  const right = high - mode;
  const rising = (x: number) => ((x - low) / width) * ((x - low) / left);
  const falling = (x: number) => ((high - x) / width) * ((high - x) / right);
  return Object.freeze({
    kind: "triangular",
    low,
    mode,
    high,
    mean: (low + mode + high) / 3,
    sd: Math.sqrt((left * left + left * right + right * right) / 18),
    support: Object.freeze([low, high] as const),
    quantile: (p) => (isProbability(p) ? triangularQuantile(p, 1 - p, low, mode, high) : Number.NaN),
    upperQuantile: (q) => (isProbability(q) ? triangularQuantile(1 - q, q, low, mode, high) : Number.NaN),
    cdf: (x) => (x <= low ? 0 : x < mode ? rising(x) : x < high ? 1 - falling(x) : x >= high ? 1 : Number.NaN),
    survival: (x) => (x <= low ? 1 : x < mode ? 1 - rising(x) : x < high ? falling(x) : x >= high ? 0 : Number.NaN),
  } satisfies Triangular);
}

/** For probabilities p and q = 1 - p. */
export function triangularQuantile(p: number, q: number, low: number, mode: number, high: number): number {
  const width = high - low;
  return p * width < mode - low
    ? Math.min(mode, low + Math.sqrt(p * width * (mode - low)))
    : Math.max(mode, high - Math.sqrt(q * width * (high - mode)));
}
