import { ParleyError } from "../core/problems/index.ts";
import type { Day, Forecast, Question } from "./types.ts";

/**
 * Skill: the part of a reference forecaster's score that a forecaster takes off it. 1 is perfect, 0 no better than the
 * reference, below 0 worse; null where the reference scores 0, so that nothing could be taken off.
 *
 * Murphy & Daan (1985). Both scores are means over the same questions and days. The skill of a mean is not the mean of
 * skills, and for few questions it is biased downward: the paired difference with its interval says more.
 *
 * @example
 * skill(0.15, 0.2); // 0.25
 */
export function skill(score: number, reference: number): number | null {
  return reference === 0 ? null : 1 - score / reference;
}

/** The reference that knows nothing: all hypotheses alike. */
export function uniform(question: Question, on: Day): Forecast {
  const { hypotheses } = question;
  return reference(question, "uniform", on, () => 1 / hypotheses.length);
}

/**
 * The reference that takes a rate from history: shares of the hypotheses among past cases, which must be given each.
 *
 * @throws ParleyError invalid-parameter where a share is missing.
 */
export function baseRate(question: Question, on: Day, rates: Readonly<Record<string, number>>): Forecast {
  return reference(question, "base-rate", on, (hypothesis) => {
    const rate = rates[hypothesis];
    if (rate !== undefined) return rate;
    throw ParleyError.of("forecast-gap", { question: question.id, by: "base-rate", hypothesis });
  });
}

/** The reference that says that things stay as they are: all on the hypothesis that means no change. */
export function persistence(question: Question, on: Day, stays: string): Forecast {
  if (!question.hypotheses.includes(stays)) {
    throw ParleyError.of("unknown-hypothesis", { value: stays, question: question.id });
  }
  return reference(question, "persistence", on, (hypothesis) => (hypothesis === stays ? 1 : 0));
}

/**
 * How often an event came in all other cases of a list, for each case: a base rate that does not know the case itself.
 *
 * Laplace's rule of succession, (k + 1) / (n + 2), so that few cases never give a rate of 0 or 1.
 *
 * @example
 * leaveOneOutRates([1, 0, 0]); // [0.25, 0.5, 0.5]
 */
export function leaveOneOutRates(outcomes: readonly (0 | 1)[]): number[] {
  const all = outcomes.reduce((sum: number, outcome) => sum + outcome, 0);
  return outcomes.map((outcome) => (all - outcome + 1) / (outcomes.length + 1));
}

function reference(question: Question, by: string, on: Day, of: (hypothesis: string) => number): Forecast {
  const says = { kind: "probabilities", of: Object.fromEntries(question.hypotheses.map((each) => [each, of(each)])) };
  return { question: question.id, by, on, says: says as Forecast["says"] };
}
