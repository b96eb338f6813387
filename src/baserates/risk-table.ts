import { type Columns, rising } from "./spells.ts";

/**
 * Who is at risk and what happens at each time at which a spell ends or is censored, times rising.
 *
 * Endings come before censorings of the same time (Kaplan & Meier 1958): a spell censored at t is at risk at t. One
 * that enters at t is not. Times are the same only where their doubles are; nothing is rounded first.
 */
export interface RiskTable {
  readonly times: Float64Array;
  readonly atRisk: Uint32Array;
  readonly ended: Uint32Array;
  readonly censored: Uint32Array;
  /** For each spell, the row of the time at which it ended or was censored. */
  readonly rowOf: Uint32Array;
}

export function riskTable({ count, time, entry, ended }: Columns): RiskTable {
  const order = rising(time);
  const times: number[] = [];
  const rowOf = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const i = order[k]!;
    if (k === 0 || time[i]! !== times[times.length - 1]!) times.push(time[i]!);
    rowOf[i] = times.length - 1;
  }
  const rows = times.length;
  const table = {
    times: Float64Array.from(times),
    atRisk: new Uint32Array(rows),
    ended: new Uint32Array(rows),
    censored: new Uint32Array(rows),
    rowOf,
  };
  for (let i = 0; i < count; i++) {
    if (ended[i] === 1) table.ended[rowOf[i]!]!++;
    else table.censored[rowOf[i]!]!++;
  }
  const entries = entry === undefined ? undefined : Float64Array.from(entry).sort();
  let entered = 0;
  let left = 0;
  for (let row = 0; row < rows; row++) {
    const t = times[row]!;
    if (entries === undefined) entered = count;
    // Who enters at t is at risk after it; who was there from the beginning is at risk at 0 too.
    else while (entered < count && (entries[entered]! < t || entries[entered] === 0)) entered++;
    table.atRisk[row] = entered - left;
    left += table.ended[row]! + table.censored[row]!;
  }
  return table;
}

/** Position of the last of rising times that is not after t, or -1. */
export function lastUpTo(times: ArrayLike<number>, t: number): number {
  return lastOf(times.length, (k) => times[k]! <= t);
}

/** Position of the last step, times rising, that is not after t, or -1. */
export function lastStep(steps: readonly { readonly time: number }[], t: number): number {
  return lastOf(steps.length, (k) => steps[k]!.time <= t);
}

/** The last of so many positions that holds, where those that hold come first, or -1. */
function lastOf(count: number, holds: (k: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
