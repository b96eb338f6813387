import { uniform } from "../../src/core/distributions/index.ts";
import { sin } from "../../src/core/math/index.ts";
import { createStream, DYNAMICS, type Stream } from "../../src/core/random/index.ts";
import type { Estimate, Evaluate, Model, Quantiles } from "../../src/sensitivity/index.ts";

/** Monte Carlo: an estimate may lie so many of its standard errors from the truth; by chance 1 in 16 000 does not. */
export const ERRORS = 4;

/** How many standard errors an estimate is off. */
export function off({ estimate, se }: Estimate, truth: number): number {
  return estimate === truth ? 0 : Math.abs(estimate - truth) / se;
}

/** A deterministic model of inputs with the same distribution, with one output, y. */
export function plain(k: number, distribution: Quantiles, f: (x: Float64Array) => number): Model {
  return {
    deterministic: true,
    parameters: Array.from({ length: k }, (_, j) => ({ name: `x${j + 1}`, distribution })),
    outputs: [{ name: "y" }],
    evaluate: (x, _, out) => {
      out[0] = f(x);
    },
  };
}

/** Ishigami & Homma (1990) with a = 7, b = 0.1. */
export const ishigami: Model = plain(3, uniform(-Math.PI, Math.PI), (x) => {
  const [x1 = 0, x2 = 0, x3 = 0] = x;
  return sin(x1) * (1 + 0.1 * x3 * x3 * x3 * x3) + 7 * sin(x2) * sin(x2);
});

export const ISHIGAMI = {
  variance: 13.844587940719254,
  S: [0.31390519114781146, 0.4424111447900409, 0],
  T: [0.5575888552099592, 0.4424111447900409, 0.2436836640621477],
};

const G = [0, 1, 4.5, 9];

/** The g-function of Saltelli & Sobol (1995): a product of (|4 x - 2| + a) / (1 + a). */
export const gFunction: Model = plain(G.length, uniform(0, 1), (x) =>
  G.reduce((product, a, j) => (product * (Math.abs(4 * (x[j] ?? 0) - 2) + a)) / (1 + a), 1),
);

/** Its indices: the variance of a set of inputs is the product of 1 / (3 (1 + a)^2). */
export function gTruth() {
  const part = G.map((a) => 1 / (3 * (1 + a) * (1 + a)));
  const variance = part.reduce((product, v) => product * (1 + v), 1) - 1;
  const shapley = part.map(() => 0);
  for (let set = 1; set < 1 << G.length; set++) {
    const members = part.flatMap((_, j) => ((set >> j) & 1 ? [j] : []));
    const value = members.reduce((product, j) => product * (part[j] ?? 0), 1) / variance;
    for (const j of members) shapley[j] = (shapley[j] ?? 0) + value / members.length;
  }
  return {
    variance,
    S: part.map((v) => v / variance),
    T: part.map((v) => (v * (1 + variance)) / (1 + v) / variance),
    shapley,
  };
}

const streams = new Map<number, Stream>();
function streamOf(seed: number): Stream {
  const stream = streams.get(seed) ?? createStream(seed, DYNAMICS);
  streams.set(seed, stream);
  return stream;
}

/** The number in (0, 1) of a trajectory: the only chance of these models. */
export const unit = (seed: number, trajectory: number, slot = 0): number => streamOf(seed).uniform(slot, 0, trajectory);

/** Each trajectory gives 1 with probability p(x), else 0. */
export function bernoulli(p: (x: Float64Array) => number): Evaluate {
  return (x, { seed, first, count }, out) => {
    const chance = p(x);
    let events = 0;
    for (let i = first; i < first + count; i++) if (unit(seed, i) < chance) events++;
    out[0] = events / count;
  };
}

/** A model of chance with inputs uniform on (0, 1) and one output, the event. */
export function event(k: number, p: (x: Float64Array) => number): Model {
  return {
    parameters: Array.from({ length: k }, (_, j) => ({ name: `x${j + 1}`, distribution: uniform(0, 1) })),
    outputs: [{ name: "event", indicator: true }],
    evaluate: bernoulli(p),
  };
}
