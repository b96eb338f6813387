import type { Problem } from "../../core/problems/index.ts";
import { nearest, ParleyError, problem } from "../../core/problems/index.ts";
import { valueAt } from "../check/shape.ts";
import { readContent } from "../parse/dossier.ts";
import type { CaseFiles } from "../parse/files.ts";
import type { Raw } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import { editData, same } from "./data.ts";
import type { Edit, Edited } from "./edits.ts";
import { pathOf, stepsOf } from "./edits.ts";
import { Texts } from "./homes.ts";
import { perform } from "./perform.ts";

/**
 * Edits a case's text: each change touches the lines of what it changes, and leaves comments, blank lines, quotes, line
 * ends and layout elsewhere byte for byte.
 *
 * What comes out is read again and must hold exactly the edited content, over all included files; else nothing is
 * changed and the problems say why. The inverse edits, applied in their order, bring back the former text.
 *
 * @example
 * const files = filesInMemory({ "case.yaml": "parley: 1\ntitle: A case # so far\n" });
 * const edited = applyEdits(files, [{ set: "title", value: "The case" }]);
 * edited.ok && edited.files.get("case.yaml"); // "parley: 1\ntitle: The case # so far\n"
 */
export function applyEdits(files: CaseFiles, edits: readonly Edit[]): Edited {
  const { content, problems } = readContent(files);
  if (content === undefined) return { ok: false, problems };
  const first = Texts.of(files, new Set([...content.inside.values()].filter((name) => isReadable(files, name))));
  let { texts } = first;
  let raw: Raw = content.raw;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const wanted: Raw | undefined = isForbidden(edit) ? undefined : editData(raw, edit);
    if (wanted === undefined) return refused(fault(raw, edit), first.problems);
    const done = perform({ texts, raw }, edit);
    if (done === undefined) return refused(problem("edit-closed", { path: shown(edit) }), first.problems);
    texts = done.texts;
    raw = wanted;
    inverse.unshift(...done.inverse);
  }
  const changed = texts.since(first.texts);
  const after = readContent(overlaid(files, changed));
  if (!same(after.content?.raw, raw)) {
    const paths = edits.map(shown).join(", ");
    return refused(problem("edit-closed", { path: paths }), after.problems);
  }
  return { ok: true, files: changed, inverse };
}

/** The files of a case with some of them as texts instead. */
export function overlaid(files: CaseFiles, texts: ReadonlyMap<string, string>): CaseFiles {
  const encoder = new TextEncoder();
  return {
    main: files.main,
    label: (path) => files.label(path),
    read(path) {
      const text = texts.get(path);
      return text === undefined ? files.read(path) : encoder.encode(text);
    },
  };
}

function isReadable(files: CaseFiles, name: string): boolean {
  try {
    files.read(name);
    return true;
  } catch (error) {
    if (error instanceof ParleyError) return false;
    throw error;
  }
}

/** Which files a case has is for its text to say, and a name that programs would trip over is none. */
function isForbidden(edit: Edit): boolean {
  const path = "rename" in edit ? [...pathOf(edit), edit.to] : pathOf(edit);
  return path[0] === "include" || path[1] === "include" || path.length === 0;
}

function fault(raw: Raw, edit: Edit): Problem {
  if ("rename" in edit && valueAt(raw, pathOf(edit)) !== undefined) {
    return problem("edit-taken", { path: [...pathOf(edit).slice(0, -1), edit.to].join(".") });
  }
  if ("add" in edit && valueAt(raw, pathOf(edit)) !== undefined) return problem("edit-taken", { path: shown(edit) });
  const path = "add" in edit ? stepsOf(edit.add) : pathOf(edit);
  const beside = valueAt(raw, path.slice(0, -1));
  const near = isMapping(beside) ? nearest(path.at(-1) ?? "", Object.keys(beside)) : undefined;
  return problem("edit-unknown", { path: path.join("."), near: near === path.at(-1) ? undefined : near });
}

function shown(edit: Edit): string {
  return pathOf(edit).join(".");
}

/** The refusal, with what keeps a file of the case from being read at all: it is likely the reason. */
function refused(why: Problem, others: readonly Problem[]): Edited {
  return { ok: false, problems: [why, ...others.filter(({ severity }) => severity === "error")] };
}
