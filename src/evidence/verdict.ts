/** What a test says of a claim; figures are numbers by name, days as days since 1970-01-01. */
export interface Verdict {
  readonly verdict: "supported" | "contradicted" | "inconclusive" | "uncheckable";
  /** Why, as a code that views put in words. */
  readonly reason: VerdictReason;
  readonly figures: Readonly<Record<string, number>>;
}

export type VerdictReason =
  | "threshold"
  | "bounds-straddle"
  | "trend"
  | "no-trend"
  | "change"
  | "no-change"
  | "stalled"
  | "no-series"
  | "no-data"
  | "too-few"
  | "too-few-in-period"
  | "outside-series"
  | "unit-mismatch";

type Figures = Readonly<Record<string, number>>;

export const supported = (reason: VerdictReason, figures: Figures): Verdict => ({
  verdict: "supported",
  reason,
  figures,
});
export const contradicted = (reason: VerdictReason, figures: Figures): Verdict => ({
  verdict: "contradicted",
  reason,
  figures,
});
export const inconclusive = (reason: VerdictReason, figures: Figures): Verdict => ({
  verdict: "inconclusive",
  reason,
  figures,
});
export const uncheckable = (reason: VerdictReason, figures: Figures): Verdict => ({
  verdict: "uncheckable",
  reason,
  figures,
});

/**
 * The verdict on a claim with several tests: contradicted where any is, supported where all are, uncheckable where
 * none could be made, else inconclusive. Undefined without tests.
 */
export function combineVerdicts(verdicts: readonly Verdict[]): Verdict["verdict"] | undefined {
  if (verdicts.length === 0) return undefined;
  const kinds = new Set(verdicts.map(({ verdict }) => verdict));
  if (kinds.has("contradicted")) return "contradicted";
  const [only] = kinds;
  return kinds.size === 1 ? only : "inconclusive";
}
