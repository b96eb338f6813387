/** Reliability of a source on the Admiralty scale; F cannot be judged. */
export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";
/** Credibility of a piece of information on the Admiralty scale; 6 cannot be judged. */
export type Credibility = 1 | 2 | 3 | 4 | 5 | 6;

/** Credence by grade: a case may override it. */
export interface GradeTable {
  readonly reliability: Readonly<Record<Exclude<Reliability, "F">, number>>;
  readonly credibility: Readonly<Record<Exclude<Credibility, 6>, number>>;
}

/** Parley's default for the grades of NATO AJP-2.1 (STANAG 2511). */
export const DEFAULT_GRADES: GradeTable = {
  reliability: { A: 0.95, B: 0.85, C: 0.7, D: 0.5, E: 0.2 },
  credibility: { 1: 0.95, 2: 0.85, 3: 0.7, 4: 0.4, 5: 0.15 },
};

/** Credence where neither grade can be judged (F6). */
const UNJUDGED = 0.5;

/** The most that a claim contradicted by its own test is believed. */
export const CONTRADICTED = 0.15;

/**
 * Credence from grades: the smaller of the two; F and 6 set no limit of their own, and F6 is 0.5.
 *
 * @example
 * gradedCredence("C", 2); // 0.7
 * gradedCredence("F", 6); // 0.5
 */
export function gradedCredence(
  reliability: Reliability | undefined,
  credibility: Credibility | undefined,
  table: GradeTable = DEFAULT_GRADES,
): number {
  const byReliability = reliability === undefined || reliability === "F" ? undefined : table.reliability[reliability];
  const byCredibility = credibility === undefined || credibility === 6 ? undefined : table.credibility[credibility];
  if (byReliability === undefined && byCredibility === undefined) return UNJUDGED;
  return Math.min(byReliability ?? 1, byCredibility ?? 1);
}

/** The better of two reliabilities: a claim stands on the best source that makes it. */
export function bestReliability(grades: readonly (Reliability | undefined)[]): Reliability | undefined {
  const known = grades.filter((grade) => grade !== undefined && grade !== "F").toSorted();
  return known[0] ?? (grades.includes("F") ? "F" : undefined);
}

/**
 * The limit for interested parties, one rule for all: about themselves or their adversary they count as C3 at most
 * until somebody without an interest confirms it.
 */
export function interestedLimit(table: GradeTable = DEFAULT_GRADES): number {
  return Math.min(table.reliability.C, table.credibility[3]);
}
