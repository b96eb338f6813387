import type { Problem } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";
import { valueAt } from "../check/shape.ts";
import { readContent } from "../parse/dossier.ts";
import type { CaseFiles } from "../parse/files.ts";
import type { Raw } from "../parse/yaml.ts";
import { same } from "./data.ts";
import type { Edit } from "./edits.ts";
import { pathOf, stepsOf } from "./edits.ts";

/**
 * The edits that cannot be made in good faith on a case that changed since they were: those whose path no longer holds
 * what its editor saw. That is what an edit says that it expects; where it says nothing, what the case held that it was
 * made of; where that is not known either, the edit is one of them.
 *
 * An edit of what an earlier edit of the same batch changes is judged with that one.
 */
export function conflictsOf(files: CaseFiles, edits: readonly Edit[], base?: CaseFiles): readonly Problem[] {
  const { content, problems } = readContent(files);
  if (content === undefined) return problems;
  const { raw } = content;
  const before = base === undefined ? undefined : readContent(base).content?.raw;
  const touched: (readonly string[])[] = [];
  const conflicts: Problem[] = [];
  for (const edit of edits) {
    const path = pathOf(edit);
    const known = touched.some((other) => begins(path, other));
    if (!known && !holds(raw, edit, before)) conflicts.push(problem("edit-conflict", { path: path.join(".") }));
    touched.push("add" in edit && typeof edit.key === "number" ? stepsOf(edit.add) : path);
  }
  return conflicts;
}

function holds(raw: Raw, edit: Edit, before: Raw | undefined): boolean {
  const now = (path: readonly string[]) => valueAt(raw, path) ?? null;
  if ("add" in edit && typeof edit.key === "string") {
    const parent = stepsOf(edit.add);
    // A new key disturbs nobody, as long as what it goes into is still there.
    return parent.length <= 1 || now(parent) !== null;
  }
  const path = "add" in edit ? stepsOf(edit.add) : pathOf(edit);
  if (edit.expected !== undefined) return same(now(path), edit.expected ?? null);
  return before !== undefined && same(now(path), valueAt(before, path) ?? null);
}

function begins(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, index) => path[index] === step);
}
