import { evaluateRows } from "../../src/sensitivity/index.ts";
import { screen } from "./screen-model.ts";

const plan = screen();

/** A worker thread's task: some rows of the screen. */
export default function compute({ first, count }: { readonly first: number; readonly count: number }): Float64Array {
  return evaluateRows(plan, first, count);
}
