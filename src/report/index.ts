export { renderProblems } from "./problems.ts";
export type { ReportOptions, SectionId } from "./report.ts";
export { BRIEF_SECTIONS, NOT_FOR_THE_ROOM, renderReport, runningHead, SECTION_IDS, SECTIONS } from "./report.ts";
