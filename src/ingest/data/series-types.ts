import type { Period } from "./periods.ts";
import type { Manifest } from "./registry.ts";

export type Measure = Manifest["measures"][number];

/** How the rows of a period become one value; `change` is the last value less that of the period before. */
export const WAYS = ["sum", "mean", "last", "change", "count"] as const;
export type Way = (typeof WAYS)[number];

export interface SeriesOptions {
  readonly by: Period;
  /** The measure; the data set's first unless told. */
  readonly measure?: string | undefined;
  /** Another way to make a value than the measure's own. */
  readonly how?: Way | undefined;
  /** Only rows in which a column has one of these values, capitals aside. */
  readonly where?: readonly { readonly column: string; readonly values: readonly string[] }[] | undefined;
  /** A series for each value of a column. */
  readonly each?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Adds the values up over time. */
  readonly cumulative?: boolean | undefined;
  readonly reader?: "plain" | "duckdb" | undefined;
}

export interface Point {
  readonly date: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  /** The value of the column that parts the series; null where there is one for all. */
  readonly of: string | null;
  readonly points: readonly Point[];
}

export interface MadeSeries {
  readonly measure: Measure;
  /** Whether a value is an amount over its period, or a level at its end. */
  readonly measures: "flow" | "level";
  readonly series: readonly Series[];
  /** Rows that are not in it, and why. */
  readonly left: readonly { readonly why: string; readonly count: number }[];
}
