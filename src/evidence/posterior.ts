import { exp, log, logistic, logit } from "../core/math/index.ts";
import type { EvidenceQuestion } from "./types.ts";

/** The log prior of each hypothesis at central values, up to a constant; undefined without a prior. */
export function centralLogPrior(question: EvidenceQuestion): Float64Array | undefined {
  const { prior, hypotheses } = question;
  if (prior.kind === "none") return undefined;
  const out = new Float64Array(hypotheses.length);
  if (prior.kind === "first") out[0] = logit(prior.probability.quantile(0.5));
  else for (let h = 0; h < out.length; h++) out[h] = log(prior.probabilities[h]!.quantile(0.5));
  return out;
}

/**
 * Probabilities from log prior and summed weights: ln p(h) = ln prior(h) + sum of weights + const.
 *
 * With two hypotheses each is the logistic of the log odds for it, so that exchanging them exchanges the results to
 * the last bit.
 */
export function probabilities(logPrior: Float64Array, weights: Float64Array): Float64Array {
  const count = logPrior.length;
  const out = new Float64Array(count);
  if (count === 2) {
    const odds = logPrior[0]! - logPrior[1]! + (weights[0]! - weights[1]!);
    out[0] = logistic(odds);
    out[1] = logistic(-odds);
    return out;
  }
  let top = Number.NEGATIVE_INFINITY;
  for (let h = 0; h < count; h++) top = Math.max(top, logPrior[h]! + weights[h]!);
  let sum = 0;
  for (let h = 0; h < count; h++) {
    out[h] = exp(logPrior[h]! + weights[h]! - top);
    sum += out[h]!;
  }
  for (let h = 0; h < count; h++) out[h]! /= sum;
  return out;
}
