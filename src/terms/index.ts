export { checkDomain, checkPackage } from "./check.ts";
export type { CompiledDomain } from "./compile.ts";
export { compileDomain, isFeasible, utilities } from "./compile.ts";
export * from "./types.ts";
export type { LinearProgram, ProgramAnswer, SolveProgram } from "./program.ts";
