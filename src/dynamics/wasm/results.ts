import type { Model } from "../model.ts";
import { OUTCOMES, PHASES } from "../state.ts";

/**
 * What is kept of every trajectory, a column each: what `State` calls the same, with truth as 1. Months are counted from the
 * day of the case, and -1 is never; an outcome is an index of OUTCOMES.
 */
export const COLUMNS = [
  "outcome",
  "t",
  "talksAt",
  "stopAt",
  "settlementAt",
  "freezeAt",
  "relapseAt",
  "spell",
  "relapsed",
  "x",
  "lossA",
  "lossB",
  "fighting",
  "ceasefireTerm",
  "settlementTerm",
  "ceasefirePackage",
  "settlementPackage",
  "rounds",
  "ceasefires",
  "settlements",
  "relapses",
  "steps",
  "mA",
  "mB",
  "wA",
  "wB",
  "muA",
  "muB",
  "theta",
] as const;
export type Column = (typeof COLUMNS)[number];

/** What a trajectory can be counted under in a month: a phase, or past these an outcome. */
export const MONTH_KINDS = PHASES.length + OUTCOMES.length;

/** Where a kernel writes. */
export interface Results {
  readonly columns: Readonly<Record<Column, Float64Array>>;
  /**
   * How many trajectories are in each phase, or have ended with each outcome, at months 1, 2 and so on: a row a month, with the
   * phases and then the outcomes. Kernels add to it.
   */
  readonly months: Uint32Array | undefined;
}

/** Whole months that a model simulates. */
export function monthsOf(model: Model): number {
  return Math.floor(model.steps * model.dt + MONTH_ROOM);
}

/** What rounding may take from a month that is a whole number of steps. */
export const MONTH_ROOM = 1e-9;

/** Room for the results of trajectories; with counts by month where a number of months is given. */
export function resultsFor(count: number, months?: number): Results {
  const columns = {} as Record<Column, Float64Array>;
  for (const column of COLUMNS) columns[column] = new Float64Array(count);
  return { columns, months: months === undefined ? undefined : new Uint32Array(months * MONTH_KINDS) };
}
