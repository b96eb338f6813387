import { exp, log, logit } from "../core/math/index.ts";
import { createStream, purpose } from "../core/random/index.ts";
import { probabilities } from "./posterior.ts";
import type { EvidenceQuestion, FlipPoint } from "./types.ts";
import type { Weighing } from "./weights.ts";
import { correlationOf, weigh } from "./weights.ts";

/** Groups up to which Shapley shares are exact: 2^12 coalitions. */
const EXACT_GROUPS = 12;
/** Seeded permutations above that. */
const PERMUTATIONS = 2000;

/**
 * Shapley shares (Shapley 1953) of groups in the way from the prior to the posterior, by hypothesis.
 *
 * @param groupWeights summed weights of each group, by hypothesis
 * @returns shares[group][hypothesis]; their sum over groups is posterior minus prior
 */
export function shapleyShares(
  logPrior: Float64Array,
  groupWeights: readonly Float64Array[],
  seed: number,
): { readonly shares: Float64Array[]; readonly method: "exact" | "permutations" } {
  return groupWeights.length <= EXACT_GROUPS
    ? { shares: exactShares(logPrior, groupWeights), method: "exact" }
    : { shares: sampledShares(logPrior, groupWeights, seed), method: "permutations" };
}

function exactShares(logPrior: Float64Array, groups: readonly Float64Array[]): Float64Array[] {
  const n = groups.length;
  const hypotheses = logPrior.length;
  const values: Float64Array[] = [];
  for (let mask = 0; mask < 1 << n; mask++) {
    const sum = new Float64Array(hypotheses);
    for (let g = 0; g < n; g++) {
      if ((mask >> g) & 1) for (let h = 0; h < hypotheses; h++) sum[h]! += groups[g]![h]!;
    }
    values.push(probabilities(logPrior, sum));
  }
  // The weight of a coalition of size s: s! (n - s - 1)! / n!.
  const weight = new Float64Array(n);
  for (let size = 0; size < n; size++) {
    let w = 1 / n;
    for (let k = 1; k <= size; k++) w *= k / (n - k);
    weight[size] = w;
  }
  return groups.map((_, g) => {
    const share = new Float64Array(hypotheses);
    for (let mask = 0; mask < 1 << n; mask++) {
      if ((mask >> g) & 1) continue;
      const w = weight[bits(mask)]!;
      for (let h = 0; h < hypotheses; h++) share[h]! += w * (values[mask | (1 << g)]![h]! - values[mask]![h]!);
    }
    return share;
  });
}

function sampledShares(logPrior: Float64Array, groups: readonly Float64Array[], seed: number): Float64Array[] {
  const n = groups.length;
  const hypotheses = logPrior.length;
  const stream = createStream(seed, purpose("SHAP"));
  const shares = groups.map(() => new Float64Array(hypotheses));
  const order = new Int32Array(n);
  const start = probabilities(logPrior, new Float64Array(hypotheses));
  for (let p = 0; p < PERMUTATIONS; p++) {
    for (let g = 0; g < n; g++) order[g] = g;
    for (let g = n - 1; g > 0; g--) {
      const other = Math.floor(stream.uniform(0, g, p) * (g + 1));
      const kept = order[g]!;
      order[g] = order[other]!;
      order[other] = kept;
    }
    const sum = new Float64Array(hypotheses);
    let before = start;
    for (let k = 0; k < n; k++) {
      const g = order[k]!;
      for (let h = 0; h < hypotheses; h++) sum[h]! += groups[g]![h]!;
      const after = probabilities(logPrior, sum);
      for (let h = 0; h < hypotheses; h++) shares[g]![h]! += (after[h]! - before[h]!) / PERMUTATIONS;
      before = after;
    }
  }
  return shares;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The largest ratio, either way, that a claim may need with its sign changed: beyond it no value is said to flip. */
const LIMIT = log(100);
/** Halvings of an interval of factors: to the last bits of a double. */
const HALVINGS = 80;
/** Steps in which factors are searched where there are more than two hypotheses. */
const STEPS = 400;

/**
 * What one claim would have to say for the first hypothesis to cross the threshold, everything else equal.
 *
 * With two hypotheses this is a closed form: the log odds are a piecewise linear, never falling function of the
 * claim's ln LR (its place in its group changes on the way), solved segment by segment. With more, factors of the
 * log-likelihoods are searched outwards from 1 and refined by bisection.
 */
export function flipPoint(
  question: EvidenceQuestion,
  weighing: Weighing,
  index: number,
  logPrior: Float64Array,
): FlipPoint | null {
  if (weighing.claims[index]!.credence === 0) return null;
  const find = question.hypotheses.length === 2 ? flipOfTwo : flipOfMany;
  return find(question, weighing, index, logPrior);
}

function flipOfTwo(
  question: EvidenceQuestion,
  weighing: Weighing,
  index: number,
  logPrior: Float64Array,
): FlipPoint | null {
  const claim = weighing.claims[index]!;
  const now = claim.logLikelihoods[0]! - claim.logLikelihoods[1]!;
  const rest = weighing.withoutClaims([index]);
  const without = logPrior[0]! - logPrior[1]! + (rest[0]! - rest[1]!);
  const target = logit(question.threshold);
  const sign = target >= without ? 1 : -1;
  const rivals = weighing.rivals(index, sign > 0 ? 0 : 1);
  const size = strengthNeeded(rivals, correlationOf(question, claim.group), Math.abs(target - without));
  const needed = (sign * size) / claim.credence;
  const turns = now === 0 ? false : needed !== 0 && needed > 0 !== now > 0;
  if ((turns || now === 0) && Math.abs(needed) > LIMIT) return null;
  if (!Number.isFinite(needed)) return null;
  return { factor: now === 0 ? null : needed / now, ratio: exp(needed) };
}

/**
 * The strength y that a claim needs so that its group's stack, with it, weighs `gain` more than without it.
 *
 * The others stand at s_1 >= s_2 >= ...; with r of them above it, the stack weighs
 * sum_{k<=r} s_k q^(k-1) + y q^r + sum_{k>r} s_k q^k, where q = 1 - rho.
 */
function strengthNeeded(others: readonly number[], rho: number, gain: number): number {
  const q = 1 - rho;
  const alone = others.reduce((sum, strength, k) => sum + strength * power(q, k), 0);
  const goal = alone + gain;
  for (let r = others.length; r >= 0; r--) {
    let fixed = 0;
    for (let k = 0; k < others.length; k++) fixed += others[k]! * power(q, k < r ? k : k + 1);
    const ceiling = r === 0 ? Number.POSITIVE_INFINITY : others[r - 1]!;
    const factor = power(q, r);
    if (factor === 0) {
      if (fixed >= goal) return r === others.length ? 0 : others[r]!;
      continue;
    }
    const y = (goal - fixed) / factor;
    if (y <= ceiling) return Math.max(y, r === others.length ? 0 : others[r]!);
  }
  return Number.POSITIVE_INFINITY;
}

function power(base: number, exponent: number): number {
  let out = 1;
  for (let k = 0; k < exponent; k++) out *= base;
  return out;
}

function flipOfMany(
  question: EvidenceQuestion,
  weighing: Weighing,
  index: number,
  logPrior: Float64Array,
): FlipPoint | null {
  const claim = weighing.claims[index]!;
  const spread = claim.strength / claim.credence;
  if (spread === 0) return null;
  const above = (factor: number): boolean => {
    const scaled = weigh(
      claim.claim,
      claim.logLikelihoods.map((value) => value * factor),
      claim.credence,
    );
    return probabilities(logPrior, weighing.withClaim(index, scaled))[0]! >= question.threshold;
  };
  const start = above(1);
  const reach = Math.max(LIMIT / spread, 2);
  for (let step = 1; step <= STEPS; step++) {
    for (const side of [1, -1]) {
      const near = 1 + (side * reach * (step - 1)) / STEPS;
      const far = 1 + (side * reach * step) / STEPS;
      if (above(far) === start || far < -LIMIT / spread) continue;
      let [inner, outer] = [near, far];
      for (let halving = 0; halving < HALVINGS; halving++) {
        const middle = (inner + outer) / 2;
        if (above(middle) === start) inner = middle;
        else outer = middle;
      }
      return { factor: outer, ratio: null };
    }
  }
  return null;
}
