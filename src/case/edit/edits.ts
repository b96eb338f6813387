import type { Problem } from "../../core/problems/index.ts";
import type { Raw } from "../parse/yaml.ts";

/**
 * Where something stands in a case: keys and positions joined by dots, `claims.losses.credence`; a list of them where
 * a key holds a dot itself, as in what a reading sets.
 */
export type CasePath = string | readonly (string | number)[];

/**
 * The very bytes that an edit puts in or takes out, and where they stand, counted from the end of the entry before.
 *
 * Only an undo carries them, so that it restores the text to the byte; where they no longer fit they are passed over.
 */
export interface Written {
  readonly text: string;
  readonly offset: number;
}

interface Expecting {
  /**
   * The value that the editor saw when making the edit: at the path, or for an addition to a list the whole list. A
   * null stands for nothing there too.
   */
  readonly expected?: Raw | undefined;
}

/** Gives a path a value; what is not there is added, with the mappings on the way. */
export interface SetEdit extends Expecting {
  readonly set: CasePath;
  readonly value: Raw;
  /** What stood between the key's colon and the end of the value. */
  readonly written?: string | undefined;
}

/** Adds an entry to a mapping under a new key, or to a list at a position. */
export interface AddEdit extends Expecting {
  /** The mapping or list that the entry goes into; empty for the case itself. */
  readonly add: CasePath;
  readonly key: string | number;
  readonly value: Raw;
  /** The key after which the entry goes; at the end unless given. */
  readonly after?: string | undefined;
  /** The key before which it goes, where `after` names none. */
  readonly before?: string | undefined;
  /** The file of the case that it goes into, where no neighbour says; the one that holds its like unless given. */
  readonly file?: string | undefined;
  readonly written?: Written | undefined;
}

/** Takes an entry of a mapping or a list away. */
export interface RemoveEdit extends Expecting {
  readonly remove: CasePath;
  readonly written?: Written | undefined;
}

/** Gives an entry of a mapping another key. What refers to it elsewhere keeps the former one. */
export interface RenameEdit extends Expecting {
  readonly rename: CasePath;
  readonly to: string;
}

/** A change of a case's text that keeps its comments and its layout. */
export type Edit = SetEdit | AddEdit | RemoveEdit | RenameEdit;

/** What came of edits: the files that changed and the edits that take them back, or what kept all of them out. */
export type Edited =
  | { readonly ok: true; readonly files: ReadonlyMap<string, string>; readonly inverse: readonly Edit[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The steps of a path. */
export function stepsOf(path: CasePath): readonly string[] {
  if (typeof path !== "string") return path.map(String);
  return path === "" ? [] : path.split(".");
}

/** A path as it is shown, and as it is given back: a text unless a key holds a dot. */
export function casePath(steps: readonly string[]): CasePath {
  return steps.some((step) => step.includes(".") || step === "") ? steps : steps.join(".");
}

/** The path that an edit changes. */
export function pathOf(edit: Edit): readonly string[] {
  if ("set" in edit) return stepsOf(edit.set);
  if ("remove" in edit) return stepsOf(edit.remove);
  if ("rename" in edit) return stepsOf(edit.rename);
  return [...stepsOf(edit.add), String(edit.key)];
}
