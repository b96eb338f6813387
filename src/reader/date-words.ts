import type { CalendarDate } from "../core/dates/index.ts";
import { MONTHS, OTHER_MONTHS } from "./lexicon/calendar.ts";
import { DURATIONS, PLURALS } from "./lexicon/units.ts";
import type { Token } from "./tokens.ts";
import { touching } from "./tokens.ts";
import type { Tense, When } from "./when.ts";
import { isDay, iso, yearOf } from "./when.ts";

export interface DateOptions {
  /** When the document was published: what `last week` and a month without a year are counted from. */
  readonly document?: CalendarDate | undefined;
  /** Whether the clause around a token looks ahead; a month without a year then lies after the document's date. */
  readonly ahead?: (at: number) => boolean;
  readonly english?: boolean;
}

/** Dates that begin at a token, and the token after them. */
export interface Match {
  readonly next: number;
  readonly when: readonly When[];
}

/** A match of a single date. */
export function one(next: number, when: When): Match {
  return { next, when: [when] };
}

/** The words that dates are made of, as they stand in a sentence: days, months, years. */
export class DateWords {
  readonly tokens: readonly Token[];
  readonly document: CalendarDate | undefined;
  readonly english: boolean;
  readonly #ahead: (at: number) => boolean;
  /** The last month with a year before here, which lends its year: `from November 2022 to March`. */
  #before: { readonly year: number; readonly month: number } | undefined;

  constructor(tokens: readonly Token[], { document, ahead = () => false, english = true }: DateOptions) {
    this.tokens = tokens;
    this.document = document;
    this.#ahead = ahead;
    this.english = english;
  }

  lower(at: number): string {
    return this.tokens[at]?.lower ?? "";
  }

  month(at: number): number | undefined {
    const token = this.tokens[at];
    if (token === undefined) return undefined;
    const month = MONTHS.get(token.lower);
    if (month === undefined) return this.english ? undefined : OTHER_MONTHS.get(token.lower);
    return token.capital || !this.english ? month : undefined;
  }

  /** A year from 1900 to 2099 written with four digits. */
  yearAt(at: number): number | undefined {
    const token = this.tokens[at];
    if (token?.kind !== "number" || !/^(19|20)\d\d$/.test(token.text)) return undefined;
    return Number(token.text);
  }

  /** The year of the date that this one is joined to: `in March and June 2021`. */
  yearAhead(at: number): number | undefined {
    for (let next = at; next < at + 7; next += 1) {
      const year = this.yearAt(next);
      if (year !== undefined) return next > at ? year : undefined;
      const joined = /^(and|or|to|until|through|the|of|,|-|–)$/.test(this.lower(next));
      if (!joined && this.month(next) === undefined && this.dayAt(next) === undefined) return undefined;
    }
    return undefined;
  }

  dayAt(at: number): { readonly day: number; readonly next: number } | undefined {
    const token = this.tokens[at];
    if (token?.kind !== "number" || !/^\d{1,2}$/.test(token.text)) return undefined;
    const day = Number(token.text);
    if (day < 1 || day > 31) return undefined;
    // The 5th, and "5." of other languages.
    const mark = /^(st|nd|rd|th)$/.test(this.lower(at + 1)) || (!this.english && this.lower(at + 1) === ".");
    const suffix = mark && touching(this.tokens, at) ? 1 : 0;
    return { day, next: at + 1 + suffix };
  }

  /** Whether what follows a number makes it a count: `In June 40 people`. */
  isCount(at: number): boolean {
    const word = this.lower(at);
    return (
      DURATIONS.has(word) ||
      PLURALS.has(word) ||
      /^(percent|per|%|million|billion|thousand|hundred|soldiers|civilians|km)$/.test(word) ||
      (this.tokens[at]?.kind === "word" &&
        word.endsWith("s") &&
        !/^(was|is|has|this|as|its|his)$/.test(word) &&
        !(this.tokens[at]?.capital ?? false))
    );
  }

  /** A year behind a month, after a comma or `of` or nothing. */
  yearBehind(at: number): { readonly year: number | undefined; readonly next: number } {
    const skip = /^(,|of)$/.test(this.lower(at)) ? 1 : 0;
    const year = this.yearAt(at + skip);
    return year === undefined ? { year, next: at } : { year, next: at + skip + 1 };
  }

  dated(month: number, day: number | undefined, year: number | undefined, next: number): When {
    const known = year ?? this.yearAhead(next) ?? this.yearBefore(month);
    if (known !== undefined) {
      this.#before = { year: known, month };
      return { date: valid(known, month, day), stated: true };
    }
    if (this.document === undefined) return { date: null, stated: false };
    return { date: valid(yearOf(month, day, this.document, this.tense(next - 1)), month, day), stated: false };
  }

  yearBefore(month: number): number | undefined {
    if (this.#before === undefined) return undefined;
    return month < this.#before.month ? this.#before.year + 1 : this.#before.year;
  }

  tense(at: number): Tense {
    return this.#ahead(at) ? "future" : "past";
  }

  /** Whether four digits are a year: not money, not a count, not a resolution. */
  isYear(at: number): boolean {
    if (this.yearAt(at) === undefined) return false;
    const before = this.lower(at - 1);
    if (/^[$€£¥#§:]$/.test(before) || NO_YEAR.has(before)) return false;
    if (
      before === "-" &&
      touching(this.tokens, at - 1) &&
      this.tokens[at - 2]?.kind === "word" &&
      !/^(mid|post|pre|early|late|since)$/.test(this.lower(at - 2))
    )
      return false;
    const after = this.lower(at + 1);
    if (
      DURATIONS.has(after) ||
      PLURALS.has(after) ||
      /^(km|%|percent|soldiers|civilians|fighters|persons|refugees|dollars|euros|tonnes|tons|houses|homes|families|prisoners|villages|volunteers|members|tanks|vehicles|drones|missiles|rockets|shells)$/.test(
        after,
      )
    )
      return false;
    return !(after === "per" && this.lower(at + 2) === "cent");
  }

  /** A year in digits, or `the year`, `this year`, `next year`, `last year`. */
  yearOrThis(
    at: number,
  ): { readonly year: number | null; readonly next: number; readonly stated: boolean } | undefined {
    const year = this.yearAt(at);
    if (year !== undefined) return { year, next: at + 1, stated: true };
    const steps = YEARS.get(this.lower(at));
    if (steps === undefined || this.lower(at + 1) !== "year") return undefined;
    const known = this.document === undefined ? undefined : Number(this.document.text.slice(0, 4)) + steps;
    return { year: known ?? null, next: at + 2, stated: false };
  }

  /** Words such as May and March are months only where something around them says so. */
  isMonthHere(at: number): boolean {
    const word = this.lower(at);
    const digits =
      this.tokens[at + 1]?.kind === "number" || (this.lower(at + 1) === "." && this.tokens[at + 2]?.kind === "number");
    if (word !== "may" && word !== "march" && word !== "mar" && word !== "august") return true;
    if (digits) return true;
    const before = this.lower(at - 1);
    if (BEFORE_MONTH.has(before) || (before === "-" && /^(mid|early|late)$/.test(this.lower(at - 2)))) return true;
    return (word === "march" || word === "august") && at > 0;
  }
}

const YEARS: ReadonlyMap<string, number> = new Map([
  ["the", 0],
  ["this", 0],
  ["that", 0],
  ["next", 1],
  ["last", -1],
]);

const BEFORE_MONTH = new Set(
  "in since by until till of from to before after during last next this early mid late through between and end middle beginning start".split(
    " ",
  ),
);

const NO_YEAR = new Set(
  "resolution regulation no nos number page law directive decree article usd eur than nearly almost about".split(" "),
);

/** A day that its year does not have is left at its month. */
export function valid(year: number, month: number, day: number | undefined): string {
  return day !== undefined && isDay(month, day, year) ? iso(year, month, day) : iso(year, month);
}
