import type { Case } from "../../case/index.ts";
import { formatDay } from "../../core/dates/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { NOWHERE, ParleyError, problem } from "../../core/problems/index.ts";
import type { Forecast, Question, Resolution } from "../../record/index.ts";
import { checkForecast, checkResolution, inTime } from "../../record/index.ts";
import type { Assessment } from "../schema.ts";
import { type AskedQuestion, type ForecastEntry, isDatedBack } from "./entry.ts";
import { emptyRecord, type RecordFile } from "./file.ts";
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
export function gathered(given: CaseToScore): { questions: Gathered[]; problems: Problem[] } {
  const { content, record } = given;
  const known = record ?? emptyRecord("");
  const { settled, problems } = settledQuestions(content, known);
  const entries = fittingForecasts(content, known, problems);
  const questions = Object.entries(content.questions).map(([name, question]) => {
    const own = entries.filter((entry) => entry.question.id === name);
    return gatheredQuestion(given, askedOf(name, question), settled.get(name), own, problems);
  });
  return { questions, problems };
}

type KeptForecast = ForecastEntry & { readonly place: Place };

/** Forecasts of questions as the case asks them now; one that was asked otherwise is told once, at its first line. */
function fittingForecasts(content: Case, { entries }: RecordFile, problems: Problem[]): KeptForecast[] {
  const told = new Set<string>();
  return entries.flatMap((entry): KeptForecast[] => {
    if (entry.kind !== "forecast") return [];
    const { usable, problem: fault } = fitting(content, entry.question);
    if (fault !== undefined && !told.has(fault.message)) {
      told.add(fault.message);
      problems.push({ ...fault, ...entry.place });
    }
    return usable ? [entry] : [];
  });
}

interface Said {
  readonly by: string;
  readonly kind: ForecastKind;
  readonly forecast: Forecast;
  readonly place?: Place | undefined;
}

function gatheredQuestion(
  { id, content, hindsight }: CaseToScore,
  asked: AskedQuestion,
  settled: Settled | undefined,
  entries: readonly KeptForecast[],
  problems: Problem[],
): Gathered {
  const question: Question = { ...questionOf(asked), id: `${id}/${asked.id}` };
  const resolution: Resolution | undefined =
    settled === undefined ? undefined : { ...settled.resolution, question: question.id };
  const isSettled = resolution === undefined || isSound(() => checkResolution(question, resolution), NOWHERE, problems);
  const day = content.asOf?.last ?? question.opened;
  const said: Said[] = [
    ...entries.map((entry): Said => {
      const forecast: Forecast = { ...forecastOf(entry), question: question.id };
      return { by: entry.by, kind: isDatedBack(entry) ? "dated-back" : "made", forecast, place: entry.place };
    }),
    ...(hindsight === undefined || day === undefined ? [] : modelForecasts(hindsight))
      .filter((each) => each.question === asked.id)
      .map(({ by, says }): Said => {
        const forecast: Forecast = {
          question: question.id,
          by,
          on: day ?? 0,
          says: { kind: "probabilities", of: says },
        };
        return { by, kind: "hindsight", forecast };
      }),
  ];
  const byForecaster = new Map<string, Said[]>();
  for (const each of said) {
    // Its day is held against the question's end below.
    const check = () => checkForecast({ ...question, closes: undefined }, each.forecast);
    if (!isSound(check, each.place ?? NOWHERE, problems)) continue;
    const key = `${each.kind} ${each.by}`;
    byForecaster.set(key, [...(byForecaster.get(key) ?? []), each]);
  }
  const held = [...byForecaster.values()].flatMap((of): Held[] => {
    const [first] = of;
    const forecasts = of.map(({ forecast }) => forecast);
    const { inTime: good, late } = inTime(question, forecasts, resolution);
    const [tooLate] = late;
    if (tooLate !== undefined) {
      const { place = NOWHERE } = of.find(({ forecast }) => forecast === tooLate) ?? {};
      problems.push({ ...lateProblem(asked, tooLate, question, resolution), ...place });
    }
    if (first === undefined || good.length === 0) return [];
    return [{ by: first.by, kind: first.kind, forecasts: good.toSorted((a, b) => a.on - b.on) }];
  });
  // Without a day of opening its life begins with the first forecast that anybody made on its day; else with the first at all.
  const made = held.filter(({ kind }) => kind === "made");
  const days = (made.length > 0 ? made : held).flatMap(({ forecasts }) => forecasts.map(({ on }) => on));
  const opened = question.opened ?? (days.length === 0 ? undefined : Math.min(...days));
  return {
    case: id,
    asked,
    question: { ...question, opened },
    settled: settled === undefined || resolution === undefined || !isSettled ? undefined : { ...settled, resolution },
    held,
  };
}

/** Whether a check passes; where it does not, its problems are told. */
function isSound(check: () => void, place: Place, problems: Problem[]): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    problems.push(...error.problems.map((each) => ({ ...each, ...place })));
    return false;
  }
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
