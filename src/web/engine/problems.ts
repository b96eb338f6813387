import { bindDynamics, bindGraph, checkHistory } from "../../assess/index.ts";
import type { Dossier } from "../../case/index.ts";
import { checkDossier, filesInMemory, readDossier, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { PackedFiles } from "./protocol.ts";

/** All that `parley check` says of a case, each problem once, in the order in which it is found. */
export function problemsOf({ main, files }: PackedFiles): {
  readonly dossier: Dossier | undefined;
  readonly problems: readonly Problem[];
} {
  const { dossier, problems: found } = readDossier(filesInMemory(files, main));
  const problems = [...found];
  if (dossier !== undefined) {
    problems.push(...checkDossier(dossier));
    const { case: content } = viewCase(dossier);
    if (content !== undefined)
      problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems, ...checkHistory(content));
  }
  return { dossier, problems: [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()] };
}
