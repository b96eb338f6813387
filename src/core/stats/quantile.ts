import { ParleyError } from "../problems/index.ts";
import { expectValues } from "./check.ts";

/**
 * Quantile of at least one value at 0 <= p <= 1: type 7 of Hyndman & Fan (1996), The American Statistician 50, 361-365.
 *
 * With x_0 <= ... <= x_(n-1) and h = (n - 1) p it is x_floor(h) plus the fraction of h times the step to the next
 * value: what R, NumPy and spreadsheets give unless told otherwise.
 *
 * @example
 * quantile([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  expectValues("values", values, 1);
  return quantileSorted(Float64Array.from(values).sort(), p);
}

/**
 * Quantile of values that are already in rising order, which is not checked; otherwise as `quantile`.
 *
 * @example
 * quantileSorted(Float64Array.of(1, 2, 3, 4), 0.25); // 1.75
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw ParleyError.of("invalid-parameter", { name: "p", value: p, expected: "a number from 0 to 1" });
  }
  if (sorted.length === 0) {
    throw ParleyError.of("invalid-parameter", { name: "number of values", value: 0, expected: "at least 1" });
  }
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const part = place - below;
  return part === 0 ? low : low + part * (sorted[below + 1]! - low);
}
