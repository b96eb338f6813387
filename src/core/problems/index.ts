export { nearest } from "./near.ts";
export type { Place, Problem, Severity } from "./problem.ts";
export { byPosition, formatProblem, isControl, NOWHERE, oneLine, ParleyError, problem } from "./problem.ts";
export { suggestionOf } from "./suggest.ts";
export type { ProblemArguments, ProblemCode } from "./words.ts";
export { yamlWords } from "./yaml-words.ts";
