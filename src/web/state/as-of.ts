import type { Assessment, Moment } from "../../assess/index.ts";
import { formatDay, parseDate } from "../../core/dates/index.ts";

/** Days from the first source to the day of the case, and places on a scale of them. */
export interface DayScale {
  readonly first: number;
  readonly last: number;
  /** From 0 to 1. Time runs by the square root of the distance from the last day, so that the last weeks do not fall on one point. */
  at(day: number): number;
  dayAt(place: number): number;
}

export function dayScale(first: number, last: number): DayScale {
  const span = Math.max(1, last - first);
  return {
    first,
    last,
    at: (day) => 1 - Math.sqrt(Math.min(span, Math.max(0, last - day)) / span),
    dayAt: (place) => last - Math.round((1 - Math.min(1, Math.max(0, place))) ** 2 * span),
  };
}

/** What the strip of a case shows; undefined where no source has a date before the day of the case. */
export interface Known {
  readonly scale: DayScale;
  readonly moments: readonly Moment[];
  /** The day that is looked from. */
  readonly day: number;
  readonly hidden: { readonly claims: number; readonly sources: number; readonly events: number };
}

export function knownOf({ case: head, moments }: Assessment): Known | undefined {
  const dated = moments.filter(({ kind }) => kind === "source");
  const own = head.codedAsOf === null ? undefined : parseDate(head.codedAsOf)?.last;
  const last = own ?? dated.at(-1)?.day;
  const [first] = dated;
  if (first === undefined || last === undefined || first.day >= last) return undefined;
  const day = head.asOf === null ? last : (parseDate(head.asOf)?.last ?? last);
  const hidden = (...kinds: readonly Moment["kind"][]) =>
    moments.filter(({ kind, known }) => !known && kinds.includes(kind)).length;
  return {
    scale: dayScale(first.day, last),
    // What came before the first source was known before there was anything to read.
    moments: moments.filter(({ day: at, kind }) => at <= last && kind !== "scheduled"),
    day: Math.min(day, last),
    hidden: { claims: hidden("claim"), sources: hidden("source"), events: hidden("event", "agreement") },
  };
}

/** The day of the address for a day of the slider: none where it is the case's own. */
export const asOfOn = (day: number, { scale }: Known): string | undefined =>
  day >= scale.last ? undefined : formatDay(day);
