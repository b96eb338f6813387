/**
 * Parley as a library: cases, engines, assessments, reports. Each engine also has a subpath of its own.
 */
export * from "./assess/index.ts";
export * from "./case/index.ts";
export { renderReport } from "./report/index.ts";
export { VERSION } from "./version.ts";
