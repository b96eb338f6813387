import { exp, expm1, log, log1p, pow } from "../../src/core/math/index.ts";
import { gammaQuantile, normalQuantile } from "../../src/core/special/index.ts";
import { mean } from "../../src/core/stats/index.ts";

/** Deaths in the months up to now, oldest first: all that a forecaster knows. */
export type Past = readonly number[];
/** Equally likely numbers of deaths so many months ahead. */
export type Ensemble = readonly number[];

export const DEATH_BASELINES = ["last", "conflictology"] as const;
export const DEATH_OURS = ["spread", "recent", "walk", "damped", "capped", "binomial", "pooled"] as const;
export type DeathModel = (typeof DEATH_BASELINES)[number] | (typeof DEATH_OURS)[number];
export const DEATH_MODELS: readonly DeathModel[] = [...DEATH_BASELINES, ...DEATH_OURS];

export const ABOUT_DEATHS: Readonly<Record<DeathModel, readonly [label: string, about: string]>> = {
  last: ["last value", "next month is as this one, for certain"],
  conflictology: ["conflictology", "the last 12 months as an ensemble, for every month ahead (Hegre et al.)"],
  spread: ["last three", "the last 3 months as an ensemble"],
  recent: ["recent months", "all months so far, each weighing half as much as the one 6 months later"],
  walk: [
    "changes seen",
    "this month times the changes over as many months that were seen so far, in log(1 + deaths); conflictology below 12 of them",
  ],
  damped: [
    "damped trend",
    "level and damped trend of log(1 + deaths) with normal errors (Gardner & McKenzie 1985), its three weights those with the least squared error so far",
  ],
  capped: ["damped, capped", "the damped trend, no month above twice the deadliest so far"],
  binomial: [
    "negative binomial",
    "about the weighted mean of past months (half weight after 3), spread as past misses at that distance (weight halves after 24)",
  ],
  pooled: ["pool of three", "conflictology, capped damped trend and negative binomial in equal parts"],
};

export const MOST_AHEAD = 12;
/** Months that must be known before the first forecast. */
export const FEWEST_MONTHS = 12;
const MEMBERS = 60;
const YEAR = 12;
/** Half-lives in months: of the ensemble of recent months, of the binomial's level, of its spread. Set beforehand. */
const HALF_RECENT = 6;
const HALF_LEVEL = 3;
const HALF_SPREAD = 24;

/** The middles of so many equal slices of 0 .. 1. */
const SLICES = Array.from({ length: MEMBERS }, (_, i) => (i + 0.5) / MEMBERS);

/** What each model says so many months ahead; of the past it reads nothing but what is given. */
export function deathForecasts(past: Past): Readonly<Record<DeathModel, (ahead: number) => Ensemble>> {
  const last = past.at(-1) ?? 0;
  const year = past.slice(-YEAR);
  const recent = weightedMembers(past, HALF_RECENT);
  const damped = dampedTrend(past);
  const most = 2 * past.reduce((highest, value) => Math.max(highest, value), 1);
  const capped = (ahead: number): Ensemble => damped(ahead).map((value) => Math.min(most, value));
  const binomial = negativeBinomial(past);
  return {
    last: () => [last],
    conflictology: () => year,
    spread: () => past.slice(-3),
    recent: () => recent,
    walk: (ahead) => changesSeen(past, ahead) ?? year,
    damped,
    capped,
    binomial,
    pooled: (ahead) => [
      ...year.flatMap((value) => Array<number>(MEMBERS / YEAR).fill(value)),
      ...capped(ahead),
      ...binomial(ahead),
    ],
  };
}

/** Weights of past months that halve so many months back, the newest last. */
const halving = (count: number, half: number): number[] =>
  Array.from({ length: count }, (_, i) => pow(0.5, (count - 1 - i) / half));

function weightedMembers(past: Past, half: number): Ensemble {
  const weights = halving(past.length, half);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const rising = past
    .map((value, i) => ({ value, weight: (weights[i] ?? 0) / sum }))
    .toSorted((a, b) => a.value - b.value);
  let place = 0;
  let below = rising[0]?.weight ?? 1;
  return SLICES.map((level) => {
    while (below < level && place < rising.length - 1) below += rising[++place]?.weight ?? 0;
    return rising[place]?.value ?? 0;
  });
}

/** Deaths from their logarithm, log(1 + deaths); never below 0. */
const deathsOf = (logarithm: number): number => Math.max(0, expm1(logarithm));

function changesSeen(past: Past, ahead: number): Ensemble | undefined {
  const logs = past.map((value) => log1p(value));
  const changes = logs.slice(ahead).map((value, i) => value - (logs[i] ?? 0));
  if (changes.length < YEAR) return undefined;
  return changes.map((change) => deathsOf((logs.at(-1) ?? 0) + change));
}

const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1] as const;
const TRENDS = [0, 0.05, 0.1, 0.2] as const;
const DAMPINGS = [0.8, 0.9, 0.98] as const;

/** A run of the smoother over the past: where it stands at the end, and how it missed each next month. */
function smooth(logs: readonly number[], alpha: number, beta: number, phi: number) {
  let level = mean(logs.slice(0, 3));
  let trend = 0;
  const misses: number[] = [];
  for (const value of logs) {
    const expected = level + phi * trend;
    const miss = value - expected;
    misses.push(miss);
    level = expected + alpha * miss;
    trend = phi * trend + beta * miss;
  }
  return { level, trend, misses };
}

function dampedTrend(past: Past): (ahead: number) => Ensemble {
  const logs = past.map((value) => log1p(value));
  let best = { alpha: 1, beta: 0, phi: 0.8, square: Number.POSITIVE_INFINITY };
  for (const alpha of LEVELS) {
    for (const beta of TRENDS) {
      for (const phi of DAMPINGS) {
        const { misses } = smooth(logs, alpha, beta, phi);
        const square = misses.reduce((sum, miss) => sum + miss * miss, 0);
        if (square < best.square) best = { alpha, beta, phi, square };
        if (beta === 0) break;
      }
    }
  }
  const { alpha, beta, phi, square } = best;
  const { level, trend } = smooth(logs, alpha, beta, phi);
  const sigma2 = square / Math.max(1, logs.length - 3);
  return (ahead) => {
    let middle = level;
    let spread = 1;
    let damping = 0;
    for (let j = 1; j <= ahead; j++) {
      const before = damping;
      damping += pow(phi, j);
      if (j > 1) spread += (alpha + beta * before) * (alpha + beta * before);
    }
    middle += damping * trend;
    const sd = Math.sqrt(sigma2 * spread);
    return SLICES.map((share) => deathsOf(middle + sd * normalQuantile(share)));
  };
}

/** Means of past months at each month, each with weights that halve. */
function runningMeans(past: Past, half: number): number[] {
  const keep = exp(-log(2) / half);
  let [sum, weight] = [0, 0];
  return past.map((value) => {
    sum = keep * sum + value;
    weight = keep * weight + 1;
    return sum / weight;
  });
}

function negativeBinomial(past: Past): (ahead: number) => Ensemble {
  const means = runningMeans(past, HALF_LEVEL);
  const centre = Math.max(0.5, means.at(-1) ?? 0);
  return (ahead) => {
    // Relative variance beyond the Poisson's, by moments, from the misses of the same rule at this distance.
    const misses = past.slice(ahead).map((value, i) => {
      const expected = Math.max(0.5, means[i] ?? 0);
      return ((value - expected) * (value - expected) - expected) / (expected * expected);
    });
    const weights = halving(misses.length, HALF_SPREAD);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const seen = misses.reduce((sum, miss, i) => sum + (weights[i] ?? 0) * miss, 0) / Math.max(1e-9, total);
    const relative = Math.min(4, Math.max(0.02, misses.length < 3 ? 1 : seen));
    // A gamma distribution with mean and variance of the negative binomial, rounded to whole deaths.
    const shape = centre / (1 + centre * relative);
    return SLICES.map((share) => Math.round((gammaQuantile(share, shape) * centre) / shape));
  };
}
