import { rising } from "./spells.ts";

/** How well risks tell who ends first. */
export interface Concordance {
  readonly concordance: number;
  /** By the infinitesimal jackknife: the root of the summed squares of what each spell adds; 0 without pairs. */
  readonly se: number;
  /** Pairs of which it is known who ended first. */
  readonly pairs: number;
}

/**
 * Harrell's concordance (1982): of all pairs in which it is known who ended first, the share in which that one had the
 * greater risk; equal risks count half. Pairs that ended at the same time do not count, one that ended and one censored
 * then do; nor does one that came under observation only after the other ended. Without any pair it is one half.
 *
 * Its standard error is R's from survival 3.0 on (Therneau & Atkinson, Concordance, a vignette of that package).
 */
export function concordanceOf(
  time: Float64Array,
  ended: Uint8Array,
  risk: Float64Array,
  entry?: Float64Array,
): Concordance {
  const count = time.length;
  const ranks = ranksOf(risk);
  const shorter = new Tally(count);
  const agree = new Float64Array(count);
  const all = new Float64Array(count);
  // As the one that lasts longer, a spell meets those that ended after its entry and before its end.
  const meet = (i: number, sign: 1 | -1) => {
    agree[i]! += sign * shorter.above(ranks[i]!);
    all[i]! += sign * shorter.total;
  };
  forward(time, entry, ended, meet, (i) => shorter.add(ranks[i]!, 1));
  const longer = new Tally(count);
  backward(
    time,
    entry,
    ended,
    (i, sign) => longer.add(ranks[i]!, sign),
    (i) => {
      agree[i]! += longer.below(ranks[i]!);
      all[i]! += longer.total;
    },
  );
  const pairs = all.reduce((sum, each) => sum + each, 0) / 2;
  if (pairs === 0) return { concordance: 0.5, se: 0, pairs };
  const concordance = agree.reduce((sum, each) => sum + each, 0) / 2 / pairs;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const influence = (agree[i]! - concordance * all[i]!) / pairs;
    squares += influence * influence;
  }
  return { concordance, se: Math.sqrt(squares), pairs };
}

/** Times from the first on: at each, endings are met by those censored then, and not by those that end or enter then. */
function forward(
  time: Float64Array,
  entry: Float64Array | undefined,
  ended: Uint8Array,
  meet: (i: number, sign: 1 | -1) => void,
  end: (i: number) => void,
): void {
  const byTime = rising(time);
  const byEntry = entry === undefined ? new Uint32Array(0) : rising(entry);
  let entering = 0;
  for (let first = 0; first < byTime.length; ) {
    const now = time[byTime[first]!]!;
    let next = first;
    while (next < byTime.length && time[byTime[next]!] === now) next++;
    // Who enters before this time has met none of what ended up to its entry.
    for (; entering < byEntry.length && entry![byEntry[entering]!]! < now; entering++) {
      if (entry![byEntry[entering]!]! > 0) meet(byEntry[entering]!, -1);
    }
    for (let k = first; k < next; k++) if (ended[byTime[k]!] === 1) meet(byTime[k]!, 1);
    for (let k = first; k < next; k++) if (ended[byTime[k]!] === 1) end(byTime[k]!);
    for (let k = first; k < next; k++) if (ended[byTime[k]!] === 0) meet(byTime[k]!, 1);
    first = next;
  }
}

/** Times from the last on: at each, what ends meets those that last longer, are censored then, and entered before. */
function backward(
  time: Float64Array,
  entry: Float64Array | undefined,
  ended: Uint8Array,
  last: (i: number, sign: 1 | -1) => void,
  meet: (i: number) => void,
): void {
  const byTime = rising(time);
  const byEntry = entry === undefined ? new Uint32Array(0) : rising(entry);
  let leaving = byEntry.length - 1;
  for (let end = byTime.length - 1; end >= 0; ) {
    const now = time[byTime[end]!]!;
    let next = end;
    while (next >= 0 && time[byTime[next]!] === now) next--;
    for (let k = end; k > next; k--) if (ended[byTime[k]!] === 0) last(byTime[k]!, 1);
    for (; leaving >= 0 && entry![byEntry[leaving]!]! >= now; leaving--) {
      if (entry![byEntry[leaving]!]! > 0) last(byEntry[leaving]!, -1);
    }
    for (let k = end; k > next; k--) if (ended[byTime[k]!] === 1) meet(byTime[k]!);
    for (let k = end; k > next; k--) if (ended[byTime[k]!] === 1) last(byTime[k]!, 1);
    end = next;
  }
}

/** Counts by rank, with half of those of the same rank on either side (Fenwick 1994). */
class Tally {
  total = 0;
  readonly #tree: Float64Array;

  constructor(count: number) {
    this.#tree = new Float64Array(count + 2);
  }

  add(rank: number, sign: 1 | -1): void {
    this.total += sign;
    for (let k = rank + 1; k < this.#tree.length; k += k & -k) this.#tree[k]! += sign;
  }

  #upTo(rank: number): number {
    let sum = 0;
    for (let k = rank + 1; k > 0; k -= k & -k) sum += this.#tree[k]!;
    return sum;
  }

  below(rank: number): number {
    const less = this.#upTo(rank - 1);
    return less + (this.#upTo(rank) - less) / 2;
  }

  above(rank: number): number {
    return this.total - this.below(rank);
  }
}

/** The place of each value among the distinct ones, from 0. */
function ranksOf(values: Float64Array): Int32Array {
  const order = rising(values);
  const ranks = new Int32Array(values.length);
  let rank = -1;
  for (let k = 0; k < order.length; k++) {
    if (k === 0 || values[order[k]!] !== values[order[k - 1]!]) rank++;
    ranks[order[k]!] = rank;
  }
  return ranks;
}
