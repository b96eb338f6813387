import { exp, log } from "../math/index.ts";
import { lgamma } from "../special/index.ts";
import { justBelow } from "./atoms.ts";
import { integrate } from "./quadrature.ts";
import type { Distribution, Mixture } from "./types.ts";

interface Moments {
  readonly mean: number;
  readonly sd: number;
}

/** Counts beyond these tails do not move the moments of a truncated Poisson distribution. */
const TAIL = 1e-18;

type Cut = (d: Distribution, low: number, high: number) => Distribution;

/**
 * Mean and standard deviation of a distribution given that it lies in an interval.
 *
 * @param at its quantile there, from u and 1 - u
 * @param cut how to truncate the parts of a mixture
 */
export function truncatedMoments(
  d: Distribution,
  low: number,
  high: number,
  at: (u: number, rest: number) => number,
  cut: Cut,
): Moments {
  if (d.kind === "mixture") return mixtureMoments(d, low, high, cut);
  if (d.kind === "poisson")
    return countMoments(d.mean, Math.ceil(low), Math.floor(Math.min(high, at(1, 0), lastCount(d, low))));
  const mean = integrate(at);
  const variance = integrate((u, rest) => {
    const away = at(u, rest) - mean;
    return away * away;
  });
  return { mean, sd: Math.sqrt(variance) };
}

/** A mixture given an interval is the mixture of its parts given it, weighted by how much of each lies there. */
function mixtureMoments(d: Mixture, low: number, high: number, cut: Cut): Moments {
  const parts = d.components.flatMap((part, i) => {
    const weight = d.weights[i]! * massOf(part, low, high);
    return weight > 0 ? [{ weight, of: cut(part, low, high) }] : [];
  });
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  const average = (f: (part: Distribution) => number) =>
    parts.reduce((total, { weight, of }) => total + (weight / sum) * f(of), 0);
  const mean = average((part) => part.mean);
  return { mean, sd: Math.sqrt(average((part) => part.sd * part.sd + (part.mean - mean) * (part.mean - mean))) };
}

/** The chance of a value in a closed interval, from the tails where they are the smaller. */
function massOf(d: Distribution, low: number, high: number): number {
  const floor = justBelow(low);
  return d.cdf(floor) > 0.5 ? d.survival(floor) - d.survival(high) : d.cdf(high) - d.cdf(floor);
}

/** The largest count worth summing when those below `low` are cut off. */
function lastCount(d: Distribution, low: number): number {
  return d.upperQuantile(Math.min(0.5, d.survival(justBelow(low))) * TAIL);
}

/** Moments of a Poisson count between two counts, by summation relative to the largest chance. */
function countMoments(mean: number, first: number, last: number): Moments {
  const from = Math.max(0, first);
  const peak = Math.max(from, Math.min(Math.floor(mean), last));
  const logChance = (k: number) => k * log(mean) - lgamma(k + 1);
  const chance = (k: number) => exp(logChance(k) - logChance(peak));
  let mass = 0;
  let sum = 0;
  for (let k = from; k <= last; k++) {
    mass += chance(k);
    sum += chance(k) * (k - peak);
  }
  const away = sum / mass;
  let square = 0;
  for (let k = from; k <= last; k++) square += chance(k) * (k - peak - away) * (k - peak - away);
  return { mean: peak + away, sd: Math.sqrt(square / mass) };
}
