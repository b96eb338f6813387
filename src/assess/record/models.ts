import { hypothesesOf } from "../inputs/evidence.ts";
import type { Assessment } from "../schema.ts";
import { MODEL_PREFIX } from "./entry.ts";

/** What a model says of a question: a probability for each hypothesis, to six digits. */
export interface ModelForecast {
  readonly question: string;
  readonly by: string;
  readonly says: Readonly<Record<string, number>>;
}

/** The models, in the order in which they are told. */
export const MODELS = ["base-rate", "evidence", "simulation"] as const;

/** What a model is called in a record: `model:evidence`, under a reading `model:evidence@strength-first`. */
export function modelName(model: (typeof MODELS)[number], reading: string | null): string {
  return `${MODEL_PREFIX}${model}${reading === null ? "" : `@${reading}`}`;
}

/**
 * The answers of an assessment as forecasts: for each question those of the base rate, the evidence and the simulation that
 * there are, as they are shown: medians of the evidence, the base rate's leading model, the simulation at central values.
 *
 * Base rate and simulation are of an event, so they answer questions of two hypotheses.
 */
export function modelForecasts({ reading, questions, simulation, baseRates }: Assessment): ModelForecast[] {
  return questions.flatMap(({ id, hypotheses, posterior }): ModelForecast[] => {
    const names = hypothesesOf({ hypotheses: [...hypotheses] }).map((each) => each.id);
    const ofEvent = (p: number | undefined) => (names.length === 2 && p !== undefined ? [p, 1 - p] : undefined);
    const rate = baseRates?.questions.find((each) => each.question === id)?.rates[0]?.p;
    const simulated = simulation?.questions
      .find((each) => each.question === id)
      ?.readings.find((each) => each.reading === reading.id)?.p;
    const medians = names.map((name) => posterior?.[name]?.median ?? 0);
    const evidence = posterior === null ? undefined : names.length === 2 ? ofEvent(medians[0]) : normalised(medians);
    const said = { "base-rate": ofEvent(rate), evidence, simulation: ofEvent(simulated) };
    return MODELS.flatMap((model) => {
      const parts = said[model];
      return parts === undefined
        ? []
        : [{ question: id, by: modelName(model, reading.id), says: rounded(names, parts) }];
    });
  });
}

/** Medians of three and more hypotheses need not add up to one. */
function normalised(parts: readonly number[]): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => (sum > 0 ? part / sum : 1 / parts.length));
}

/** Six digits are more than any model knows, and can be read. */
function rounded(names: readonly string[], parts: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, k) => [name, Math.round((parts[k] ?? 0) * 1e6) / 1e6]));
}
