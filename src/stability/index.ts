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
export type { Model, ModelOption } from "./model.ts";
export { codeOf, compileModel, maskOf, stateLabel } from "./model.ts";
export type { Moves } from "./moves.ts";
export type { FormulaFault, ResolveOption } from "./parse-formula.ts";
export { isFormulaFault, parseFormula } from "./parse-formula.ts";
export type { Compared } from "./preferences.ts";
export { compare, UNKNOWN } from "./preferences.ts";
export * from "./types.ts";
