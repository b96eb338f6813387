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
 * what its editor saw, or that do not say what that was.
 *
 * An edit of what an earlier edit of the same batch changes is judged with that one.
 */
export function conflictsOf(files: CaseFiles, edits: readonly Edit[]): readonly Problem[] {
  const { content, problems } = readContent(files);
  if (content === undefined) return problems;
  const { raw } = content;
  const touched: (readonly string[])[] = [];
  const conflicts: Problem[] = [];
  for (const edit of edits) {
    const path = pathOf(edit);
    const known = touched.some((other) => begins(path, other));
    if (!known && !holds(raw, edit)) conflicts.push(problem("edit-conflict", { path: path.join(".") }));
    touched.push("add" in edit && typeof edit.key === "number" ? stepsOf(edit.add) : path);
  }
  return conflicts;
}

function holds(raw: Raw, edit: Edit): boolean {
  const now = (path: readonly string[]) => valueAt(raw, path) ?? null;
  if ("add" in edit && typeof edit.key === "string") {
    const parent = stepsOf(edit.add);
    // A new key disturbs nobody, as long as what it goes into is still there.
    return parent.length <= 1 || now(parent) !== null;
  }
  if (edit.expected === undefined) return false;
  const path = "add" in edit ? stepsOf(edit.add) : pathOf(edit);
  return same(now(path), edit.expected ?? null);
}

function begins(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, index) => path[index] === step);
}
