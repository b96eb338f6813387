import { expectFinite, isProbability } from "./parameters.ts";
import type { Constant } from "./types.ts";

/**
 * A number that is certain.
 *
 * @example
 * constant(3).quantile(0.9); // 3
 */
export function constant(value: number): Constant {
  expectFinite("value", value);
  return Object.freeze({
    kind: "constant",
    value,
    mean: value,
    sd: 0,
    support: Object.freeze([value, value] as const),
    quantile: (p) => (isProbability(p) ? value : Number.NaN),
    upperQuantile: (q) => (isProbability(q) ? value : Number.NaN),
    cdf: (x) => (Number.isNaN(x) ? x : x >= value ? 1 : 0),
    survival: (x) => (Number.isNaN(x) ? x : x >= value ? 0 : 1),
  } satisfies Constant);
}
