import type { Model } from "./model.ts";
import { AT_HORIZON } from "./state.ts";
import { type Column, MONTH_KINDS, type Results } from "./wasm/results.ts";

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

const PASSAGE_COLUMNS = {
  talks: "talksAt",
  stop: "stopAt",
  settlement: "settlementAt",
  freeze: "freezeAt",
  relapse: "relapseAt",
} as const satisfies Record<Passage, Column>;

/** Which column a grid counts, and the column that must be above 0 for a trajectory to have the value. */
const GRID_COLUMNS: Readonly<Record<Grid, { readonly column: Column; readonly when?: Column }>> = {
  share: { column: "x" },
  ceasefireTerm: { column: "ceasefireTerm", when: "ceasefires" },
  settlementTerm: { column: "settlementTerm", when: "settlements" },
  lossA: { column: "lossA" },
  lossB: { column: "lossB" },
  fighting: { column: "fighting" },
  // Months of events are above 0 where they came.
  talksAt: { column: "talksAt", when: "talksAt" },
  stopAt: { column: "stopAt", when: "stopAt" },
};

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

/** Counts the results of trajectories into a vector; adding them allocates nothing. */
export class Counter {
  readonly counts: Float64Array;
  readonly #layout: TallyLayout;
  readonly #passages: readonly (readonly [column: Column, at: number])[];
  readonly #sums: readonly (readonly [column: Column, at: number])[];
  readonly #grids: readonly (readonly [grid: Grid, column: Column, at: number, when: Column | undefined])[];

  constructor(layout: TallyLayout, counts: Float64Array = layout.create()) {
    this.#layout = layout;
    this.counts = counts;
    this.#passages = PASSAGES.map((name) => [PASSAGE_COLUMNS[name], layout.section(`first ${name}`).at]);
    this.#sums = SUMS.map((name) => [name, layout.section(`sum ${name}`).at]);
    this.#grids = GRID_NAMES.map((name) => {
      const { column, when } = GRID_COLUMNS[name];
      return [name, column, layout.section(`grid ${name}`).at, when];
    });
  }

  /** Counts the first `rows` trajectories of some results, and what they count by month. */
  add({ columns, months }: Results, rows: number): void {
    const { counts } = this;
    const at = (name: string) => this.#layout.section(name).at;
    counts[0]! += rows;
    this.#each(columns.outcome, rows, at("outcomes"));
    this.#each(columns.ceasefirePackage, rows, at("ceasefirePackages"));
    this.#each(columns.settlementPackage, rows, at("settlementPackages"));
    for (const [column, section] of this.#passages) this.#passage(columns[column], rows, section);
    for (const [column, section] of this.#sums) {
      for (let row = 0; row < rows; row++) counts[section]! += columns[column][row]!;
    }
    for (const [name, column, section, when] of this.#grids) {
      const condition = when === undefined ? undefined : columns[when];
      this.#grid(GRIDS[name], columns[column], condition, rows, section);
    }
    this.#spells(columns, rows, at("ended"), at("relapsed"));
    if (months !== undefined) this.#occupancy(months, at("occupancy"));
  }

  /** Whole numbers from 0; those below are none. */
  #each(column: Float64Array, rows: number, at: number): void {
    for (let row = 0; row < rows; row++) if (column[row]! >= 0) this.counts[at + column[row]!]!++;
  }

  /** A first time counts in the month by whose end it has come. */
  #passage(column: Float64Array, rows: number, at: number): void {
    for (let row = 0; row < rows; row++) {
      const time = column[row]!;
      if (time < 0) continue;
      const month = Math.ceil(time - ROOM);
      if (month <= this.#layout.months) this.counts[at + Math.max(month, 0)]!++;
    }
  }

  #spells({ stopAt, spell, relapsed }: Results["columns"], rows: number, ended: number, broken: number): void {
    for (let row = 0; row < rows; row++) {
      if (stopAt[row]! < 0) continue;
      const steps = Math.round(spell[row]! / this.#layout.dt);
      this.counts[ended + steps]!++;
      if (relapsed[row] === 1) this.counts[broken + steps]!++;
    }
  }

  /** Months of a kernel hold every phase and outcome; a tally's hold those that a trajectory can be in before the horizon. */
  #occupancy(months: Uint32Array, at: number): void {
    for (let month = 1; month <= this.#layout.months; month++) {
      for (let kind = 0; kind < CLASSES; kind++) {
        this.counts[at + month * CLASSES + kind]! += months[(month - 1) * MONTH_KINDS + kind]!;
      }
    }
  }

  #grid(
    grid: (typeof GRIDS)[Grid],
    column: Float64Array,
    when: Float64Array | undefined,
    rows: number,
    at: number,
  ): void {
    const { low, high, bins } = grid;
    for (let row = 0; row < rows; row++) {
      if (when !== undefined && !(when[row]! > 0)) continue;
      const bin = Math.floor(((column[row]! - low) / (high - low)) * bins);
      this.counts[at + Math.min(bins - 1, Math.max(0, bin))]!++;
    }
  }
}

/** Adds one vector of counts to another. */
export function addCounts(to: Float64Array, from: Float64Array): void {
  if (to.length !== from.length) throw new RangeError(`counts of ${from.length} do not add to counts of ${to.length}`);
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}
