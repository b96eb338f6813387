/**
 * Recomputes the small tables of facts behind Parley's base rates from the producers' files, and writes them as modules.
 *
 * Usage: node scripts/base-rate-facts.ts DATA_FOLDER [--check]
 *
 * DATA_FOLDER holds `cow_interstate_wars_v4/wars.csv` (a row per war, made from the Correlates of War Inter-State War Data 4.0) and
 * `ucdp_conflict_termination_v3_2021/dyad_episodes.csv` (a row per episode, made from the UCDP Conflict Termination Dataset
 * 3-2021). With --check nothing is written, and a table that differs is named.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parseDate } from "../src/core/dates/index.ts";
import { TERMINATION_OUTCOMES } from "../src/ingest/data/layouts/ucdp.ts";

type Row = Readonly<Record<string, string>>;

const [folder = "", flag] = process.argv.slice(2);
const OUT = join(import.meta.dirname, "../src/assess/base-rates/facts");

const rows = (path: string): readonly Row[] =>
  parse(readFileSync(join(folder, path), "utf8"), { columns: true, skip_empty_lines: true, relax_column_count: false });

/** How a war ended, from the outcomes of its participants: 1 won, 2 lost, 3 compromise, 4 became another war, 6 stalemate. */
function endingOf(outcomes: string): string {
  const codes = new Set(outcomes.split(";").map((each) => each.split(":").at(-1)?.trim()));
  if (codes.has("1")) return "victory";
  return codes.has("3") ? "compromise" : codes.has("6") ? "stalemate" : "transformed";
}

function interstateWars(): string {
  const wars = rows("cow_interstate_wars_v4/wars.csv").map((war) => [
    war["war_name"],
    war["start"],
    war["end"],
    Number(war["fighting_days"]),
    endingOf(war["outcomes_all"] ?? ""),
    war["battle_deaths_missing"] === "0" ? Number(war["battle_deaths_known"]) : null,
  ]);
  return module(
    "Interstate wars of 1823-2003: name, first and last day, days of fighting, how it ended, battle deaths where all participants' are known.",
    "Sarkees & Wayman (2010), Resort to War: 1816-2007; Correlates of War Inter-State War Data 4.0.",
    "INTERSTATE_WARS",
    "readonly (readonly [name: string, start: string, end: string, days: number, ending: string, deaths: number | null])[]",
    wars,
  );
}

const TYPES: Readonly<Record<string, string>> = {
  1: "extrasystemic",
  2: "interstate",
  3: "civil",
  4: "internationalised",
};
const LAST_YEAR = 2020;

/** Days from one day to another, both counted; NaN where one is none. */
const daysTo = (last: string, first: string): number =>
  (parseDate(last)?.last ?? Number.NaN) - (parseDate(first)?.first ?? Number.NaN) + 1;

interface Episode {
  readonly type: string;
  readonly name: string;
  readonly start: string;
  readonly days: number;
  /** Empty where it went on at the end of 2020, or no day of ending is listed. */
  readonly ending: string;
  /** Years from its end to the next episode of the same dyad; null where there was none by 2020. */
  readonly recurred: number | null;
  readonly watched: number;
}

function episodes(): readonly Episode[] {
  return rows("ucdp_conflict_termination_v3_2021/dyad_episodes.csv").flatMap((row): Episode[] => {
    const start = row["ep_start"] ?? "";
    // Without a day of ending it was watched to the end of the last year that has it: 2020 for what was still going on.
    const days = row["duration_days"] ? Number(row["duration_days"]) : daysTo(`${row["last_year"]}-12-31`, start);
    if (!(days > 0)) return [];
    const code = String(Number(row["outcome"] || 0));
    const side = (name = "") => name.replace(/^Government of /, "");
    const ended = row["terminated"] === "1" && row["ependdate"] !== "";
    const end = Number((row["ependdate"] ?? "").slice(0, 4));
    return [
      {
        type: TYPES[row["type_of_conflict"] ?? ""] ?? "unknown",
        name: `${side(row["side_a"])} and ${side(row["side_b"])}`,
        start,
        days,
        ending: ended ? ((TERMINATION_OUTCOMES as Readonly<Record<string, string>>)[code] ?? "") : "",
        recurred: row["years_to_recurrence"] ? Number(row["years_to_recurrence"]) : null,
        watched: ended ? LAST_YEAR - end : 0,
      },
    ];
  });
}

const EPISODES_BY =
  "Kreutz (2010), How and when armed conflicts end, Journal of Peace Research 47(2); UCDP Conflict Termination Dataset 3-2021 (CC BY 4.0).";

function interstateEpisodes(all: readonly Episode[]): string {
  const own = all.filter(({ type }) => type === "interstate");
  return module(
    "Episodes of fighting between states, 1946-2020, by dyad: name, start, days, how it ended (empty: it had not, or is not known to), years to the next episode (null: none by 2020), years watched for one.",
    EPISODES_BY,
    "INTERSTATE_EPISODES",
    "readonly (readonly [name: string, start: string, days: number, ending: string, recurred: number | null, watched: number])[]",
    own.map(({ name, start, days, ending, recurred, watched }) => [name, start, days, ending, recurred, watched]),
  );
}

/** Counts alone of the others: by kind of conflict and ending, how many ended after how many months. */
function otherEpisodes(all: readonly Episode[]): string {
  const counts = new Map<string, Map<number, number>>();
  const again = new Map<string, Map<string, number>>();
  for (const { type, days, ending, recurred, watched } of all) {
    if (type === "interstate") continue;
    const key = `${type} ${ending}`;
    const month = Math.ceil(days / 30.4375);
    const by = counts.get(key) ?? new Map<number, number>();
    counts.set(key, by.set(month, (by.get(month) ?? 0) + 1));
    if (ending === "") continue;
    const told = recurred === null ? `watched ${watched}` : `recurred ${recurred}`;
    const years = again.get(key) ?? new Map<string, number>();
    again.set(key, years.set(told, (years.get(told) ?? 0) + 1));
  }
  const durations = [...counts].map(([key, by]) => {
    const [type, ending = ""] = key.split(" ");
    return [type, ending, [...by].toSorted(([a], [b]) => a - b)];
  });
  const peaces = [...again].map(([key, by]) => {
    const [type, ending = ""] = key.split(" ");
    const of = (what: string) =>
      [...by].flatMap(([told, count]) => (told.startsWith(what) ? [[Number(told.split(" ")[1]), count] as const] : []));
    const sorted = (pairs: readonly (readonly [number, number])[]) => pairs.toSorted(([a], [b]) => a - b);
    return [type, ending, sorted(of("recurred")), sorted(of("watched"))];
  });
  return (
    module(
      "Episodes of fighting within states and over colonies, 1946-2020: kind, ending (empty: it had not ended), and by months of fighting, begun ones counted whole, how many.",
      EPISODES_BY,
      "OTHER_EPISODES",
      "readonly (readonly [kind: string, ending: string, months: readonly (readonly [months: number, count: number])[]])[]",
      durations,
    ) +
    table(
      "What followed them: kind, ending, and by years how many were fought again after so long, and how many were watched so long without.",
      "OTHER_PEACES",
      "readonly (readonly [kind: string, ending: string, recurred: readonly (readonly [years: number, count: number])[], watched: readonly (readonly [years: number, count: number])[]])[]",
      peaces,
    )
  );
}

const table = (about: string, name: string, type: string, value: readonly unknown[]): string =>
  `\n/** ${about} */\nexport const ${name}: ${type} = [\n${value.map((row) => `  ${JSON.stringify(row)},`).join("\n")}\n];\n`;

const module = (about: string, source: string, name: string, type: string, value: readonly unknown[]): string =>
  `// Made by scripts/base-rate-facts.ts. Facts from: ${source}\n${table(about, name, type, value)}`;

const all = episodes();
const made: readonly (readonly [string, string])[] = [
  ["interstate-wars.ts", interstateWars()],
  ["interstate-episodes.ts", interstateEpisodes(all)],
  ["other-episodes.ts", otherEpisodes(all)],
];
let differ = 0;
for (const [name, text] of made) {
  const path = join(OUT, name);
  if (flag !== "--check") writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    differ += 1;
    process.stderr.write(`${name} differs from what the data give\n`);
  }
}
process.exitCode = differ === 0 ? 0 : 1;
