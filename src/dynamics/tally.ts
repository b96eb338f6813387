import type { Model } from "./model.ts";
import { AT_HORIZON, type State } from "./state.ts";

/** What is counted at each month: five phases and six ends on the way. */
export const OCCUPANTS = [
  "war",
  "talks",
  "ceasefire",
  "settlement",
  "freeze",
  "victoryA",
  "victoryB",
  "settlementDurable",
  "ceasefireDurable",
  "freezeDurable",
  "escalatedOut",
] as const;
export type Occupant = (typeof OCCUPANTS)[number];
const CLASSES = OCCUPANTS.length;
const PHASE_COUNT = 5;

/** Events whose first time is counted by month. */
export const PASSAGES = ["talks", "stop", "settlement", "freeze", "relapse"] as const;
export type Passage = (typeof PASSAGES)[number];

/** Whole numbers that are summed. */
export const SUMS = ["rounds", "ceasefires", "settlements", "relapses", "steps"] as const;
export type Sum = (typeof SUMS)[number];

/** Values whose quantiles are read off a grid of counts: bins of equal width; what lies outside counts in the last one. */
export const GRIDS = {
  share: { low: -0.25, high: 1.25, bins: 1500, of: "every trajectory", unit: "stake" },
  ceasefireTerm: { low: 0, high: 1, bins: 1000, of: "trajectories with a ceasefire", unit: "stake" },
  settlementTerm: { low: 0, high: 1, bins: 1000, of: "trajectories with a settlement", unit: "stake" },
  lossA: { low: 0, high: 12, bins: 2400, of: "every trajectory", unit: "initial force" },
  lossB: { low: 0, high: 12, bins: 2400, of: "every trajectory", unit: "initial force" },
  fighting: { low: 0, high: 600, bins: 2400, of: "every trajectory", unit: "months" },
  talksAt: { low: 0, high: 600, bins: 2400, of: "trajectories with talks", unit: "months" },
  stopAt: { low: 0, high: 600, bins: 2400, of: "trajectories with a stop", unit: "months" },
} as const;
export type Grid = keyof typeof GRIDS;
export const GRID_NAMES = Object.keys(GRIDS) as readonly Grid[];

/** Rounding that a month's end forgives, as the reference engine does. */
const ROOM = 1e-9;

interface Section {
  readonly at: number;
  readonly length: number;
}

/**
 * Counts of an ensemble in one flat vector of whole numbers. Vectors of the same layout add up, in any order, to the same
 * bits; every figure of a run is read from them.
 */
export class TallyLayout {
  /** Months that the ensemble looks ahead. */
  readonly months: number;
  /** Steps of a trajectory. */
  readonly steps: number;
  readonly dt: number;
  readonly packages: number;
  readonly size: number;
  readonly #sections = new Map<string, Section>();

  constructor({ steps, dt, packages }: Pick<Model, "steps" | "dt" | "packages">) {
    this.steps = steps;
    this.dt = dt;
    this.packages = packages;
    this.months = Math.floor(steps * dt + ROOM);
    let at = 0;
    const add = (name: string, length: number) => {
      this.#sections.set(name, { at, length });
      at += length;
    };
    add("runs", 1);
    add("outcomes", AT_HORIZON + PHASE_COUNT);
    for (const name of PASSAGES) add(`first ${name}`, this.months + 1);
    add("occupancy", (this.months + 1) * CLASSES);
    add("relapsed", steps + 1);
    add("ended", steps + 1);
    add("ceasefirePackages", packages);
    add("settlementPackages", packages);
    for (const name of SUMS) add(`sum ${name}`, 1);
    for (const name of GRID_NAMES) add(`grid ${name}`, GRIDS[name].bins);
    this.size = at;
  }

  /** Where a section stands. */
  section(name: string): Section {
    const section = this.#sections.get(name);
    if (section === undefined) throw new RangeError(`unknown section: ${name}`);
    return section;
  }

  /** A vector of counts at 0. */
  create(): Float64Array {
    return new Float64Array(this.size);
  }
}

/** Counts trajectories into a vector. Made once for a layout; adding a trajectory allocates nothing. */
export class Counter {
  readonly counts: Float64Array;
  readonly #layout: TallyLayout;
  readonly #at: Readonly<Record<string, number>>;
  #month = 1;

  constructor(layout: TallyLayout, counts: Float64Array = layout.create()) {
    this.#layout = layout;
    this.counts = counts;
    const at = (name: string) => layout.section(name).at;
    this.#at = {
      outcomes: at("outcomes"),
      talks: at("first talks"),
      stop: at("first stop"),
      settlement: at("first settlement"),
      freeze: at("first freeze"),
      relapse: at("first relapse"),
      occupancy: at("occupancy"),
      relapsed: at("relapsed"),
      ended: at("ended"),
      ceasefirePackages: at("ceasefirePackages"),
      settlementPackages: at("settlementPackages"),
      sums: at("sum rounds"),
    };
    this.#grids = GRID_NAMES.map((name) => at(`grid ${name}`));
  }
  readonly #grids: readonly number[];

  /** Before the first step of a trajectory. */
  begin(): void {
    this.#month = 1;
  }

  /** After step n: where the trajectory is at each month that has passed. */
  step(s: State, n: number): void {
    const { months, dt } = this.#layout;
    const occupant = s.done ? PHASE_COUNT + s.outcome : s.phase;
    while (this.#month <= months && this.#month <= n * dt + ROOM) {
      this.counts[this.#at["occupancy"]! + this.#month * CLASSES + occupant]!++;
      this.#month++;
    }
  }

  /** After the last step: a trajectory that has ended stays where it is to the horizon. */
  end(s: State): void {
    const at = this.#at;
    const counts = this.counts;
    counts[0]!++;
    counts[at["outcomes"]! + s.outcome]!++;
    if (s.outcome < AT_HORIZON) {
      const { months } = this.#layout;
      for (; this.#month <= months; this.#month++) {
        counts[at["occupancy"]! + this.#month * CLASSES + PHASE_COUNT + s.outcome]!++;
      }
    }
    this.#passage(at["talks"]!, s.talksAt);
    this.#passage(at["stop"]!, s.stopAt);
    this.#passage(at["settlement"]!, s.settlementAt);
    this.#passage(at["freeze"]!, s.freezeAt);
    this.#passage(at["relapse"]!, s.relapseAt);
    if (s.stopAt >= 0) {
      const steps = Math.round(s.spell / this.#layout.dt);
      counts[at["ended"]! + steps]!++;
      if (s.relapsed) counts[at["relapsed"]! + steps]!++;
    }
    if (s.ceasefirePackage >= 0) counts[at["ceasefirePackages"]! + s.ceasefirePackage]!++;
    if (s.settlementPackage >= 0) counts[at["settlementPackages"]! + s.settlementPackage]!++;
    const sums = at["sums"]!;
    counts[sums]! += s.rounds;
    counts[sums + 1]! += s.ceasefires;
    counts[sums + 2]! += s.settlements;
    counts[sums + 3]! += s.relapses;
    counts[sums + 4]! += s.steps;
    this.#grid(0, GRIDS.share, s.x);
    if (s.ceasefires > 0) this.#grid(1, GRIDS.ceasefireTerm, s.ceasefireTerm);
    if (s.settlements > 0) this.#grid(2, GRIDS.settlementTerm, s.settlementTerm);
    this.#grid(3, GRIDS.lossA, s.lossA);
    this.#grid(4, GRIDS.lossB, s.lossB);
    this.#grid(5, GRIDS.fighting, s.fighting);
    if (s.talksAt >= 0) this.#grid(6, GRIDS.talksAt, s.talksAt);
    if (s.stopAt >= 0) this.#grid(7, GRIDS.stopAt, s.stopAt);
  }

  /** A first time counts in the month by whose end it has come. */
  #passage(at: number, time: number): void {
    if (time < 0) return;
    const month = Math.ceil(time - ROOM);
    if (month <= this.#layout.months) this.counts[at + Math.max(month, 0)]!++;
  }

  #grid(index: number, { low, high, bins }: (typeof GRIDS)[Grid], value: number): void {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    this.counts[this.#grids[index]! + (bin < 0 ? 0 : bin >= bins ? bins - 1 : bin)]!++;
  }
}

/** Adds one vector of counts to another. */
export function addCounts(to: Float64Array, from: Float64Array): void {
  if (to.length !== from.length) throw new RangeError(`counts of ${from.length} do not add to counts of ${to.length}`);
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}
