import type { Command } from "commander";
import { LAYOUT_IDS } from "../../ingest/data/layouts/layout.ts";
import type { AddVerbOptions } from "../data/add.ts";
import type { SeriesVerbOptions } from "../data/series.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";

/** `parley data ...`: registers data sets and makes series of them; nothing leaves the machine, and nothing is fetched unasked. */
export function addDataVerb(program: Command, outputOf: (command: Command) => Output): void {
  const data = program
    .command("data")
    .description("register data sets (UCDP, ACLED, COW, ...) and make series of them");
  const add = data
    .command("add")
    .argument("<file>", "a CSV or Parquet file, also packed with gzip, or an address to download one from")
    .description("check a producer's file and register it in your data folder")
    .option("--as <layout>", `what it is: ${LAYOUT_IDS.join(", ")} (default: by its columns)`)
    .option("--name <name>", "what to call it (default: by its layout and release)")
    .option("--release <version>", "the producer's version (default: by a column or the file's name)")
    .option("--published <date>", "when it was published: decides what was known at a case's asOf")
    .option("--producer <name>", "who made it, where the layout does not say")
    .option("--terms <text>", "its licence or terms, where the layout does not say, or says another")
    .option("--delimiter <mark>", "what parts the columns: , ; | or tab (default: ,)")
    .option("--encoding <name>", "utf-8, windows-1252, iso-8859-1, utf-16le or utf-16be (default: utf-8)")
    .option("--dates <order>", "iso, dmy, mdy or named (default: by the dates themselves)")
    .option("--drop-malformed", "drop rows with a malformed cell (default: such a file is refused)")
    .option("--again", "replace a data set of the same name")
    .option("--reader <reader>", "plain or duckdb (default: DuckDB for large files, where it is installed)")
    .option("--download", "download from the address without asking")
    .option("--max-size <MB>", "most megabytes to download (default: 2000)")
    .action(async (file: string, options: AddVerbOptions) => {
      const verb = await import("../data/add.ts");
      await verb.addFile(file, options, outputOf(add));
    });
  helpWithExamples(add, [
    "parley data add GEDEvent_v25_1.csv --as ucdp-ged --published 2025-06",
    "parley data add losses.csv --as series-csv --producer 'Ministry of Defence'",
    "parley data add https://ucdp.uu.se/downloads/... --as ucdp-ged --download",
  ]);
  const list = data
    .command("list")
    .description("the data sets that are registered, with producer, version, terms and what was left out")
    .action(async () => {
      const verb = await import("../data/list.ts");
      verb.list(outputOf(list));
    });
  helpWithExamples(list, ["parley data list", "parley data list --json"]);
  const series = data
    .command("series")
    .argument("<name>", "a registered data set")
    .description("make series of a data set: printed as entries of a case, or added to one with --into")
    .option("--by <period>", "day, week, month, quarter or year (default: month)")
    .option("--measure <name>", "what is counted (default: the data set's first measure)")
    .option("--how <way>", "sum, mean, last, change or count (default: the measure's own)")
    .option("--where <column=value>", "only such rows; a|b for either; may be given again", collect, [])
    .option("--each <column>", "a series for each value of a column")
    .option("--from <date>", "the first date")
    .option("--until <date>", "the last date (with --into: the case's asOf)")
    .option("--cumulative", "add the values up over time")
    .option("--unit <unit>", "the unit, where the data set does not say it")
    .option("--id <name>", "what to call the indicator")
    .option("--csv <file>", "write the points as CSV")
    .option("--into <case>", "add source, indicators and data files to a case")
    .option("--hindsight <reason>", "why data that were published after the case's asOf are used all the same")
    .action(async (name: string, options: SeriesVerbOptions) => {
      const verb = await import("../data/series.ts");
      await verb.makeSeries(name, options, outputOf(series));
    });
  helpWithExamples(series, [
    "parley data series ucdp-ged-25-1 --by month --where conflict_id=13243",
    "parley data series kiel --measure military --cumulative --csv aid.csv",
    "parley data series ucdp-ged-25-1 --by year --each dyad --into my-case/",
  ]);
  const remove = data
    .command("remove")
    .argument("<name>", "a registered data set")
    .description("remove a data set from your data folder; the file that it came from stays")
    .action(async (name: string) => {
      const verb = await import("../data/list.ts");
      verb.removeSet(name, outputOf(remove));
    });
  helpWithExamples(remove, ["parley data remove ucdp-ged-24-1"]);
  helpWithExamples(data, [
    "parley data add GEDEvent_v25_1.csv --as ucdp-ged",
    "parley data list",
    "parley data series ucdp-ged-25-1 --by month",
  ]);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
