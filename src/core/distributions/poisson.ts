import { exp } from "../math/index.ts";
import { gammaP, gammaQ, normalQuantile } from "../special/index.ts";
import { invalid, isProbability } from "./parameters.ts";
import type { Poisson } from "./types.ts";

/** From here neighbouring counts are the same double. */
const LARGEST_MEAN = 1e15;

/**
 * The Poisson distribution of a count, with a mean above 0.
 *
 * @example
 * poisson(3).quantile(0.5); // 3
 */
export function poisson(mean: number): Poisson {
  if (!(mean > 0 && mean <= LARGEST_MEAN)) throw invalid("mean", mean, "a number above 0 and at most 1e15");
  const cdf = (x: number) => (x < 0 ? 0 : x === Number.POSITIVE_INFINITY ? 1 : gammaQ(Math.floor(x) + 1, mean));
  const survival = (x: number) => (x < 0 ? 1 : x === Number.POSITIVE_INFINITY ? 0 : gammaP(Math.floor(x) + 1, mean));
  const quantile = (p: number, q: number) => {
    if (!isProbability(p)) return Number.NaN;
    if (q === 0) return Number.POSITIVE_INFINITY;
    const reached = p <= 0.5 ? (k: number) => cdf(k) >= p : (k: number) => survival(k) <= q;
    return smallestCount(reached, guess(p <= 0.5 ? normalQuantile(p) : -normalQuantile(q), mean));
  };
  return Object.freeze({
    kind: "poisson",
    mean,
    sd: Math.sqrt(mean),
    support: Object.freeze([0, Number.POSITIVE_INFINITY] as const),
    quantile: (p) => quantile(p, 1 - p),
    upperQuantile: (q) => quantile(1 - q, q),
    cdf,
    survival,
  } satisfies Poisson);
}

/** The count near a normal score, by the first terms of Cornish & Fisher's (1938) expansion. */
function guess(z: number, mean: number): number {
  if (z === Number.NEGATIVE_INFINITY) return 0;
  return Math.max(0, Math.floor(mean + z * Math.sqrt(mean) + (z * z - 1) / 6));
}

/** The smallest count from which a condition holds, sought around a guess in steps that double, then halve. */
function smallestCount(holds: (k: number) => boolean, start: number): number {
  let low = start;
  let high = start;
  if (holds(start)) {
    for (let step = 1; low >= 0 && holds(low); step *= 2) {
      high = low;
      low -= step;
    }
    low = Math.max(low, -1);
  } else {
    for (let step = 1; !holds(high); step *= 2) {
      low = high;
      high += step;
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Counts of the simulation are cut here: with a mean below 3 a larger one comes once in 10^11 draws. */
const MOST_EVENTS = 20;

/**
 * A Poisson count by inversion as the dynamics engine draws it: the smallest n whose cumulated chance reaches u, at
 * most 20.
 *
 * The chances are summed from 0 upwards, as in its reference engine, so that the same random word gives the same count.
 *
 * @example
 * poissonCount(3.7, 0.5); // 4
 */
export function poissonCount(mean: number, u: number): number {
  let chance = exp(-mean);
  let sum = chance;
  let n = 0;
  while (u > sum && n < MOST_EVENTS) {
    n++;
    chance *= mean / n;
    sum += chance;
  }
  return n;
}
