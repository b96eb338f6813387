import { log } from "../core/math/index.ts";
import type { EvidenceQuestion, WeighedClaim } from "./types.ts";

/**
 * The claims on a question at central values, in the order in which they count.
 *
 * A claim's *strength* is the spread of its credence-weighted log-likelihoods over the hypotheses. Within a group, the
 * claims that favour the same hypothesis most are ordered by strength; the k-th counts (1 - rho)^(k-1) of its weight.
 */
export interface CentralClaim {
  readonly claim: WeighedClaim;
  /** Log-likelihood of each hypothesis; with a ratio, ln LR and 0. */
  readonly logLikelihoods: Float64Array;
  readonly credence: number;
  /** Credence-weighted log-likelihoods: w_i(h) = c_i ln l_i(h). */
  readonly weights: Float64Array;
  readonly strength: number;
  /** Position of the hypothesis that it favours most; -1 where it favours none. */
  readonly favours: number;
  /** Name of its group; a claim without one is a group of its own. */
  readonly group: string;
}

/** Claims of one group that favour the same hypothesis, strongest first. */
export interface Stack {
  readonly group: string;
  readonly rho: number;
  /** Positions in the list of claims. */
  readonly members: readonly number[];
}

/** A claim without a group is a group of its own; the mark keeps its name apart from those of real groups. */
const ALONE = "claim:";

export const groupName = (claim: WeighedClaim): string => claim.group ?? ALONE + claim.id;
export const isAlone = (group: string): boolean => group.startsWith(ALONE);
export const aloneId = (group: string): string => group.slice(ALONE.length);

/** The correlation of a group at its median; claims that stand alone have nothing to correlate with. */
export function correlationOf(question: EvidenceQuestion, group: string): number {
  return isAlone(group) ? 0 : (question.correlations[group]?.quantile(0.5) ?? DEFAULT_CORRELATION);
}

/** Correlation of a group that states none: between independent (0) and all the same (1). */
export const DEFAULT_CORRELATION = 0.5;

/** The claims of a question at the medians of their inputs. */
export function centralClaims(question: EvidenceQuestion): CentralClaim[] {
  return question.claims.map((claim) => {
    const logLikelihoods = centralLogLikelihoods(claim, question.hypotheses.length);
    return weigh(claim, logLikelihoods, claim.credence.quantile(0.5));
  });
}

/** A claim with given log-likelihoods and credence. */
export function weigh(claim: WeighedClaim, logLikelihoods: Float64Array, credence: number): CentralClaim {
  const weights = logLikelihoods.map((value) => credence * value);
  let least = 0;
  let most = 0;
  for (let h = 1; h < weights.length; h++) {
    if (weights[h]! > weights[most]!) most = h;
    if (weights[h]! < weights[least]!) least = h;
  }
  const strength = weights[most]! - weights[least]!;
  const favours = strength > 0 ? most : -1;
  return { claim, logLikelihoods, credence, weights, strength, favours, group: groupName(claim) };
}

function centralLogLikelihoods(claim: WeighedClaim, count: number): Float64Array {
  const out = new Float64Array(count);
  const { weight } = claim;
  if (weight.kind === "ratio") out[0] = log(weight.ratio.quantile(0.5));
  else for (let h = 0; h < count; h++) out[h] = log(weight.likelihoods[h]!.quantile(0.5));
  return out;
}

/** Orders claims into stacks; `without` leaves out some of them. */
export function stack(
  question: EvidenceQuestion,
  claims: readonly CentralClaim[],
  without?: (index: number) => boolean,
): Stack[] {
  const stacks = new Map<string, { group: string; members: number[] }>();
  for (const [index, { group, favours }] of claims.entries()) {
    if (favours < 0 || without?.(index) === true) continue;
    const key = `${favours} ${group}`;
    const found = stacks.get(key);
    if (found === undefined) stacks.set(key, { group, members: [index] });
    else found.members.push(index);
  }
  return [...stacks.values()].map(({ group, members }) => ({
    group,
    rho: correlationOf(question, group),
    members: members.toSorted((a, b) => claims[b]!.strength - claims[a]!.strength || a - b),
  }));
}

/** How much of each claim counts, by its place in its stack; 0 for claims in none. */
export function counted(claims: readonly CentralClaim[], stacks: readonly Stack[]): Float64Array {
  const share = new Float64Array(claims.length);
  for (const { members, rho } of stacks) {
    let factor = 1;
    for (const index of members) {
      share[index] = factor;
      factor *= 1 - rho;
    }
  }
  return share;
}

/** Sum of the counted weights, by hypothesis. */
export function sumWeights(claims: readonly CentralClaim[], share: Float64Array, count: number): Float64Array {
  const sum = new Float64Array(count);
  for (const [index, { weights }] of claims.entries()) {
    const factor = share[index]!;
    if (factor !== 0) for (let h = 0; h < count; h++) sum[h]! += factor * weights[h]!;
  }
  return sum;
}
