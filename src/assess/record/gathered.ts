import type { Case } from "../../case/index.ts";
import { formatDay } from "../../core/dates/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import type { Forecast, Question, Resolution } from "../../record/index.ts";
import { checkForecast, checkResolution, inTime } from "../../record/index.ts";
import type { Assessment } from "../schema.ts";
import { type AskedQuestion, type ForecastEntry, isDatedBack } from "./entry.ts";
import type { RecordFile } from "./file.ts";
import { modelForecasts } from "./models.ts";
import { askedOf, forecastOf, questionOf } from "./questions.ts";
import { fitting, type Settled, settledQuestions } from "./settled.ts";

/** What a forecast is worth as evidence of skill: see the schema of scores. */
export type ForecastKind = "made" | "dated-back" | "hindsight";

/** A case that is scored, with its record, or what stands in for one. */
export interface CaseToScore {
  /** What the case is called among others. */
  readonly id: string;
  readonly content: Case;
  /** Undefined where there is no file. */
  readonly record: RecordFile | undefined;
  /** What the case says, where it has no forecasts on record. */
  readonly hindsight?: Assessment | undefined;
}

/** Forecasts in time of one forecaster for one question, by rising day. */
export interface Held {
  readonly by: string;
  readonly kind: ForecastKind;
  readonly forecasts: readonly Forecast[];
}

/** A question with what was said of it and how it came out. */
export interface Gathered {
  readonly case: string;
  readonly asked: AskedQuestion;
  /** As the engine takes it; its identifier names the case too, so that questions of two cases are two. */
  readonly question: Question;
  readonly settled: Settled | undefined;
  readonly held: readonly Held[];
}

/** Joins the questions of a case, what the record holds of them, and how they came out. */
export function gathered({ id, content, record, hindsight }: CaseToScore): {
  questions: Gathered[];
  problems: Problem[];
} {
  const empty = { file: "", entries: [], tails: [] };
  const { settled, problems } = settledQuestions(content, record ?? empty);
  const problemsOf: Problem[] = [...problems];
  const usable: ForecastEntry[] = [];
  const told = new Set<string>();
  for (const entry of (record ?? empty).entries) {
    if (entry.kind !== "forecast") continue;
    const { usable: fits, problem: fault } = fitting(content, entry.question);
    if (fits) usable.push(entry);
    // A question that was asked otherwise is told once, at the first line that has it.
    const key = fault === undefined ? "" : `${fault.code} ${fault.message}`;
    if (fault === undefined || told.has(key)) continue;
    told.add(key);
    problemsOf.push({ ...fault, ...entry.place });
  }
  const questions = Object.entries(content.questions).map(([name, known]): Gathered => {
    const asked = askedOf(name, known);
    const question: Question = { ...questionOf(asked), id: `${id}/${name}` };
    const own = settled.get(name);
    const resolution = own === undefined ? undefined : ({ ...own.resolution, question: question.id } as Resolution);
    const entries = usable.filter((entry) => entry.question.id === name);
    const said: { by: string; kind: ForecastKind; forecast: Forecast; entry?: ForecastEntry }[] = entries.map(
      (entry) => ({
        by: entry.by,
        kind: isDatedBack(entry) ? "dated-back" : "made",
        forecast: { ...forecastOf(entry), question: question.id },
        entry,
      }),
    );
    const on = content.asOf?.last ?? question.opened;
    if (hindsight !== undefined && on !== undefined) {
      for (const { by, says } of modelForecasts(hindsight).filter((each) => each.question === name)) {
        const forecast: Forecast = { question: question.id, by, on, says: { kind: "probabilities", of: says } };
        said.push({ by, kind: "hindsight", forecast });
      }
    }
    const sound = said.filter(({ forecast, entry }) => {
      try {
        if (resolution !== undefined) checkResolution(question, resolution);
        checkForecast({ ...question, closes: undefined }, forecast);
        return true;
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        const place = (entry as { place?: object } | undefined)?.place ?? {};
        problemsOf.push(...error.problems.map((each): Problem => ({ ...each, ...place })));
        return false;
      }
    });
    const held = new Map<string, Held & { forecasts: Forecast[] }>();
    for (const { by, kind, forecast } of sound) {
      const key = `${kind} ${by}`;
      const there = held.get(key) ?? { by, kind, forecasts: [] };
      there.forecasts.push(forecast);
      held.set(key, there);
    }
    const inTimeOnly = [...held.values()].flatMap((each): Held[] => {
      const { inTime: good, late } = inTime(question, each.forecasts, resolution);
      const [first] = late;
      if (first !== undefined) problemsOf.push(lateProblem(asked, first, question, resolution));
      return good.length === 0 ? [] : [{ ...each, forecasts: good.toSorted((a, b) => a.on - b.on) }];
    });
    // Without a day of opening its life begins with the first forecast of anybody.
    const days = inTimeOnly.flatMap(({ forecasts }) => forecasts.map((each) => each.on));
    const opened = question.opened ?? (days.length === 0 ? undefined : Math.min(...days));
    return {
      case: id,
      asked,
      question: { ...question, opened },
      settled: own === undefined || resolution === undefined ? undefined : { ...own, resolution },
      held: inTimeOnly,
    };
  });
  return { questions, problems: problemsOf };
}

/** A forecast that came too late does not count, and breaks nothing. */
function lateProblem(
  { id }: AskedQuestion,
  { by, on }: Forecast,
  { closes }: Question,
  resolution: Resolution | undefined,
): Problem {
  const settled = resolution?.on;
  const isResolved = settled !== undefined && (closes === undefined || settled < closes);
  const end = isResolved ? settled : (closes ?? on);
  const facts = {
    question: id,
    by,
    on: formatDay(on),
    end: formatDay(end),
    what: isResolved ? "resolution" : "closing",
  };
  return { ...problem("forecast-late", facts), severity: "warning" };
}
