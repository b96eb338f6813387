import type { Model } from "./model.ts";

/** Phases of a trajectory: war, talks while fighting, ceasefire, settlement, de facto freeze. */
export const PHASES = ["war", "talks", "ceasefire", "settlement", "freeze"] as const;
export const WAR = 0;
export const TALKS = 1;
export const CEASEFIRE = 2;
export const SETTLEMENT = 3;
export const FREEZE = 4;

/** How a trajectory can end: absorbed on the way, or in a phase at the horizon. */
export const OUTCOMES = [
  "victoryA",
  "victoryB",
  "settlementDurable",
  "ceasefireDurable",
  "freezeDurable",
  "escalatedOut",
  "war",
  "talks",
  "ceasefire",
  "settlement",
  "freeze",
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const VICTORY_A = 0;
export const VICTORY_B = 1;
export const SETTLEMENT_DURABLE = 2;
export const CEASEFIRE_DURABLE = 3;
export const FREEZE_DURABLE = 4;
export const ESCALATED_OUT = 5;
/** Outcomes from here on are phases at the horizon. */
export const AT_HORIZON = 6;

/** A number that keeps a field in floating point from the start, so that engines store it in place. */
const DOUBLE = 0.5;

/**
 * One trajectory: its state, what happened on the way, and what is kept so as not to be computed again. Made once and used
 * for every trajectory; nothing is allocated on the way. Months are counted from the day of the case; -1 is never.
 */
export class State {
  // the trajectory's address of chance
  keyLow = 0;
  keyHigh = 0;
  indexLow = 0;
  indexHigh = 0;
  readonly words = new Uint32Array(16);

  // state
  phase = WAR;
  t = DOUBLE;
  /** Months in the phase. */
  age = DOUBLE;
  x = DOUBLE;
  mA = DOUBLE;
  mB = DOUBLE;
  theta = DOUBLE;
  muA = DOUBLE;
  vA = DOUBLE;
  muB = DOUBLE;
  vB = DOUBLE;
  wA = DOUBLE;
  wB = DOUBLE;
  aA = DOUBLE;
  aB = DOUBLE;
  exA = DOUBLE;
  exB = DOUBLE;
  LA = DOUBLE;
  LB = DOUBLE;
  M = DOUBLE;
  hawkA = DOUBLE;
  hawkB = DOUBLE;
  broken = 0;
  failed = 0;
  /** Terms in force: A's share, the risk of breach, what the package is worth to each, its guarantee. */
  term = DOUBLE;
  q = DOUBLE;
  worthA = DOUBLE;
  worthB = DOUBLE;
  guarantee = DOUBLE;
  CA = DOUBLE;
  CB = DOUBLE;
  readonly on: Float64Array;
  readonly cut: Float64Array;
  readonly cutChance: Float64Array;
  readonly wants: Float64Array;
  /** Assessed risk of breach by package, and by what a side multiplies its least for the terms that leave it as much. */
  readonly breach: Float64Array;
  readonly keptA: Float64Array;
  readonly keptB: Float64Array;

  // what happened
  done = false;
  outcome = -1;
  talksAt = DOUBLE;
  stopAt = DOUBLE;
  settlementAt = DOUBLE;
  freezeAt = DOUBLE;
  relapseAt = DOUBLE;
  /** Months that the first stop lasted, and whether a relapse ended it. */
  spell = DOUBLE;
  relapsed = false;
  ceasefireTerm = DOUBLE;
  settlementTerm = DOUBLE;
  ceasefirePackage = -1;
  settlementPackage = -1;
  lossA = DOUBLE;
  lossB = DOUBLE;
  fighting = DOUBLE;
  rounds = 0;
  ceasefires = 0;
  settlements = 0;
  relapses = 0;
  steps = 0;

  // what the last step found, where it was asked for
  valueA = DOUBLE;
  valueB = DOUBLE;
  rangeS = DOUBLE;
  rangeC = DOUBLE;
  ripe = DOUBLE;
  talksHazard = DOUBLE;
  relapseHazard = DOUBLE;

  // of the step: kept here, since numbers passed to a function would be allocated
  /** How hard is fought, and how far the front moves. */
  intensity = DOUBLE;
  dx = DOUBLE;
  /** Log strength ratio as both sides know it. */
  known = DOUBLE;
  /** What the other side's capability does to a side's losses, and its losses relative to those of the start. */
  bloodA = DOUBLE;
  bloodB = DOUBLE;
  hitA = DOUBLE;
  hitB = DOUBLE;

  // kept so as not to be computed again
  flowA = DOUBLE;
  flowB = DOUBLE;
  supplyA = DOUBLE;
  supplyB = DOUBLE;
  powerA = DOUBLE;
  powerB = DOUBLE;
  logPowerA = DOUBLE;
  logPowerB = DOUBLE;
  /** Of the forces' ratio. */
  logForces = DOUBLE;
  logPlan = DOUBLE;
  planStale = true;
  planWindow = 0;
  readonly planned: Float64Array;

  constructor({ backers, packages }: Pick<Model, "backers" | "packages">) {
    this.on = new Float64Array(backers);
    this.cut = new Float64Array(backers);
    this.cutChance = new Float64Array(backers);
    this.wants = new Float64Array(backers);
    this.planned = new Float64Array(backers);
    this.breach = new Float64Array(packages);
    this.keptA = new Float64Array(packages);
    this.keptB = new Float64Array(packages);
  }
}
