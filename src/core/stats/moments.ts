import { expectValues } from "./check.ts";

/**
 * Arithmetic mean of at least one value.
 *
 * In two passes, the second of which makes good what the first rounded away; values are added in their order.
 *
 * @example
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  expectValues("values", values, 1);
  return meanOf(values);
}

/** The mean of values that have been checked. */
export function meanOf(values: ArrayLike<number>): number {
  const count = values.length;
  // Shares of the values: their sum might overflow.
  let first = 0;
  for (let i = 0; i < count; i++) first += values[i]! / count;
  let rest = 0;
  for (let i = 0; i < count; i++) rest += (values[i]! - first) / count;
  return first + rest;
}

/**
 * Variance of at least two values, with n - 1 in the denominator.
 *
 * Two passes with the correction of Chan, Golub & LeVeque (1983), The American Statistician 37, 242-247.
 *
 * @example
 * variance([1, 2, 6]); // 7
 */
export function variance(values: ArrayLike<number>): number {
  expectValues("values", values, 2);
  const centre = meanOf(values);
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const away = values[i]! - centre;
    squares += away * away;
    sum += away;
  }
  return (squares - (sum * sum) / values.length) / (values.length - 1);
}
