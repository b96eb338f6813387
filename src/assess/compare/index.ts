export type { CompareCasesOptions, ComparedCase, ComparedSide, Comparison } from "./cases.ts";
export { COMPARE_RUNS, compareCases } from "./cases.ts";
export type { Cause, CausesOptions, ChangedAnswer } from "./causes.ts";
export { causesOf, MOST_CAUSES } from "./causes.ts";
export { compareEvidence } from "./evidence.ts";
export type { ComparedWar, CompareOptions } from "./simulation.ts";
export { compareWars } from "./simulation.ts";
export type {
  ComparedInput,
  ComparedOutput,
  ComparedQuestion,
  ComparedSimulation,
  InputPart,
  Measured,
} from "./types.ts";
export type { InputChange, VersionsCompared } from "./versions.ts";
export { compareVersions } from "./versions.ts";
