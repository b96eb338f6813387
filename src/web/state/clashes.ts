import { pathOf, stepsOf } from "../../case/edit/edits.ts";
import type { Edit, Raw } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { EditorClient } from "../engine/editor-client.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** Changes that could not be saved since somebody else had changed the same: kept until it is chosen whose stays. */

/** One field that two changed. */
export interface ClashField {
  /** Which of the edits it is. */
  readonly index: number;
  readonly path: readonly string[];
  /** What the field held when mine was made; undefined where there was nothing. */
  readonly before: Raw | undefined;
  /** Undefined where I took it away. */
  readonly mine: Raw | undefined;
  readonly theirs: Raw | undefined;
  /** What I called it otherwise, where that was the change. */
  readonly renamed: string | undefined;
}

export interface Clash {
  readonly id: number;
  /** What the change was, in words. */
  readonly what: string;
  readonly edits: readonly Edit[];
  /** The fields that both changed; none where it was refused for another reason. */
  readonly fields: readonly ClashField[];
  readonly problems: readonly Problem[];
}

export type Side = "mine" | "theirs";

let count = 0;

/** What of a refused change both sides changed, as the case is now. */
export async function clashOf(
  editor: EditorClient,
  packed: PackedFiles,
  content: Raw | undefined,
  change: Pick<Clash, "what" | "edits" | "problems">,
): Promise<Clash> {
  const { edits } = change;
  const indices: number[] = [];
  let known = 0;
  for (const index of edits.keys()) {
    // An edit of what an earlier one of them changes is judged with that one.
    const found = await editor.call("conflicts", { packed, edits: edits.slice(0, index + 1) });
    if (found.length > known) indices.push(index);
    known = found.length;
  }
  count += 1;
  return { ...change, id: count, fields: indices.map((index) => fieldOf(edits[index] as Edit, index, content)) };
}

function fieldOf(edit: Edit, index: number, content: Raw | undefined): ClashField {
  const path = "add" in edit && typeof edit.key === "number" ? stepsOf(edit.add) : pathOf(edit);
  const { expected } = edit;
  return {
    index,
    path,
    before: expected === null ? undefined : expected,
    mine: "value" in edit ? edit.value : undefined,
    theirs: at(content, path),
    renamed: "rename" in edit ? edit.to : undefined,
  };
}

function at(content: Raw | undefined, path: readonly string[]): Raw | undefined {
  let value = content;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, Raw>>)[step];
  }
  return value;
}

/** The fields of a clash as the case is now: others may have changed it once more. */
export function fieldsNow({ edits, fields }: Clash, content: Raw | undefined): readonly ClashField[] {
  return fields.map(({ index }) => fieldOf(edits[index] as Edit, index, content));
}

/**
 * The edits that make what was chosen: mine on what is there now, nothing where theirs stays, and what was not disputed as
 * it was meant.
 */
export function chosenEdits(clash: Clash, content: Raw | undefined, sides: ReadonlyMap<number, Side>): readonly Edit[] {
  const disputed = new Map(fieldsNow(clash, content).map((field) => [field.index, field]));
  return clash.edits.flatMap((edit, index): readonly Edit[] => {
    const field = disputed.get(index);
    if (field === undefined) return [edit];
    if (sides.get(index) !== "mine") return [];
    return [{ ...edit, expected: field.theirs ?? null }];
  });
}
