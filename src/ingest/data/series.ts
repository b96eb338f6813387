import { formatDay, parseDate } from "../../core/dates/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { type Cell, type Groups, LESS_PRECISE, withDuck, withRows } from "./count-rows.ts";
import { periodOf, periodsBetween } from "./periods.ts";
import type { Manifest } from "./registry.ts";
import {
  type MadeSeries,
  type Measure,
  type Point,
  type Series,
  type SeriesOptions,
  WAYS,
  type Way,
} from "./series-types.ts";
import { rowsOfTable } from "./table.ts";

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
  const groups: Groups = new Map();
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
