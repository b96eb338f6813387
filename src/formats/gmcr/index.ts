export type { ReadConflict } from "./reader.ts";
export { readGmcr } from "./reader.ts";
export type { GmcrCaseOptions } from "./to-case.ts";
export { gmcrToCase } from "./to-case.ts";
export type { WriteGmcrOptions, WrittenConflict } from "./writer.ts";
export { writeGmcr } from "./writer.ts";
