export { renderProblems } from "./problems.ts";
export { renderReport } from "./report.ts";
