import { rising } from "./spells.ts";

/**
 * Harrell's concordance (1982): of all pairs in which it is known who ended first, the share in which that one had the greater
 * risk; equal risks count half. Pairs that ended at the same time do not count, one that ended and one censored then do.
 * Undefined pairs alone give one half.
 */
export function concordanceOf(time: Float64Array, ended: Uint8Array, risk: Float64Array): number {
  const count = time.length;
  const order = rising(time);
  const ranks = ranksOf(risk);
  const tree = new Float64Array(count + 2);
  let longer = 0;
  const add = (rank: number) => {
    longer++;
    for (let k = rank + 1; k < tree.length; k += k & -k) tree[k]! += 1;
  };
  /** How many of those that lasted longer have a risk of at most this rank. */
  const upTo = (rank: number): number => {
    let sum = 0;
    for (let k = rank + 1; k > 0; k -= k & -k) sum += tree[k]!;
    return sum;
  };
  let pairs = 0;
  let agree = 0;
  for (let last = count - 1; last >= 0; ) {
    let first = last;
    while (first > 0 && time[order[first - 1]!] === time[order[last]!]) first--;
    // Who is censored at a time lasted longer than who ended at it.
    for (let k = first; k <= last; k++) if (ended[order[k]!] === 0) add(ranks[order[k]!]!);
    for (let k = first; k <= last; k++) {
      const i = order[k]!;
      if (ended[i] === 0) continue;
      const below = ranks[i]! === 0 ? 0 : upTo(ranks[i]! - 1);
      pairs += longer;
      agree += below + (upTo(ranks[i]!) - below) / 2;
    }
    for (let k = first; k <= last; k++) if (ended[order[k]!] === 1) add(ranks[order[k]!]!);
    last = first - 1;
  }
  return pairs === 0 ? 0.5 : agree / pairs;
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
