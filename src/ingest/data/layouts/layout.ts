import type { Column } from "../columns.ts";

/** An amount over time that a table gives. */
export interface Measure {
  readonly name: string;
  /** What it counts, for a reader. */
  readonly what: string;
  readonly unit: string;
  /** The column whose date says when. */
  readonly time: string;
  /**
   * How it is made of the rows of a period: their number; the sum, last value or mean of a column; or how many distinct
   * values of a column first or last occur in it.
   */
  readonly how: "count" | "sum" | "last" | "mean" | "first-of" | "last-of";
  readonly of?: string;
  /** Columns with the lower and the upper estimate of what is summed. */
  readonly bounds?: readonly [low: string, high: string];
}

/** One way in which a producer, or a widespread packaging, lays out its table. */
export interface Variant {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly measures: readonly Measure[];
  /** Columns that tell this layout from others, `|` between names for one; a file that has all of them has it. */
  readonly told: readonly string[];
  /** Columns that a file of this layout does not have: with them it is another data set. */
  readonly not?: readonly string[];
  /** The column that names a row: a second row of the same name is dropped. */
  readonly key?: string;
  /** Two dates of which the second may not lie before the first: such a row is dropped. */
  readonly order?: readonly [start: string, end: string];
}

/** A producer's data set, in all the layouts that are known. */
export interface Layout {
  readonly id: LayoutId;
  readonly name: string;
  readonly producer: string;
  /** How its producer wants it cited. */
  readonly cite: string;
  readonly terms: string;
  readonly site?: string;
  readonly variants: readonly Variant[];
  /** Finds the release in a file's name, such as ged251. */
  readonly release?: RegExp;
  /** What a user should know of the figures. */
  readonly notes: readonly string[];
}

export const LAYOUT_IDS = [
  "ucdp-ged",
  "ucdp-acd",
  "ucdp-termination",
  "ucdp-peace",
  "cow-interstate",
  "cow-intrastate",
  "acled",
  "pax",
  "kiel",
  "deaths-csv",
  "series-csv",
] as const;
export type LayoutId = (typeof LAYOUT_IDS)[number];

/** A name of a column as it is compared: small letters and digits alone. */
export function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/** A column of text. */
export function textFrom(name: string, ...from: readonly string[]): Column {
  return { name, from: from.length === 0 ? [folded(name)] : from, kind: "text" };
}

/** A column of numbers of at least 0. */
export function countFrom(name: string, ...from: readonly string[]): Column {
  return { name, from: from.length === 0 ? [folded(name)] : from, kind: "count" };
}

/** A column of dates. */
export function dateFrom(name: string, ...from: readonly string[]): Column {
  return { name, from: from.length === 0 ? [folded(name)] : from, kind: "date" };
}
