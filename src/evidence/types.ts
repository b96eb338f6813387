import type { Distribution } from "../core/distributions/index.ts";

/** What a claim says of one question: a likelihood ratio, or a likelihood for each hypothesis in its order. */
export type Weight =
  /** Likelihood under the first hypothesis over that under the second; only where there are two. */
  | { readonly kind: "ratio"; readonly ratio: Distribution }
  | { readonly kind: "likelihoods"; readonly likelihoods: readonly Distribution[] };

/** The prior of a question: the probability of its first hypothesis, or of each; none yields no posterior. */
export type Prior =
  | { readonly kind: "first"; readonly probability: Distribution }
  | { readonly kind: "each"; readonly probabilities: readonly Distribution[] }
  | { readonly kind: "none" };

/** A claim as it bears on one question. */
export interface WeighedClaim {
  readonly id: string;
  readonly weight: Weight;
  /** How far the claim is believed, 0 to 1. */
  readonly credence: Distribution;
  /** Claims of one group say partly the same thing; a claim without a group stands alone. */
  readonly group: string | undefined;
  /** Names of the sources that it rests on. */
  readonly sources: readonly string[];
}

/** A question with everything that bears on it. */
export interface EvidenceQuestion {
  readonly id: string;
  /** Names of the hypotheses, mutually exclusive and exhaustive; two or more. */
  readonly hypotheses: readonly string[];
  readonly prior: Prior;
  readonly claims: readonly WeighedClaim[];
  /** Correlation rho of each group, 0 to 1. */
  readonly correlations: Readonly<Record<string, Distribution>>;
  /** The probability of the first hypothesis that flip points refer to. */
  readonly threshold: number;
}

export interface EvidenceOptions {
  /** Draws for the uncertainty of posteriors; 10 000 unless given. */
  readonly draws?: number;
  /** Seed, a whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number;
}

/** An estimate of a probability: the value at central inputs, and the spread over the draws. */
export interface ProbabilityEstimate {
  /** Closed form, with every input at its median. */
  readonly central: number;
  /** Median of the draws; the central value where nothing is uncertain. */
  readonly median: number;
  /** 10 % and 90 % points of the draws. */
  readonly low80: number;
  readonly high80: number;
}

/** Probabilities by hypothesis. */
export type ByHypothesis<T> = Readonly<Record<string, T>>;

/** What would have to change for the first hypothesis to cross the question's threshold. */
export interface FlipPoint {
  /** What the claim's log-likelihoods would have to be multiplied by. */
  readonly factor: number | null;
  /** The likelihood ratio that the claim would need; only where there are two hypotheses. */
  readonly ratio: number | null;
}

/** What one claim does to a question. */
export interface ClaimResult {
  readonly id: string;
  /**
   * Decibans that the claim adds: with two hypotheses to the first against the second, signed; with more, the spread
   * between the hypotheses that it favours most and least. Credence and dependence within its group are counted.
   */
  readonly weightDb: number;
  /** Decibans by hypothesis, relative to the mean over hypotheses. */
  readonly weightsDb: ByHypothesis<number>;
  /** The same before credence and dependence: what the claim would add if it were certain and alone. */
  readonly fullDb: number;
  /** Spread of the credence-weighted log-likelihoods in decibans: 0 where a claim is alike under every hypothesis. */
  readonly diagnosticityDb: number;
  readonly credence: number;
  readonly group: string | null;
  /** Share of its weight that counts, for its place among the claims of its group that point the same way. */
  readonly counted: number;
  /** The hypothesis that it favours most, or null where it favours none. */
  readonly favours: string | null;
  /** Probabilities without this claim; null where the question has no prior. */
  readonly leaveOneOut: ByHypothesis<number> | null;
  /** Null where no change of this claim alone could do it. */
  readonly flip: FlipPoint | null;
}

export interface GroupResult {
  readonly id: string;
  readonly claims: readonly string[];
  /** Null for a claim that stands alone. */
  readonly correlation: number | null;
  readonly weightDb: number;
  readonly weightsDb: ByHypothesis<number>;
  readonly leaveOneOut: ByHypothesis<number> | null;
  /** Its share in the way from prior to posterior (Shapley 1953); the shares add up to the difference. */
  readonly shapley: ByHypothesis<number> | null;
}

export interface SourceResult {
  readonly id: string;
  /** All claims that cite it. */
  readonly claims: readonly string[];
  /** Claims that rest on it alone. */
  readonly alone: readonly string[];
  readonly weightDb: number;
  /** Probabilities without the claims that rest on it alone. */
  readonly leaveOneOut: ByHypothesis<number> | null;
}

export interface QuestionResult {
  readonly question: string;
  readonly hypotheses: readonly string[];
  readonly prior: ByHypothesis<ProbabilityEstimate> | null;
  readonly posterior: ByHypothesis<ProbabilityEstimate> | null;
  /** Whether every input is a plain number, so that the intervals have no width. */
  readonly certain: boolean;
  readonly threshold: number;
  /** Sum of the counted weights in decibans, by hypothesis relative to their mean. */
  readonly totalDb: ByHypothesis<number>;
  readonly claims: readonly ClaimResult[];
  readonly groups: readonly GroupResult[];
  readonly sources: readonly SourceResult[];
  /** How Shapley shares were computed. */
  readonly shapleyMethod: "exact" | "permutations";
}

export interface EvidenceResult {
  readonly method: "weight of evidence (Good 1950), tempered by credence (Ibrahim & Chen 2000)";
  readonly draws: number;
  readonly seed: number;
  readonly questions: readonly QuestionResult[];
}
