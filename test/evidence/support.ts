import { constant, type Distribution } from "../../src/core/distributions/index.ts";
import type { EvidenceQuestion, QuestionResult, WeighedClaim } from "../../src/evidence/index.ts";
import { weighEvidence } from "../../src/evidence/index.ts";

/** A claim on a question of yes and no, with plain numbers unless distributions are given. */
export function ratioClaim(
  id: string,
  ratio: number | Distribution,
  { credence = 1, group, sources = [] }: { credence?: number | Distribution; group?: string; sources?: string[] } = {},
): WeighedClaim {
  const of = (value: number | Distribution) => (typeof value === "number" ? constant(value) : value);
  return { id, weight: { kind: "ratio", ratio: of(ratio) }, credence: of(credence), group, sources };
}

/** A claim with a likelihood for each hypothesis. */
export function likelihoodClaim(
  id: string,
  likelihoods: readonly number[],
  { credence = 1, group }: { credence?: number; group?: string } = {},
): WeighedClaim {
  const weight = { kind: "likelihoods" as const, likelihoods: likelihoods.map((value) => constant(value)) };
  return { id, weight, credence: constant(credence), group, sources: [] };
}

/** A question of yes and no. */
export function yesNo(
  claims: readonly WeighedClaim[],
  {
    prior = 0.5,
    rho = {},
    threshold = 0.5,
  }: { prior?: number | Distribution | null; rho?: Record<string, number | Distribution>; threshold?: number } = {},
): EvidenceQuestion {
  const of = (value: number | Distribution) => (typeof value === "number" ? constant(value) : value);
  return {
    id: "q",
    hypotheses: ["yes", "no"],
    prior: prior === null ? { kind: "none" } : { kind: "first", probability: of(prior) },
    claims,
    correlations: Object.fromEntries(Object.entries(rho).map(([name, value]) => [name, of(value)])),
    threshold,
  };
}

/** A question of several hypotheses with plain priors. */
export function many(
  hypotheses: readonly string[],
  priors: readonly number[],
  claims: readonly WeighedClaim[],
): EvidenceQuestion {
  const prior = { kind: "each" as const, probabilities: priors.map((value) => constant(value)) };
  return { id: "q", hypotheses, prior, claims, correlations: {}, threshold: 0.5 };
}

export function weigh(question: EvidenceQuestion, draws = 1000, seed = 1): QuestionResult {
  const [result] = weighEvidence([question], { draws, seed }).questions;
  if (result === undefined) throw new Error("no result");
  return result;
}

/** The central posterior of the first hypothesis. */
export function posterior(question: EvidenceQuestion): number {
  return weigh(question, 100).posterior?.[question.hypotheses[0] ?? ""]?.central ?? Number.NaN;
}
