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
