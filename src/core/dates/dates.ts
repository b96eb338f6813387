/**
 * Dates without clocks or time zones: ISO 8601 calendar dates in the proleptic Gregorian calendar, to the day, the
 * month or the year. Inside, a day is a whole number: days since 1970-01-01.
 */

/** A calendar date as precise as it was written. `first` and `last` are the first and last day it may mean. */
export interface CalendarDate {
  /** As written: `2024-11-28`, `2024-11` or `2024`. */
  readonly text: string;
  readonly precision: "day" | "month" | "year";
  readonly first: number;
  readonly last: number;
}

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Mean length of a Gregorian month in days: 400 years hold 146 097 days and 4 800 months. */
export const DAYS_PER_MONTH = 30.436875;

/**
 * Reads an ISO 8601 date, also to the month or the year; undefined where the text is none or the day does not exist.
 *
 * @example
 * parseDate("2024-11")?.last === dayNumber(2024, 11, 30); // true
 * parseDate("2023-02-29"); // undefined
 */
export function parseDate(text: string): CalendarDate | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  if (match[2] === undefined) {
    return { text, precision: "year", first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
  }
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  const length = daysInMonth(year, month);
  if (match[3] === undefined) {
    return { text, precision: "month", first: dayNumber(year, month, 1), last: dayNumber(year, month, length) };
  }
  const day = Number(match[3]);
  if (day < 1 || day > length) return undefined;
  const number = dayNumber(year, month, day);
  return { text, precision: "day", first: number, last: number };
}

/** Days from 1970-01-01 to a day of the proleptic Gregorian calendar; months count from 1. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years start in March here, so that the leap day is the last of its year.
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468;
}

/** The year, month (1..12) and day (1..31) of a day number; the inverse of {@link dayNumber}. */
export function civil(dayNumber: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = dayNumber + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The number of days in a month; months count from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * A day some calendar months later (or earlier); the day of the month is clipped to the month's end.
 *
 * @example
 * formatDay(addMonths(dayNumber(2024, 1, 31), 1)); // "2024-02-29"
 */
export function addMonths(day: number, months: number): number {
  const date = civil(day);
  const count = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return dayNumber(year, month, Math.min(date.day, daysInMonth(year, month)));
}

/** A day as ISO 8601 text: `2024-11-28`. */
export function formatDay(day: number): string {
  const date = civil(day);
  return `${String(date.year).padStart(4, "0")}-${pad(date.month)}-${pad(date.day)}`;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A date in words, as precise as it was written: `28 November 2024`, `November 2024`, `2024`. */
export function dateInWords(date: CalendarDate): string {
  const { year, month, day } = civil(date.first);
  if (date.precision === "year") return String(year);
  const words = `${MONTHS[month - 1]} ${year}`;
  return date.precision === "month" ? words : `${day} ${words}`;
}

/** Whether the whole of a date lies after a day: a date to the month that holds the day does not. */
export function isAfter(date: CalendarDate, day: number): boolean {
  return date.first > day;
}

/** Years since 1 January 1970 as a fraction, for plotting and slopes; a year has 365.2425 days. */
export function yearsSinceEpoch(day: number): number {
  return day / 365.2425;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
