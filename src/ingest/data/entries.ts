import { formatDay, parseDate } from "../../core/dates/index.ts";
import { daysOf, type Period } from "./periods.ts";
import type { Manifest } from "./registry.ts";
import type { MadeSeries, Point, SeriesOptions } from "./series-types.ts";

/** An entry of a case file, by its keys. */
type Entry = Readonly<Record<string, unknown>>;

export interface EntryOptions extends SeriesOptions {
  /** The identifier of the indicator; made of the data set's and the measure's unless given. */
  readonly id?: string | undefined;
  readonly unit?: string | undefined;
  /** Why it is used although it was published later. */
  readonly hindsight?: string | undefined;
}

/** Series of a data set as a case holds them: a source, an indicator for each series, and the file of its points. */
export interface SeriesEntries {
  readonly source: { readonly id: string; readonly entry: Entry };
  readonly indicators: Readonly<Record<string, Entry>>;
  /** The text of each data file, by its path in the case folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** The source that a data set is in a case. */
export function sourceEntry(content: Manifest, hindsight?: string): { readonly id: string; readonly entry: Entry } {
  const { name, title, producer, cite, terms, site, release, published, file, added } = content;
  const said = (text: string) => (text === "not said" ? undefined : text);
  return {
    id: name,
    entry: defined({
      title: release === null ? title : `${title}, ${release}`,
      by: said(producer),
      published: published ?? undefined,
      accessed: added.slice(0, 10),
      url: file.url ?? site ?? undefined,
      kind: "dataset",
      terms: said(terms),
      hindsight,
      note: `${said(cite) === undefined ? "" : `${cite}. `}File ${file.name}, SHA-256 ${file.sha256}.`,
    }),
  };
}

/** Series as entries of a case. */
export function entriesOf(content: Manifest, made: MadeSeries, options: EntryOptions): SeriesEntries {
  const source = sourceEntry(content, options.hindsight);
  const { measure } = made;
  const indicators: Record<string, Entry> = {};
  const files = new Map<string, string>();
  for (const { of, points } of made.series) {
    const own = options.id ?? identifier(`${content.name} ${measure.name}`);
    const wanted = of === null ? own : identifier(`${own} ${of === "" ? "none" : of}`);
    // Names that differ in letters which identifiers do not have would be one: the next of them is numbered.
    let id = wanted;
    for (let count = 2; Object.hasOwn(indicators, id); count++) id = `${wanted}-${count}`;
    const file = `data/${id}.csv`;
    indicators[id] = defined({
      name: nameOf(content, made, of, options),
      file,
      unit: options.unit ?? measure.unit,
      measures: made.measures,
      definition: definitionOf(content, made, of, options),
      source: source.id,
      hindsight: options.hindsight,
    });
    files.set(file, csvOf(content, points, options.by));
  }
  return { source, indicators, files };
}

function nameOf({ title }: Manifest, { measure }: MadeSeries, of: string | null, options: EntryOptions): string {
  const chosen = (options.where ?? []).map(({ values }) => values.join(" or "));
  const about = [...(of === null ? [] : [of]), ...chosen].join(", ");
  return `${about === "" ? title : about}: ${measure.what}, by ${options.by}`.slice(0, 200);
}

/** What is counted, so that anyone can count it again. */
function definitionOf(content: Manifest, made: MadeSeries, of: string | null, options: EntryOptions): string {
  const { measure, left } = made;
  const ways: Readonly<Record<string, string>> = {
    sum: `Sum of ${measure.of}`,
    count: "Number of rows",
    last: `Last value of ${measure.of}`,
    mean: `Mean of ${measure.of}`,
    change: `Last value of ${measure.of} less that of the period before`,
    "first-of": `Number of ${measure.unit} whose first row falls`,
    "last-of": `Number of ${measure.unit} whose last row falls`,
  };
  const way = ways[options.how ?? measure.how] ?? measure.what;
  const where = [
    ...(of === null || options.each === undefined ? [] : [`${options.each} is ${of}`]),
    ...(options.where ?? []).map(({ column, values }) => `${column} is ${values.join(" or ")}`),
  ];
  const without = left.flatMap(({ why, count }) => (count === 0 ? [] : [`${count} rows: ${why}`]));
  return [
    `${way} by ${options.by} of ${measure.time}${where.length === 0 ? "" : `, where ${where.join(" and ")}`}${options.cumulative === true ? ", added up" : ""}.`,
    `${content.rows} rows of ${content.file.name}.`,
    ...(without.length === 0 ? [] : [`Left out ${without.join(", ")}.`]),
    ...content.notes,
  ].join(" ");
}

/** Points as a data file of a case: the dates of weeks are their last days, as those of months are their ends. */
function csvOf({ title, producer, cite }: Manifest, points: readonly Point[], by: Period): string {
  const ranged = points.some(({ low }) => low !== undefined);
  const rows = points.map(({ date, value, low, high }) =>
    [dateOf(date, by), value, ...(ranged ? [low ?? "", high ?? ""] : [])].join(","),
  );
  const remark = [title, producer, cite].filter((text) => text !== "not said").join("; ");
  return `# ${remark.replaceAll(/\s+/g, " ")}\n${ranged ? "date,value,low,high" : "date,value"}\n${rows.join("\n")}\n`;
}

/** A period as a case writes a date: a month as 2024-11, a year as 2024; of a week and a quarter the last day. */
export function dateOf(period: string, by: Period): string {
  return by === "week" || by === "quarter" ? formatDay(daysOf(period, by).last) : period;
}

/** The points of which the whole period lies on or before a day: what was known then can hold no more. */
export function pointsUntil(points: readonly Point[], by: Period, day: number): Point[] {
  return points.filter(({ date }) => daysOf(date, by).last <= day);
}

/** The last day of a date. */
export function lastDay(date: string): number {
  return parseDate(date)?.last ?? Number.POSITIVE_INFINITY;
}

function identifier(text: string): string {
  return (
    text
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-+|-+$/g, "")
      .slice(0, 80) || "series"
  );
}

function defined(entry: Readonly<Record<string, unknown>>): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
