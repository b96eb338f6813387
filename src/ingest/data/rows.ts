import { type Cell, clean, dateFromParts } from "./columns.ts";
import type { Bound, Plan } from "./match.ts";

/** A row of a registered table, by the order of its columns. */
export type Row = readonly (string | number | null)[];

/** Why a row is not taken. `malformed` refuses the file unless that is allowed. */
export type Rejected =
  | { readonly kind: "malformed"; readonly header: string; readonly value: string; readonly expected: string }
  | { readonly kind: "dropped"; readonly why: string };

/** What is left out of a file, and how often. */
export interface Dropped {
  readonly why: string;
  readonly count: number;
}

/** Reasons for which rows are dropped, in words; the plain reader and DuckDB say the same. */
export const WHY = {
  tags: "row of tags (#...), no data",
  blank: (header: string) => `nothing in ${header}`,
  malformed: (header: string) => `malformed ${header}`,
  order: (start: string, end: string) => `${end} lies before ${start}`,
  again: (key: string) => `the ${key} of a row above again`,
} as const;

/** Reads rows one after another, and remembers whom it has seen. */
export class RowReader {
  readonly #plan: Plan;
  readonly #keys = new Set<string>();
  readonly #keyAt: number;
  readonly #order: readonly [Bound, Bound, number, number] | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    const { columns, variant } = plan;
    const at = (name: string | undefined) => columns.findIndex(({ column }) => column.name === name);
    this.#keyAt = at(variant.key);
    const [a, b] = [at(variant.order?.[0]), at(variant.order?.[1])];
    const [start, end] = [columns[a], columns[b]];
    this.#order = start !== undefined && end !== undefined ? [start, end, a, b] : undefined;
  }

  read(record: readonly string[]): Row | Rejected {
    if (record[0]?.startsWith("#") === true) return { kind: "dropped", why: WHY.tags };
    const row: (string | number | null)[] = [];
    for (const bound of this.#plan.columns) {
      const cell = cellOf(bound, record);
      if (cell === undefined) return malformed(bound, record);
      if (cell === null && bound.column.needed === true) return { kind: "dropped", why: WHY.blank(bound.header) };
      row.push(cell);
    }
    if (this.#order !== undefined) {
      const [start, end, a, b] = this.#order;
      const [from, to] = [row[a], row[b]];
      // Dates that are less precise are compared as far as both go.
      if (typeof from === "string" && typeof to === "string") {
        const length = Math.min(from.length, to.length);
        if (to.slice(0, length) < from.slice(0, length)) {
          return { kind: "dropped", why: WHY.order(start.header, end.header) };
        }
      }
    }
    const key = row[this.#keyAt];
    if (typeof key === "string") {
      if (this.#keys.has(key)) {
        return { kind: "dropped", why: WHY.again(this.#plan.columns[this.#keyAt]?.header ?? "") };
      }
      this.#keys.add(key);
    }
    return row;
  }
}

function cellOf({ column, index, writing, parts }: Bound, record: readonly string[]): Cell {
  if (parts === undefined) return clean(column, record[index] ?? "", writing);
  let cell: Cell = null;
  for (const [year, month, day] of parts) {
    cell = dateFromParts(record[year] ?? "", record[month], record[day]);
    if (cell !== null) return cell;
  }
  return cell;
}

function malformed({ column, header, index, parts }: Bound, record: readonly string[]): Rejected {
  const [date] = parts ?? [];
  const value =
    date === undefined ? (record[index] ?? "") : date.flatMap((at) => (at < 0 ? [] : [record[at] ?? ""])).join("-");
  return { kind: "malformed", header, value, expected: expectedOf(column) };
}

function expectedOf({ kind, codes }: Bound["column"]): string {
  if (codes !== undefined) return `one of ${[...new Set(Object.keys(codes))].join(", ")}`;
  if (kind === "date") return "a date";
  return kind === "count" ? "a number of at least 0" : "a number";
}
