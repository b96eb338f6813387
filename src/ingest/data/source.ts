import { createReadStream } from "node:fs";
import { type CsvError, parse } from "csv-parse";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { ParleyError } from "../../core/problems/index.ts";
import type { Glance } from "./match.ts";
import type { Scanned } from "./scan.ts";

/** Rows that are looked at to tell how a file is laid out. */
const EXAMPLES = 1000;
/** Longest row that is read, in characters: longer ones show a quote that is never closed. */
const LONGEST_ROW = 4_000_000;

export interface RecordOptions {
  /** What parts the columns of a text; a comma unless told. */
  readonly delimiter?: string | undefined;
  /** The file as the user named it. */
  readonly label: string;
}

/** A row as text, and the line that it ends on; the number of the row in Parquet, its first being 2 as in a text. */
export interface Recorded {
  readonly record: readonly string[];
  readonly line: number;
}

/**
 * The rows of a file as text, the names of its columns first.
 *
 * @throws ParleyError data-syntax where rows have unequal numbers of columns, or a quote is not closed
 */
export async function* recordsOf(scanned: Scanned, options: RecordOptions): AsyncGenerator<Recorded> {
  yield* scanned.kind === "parquet" ? parquetRecords(scanned.path, options.label) : textRecords(scanned.path, options);
}

async function* textRecords(path: string, { delimiter = ",", label }: RecordOptions): AsyncGenerator<Recorded> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: LONGEST_ROW,
    skip_empty_lines: true,
    relax_quotes: false,
  });
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  file.on("error", (error) => parser.destroy(error));
  file.pipe(parser);
  try {
    for await (const each of parser) {
      const { record, info } = each as { record: string[]; info: { lines: number } };
      yield { record, line: info.lines };
    }
  } catch (error) {
    const { code, message, lines } = error as CsvError & { lines?: number };
    if (typeof code !== "string" || !code.startsWith("CSV_")) throw error;
    throw ParleyError.of(
      "data-syntax",
      { detail: wordsOf(code, message) },
      { file: label, line: lines ?? 1, column: 1 },
    );
  } finally {
    file.destroy();
    parser.destroy();
  }
}

function wordsOf(code: string, message: string): string {
  if (/QUOTE/.test(code)) return "a quotation mark is not closed, or stands inside a cell";
  if (/MAX_RECORD/.test(code))
    return "a row is longer than 4 million characters: perhaps a quotation mark is not closed";
  const { expected, got } = /(?:length is|expect) (?<expected>\d+), got (?<got>\d+)/.exec(message)?.groups ?? {};
  if (expected !== undefined) return `the row has ${got} columns (expected ${expected}, as above)`;
  return message.replace(/ on line \d+$/, "");
}

async function* parquetRecords(path: string, label: string): AsyncGenerator<Recorded> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const header = metadata.schema
      .slice(1)
      .filter(({ num_children: children }) => !children)
      .map(({ name }) => name);
    yield { record: header, line: 1 };
    let line = 1;
    let start = 0;
    for (const { num_rows: count } of metadata.row_groups) {
      const end = start + Number(count);
      const rows = await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end });
      for (const row of rows) {
        line++;
        yield { record: header.map((name) => textOf((row as Record<string, unknown>)[name])), line };
      }
      start = end;
    }
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    const detail = `the Parquet file is damaged, or packed in a way that needs DuckDB (${(error as Error).message})`;
    throw ParleyError.of("data-syntax", { detail }, { file: label, line: 0, column: 0 });
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace("Z", "");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The columns of a file and its first rows. @throws ParleyError data-syntax, data-delimiter, data-rows */
export async function glanceAt(scanned: Scanned, options: RecordOptions): Promise<Glance> {
  const { label, delimiter = "," } = options;
  let header: readonly string[] | undefined;
  const examples: (readonly string[])[] = [];
  try {
    for await (const { record } of recordsOf(scanned, options)) {
      if (header === undefined) header = record;
      else examples.push(record);
      if (examples.length >= EXAMPLES) break;
    }
  } catch (error) {
    // Another delimiter makes rows of unequal length: say that first.
    if (header !== undefined) refuseDelimiter(header, delimiter, label);
    throw error;
  }
  if (header === undefined) throw ParleyError.of("data-rows", { dropped: 0 }, { file: label, line: 1, column: 1 });
  if (scanned.kind === "text") refuseDelimiter(header, delimiter, label);
  return { file: label, header, examples, delimiter };
}

function refuseDelimiter(header: readonly string[], delimiter: string, file: string): void {
  if (header.length > 1) return;
  const [line = ""] = header;
  const named = (mark: string) => (mark === "\t" ? "tabs" : mark);
  const found = [";", "\t", "|", ","].find((mark) => mark !== delimiter && line.includes(mark));
  if (found === undefined) return;
  const facts = { found: named(found), expected: delimiter === "," ? "commas" : named(delimiter) };
  throw ParleyError.of("data-delimiter", facts, { file, line: 1, column: line.indexOf(found) + 1 });
}
