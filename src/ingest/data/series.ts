import { formatDay, parseDate } from "../../core/dates/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { quoted } from "./columns.ts";
import { openDuck } from "./duck.ts";
import { type Period, periodOf, periodsBetween } from "./periods.ts";
import { type Manifest, tableOf } from "./registry.ts";
import { type Named, rowsOfTable } from "./table.ts";

type Measure = Manifest["measures"][number];

/** How the rows of a period become one value; `change` is the last value less that of the period before. */
export const WAYS = ["sum", "mean", "last", "change", "count"] as const;
export type Way = (typeof WAYS)[number];

export interface SeriesOptions {
  readonly by: Period;
  /** The measure; the data set's first unless told. */
  readonly measure?: string | undefined;
  /** Another way to make a value than the measure's own. */
  readonly how?: Way | undefined;
  /** Only rows in which a column has one of these values, capitals aside. */
  readonly where?: readonly { readonly column: string; readonly values: readonly string[] }[] | undefined;
  /** A series for each value of a column. */
  readonly each?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Adds the values up over time. */
  readonly cumulative?: boolean | undefined;
  readonly reader?: "plain" | "duckdb" | undefined;
}

export interface Point {
  readonly date: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  /** The value of the column that parts the series; null where there is one for all. */
  readonly of: string | null;
  readonly points: readonly Point[];
}

export interface MadeSeries {
  readonly measure: Measure;
  /** Whether a value is an amount over its period, or a level at its end. */
  readonly measures: "flow" | "level";
  readonly series: readonly Series[];
  /** Rows that are not in it, and why. */
  readonly left: readonly { readonly why: string; readonly count: number }[];
}

/** Sums of the rows of a period. */
interface Cell {
  count: number;
  sum: number;
  low: number;
  high: number;
  /** Rows with a value. */
  values: number;
  lastDate: string;
  last: number;
}

/**
 * Makes series of a registered data set. Amounts are 0 in periods without rows, from the first to the last that the data set
 * reaches; levels are left out there.
 *
 * @throws ParleyError data-measure, data-column, data-nothing, data-precision, data-changed
 */
export async function seriesOf(folder: string, content: Manifest, wanted: SeriesOptions): Promise<MadeSeries> {
  const options = { ...wanted, from: dayOf(wanted.from, "first"), until: dayOf(wanted.until, "last") };
  const measure = measureOf(content, options.measure);
  const { by, each } = options;
  for (const column of [each, ...(options.where ?? []).map((condition) => condition.column)]) {
    if (column !== undefined) checkColumn(content, column);
  }
  const how = wayOf(measure, options);
  const groups = new Map<string, Map<string, Cell>>();
  const left = new Map<string, number>();
  const leave = (why: string, count = 1) => left.set(why, (left.get(why) ?? 0) + count);
  const counted =
    content.table.file === "table.parquet" && options.reader !== "plain" && (how === "sum" || how === "count")
      ? await withDuck(folder, content, measure, options, groups, leave)
      : false;
  if (!counted) await withRows(folder, content, measure, how, options, groups, leave);
  if (groups.size === 0) {
    if ((left.get(LESS_PRECISE) ?? 0) > 0) throw ParleyError.of("data-precision", { name: content.name, by });
    throw await nothing(folder, content, options);
  }
  const flow = how === "sum" || how === "count" || how === "change" || how === "first-of" || how === "last-of";
  const dates = [...groups.values()].flatMap((cells) => [...cells.keys()]);
  // Of what lies before and behind the data set nothing is known. Rows may lie behind what the first measure reaches, as endings do.
  const [from, to] = [content.from, content.to].flatMap((date) => (date === null ? [] : (periodOf(date, by) ?? [])));
  const reach = {
    first: lowest([...(from === undefined ? [] : [from]), ...dates]),
    last: highest([to ?? "", ...dates]),
  };
  const asked = options.from === undefined ? undefined : periodOf(options.from, by);
  const until = options.until === undefined ? undefined : periodOf(options.until, by);
  if (asked !== undefined && asked < reach.first) leave(`nothing before ${reach.first}, where the data begin`, 0);
  if (until !== undefined && until > reach.last) leave(`nothing after ${reach.last}, where the data end`, 0);
  const first = highest([reach.first, asked ?? ""]);
  const last = lowest([reach.last, until ?? reach.last]);
  const periods = periodsBetween(first, last, by);
  const series = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, cells]): Series => {
      const points = pointsOf(cells, periods, how, measure, options.cumulative === true);
      return { of: each === undefined ? null : of, points };
    });
  return {
    measure,
    measures: flow && options.cumulative !== true ? "flow" : "level",
    series,
    left: [...left].map(([why, count]) => ({ why, count })),
  };
}

/** The first or last day that a date may mean. */
function dayOf(date: string | undefined, end: "first" | "last"): string | undefined {
  const parsed = date === undefined ? undefined : parseDate(date);
  return parsed === undefined ? undefined : formatDay(parsed[end]);
}

/** The way that is asked for, where the measure can be made so. @throws ParleyError data-way */
function wayOf({ name, how, of }: Measure, { how: asked, cumulative }: SeriesOptions): Measure["how"] | Way {
  const ways: readonly string[] = of === undefined || how === "first-of" || how === "last-of" ? [how] : WAYS;
  if (asked !== undefined && !ways.includes(asked)) {
    throw ParleyError.of("data-way", { measure: name, way: asked, ways: ways.join(", ") });
  }
  const way = asked ?? how;
  if (cumulative === true && (way === "last" || way === "mean")) {
    throw ParleyError.of("data-way", {
      measure: name,
      way: `${way} with --cumulative`,
      ways: "sum, count or change: levels do not add up",
    });
  }
  return way;
}

const UNVALUED = "no value";
const LESS_PRECISE = "dates less precise than the period";
const UNDATED = "no date";

function measureOf({ name, measures }: Manifest, wanted: string | undefined): Measure {
  const found = wanted === undefined ? measures[0] : measures.find((each) => each.name === wanted);
  if (found !== undefined) return found;
  const known = measures.map((each) => each.name);
  throw ParleyError.of("data-measure", {
    name,
    value: wanted ?? "",
    near: nearest(wanted ?? "", known),
    known: known.join(", "),
  });
}

function checkColumn({ name, columns }: Manifest, column: string): void {
  if (columns.includes(column)) return;
  throw ParleyError.of("data-column", {
    name,
    value: column,
    near: nearest(column, columns),
    known: columns.join(", "),
  });
}

/** @returns whether the rows were counted; false where DuckDB is not to be had */
async function withDuck(
  folder: string,
  content: Manifest,
  { time, of, bounds }: Measure,
  { by, each, where = [], from, until }: SeriesOptions,
  groups: Map<string, Map<string, Cell>>,
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

async function withRows(
  folder: string,
  content: Manifest,
  { time, of, bounds }: Measure,
  how: Measure["how"] | Way,
  { by, each, where = [], from, until }: SeriesOptions,
  groups: Map<string, Map<string, Cell>>,
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

function cellAt(groups: Map<string, Map<string, Cell>>, group: string, period: string): Cell {
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

function pointsOf(
  cells: ReadonlyMap<string, Cell>,
  periods: readonly string[],
  how: Measure["how"] | Way,
  { bounds }: Measure,
  cumulative: boolean,
): Point[] {
  const points: Point[] = [];
  let before: number | undefined;
  let total = 0;
  for (const date of periods) {
    const cell = cells.get(date);
    // A period that has rows, and none of them a value, is not known: no 0.
    if (how === "sum" && cell !== undefined && cell.values === 0) continue;
    const ranged = bounds !== undefined && how === "sum" && !cumulative;
    if (how === "sum" || how === "count" || how === "first-of" || how === "last-of") {
      const value = how === "sum" ? (cell?.sum ?? 0) : (cell?.count ?? 0);
      total += value;
      const said = rounded(cumulative ? total : value);
      points.push(
        ranged
          ? { date, value: said, low: rounded(cell?.low ?? 0), high: rounded(cell?.high ?? 0) }
          : { date, value: said },
      );
      continue;
    }
    if (cell === undefined || cell.values === 0) {
      // A change over a gap is none of one period.
      before = undefined;
      continue;
    }
    const value = how === "mean" ? cell.sum / cell.values : cell.last;
    if (how === "change") {
      if (before !== undefined) {
        total += value - before;
        points.push({ date, value: rounded(cumulative ? total : value - before) });
      }
    } else {
      total += value;
      points.push({ date, value: rounded(cumulative ? total : value) });
    }
    before = value;
  }
  return points;
}

/** Without what adding in another order leaves in the last digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function lowest(dates: readonly string[]): string {
  return dates.toSorted()[0] ?? "";
}

function highest(dates: readonly string[]): string {
  return dates.toSorted().at(-1) ?? "";
}

/** Why no row is left: the first condition that none meets, with the value that was perhaps meant. */
async function nothing(
  folder: string,
  content: Manifest,
  { where = [], from, until }: SeriesOptions,
): Promise<ParleyError> {
  for (const { column, values } of where) {
    const known = new Set<string>();
    for await (const row of rowsOfTable(folder, content, [column])) known.add(row[column] ?? "");
    const folded = new Set([...known].map((each) => each.toLowerCase()));
    const unmet = values.find((value) => !folded.has(value.toLowerCase()));
    if (unmet === undefined) continue;
    const few = [...known].filter((each) => each !== "").sort();
    const near = nearest(unmet, few) ?? few.find((each) => each.toLowerCase().includes(unmet.toLowerCase()));
    return ParleyError.of("data-nothing", { what: `${column} ${unmet}`, near });
  }
  const span = [from === undefined ? "" : `from ${from}`, until === undefined ? "" : `until ${until}`].join(" ").trim();
  return ParleyError.of("data-nothing", { what: span === "" ? "a date" : `a date ${span}`, near: undefined });
}
