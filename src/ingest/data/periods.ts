import { addMonths, civil, dayNumber, formatDay, parseDate } from "../../core/dates/index.ts";

/** Lengths of time by which a series is made. */
export const PERIODS = ["day", "week", "month", "quarter", "year"] as const;
export type Period = (typeof PERIODS)[number];

/**
 * The period of a date, named as a case writes dates: by its first day, the Monday of a week, its month, or its year; a quarter
 * by its first month. Undefined where the date is less precise than that.
 *
 * @example
 * periodOf("2024-11-28", "week"); // "2024-11-25"
 * periodOf("2024-11", "day"); // undefined
 */
export function periodOf(date: string, by: Period): string | undefined {
  const fine = date.length;
  if (by === "year") return date.slice(0, 4);
  if (fine < 7) return undefined;
  if (by === "month") return date.slice(0, 7);
  if (by === "quarter") {
    const month = Number(date.slice(5, 7));
    return `${date.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}`;
  }
  if (fine < 10) return undefined;
  if (by === "day") return date;
  const day = parseDate(date)?.first ?? 0;
  // 1970-01-01 was a Thursday.
  return formatDay(day - ((((day + 3) % 7) + 7) % 7));
}

/** All periods from that of one date to that of another, both included. */
export function periodsBetween(from: string, to: string, by: Period): string[] {
  const out: string[] = [];
  const [start, end] = [periodOf(from, by), periodOf(to, by)];
  if (start === undefined || end === undefined) return out;
  for (let at = start; at <= end && out.length <= MOST_PERIODS; at = next(at, by)) out.push(at);
  return out;
}

/** Most periods of a series: more would be days of many centuries. */
const MOST_PERIODS = 200_000;

function next(period: string, by: Period): string {
  if (by === "year") return String(Number(period) + 1).padStart(4, "0");
  const first = parseDate(period)?.first ?? 0;
  if (by === "day") return formatDay(first + 1);
  if (by === "week") return formatDay(first + 7);
  return formatDay(addMonths(first, by === "month" ? 1 : 3)).slice(0, 7);
}

/** The first and the last day of a period. */
export function daysOf(period: string, by: Period): { readonly first: number; readonly last: number } {
  const parsed = parseDate(period);
  const first = parsed?.first ?? 0;
  if (by === "week") return { first, last: first + 6 };
  if (by === "quarter") {
    const { year, month } = civil(first);
    return { first, last: addMonths(dayNumber(year, month, 1), 3) - 1 };
  }
  return { first, last: parsed?.last ?? first };
}
