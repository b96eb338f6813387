export type { AnalyseOptions, Analysis, ConceptResult } from "./analyse.ts";
export { analyseStability } from "./analyse.ts";
export type { CoalitionAnalysis, CoalitionConcept, CoalitionOptions, CoalitionResult } from "./coalitions.ts";
export { COALITION_CONCEPTS, coalitionStability } from "./coalitions.ts";
export type { BasicConcept, ConceptOptions, StabilityTable } from "./concepts.ts";
export { BASIC_CONCEPTS, equilibria, orderedStability } from "./concepts.ts";
export type { EquilibriumJump, EquilibriumJumps } from "./equilibrium-jumps.ts";
export { equilibriumJumps } from "./equilibrium-jumps.ts";
export type { Exit, Explanation, ExplanationNames } from "./explain.ts";
export { explain, explanationText } from "./explain.ts";
export type { States } from "./feasible.ts";
export { decimalOf, isTaken, MOST_OPTIONS, MOST_STATES, stateOf } from "./feasible.ts";
export type { Formula, Pattern } from "./formula.ts";
export {
  and,
  formulaText,
  holds,
  mutuallyExclusive,
  noneOf,
  not,
  ofPattern,
  optionsOf,
  or,
  patternsOf,
  takes,
} from "./formula.ts";
export type { Hypergame, HypergameClass, HypergameEquilibrium, HypergameOptions } from "./hypergame.ts";
export { hypergame } from "./hypergame.ts";
export type { InverseAnswer, RankChange } from "./inverse.ts";
export { inverse, rankNeeded, withRaised } from "./inverse.ts";
export type { JointMoveOptions, JointReach } from "./joint-moves.ts";
export { jointMoves } from "./joint-moves.ts";
export type { LimitedMoveOptions, LimitedMoves, NextMover } from "./limited-moves.ts";
export { limitedMoves } from "./limited-moves.ts";
export type { LowerSets } from "./lower-sets.ts";
export { lowerSets } from "./lower-sets.ts";
export type { MergedAnalysis } from "./merged-players.ts";
export { mergedStability } from "./merged-players.ts";
export type { Model, ModelOption } from "./model.ts";
export { changesBetween, codeOf, compileModel, maskOf, stateLabel } from "./model.ts";
export type { Moves } from "./moves.ts";
export type { FormulaFault, ResolveOption } from "./parse-formula.ts";
export { isFormulaFault, parseFormula } from "./parse-formula.ts";
export type { JudgedState, Policy, PolicyStability } from "./policies.ts";
export { policyStability } from "./policies.ts";
export type { Compared } from "./preferences.ts";
export { compare, UNKNOWN } from "./preferences.ts";
export type { Extension, Reach, RelationOptions, RelationStability } from "./relations.ts";
export { EXTENSIONS, isRelational, reachOf, relationStability } from "./relations.ts";
export type { Robust, Robustness, RobustnessOptions, StatementEffect, Uncertainty } from "./robustness.ts";
export { robustness, statementEffects } from "./robustness.ts";
export type { SimultaneousStability } from "./simultaneous.ts";
export { simultaneousStability } from "./simultaneous.ts";
export type { Reached, StatusQuoAnalysis, StatusQuoOptions, Step } from "./status-quo.ts";
export { analyseStatusQuo } from "./status-quo.ts";
export type { JointMoves } from "./sweep.ts";
export * from "./types.ts";
