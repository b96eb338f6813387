import { EXP_TABLE } from "./exp.ts";
import { LOG_TABLE } from "./log.ts";
import { m, modelAt, place } from "./model.ts";
import { address } from "./philox.ts";
import { columns, count, countRest, counts, placeRecord, record } from "./record.ts";
import { AT_HORIZON, s } from "./state.ts";
import { begin, prepare, step } from "./step.ts";

/** Where the glue copies the tables of exp and log. */
export function expTable(): usize {
  return EXP_TABLE;
}

export function logTable(): usize {
  return LOG_TABLE;
}

/** Where the glue writes the model's fields. */
export function modelFields(): usize {
  return modelAt();
}

/** Where packages, backers and events begin, each with all of its fields and without a gap. */
export function modelLists(): usize {
  return (__heap_base + 15) & ~(<usize>15);
}

/** Where the columns and, behind them, the counts begin. */
export function columnsAt(): usize {
  return columns();
}

export function countsAt(): usize {
  return counts();
}

/** Says how much room a model and a record need; gives the bytes of memory that must be there. */
export function reserve(packages: u32, backers: u32, events: u32, columnCount: u32, rows: u32, months: i32): usize {
  return placeRecord(place(modelLists(), packages, backers, events), columnCount, rows, months);
}

/** To be called when a model has been written. */
export function ready(): void {
  prepare();
}

/** Runs trajectories first to first + rows - 1, and writes each to its row. */
export function run(seed: f64, first: f64, rows: u32): void {
  const steps = <u32>m.steps;
  for (let row: u32 = 0; row < rows; row++) {
    address(<u64>seed, <u64>first + row);
    begin();
    let month = 1;
    for (let n: u32 = 1; n <= steps && !s.done; n++) {
      step(n);
      month = count(month, n);
    }
    if (s.done) countRest(month);
    if (s.outcome < 0) s.outcome = AT_HORIZON + s.phase;
    if (s.stopAt >= 0 && !s.relapsed) s.spell = s.t - s.stopAt;
    record(row);
  }
}
