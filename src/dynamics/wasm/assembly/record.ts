import { m } from "./model.ts";
import { ofA, ofB } from "./sides.ts";
import { s } from "./state.ts";

/** Phases, then outcomes: what a month is counted under. */
const PHASES = 5;
const KINDS = 16;
/** What rounding may take from a month that is a whole number of steps. */
const ROOM: f64 = 1e-9;

let columnsAt: usize = 0;
let rows: usize = 0;
let countsAt: usize = 0;
let months: i32 = 0;

/** Makes room for the columns of `rowCount` trajectories and the counts of `monthCount` months; gives where it ends. */
export function placeRecord(from: usize, columnCount: usize, rowCount: usize, monthCount: i32): usize {
  columnsAt = from;
  rows = rowCount;
  countsAt = columnsAt + columnCount * rowCount * 8;
  months = monthCount;
  return countsAt + <usize>monthCount * KINDS * 4;
}

export function columns(): usize {
  return columnsAt;
}

export function counts(): usize {
  return countsAt;
}

let at: usize = 0;

function put(value: f64): void {
  store<f64>(at, value);
  at += rows << 3;
}

/** Writes what came of a trajectory to its row, in the order of the glue's columns. */
export function record(row: usize): void {
  at = columnsAt + (row << 3);
  put(s.outcome);
  put(s.t);
  put(s.talksAt);
  put(s.stopAt);
  put(s.settlementAt);
  put(s.freezeAt);
  put(s.relapseAt);
  put(s.spell);
  put(s.relapsed ? 1 : 0);
  put(s.x);
  put(ofA(s.loss));
  put(ofB(s.loss));
  put(s.fighting);
  put(s.ceasefireTerm);
  put(s.settlementTerm);
  put(s.ceasefirePackage);
  put(s.settlementPackage);
  put(s.rounds);
  put(s.ceasefires);
  put(s.settlements);
  put(s.relapses);
  put(s.steps);
  put(ofA(s.m));
  put(ofB(s.m));
  put(ofA(s.w));
  put(ofB(s.w));
  put(ofA(s.mu));
  put(ofB(s.mu));
  put(s.theta);
}

/** Counts the trajectory's phase or outcome at each month from `month` that step n has reached; gives the next month. */
export function count(month: i32, n: i32): i32 {
  let next = month;
  const until = <f64>n * m.dt + ROOM;
  while (next <= months && <f64>next <= until) add(next++);
  return next;
}

/** Counts a trajectory that has ended at all months from `month`. */
export function countRest(month: i32): void {
  for (let next = month; next <= months; next++) add(next);
}

function add(month: i32): void {
  const kind = s.done ? PHASES + s.outcome : s.phase;
  const cell = countsAt + <usize>((month - 1) * KINDS + kind) * 4;
  store<u32>(cell, load<u32>(cell) + 1);
}
