import { monthFirst } from "./calendar-dates.ts";
import type { DateWords, Match } from "./date-words.ts";
import { one } from "./date-words.ts";
import { SEASONS, WEEKDAYS } from "./lexicon/calendar.ts";
import { DURATIONS } from "./lexicon/units.ts";
import { numberAt } from "./numbers.ts";
import type { When } from "./when.ts";
import { agoFrom, dayFrom, iso, isoMonth, spanFrom, weekdayFrom, yearOf } from "./when.ts";

/** early 2024, mid-July, the end of 2024, the second half of 2024, summer 2023, the first quarter of 2024. */
export function part(words: DateWords, at: number): Match | undefined {
  const word = words.lower(at);
  const months = SEASONS.get(word);
  if (months !== undefined) return seasonAt(words, at, months);
  const ordinal = ["first", "second", "third", "fourth"].indexOf(word);
  const unit = words.lower(at + 1);
  if (ordinal >= 0 && (unit === "half" || unit === "quarter")) {
    const next = at + 2 + (/^(of|in)$/.test(words.lower(at + 2)) ? 1 : 0);
    const year = words.yearOrThis(next);
    if (year === undefined || (unit === "half" && ordinal > 1)) return undefined;
    const size = unit === "half" ? 6 : 3;
    return one(year.next, monthsOf(year, ordinal * size + 1, ordinal * size + size));
  }
  const quarter = /^q([1-4])$/.exec(word);
  if (quarter !== null) {
    const year = words.yearOrThis(at + 1);
    const first = Number(quarter[1]) * 3 - 2;
    return year === undefined ? undefined : one(year.next, monthsOf(year, first, first + 2));
  }
  const part = PARTS.get(word);
  if (part === undefined) return undefined;
  let next = at + 1;
  if (words.lower(next) === "-") next += 1;
  if (words.lower(next) === "of") next += 1;
  else if (part.noun) return undefined;
  const month = words.month(next);
  if (month !== undefined) {
    const rest = monthFirst(words, next);
    return rest;
  }
  const year = words.yearOrThis(next);
  if (year !== undefined) return one(year.next, monthsOf(year, part.first, part.last));
  const span = words.lower(next) === "the" || words.lower(next) === "this" ? words.lower(next + 1) : "";
  if (span === "month" || span === "week") return one(next + 2, spanFrom(words.document, span, 0));
  const nextSpan = words.lower(next) === "next" || words.lower(next) === "last" ? words.lower(next + 1) : "";
  if (nextSpan === "month" || nextSpan === "week")
    return one(next + 2, spanFrom(words.document, nextSpan, words.lower(next) === "next" ? 1 : -1));
  return undefined;
}

function monthsOf(year: { readonly year: number | null; readonly stated: boolean }, first: number, last: number): When {
  if (year.year === null) return { date: null, stated: false };
  const [from, to] = [isoMonth(year.year, first), isoMonth(year.year, last)];
  return from === to ? { date: from, stated: year.stated } : { date: from, until: to, stated: year.stated };
}

function seasonAt(words: DateWords, at: number, [first, last]: readonly [number, number]): Match | undefined {
  const name = words.lower(at);
  const before = words.lower(at - 1);
  const skip = words.lower(at + 1) === "of" ? 1 : 0;
  const year = words.yearAt(at + 1 + skip);
  if (year !== undefined)
    return one(at + 2 + skip, { date: isoMonth(year, first), until: isoMonth(year, last), stated: true });
  // "Fall" and "spring" are verbs and springs too.
  if (
    !["last", "this", "next", "the", "in", "since", "by", "late", "early", "until"].includes(before) ||
    (name === "fall" && !["last", "this", "next"].includes(before))
  )
    return undefined;
  if (before === "the" && !["in", "since", "by", "until", "during", "over", "of"].includes(words.lower(at - 2)))
    return undefined;
  if (words.document === undefined) return one(at + 1, { date: null, stated: false });
  const tense = before === "next" ? "future" : before === "last" ? "past" : words.tense(at);
  const known = yearOf(Math.min(first, 12), undefined, words.document, tense);
  return one(at + 1, { date: isoMonth(known, first), until: isoMonth(known, last), stated: false });
}

/** today, last week, next month, on Monday, two months ago, three weeks from now. */
export function relative(words: DateWords, at: number): Match | undefined {
  const word = words.lower(at);
  if (word === "today" || word === "tonight") return one(at + 1, dayFrom(words.document, 0));
  if (word === "yesterday") return one(at + 1, dayFrom(words.document, -1));
  if (word === "tomorrow") return one(at + 1, dayFrom(words.document, 1));
  if (word === "weekend" && words.lower(at - 1) === "the") {
    return one(at + 1, weekdayFrom(words.document, 5, words.tense(at) === "past" ? "last" : "future"));
  }
  const weekday = WEEKDAYS.get(word);
  if (weekday !== undefined && words.tokens[at]?.capital === true) {
    const before = words.lower(at - 1);
    const which = before === "last" || before === "next" ? before : words.tense(at);
    return one(at + 1, weekdayFrom(words.document, weekday, which));
  }
  const which = STEPS.get(word);
  const unit = words.lower(at + 1);
  if (which !== undefined && /^(week|weekend|month|quarter|year|decade)$/.test(unit)) {
    // "The past year", "over the last decade" are spans that reach up to now.
    return one(at + 2, spanFrom(words.document, unit, which));
  }
  const month = which === undefined ? undefined : words.month(at + 1);
  if (
    month !== undefined &&
    words.document !== undefined &&
    words.yearAt(at + 2) === undefined &&
    words.dayAt(at + 2) === undefined
  ) {
    const year = yearOf(month, undefined, words.document, which === 1 ? "future" : "past");
    return one(at + 2, { date: iso(year, month), stated: false });
  }
  return ago(words, at);
}

function ago(words: DateWords, at: number): Match | undefined {
  const article = /^an?$/.test(words.lower(at));
  const number = article ? { value: 1, next: at + 1 } : numberAt(words.tokens, at);
  if (number === undefined) return undefined;
  const unit = words.lower(number.next);
  if (!DURATIONS.has(unit)) return undefined;
  const [first, second] = [words.lower(number.next + 1), words.lower(number.next + 2)];
  if (first === "ago") return one(number.next + 2, agoFrom(words.document, unit, -number.value));
  if ((first === "from" && second === "now") || (first === "from" && second === "today"))
    return one(number.next + 3, agoFrom(words.document, unit, number.value));
  return undefined;
}

/** Words before a week, month or year, and how many it lies from the document's. */
const STEPS = new Map([
  ["last", -1],
  ["past", -1],
  ["previous", -1],
  ["this", 0],
  ["current", 0],
  ["next", 1],
  ["coming", 1],
]);

/** Parts of a year that words name; those with `noun` need `of`: the end of 2024. */
const PARTS: ReadonlyMap<string, { readonly first: number; readonly last: number; readonly noun: boolean }> = new Map([
  ["early", { first: 1, last: 4, noun: false }],
  ["mid", { first: 6, last: 7, noun: false }],
  ["late", { first: 10, last: 12, noun: false }],
  ["beginning", { first: 1, last: 1, noun: true }],
  ["start", { first: 1, last: 1, noun: true }],
  ["middle", { first: 6, last: 6, noun: true }],
  ["end", { first: 12, last: 12, noun: true }],
  ["close", { first: 12, last: 12, noun: true }],
]);
