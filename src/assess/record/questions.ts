import type { Case } from "../../case/index.ts";
import { formatDay, parseDate } from "../../core/dates/index.ts";
import { oneLine } from "../../core/problems/index.ts";
import type { Forecast, Question, Resolution } from "../../record/index.ts";
import { hypothesesOf } from "../inputs/evidence.ts";
import type { AskedQuestion, ForecastEntry, ResolutionEntry } from "./entry.ts";

const dayOf = (text: string): number => parseDate(text)?.first ?? Number.NaN;

/** What a question of the case asks now, as a line of the record tells it. */
export function askedOf(id: string, asked: Case["questions"][string]): AskedQuestion {
  const hypotheses = hypothesesOf(asked).map((each) => each.id);
  const { text, opened, by, ordered = false, event = "none" } = asked;
  // A question about an event has two answers, and nothing happening is the second.
  const second = event !== "none" && hypotheses.length === 2 ? hypotheses[1] : undefined;
  return {
    id,
    text: inOneLine(text),
    hypotheses,
    ordered,
    stays: asked.stays ?? second ?? null,
    opened: opened === undefined ? null : formatDay(opened.first),
    closes: by === undefined ? null : formatDay(by.last),
  };
}

const inOneLine = (text: string): string => oneLine(text.replaceAll(/\s+/g, " ").trim());

/** The question as the engine of scores takes it. */
export function questionOf({ id, text, hypotheses, ordered, opened, closes }: AskedQuestion): Question {
  return {
    id,
    text,
    hypotheses,
    ordered,
    ...(opened === null ? {} : { opened: dayOf(opened) }),
    ...(closes === null ? {} : { closes: dayOf(closes) }),
  };
}

/** A line's forecast as the engine of scores takes it. */
export function forecastOf(entry: Pick<ForecastEntry, "question" | "by" | "on" | "says">): Forecast {
  const { question, by, on, says } = entry;
  return { question: question.id, by, on: dayOf(on), says: { kind: "probabilities", of: says } };
}

/** A line's resolution as the engine of scores takes it. */
export function resolutionOf(
  entry: Pick<ResolutionEntry, "question" | "on" | "outcome" | "because" | "source">,
): Resolution {
  const { question, on, outcome, because, source } = entry;
  return {
    question: question.id,
    on: dayOf(on),
    source,
    outcome: outcome === null ? { kind: "annulled", because: because ?? "" } : { kind: "hypothesis", is: outcome },
  };
}

/**
 * In what a question differs from what was asked when a line was written; undefined where it does not.
 *
 * Another wording is told and kept; other hypotheses or another closing date make it another question.
 */
export function rewordingOf(
  then: AskedQuestion,
  now: AskedQuestion,
): "set of hypotheses" | "closing date" | "text" | undefined {
  const names = ({ hypotheses, ordered }: AskedQuestion) => (ordered ? hypotheses : hypotheses.toSorted()).join("\n");
  if (then.ordered !== now.ordered || names(then) !== names(now)) return "set of hypotheses";
  if (then.closes !== now.closes) return "closing date";
  return inOneLine(then.text) === inOneLine(now.text) ? undefined : "text";
}
