import { type CompiledDomain, type Factor, utilities } from "./compile.ts";

/** Issues that differ and are tied beyond which an average over two orders stands for all orders. */
const MOST_TIED = 12;

/**
 * What each issue contributes to the difference in a party's utility between two packages: contributions[issue], which add
 * up to utility(to) - utility(from).
 *
 * An issue that nothing is tied to contributes its own difference. Issues that are tied share theirs as in Shapley (1953):
 * the average, over all orders of changing them, of what each changes; over one order and its reverse where more than
 * twelve are tied. A cap is shared out in proportion.
 */
export function contributions(
  compiled: CompiledDomain,
  party: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(compiled.sizes.length);
  const ties = compiled.factors.filter((factor) => factor.kind !== "exclusion" && factor.party === party);
  const differing = [...out.keys()].filter((k) => from[k] !== to[k]);
  for (const cluster of clustersOf(differing, ties)) share(compiled, party, from, to, cluster, out);
  const difference = utilities(compiled, to)[party]! - utilities(compiled, from)[party]!;
  const sum = out.reduce((total, value) => total + value, 0);
  // A cap takes away from what the issues add up to.
  const isCapped = Number.isFinite(compiled.cap[party]!) && Math.abs(sum - difference) > 1e-12 && sum !== 0;
  return isCapped ? out.map((value) => (value * difference) / sum) : out;
}

/** Issues in groups that are tied to one another, directly or over others. */
function clustersOf(issues: readonly number[], ties: readonly Factor[]): number[][] {
  const clusters: number[][] = issues.map((k) => [k]);
  for (const { scope } of ties) {
    const touched = clusters.filter((cluster) => cluster.some((k) => scope.includes(k)));
    for (const cluster of touched) clusters.splice(clusters.indexOf(cluster), 1);
    if (touched.length > 0) clusters.push(touched.flat());
  }
  return clusters;
}

function share(
  compiled: CompiledDomain,
  party: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  cluster: readonly number[],
  out: Float64Array,
): void {
  const free = { ...compiled, cap: new Float64Array(compiled.parties).fill(Number.POSITIVE_INFINITY) };
  const outcome = Int32Array.from(from);
  const scratch = new Float64Array(compiled.parties);
  const worth = (set: number): number => {
    for (const [j, k] of cluster.entries()) outcome[k] = ((set >> j) & 1) === 1 ? to[k]! : from[k]!;
    return utilities(free, outcome, scratch)[party]!;
  };
  const m = cluster.length;
  if (m > MOST_TIED) {
    for (const order of [cluster, cluster.toReversed()]) {
      outcome.set(Int32Array.from(from));
      let before = utilities(free, outcome, scratch)[party]!;
      for (const k of order) {
        outcome[k] = to[k]!;
        const after = utilities(free, outcome, scratch)[party]!;
        out[k]! += (after - before) / 2;
        before = after;
      }
    }
    return;
  }
  const worths = Float64Array.from({ length: 1 << m }, (_, set) => worth(set));
  // The weight of a set that a member joins: (size)! (m - size - 1)! / m!
  const weights: number[] = [1 / m];
  for (let size = 1; size < m; size++) weights.push((weights[size - 1]! * size) / (m - size));
  for (const [j, k] of cluster.entries()) {
    for (let set = 0; set < worths.length; set++) {
      if ((set >> j) & 1) continue;
      out[k]! += weights[sizeOf(set)]! * (worths[set | (1 << j)]! - worths[set]!);
    }
  }
}

function sizeOf(set: number): number {
  let size = 0;
  for (let rest = set; rest > 0; rest >>= 1) size += rest & 1;
  return size;
}
