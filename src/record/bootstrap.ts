import { ParleyError } from "../core/problems/index.ts";
import { createStream, purpose } from "../core/random/index.ts";
import { normalQuantile } from "../core/special/index.ts";
import { mean, quantileSorted, variance } from "../core/stats/index.ts";

const PURPOSE = purpose("BOOT");
const RESAMPLES = 4000;
const LEVEL = 0.95;

/**
 * Questions, or clusters of them, below which no skill is claimed whatever an interval says: percentile intervals of a
 * bootstrap over so few are too short (Cameron, Gelbach & Miller 2008, Review of Economics and Statistics 90, 414-427).
 */
export const FEWEST = 10;

/** A score on one question; those with the same cluster, a war say, are drawn together. */
export interface Scored {
  readonly question: string;
  readonly score: number;
  /** The question itself unless given. */
  readonly cluster?: string | undefined;
}

export interface BootstrapOptions {
  /** Share of resampled means that the interval holds; 0.95 unless given. */
  readonly level?: number | undefined;
  /** 4000 unless given. */
  readonly resamples?: number | undefined;
  /** A whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
}

/** A mean with its percentile interval. */
export interface MeanInterval {
  readonly mean: number;
  /** Null below two clusters, of which nothing can be drawn. */
  readonly low: number | null;
  readonly high: number | null;
  readonly questions: number;
  readonly clusters: number;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Whose scores are less on the questions that both have, and whether that is more than chance. */
export interface Comparison extends MeanInterval {
  /** Share of resamples in which the first scores less, equal ones halved; null below two clusters. */
  readonly firstLess: number | null;
  /**
   * `better`: the first scores less, the interval leaves 0 out and there are at least {@link FEWEST} clusters; `worse`
   * likewise; `same`: no question tells them apart; `too-few`: fewer clusters; `open`: the interval holds 0.
   */
  readonly verdict: "better" | "worse" | "same" | "open" | "too-few";
  /** Clusters that would show a difference of this size in four of five records; null where there is none. */
  readonly needed: number | null;
}

/**
 * The mean of scores with a percentile interval: whole clusters are drawn with replacement, as many as there are.
 *
 * Efron (1979), Annals of Statistics 7, 1-26; by cluster as in Davison & Hinkley (1997), section 3.8. A resampled mean is
 * that of all questions drawn, so that a war with more questions weighs more. The order of the scores does not matter.
 *
 * @throws ParleyError nothing-resolved, invalid-parameter.
 */
export function bootstrapMean(scores: readonly Scored[], options: BootstrapOptions = {}): MeanInterval {
  const { interval } = resampled(scores, options);
  return Object.freeze(interval);
}

/**
 * Compares two forecasters on the questions that both were scored on: the mean of the first's score less the second's, by
 * question, with the interval of {@link bootstrapMean}.
 *
 * @throws ParleyError nothing-resolved where they share no question; invalid-parameter where one has a question twice, or
 * the two put a question in different clusters.
 */
export function compareScores(
  first: readonly Scored[],
  second: readonly Scored[],
  options: BootstrapOptions = {},
): Comparison {
  const differences = paired(first, second);
  const { interval, means } = resampled(differences, options);
  const { low, high, clusters } = interval;
  let less = 0;
  for (const value of means) less += value < 0 ? 1 : value === 0 ? 0.5 : 0;
  const same = differences.every(({ score }) => score === 0);
  const verdict = same
    ? "same"
    : low === null || high === null || clusters < FEWEST
      ? "too-few"
      : high < 0
        ? "better"
        : low > 0
          ? "worse"
          : "open";
  const needed = same || clusters < 2 ? null : questionsNeeded(clusterMeans(differences));
  return Object.freeze({ ...interval, firstLess: low === null ? null : less / means.length, verdict, needed });
}

function paired(first: readonly Scored[], second: readonly Scored[]): Scored[] {
  const [one, other] = [byQuestion(first), byQuestion(second)];
  return [...one.values()].flatMap(({ question, score, cluster = question }) => {
    const against = other.get(question);
    if (against === undefined) return [];
    const { cluster: theirs = question } = against;
    if (cluster === theirs) return [{ question, cluster, score: score - against.score }];
    const facts = { name: `cluster of ${question}`, value: theirs, expected: cluster };
    throw ParleyError.of("invalid-parameter", facts);
  });
}

function byQuestion(scores: readonly Scored[]): Map<string, Scored> {
  const out = new Map<string, Scored>();
  for (const each of scores) {
    if (out.has(each.question)) {
      const expected = "each question once";
      throw ParleyError.of("invalid-parameter", { name: "scores", value: each.question, expected });
    }
    out.set(each.question, each);
  }
  return out;
}

interface Cluster {
  readonly sum: number;
  readonly count: number;
}

/** Clusters in an order that their numbers alone decide, so that the order of questions changes nothing. */
function clustersOf(scores: readonly Scored[]): Cluster[] {
  const values = new Map<string, number[]>();
  for (const { question, score, cluster = question } of scores) {
    const there = values.get(cluster);
    if (there === undefined) values.set(cluster, [score]);
    else there.push(score);
  }
  return [...values.values()]
    .map((inside) => ({ sum: inside.toSorted((a, b) => a - b).reduce((sum, x) => sum + x, 0), count: inside.length }))
    .sort((a, b) => a.sum - b.sum || a.count - b.count);
}

function clusterMeans(scores: readonly Scored[]): number[] {
  return clustersOf(scores).map(({ sum, count }) => sum / count);
}

function resampled(scores: readonly Scored[], options: BootstrapOptions) {
  const { level = LEVEL, resamples = RESAMPLES, seed = 1 } = options;
  if (scores.length === 0) throw ParleyError.of("nothing-resolved", undefined);
  if (!scores.every(({ score }) => Number.isFinite(score))) {
    throw ParleyError.of("invalid-parameter", { name: "scores", value: "NaN or Infinity", expected: "finite numbers" });
  }
  if (!(level > 0 && level < 1)) {
    throw ParleyError.of("invalid-parameter", { name: "level", value: level, expected: "a number between 0 and 1" });
  }
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw ParleyError.of("invalid-parameter", { name: "resamples", value: resamples, expected: "at least 1" });
  }
  const clusters = clustersOf(scores);
  const total = clusters.reduce((sum, each) => sum + each.sum, 0);
  const means = clusters.length < 2 ? new Float64Array(0) : meansOf(clusters, resamples, seed).sort();
  const at = (share: number) => (means.length === 0 ? null : quantileSorted(means, share));
  const interval: MeanInterval = {
    mean: total / scores.length,
    low: at((1 - level) / 2),
    high: at((1 + level) / 2),
    questions: scores.length,
    clusters: clusters.length,
    level,
    resamples,
    seed,
  };
  return { interval, means };
}

function meansOf(clusters: readonly Cluster[], resamples: number, seed: number): Float64Array {
  const stream = createStream(seed, PURPOSE);
  const out = new Float64Array(resamples);
  const { length } = clusters;
  for (let r = 0; r < resamples; r++) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < length; i++) {
      const drawn = clusters[Math.floor(stream.uniform(i, 0, r) * length)]!;
      sum += drawn.sum;
      count += drawn.count;
    }
    out[r] = sum / count;
  }
  return out;
}

export interface NeededOptions {
  /** The difference to be seen; the mean of those given unless given. */
  readonly difference?: number | undefined;
  /** 0.95 unless given. */
  readonly level?: number | undefined;
  /** How often it is to be seen; 0.8 unless given. */
  readonly power?: number | undefined;
}

/**
 * How many questions (or clusters, of whose means the differences are) it would take to see a difference: as many as make
 * a two-sided test at the level see it with the power, by the normal approximation ((z_a + z_b) s / d)^2, rounded up.
 *
 * Null where the difference is 0. An estimate from few questions is itself uncertain by a factor.
 *
 * @throws ParleyError invalid-parameter below two differences.
 *
 * @example
 * questionsNeeded([0.1, -0.1, 0.1, -0.1], { difference: 0.02 }); // 262
 */
export function questionsNeeded(differences: readonly number[], options: NeededOptions = {}): number | null {
  const { difference = mean(differences), level = 0.95, power = 0.8 } = options;
  const spread = variance(differences);
  if (difference === 0) return null;
  const z = normalQuantile((1 + level) / 2) + normalQuantile(power);
  return Math.max(2, Math.ceil((z * z * spread) / (difference * difference)));
}
