import { expectCount, invalid } from "./check.ts";
import type { Plan } from "./types.ts";

/** Evaluates `count` consecutive rows of a plan from `first` on: a worker's share. */
export function evaluateRows(plan: Plan<unknown>, first: number, count: number): Float64Array {
  expectCount("first row", first, 0);
  expectCount("number of rows", count, 0);
  if (first + count > plan.rows) throw invalid("number of rows", first + count, `at most ${plan.rows}`);
  const table = new Float64Array(count * plan.width);
  for (let i = 0; i < count; i++) plan.evaluate(first + i, table, i * plan.width);
  return table;
}

/** Evaluates all rows of a plan here and now, and merges them. */
export function runPlan<Result>(plan: Plan<Result>): Result {
  return plan.merge(evaluateRows(plan, 0, plan.rows));
}
