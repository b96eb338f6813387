import { quoted } from "./columns.ts";
import { openDuck } from "./duck.ts";
import { type Period, periodOf } from "./periods.ts";
import { type Manifest, tableOf } from "./registry.ts";
import type { Measure, SeriesOptions, Way } from "./series-types.ts";
import { type Named, rowsOfTable } from "./table.ts";

/** Sums of the rows of a period. */
export interface Cell {
  count: number;
  sum: number;
  low: number;
  high: number;
  /** Rows with a value. */
  values: number;
  lastDate: string;
  last: number;
}

/** Cells by the value that parts the series, then by period. */
export type Groups = Map<string, Map<string, Cell>>;

const UNVALUED = "no value";
export const LESS_PRECISE = "dates less precise than the period";
const UNDATED = "no date";

/** @returns whether the rows were counted; false where DuckDB is not to be had */
export async function withDuck(
  folder: string,
  content: Manifest,
  { time, of, bounds }: Measure,
  { by, each, where = [], from, until }: SeriesOptions,
  groups: Groups,
  leave: (why: string, count: number) => void,
): Promise<boolean> {
  const file = await tableOf(folder, content);
  const duck = await openDuck();
  if (duck === undefined) return false;
  try {
    const name = (column: string) => `"${column.replaceAll('"', '""')}"`;
    const conditions = where.map(
      ({ column, values }) =>
        `lower(cast(${name(column)} as varchar)) in (${values.map((value) => quoted(value.toLowerCase())).join(", ")})`,
    );
    // A month and a year are the beginning of a date; weeks and quarters are made of days and months.
    const length = { day: 10, week: 10, month: 7, quarter: 7, year: 4 }[by];
    // A row without an estimate of its own bounds is as sure as its value.
    const bound = (column: string | undefined) =>
      column === undefined || of === undefined ? name(of ?? "") : `coalesce(${name(column)}, ${name(of)})`;
    const sum = (column: string | undefined) =>
      of === undefined ? "0" : `coalesce(sum(${bound(column)}) filter (${name(of)} is not null), 0)`;
    const rows =
      await duck.rows(`select ${each === undefined ? "''" : `coalesce(cast(${name(each)} as varchar), '')`} as g,
        ${name(time)}[1:${length}] as d, count(*) as n, ${sum(of)} as s, ${sum(bounds?.[0])} as l, ${sum(bounds?.[1])} as h,
        ${of === undefined ? "count(*)" : `count(${name(of)})`} as v
      from read_parquet(${quoted(file)})
      ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`} group by g, d`);
    for (const { g, d, n, s, l, h, v } of rows) {
      const period = d === null ? undefined : periodOf(String(d), by);
      if (period === undefined) leave(d === null ? UNDATED : LESS_PRECISE, Number(n));
      else if (!outside(period, by, from, until)) {
        const cell = cellAt(groups, String(g), period);
        cell.count += Number(n);
        cell.sum += Number(s);
        cell.low += Number(l);
        cell.high += Number(h);
        cell.values += Number(v);
        if (of !== undefined && Number(v) < Number(n)) leave(UNVALUED, Number(n) - Number(v));
      }
    }
    return true;
  } finally {
    duck.close();
  }
}

export async function withRows(
  folder: string,
  content: Manifest,
  { time, of, bounds }: Measure,
  how: Measure["how"] | Way,
  { by, each, where = [], from, until }: SeriesOptions,
  groups: Groups,
  leave: (why: string) => void,
): Promise<void> {
  const columns = [time, of, ...(bounds ?? []), each, ...where.map(({ column }) => column)];
  const needed = [...new Set(columns.filter((column) => column !== undefined))];
  const conditions = where.map(({ column, values }) => ({ column, values: values.map((each) => each.toLowerCase()) }));
  const seen = new Map<string, string>();
  const distinct = how === "first-of" || how === "last-of";
  for await (const row of rowsOfTable(folder, content, needed)) {
    if (conditions.some(({ column, values }) => !values.includes((row[column] ?? "").toLowerCase()))) continue;
    const date = row[time] ?? "";
    const period = date === "" ? undefined : periodOf(date, by);
    if (period === undefined) {
      leave(date === "" ? UNDATED : LESS_PRECISE);
      continue;
    }
    const group = each === undefined ? "" : (row[each] ?? "");
    if (distinct) {
      const key = JSON.stringify([group, row[of ?? ""] ?? ""]);
      const known = seen.get(key);
      if (known === undefined || (how === "first-of" ? date < known : date > known)) seen.set(key, date);
      continue;
    }
    if (outside(period, by, from, until)) continue;
    if (of !== undefined && (row[of] ?? "") === "") leave(UNVALUED);
    add(cellAt(groups, group, period), row, date, of, bounds);
  }
  for (const [key, date] of seen) {
    const period = periodOf(date, by);
    if (period === undefined || outside(period, by, from, until)) continue;
    cellAt(groups, (JSON.parse(key) as [string])[0], period).count++;
  }
}

function outside(period: string, by: Period, from?: string, until?: string): boolean {
  const [first, last] = [from, until].map((date) => (date === undefined ? undefined : periodOf(date, by)));
  return (first !== undefined && period < first) || (last !== undefined && period > last);
}

function cellAt(groups: Groups, group: string, period: string): Cell {
  let cells = groups.get(group);
  if (cells === undefined) {
    cells = new Map();
    groups.set(group, cells);
  }
  let cell = cells.get(period);
  if (cell === undefined) {
    cell = { count: 0, sum: 0, low: 0, high: 0, values: 0, lastDate: "", last: 0 };
    cells.set(period, cell);
  }
  return cell;
}

function add(cell: Cell, row: Named, date: string, of: string | undefined, bounds: Measure["bounds"]): void {
  const number = (column: string | undefined) => {
    const text = column === undefined ? "" : (row[column] ?? "");
    return text === "" ? undefined : Number(text);
  };
  const value = number(of);
  cell.count++;
  if (value === undefined) return;
  cell.values++;
  cell.sum += value;
  cell.low += number(bounds?.[0]) ?? value;
  cell.high += number(bounds?.[1]) ?? value;
  if (date >= cell.lastDate) {
    cell.lastDate = date;
    cell.last = value;
  }
}
