import {
  type BootstrapOptions,
  bootstrapMean,
  type Comparison,
  calibration,
  compareScores,
  endOf,
  FEWEST,
  type Forecast,
  firstShared,
  type MeanInterval,
  murphy,
  type OverTime,
  persistence,
  reliabilityDiagram,
  type Scored,
  type ScoreName,
  skill,
  timeAveraged,
  uniform,
  type Verified,
} from "../../record/index.ts";
import { MODEL_PREFIX } from "./entry.ts";
import type { Gathered } from "./gathered.ts";
import type { ForecasterScore, ScoreSet } from "./score-schema.ts";

/** A resolved question and what one forecaster said of it. */
export interface Answered {
  readonly of: Gathered;
  readonly forecasts: readonly Forecast[];
}

/** How scores are drawn anew, and which are drawn together. */
export interface Drawing extends BootstrapOptions {
  readonly clusterBy: "question" | "case";
}

/** The score of a forecaster on a question over its life, from a day on; undefined where none of its days count. */
export function overLife(name: ScoreName, { of, forecasts }: Answered, from?: number): OverTime | undefined {
  const resolution = of.settled?.resolution;
  if (resolution === undefined) return undefined;
  const end = endOf(of.question, resolution)?.day;
  if (end !== undefined && from !== undefined && from > end) return undefined;
  return timeAveraged(name, of.question, forecasts, resolution, { from });
}

const clusterOf = (of: Gathered, { clusterBy }: Drawing) => (clusterBy === "case" ? of.case : of.question.id);

function scoresOf(name: ScoreName, answered: readonly Answered[], drawing: Drawing): Scored[] {
  return answered.flatMap((each) => {
    const score = overLife(name, each)?.score;
    return score === undefined ? [] : [{ question: each.of.question.id, score, cluster: clusterOf(each.of, drawing) }];
  });
}

const told = ({ mean, low, high, questions, clusters }: MeanInterval) => ({ mean, low, high, questions, clusters });

/** The scores of one forecaster on resolved questions; at least one is given. */
export function forecasterScore(
  by: string,
  answered: readonly Answered[],
  rates: ReadonlyMap<string, Answered>,
  showsSkill: boolean,
  drawing: Drawing,
): ForecasterScore {
  const lives = answered.flatMap((each) => overLife("brier", each) ?? []);
  const ranked = answered.filter(({ of }) => of.asked.ordered && of.asked.hypotheses.length > 2);
  const pairs = answered.flatMap(halfway);
  const isEnough = answered.length >= FEWEST;
  const binning = { width: pairs.length < 50 ? 5 : 10 };
  const parts = isEnough ? murphy(pairs, binning) : null;
  const diagram = isEnough ? reliabilityDiagram(pairs, { binning, seed: drawing.seed }) : null;
  const { meanForecast, frequency, bias, standardError, sharpness } = calibration(pairs);
  return {
    by,
    model: by.startsWith(MODEL_PREFIX),
    questions: answered.length,
    forecasts: answered.reduce((sum, { forecasts }) => sum + forecasts.length, 0),
    brier: told(bootstrapMean(scoresOf("brier", answered, drawing), drawing)),
    log: told(bootstrapMean(scoresOf("log", answered, drawing), drawing)),
    ranked: ranked.length === 0 ? null : told(bootstrapMean(scoresOf("rps", ranked, drawing), drawing)),
    covered: lives.reduce((sum, { covered }) => sum + covered, 0) / lives.length,
    skill: showsSkill ? skills(by, answered, rates, drawing) : null,
    calibration: { pairs: pairs.length, meanForecast, frequency, bias, standardError, sharpness },
    murphy:
      parts === null
        ? null
        : {
            pairs: parts.n,
            bins: parts.bins,
            brier: parts.brier,
            reliability: parts.reliability,
            resolution: parts.resolution,
            uncertainty: parts.uncertainty,
            withinBins: parts.withinVariance - parts.withinCovariance,
          },
    reliability:
      diagram === null
        ? null
        : {
            pairs: diagram.n,
            level: diagram.level,
            method: diagram.method,
            points: diagram.points.map(({ from, to, n, said, came, band }) => ({
              from,
              to,
              count: n,
              said,
              came,
              low: band?.low ?? null,
              high: band?.high ?? null,
            })),
          },
  };
}

/**
 * What was said half-way through the days on which the forecaster had a forecast, and what came: one moment for each
 * question, neither the easiest nor the hardest. A question of three and more hypotheses is so many events.
 */
function halfway({ of, forecasts }: Answered): Verified[] {
  const outcome = of.settled?.resolution.outcome;
  const [first] = forecasts;
  if (outcome?.kind !== "hypothesis" || first === undefined) return [];
  const end = endOf(of.question, of.settled?.resolution)?.day ?? first.on;
  const start = Math.max(first.on, of.question.opened ?? first.on);
  const middle = Math.floor((start + end) / 2);
  const { says } = forecasts.findLast(({ on }) => on <= middle) ?? first;
  if (says.kind !== "probabilities") return [];
  const { hypotheses } = of.question;
  return (hypotheses.length === 2 ? hypotheses.slice(0, 1) : hypotheses).map((name) => ({
    p: says.of[name] ?? 0,
    outcome: name === outcome.is ? 1 : 0,
  }));
}

function skills(
  by: string,
  answered: readonly Answered[],
  rates: ReadonlyMap<string, Answered>,
  drawing: Drawing,
): ForecasterScore["skill"] {
  const against = (reference: (each: Answered) => Answered | undefined) => {
    const both = answered.flatMap((each): (readonly [Answered, Answered])[] => {
      const other = reference(each);
      return other === undefined ? [] : [[each, other]];
    });
    const found = compared(both, drawing);
    if (found === undefined) return null;
    const { difference, first, second } = found;
    return { ...difference, own: first, reference: second, skill: skill(first, second) };
  };
  const rate = by === `${MODEL_PREFIX}base-rate` ? () => undefined : ({ of }: Answered) => rates.get(of.question.id);
  return {
    baseRate: against(rate),
    persistence: against(({ of, forecasts }) =>
      of.asked.stays === null
        ? undefined
        : { of, forecasts: [persistence(of.question, forecasts[0]?.on ?? 0, of.asked.stays)] },
    ),
    uniform: against(({ of, forecasts }) => ({ of, forecasts: [uniform(of.question, forecasts[0]?.on ?? 0)] })),
  };
}

/** Two forecasters on the questions and days that both had; undefined where there are none. */
export function compared(both: readonly (readonly [Answered, Answered])[], drawing: Drawing) {
  const scored = both.flatMap(([one, other]) => {
    const from = firstShared(one.forecasts, other.forecasts);
    const [a, b] = [overLife("brier", one, from), overLife("brier", other, from)];
    if (a === undefined || b === undefined) return [];
    const shared = { question: one.of.question.id, cluster: clusterOf(one.of, drawing) };
    return [{ first: { ...shared, score: a.score }, second: { ...shared, score: b.score } }];
  });
  if (scored.length === 0) return undefined;
  const [first, second] = [scored.map((each) => each.first), scored.map((each) => each.second)];
  const mean = (scores: readonly Scored[]) => scores.reduce((sum, { score }) => sum + score, 0) / scores.length;
  return {
    difference: differenceOf(compareScores(first, second, drawing)),
    first: mean(first),
    second: mean(second),
  };
}

type Difference = Omit<ScoreSet["comparisons"][number], "first" | "second">;

function differenceOf({ questions, clusters, mean, low, high, firstLess, verdict, needed }: Comparison): Difference {
  return { questions, clusters, mean, low, high, firstLess, verdict, needed };
}
