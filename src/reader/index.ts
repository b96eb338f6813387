export { identifierOf } from "./gazetteer.ts";
export type { ReadOptions } from "./read.ts";
export { readText } from "./read.ts";
export type {
  Actor,
  Block,
  Candidate,
  Cues,
  Direction,
  FoundDate,
  FoundQuantity,
  Kind,
  KnownParty,
  Reading,
  SourceText,
} from "./types.ts";
