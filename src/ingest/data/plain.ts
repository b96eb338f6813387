import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { ParleyError } from "../../core/problems/index.ts";
import type { Plan } from "./match.ts";
import { type Dropped, type Rejected, type Row, RowReader, WHY } from "./rows.ts";
import type { Scanned } from "./scan.ts";
import { type RecordOptions, recordsOf } from "./source.ts";

/** A table as it was taken over: how many rows, what was left out, and from when to when it reaches. */
export interface Taken {
  readonly rows: number;
  readonly dropped: readonly Dropped[];
  readonly from: string | null;
  readonly to: string | null;
}

export interface TakeOptions extends RecordOptions {
  /** Drops rows with a malformed cell instead of refusing the file. */
  readonly dropMalformed?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((rows: number) => void) | undefined;
}

/**
 * Takes a file over row by row, in JavaScript alone.
 *
 * @param into the CSV file that is written
 * @throws ParleyError data-cell at the first malformed cell, data-syntax
 */
export async function takePlain(plan: Plan, scanned: Scanned, into: string, options: TakeOptions): Promise<Taken> {
  const out = createWriteStream(into);
  const failed = once(out, "error").then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  const tally = new Tally(plan);
  let text = `${plan.columns.map(({ column }) => column.name).join(",")}\n`;
  try {
    for await (const { row } of rowsOf(plan, scanned, options, tally)) {
      text += `${row.map(csvCell).join(",")}\n`;
      if (text.length < 1_000_000) continue;
      if (!out.write(text)) await Promise.race([once(out, "drain"), failed]);
      text = "";
      options.signal?.throwIfAborted();
      options.progress?.(tally.rows);
    }
    out.end(text);
    await finished(out);
  } finally {
    out.destroy();
  }
  return tally.taken();
}

/** Reads to the first malformed cell, so that its place can be said; returns where there is none. */
export async function findMalformed(plan: Plan, scanned: Scanned, options: TakeOptions): Promise<void> {
  for await (const _ of rowsOf(plan, scanned, { ...options, dropMalformed: false }, new Tally(plan)));
}

async function* rowsOf(
  plan: Plan,
  scanned: Scanned,
  options: TakeOptions,
  tally: Tally,
): AsyncGenerator<{ readonly row: Row }> {
  const reader = new RowReader(plan);
  let header = true;
  for await (const { record, line } of recordsOf(scanned, options)) {
    if (header) {
      header = false;
      continue;
    }
    const read = reader.read(record);
    if (isRow(read)) {
      tally.take(read);
      yield { row: read };
      continue;
    }
    if (read.kind === "malformed" && options.dropMalformed !== true) {
      const { header: column, value, expected } = read;
      throw ParleyError.of("data-cell", { column, value, expected }, { file: options.label, line, column: 1 });
    }
    tally.drop(read.kind === "malformed" ? WHY.malformed(read.header) : read.why);
  }
}

function isRow(read: Row | Rejected): read is Row {
  return Array.isArray(read);
}

/** Counts what is taken and left out. */
class Tally {
  rows = 0;
  readonly #dropped = new Map<string, number>();
  readonly #time: number;
  #from: string | null = null;
  #to: string | null = null;

  constructor({ columns, variant }: Plan) {
    const { time } = variant.measures[0] ?? {};
    this.#time = columns.findIndex(({ column }) => column.name === time);
  }

  take(row: Row): void {
    this.rows++;
    const date = row[this.#time];
    if (typeof date !== "string") return;
    if (this.#from === null || date < this.#from) this.#from = date;
    if (this.#to === null || date > this.#to) this.#to = date;
  }

  drop(why: string): void {
    this.#dropped.set(why, (this.#dropped.get(why) ?? 0) + 1);
  }

  taken(): Taken {
    const dropped = [...this.#dropped].map(([why, count]) => ({ why, count })).sort(byCount);
    return { rows: this.rows, dropped, from: this.#from, to: this.#to };
  }
}

/** The most frequent reason first; equal ones by their words. */
export function byCount(a: Dropped, b: Dropped): number {
  return b.count - a.count || (a.why < b.why ? -1 : 1);
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
