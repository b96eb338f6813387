export type { ReadConflict } from "./reader.ts";
export { readGmcr } from "./reader.ts";
export type { WriteGmcrOptions, WrittenConflict } from "./writer.ts";
export { writeGmcr } from "./writer.ts";
