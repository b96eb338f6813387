import { log } from "../core/math/index.ts";
import type { EvidenceQuestion, WeighedClaim } from "./types.ts";

/**
 * A claim on a question at central values.
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

/** All claims on a question at central values, ordered and summed; answers what the sum would be without some. */
export class Weighing {
  readonly claims: readonly CentralClaim[];
  readonly stacks: readonly Stack[];
  /** How much of each claim counts, by its place in its stack; 0 for claims in none. */
  readonly share: Float64Array;
  /** Sum of the counted weights, by hypothesis. */
  readonly total: Float64Array;
  readonly #question: EvidenceQuestion;
  readonly #sums: readonly Float64Array[];
  readonly #stackOf: Int32Array;
  readonly #stackAt = new Map<string, number>();

  constructor(question: EvidenceQuestion) {
    this.#question = question;
    this.claims = centralClaims(question);
    const members = new Map<string, number[]>();
    for (const [index, claim] of this.claims.entries()) {
      if (claim.favours < 0) continue;
      const key = keyOf(claim);
      const found = members.get(key);
      if (found === undefined) members.set(key, [index]);
      else found.push(index);
    }
    this.#stackOf = new Int32Array(this.claims.length).fill(-1);
    this.share = new Float64Array(this.claims.length);
    this.stacks = [...members].map(([key, indices], at) => {
      this.#stackAt.set(key, at);
      const ordered = indices.toSorted((a, b) => this.claims[b]!.strength - this.claims[a]!.strength || a - b);
      const { group } = this.claims[ordered[0]!]!;
      const rho = correlationOf(question, group);
      let factor = 1;
      for (const index of ordered) {
        this.#stackOf[index] = at;
        this.share[index] = factor;
        factor *= 1 - rho;
      }
      return { group, rho, members: ordered };
    });
    this.#sums = this.stacks.map(({ members: ordered, rho }) => this.#sumOf(ordered, rho));
    this.total = this.withoutClaims([]);
  }

  /** Sum of the counted weights without some claims; what is left of their stacks is ordered anew. */
  withoutClaims(gone: readonly number[]): Float64Array {
    const missing = new Set(gone);
    const touched = new Set(gone.map((index) => this.#stackOf[index]!));
    const sum = new Float64Array(this.#question.hypotheses.length);
    for (const [at, { members, rho }] of this.stacks.entries()) {
      const left = touched.has(at) ? members.filter((index) => !missing.has(index)) : members;
      add(sum, left === members ? this.#sums[at]! : this.#sumOf(left, rho));
    }
    return sum;
  }

  /** Sum of the counted weights with one claim changed, so that it may stand in another place or stack. */
  withClaim(index: number, changed: CentralClaim): Float64Array {
    const from = this.#stackOf[index]!;
    const to = changed.favours < 0 ? -1 : (this.#stackAt.get(keyOf(changed)) ?? -1);
    const sum = new Float64Array(this.#question.hypotheses.length);
    for (const [at, { members, rho }] of this.stacks.entries()) {
      if (at !== from && at !== to) add(sum, this.#sums[at]!);
      else {
        const others = members.filter((other) => other !== index).map((other) => this.claims[other]!);
        add(sum, sumStack(at === to ? [...others, changed] : others, rho, sum.length));
      }
    }
    if (to < 0 && changed.favours >= 0) add(sum, changed.weights);
    return sum;
  }

  /** Strengths of the other claims of a claim's group that favour a hypothesis, strongest first. */
  rivals(index: number, hypothesis: number): number[] {
    const at = this.#stackAt.get(keyOf({ favours: hypothesis, group: this.claims[index]!.group }));
    const members = at === undefined ? [] : this.stacks[at]!.members;
    return members.filter((other) => other !== index).map((other) => this.claims[other]!.strength);
  }

  #sumOf(ordered: readonly number[], rho: number): Float64Array {
    const sum = new Float64Array(this.#question.hypotheses.length);
    let factor = 1;
    for (const index of ordered) {
      addTimes(sum, this.claims[index]!.weights, factor);
      factor *= 1 - rho;
    }
    return sum;
  }
}

/** Name of the stack of a claim: its group and the hypothesis that it favours. */
function keyOf({ favours, group }: Pick<CentralClaim, "favours" | "group">): string {
  return `${favours} ${group}`;
}

function sumStack(members: readonly CentralClaim[], rho: number, count: number): Float64Array {
  const sum = new Float64Array(count);
  let factor = 1;
  for (const { weights } of members.toSorted((a, b) => b.strength - a.strength)) {
    addTimes(sum, weights, factor);
    factor *= 1 - rho;
  }
  return sum;
}

function add(sum: Float64Array, more: Float64Array): void {
  for (let h = 0; h < sum.length; h++) sum[h]! += more[h]!;
}

function addTimes(sum: Float64Array, more: Float64Array, factor: number): void {
  for (let h = 0; h < sum.length; h++) sum[h]! += factor * more[h]!;
}
