import { expectCount, expectFinite, invalid } from "./check.ts";
import { estimate } from "./estimate.ts";
import type { Estimate } from "./types.ts";

/** What one batch of trajectories counted. */
export interface BatchCounts {
  /** Trajectories in it. */
  readonly count: number;
  /** For each watched probability, how many trajectories had the event. */
  readonly successes: ArrayLike<number>;
  /** For each watched lever, the sum of the paired differences, and of their squares; none unless given. */
  readonly differences?: ArrayLike<number>;
  readonly squares?: ArrayLike<number>;
}

export interface StoppingOptions {
  /** Least number of batches, 5 unless given. */
  readonly least?: number;
  /** Most trajectories, 200 000 unless given. */
  readonly cap?: number;
  /** Half width of a 95 % interval that always suffices, 0.005 unless given. */
  readonly precision?: number;
  /** It may be this share of p (1 - p), 0.05 unless given. */
  readonly shareOfVariance?: number;
  /** It may be this share of a lever's difference, 0.25 unless given. */
  readonly shareOfDifference?: number;
}

/** A watched figure when the rule was last asked. */
export interface Watched extends Estimate {
  /** 1.96 standard errors: half the width of a 95 % interval. */
  readonly halfWidth: number;
  /** The half width that suffices. */
  readonly allowed: number;
  readonly met: boolean;
}

export interface StoppingResult {
  readonly stop: boolean;
  /** Every figure is precise enough, the cap is reached, or more batches are needed. */
  readonly because: "precise" | "cap" | "more";
  /** The first batches that decide; what lies beyond is left out, however far workers got. */
  readonly batches: number;
  readonly trajectories: number;
  readonly probabilities: readonly Watched[];
  readonly differences: readonly Watched[];
}

const Z = 1.96;

/**
 * Whether enough trajectories have been run: the shortest prefix of the batches at which the stopping rule holds.
 *
 * The rule is asked after every batch from the fifth on: 1.96 se <= max(0.005, 0.05 p (1 - p)) for every watched
 * probability, and 1.96 se <= max(0.005, |difference| / 4) for every lever difference; 200 000 trajectories at most. As
 * it looks at prefixes alone, the answer does not depend on which worker was how quick. Fixed-width sequential sampling:
 * Chow & Robbins (1965), Annals of Mathematical Statistics 36, 457-462; the least number of batches guards against
 * stopping on a lucky start.
 *
 * @throws ParleyError where batches count different figures, or a count is not one
 *
 * @example
 * const batch = { count: 2000, successes: [230] };
 * stoppingPoint(Array(20).fill(batch)).batches; // 8
 */
export function stoppingPoint(batches: readonly BatchCounts[], options: StoppingOptions = {}): StoppingResult {
  const { least = 5, cap = 200_000 } = options;
  const { precision = 0.005, shareOfVariance = 0.05, shareOfDifference = 0.25 } = options;
  expectCount("least", least, 1);
  expectCount("cap", cap, 1);
  const width = batches[0]?.successes.length ?? 0;
  const levers = batches[0]?.differences?.length ?? 0;
  const successes = new Float64Array(width);
  const sums = new Float64Array(levers);
  const squares = new Float64Array(levers);
  let n = 0;
  let probabilities: Watched[] = [];
  let differences: Watched[] = [];
  for (const [b, batch] of batches.entries()) {
    expectBatch(batch, width, levers);
    n += batch.count;
    for (let w = 0; w < width; w++) successes[w]! += batch.successes[w]!;
    for (let d = 0; d < levers; d++) {
      sums[d]! += batch.differences![d]!;
      squares[d]! += batch.squares![d]!;
    }
    const capped = n >= cap;
    const last = b === batches.length - 1;
    if (b + 1 < least && !capped && !last) continue;
    probabilities = Array.from(successes, (count) => {
      const p = count / n;
      return watched(p, Math.sqrt((p * (1 - p)) / n), Math.max(precision, shareOfVariance * p * (1 - p)));
    });
    differences = Array.from(sums, (sum, d) => {
      const mean = sum / n;
      const variance = n > 1 ? Math.max(0, squares[d]! - sum * mean) / (n - 1) : 0;
      return watched(mean, Math.sqrt(variance / n), Math.max(precision, shareOfDifference * Math.abs(mean)));
    });
    const precise = b + 1 >= least && [...probabilities, ...differences].every(({ met }) => met);
    if (precise || capped) return result(precise ? "precise" : "cap", b + 1, n, probabilities, differences);
  }
  return result("more", batches.length, n, probabilities, differences);
}

function watched(value: number, se: number, allowed: number): Watched {
  const halfWidth = Z * se;
  return Object.freeze({ ...estimate(value, se), halfWidth, allowed, met: halfWidth <= allowed });
}

function result(
  because: StoppingResult["because"],
  batches: number,
  trajectories: number,
  probabilities: Watched[],
  differences: Watched[],
): StoppingResult {
  return Object.freeze({
    stop: because !== "more",
    because,
    batches,
    trajectories,
    probabilities: Object.freeze(probabilities),
    differences: Object.freeze(differences),
  });
}

function expectBatch({ count, successes, differences, squares }: BatchCounts, width: number, levers: number): void {
  expectCount("count", count, 1);
  const lengths = [successes.length - width, (differences?.length ?? 0) - levers, (squares?.length ?? 0) - levers];
  if (lengths.some((excess) => excess !== 0)) {
    throw invalid("batch", `${successes.length} probabilities`, `the same figures as in the first batch, ${width}`);
  }
  for (let w = 0; w < width; w++) {
    const value = successes[w]!;
    if (!(value >= 0 && value <= count)) throw invalid("successes", value, `a number from 0 to ${count}`);
  }
  for (let d = 0; d < levers; d++) {
    expectFinite("differences", differences![d]!);
    expectFinite("squares", squares![d]!);
  }
}

/**
 * Trajectories for a standard error `se` of a probability p: p (1 - p) / se^2, rounded up.
 *
 * @example
 * trajectoriesForProbability(0.3, 0.005); // 8400
 */
export function trajectoriesForProbability(p: number, se: number): number {
  if (!(p >= 0 && p <= 1)) throw invalid("p", p, "a number from 0 to 1");
  return needed(p * (1 - p), se);
}

/**
 * Trajectories for a standard error `se` of the difference that a lever makes to a probability, from the share of
 * trajectories in which it changes the outcome: discordance / se^2, rounded up; a little too many where the difference is great.
 *
 * @example
 * trajectoriesForDifference(0.08, 0.005); // 3200
 */
export function trajectoriesForDifference(discordance: number, se: number): number {
  if (!(discordance >= 0 && discordance <= 1)) throw invalid("discordance", discordance, "a number from 0 to 1");
  return needed(discordance, se);
}

/** Roundings of a whole number are not a trajectory more. */
const ROUNDINGS = 1e-9;

function needed(variance: number, se: number): number {
  if (!(se > 0)) throw invalid("se", se, "a number above 0");
  const exact = variance / (se * se);
  return Math.ceil(exact * (1 - ROUNDINGS));
}
