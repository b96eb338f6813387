import { oneLine } from "../../core/problems/index.ts";
import type { EntryOptions, MadeSeries, Manifest } from "../../ingest/data/index.ts";
import { columns, pad, type Terminal, wrap } from "../terminal.ts";
import { bar, scaleFor } from "./bars.ts";

/** What was registered, what was left out, and what to do next. */
export function renderAdded(content: Manifest, terminal: Terminal): string {
  const { style, width } = terminal;
  const { name, rows, dropped, published, measures, notes, terms, producer, file } = content;
  const lines = [
    `${style.good("registered")} ${style.bold(name)}: ${count(rows, "row")}${reach(content)}`,
    wrap(
      `${titleOf(content)} (${oneLine(content.variant)}); ${oneLine(producer)}; terms: ${oneLine(terms)}`,
      width,
      "  ",
    ),
    `  ${oneLine(file.name)}, ${megabytes(file.bytes)}, SHA-256 ${file.sha256.slice(0, 16)}...`,
    ...dropped.map(({ why, count: n }) => `  ${style.warn("left out")} ${count(n, "row")}: ${oneLine(why)}`),
    ...(published === null
      ? [
          wrap(
            `${style.warn("not known")} when it was published: --published DATE --again says it, so that a case can tell what was known when`,
            width,
            "  ",
          ),
        ]
      : []),
    ...notes.map((note) => wrap(style.dim(note), width, "  ")),
    `  measures: ${measures.map((each) => oneLine(each.name)).join(", ")}`,
    `Next: parley data series ${name} --by ${content.from?.length === 4 ? "year" : "month"}`,
  ];
  return lines.join("\n");
}

/** The data sets of a folder. */
export function renderList(folder: string, sets: readonly Manifest[], terminal: Terminal): string {
  const { style, width } = terminal;
  if (sets.length === 0) {
    return `No data set is registered (${oneLine(folder)}).\nNext: parley data add FILE --as ucdp-ged`;
  }
  const blocks = sets.map((content) => {
    const { name, rows, dropped, release, published, file, terms, cite, measures } = content;
    const left = dropped.reduce((sum, { count: n }) => sum + n, 0);
    const facts = [
      `${count(rows, "row")}${reach(content)}${left === 0 ? "" : `, ${count(left, "row")} left out`}`,
      `release ${release ?? "not known"}, published ${published ?? "not known"}, ${oneLine(file.name)} ${file.sha256.slice(0, 12)}`,
      `${oneLine(cite)}; terms: ${oneLine(terms)}`,
      `measures: ${measures.map((each) => oneLine(each.name)).join(", ")}`,
    ];
    return [
      `${style.bold(name)}  ${style.dim(oneLine(content.title))}`,
      ...facts.map((fact) => wrap(fact, width, "  ")),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n\n${style.dim(oneLine(folder))}`;
}

/** Rows of a series that are shown; the rest is told. */
const MOST_ROWS = 60;

/** Series as tables with bars. */
export function renderSeries(content: Manifest, made: MadeSeries, options: EntryOptions, terminal: Terminal): string {
  const { style, width } = terminal;
  const { measure, series, left } = made;
  const unit = options.unit ?? measure.unit;
  const parts = series.slice(0, 8).map(({ of, points }) => {
    const shown = points.slice(-MOST_ROWS);
    const scale = scaleFor(
      shown.map(({ value }) => value),
      Math.max(10, Math.min(40, width - 40)),
    );
    const written = shown.map(({ value }) => number(value));
    const room = Math.max(...written.map(columns), 5);
    const rows = shown.map(({ date, value, low, high }, i) => {
      const range =
        low === undefined || (low === value && high === value) ? "" : `  ${number(low)} to ${number(high ?? value)}`;
      return `  ${pad(date, 10)}  ${pad(written[i] ?? "", room, "right")}  ${bar(0, value, scale, terminal)}${style.dim(range)}`.trimEnd();
    });
    const before = points.length - shown.length;
    return [
      ...(of === null ? [] : [style.bold(of === "" ? "(none)" : oneLine(of))]),
      ...(before > 0 ? [style.dim(`  ${before} earlier, not shown: --from, --csv or --json give all`)] : []),
      ...rows,
    ].join("\n");
  });
  const more = series.length - 8;
  return [
    wrap(
      `${style.bold(titleOf(content))}: ${oneLine(measure.what)}${unit === "not said" ? "" : `, in ${oneLine(unit)}`}, by ${options.by}`,
      width,
    ),
    ...parts,
    ...(more > 0 ? [style.dim(`${more} more series, not shown: --csv or --json give all`)] : []),
    ...left.map(({ why, count: n }) => style.dim(n === 0 ? why : `left out ${count(n, "row")}: ${why}`)),
    style.dim(
      wrap(
        `From ${oneLine(content.file.name)}, ${content.release ?? "release not known"}; ${oneLine(content.terms)}`,
        width,
      ),
    ),
    style.dim(`As entries of a case: parley data series ${content.name} ... | cat, or --into my-case/`),
  ].join("\n");
}

function titleOf({ title, release }: Manifest): string {
  return oneLine(release === null ? title : `${title} ${release}`);
}

function reach({ from, to }: Manifest): string {
  return from === null ? "" : `, ${from} to ${to}`;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(6).replace(/\.?0+$/, "");
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
