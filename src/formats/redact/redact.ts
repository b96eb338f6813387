import { stringify } from "yaml";
import { editData, renameEdits, same } from "../../case/index.ts";
import type { Dossier } from "../../case/parse/dossier.ts";
import { readDossier } from "../../case/parse/dossier.ts";
import { filesInMemory } from "../../case/parse/files.ts";
import type { Observation } from "../../case/parse/series.ts";
import type { Raw, RawMap } from "../../case/parse/yaml.ts";
import { isMapping } from "../../case/schema/walk.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { type Left, leftIn, needlesOf } from "./left.ts";
import { type Counts, type Rule, WITHHELD, withoutFields } from "./rules.ts";

/** A case from which things were taken out, as new files. */
export interface Redacted {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  readonly dossier: Dossier;
  /** How often what was taken out. */
  readonly dropped: Readonly<Record<string, number>>;
  /** What still tells somebody: where in the redacted case, and what it names. Not to be passed on with the case. */
  readonly left: readonly Left[];
}

const MAIN = "case.yaml";

/**
 * A case without what the rules take out, written anew as one case.yaml and a data file for each series: no file name, comment or
 * order of lines of the original is left. It passes the same checks and gives the same numbers.
 *
 * Sources become source-1, source-2, ... and parties party-a, party-b, ... wherever they are named, in the order in which they stand.
 *
 * @throws ParleyError redact-failed where what comes out would not be the case that was meant
 */
export function redact(dossier: Dossier, rules: ReadonlySet<Rule>): Redacted {
  const counts: Counts = new Map();
  const sources = rules.has("sources")
    ? namesFor(dossier.raw["sources"], (n) => `source-${n}`)
    : new Map<string, string>();
  let raw = withoutFields(dossier.raw, { rules, sources, counts });
  const parties = rules.has("parties")
    ? namesFor(raw["parties"], (n) => `party-${letters(n)}`)
    : new Map<string, string>();
  raw = lettered(raw, parties);
  for (const to of parties.values()) raw = set(raw, ["parties", to, "name"], nameOf(to));
  if (sources.size > 0) counts.set("sources made anonymous", sources.size);
  if (parties.size > 0) counts.set("parties made letters", parties.size);

  const files: Record<string, string> = {};
  for (const [id, rows] of dossier.series) {
    const path = `data/${id}.csv`;
    files[path] = csv(rows, sources, rules);
    raw = set(raw, ["indicators", id, "file"], path);
  }
  files[MAIN] = stringify(raw, { lineWidth: 110, aliasDuplicateObjects: false, version: "1.2", schema: "core" });
  const made = readDossier(filesInMemory(files, MAIN));
  if (made.dossier === undefined || !same(made.dossier.raw, raw) || !alike(dossier.series, made.dossier.series)) {
    throw new ParleyError(
      made.problems.length > 0 ? made.problems : ParleyError.of("redact-failed", undefined).problems,
    );
  }
  const left = leftIn(made.dossier.raw, needlesOf(dossier.raw, rules));
  return { main: MAIN, files, dossier: made.dossier, dropped: Object.fromEntries(counts), left };
}

/** New names for the entries of a section, none of which is one that is there. */
function namesFor(section: Raw | undefined, name: (n: number) => string): Map<string, string> {
  if (section === undefined || !isMapping(section)) return new Map();
  const ids = Object.keys(section);
  const taken = new Set(ids);
  let n = 0;
  return new Map(
    ids.map((id) => {
      do n += 1;
      while (taken.has(name(n)));
      return [id, name(n)];
    }),
  );
}

/** a, b, ..., z, aa, ab, ... */
function letters(n: number): string {
  const before = Math.floor((n - 1) / 26);
  return `${before === 0 ? "" : letters(before)}${String.fromCharCode(97 + ((n - 1) % 26))}`;
}

const nameOf = (id: string): string => `Party ${id.slice("party-".length).toUpperCase()}`;

function lettered(raw: RawMap, names: ReadonlyMap<string, string>): RawMap {
  let made: Raw = raw;
  for (const [id, to] of names) {
    for (const edit of renameEdits(made, ["parties", id], to)) {
      const changed = editData(made, edit);
      if (changed === undefined) throw ParleyError.of("redact-failed", undefined);
      made = changed;
    }
  }
  return made as RawMap;
}

function set(raw: RawMap, path: readonly string[], value: Raw): RawMap {
  return (editData(raw, { set: path, value }) ?? raw) as RawMap;
}

/** A data file anew: no remark, no column that is not read. */
function csv(rows: readonly Observation[], sources: ReadonlyMap<string, string>, rules: ReadonlySet<Rule>): string {
  const source = (name: string): string => {
    if (!rules.has("sources")) return name;
    const id = name.replace(/#.*$/s, "");
    return sources.get(id) ?? WITHHELD;
  };
  const noted = !rules.has("comments");
  const lines = rows.map((row) =>
    [
      row.date.text,
      String(row.value),
      row.low === undefined ? "" : String(row.low),
      row.high === undefined ? "" : String(row.high),
      row.published?.text ?? "",
      row.sources.map(source).join(";"),
      ...(noted ? [row.note ?? ""] : []),
    ]
      .map(cell)
      .join(","),
  );
  const head = `date,value,low,high,published,source${noted ? ",note" : ""}`;
  return `${[head, ...lines].join("\n")}\n`;
}

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

type Series = ReadonlyMap<string, readonly Observation[]>;

/** Whether two series hold the same figures. */
function alike(before: Series, after: Series): boolean {
  const figures = (series: Series): string =>
    JSON.stringify(
      [...series].map(([id, rows]) => [
        id,
        rows.map(({ date, value, low, high, published }) => [date.text, value, low, high, published?.text]),
      ]),
    );
  return figures(before) === figures(after);
}
