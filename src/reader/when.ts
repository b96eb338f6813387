import type { CalendarDate } from "../core/dates/index.ts";
import { addMonths, civil, dayNumber, daysInMonth, formatDay } from "../core/dates/index.ts";

/** A resolved date: ISO 8601 text, the end of a span, and whether the text gave the year. */
export interface When {
  readonly date: string | null;
  readonly until?: string | undefined;
  readonly stated: boolean;
}

/** The side of the document's date on which a date without a year lies. */
export type Tense = "past" | "future";

/** A year, a month or a day as ISO 8601 text. */
export function iso(year: number, month?: number, day?: number): string {
  const parts = [String(year).padStart(4, "0")];
  if (month !== undefined) parts.push(String(month).padStart(2, "0"));
  if (day !== undefined) parts.push(String(day).padStart(2, "0"));
  return parts.join("-");
}

/** Months counted through the years, from a year and a month that may lie outside 1..12. */
export function isoMonth(year: number, month: number): string {
  const count = year * 12 + month - 1;
  return iso(Math.floor(count / 12), (count % 12) + 1);
}

/** Whether a day exists; without a year every day that a leap year has. */
export function isDay(month: number, day: number, year = 2024): boolean {
  return day >= 1 && day <= daysInMonth(year, month);
}

/** Days by which a date without a year may lie behind the document's and still be meant of its year. */
const SLACK = 14;

/**
 * The year of a month without one, by the custom of news: the last such month up to the document's date, or the first
 * from it on where the sentence looks ahead.
 */
export function yearOf(month: number, day: number | undefined, document: CalendarDate, tense: Tense): number {
  const last = civil(document.last);
  const first = civil(document.first);
  if (tense === "past") {
    const later = dayNumber(last.year, month, day === undefined ? 1 : Math.min(day, daysInMonth(last.year, month)));
    return later > document.last + (day === undefined ? 0 : SLACK) ? last.year - 1 : last.year;
  }
  const earlier = month < first.month || (month === first.month && day !== undefined && day < first.day);
  return earlier ? first.year + 1 : first.year;
}

/** A day some days from the document's; to the month where the document's day is not known. */
export function dayFrom(document: CalendarDate | undefined, days: number): When {
  if (document === undefined) return { date: null, stated: false };
  if (document.precision === "day") return { date: formatDay(document.first + days), stated: false };
  const date = document.precision === "year" ? document.text : formatDay(document.first).slice(0, 7);
  return { date, stated: false };
}

/** A weekday: the last one up to the document's day, or the next from it on. */
export function weekdayFrom(document: CalendarDate | undefined, weekday: number, which: Tense | "last" | "next"): When {
  if (document === undefined || document.precision !== "day") return dayFrom(document, 0);
  // 1 January 1970 was a Thursday.
  const today = (((document.first + 3) % 7) + 7) % 7;
  const back = (today - weekday + 7) % 7;
  if (which === "past") return dayFrom(document, -back);
  if (which === "last") return dayFrom(document, back === 0 ? -7 : -back);
  const ahead = (weekday - today + 7) % 7;
  return dayFrom(document, which === "next" && ahead === 0 ? 7 : ahead);
}

/** A week, month, year or decade counted from the document's: -1 is the last, 1 the next. */
export function spanFrom(document: CalendarDate | undefined, unit: string, steps: number): When {
  if (document === undefined) return { date: null, stated: false };
  const { year, month } = civil(document.first);
  if (unit.startsWith("year")) return { date: iso(year + steps), stated: false };
  if (unit.startsWith("decade")) return { date: iso(year + steps * 10), until: iso(year), stated: false };
  if (document.precision === "year") return { date: document.text, stated: false };
  if (unit.startsWith("month")) return { date: isoMonth(year, month + steps), stated: false };
  if (unit.startsWith("quarter")) {
    const first = Math.floor((month - 1) / 3) * 3 + 1 + steps * 3;
    return { date: isoMonth(year, first), until: isoMonth(year, first + 2), stated: false };
  }
  if (document.precision !== "day") return dayFrom(document, 0);
  if (unit.startsWith("weekend")) return weekdayFrom(document, 5, steps < 0 ? "last" : "future");
  const monday = document.first - ((((document.first + 3) % 7) + 7) % 7) + steps * 7;
  return { date: formatDay(monday), until: formatDay(monday + 6), stated: false };
}

/** `three weeks ago`, `two months from now`: as precise as its unit. */
export function agoFrom(document: CalendarDate | undefined, unit: string, count: number): When {
  if (document === undefined) return { date: null, stated: false };
  const { year } = civil(document.first);
  if (!Number.isInteger(count))
    return dayFrom(document, Math.round(count * (unit.startsWith("year") ? 365.2425 : 30.436875)));
  if (unit.startsWith("year")) return { date: iso(year + count), stated: false };
  if (unit.startsWith("decade")) return { date: iso(year + 10 * count), stated: false };
  if (unit.startsWith("month")) {
    return document.precision === "year"
      ? dayFrom(document, 0)
      : { date: formatDay(addMonths(document.first, count)).slice(0, 7), stated: false };
  }
  if (unit.startsWith("week")) return dayFrom(document, 7 * count);
  return unit.startsWith("day") ? dayFrom(document, count) : dayFrom(document, 0);
}
