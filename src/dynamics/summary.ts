import { wilson } from "../core/stats/index.ts";
import { AT_HORIZON, OUTCOMES, type Outcome, PHASES } from "./state.ts";
import { GRIDS, type Grid, OCCUPANTS, type Occupant, type Passage, SUMS, type Sum, type TallyLayout } from "./tally.ts";

/** A share of trajectories with its Monte Carlo error. */
export interface Chance {
  readonly p: number;
  /** Standard error, sqrt(p (1 - p) / N). */
  readonly se: number;
}

/** A chance by the end of a month. */
export interface ChanceByMonth extends Chance {
  readonly month: number;
}

/** Quantiles of a value, read off its grid. */
export interface Quantiles {
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  /** How many trajectories have the value. */
  readonly n: number;
}

/** Reads figures from the counts of an ensemble. */
export class Summary {
  readonly layout: TallyLayout;
  readonly counts: Float64Array;
  readonly runs: number;

  constructor(layout: TallyLayout, counts: Float64Array) {
    this.layout = layout;
    this.counts = counts;
    this.runs = counts[0] ?? 0;
  }

  #section(name: string): Float64Array {
    const { at, length } = this.layout.section(name);
    return this.counts.subarray(at, at + length);
  }

  /** A count of trajectories as a share of all. */
  chance(count: number): Chance {
    if (this.runs === 0) return { p: 0, se: 0 };
    const p = count / this.runs;
    return { p, se: Math.sqrt((p * (1 - p)) / this.runs) };
  }

  /** Wilson's interval of a share (Wilson 1927), 95 % unless told otherwise. */
  interval(chance: Chance, level = 0.95): readonly [number, number] {
    const { low, high } = wilson(Math.round(chance.p * this.runs), this.runs, { level });
    return [low, high];
  }

  /** How trajectories end: absorbed on the way, or in a phase at the horizon. */
  outcomes(): Readonly<Record<Outcome, Chance>> {
    const section = this.#section("outcomes");
    return Object.fromEntries(OUTCOMES.map((name, i) => [name, this.chance(section[i] ?? 0)])) as Record<
      Outcome,
      Chance
    >;
  }

  /**
   * Chance that an event has come for the first time by the end of each month: cumulative incidence, with victory and
   * uncontrolled escalation as competing ends that count as "not".
   */
  by(passage: Passage): ChanceByMonth[] {
    const section = this.#section(`first ${passage}`);
    const out: ChanceByMonth[] = [];
    let sum = section[0] ?? 0;
    for (let month = 1; month <= this.layout.months; month++) {
      sum += section[month] ?? 0;
      out.push({ month, ...this.chance(sum) });
    }
    return out;
  }

  /** Share of trajectories in each phase or end at the end of a month. */
  occupancy(month: number): Readonly<Record<Occupant, Chance>> {
    const section = this.#section("occupancy");
    const at = month * OCCUPANTS.length;
    return Object.fromEntries(OCCUPANTS.map((name, i) => [name, this.chance(section[at + i] ?? 0)])) as Record<
      Occupant,
      Chance
    >;
  }

  /** Share of trajectories in any of some phases or ends at the end of a month. */
  inAny(month: number, of: readonly Occupant[]): Chance {
    const section = this.#section("occupancy");
    const at = month * OCCUPANTS.length;
    return this.chance(of.reduce((sum, name) => sum + (section[at + OCCUPANTS.indexOf(name)] ?? 0), 0));
  }

  /**
   * Chance that the first stop of fighting has relapsed within some months: Kaplan and Meier (1958), censored at
   * durability, settlement's durability and the horizon; standard error by Greenwood (1926).
   */
  relapseWithin(months: number): Chance & { readonly atRisk: number } {
    const ended = this.#section("ended");
    const relapsed = this.#section("relapsed");
    const total = ended.reduce((sum, n) => sum + n, 0);
    let atRisk = total - (ended[0] ?? 0);
    let survival = 1;
    let variance = 0;
    const last = Math.min(this.layout.steps, Math.floor(months / this.layout.dt + 0.5));
    for (let step = 1; step <= last && atRisk > 0; step++) {
      const d = relapsed[step] ?? 0;
      survival *= 1 - d / atRisk;
      if (d < atRisk) variance += d / (atRisk * (atRisk - d));
      atRisk -= ended[step] ?? 0;
    }
    return { p: 1 - survival, se: survival * Math.sqrt(variance), atRisk: total };
  }

  /** Quantiles of a value by linear interpolation inside the bins of its grid; null where no trajectory has it. */
  quantiles(grid: Grid): Quantiles | null {
    const section = this.#section(`grid ${grid}`);
    const n = section.reduce((sum, count) => sum + count, 0);
    if (n === 0) return null;
    const at = (q: number) => quantileOf(section, n, q, GRIDS[grid]);
    return { p05: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95), n };
  }

  /** Mean of a sum over trajectories. */
  mean(sum: Sum): number {
    return this.runs === 0
      ? 0
      : (this.counts[this.layout.section("sum rounds").at + SUMS.indexOf(sum)] ?? 0) / this.runs;
  }

  /** Share of each package among the last ceasefires or settlements. */
  packages(of: "ceasefire" | "settlement"): number[] {
    const section = this.#section(`${of}Packages`);
    const total = section.reduce((sum, n) => sum + n, 0);
    return Array.from(section, (n) => (total === 0 ? 0 : n / total));
  }

  /** Names of the phases at the horizon, as outcomes call them. */
  static readonly atHorizon = OUTCOMES.slice(AT_HORIZON, AT_HORIZON + PHASES.length);
}

function quantileOf(
  section: Float64Array,
  n: number,
  q: number,
  { low, high, bins }: { readonly low: number; readonly high: number; readonly bins: number },
): number {
  const rank = q * n;
  const width = (high - low) / bins;
  let below = 0;
  for (let bin = 0; bin < bins; bin++) {
    const count = section[bin] ?? 0;
    if (count > 0 && below + count >= rank) return low + width * (bin + Math.max(0, rank - below) / count);
    below += count;
  }
  return high;
}
