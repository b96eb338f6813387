import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parseDate } from "../../src/core/dates/index.ts";
import type { Day } from "../../src/record/index.ts";

/** Something wrong with the data folder: told in one line, exit code 2. */
export class DataFault extends Error {}

/** A row of a table with where it stands. */
export interface Row {
  readonly file: string;
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * The rows of a CSV file with a header.
 *
 * @throws DataFault where the file is not there, cannot be read as CSV, has no rows, or lacks a column
 */
export function readTable(folder: string, file: string, columns: readonly string[]): Row[] {
  const path = join(folder, file);
  if (!existsSync(path)) throw new DataFault(`missing file: ${path} (see docs/hindcast.md for what the folder holds)`);
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(readFileSync(path, "utf8"), { columns: true, skip_empty_lines: true, info: true, bom: true });
  } catch (error) {
    throw new DataFault(`invalid table: ${path} (${error instanceof Error ? error.message : String(error)})`);
  }
  const first = records[0]?.record;
  if (first === undefined) throw new DataFault(`missing rows: ${path} has none`);
  for (const column of columns) {
    if (!(column in first)) throw new DataFault(`missing column: ${column} in ${path}`);
  }
  return records.map(({ record, info }) => ({ file: path, line: info.lines, cells: record }));
}

const faultAt = ({ file, line }: Row, what: string, value: string, expected: string) =>
  new DataFault(`${file}:${line}  invalid ${what}: ${value === "" ? "(empty)" : value} (expected ${expected})`);

/** The day of a cell. @throws DataFault */
export function dayOf(row: Row, column: string): Day {
  const text = row.cells[column] ?? "";
  const date = parseDate(text);
  if (date === undefined || date.precision !== "day") throw faultAt(row, column, text, "a day, such as 1950-06-24");
  return date.first;
}

/** The number of a cell, at least `least`. @throws DataFault */
export function numberOf(row: Row, column: string, least = Number.NEGATIVE_INFINITY): number {
  const text = row.cells[column] ?? "";
  const value = Number(text);
  if (text === "" || !Number.isFinite(value) || value < least) {
    throw faultAt(row, column, text, least === 0 ? "a number from 0" : "a number");
  }
  return value;
}
