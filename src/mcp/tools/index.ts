import type { Tool } from "../tool.ts";
import { addDrafts } from "./add-drafts.ts";
import { assessCase } from "./assess-case.ts";
import { checkCase } from "./check-case.ts";
import { draftClaims } from "./draft-claims.ts";
import { editCase } from "./edit-case.ts";
import { evaluatePackage } from "./evaluate-package.ts";
import { explainFigure } from "./explain-figure.ts";
import { listCases } from "./list-cases.ts";
import { newCase } from "./new-case.ts";
import { pullLevers } from "./pull-levers.ts";
import { readCase } from "./read-case.ts";
import { searchPackages } from "./search-packages.ts";
import { undoWrite } from "./undo-write.ts";
import { weighEvidence } from "./weigh-evidence.ts";

/** All tools, in the order in which an assistant is told of them. */
export const TOOLS: readonly Tool[] = [
  listCases,
  readCase,
  checkCase,
  assessCase,
  weighEvidence,
  explainFigure,
  evaluatePackage,
  searchPackages,
  pullLevers,
  draftClaims,
  addDrafts,
  editCase,
  newCase,
  undoWrite,
];
