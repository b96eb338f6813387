import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with data sets: files that are registered, and series made of them. */
export function dataWords<W>(
  say: Say<W>,
  cut: (value: string | number) => string,
  didYouMean: (near?: string) => string | undefined,
) {
  const notThere = (kind: string, { name, value, near, known }: NotThere) =>
    say(`unknown ${kind}: ${cut(value)} of ${cut(name)}`, didYouMean(near) ?? `it has ${known}`);
  return {
    "data-not-text": ({ why, hint }: { why: string; hint?: string | undefined }) =>
      say(`invalid file: not a table in text (${why})`, hint ?? "give a CSV or Parquet file; nothing was registered"),
    "data-encoding": ({ mixed }: { mixed: boolean }) =>
      mixed
        ? say(
            "invalid encoding: the line is not UTF-8, though lines above hold letters in UTF-8 (mixed encodings)",
            "save the file anew as UTF-8; nothing was registered",
          )
        : say(
            "invalid encoding: the line is not UTF-8",
            "--encoding windows-1252 reads it as such; nothing was registered",
          ),
    "data-archive": ({ why }: { why: string }) =>
      say(`invalid archive: ${why}`, "download it again, or unpack it first; nothing was registered"),
    "data-delimiter": ({ found, expected }: { found: string; expected: string }) =>
      say(
        `invalid delimiter: the columns are parted by ${found} (expected ${expected})`,
        `--delimiter ${found === "tabs" ? "tab" : `'${found}'`} reads it as such; nothing was registered`,
      ),
    "data-columns": (f: { missing: string; layout: string; found: string; near?: string | undefined }) =>
      say(
        `missing columns: ${f.missing} (expected the layout of ${f.layout})`,
        f.near === undefined ? `the file's columns: ${cut(f.found)}; nothing was registered` : didYouMean(f.near),
      ),
    "data-dates": ({ column, value }: { column: string; value: string }) =>
      say(
        `invalid dates: in ${cut(column)} the day cannot be told from the month, as in ${cut(value)}`,
        "--dates dmy or --dates mdy says which comes first; nothing was registered",
      ),
    "data-cell": (f: { column: string; value: string; expected: string }) =>
      say(
        `invalid ${cut(f.column)}: ${cut(f.value === "" ? "nothing" : f.value)} (expected ${f.expected})`,
        "mend the file, or drop such rows with --drop-malformed; nothing was registered",
      ),
    "data-syntax": ({ detail }: { detail: string }) =>
      say(`invalid table: ${cut(detail)}`, "mend the file, or download it again; nothing was registered"),
    "data-rows": ({ dropped }: { dropped: number }) =>
      say(
        dropped === 0 ? "missing rows: the table has none" : `missing rows: all ${dropped} were dropped`,
        "check that the file is whole, and that it is what --as says; nothing was registered",
      ),
    "data-layout": ({ fits }: { fits: readonly string[] }) =>
      say(
        fits.length === 0
          ? "unknown layout: the columns are none that Parley knows"
          : `unknown layout: the columns fit ${fits.join(" and ")}`,
        fits.length === 0
          ? "--as deaths-csv or --as series-csv reads plain tables; parley data add --help lists the others"
          : "--as says which it is",
      ),
    "data-there": ({ name }: { name: string }) =>
      say(
        `invalid name: there is a data set ${cut(name)} already`,
        "--name gives this one another; --again replaces the one that is there",
      ),
    "data-taken": ({ name }: { name: string }) =>
      say(
        `invalid name: in the data folder stands something else called ${cut(name)}`,
        "--name gives this one another; nothing was registered",
      ),
    "data-way": ({ measure, way, ways }: { measure: string; way: string; ways: string }) =>
      say(`invalid --how: ${cut(way)} of ${cut(measure)} (expected ${ways})`),
    "data-source": ({ source }: { source: string }) =>
      say(
        `invalid source: ${cut(source)} of the case is of another file or date than the data set`,
        "register the data set under another name with --name; nothing was written",
      ),
    "data-name": ({ value }: { value: string }) =>
      say(
        `invalid name: ${cut(value)} (expected lower-case letters, digits and hyphens, a letter or digit first)`,
        "--name gives it one",
      ),
    "data-unknown": ({ name, near }: { name: string; near?: string | undefined }) =>
      say(`unknown data set: ${cut(name)}`, didYouMean(near) ?? "parley data list shows those that are registered"),
    "data-changed": ({ name }: { name: string }) =>
      say(
        `invalid data set: the table of ${cut(name)} is not the one that was registered`,
        "register it anew with parley data add --again",
      ),
    "data-manifest": ({ detail }: { detail: string }) =>
      say(`invalid data set: ${cut(detail)}`, "remove its folder, or register it anew"),
    "data-reader": ({ detail }: { detail: string }) =>
      say(
        `missing reader: ${cut(detail)}`,
        "npm install @duckdb/node-api brings DuckDB; without it small files are read",
      ),
    "data-measure": (facts: NotThere) => notThere("measure", facts),
    "data-column": (facts: NotThere) => notThere("column", facts),
    "data-nothing": ({ what, near }: { what: string; near?: string | undefined }) =>
      say(`missing rows: none has ${cut(what)}`, didYouMean(near)),
    "data-precision": ({ name, by }: { name: string; by: string }) =>
      say(`invalid period: the dates of ${cut(name)} are not as precise as a ${by}`, "--by year asks for less"),
    "download-refused": ({ why, hint }: { why: string; hint?: string | undefined }) =>
      say(`download refused: ${why}`, hint ?? "nothing was registered"),
    "download-failed": ({ why }: { why: string }) =>
      say(`download failed: ${why}`, "download the file yourself and give its path; nothing was registered"),
  };
}

/** A measure or a column that a data set does not have. */
export interface NotThere {
  readonly name: string;
  readonly value: string;
  readonly near?: string | undefined;
  readonly known: string;
}
