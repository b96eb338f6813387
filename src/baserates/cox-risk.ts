import { exp } from "../core/math/index.ts";
import { type Design, dot } from "./design.ts";
import { type Columns, rising } from "./spells.ts";

/** How spells that end at the same time share the risk among them. */
export type Ties = "efron" | "breslow";

/** Sums of hazards, and of covariates weighed by them; of the second only the lower triangle. */
export class Sums {
  total = 0;
  count = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;

  constructor(n: number) {
    this.first = new Float64Array(n);
    this.second = new Float64Array(n * n);
  }

  add(design: Float64Array, row: number, hazard: number, sign: 1 | -1): void {
    const n = this.first.length;
    const weight = sign * hazard;
    this.total += weight;
    this.count += sign;
    for (let a = 0; a < n; a++) {
      const x = weight * design[row * n + a]!;
      this.first[a]! += x;
      for (let b = 0; b <= a; b++) this.second[a * n + b]! += x * design[row * n + b]!;
    }
  }

  clear(): void {
    this.total = 0;
    this.count = 0;
    this.first.fill(0);
    this.second.fill(0);
  }
}

/** What is known at a time at which spells end: who is at risk, and who ends. */
export interface Ending {
  readonly time: number;
  readonly risk: Sums;
  /** Those that end. */
  readonly tied: Sums;
  /** Their places. */
  readonly members: readonly number[];
}

/**
 * Visits the times at which spells end, from the last to the first: those at risk are summed up as they come in, and
 * taken off again before their entry. What is handed to the visitor changes after it.
 */
export function eachEnding(
  { count, time, entry, ended }: Columns,
  design: Design,
  at: Float64Array,
  visit: (ending: Ending) => void,
): void {
  const byTime = rising(time);
  const byEntry = entry === undefined ? undefined : rising(entry);
  const hazards = new Float64Array(count);
  for (let i = 0; i < count; i++) hazards[i] = exp(dot(design, i, at));
  const risk = new Sums(design.n);
  const tied = new Sums(design.n);
  let leaving = count - 1;
  for (let place = count - 1; place >= 0; ) {
    const now = time[byTime[place]!]!;
    tied.clear();
    const members: number[] = [];
    for (; place >= 0 && time[byTime[place]!]! === now; place--) {
      const i = byTime[place]!;
      risk.add(design.values, i, hazards[i]!, 1);
      if (ended[i] === 0) continue;
      members.push(i);
      tied.add(design.values, i, hazards[i]!, 1);
    }
    if (members.length === 0) continue;
    for (; byEntry !== undefined && leaving >= 0 && entry![byEntry[leaving]!]! >= now; leaving--) {
      const i = byEntry[leaving]!;
      // Who is there from the beginning is at risk at 0 too.
      if (entry![i]! > 0) risk.add(design.values, i, hazards[i]!, -1);
    }
    visit({ time: now, risk, tied, members });
  }
}

/**
 * The share of those that end together which is taken off the risk, for each of them in turn: with Efron's ties the mean
 * of those still there, with Breslow's nothing.
 */
export const shareOf = (ties: Ties, place: number, endings: number): number => (ties === "efron" ? place / endings : 0);

/**
 * Visits the times at which spells end with the greatest and the least of some values among those at risk, until told to
 * stop. All spells are looked at each time: it is for what has gone wrong.
 */
export function eachEndingRisk(
  { count, time, entry, ended }: Columns,
  values: Float64Array,
  visit: (most: number, least: number, members: readonly number[]) => boolean,
): void {
  const byTime = rising(time);
  for (let place = 0; place < count; ) {
    const now = time[byTime[place]!]!;
    const members: number[] = [];
    const first = place;
    for (; place < count && time[byTime[place]!] === now; place++) {
      if (ended[byTime[place]!] === 1) members.push(byTime[place]!);
    }
    if (members.length === 0) continue;
    let most = Number.NEGATIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (let k = first; k < count; k++) {
      const i = byTime[k]!;
      if (entry !== undefined && entry[i]! > 0 && entry[i]! >= now) continue;
      most = Math.max(most, values[i]!);
      least = Math.min(least, values[i]!);
    }
    if (!visit(most, least, members)) return;
  }
}
