import { createStream, purpose } from "../core/random/index.ts";
import { toDecibans } from "./decibans.ts";
import { centralLogPrior, probabilities } from "./posterior.ts";
import { flipPoint, shapleyShares, weightsWithout } from "./rests-on.ts";
import type {
  ByHypothesis,
  ClaimResult,
  EvidenceOptions,
  EvidenceQuestion,
  EvidenceResult,
  GroupResult,
  QuestionResult,
  SourceResult,
} from "./types.ts";
import { byHypothesis, spread } from "./uncertainty.ts";
import type { CentralClaim } from "./weights.ts";
import { aloneId, centralClaims, correlationOf, counted, isAlone, stack, sumWeights } from "./weights.ts";

/**
 * Weighs the evidence on questions: from prior to posterior in decibans, what it rests on, what would flip it.
 *
 * Method: Good (1950) for weights of evidence, tempered by credence as a power likelihood (Ibrahim & Chen 2000);
 * dependence within groups by geometric discounting; Shapley (1953) shares of groups. Leave-one-out values, Shapley
 * shares and flip points use medians of the inputs; intervals use seeded draws.
 *
 * @example
 * const result = weighEvidence([{ id: "q", hypotheses: ["yes", "no"], threshold: 0.5, correlations: {},
 *   prior: { kind: "first", probability: constant(0.5) },
 *   claims: [{ id: "c", weight: { kind: "ratio", ratio: constant(4) }, credence: constant(1), group: undefined, sources: [] }] }]);
 * result.questions[0].posterior.yes.median; // 0.8
 */
export function weighEvidence(questions: readonly EvidenceQuestion[], options: EvidenceOptions = {}): EvidenceResult {
  const { draws = 10_000, seed = 1 } = options;
  return {
    method: "weight of evidence (Good 1950), tempered by credence (Ibrahim & Chen 2000)",
    draws,
    seed,
    questions: questions.map((question) => weighQuestion(question, draws, seed)),
  };
}

function weighQuestion(question: EvidenceQuestion, draws: number, seed: number): QuestionResult {
  const count = question.hypotheses.length;
  const claims = centralClaims(question);
  const stacks = stack(question, claims);
  const share = counted(claims, stacks);
  const total = sumWeights(claims, share, count);
  const logPrior = centralLogPrior(question);
  const spreads = spread(question, claims, stacks, createStream(seed, purpose("EVID")), draws);
  const groups = groupResults(question, claims, share, logPrior, seed);
  return {
    question: question.id,
    hypotheses: question.hypotheses,
    prior: spreads?.prior ?? null,
    posterior: spreads?.posterior ?? null,
    certain: spreads?.certain ?? true,
    threshold: question.threshold,
    totalDb: centred(question, total),
    claims: claims.map((claim, index) => claimResult(question, claims, claim, index, share[index] ?? 0, logPrior)),
    groups: groups.results,
    sources: sourceResults(question, claims, share, logPrior),
    shapleyMethod: groups.method,
  };
}

function claimResult(
  question: EvidenceQuestion,
  claims: readonly CentralClaim[],
  claim: CentralClaim,
  index: number,
  share: number,
  logPrior: Float64Array | undefined,
): ClaimResult {
  const weights = claim.weights.map((value) => share * value);
  return {
    id: claim.claim.id,
    weightDb: weightOf(weights),
    weightsDb: centred(question, weights),
    fullDb: weightOf(claim.logLikelihoods),
    diagnosticityDb: toDecibans(claim.strength),
    credence: claim.credence,
    group: claim.claim.group ?? null,
    counted: share,
    favours: claim.favours < 0 ? null : (question.hypotheses[claim.favours] ?? null),
    leaveOneOut: without(question, claims, logPrior, (other) => other === index),
    flip: logPrior === undefined ? null : flipPoint(question, claims, index, logPrior),
  };
}

function groupResults(
  question: EvidenceQuestion,
  claims: readonly CentralClaim[],
  share: Float64Array,
  logPrior: Float64Array | undefined,
  seed: number,
): { readonly results: GroupResult[]; readonly method: "exact" | "permutations" } {
  const members = new Map<string, number[]>();
  for (const [index, { group }] of claims.entries()) members.set(group, [...(members.get(group) ?? []), index]);
  const names = [...members.keys()];
  const weights = names.map((name) => {
    const own = claims.map((claim) => claim.group === name);
    return sumWeights(
      claims,
      share.map((value, index) => (own[index] ? value : 0)),
      question.hypotheses.length,
    );
  });
  const shapley = logPrior === undefined ? undefined : shapleyShares(logPrior, weights, seed);
  const results = names.map((name, g): GroupResult => {
    const ids = (members.get(name) ?? []).flatMap((index) => claims[index]?.claim.id ?? []);
    return {
      id: isAlone(name) ? aloneId(name) : name,
      claims: ids,
      correlation: isAlone(name) ? null : correlationOf(question, name),
      weightDb: weightOf(weights[g] ?? new Float64Array(2)),
      weightsDb: centred(question, weights[g] ?? new Float64Array(2)),
      leaveOneOut: without(question, claims, logPrior, (index) => claims[index]?.group === name),
      shapley: shapley === undefined ? null : byHypothesis(question, (h) => shapley.shares[g]?.[h] ?? 0),
    };
  });
  return { results, method: shapley?.method ?? "exact" };
}

function sourceResults(
  question: EvidenceQuestion,
  claims: readonly CentralClaim[],
  share: Float64Array,
  logPrior: Float64Array | undefined,
): SourceResult[] {
  const names = new Set(claims.flatMap(({ claim }) => claim.sources));
  return [...names].map((name) => {
    const cites = claims.map(({ claim }) => claim.sources.includes(name));
    const alone = claims.map(
      ({ claim }) => claim.sources.every((source) => source === name) && claim.sources.length > 0,
    );
    const own = share.map((value, index) => (alone[index] ? value : 0));
    const ids = (chosen: readonly boolean[]) => claims.flatMap(({ claim }, index) => (chosen[index] ? [claim.id] : []));
    return {
      id: name,
      claims: ids(cites),
      alone: ids(alone),
      weightDb: weightOf(sumWeights(claims, own, question.hypotheses.length)),
      leaveOneOut: without(question, claims, logPrior, (index) => alone[index] === true),
    };
  });
}

/** Probabilities without some claims; null where the question has no prior. */
function without(
  question: EvidenceQuestion,
  claims: readonly CentralClaim[],
  logPrior: Float64Array | undefined,
  gone: (index: number) => boolean,
): ByHypothesis<number> | null {
  if (logPrior === undefined) return null;
  const values = probabilities(logPrior, weightsWithout(question, claims, gone));
  return byHypothesis(question, (h) => values[h] ?? 0);
}

/** A weight as one number in decibans: first against second of two hypotheses, the spread of more. */
function weightOf(weights: Float64Array): number {
  if (weights.length === 2) return toDecibans((weights[0] ?? 0) - (weights[1] ?? 0));
  return toDecibans(Math.max(...weights) - Math.min(...weights));
}

/** Weights in decibans relative to their mean over hypotheses. */
function centred(question: EvidenceQuestion, weights: Float64Array): ByHypothesis<number> {
  let mean = 0;
  for (const value of weights) mean += value / weights.length;
  return byHypothesis(question, (h) => toDecibans((weights[h] ?? 0) - mean));
}
