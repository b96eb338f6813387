import { normalQuantile } from "../../src/core/special/index.ts";
import { variance } from "../../src/core/stats/index.ts";
import {
  bootstrapMean,
  brier,
  type Comparison,
  compareScores,
  logScore,
  type MeanInterval,
  questionsNeeded,
  type Scored,
} from "../../src/record/index.ts";
import { BASELINES, type Baseline, MODELS, type ModelName } from "./models.ts";
import type { Settled } from "./origins.ts";

/** Resamples of clusters behind every interval, and their seed. */
export const RESAMPLES = 2000;
export const SEED = 1;
const OPTIONS = { resamples: RESAMPLES, seed: SEED } as const;
/** A difference in Brier score that would matter to who asks. */
export const WORTH_SEEING = 0.02;

export const RULES_OF_SCORING = ["brier", "log"] as const;
export type Rating = (typeof RULES_OF_SCORING)[number];

/** A model's scores on all questions, and how they differ from each baseline's. */
export interface ModelScores {
  readonly model: ModelName;
  readonly mean: Readonly<Record<Rating, MeanInterval>>;
  /** The model's score less the baseline's, paired by question; none for the baseline itself. */
  readonly less: Readonly<Partial<Record<Baseline, Readonly<Record<Rating, Comparison>>>>>;
}

/** What came of a set of questions. */
export interface Scores {
  readonly questions: number;
  readonly clusters: number;
  /** Share of the questions on which the event came. */
  readonly share: number;
  readonly models: readonly ModelScores[];
  /** Clusters that would show {@link WORTH_SEEING} between `best` and `constant` in four of five records. */
  readonly neededClusters: number | null;
  /** The difference in Brier score between the two that as many clusters as there are would show in four of five records. */
  readonly detectable: number;
}

const RATE: Readonly<Record<Rating, (probabilities: readonly number[], came: number) => number>> = {
  brier,
  log: logScore,
};

const scored = (settled: readonly Settled[], model: ModelName, rating: Rating): Scored[] =>
  settled.map(({ question, cluster, said, came }) => ({
    question,
    cluster,
    score: RATE[rating]([1 - said[model], said[model]], came),
  }));

/**
 * Scores with intervals, by block bootstrap over clusters.
 *
 * @param names the models to be told; all unless given
 * @throws ParleyError nothing-resolved
 */
export function scoresOf(settled: readonly Settled[], names: readonly ModelName[] = MODELS): Scores {
  const of = new Map(
    MODELS.map((model) => [model, { brier: scored(settled, model, "brier"), log: scored(settled, model, "log") }]),
  );
  const ratings = <T>(model: ModelName, make: (own: Scored[], rating: Rating) => T): Record<Rating, T> => ({
    brier: make(of.get(model)?.brier ?? [], "brier"),
    log: make(of.get(model)?.log ?? [], "log"),
  });
  const models = names.map((model): ModelScores => {
    const less = BASELINES.filter((baseline) => baseline !== model).map((baseline) => [
      baseline,
      ratings(model, (own, rating) => compareScores(own, of.get(baseline)?.[rating] ?? [], OPTIONS)),
    ]);
    return { model, mean: ratings(model, (own) => bootstrapMean(own, OPTIONS)), less: Object.fromEntries(less) };
  });
  const apart = clusterDifferences(of.get("best")?.brier ?? [], of.get("constant")?.brier ?? []);
  const z = normalQuantile(0.975) + normalQuantile(0.8);
  return {
    questions: settled.length,
    clusters: apart.length,
    share: settled.reduce((sum, { came }) => sum + came, 0) / settled.length,
    models,
    neededClusters: apart.length < 2 ? null : questionsNeeded(apart, { difference: WORTH_SEEING }),
    detectable: apart.length < 2 ? Number.NaN : z * Math.sqrt(variance(apart) / apart.length),
  };
}

/** Mean difference of two models' scores by cluster. */
function clusterDifferences(first: readonly Scored[], second: readonly Scored[]): number[] {
  const by = Map.groupBy(
    first.map(({ cluster = "", score }, i) => ({ cluster, less: score - (second[i]?.score ?? 0) })),
    ({ cluster }) => cluster,
  );
  return [...by.values()].map((all) => all.reduce((sum, { less }) => sum + less, 0) / all.length);
}

/** How chances and shares agree at an age: calibration in the large. */
export interface AtAge {
  readonly age: number;
  readonly within: number;
  readonly questions: number;
  readonly share: number;
  readonly said: Readonly<Record<ModelName, number>>;
}

/** The mean chance of each model and the share that came, by age and horizon. */
export function byAge(settled: readonly Settled[]): AtAge[] {
  const groups = Map.groupBy(settled, ({ age, within }) => `${age} ${within}`);
  return [...groups.values()]
    .map((all): AtAge => {
      const mean = (of: (each: Settled) => number) => all.reduce((sum, each) => sum + of(each), 0) / all.length;
      const said = Object.fromEntries(MODELS.map((model) => [model, mean((each) => each.said[model])]));
      const [{ age, within } = { age: 0, within: 0 }] = all;
      const share = mean(({ came }) => came);
      return { age, within, questions: all.length, share, said: said as Record<ModelName, number> };
    })
    .toSorted((a, b) => a.age - b.age || a.within - b.within);
}
