import { formatDay } from "../core/dates/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { endOf } from "./check.ts";
import { type ScoreName, scoreOf } from "./scores.ts";
import type { Day, Forecast, Question, Resolution } from "./types.ts";

export interface OverTimeOptions {
  /** Count from this day on: the first on which both of two forecasters had one, to compare them. */
  readonly from?: Day | undefined;
}

/** A score over a question's life. */
export interface OverTime {
  readonly question: string;
  readonly by: string;
  readonly score: number;
  /** Days that count. */
  readonly days: number;
  /** Share of the question's life, from its opening to its end, that they are. */
  readonly covered: number;
  /** Forecasts that held on at least one of the days. */
  readonly forecasts: number;
}

/**
 * The score of one forecaster on one question, averaged over the days of its life: a forecast holds from its day until the
 * next by the same forecaster, as on forecasting platforms (Tetlock & Gardner 2015; Atanasov et al. 2017, Management
 * Science 63, 691-706).
 *
 * Life runs from the opening (the first forecast, where there is none) to the resolution or the closing, whichever comes
 * first, both days included. Days before the first forecast do not count; `covered` says how much does. Of several
 * forecasts on one day the last given holds. Without an end, or where all were made on its day, the days are those of the
 * forecasts. Undefined where the question was annulled.
 *
 * @throws ParleyError forecast-none; forecast-question where forecasters are mixed; those of {@link scoreOf}.
 */
export function timeAveraged(
  name: ScoreName,
  question: Question,
  forecasts: readonly Forecast[],
  resolution: Resolution,
  { from = Number.NEGATIVE_INFINITY }: OverTimeOptions = {},
): OverTime | undefined {
  const ordered = inOrder(question, forecasts);
  const [first] = ordered;
  if (first === undefined) throw ParleyError.of("forecast-none", { question: question.id });
  const opened = question.opened ?? first.on;
  const end = endOf(question, resolution)?.day ?? ordered.at(-1)!.on;
  let sum = 0;
  let days = 0;
  let held = 0;
  for (const [i, forecast] of ordered.entries()) {
    const score = scoreOf(name, question, forecast, resolution);
    if (score === undefined) return undefined;
    const start = Math.max(forecast.on, opened, from);
    const length = Math.min(ordered[i + 1]?.on ?? end + 1, end + 1) - start;
    if (length <= 0) continue;
    sum += score * length;
    days += length;
    held += 1;
  }
  if (days === 0) throw ParleyError.of("forecast-none", { question: question.id });
  const life = Math.max(end - opened + 1, days);
  return { question: question.id, by: first.by, score: sum / days, days, covered: days / life, forecasts: held };
}

/** Forecasts of one forecaster by date; of those on one day the last given. */
function inOrder(question: Question, forecasts: readonly Forecast[]): Forecast[] {
  const byDay = new Map<Day, Forecast>();
  for (const forecast of forecasts) {
    const { by } = forecasts[0]!;
    if (forecast.by !== by) {
      const value = `${forecast.by} beside ${by}`;
      throw ParleyError.of("invalid-parameter", { name: "forecaster", value, expected: "forecasts of one alone" });
    }
    if (!Number.isInteger(forecast.on)) {
      const expected = "a whole number of days";
      throw ParleyError.of("invalid-parameter", { name: `day of ${question.id}`, value: forecast.on, expected });
    }
    byDay.set(forecast.on, forecast);
  }
  return [...byDay.values()].toSorted((a, b) => a.on - b.on);
}

/**
 * The first day from which both of two forecasters can be compared on a question; undefined where one of them has no
 * forecast.
 */
export function firstShared(one: readonly Forecast[], other: readonly Forecast[]): Day | undefined {
  if (one.length === 0 || other.length === 0) return undefined;
  const first = (forecasts: readonly Forecast[]) => forecasts.reduce((least, { on }) => Math.min(least, on), Infinity);
  return Math.max(first(one), first(other));
}

/** Parts forecasts into those made in time and those made after a question's end. */
export function inTime(
  question: Question,
  forecasts: readonly Forecast[],
  resolution?: Resolution,
): { readonly inTime: readonly Forecast[]; readonly late: readonly Forecast[]; readonly end: string | undefined } {
  const end = endOf(question, resolution)?.day;
  const late = forecasts.filter(({ on }) => end !== undefined && on > end);
  return {
    inTime: forecasts.filter((each) => !late.includes(each)),
    late,
    end: end === undefined ? undefined : formatDay(end),
  };
}
