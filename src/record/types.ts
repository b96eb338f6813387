/** A day: a whole number of days since 1970-01-01, as core/dates has it. */
export type Day = number;

/** A question that is settled one day: by one of its hypotheses, or by a date or quantity where it has none. */
export interface Question {
  readonly id: string;
  readonly text: string;
  /** Answers that exclude one another and leave nothing out, in their order; empty for a date or a quantity. */
  readonly hypotheses: readonly string[];
  /** Whether the hypotheses have a natural order, so that a near miss is better than a wide one; false unless given. */
  readonly ordered?: boolean | undefined;
  /** The first day on which it can be forecast; that of the first forecast unless given. */
  readonly opened?: Day | undefined;
  /** The last day that counts. */
  readonly closes?: Day | undefined;
}

/** A level of a distribution, above 0 and below 1, and the value below which so much of it lies. */
export interface Quantile {
  readonly level: number;
  readonly value: number;
}

/**
 * What a forecast says: a probability for each hypothesis; or, of a date (in days) or a quantity, equally likely members
 * of an ensemble, or quantiles.
 */
export type Said =
  | { readonly kind: "probabilities"; readonly of: Readonly<Record<string, number>> }
  | { readonly kind: "ensemble"; readonly members: readonly number[] }
  | { readonly kind: "quantiles"; readonly quantiles: readonly Quantile[] };

/** What somebody, or a model, held on a day. It holds until the next by the same forecaster. */
export interface Forecast {
  readonly question: string;
  /** Author or model. */
  readonly by: string;
  readonly on: Day;
  readonly says: Said;
  /** Hash of the case that it was made from. */
  readonly caseHash?: string | undefined;
  /** Version of Parley that made it. */
  readonly parley?: string | undefined;
  readonly seed?: number | undefined;
}

/** How a question came out: one hypothesis; a value; or annulled, because it could not be settled as it was put. */
export type Outcome =
  | { readonly kind: "hypothesis"; readonly is: string }
  | { readonly kind: "value"; readonly is: number }
  | { readonly kind: "annulled"; readonly because: string };

export interface Resolution {
  readonly question: string;
  readonly outcome: Outcome;
  /** The day on which it was settled: no forecast after it counts. */
  readonly on?: Day | undefined;
  readonly source?: string | undefined;
}

/** A forecast of an event, a probability from 0 to 1, and whether it came (1) or not (0). */
export interface Verified {
  readonly p: number;
  readonly outcome: 0 | 1;
}
