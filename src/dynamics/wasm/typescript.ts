import { begin, step } from "../kernel.ts";
import type { Model } from "../model.ts";
import { PHASES, State } from "../state.ts";
import { finish } from "../trajectory.ts";
import type { Kernel } from "./kernel.ts";
import { MONTH_KINDS, MONTH_ROOM, type Results } from "./results.ts";

/** The kernel in TypeScript: the one to read, and to fall back on. */
export function typeScriptKernel(): Kernel {
  return Object.freeze({ kind: "typescript" as const, run });
}

function run(model: Model, seed: number, first: number, count: number, results: Results, at = 0): void {
  const state = new State(model);
  const { columns, months: counts } = results;
  const months = counts === undefined ? 0 : counts.length / MONTH_KINDS;
  for (let i = 0; i < count; i++) {
    begin(model, state, seed, first + i);
    let month = 1;
    for (let n = 1; n <= model.steps && !state.done; n++) {
      step(model, state, n, false);
      if (counts === undefined) continue;
      for (; month <= months && month <= n * model.dt + MONTH_ROOM; month++) addTo(counts, month, state);
    }
    if (counts !== undefined && state.done) for (; month <= months; month++) addTo(counts, month, state);
    finish(state);
    write(columns, at + i, state);
  }
}

function addTo(counts: Uint32Array, month: number, s: State): void {
  counts[(month - 1) * MONTH_KINDS + (s.done ? PHASES.length + s.outcome : s.phase)]!++;
}

function write(columns: Results["columns"], row: number, s: State): void {
  columns.outcome[row] = s.outcome;
  columns.t[row] = s.t;
  columns.talksAt[row] = s.talksAt;
  columns.stopAt[row] = s.stopAt;
  columns.settlementAt[row] = s.settlementAt;
  columns.freezeAt[row] = s.freezeAt;
  columns.relapseAt[row] = s.relapseAt;
  columns.spell[row] = s.spell;
  columns.relapsed[row] = s.relapsed ? 1 : 0;
  columns.x[row] = s.x;
  columns.lossA[row] = s.lossA;
  columns.lossB[row] = s.lossB;
  columns.fighting[row] = s.fighting;
  columns.ceasefireTerm[row] = s.ceasefireTerm;
  columns.settlementTerm[row] = s.settlementTerm;
  columns.ceasefirePackage[row] = s.ceasefirePackage;
  columns.settlementPackage[row] = s.settlementPackage;
  columns.rounds[row] = s.rounds;
  columns.ceasefires[row] = s.ceasefires;
  columns.settlements[row] = s.settlements;
  columns.relapses[row] = s.relapses;
  columns.steps[row] = s.steps;
  columns.mA[row] = s.mA;
  columns.mB[row] = s.mB;
  columns.wA[row] = s.wA;
  columns.wB[row] = s.wB;
  columns.muA[row] = s.muA;
  columns.muB[row] = s.muB;
  columns.theta[row] = s.theta;
}
