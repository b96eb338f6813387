import type { DateWords, Match } from "./date-words.ts";
import { one, valid } from "./date-words.ts";
import { touching } from "./tokens.ts";
import type { When } from "./when.ts";
import { isDay, iso } from "./when.ts";

/** 2024-11-21, 21.11.2024, 21/11/2024; a day that may be a month is left at its year. */
export function numeric(words: DateWords, at: number): Match | undefined {
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((step) => words.tokens[at + step]);
  if (a?.kind !== "number") return undefined;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?((?:19|20)\d\d)$/.exec(a.text);
  if (dotted !== null) return one(at + 1, fromNumbers(Number(dotted[3]), Number(dotted[2]), Number(dotted[1])));
  if (
    b === undefined ||
    c === undefined ||
    !/^[-/]$/.test(b.text) ||
    !touching(words.tokens, at) ||
    !touching(words.tokens, at + 1)
  )
    return undefined;
  const full =
    d?.text === b.text && e?.kind === "number" && touching(words.tokens, at + 2) && touching(words.tokens, at + 3);
  if (/^(19|20)\d\d$/.test(a.text) && /^\d\d$/.test(c.text)) {
    const month = Number(c.text);
    if (full && /^\d\d$/.test(e.text)) return one(at + 5, fromNumbers(Number(a.text), month, Number(e.text)));
    if (b.text === "-" && month <= 12 && Number(a.text) % 100 >= 13)
      return one(at + 3, { date: iso(Number(a.text), month), stated: true });
    // 2023/24 and 2019-20 are spans of years.
    const until = Math.floor(Number(a.text) / 100) * 100 + month;
    return {
      next: at + 3,
      when: [
        { date: iso(Number(a.text)), stated: true },
        { date: iso(until), stated: true },
      ],
    };
  }
  if (full && /^\d{1,2}$/.test(a.text) && /^\d{1,2}$/.test(c.text) && /^(19|20)\d\d$/.test(e.text)) {
    const [first, second, year] = [Number(a.text), Number(c.text), Number(e.text)];
    if (first > 12) return one(at + 5, fromNumbers(year, second, first));
    if (second > 12) return one(at + 5, fromNumbers(year, first, second));
    return one(at + 5, { date: first === second ? iso(year, first, second) : iso(year), stated: true });
  }
  return undefined;
}

/** 21 November 2024, the 3rd of May, 17 and 18 April 2024, 17-18 April. */
export function dayFirst(words: DateWords, at: number): Match | undefined {
  const first = words.dayAt(at);
  if (first === undefined) return undefined;
  let next = first.next;
  const days = [first.day];
  while (/^(and|-|–|to|,|or)$/.test(words.lower(next))) {
    const more = words.dayAt(next + 1);
    if (more === undefined) break;
    days.push(more.day);
    next = more.next;
  }
  if (words.lower(next) === "of") next += 1;
  const month = words.month(next);
  if (month === undefined || days.some((day) => !isDay(month, day))) return undefined;
  const year = words.yearBehind(next + 1);
  return { next: year.next, when: days.map((day) => words.dated(month, day, year.year, year.next)) };
}

/** November 21, 2024; November 2024; November; March 3-5, 2024; November and December 2023. */
export function monthFirst(words: DateWords, at: number): Match | undefined {
  const month = words.month(at);
  if (month === undefined || !words.isMonthHere(at)) return undefined;
  // "Nov. 21": the stop of an abbreviation.
  const start = words.lower(at + 1) === "." && words.tokens[at + 2]?.kind === "number" ? at + 2 : at + 1;
  const first = words.yearAt(start) === undefined ? words.dayAt(start) : undefined;
  if (first !== undefined && isDay(month, first.day) && !words.isCount(first.next)) {
    const days = [first.day];
    let next = first.next;
    while (/^(and|-|–|to)$/.test(words.lower(next))) {
      const more = words.dayAt(next + 1);
      if (more === undefined || words.isCount(more.next) || !isDay(month, more.day)) break;
      days.push(more.day);
      next = more.next;
    }
    const year = words.yearBehind(next);
    return { next: year.next, when: days.map((day) => words.dated(month, day, year.year, year.next)) };
  }
  const year = words.yearBehind(start);
  return one(year.year === undefined ? start : year.next, words.dated(month, undefined, year.year, start));
}

/** 2024; 2014-2022; the 1990s. */
export function yearAlone(words: DateWords, at: number): Match | undefined {
  const year = words.yearAt(at);
  if (year === undefined || !words.isYear(at)) return undefined;
  if (words.lower(at + 1) === "s" && touching(words.tokens, at))
    return one(at + 2, { date: iso(year), until: iso(year + 9), stated: true });
  const until = words.yearAt(at + 2);
  if (until !== undefined && /^[-–]$/.test(words.lower(at + 1))) {
    return {
      next: at + 3,
      when: [
        { date: iso(year), stated: true },
        { date: iso(until), stated: true },
      ],
    };
  }
  return one(at + 1, { date: iso(year), stated: true });
}

function fromNumbers(year: number, month: number, day: number): When {
  if (month < 1 || month > 12) return { date: iso(year), stated: true };
  return { date: valid(year, month, day), stated: true };
}
