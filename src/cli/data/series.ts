import { filesInFolder } from "../../case/folder.ts";
import { type Dossier, readDossier, viewCase } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { yamlOf } from "../../formats/drafts.ts";
import { type Addition, addEntries } from "../../formats/into-case.ts";
import {
  dataFolder,
  type EntryOptions,
  entriesOf,
  type MadeSeries,
  type Manifest,
  manifestOf,
  PERIODS,
  pointsUntil,
  type SeriesEntries,
  seriesOf,
  WAYS,
} from "../../ingest/data/index.ts";
import type { Output } from "../output.ts";
import { renderSeries } from "../render/data.ts";
import { saveAll } from "../save.ts";
import { isBundled } from "../target.ts";
import { csvText, writeText } from "../write.ts";
import { dateOf, oneOf } from "./add.ts";

export interface SeriesVerbOptions {
  readonly by?: string;
  readonly measure?: string;
  readonly how?: string;
  readonly where?: readonly string[];
  readonly each?: string;
  readonly from?: string;
  readonly until?: string;
  readonly cumulative?: boolean;
  readonly unit?: string;
  readonly id?: string;
  readonly csv?: string;
  readonly into?: string;
  readonly hindsight?: string;
}

/** Most series that are added to a case at once: more are a slip. */
const MOST_SERIES = 50;

/** `parley data series NAME`. */
export async function makeSeries(name: string, options: SeriesVerbOptions, output: Output): Promise<void> {
  const wanted = optionsOf(options);
  const folder = dataFolder();
  const content = manifestOf(folder, name);
  const target = options.into === undefined ? undefined : caseAt(options.into);
  const made = await seriesOf(folder, content, wanted);
  const chosen = target === undefined ? made : untilAsOf(made, wanted, target.dossier);
  const entries = entriesOf(content, chosen, wanted);
  if (target !== undefined) requireUnit(content, chosen, wanted);
  const written = target === undefined ? undefined : addTo(target, content, entries);
  if (options.csv !== undefined) writeText(options.csv, csvText(rowsOf(chosen, wanted)), output);
  for (const { why, count } of chosen.left) if (count === 0) output.note(`note: ${why}`);
  if (written !== undefined && content.published === null) {
    output.note("note: it is not known when the data were published; parley data add --published DATE --again says it");
  }
  output.printJson({
    ok: true,
    dataSet: {
      name: content.name,
      release: content.release,
      published: content.published,
      sha256: content.file.sha256,
    },
    measure: chosen.measure,
    by: wanted.by,
    measures: chosen.measures,
    series: chosen.series,
    left: chosen.left,
    ...(written === undefined ? {} : { written }),
  });
  if (written !== undefined) {
    const count = Object.keys(entries.indicators).length;
    const what = count === 1 ? `indicator ${Object.keys(entries.indicators)[0]}` : `${count} indicators`;
    output.print(`added ${what} to ${options.into}: ${written.join(", ")}\nNext: parley check ${options.into}`);
  } else if (process.stdout.isTTY === true) output.print(renderSeries(content, chosen, wanted, output.terminal));
  else if (!output.json) process.stdout.write(yamlText(entries));
}

function optionsOf(options: SeriesVerbOptions): EntryOptions {
  return {
    ...options,
    by: oneOf("--by", options.by, PERIODS) ?? "month",
    how: oneOf("--how", options.how, WAYS),
    from: dateOf("--from", options.from),
    until: dateOf("--until", options.until),
    where: (options.where ?? []).map((text) => {
      const [, column, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (column !== undefined && value !== undefined) return { column: column.trim(), values: value.split("|") };
      throw ParleyError.of("invalid-option", { option: "--where", value: text, expected: "column=value" });
    }),
  };
}

interface Target {
  readonly path: string;
  readonly dossier: Dossier;
}

/** @throws ParleyError where the case cannot be read, or is one that ships with Parley */
function caseAt(path: string): Target {
  if (isBundled(path)) throw ParleyError.of("bundled-case", { name: path });
  const { dossier, problems } = readDossier(filesInFolder(path));
  const broken = problems.filter(({ severity }) => severity === "error");
  if (dossier === undefined || broken.length > 0) throw new ParleyError(broken);
  return { path, dossier };
}

/** What a case may know of a series: whole periods up to its day; all of it where the user names another end, or hindsight. */
function untilAsOf(made: MadeSeries, { by, until }: EntryOptions, dossier: Dossier): MadeSeries {
  const asOf = viewCase(dossier, {}).case?.asOf;
  if (asOf === undefined || until !== undefined) return made;
  const series = made.series.map(({ of, points }) => ({ of, points: pointsUntil(points, by, asOf.last) }));
  return { ...made, series: series.filter(({ points }) => points.length > 0) };
}

function requireUnit({ name }: Manifest, { measure, series }: MadeSeries, { unit }: EntryOptions): void {
  if (series.length === 0) throw ParleyError.of("data-nothing", { what: "a period before the case's asOf" });
  if (series.length > MOST_SERIES) {
    throw ParleyError.of("usage", {
      detail: `invalid --each: ${series.length} series (expected at most ${MOST_SERIES})`,
      hint: "--where keeps fewer; nothing was written",
    });
  }
  if (unit === undefined && measure.unit === "not said") {
    throw ParleyError.of("usage", {
      detail: `missing unit: ${name} does not say in what ${measure.name} is counted`,
      hint: "--unit km2 says it; nothing was written",
    });
  }
}

function addTo({ path, dossier }: Target, content: Manifest, { source, indicators, files }: SeriesEntries): string[] {
  const known = (section: string) => Object.keys((dossier.raw[section] as Record<string, unknown> | undefined) ?? {});
  const twice = Object.keys(indicators).find((id) => known("indicators").includes(id));
  if (twice !== undefined) {
    throw ParleyError.of("usage", {
      detail: `invalid id: there is an indicator ${twice} in the case already`,
      hint: "--id gives this one another; nothing was written",
    });
  }
  const named = dossier.raw["sources"] as Record<string, { note?: unknown; published?: unknown }> | undefined;
  const there = named?.[content.name];
  const isOther =
    there !== undefined &&
    (!String(there.note ?? "").includes(content.file.sha256) ||
      String(there.published ?? "") !== String(content.published ?? ""));
  if (isOther) throw ParleyError.of("data-source", { source: content.name });
  const sources: Addition[] = there !== undefined ? [] : [["sources", { [source.id]: source.entry }]];
  const caseFiles = filesInFolder(path);
  const changed = addEntries(caseFiles, dossier, [...sources, ["indicators", indicators]], files);
  saveAll(new Map([...changed].map(([name, text]) => [caseFiles.label(name), text])));
  return [...changed.keys()].map((name) => caseFiles.label(name));
}

function rowsOf({ series }: MadeSeries, { each }: EntryOptions): string[][] {
  const ranged = series.some(({ points }) => points.some(({ low }) => low !== undefined));
  const head = [...(each === undefined ? [] : [each]), "date", "value", ...(ranged ? ["low", "high"] : [])];
  const rows = series.flatMap(({ of, points }) =>
    points.map(({ date, value, low, high }) => [
      ...(of === null ? [] : [of]),
      date,
      String(value),
      ...(ranged ? [String(low ?? ""), String(high ?? "")] : []),
    ]),
  );
  return [head, ...rows];
}

/** Source and indicators as a part of a case file, with the points in it where they are few. */
function yamlText({ source, indicators, files }: SeriesEntries): string {
  const inline = Object.fromEntries(
    Object.entries(indicators).map(([id, entry]) => {
      const points = pointsIn(files.get(String(entry["file"])) ?? "");
      if (points.length > 2000) return [id, entry];
      const { file: _, ...rest } = entry;
      return [id, { ...rest, points }];
    }),
  );
  return `sources:\n${yamlOf({ [source.id]: source.entry }, 2, 2)}indicators:\n${yamlOf(inline, 2, 2).replaceAll(
    /^( *)points: \[(.*)\]$/gm,
    (_, margin: string, points: string) =>
      `${margin}points:\n${points
        .split(/(?<=[}\]]), (?=[{[])/)
        .map((point) => `${margin}  - ${point}`)
        .join("\n")}`,
  )}`;
}

function pointsIn(csv: string): unknown[] {
  return csv
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [date, value, low, high] = line.split(",");
      const plain = [date, Number(value)];
      return low === undefined || low === ""
        ? plain
        : { date, value: Number(value), low: Number(low), high: Number(high) };
    });
}
