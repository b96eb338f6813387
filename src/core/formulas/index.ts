export type { Formula, Pattern } from "./formula.ts";
export {
  and,
  formulaText,
  holds,
  MOST_PATTERNS,
  mutuallyExclusive,
  noneOf,
  not,
  ofPattern,
  optionsOf,
  or,
  patternsOf,
  takes,
} from "./formula.ts";
export type { FormulaFault, ResolveOption } from "./parse.ts";
export { isFormulaFault, parseFormula } from "./parse.ts";
