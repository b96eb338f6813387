export const WAR = 0;
export const TALKS = 1;
export const CEASEFIRE = 2;
export const SETTLEMENT = 3;
export const FREEZE = 4;

export const VICTORY_A = 0;
export const VICTORY_B = 1;
export const SETTLEMENT_DURABLE = 2;
export const CEASEFIRE_DURABLE = 3;
export const FREEZE_DURABLE = 4;
export const ESCALATED_OUT = 5;
export const AT_HORIZON = 6;

/** One trajectory, as `State` of the TypeScript kernel; a vector holds A's value and B's. */
@unmanaged
class State {
  /** Capabilities, forces, beliefs, their variances, publics, aid, excitation, rungs, hard-liners' hold. */
  C: v128;
  m: v128;
  mu: v128;
  v: v128;
  w: v128;
  a: v128;
  ex: v128;
  L: v128;
  hawk: v128;
  loss: v128;
  /** What the terms in force are worth beyond the share. */
  worth: v128;
  /** What war is worth to each side. */
  value: v128;
  flow: v128;
  supply: v128;
  power: v128;
  logPower: v128;

  t: f64;
  age: f64;
  x: f64;
  theta: f64;
  M: f64;
  term: f64;
  q: f64;
  guarantee: f64;
  broken: f64;
  failed: f64;
  /** Of the forces' ratio. */
  logForces: f64;
  logPlan: f64;
  planWindow: f64;
  rangeS: f64;
  rangeC: f64;
  ripe: f64;

  talksAt: f64;
  stopAt: f64;
  settlementAt: f64;
  freezeAt: f64;
  relapseAt: f64;
  spell: f64;
  ceasefireTerm: f64;
  settlementTerm: f64;
  fighting: f64;

  phase: i32;
  done: bool;
  planStale: bool;
  relapsed: bool;
  outcome: i32;
  ceasefirePackage: i32;
  settlementPackage: i32;
  rounds: i32;
  ceasefires: i32;
  settlements: i32;
  relapses: i32;
  steps: i32;
}

export const s: State = changetype<State>(memory.data(offsetof<State>(), 16));
