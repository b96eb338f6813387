/**
 * Analysis of competing hypotheses (Heuer 1999): hypotheses ranked by how little speaks against them.
 *
 * Consistent ratings do not count for a hypothesis; that is the method's point.
 */
export type Rating = "CC" | "C" | "N" | "I" | "II" | "NA";

/** A claim's row of the matrix: ratings by an analyst, or likelihoods to derive them from. */
export interface AchClaim {
  readonly id: string;
  /** How far the claim is believed, 0 to 1. */
  readonly credence: number;
  /** Likelihood under each hypothesis, in their order, up to a common factor; none where the claim bears on none. */
  readonly likelihoods: readonly number[] | undefined;
  /** An analyst's ratings by hypothesis; those that are absent are derived. */
  readonly ratings: Readonly<Record<string, Rating>>;
}

export interface AchRow {
  readonly id: string;
  readonly credence: number;
  readonly ratings: readonly { readonly rating: Rating; readonly derived: boolean }[];
  /** Spread of the inconsistency over the hypotheses, credence counted: 0 where the row tells nothing apart. */
  readonly diagnosticity: number;
}

export interface AchResult {
  readonly method: "analysis of competing hypotheses (Heuer 1999)";
  readonly hypotheses: readonly string[];
  /** Rows by diagnosticity, greatest first. */
  readonly rows: readonly AchRow[];
  /** Inconsistency of each hypothesis, in their order. */
  readonly inconsistency: readonly number[];
  /** Hypotheses from the least inconsistent on; ties in the order given. */
  readonly ranking: readonly string[];
}

/** What a rating counts against a hypothesis. */
const INCONSISTENCY: Readonly<Record<Rating, number>> = { CC: 0, C: 0, N: 0, I: 1, II: 2, NA: 0 };

/** Least share of the greatest likelihood for a derived rating. */
const DERIVED: readonly (readonly [least: number, rating: Rating])[] = [
  [0.8, "CC"],
  [0.5, "C"],
  [0.25, "N"],
  [0.1, "I"],
  [0, "II"],
];

/** The rating that a likelihood earns beside the greatest of its row. */
export function deriveRating(likelihood: number, greatest: number): Rating {
  const share = likelihood / greatest;
  return DERIVED.find(([least]) => share >= least)?.[1] ?? "NA";
}

/** Rates claims against hypotheses and ranks the hypotheses by inconsistency. */
export function analyseHypotheses(hypotheses: readonly string[], claims: readonly AchClaim[]): AchResult {
  const rows = claims.map((claim): AchRow => {
    const greatest = Math.max(...(claim.likelihoods ?? []));
    const ratings = hypotheses.map((name, h) => {
      const own = Object.hasOwn(claim.ratings, name) ? claim.ratings[name] : undefined;
      if (own !== undefined) return { rating: own, derived: false };
      const likelihood = claim.likelihoods?.[h];
      const rating: Rating = likelihood === undefined ? "NA" : deriveRating(likelihood, greatest);
      return { rating, derived: true };
    });
    const against = ratings.map(({ rating }) => INCONSISTENCY[rating] * claim.credence);
    const diagnosticity = Math.max(...against) - Math.min(...against);
    return { id: claim.id, credence: claim.credence, ratings, diagnosticity };
  });
  const inconsistency = hypotheses.map((_, h) =>
    rows.reduce((sum, row) => sum + INCONSISTENCY[row.ratings[h]?.rating ?? "NA"] * row.credence, 0),
  );
  const ranking = hypotheses
    .map((name, h) => ({ name, score: inconsistency[h] ?? 0 }))
    .toSorted((a, b) => a.score - b.score)
    .map(({ name }) => name);
  return {
    method: "analysis of competing hypotheses (Heuer 1999)",
    hypotheses,
    rows: rows.toSorted((a, b) => b.diagnosticity - a.diagnosticity),
    inconsistency,
    ranking,
  };
}
