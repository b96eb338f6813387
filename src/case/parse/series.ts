import { parse } from "csv-parse/browser/esm/sync";
import type { CalendarDate } from "../../core/dates/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";

/** One observation of a series. */
export interface Observation {
  readonly date: CalendarDate;
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly published: CalendarDate | undefined;
  /** Names of sources, each perhaps with a locator after `#`. */
  readonly sources: readonly string[];
  readonly note: string | undefined;
  readonly place: Place;
}

/** Most rows that a data file of a case may have. */
const MAX_ROWS = 200_000;
/** Problems after which reading a data file stops. */
const MAX_PROBLEMS = 20;

/**
 * Reads a data file: CSV with the columns date (or month, or year) and value, and perhaps low, high, source,
 * published and note. Lines that begin with # are remarks. Several sources are parted by semicolons.
 */
export function parseSeries(text: string, file: string): { observations: Observation[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const observations: Observation[] = [];
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      comment: "#",
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
      trim: true,
    }) as unknown as typeof rows;
  } catch (error) {
    const { message, lines } = error as { message: string; lines?: number };
    const place = { file, line: lines ?? 1, column: 1 };
    return { observations, problems: [problem("csv-syntax", { detail: message }, place)] };
  }
  const [head, ...body] = rows;
  const place = { file, line: head?.info.lines ?? 1, column: 1 };
  const names = (head?.record ?? []).map((name) => name.toLowerCase());
  const column = (...wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name));
  const columns = {
    date: column("date", "month", "year", "day"),
    value: column("value"),
    low: column("low"),
    high: column("high"),
    source: column("source"),
    published: column("published"),
    note: column("note"),
  };
  for (const needed of ["date", "value"] as const) {
    if (columns[needed] >= 0) continue;
    problems.push(problem("csv-column", { column: needed, found: names.join(", ") || "none" }, place));
  }
  if (problems.length > 0) return { observations, problems };
  if (body.length > MAX_ROWS) {
    problems.push(problem("csv-syntax", { detail: `more than ${MAX_ROWS} rows` }, place));
    return { observations, problems };
  }
  for (const { record, info } of body) {
    if (problems.length >= MAX_PROBLEMS) break;
    const at: Place = { file, line: info.lines, column: 1 };
    const cell = (index: number) => (index < 0 ? "" : (record[index] ?? ""));
    const number = (index: number): number | undefined => {
      const written = cell(index);
      if (written === "") return undefined;
      const value = Number(written);
      if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) && Number.isFinite(value)) return value;
      problems.push(problem("csv-number", { value: written }, at));
      return undefined;
    };
    const day = (index: number): CalendarDate | undefined => {
      const written = cell(index);
      if (written === "") return undefined;
      const date = parseDate(written);
      if (date === undefined) problems.push(problem("csv-date", { value: written }, at));
      return date;
    };
    const before = problems.length;
    const date = day(columns.date);
    const value = number(columns.value);
    const low = number(columns.low);
    const high = number(columns.high);
    const published = day(columns.published);
    if (problems.length > before) continue;
    if (date === undefined) {
      problems.push(problem("csv-date", { value: "" }, at));
      continue;
    }
    // A row without a value is a gap, such as a month without a poll.
    if (value === undefined) continue;
    const sources = cell(columns.source)
      .split(";")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const note = cell(columns.note);
    observations.push({ date, value, low, high, published, sources, note: note === "" ? undefined : note, place: at });
  }
  return { observations, problems };
}
