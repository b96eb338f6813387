export type { Template } from "../case/templates.ts";
export type {
  CaseList,
  CaseMade,
  CaseRecord,
  CaseState,
  CaseSummary,
  EditsMade,
  Refusal,
  TextSaved,
  WholeCase,
} from "./answers.ts";
export { refuse, stateOf, summary } from "./answers.ts";
export type { BodyLimits, WorkbenchOptions } from "./app.ts";
export { workbenchApi } from "./app.ts";
export { nameFor, textsOfRequest } from "./changes.ts";
export { hostsOf, KEY_HEADER, newKey, ownHostOnly, strictHeaders } from "./guard.ts";
export type { CaseRequest } from "./requests.ts";
export { bodyOf, caseRequest, editsRequest, textRequest } from "./requests.ts";
export { shapeProblems } from "./shape.ts";
export type { CaseText, Snapshot } from "./snapshot.ts";
export { filesOf, hashOf, isYaml, Snapshots } from "./snapshot.ts";
export type { CaseStore, StoredCase } from "./store.ts";
