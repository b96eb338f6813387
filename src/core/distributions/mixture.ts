import { atomsOf, joined, justBelow } from "./atoms.ts";
import { invert, invertWhole } from "./invert.ts";
import { invalid, isProbability } from "./parameters.ts";
import type { Distribution, Mixture } from "./types.ts";

/**
 * One of several distributions, each with its weight: what two schools hold, or what happens in either case.
 *
 * Weights are not negative and are divided by their sum. Quantiles are found by inverting the distribution function.
 *
 * @example
 * mixture([uniform(0, 1), uniform(2, 3)], [0.5, 0.5]).quantile(0.75); // 2.5
 */
export function mixture(components: readonly Distribution[], weights: readonly number[]): Mixture {
  if (components.length === 0) throw invalid("components", "none", "at least one distribution");
  if (weights.length !== components.length) {
    throw invalid("weights", weights.length, `${components.length}, one for each component`);
  }
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw invalid("weight", weight, "a number of at least 0");
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) throw invalid("sum of weights", sum, "a finite number above 0");
  // A component without weight must not widen the support or the search for quantiles.
  const kept = components.filter((_, i) => weights[i]! > 0);
  return weighted(
    kept,
    weights.filter((weight) => weight > 0).map((weight) => weight / sum),
  );
}

/** The mixture of components by shares above 0 that add up to 1, as rounding has it: those that a mixture shows. */
export function weighted(kept: readonly Distribution[], shares: readonly number[]): Mixture {
  const average = (f: (d: Distribution) => number) => kept.reduce((total, d, i) => total + shares[i]! * f(d), 0);
  const cdf = (x: number) =>
    Math.min(
      1,
      average((d) => d.cdf(x)),
    );
  const survival = (x: number) =>
    Math.min(
      1,
      average((d) => d.survival(x)),
    );
  const support = Object.freeze([
    Math.min(...kept.map((d) => d.support[0])),
    Math.max(...kept.map((d) => d.support[1])),
  ] as const);
  const atoms = joined(kept.map(atomsOf));
  const isJump = (excess: (x: number) => number, x: number) => excess(x) >= 0 && excess(justBelow(x)) < 0;
  const jumpOf = (excess: (x: number) => number) => atoms.values.find((x) => isJump(excess, x));
  // Where counts are among the parts, the search ends within an ulp or two of a whole number or far from one.
  const snapped = (excess: (x: number) => number, x: number) => {
    const count = Math.round(x);
    return atoms.counts && Math.abs(x - count) < 1e-9 && isJump(excess, count) ? count : x;
  };
  const quantile = (p: number, q: number) => {
    if (!isProbability(p)) return Number.NaN;
    if (p === 0) return support[0];
    if (q === 0) return support[1];
    // The quantile lies between those of the components.
    const ends = kept.map((d) => (p <= q ? d.quantile(p) : d.upperQuantile(q)));
    const excess = p <= q ? (x: number) => cdf(x) - p : (x: number) => q - survival(x);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const jump = jumpOf(excess);
    if (jump !== undefined) return jump;
    return atoms.only ? invertWhole(excess, low, high) : snapped(excess, invert(excess, low, high));
  };
  let moments: { readonly mean: number; readonly sd: number } | undefined;
  const known = () => {
    if (moments === undefined) {
      const mean = average((d) => d.mean);
      moments = { mean, sd: Math.sqrt(average((d) => d.sd * d.sd + (d.mean - mean) * (d.mean - mean))) };
    }
    return moments;
  };
  return Object.freeze({
    kind: "mixture",
    components: Object.freeze(kept),
    weights: Object.freeze(shares),
    get mean() {
      return known().mean;
    },
    get sd() {
      return known().sd;
    },
    support,
    quantile: (p) => quantile(p, 1 - p),
    upperQuantile: (q) => quantile(1 - q, q),
    cdf,
    survival,
  } satisfies Mixture);
}
