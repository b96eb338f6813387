import type { Distribution } from "../core/distributions/index.ts";
import { exp, logistic } from "../core/math/index.ts";
import type { Stream } from "../core/random/index.ts";
import { quantileSorted } from "../core/stats/index.ts";
import { InputDraws } from "./draws.ts";
import { centralLogPrior, probabilities } from "./posterior.ts";
import type { ByHypothesis, EvidenceQuestion, ProbabilityEstimate } from "./types.ts";
import type { CentralClaim, Weighing } from "./weights.ts";

/** Prior and posterior of a question with their spread. */
export interface Spread {
  readonly prior: ByHypothesis<ProbabilityEstimate>;
  readonly posterior: ByHypothesis<ProbabilityEstimate>;
  readonly certain: boolean;
}

const isCertain = (distribution: Distribution | undefined): boolean =>
  distribution === undefined || distribution.kind === "constant";

/**
 * Prior and posterior over `draws` draws of every uncertain input: likelihoods, credences, correlations, prior.
 *
 * The order of claims within a group is that of the central values in every draw. Undefined without a prior.
 */
export function spread(
  question: EvidenceQuestion,
  weighing: Weighing,
  stream: Stream,
  draws: number,
): Spread | undefined {
  const centralPrior = centralLogPrior(question);
  if (centralPrior === undefined) return undefined;
  const count = question.hypotheses.length;
  const priorAtCentral = probabilities(centralPrior, new Float64Array(count));
  const posteriorAtCentral = probabilities(centralPrior, weighing.total);
  const priorCertain = isPriorCertain(question);
  const evidenceCertain = weighing.claims.every(({ claim }) => isClaimCertain(question, claim));
  if (priorCertain && evidenceCertain) {
    return {
      prior: pointEstimates(question, priorAtCentral),
      posterior: pointEstimates(question, posteriorAtCentral),
      certain: true,
    };
  }
  const inputs = new InputDraws(stream);
  const prior = drawLogPrior(question, inputs, draws);
  const posterior = prior.map((values) => Float64Array.from(values));
  addEvidence(question, weighing, inputs, posterior, draws);
  return {
    prior: estimates(question, prior, priorAtCentral, priorCertain),
    posterior: estimates(question, posterior, posteriorAtCentral, false),
    certain: false,
  };
}

function isPriorCertain({ prior }: EvidenceQuestion): boolean {
  if (prior.kind === "first") return isCertain(prior.probability);
  return prior.kind === "none" || prior.probabilities.every(isCertain);
}

function isClaimCertain(question: EvidenceQuestion, claim: CentralClaim["claim"]): boolean {
  const { weight, credence, group } = claim;
  const weights = weight.kind === "ratio" ? [weight.ratio] : weight.likelihoods;
  const correlation = group === undefined ? undefined : question.correlations[group];
  return isCertain(credence) && weights.every(isCertain) && isCertain(correlation);
}

/** Log prior by hypothesis and draw; with two hypotheses the log odds and 0. */
function drawLogPrior(question: EvidenceQuestion, inputs: InputDraws, draws: number): Float64Array[] {
  const { prior, hypotheses } = question;
  const out = hypotheses.map(() => new Float64Array(draws));
  if (prior.kind === "first") inputs.logits(`prior ${question.id}`, prior.probability, out[0]!);
  else if (prior.kind === "each") {
    for (const [h, probability] of prior.probabilities.entries()) {
      inputs.logs(`prior ${question.id} ${hypotheses[h]}`, probability, out[h]!);
    }
  }
  return out;
}

/** Adds the counted weights of all claims to the log prior, draw by draw. */
function addEvidence(
  question: EvidenceQuestion,
  { claims, stacks, share: fixed }: Weighing,
  inputs: InputDraws,
  into: readonly Float64Array[],
  draws: number,
): void {
  const logs = new Float64Array(draws);
  const credences = new Float64Array(draws);
  const factors = new Float64Array(draws);
  const keeps = new Float64Array(draws);
  for (const { group, members } of stacks) {
    const correlation = question.correlations[group];
    const varies = correlation !== undefined && !isCertain(correlation);
    if (varies) {
      inputs.values(`group ${group}`, correlation, keeps);
      for (let i = 0; i < draws; i++) keeps[i] = 1 - keeps[i]!;
      factors.fill(1);
    }
    for (const index of members) {
      const { claim, logLikelihoods, credence } = claims[index]!;
      const { weight } = claim;
      // Shares of this claim's log-likelihood that count, by draw or all alike.
      const believed = isCertain(claim.credence) ? undefined : credences;
      if (believed !== undefined) inputs.values(`credence ${claim.id}`, claim.credence, believed);
      const share = fixed[index]!;
      for (let h = 0; h < into.length; h++) {
        const distribution = weight.kind === "ratio" ? (h === 0 ? weight.ratio : undefined) : weight.likelihoods[h];
        if (distribution === undefined) continue;
        const target = into[h]!;
        const uncertain = !isCertain(distribution);
        if (uncertain) inputs.logs(`weight ${question.id} ${claim.id} ${h}`, distribution, logs);
        if (uncertain && believed === undefined && !varies) {
          const factor = share * credence;
          for (let i = 0; i < draws; i++) target[i]! += factor * logs[i]!;
        } else {
          const constant = logLikelihoods[h]!;
          for (let i = 0; i < draws; i++) {
            const value = uncertain ? logs[i]! : constant;
            target[i]! += (varies ? factors[i]! : share) * (believed === undefined ? credence : believed[i]!) * value;
          }
        }
      }
      if (varies) for (let i = 0; i < draws; i++) factors[i]! *= keeps[i]!;
    }
  }
}

function pointEstimates(question: EvidenceQuestion, central: Float64Array): ByHypothesis<ProbabilityEstimate> {
  return byHypothesis(question, (h) => {
    const value = central[h]!;
    return { central: value, median: value, low80: value, high80: value };
  });
}

/** Medians and 80 % intervals of probabilities, from log weights by hypothesis and draw. */
function estimates(
  question: EvidenceQuestion,
  logWeights: readonly Float64Array[],
  central: Float64Array,
  certain: boolean,
): ByHypothesis<ProbabilityEstimate> {
  if (certain) return pointEstimates(question, central);
  const draws = logWeights[0]!.length;
  if (logWeights.length === 2) {
    const odds = new Float64Array(draws);
    for (let i = 0; i < draws; i++) odds[i] = logWeights[0]![i]! - logWeights[1]![i]!;
    odds.sort();
    const of = (p: number): number => quantileSorted(odds, p);
    return byHypothesis(question, (h) =>
      h === 0
        ? { central: central[0]!, median: logistic(of(0.5)), low80: logistic(of(0.1)), high80: logistic(of(0.9)) }
        : { central: central[1]!, median: logistic(-of(0.5)), low80: logistic(-of(0.9)), high80: logistic(-of(0.1)) },
    );
  }
  const shares = logWeights.map(() => new Float64Array(draws));
  for (let i = 0; i < draws; i++) {
    let top = Number.NEGATIVE_INFINITY;
    for (const values of logWeights) top = Math.max(top, values[i]!);
    let sum = 0;
    for (const [h, values] of logWeights.entries()) {
      const weight = exp(values[i]! - top);
      shares[h]![i] = weight;
      sum += weight;
    }
    for (const share of shares) share[i]! /= sum;
  }
  return byHypothesis(question, (h) => {
    const sorted = shares[h]!.sort();
    return {
      central: central[h]!,
      median: quantileSorted(sorted, 0.5),
      low80: quantileSorted(sorted, 0.1),
      high80: quantileSorted(sorted, 0.9),
    };
  });
}

/** A record by hypothesis, made from their positions. */
export function byHypothesis<T>({ hypotheses }: EvidenceQuestion, of: (h: number) => T): ByHypothesis<T> {
  return Object.fromEntries(hypotheses.map((name, h) => [name, of(h)]));
}
