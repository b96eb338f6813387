import type { Case } from "../../case/index.ts";
import { type CalendarDate, DAYS_PER_MONTH } from "../../core/dates/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { classOf, type ReferenceClass } from "./classes.ts";
import { type Rate, ratesOf, stillGoing } from "./rates.ts";

type Question = Case["questions"][string];

/** Months from the war's beginning to the day of the case; undefined where one of them is not told. */
export function ageOf({ asOf, history }: Case): number | undefined {
  if (asOf === undefined || history?.start === undefined) return undefined;
  return (asOf.last - history.start.first) / DAYS_PER_MONTH;
}

/** Months from the day of the case to a date; undefined where that is over, or one is not told. */
export function monthsTo({ asOf }: Case, date: CalendarDate | undefined): number | undefined {
  if (asOf === undefined || date === undefined || date.last <= asOf.last) return undefined;
  return (date.last - asOf.last) / DAYS_PER_MONTH;
}

/** Months from the day of the case to the last day that counts; undefined where that is over, or one is not told. */
export function monthsAhead(content: Case, { by }: Question): number | undefined {
  return monthsTo(content, by);
}

/** What history says of a question under one view: the rates, the one that leads first; or why nothing. */
export function rateOfQuestion(
  content: Case,
  id: string,
):
  | {
      readonly reference: ReferenceClass;
      readonly age: number;
      readonly within: number;
      readonly rates: readonly Rate[];
    }
  | string {
  const question = content.questions[id];
  if (question?.referenceClass === undefined) return "it names no reference class";
  const reference = classOf(content, question.referenceClass);
  if (reference === undefined) return `there is no reference class “${question.referenceClass}”`;
  const age = ageOf(content);
  if (age === undefined) return "the case does not say when the war began (history.start), or has no day of analysis";
  const within = monthsAhead(content, question);
  if (within === undefined) return "it has no last day that counts, or that day is over";
  if (reference.entry > age) {
    return `every member of “${reference.name}” lasted at least ${reference.entry.toFixed(0)} months, longer than this war`;
  }
  if (stillGoing(reference, age).length === 0) {
    return `no member of “${reference.name}” lasted longer than ${age.toFixed(0)} months`;
  }
  try {
    const rates = ratesOf(reference, age, within);
    if (rates.length === 0) return "none of its members ended in a way that counts";
    return { reference, age, within, rates };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return error.problems.map(({ message }) => message).join("; ");
  }
}
