import { createStream, purpose } from "../core/random/index.ts";
import { toDecibans } from "./decibans.ts";
import { centralLogPrior, probabilities } from "./posterior.ts";
import { flipPoint, shapleyShares } from "./rests-on.ts";
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
import { aloneId, correlationOf, isAlone, Weighing } from "./weights.ts";

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
  const weighing = new Weighing(question);
  const logPrior = centralLogPrior(question);
  const spreads = spread(question, weighing, createStream(seed, purpose("EVID")), draws);
  const groups = groupResults(question, weighing, logPrior, seed);
  return {
    question: question.id,
    hypotheses: question.hypotheses,
    prior: spreads?.prior ?? null,
    posterior: spreads?.posterior ?? null,
    certain: spreads?.certain ?? true,
    threshold: question.threshold,
    totalDb: centred(question, weighing.total),
    claims: weighing.claims.map((_, index) => claimResult(question, weighing, index, logPrior)),
    groups: groups.results,
    sources: sourceResults(question, weighing, logPrior),
    shapleyMethod: groups.method,
  };
}

function claimResult(
  question: EvidenceQuestion,
  weighing: Weighing,
  index: number,
  logPrior: Float64Array | undefined,
): ClaimResult {
  const claim = weighing.claims[index]!;
  const share = weighing.share[index]!;
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
    favours: claim.favours < 0 ? null : question.hypotheses[claim.favours]!,
    leaveOneOut: without(question, weighing, logPrior, [index]),
    flip: logPrior === undefined ? null : flipPoint(question, weighing, index, logPrior),
  };
}

function groupResults(
  question: EvidenceQuestion,
  weighing: Weighing,
  logPrior: Float64Array | undefined,
  seed: number,
): { readonly results: GroupResult[]; readonly method: "exact" | "permutations" } {
  const groups = [...Map.groupBy(weighing.claims.keys(), (index) => weighing.claims[index]!.group)];
  const weights = groups.map(([, members]) => summed(question, weighing, members));
  const shapley = logPrior === undefined ? undefined : shapleyShares(logPrior, weights, seed);
  const results = groups.map(
    ([name, members], g): GroupResult => ({
      id: isAlone(name) ? aloneId(name) : name,
      claims: members.map((index) => weighing.claims[index]!.claim.id),
      correlation: isAlone(name) ? null : correlationOf(question, name),
      weightDb: weightOf(weights[g]!),
      weightsDb: centred(question, weights[g]!),
      leaveOneOut: without(question, weighing, logPrior, members),
      shapley: shapley === undefined ? null : byHypothesis(question, (h) => shapley.shares[g]![h]!),
    }),
  );
  return { results, method: shapley?.method ?? "exact" };
}

function sourceResults(
  question: EvidenceQuestion,
  weighing: Weighing,
  logPrior: Float64Array | undefined,
): SourceResult[] {
  const citing = new Map<string, { all: number[]; alone: number[] }>();
  for (const [index, { claim }] of weighing.claims.entries()) {
    for (const name of new Set(claim.sources)) {
      const own = citing.get(name) ?? { all: [], alone: [] };
      own.all.push(index);
      if (claim.sources.every((source) => source === name)) own.alone.push(index);
      citing.set(name, own);
    }
  }
  const ids = (members: readonly number[]) => members.map((index) => weighing.claims[index]!.claim.id);
  return [...citing].map(([name, { all, alone }]) => ({
    id: name,
    claims: ids(all),
    alone: ids(alone),
    weightDb: weightOf(summed(question, weighing, alone)),
    leaveOneOut: without(question, weighing, logPrior, alone),
  }));
}

/** Sum of the counted weights of some claims, by hypothesis. */
function summed(question: EvidenceQuestion, { claims, share }: Weighing, members: readonly number[]): Float64Array {
  const sum = new Float64Array(question.hypotheses.length);
  for (const index of members) {
    for (let h = 0; h < sum.length; h++) sum[h]! += share[index]! * claims[index]!.weights[h]!;
  }
  return sum;
}

/** Probabilities without some claims; null where the question has no prior. */
function without(
  question: EvidenceQuestion,
  weighing: Weighing,
  logPrior: Float64Array | undefined,
  gone: readonly number[],
): ByHypothesis<number> | null {
  if (logPrior === undefined) return null;
  const values = probabilities(logPrior, weighing.withoutClaims(gone));
  return byHypothesis(question, (h) => values[h]!);
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
