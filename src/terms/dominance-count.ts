/**
 * For each query, how much weight the points have that are at least as good in every coordinate: their sum over all queries,
 * each times its own weight.
 *
 * Two coordinates: both sorted by the first, ranks of the second in a Fenwick tree (1994). More: a k-d tree whose boxes lie
 * wholly inside or outside the query where possible. Weights are whole numbers; sums are exact up to 2^53.
 */
export function countDominating(
  points: Float64Array,
  weights: Float64Array,
  queries: Float64Array,
  queryWeights: Float64Array,
  n: number,
): number {
  if (weights.length === 0 || queryWeights.length === 0) return 0;
  if (n === 0) return sumOf(weights) * sumOf(queryWeights);
  return n <= 2
    ? countByRank(points, weights, queries, queryWeights, n)
    : countByTree(points, weights, queries, queryWeights, n);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function countByRank(
  points: Float64Array,
  weights: Float64Array,
  queries: Float64Array,
  queryWeights: Float64Array,
  n: number,
): number {
  const first = (values: Float64Array, p: number) => values[p * n]!;
  const second = (values: Float64Array, p: number) => (n === 2 ? values[p * n + 1]! : 0);
  const byFirst = (values: Float64Array, count: number) =>
    Int32Array.from({ length: count }, (_, p) => p).sort((a, b) => first(values, b) - first(values, a));
  const ranks = Float64Array.from(weights, (_, p) => second(points, p)).sort();
  const tree = new Float64Array(ranks.length + 1);
  // The tree counts from the top rank down, so that a prefix is what is at least as good.
  const rankOf = (value: number) => {
    let low = 0;
    let high = ranks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranks[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return ranks.length - low;
  };
  const order = byFirst(points, weights.length);
  let next = 0;
  let total = 0;
  for (const q of byFirst(queries, queryWeights.length)) {
    while (next < order.length && first(points, order[next]!) >= first(queries, q)) {
      const p = order[next++]!;
      for (let at = rankOf(second(points, p)); at <= ranks.length; at += at & -at) tree[at]! += weights[p]!;
    }
    let sum = 0;
    for (let at = rankOf(second(queries, q)); at > 0; at -= at & -at) sum += tree[at]!;
    total += sum * queryWeights[q]!;
  }
  return total;
}

const LEAF = 8;

function countByTree(
  points: Float64Array,
  weights: Float64Array,
  queries: Float64Array,
  queryWeights: Float64Array,
  n: number,
): number {
  const order = Int32Array.from(weights, (_, p) => p);
  const nodes: { from: number; to: number; weight: number; skip: number }[] = [];
  const corners: number[] = [];
  const build = (from: number, to: number): void => {
    const node = { from, to, weight: 0, skip: 1 };
    nodes.push(node);
    const at = corners.length;
    let widest = 0;
    let width = -1;
    for (let i = 0; i < n; i++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let k = from; k < to; k++) {
        const x = points[order[k]! * n + i]!;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      corners[at + 2 * i] = low;
      corners[at + 2 * i + 1] = high;
      if (high - low > width) {
        width = high - low;
        widest = i;
      }
    }
    for (let k = from; k < to; k++) node.weight += weights[order[k]!]!;
    const first = nodes.length;
    if (to - from > LEAF && width > 0) {
      order.subarray(from, to).sort((a, b) => points[a * n + widest]! - points[b * n + widest]!);
      const middle = (from + to) >> 1;
      build(from, middle);
      build(middle, to);
    }
    node.skip = nodes.length - first + 1;
  };
  build(0, weights.length);
  const boxes = Float64Array.from(corners);
  let total = 0;
  for (let q = 0; q < queryWeights.length; q++) {
    let sum = 0;
    for (let node = 0; node < nodes.length; ) {
      const { from, to, weight, skip } = nodes[node]!;
      let isInside = true;
      let isOutside = false;
      for (let i = 0; i < n; i++) {
        const wanted = queries[q * n + i]!;
        if (boxes[2 * (node * n + i) + 1]! < wanted) {
          isOutside = true;
          break;
        }
        if (boxes[2 * (node * n + i)]! < wanted) isInside = false;
      }
      if (isOutside || isInside || skip === 1) {
        if (isInside && !isOutside) sum += weight;
        else if (!isOutside) {
          for (let k = from; k < to; k++)
            if (isAtLeast(points, order[k]! * n, queries, q * n, n)) sum += weights[order[k]!]!;
        }
        node += skip;
      } else node++;
    }
    total += sum * queryWeights[q]!;
  }
  return total;
}

function isAtLeast(points: Float64Array, p: number, queries: Float64Array, q: number, n: number): boolean {
  for (let i = 0; i < n; i++) if (points[p + i]! < queries[q + i]!) return false;
  return true;
}
