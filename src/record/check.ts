import { formatDay } from "../core/dates/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";
import type { Day, Forecast, Question, Resolution, Verified } from "./types.ts";

/** How far probabilities may miss a sum of 1: what rounding to six digits leaves of a dozen of them. */
export const TOL_SUM = 1e-5;

/** @throws ParleyError question-shape: one hypothesis alone, a hypothesis twice, an opening after the closing. */
export function checkQuestion({ id, hypotheses, opened, closes }: Question): void {
  const fault =
    hypotheses.length === 1
      ? "has a single hypothesis (expected two or more, or none for a date or a quantity)"
      : new Set(hypotheses).size !== hypotheses.length
        ? "names a hypothesis twice"
        : opened !== undefined && closes !== undefined && opened > closes
          ? `opens on ${formatDay(opened)}, after it closes on ${formatDay(closes)}`
          : undefined;
  if (fault !== undefined) throw ParleyError.of("question-shape", { question: id, detail: fault });
}

/**
 * The last day on which a forecast counts: that of the resolution or of the closing, whichever comes first; undefined
 * where neither has a date.
 */
export function endOf(question: Question, resolution?: Resolution): { day: Day; what: string } | undefined {
  const { closes } = question;
  const settled = resolution?.on;
  if (settled !== undefined && (closes === undefined || settled < closes)) return { day: settled, what: "resolution" };
  return closes === undefined ? undefined : { day: closes, what: "closing" };
}

/**
 * Checks a forecast against its question, and its date against the question's end.
 *
 * @throws ParleyError forecast-question, forecast-kind, unknown-hypothesis, forecast-gap, forecast-probability,
 * forecast-sum (off by more than 1e-5), forecast-ensemble, forecast-quantiles, forecast-late.
 */
export function checkForecast(question: Question, forecast: Forecast, resolution?: Resolution): void {
  const { by, on, says } = forecast;
  const { id, hypotheses } = question;
  if (forecast.question !== id) throw ParleyError.of("forecast-question", { question: id, value: forecast.question });
  const end = endOf(question, resolution);
  if (end !== undefined && on > end.day) {
    const facts = { question: id, by, on: formatDay(on), end: formatDay(end.day), what: end.what };
    throw ParleyError.of("forecast-late", facts);
  }
  if (says.kind === "probabilities") {
    if (hypotheses.length === 0)
      throw ParleyError.of("forecast-kind", { question: id, by, expected: "a distribution" });
    checkProbabilities(question, by, says.of);
    return;
  }
  if (hypotheses.length > 0) {
    throw ParleyError.of("forecast-kind", { question: id, by, expected: "a probability for each hypothesis" });
  }
  if (says.kind === "ensemble") {
    const { members } = says;
    const broken =
      members.length === 0 ? "has no members" : members.some(Number.isNaN) ? "holds what is no number" : "";
    if (broken !== "") throw ParleyError.of("forecast-ensemble", { question: id, by, detail: broken });
    return;
  }
  const detail = quantileFault(says.quantiles);
  if (detail !== undefined) throw ParleyError.of("forecast-quantiles", { question: id, by, detail });
}

function checkProbabilities(question: Question, by: string, of: Readonly<Record<string, number>>): void {
  const { id, hypotheses } = question;
  for (const name of Object.keys(of)) {
    if (hypotheses.includes(name)) continue;
    throw ParleyError.of("unknown-hypothesis", { value: name, question: id, near: nearest(name, hypotheses) });
  }
  let sum = 0;
  for (const hypothesis of hypotheses) {
    const value = of[hypothesis];
    if (value === undefined) throw ParleyError.of("forecast-gap", { question: id, by, hypothesis });
    if (!(value >= 0 && value <= 1)) throw ParleyError.of("forecast-probability", { question: id, by, value });
    sum += value;
  }
  if (Math.abs(sum - 1) > TOL_SUM) throw ParleyError.of("forecast-sum", { question: id, by, sum });
}

/** What is wrong with quantiles, in words; undefined where nothing is. */
export function quantileFault(quantiles: readonly { level: number; value: number }[]): string | undefined {
  if (quantiles.length === 0) return "are missing";
  for (const [i, { level, value }] of quantiles.entries()) {
    if (!(level > 0 && level < 1)) return `have the level ${level}`;
    if (!Number.isFinite(value)) return "hold what is no finite number";
    const before = quantiles[i - 1];
    if (before !== undefined && level <= before.level) return "have levels that do not rise";
    if (before !== undefined && value < before.value) return "fall where they should rise";
  }
  return undefined;
}

/**
 * Checks a resolution against its question.
 *
 * @throws ParleyError unknown-hypothesis, resolution-kind, resolution-early.
 */
export function checkResolution({ id, hypotheses, opened }: Question, { outcome, on }: Resolution): void {
  if (on !== undefined && opened !== undefined && on < opened) {
    throw ParleyError.of("resolution-early", { question: id, on: formatDay(on), opened: formatDay(opened) });
  }
  if (outcome.kind === "annulled") return;
  if (outcome.kind === "hypothesis") {
    if (hypotheses.length === 0) throw ParleyError.of("resolution-kind", { question: id, expected: "a value" });
    if (hypotheses.includes(outcome.is)) return;
    const near = nearest(outcome.is, hypotheses);
    throw ParleyError.of("unknown-hypothesis", { value: outcome.is, question: id, near });
  }
  if (hypotheses.length > 0 || !Number.isFinite(outcome.is)) {
    const expected = hypotheses.length > 0 ? "one of its hypotheses" : "a finite value";
    throw ParleyError.of("resolution-kind", { question: id, expected });
  }
}

/** @throws ParleyError nothing-resolved without any pair, invalid-parameter for p outside 0..1 or an outcome but 0 and 1. */
export function checkVerified(pairs: readonly Verified[]): void {
  if (pairs.length === 0) throw ParleyError.of("nothing-resolved", undefined);
  for (const { p, outcome } of pairs) {
    if (!(p >= 0 && p <= 1)) throw ParleyError.of("invalid-parameter", { name: "p", value: p, expected: "0..1" });
    if (outcome !== 0 && outcome !== 1) {
      throw ParleyError.of("invalid-parameter", { name: "outcome", value: outcome, expected: "0 or 1" });
    }
  }
}
