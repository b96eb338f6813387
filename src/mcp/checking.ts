import { bindDynamics, bindGraph, checkHistory } from "../assess/index.ts";
import { type CaseFiles, checkDossier, listUngrounded, readDossier, type View, viewCase } from "../case/index.ts";
import { byPosition, type Problem } from "../core/problems/index.ts";

/** Every problem of a case by its place, each once: of its text, of what it says, of how it is looked at. */
export function problemsIn(
  files: CaseFiles,
  view: View,
  { provenance = false }: { readonly provenance?: boolean | undefined } = {},
): readonly Problem[] {
  const { dossier, problems: reading } = readDossier(files);
  const problems: Problem[] = [...reading];
  if (dossier !== undefined) {
    problems.push(...checkDossier(dossier));
    const { case: content, problems: seen } = viewCase(dossier, view);
    problems.push(...seen);
    if (content !== undefined)
      problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems, ...checkHistory(content));
    if (provenance) problems.push(...listUngrounded(dossier));
  }
  return byPosition([...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]);
}

/** The errors of a changed case that the case had not before; where they stand does not count, since lines move. */
export function newErrors(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const known = new Map<string, number>();
  for (const each of before) known.set(kindOf(each), (known.get(kindOf(each)) ?? 0) + 1);
  return after.filter((each) => {
    if (each.severity !== "error") return false;
    const left = known.get(kindOf(each)) ?? 0;
    known.set(kindOf(each), left - 1);
    return left <= 0;
  });
}

function kindOf({ code, severity, message, hint }: Problem): string {
  return JSON.stringify([code, severity, message, hint]);
}
