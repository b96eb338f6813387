import { nearest, ParleyError } from "../core/problems/index.ts";

/** The error of a value that a function of this engine cannot use. */
export function invalid(name: string, value: number | string, expected: string): ParleyError {
  return ParleyError.of("invalid-parameter", { name, value, expected });
}

/** Throws unless a value is a whole number of at least `least`. */
export function expectCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw invalid(name, value, `a whole number of at least ${least}`);
}

/** Throws unless a value is a finite number. */
export function expectFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw invalid(name, value, "a finite number");
}

/** Throws unless a value lies strictly between 0 and 1. */
export function expectOpenUnit(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw invalid(name, value, "a number between 0 and 1");
}

/** The place of a name in a list; throws where it is not there. */
export function placeOf(kind: string, name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place >= 0) return place;
  const near = nearest(name, names);
  const known = names.length <= 12 ? `known: ${names.join(", ")}` : undefined;
  throw ParleyError.of("unknown-reference", { kind, value: name, near, known });
}

/** Throws where a name stands twice in a list or is empty. */
export function expectNames(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === "" || seen.has(name)) throw invalid(`name of ${kind}`, name, "a name of its own for each");
    seen.add(name);
  }
}

/** How many whole rows a table holds; throws unless it is `least` to `most` of them. */
export function rowsOf(table: Float64Array, width: number, least: number, most: number): number {
  const rows = table.length / width;
  if (Number.isInteger(rows) && rows >= least && rows <= most) return rows;
  throw invalid("number of rows", rows, `${least} to ${most} whole rows of ${width} numbers`);
}
