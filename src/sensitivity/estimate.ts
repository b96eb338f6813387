import type { Estimate } from "./types.ts";

/** The mean of values, in their order. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

/**
 * Standard error of the mean of values: sd / sqrt(n), or from means of groups where the values of a group depend on one
 * another; value i is in group i mod `groups`. 0 for a single value.
 */
export function standardError(values: Float64Array, groups = 0): number {
  const parts = groups === 0 ? values : groupMeans(values, groups);
  const n = parts.length;
  if (n < 2) return 0;
  const centre = meanOf(parts);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (parts[i]! - centre) * (parts[i]! - centre);
  return Math.sqrt(squares / (n - 1) / n);
}

function groupMeans(values: Float64Array, groups: number): Float64Array {
  const means = new Float64Array(groups);
  for (let i = 0; i < values.length; i++) means[i % groups]! += values[i]!;
  const size = values.length / groups;
  for (let g = 0; g < groups; g++) means[g]! /= size;
  return means;
}

/** The mean of values with its standard error. */
export function meanEstimate(values: Float64Array, groups = 0): Estimate {
  return estimate(meanOf(values), standardError(values, groups));
}

/**
 * The ratio of two means with its standard error by the delta method (Cochran 1977, Sampling Techniques, chapter 6):
 * that of the mean of (top - ratio bottom) / bottom's mean. 0 and 0 where the bottom is not above 0.
 *
 * @param scratch room for as many values
 */
export function ratioEstimate(
  top: Float64Array,
  bottom: Float64Array,
  bottomMean: number,
  scratch: Float64Array,
  groups = 0,
): Estimate {
  if (!(bottomMean > 0)) return estimate(0, 0);
  const ratio = meanOf(top) / bottomMean;
  for (let i = 0; i < top.length; i++) scratch[i] = (top[i]! - ratio * bottom[i]!) / bottomMean;
  return estimate(ratio, standardError(scratch, groups));
}

/** (64 times the unit of rounding)^2: a variance below this share of the mean's square is nothing but rounding. */
const ROUNDINGS = 2e-28;

/** Whether a variance is what rounding makes of none, for values around a centre. */
export function isRounding(variance: number, centre: number): boolean {
  return Math.abs(variance) <= ROUNDINGS * centre * centre;
}

export function estimate(value: number, se: number): Estimate {
  return Object.freeze({ estimate: value, se });
}
