/**
 * How well base rates would have forecast past wars: makes docs/hindcast.md from the data, and prints its tables.
 *
 * Usage: npm run hindcast [-- [DATA_FOLDER] [--check]]
 *
 * DATA_FOLDER, or the environment variable PARLEY_TABLES, is the folder with the producers' tables (docs/hindcast.md names
 * them). With --check nothing is written, and the first line that differs from the page is named. Exit code 0: done;
 * 1: the page differs; 2: no data, or data that cannot be used; nothing is written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deathSection, overview, pageOf, type Scored, scored, setSection, tally } from "./page.ts";
import { DataFault } from "./read.ts";
import { monthlyDeaths } from "./series.ts";
import { askSet, RULES, SETS } from "./sets.ts";

const PAGE = join(import.meta.dirname, "../../docs/hindcast.md");
const USAGE = "usage: npm run hindcast -- DATA_FOLDER [--check]   (or set PARLEY_TABLES to the folder)";

const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** Says what is being done, with tenths where somebody watches. */
function progress(what: string): (share: number) => void {
  note(what);
  if (process.stderr.isTTY !== true) return () => {};
  let told = 0;
  return (share) => {
    const tenths = Math.floor(share * 10);
    if (tenths > told) process.stderr.write(`${tenths * 10} %${tenths === 10 ? "\n" : " "}`);
    told = tenths;
  };
}

function folderOf(words: readonly string[]): string {
  const [unknown] = words.filter((word) => word.startsWith("-") && word !== "--check");
  if (unknown !== undefined) throw new DataFault(`unknown option: ${unknown} (expected --check)\n${USAGE}`);
  const [named, more] = words.filter((word) => !word.startsWith("-"));
  if (more !== undefined) throw new DataFault(`unknown word: ${more} (expected one folder)\n${USAGE}`);
  const folder = named ?? process.env["PARLEY_TABLES"] ?? "";
  if (folder === "") throw new DataFault(`missing data folder\n${USAGE}`);
  if (!existsSync(folder)) throw new DataFault(`missing data folder: ${folder} is not there\n${USAGE}`);
  return folder;
}

function make(folder: string): { page: string; tables: string } {
  // All tables are read before anything takes time.
  const series = monthlyDeaths(folder);
  for (const set of SETS) set.membersOf(folder);
  const all = SETS.flatMap((set) =>
    RULES.map((rule): Scored => {
      const asked = askSet(folder, set, rule, progress(`${set.id}, ${rule}: forecasting`));
      note(`${set.id}, ${rule}: scoring ${asked.settled.length} questions`);
      return scored(asked);
    }),
  );
  const deaths = series.map((each) => deathSection(each, progress(`${each.id}: forecasting deaths`)));
  const tables = [overview(all), tally(all), ...all.map(setSection), ...deaths].join("\n\n");
  return { page: pageOf(all, deaths), tables };
}

/** The first line in which two texts differ. */
function firstDifference(now: string, there: string): { line: number; now: string; there: string } | undefined {
  const [ours, theirs] = [now.split("\n"), there.split("\n")];
  const most = Math.max(ours.length, theirs.length);
  for (let i = 0; i < most; i++) {
    if (ours[i] !== theirs[i]) return { line: i + 1, now: ours[i] ?? "(no line)", there: theirs[i] ?? "(no line)" };
  }
  return undefined;
}

function main(words: readonly string[]): number {
  const folder = folderOf(words);
  const { page, tables } = make(folder);
  process.stdout.write(`${tables}\n`);
  if (!words.includes("--check")) {
    writeFileSync(PAGE, page);
    note("docs/hindcast.md is written");
    return 0;
  }
  const differs = firstDifference(page, existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "");
  if (differs === undefined) {
    note("docs/hindcast.md is what the data give");
    return 0;
  }
  const { line, now, there } = differs;
  note(`docs/hindcast.md:${line}  differs from what the data give\n  now:   ${now}\n  there: ${there}`);
  return 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof DataFault)) throw error;
  note(error.message);
  process.exitCode = 2;
}
