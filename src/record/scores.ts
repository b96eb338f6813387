import { log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { checkForecast, checkResolution } from "./check.ts";
import { crpsEnsemble, crpsQuantiles } from "./crps.ts";
import type { Forecast, Question, Resolution, Said } from "./types.ts";

/** Probabilities are kept this far from 0 and 1 in the log score, so that one certain miss does not outweigh a record. */
export const LOG_CLIP = 0.005;

/**
 * Brier score of probabilities for hypotheses of which the one at `came` came true: half the sum of squared differences,
 * from 0 (best) to 1.
 *
 * Brier (1950), Monthly Weather Review 78, 1-3, has the whole sum, from 0 to 2. The half agrees, for two hypotheses, with
 * the square of p - o that most people call the Brier score; it is used for any number of hypotheses here.
 *
 * @example
 * brier([0.9, 0.1], 1); // 0.81
 */
export function brier(probabilities: readonly number[], came: number): number {
  let sum = 0;
  for (const [k, p] of probabilities.entries()) {
    const away = p - (k === came ? 1 : 0);
    sum += away * away;
  }
  return sum / 2;
}

/**
 * Logarithmic score: minus the natural logarithm of the probability of what came true, in nats; 0 is best.
 *
 * Good (1952), Journal of the Royal Statistical Society B 14, 107-114. The probability is first brought into
 * {@link LOG_CLIP} .. 1 - LOG_CLIP: a score lies between 0.005 and 5.3.
 *
 * @example
 * logScore([0.5, 0.5], 0); // 0.6931471805599453
 */
export function logScore(probabilities: readonly number[], came: number): number {
  return -log(Math.min(1 - LOG_CLIP, Math.max(LOG_CLIP, probabilities[came]!)));
}

/**
 * Ranked probability score of ordered hypotheses: the mean over their K - 1 thresholds of the squared difference of the
 * cumulative probability and its outcome, from 0 (best) to 1. For two hypotheses it is the Brier score.
 *
 * Epstein (1969), Journal of Applied Meteorology 8, 985-987, in the form of Murphy (1971), same journal 10, 155-156,
 * divided by K - 1.
 *
 * @example
 * rankedProbabilityScore([0.5, 0.5, 0], 2); // 0.625
 */
export function rankedProbabilityScore(probabilities: readonly number[], came: number): number {
  let cumulative = 0;
  let sum = 0;
  for (let k = 0; k < probabilities.length - 1; k++) {
    cumulative += probabilities[k]!;
    const away = cumulative - (k >= came ? 1 : 0);
    sum += away * away;
  }
  return sum / (probabilities.length - 1);
}

/** A way to score a forecast; less is better in each. `crps` is in the unit of the value, days for dates. */
export type ScoreName = "brier" | "log" | "rps" | "crps" | "crps-fair";

/** The scores that a question can have, in the order in which they are told. */
export function scoresFor({ hypotheses, ordered }: Question): readonly ScoreName[] {
  if (hypotheses.length === 0) return ["crps"];
  return ordered === true && hypotheses.length > 2 ? ["brier", "log", "rps"] : ["brier", "log"];
}

/**
 * The score of a forecast for a question that is resolved; undefined where it was annulled.
 *
 * `crps-fair` corrects an ensemble for its size; of quantiles it is the plain one.
 *
 * @throws ParleyError of {@link checkForecast} and {@link checkResolution}; invalid-parameter where the score does not fit
 * the question; question-shape for `rps` of hypotheses without an order.
 */
export function scoreOf(
  name: ScoreName,
  question: Question,
  forecast: Forecast,
  resolution: Resolution,
): number | undefined {
  checkForecast(question, forecast, resolution);
  checkResolution(question, resolution);
  const { outcome } = resolution;
  if (outcome.kind === "annulled") return undefined;
  return outcome.kind === "hypothesis"
    ? categorical(name, question, forecast.says, outcome.is)
    : continuous(name, forecast.says, outcome.is);
}

function categorical(name: ScoreName, { id, hypotheses, ordered }: Question, says: Said, is: string): number {
  const probabilities = hypotheses.map((each) => (says.kind === "probabilities" ? says.of[each]! : 0));
  const came = hypotheses.indexOf(is);
  if (name === "brier") return brier(probabilities, came);
  if (name === "log") return logScore(probabilities, came);
  if (name !== "rps") return misfit(name, "brier, log or rps");
  if (ordered === true || hypotheses.length === 2) return rankedProbabilityScore(probabilities, came);
  throw ParleyError.of("question-shape", {
    question: id,
    detail: "has hypotheses without an order (expected ordered ones)",
  });
}

function continuous(name: ScoreName, says: Said, value: number): number {
  if (name !== "crps" && name !== "crps-fair") return misfit(name, "crps or crps-fair");
  if (says.kind === "quantiles") return crpsQuantiles(says.quantiles, value);
  return crpsEnsemble(says.kind === "ensemble" ? says.members : [], value, { fair: name === "crps-fair" });
}

function misfit(name: ScoreName, expected: string): never {
  throw ParleyError.of("invalid-parameter", { name: "score", value: name, expected });
}
