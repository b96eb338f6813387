import { z } from "zod";
import {
  type CaseFiles,
  conflictsOf,
  DEEPEST,
  type Edit,
  editData,
  type Raw,
  rawOf,
  renameEdits,
} from "../case/index.ts";
import type { Problem } from "../core/problems/index.ts";
import { pathInCase, valueAt } from "./case-path.ts";

const path = z
  .union([z.string().max(2000), z.array(z.union([z.string().max(1000), z.int().min(0)])).max(DEEPEST)])
  .describe("Keys joined by dots, as read_case tells them: claims.losses.credence; or a list of keys.");
const key = z.string().min(1).max(1000);
// What a value may be is said by the case's own schema: parley://schema/case.
const value = z.unknown().describe("What is to stand there, as JSON.");
const expected = z
  .unknown()
  .optional()
  .describe("What stands there now (for an addition to a list: the whole list); refused where it is something else.");

/** An edit as an assistant gives it: the same as those of the workbench. */
export const editInput = z.union(
  [
    z.strictObject({ set: path, value, expected }),
    z.strictObject({
      add: path.describe("The mapping or list that the entry goes into; empty for the case itself."),
      key: z.union([key, z.int().min(0)]).describe("Its key; for a list its position, from 0."),
      value,
      after: z.string().max(1000).optional().describe("The key after which it goes; at the end unless given."),
      before: z.string().max(1000).optional().describe("The key before which it goes."),
      file: z.string().max(500).optional().describe("The file of the case that it goes into, where no neighbour says."),
      expected,
    }),
    z.strictObject({ remove: path, expected }),
    z.strictObject({
      rename: path,
      to: key,
      expected,
      references: z.boolean().optional().describe("Whether what refers to it follows; true unless given."),
    }),
  ],
  { error: "expected {set, value}, {add, key, value}, {remove} or {rename, to}, and no other keys" },
);
type EditInput = z.output<typeof editInput>;

/** The edits that were meant, or what is wrong with them. */
export interface MadeOut {
  readonly edits: readonly Edit[];
  readonly problems: readonly Problem[];
}

/**
 * The edits that an assistant's words mean on a case: paths whose keys hold dots found as they are, values as a case holds
 * them, and with a rename what refers to the entry.
 *
 * Problems are of values that no case can hold, and of places that hold something else than was expected.
 */
export function editsMeant(files: CaseFiles, raw: Raw, given: readonly EditInput[], wrong: Wrong): MadeOut {
  const problems: Problem[] = [];
  const edits: Edit[] = [];
  const guarded: Edit[] = [];
  let now: Raw | undefined = raw;
  for (const [index, each] of given.entries()) {
    const held = heldOf(each);
    if (held === undefined) {
      problems.push(wrong(`edits.${index}`));
      continue;
    }
    const edit = placed(now, held);
    guarded.push(guardOf(raw, edit));
    const follows = "rename" in each && each.references !== false && "rename" in edit;
    // What a rename cannot find is for the edit itself to say.
    const steps = "rename" in edit ? stepsOf(edit.rename) : [];
    const isThere: boolean = now !== undefined && valueAt(now, steps) !== undefined;
    const all: readonly Edit[] =
      follows && isThere && now !== undefined ? renameEdits(now, steps.map(String), edit.to) : [edit];
    edits.push(...all);
    for (const one of all) now = now === undefined ? undefined : editData(now, one);
  }
  return { edits, problems: [...problems, ...conflictsOf(files, guarded)] };
}

/** Makes the problem of a value that no case can hold. */
type Wrong = (where: string) => Problem;

/** An edit with its values as a case holds them; undefined where one of them is nothing that a case can hold. */
function heldOf(given: EditInput): Edit | undefined {
  const { expected: seen, ...rest } = given;
  const expecting = seen === undefined ? {} : { expected: rawOf(seen) };
  if ("expected" in expecting && expecting.expected === undefined) return undefined;
  if ("remove" in rest) return { ...rest, ...expecting };
  if ("rename" in rest) return { rename: rest.rename, to: rest.to, ...expecting };
  const put = rawOf(rest.value);
  return put === undefined ? undefined : ({ ...rest, value: put, ...expecting } as Edit);
}

/** The edit at the path that its words mean in the case as it stands by then. */
function placed(raw: Raw | undefined, edit: Edit): Edit {
  const meant = (at: string | readonly (string | number)[]) =>
    typeof at === "string" && raw !== undefined ? (pathInCase(raw, at)?.path ?? at) : at;
  if ("set" in edit) return { ...edit, set: meant(edit.set) };
  if ("remove" in edit) return { ...edit, remove: meant(edit.remove) };
  if ("rename" in edit) return { ...edit, rename: meant(edit.rename) };
  return { ...edit, add: meant(edit.add) };
}

/** The edit as it is compared with what stands there: without an expectation it expects just that. */
function guardOf(raw: Raw, edit: Edit): Edit {
  if (edit.expected !== undefined) return edit;
  if ("add" in edit) {
    if (typeof edit.key === "number") return { ...edit, expected: valueAt(raw, stepsOf(edit.add)) ?? null };
    const path = [...stepsOf(edit.add), edit.key];
    return { set: path, value: edit.value, expected: valueAt(raw, path) ?? null };
  }
  const path = stepsOf("set" in edit ? edit.set : "remove" in edit ? edit.remove : edit.rename);
  return { ...edit, expected: valueAt(raw, path) ?? null };
}

function stepsOf(path: string | readonly (string | number)[]): readonly (string | number)[] {
  if (typeof path !== "string") return path;
  return path === "" ? [] : path.split(".");
}
