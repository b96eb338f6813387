import { DominanceIndex } from "./dominance-index.ts";

/**
 * The undominated among vectors, higher being better: indices into `vectors`, which holds `n` numbers for each.
 *
 * A vector goes where another is at least as good in every coordinate, but for `tolerance`; of vectors that are equal
 * within it one stays. One coordinate: the greatest. Two: sort and sweep (Kung, Luccio & Preparata 1975). More: in order of
 * falling sums, so that a vector can be dominated by earlier ones only, each is looked up in a forest of k-d trees of those
 * kept so far (as in Jaszkiewicz & Lust 2018). In order of falling first coordinate for one and two, else of falling sums.
 */
export function maxima(vectors: Float64Array, count: number, n: number, tolerance: number): Int32Array {
  if (count === 0) return new Int32Array(0);
  if (n <= 1) return Int32Array.of(n === 0 ? 0 : greatest(vectors, count));
  return n === 2 ? staircase(vectors, count, tolerance) : undominated(vectors, count, n, tolerance);
}

function greatest(vectors: Float64Array, count: number): number {
  let best = 0;
  for (let p = 1; p < count; p++) if (vectors[p]! > vectors[best]!) best = p;
  return best;
}

function staircase(vectors: Float64Array, count: number, tolerance: number): Int32Array {
  const order = sortedBy(count, (p) => vectors[2 * p]!);
  const kept = new Int32Array(count);
  let size = 0;
  for (let at = 0; at < count; at++) {
    const p = order[at]!;
    const x = vectors[2 * p]!;
    const y = vectors[2 * p + 1]!;
    if (size > 0 && y <= vectors[2 * kept[size - 1]! + 1]! + tolerance) {
      // Equal in the second coordinate, and in the first by rounding: the one that is ahead in the second stays.
      continue;
    }
    while (size > 0 && vectors[2 * kept[size - 1]!]! <= x + tolerance) size--;
    kept[size++] = p;
  }
  return kept.slice(0, size);
}

function undominated(vectors: Float64Array, count: number, n: number, tolerance: number): Int32Array {
  const order = sortedBy(count, (p) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += vectors[p * n + i]!;
    return sum;
  });
  const index = new DominanceIndex(n, tolerance);
  const kept = new Int32Array(count);
  let size = 0;
  for (let at = 0; at < count; at++) {
    const p = order[at]!;
    if (!index.add(vectors, p * n)) continue;
    kept[size++] = p;
  }
  return kept.slice(0, size);
}

/** Indices in order of falling keys; equal keys keep their order. */
function sortedBy(count: number, keyOf: (p: number) => number): Int32Array {
  const keys = new Float64Array(count);
  for (let p = 0; p < count; p++) keys[p] = keyOf(p);
  const order = new Int32Array(count);
  for (let p = 0; p < count; p++) order[p] = p;
  return order.sort((a, b) => keys[b]! - keys[a]! || a - b);
}
