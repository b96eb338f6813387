import { KIND } from "../../scripts/hindcast/models.ts";
import type { War } from "../../scripts/hindcast/wars.ts";
import { exp, log } from "../../src/core/math/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { normalQuantile } from "../../src/core/special/index.ts";

/** Wars that are made up, with a known law of their durations. */
export interface Law {
  /** The duration in days of a war whose uniform number is u, with a covariate 0 or 1. */
  readonly days: (u: number, x: number) => number;
  /** The chance that its ending is `deal`. */
  readonly deal?: number;
}

export const exponential = (mean: number): Law => ({ days: (u) => -mean * log(u) });
export const weibull = (scale: number, shape: number): Law => ({ days: (u) => scale * exp(log(-log(u)) / shape) });
export const lognormal = (middle: number, sd: number): Law => ({ days: (u) => middle * exp(sd * normalQuantile(u)) });
/** Hazards of wars with x = 1 are `ratio` times those of x = 0. */
export const proportional = (mean: number, ratio: number): Law => ({
  days: (u, x) => (-mean * log(u)) / (x === 1 ? ratio : 1),
});

/** So many wars, one beginning every twenty days, in forty clusters that mean nothing: forty fits instead of one each. */
export function wars({ days, deal = 0 }: Law, count: number, seed: number): War[] {
  const stream = createStream(seed, purpose("MADE"));
  return Array.from({ length: count }, (_, i) => {
    const x = stream.uniform(2, 0, i) < 0.5 ? 1 : 0;
    return {
      id: `w${i}`,
      name: `War ${i}`,
      cluster: `c${i % 40}`,
      begun: 20 * i,
      days: Math.max(1, Math.ceil(days(stream.uniform(0, 0, i), x))),
      ended: true,
      ending: stream.uniform(1, 0, i) < deal ? "deal" : "victory",
      known: () => ({ x, [KIND]: x }),
    };
  });
}
