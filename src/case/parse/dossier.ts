import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { keptFor } from "../../core/kept/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import { sections } from "../schema/case.ts";
import { isMapping } from "../schema/walk.ts";
import type { CaseFiles } from "./files.ts";
import { decodeText, MAX_CASE_BYTES, MAX_DATA_BYTES, safePath } from "./files.ts";
import { parseSeriesOnce, parseYamlOnce } from "./memo.ts";
import type { Observation } from "./series.ts";
import type { Path, Raw, RawMap, YamlFile } from "./yaml.ts";
import { describe } from "./yaml.ts";

/**
 * A case as its files give it, before its sense is checked: plain values, the place of each, and its data files.
 *
 * `raw` holds the included files' entries as if they stood in the main file.
 */
export interface Dossier {
  /** The main file, as the user knows it. */
  readonly file: string;
  /** What a file of the case is called inside its folder, by the name that the user knows. */
  readonly inside: ReadonlyMap<string, string>;
  readonly raw: RawMap;
  readonly places: Places;
  readonly series: ReadonlyMap<string, readonly Observation[]>;
  /** Where calls such as beta(2, 5) were split at their commas. */
  readonly split: readonly Place[];
  /** SHA-256 over the content of the case and its data files; comments and layout do not count. */
  readonly hash: string;
}

/** Where each part of a case stands, over several files. */
export class Places {
  readonly #main: YamlFile;
  readonly #moved = new Map<string, { readonly yaml: YamlFile; readonly path: Path }>();

  constructor(main: YamlFile) {
    this.#main = main;
  }

  /** Says that what the case has at `path` stands in another file, at `there`. */
  move(path: Path, yaml: YamlFile, there: Path): void {
    this.#moved.set(key(path), { yaml, path: there });
  }

  /** The same places with a part moved: a reading's value stands where the reading writes it. */
  with(path: Path, there: Path): Places {
    const { yaml, path: real } = this.#real(there);
    return this.into(path, yaml, real);
  }

  /** The same places with a part that stands in another file, or on the command line. */
  into(path: Path, yaml: YamlFile, there: Path = []): Places {
    const copy = new Places(this.#main);
    for (const [name, moved] of this.#moved) copy.#moved.set(name, moved);
    copy.move(path, yaml, there);
    return copy;
  }

  place(path: Path, part: "key" | "value" = "value"): Place {
    const { yaml, path: real } = this.#real(path);
    return yaml.place(real, part);
  }

  placeInside(path: Path, offset: number): Place {
    const { yaml, path: real } = this.#real(path);
    return yaml.placeInside(real, offset);
  }

  #real(path: Path): { readonly yaml: YamlFile; readonly path: Path } {
    for (let length = path.length; length > 0; length -= 1) {
      const moved = this.#moved.get(key(path.slice(0, length)));
      if (moved !== undefined) return { yaml: moved.yaml, path: [...moved.path, ...path.slice(length)] };
    }
    return { yaml: this.#main, path };
  }
}

const key = (path: Path): string => path.join("\0");

/**
 * Reads a case from its files: YAML with positions, included files, data files. Problems come back as data; there is
 * no dossier where the main file cannot be used at all.
 */
export function readDossier(given: CaseFiles): { dossier?: Dossier; problems: Problem[] } {
  const { content, problems } = readContent(given);
  if (content === undefined) return { problems };
  const { files, main, raw, places, inside } = content;
  const series = readSeries(files, raw, places, problems);
  const hash = bytesToHex(sha256(utf8ToBytes(canonicalCase(raw) + seriesText(series))));
  const split = problems.filter(({ code }) => code === "unquoted-distribution");
  return { dossier: { file: main.file, inside, raw, places, series, split, hash }, problems };
}

/** A case without its data files. */
export interface Content extends Pick<Dossier, "inside" | "raw" | "places"> {
  readonly files: CaseFiles;
  readonly main: YamlFile;
}

/** Reads what a case's YAML files hold, and leaves its data files alone. */
export function readContent(given: CaseFiles): { content?: Content; problems: Problem[] } {
  const problems: Problem[] = [];
  const inside = new Map<string, string>();
  const files = noting(given, inside);
  const main = readYaml(files, files.main, problems);
  if (main === undefined) return { problems };
  const place = main.place([]);
  if (!isMapping(main.value)) {
    problems.push(problem("not-a-mapping", { thing: "case", got: describe(main.value) }, place));
    return { problems };
  }
  const places = new Places(main);
  const raw: Record<string, Raw> = Object.create(null);
  for (const [name, value] of Object.entries(main.value)) if (name !== "include") raw[name] = value;
  includeFiles(files, main, raw, places, problems);
  return { content: { files, main, raw, places, inside }, problems };
}

/** The same files; every file that is named is noted. */
function noting(files: CaseFiles, inside: Map<string, string>): CaseFiles {
  return {
    main: files.main,
    read: (path) => files.read(path),
    label(path) {
      const label = files.label(path);
      inside.set(label, path);
      return label;
    },
  };
}

function readYaml(files: CaseFiles, path: string, problems: Problem[]): YamlFile | undefined {
  const label = files.label(path);
  try {
    const parsed = parseYamlOnce(decodeText(files.read(path), label, MAX_CASE_BYTES), label);
    problems.push(...parsed.problems);
    return parsed.file;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** `include:` at the top (files with sections) or in a section (files with its entries). */
function includeFiles(
  files: CaseFiles,
  main: YamlFile,
  raw: Record<string, Raw>,
  places: Places,
  problems: Problem[],
): void {
  const top = isMapping(main.value) ? main.value["include"] : undefined;
  for (const { yaml, path } of included(files, main, top, ["include"], problems)) {
    for (const [section, value] of Object.entries(yaml.value as RawMap)) {
      if (section === "include") {
        problems.push(problem("include-nested", { path }, yaml.place([section], "key")));
      } else if (raw[section] === undefined || raw[section] === null) {
        raw[section] = value;
        places.move([section], yaml, [section]);
      } else {
        merge(raw, section, value, yaml, [section], places, problems);
      }
    }
  }
  for (const section of Object.keys(sections)) {
    const entries = raw[section];
    if (!isMapping(entries) || entries["include"] === undefined) continue;
    raw[section] = withoutInclude(entries, section);
    for (const { yaml } of included(files, main, entries["include"], [section, "include"], problems)) {
      merge(raw, section, yaml.value, yaml, [], places, problems);
    }
  }
}

const withoutInclude = keptFor((entries: RawMap): RawMap => {
  const { include: _, ...own } = entries;
  return Object.assign(bare(), own);
});

/** The files that an `include:` names, parsed; what cannot be included is a problem. */
function included(
  files: CaseFiles,
  main: YamlFile,
  value: Raw | undefined,
  at: Path,
  problems: Problem[],
): { readonly yaml: YamlFile; readonly path: string }[] {
  if (value === undefined || value === null) return [];
  const names: readonly Raw[] = Array.isArray(value) ? value : [value as Raw];
  const found: { yaml: YamlFile; path: string }[] = [];
  for (const [index, name] of names.entries()) {
    const place = main.place(Array.isArray(value) ? [...at, index] : at);
    if (typeof name !== "string") {
      const expected = "the path of a file, or a list of paths";
      problems.push(problem("wrong-type", { thing: "include", got: describe(name), expected }, place));
      continue;
    }
    const path = safePath(name);
    if (path === undefined) {
      problems.push(problem("path-outside-folder", { path: name }, place));
      continue;
    }
    if (path === files.main || found.some((other) => other.path === path)) {
      problems.push(problem("include-twice", { path: name }, place));
      continue;
    }
    const before = problems.length;
    const yaml = readYaml(files, path, problems);
    if (yaml === undefined) {
      // A file that is not there is a slip in the line that names it.
      if (problems.length > before && problems[before]?.code === "file-not-found") {
        problems.splice(before, 1, problem("include-missing", { path: name }, place));
      }
      continue;
    }
    if (!isMapping(yaml.value)) {
      problems.push(problem("not-a-mapping", { thing: "content", got: describe(yaml.value) }, yaml.place([])));
      continue;
    }
    found.push({ yaml, path });
  }
  return found;
}

function merge(
  raw: Record<string, Raw>,
  section: string,
  more: Raw,
  yaml: YamlFile,
  there: Path,
  places: Places,
  problems: Problem[],
): void {
  const own = raw[section] as Raw;
  if (!isMapping(own) || !isMapping(more)) {
    const first = places.place([section], "key");
    problems.push(
      problem("duplicate-key", { key: section, line: first.line, file: first.file }, yaml.place(there, "key")),
    );
    return;
  }
  for (const name of Object.keys(more)) {
    const path = [section, name];
    if (Object.hasOwn(own, name)) {
      const first = places.place(path, "key");
      problems.push(
        problem(
          "duplicate-key",
          { key: name, line: first.line, file: first.file },
          yaml.place([...there, name], "key"),
        ),
      );
      continue;
    }
    places.move(path, yaml, [...there, name]);
  }
  raw[section] = mergedWith(own, section)(more, section);
}

/** The entries of two files as one mapping; the same two give the same mapping, so that what rests on it need not be made anew. */
const mergedWith = keptFor((own: RawMap) => keptFor((more: RawMap): RawMap => Object.assign(bare(), own, more, own)));

const bare = (): Record<string, Raw> => Object.create(null) as Record<string, Raw>;

/** The data files that indicators name. */
function readSeries(
  files: CaseFiles,
  raw: RawMap,
  places: Places,
  problems: Problem[],
): Map<string, readonly Observation[]> {
  const series = new Map<string, readonly Observation[]>();
  const indicators = raw["indicators"];
  if (!isMapping(indicators)) return series;
  for (const [name, indicator] of Object.entries(indicators)) {
    const file = isMapping(indicator) ? indicator["file"] : undefined;
    if (typeof file !== "string") continue;
    const place = places.place(["indicators", name, "file"]);
    const path = safePath(file);
    if (path === undefined) {
      problems.push(problem("path-outside-folder", { path: file }, place));
      continue;
    }
    try {
      const label = files.label(path);
      const parsed = parseSeriesOnce(decodeText(files.read(path), label, MAX_DATA_BYTES), label);
      problems.push(...parsed.problems);
      series.set(name, parsed.observations);
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      for (const found of error.problems) {
        problems.push(found.code === "file-not-found" ? problem("include-missing", { path: file }, place) : found);
      }
    }
  }
  return series;
}

/** JSON with sorted keys: the same content gives the same text. */
export function canonical(value: Raw): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Raw) => canonical(item)).join(",")}]`;
  const map = value as RawMap;
  const parts = Object.keys(map)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(map[name] ?? null)}`);
  return `{${parts.join(",")}}`;
}

/** The same of a whole case, its sections kept. */
function canonicalCase(raw: RawMap): string {
  const parts = Object.keys(raw)
    .sort()
    .map((name) => {
      const value = raw[name] ?? null;
      return `${JSON.stringify(name)}:${typeof value === "object" && value !== null ? keptText(value, name) : canonical(value)}`;
    });
  return `{${parts.join(",")}}`;
}

const keptText = keptFor((value: RawMap | readonly Raw[]) => canonical(value));

function seriesText(series: ReadonlyMap<string, readonly Observation[]>): string {
  return [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) =>
      [name, ...rows.map((row) => [row.date.text, row.value, row.low, row.high, row.published?.text].join(","))].join(
        "\n",
      ),
    )
    .join("\n\n");
}
