export type { AchClaim, AchResult, AchRow, Rating } from "./ach.ts";
export { analyseHypotheses, deriveRating } from "./ach.ts";
export type { Argument, ArgumentResult, ArgumentSemantics } from "./argument.ts";
export { argumentStrengths } from "./argument.ts";
export type { Credibility, GradeTable, Reliability } from "./credence.ts";
export { bestReliability, CONTRADICTED, DEFAULT_GRADES, gradedCredence, interestedLimit } from "./credence.ts";
export { DECIBANS_PER_NAT, toDecibans } from "./decibans.ts";
export { weighEvidence } from "./evidence.ts";
export type {
  ChangeTest,
  IndicatorTest,
  Period,
  SeriesPoint,
  StalledTest,
  ThresholdTest,
  TrendTest,
} from "./indicators.ts";
export { testIndicator } from "./indicators.ts";
export type {
  ByHypothesis,
  ClaimResult,
  EvidenceOptions,
  EvidenceQuestion,
  EvidenceResult,
  FlipPoint,
  GroupResult,
  Prior,
  ProbabilityEstimate,
  QuestionResult,
  SourceResult,
  WeighedClaim,
  Weight,
} from "./types.ts";
export type { Verdict, VerdictReason } from "./verdict.ts";
export { combineVerdicts } from "./verdict.ts";
export { DEFAULT_CORRELATION } from "./weights.ts";
