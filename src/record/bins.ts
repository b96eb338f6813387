import { ParleyError } from "../core/problems/index.ts";
import type { Verified } from "./types.ts";

/**
 * How forecasts are put together: `distinct`, those of the very same probability; a number of bins of equal width on
 * [0, 1], the last with 1; or of bins of about equal count, ties kept together.
 */
export type Binning = "distinct" | { readonly width: number } | { readonly count: number };

/** Forecasts that are looked at together. */
export interface Bin {
  /** The least and greatest probability that the bin can hold; of a distinct value, and of equal counts, that it does hold. */
  readonly from: number;
  readonly to: number;
  readonly pairs: readonly Verified[];
}

/** Bins that hold something, by rising probability. @throws ParleyError invalid-parameter */
export function binned(pairs: readonly Verified[], binning: Binning): Bin[] {
  const sorted = pairs.toSorted((a, b) => a.p - b.p || a.outcome - b.outcome);
  const wanted = binning === "distinct" ? 1 : "width" in binning ? binning.width : binning.count;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 1000) {
    throw ParleyError.of("invalid-parameter", { name: "number of bins", value: wanted, expected: "1..1000" });
  }
  const groups: Verified[][] = [];
  let last: number | undefined;
  for (const [i, pair] of sorted.entries()) {
    const key =
      binning === "distinct"
        ? pair.p
        : "width" in binning
          ? widthBin(pair.p, wanted)
          : sorted[i - 1]?.p === pair.p
            ? last
            : Math.floor((i * wanted) / sorted.length);
    if (key !== last || groups.length === 0) groups.push([]);
    groups.at(-1)!.push(pair);
    last = key;
  }
  return groups.map((group) => {
    const [low, high] = [group[0]!.p, group.at(-1)!.p];
    if (binning === "distinct" || !("width" in binning)) return { from: low, to: high, pairs: group };
    const k = widthBin(low, wanted);
    return { from: k / wanted, to: (k + 1) / wanted, pairs: group };
  });
}

/** The bin of equal width that a probability falls in. */
export function widthBin(p: number, bins: number): number {
  return Math.min(bins - 1, Math.floor(p * bins));
}

export const sumOf = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0);
