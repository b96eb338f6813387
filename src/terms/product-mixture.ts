import { log } from "../core/math/index.ts";
import { type Column, type Mixture, mixed, type Oracle } from "./mixtures.ts";

/**
 * The mixture with the greatest product of its coordinates, from a first mixture on, whose coordinates must be positive.
 *
 * Fully corrective conditional gradients (Frank & Wolfe 1956): the oracle adds the package that promises most at the present
 * mixture, then chance is moved between those added until none promises more than another. No mixture's sum of logarithms
 * exceeds `bound`; the search ends where that is within `tolerance`.
 */
export function maxProductMixture(
  oracle: Oracle,
  first: readonly (readonly [column: Column, chance: number])[],
  n: number,
  tolerance = 1e-9,
  rounds = 200,
): Mixture {
  let used = first.map(([column]) => column);
  let chances: Float64Array = Float64Array.from(first, ([, chance]) => chance);
  let at = mixed(used, chances, n);
  let bound = Number.POSITIVE_INFINITY;
  let weights = new Float64Array(n);
  for (let round = 0; round < rounds; round++) {
    weights = at.map((gain) => 1 / gain);
    const added = oracle(weights);
    let promise = 0;
    for (let i = 0; i < n; i++) promise += weights[i]! * added.at[i]!;
    bound = Math.min(bound, sumOfLogs(at) + promise - n);
    if (promise - n <= tolerance) break;
    const kept = [...used.keys()].filter((j) => chances[j]! > 1e-14);
    used = [...kept.map((j) => used[j]!), added];
    // It enters with no chance: all at once it might make a coordinate negative.
    chances = Float64Array.from([...kept.map((j) => chances[j]!), 0]);
    at = balance(used, chances, n, tolerance / 10);
  }
  return { columns: used, chances, at, value: sumOfLogs(at), bound, weights };
}

function sumOfLogs(at: Float64Array): number {
  let sum = 0;
  for (const x of at) sum += log(x);
  return sum;
}

/** Moves chances between the packages used, in place, until none promises more than the tolerance above another. */
function balance(used: readonly Column[], chances: Float64Array, n: number, tolerance: number): Float64Array {
  const at = mixed(used, chances, n);
  const promises = new Float64Array(used.length);
  for (let step = 0; step < 5000; step++) {
    let toward = 0;
    let away = -1;
    for (let j = 0; j < used.length; j++) {
      let promise = 0;
      for (let i = 0; i < n; i++) promise += used[j]!.at[i]! / at[i]!;
      promises[j] = promise;
      if (promise > promises[toward]!) toward = j;
      if (chances[j]! > 0 && (away < 0 || promise < promises[away]!)) away = j;
    }
    if (promises[toward]! - promises[away]! <= tolerance) break;
    const moved = shareToMove(at, used[toward]!.at, used[away]!.at, chances[away]!);
    chances[toward]! += moved;
    chances[away] = moved === chances[away] ? 0 : chances[away]! - moved;
    for (let i = 0; i < n; i++) at[i]! += moved * (used[toward]!.at[i]! - used[away]!.at[i]!);
  }
  return mixed(used, chances, n);
}

/** How much chance to move from one package to another: the step that makes the sum of logarithms greatest, by bisection. */
function shareToMove(at: Float64Array, toward: Float64Array, away: Float64Array, most: number): number {
  const slope = (step: number) => {
    let sum = 0;
    for (let i = 0; i < at.length; i++) {
      const direction = toward[i]! - away[i]!;
      const here = at[i]! + step * direction;
      if (here <= 0) return -1;
      sum += direction / here;
    }
    return sum;
  };
  if (slope(most) >= 0) return most;
  let low = 0;
  let high = most;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}
