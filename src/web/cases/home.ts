import type { Edit } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** A case's texts as its home holds them at one time. */
export interface Held {
  readonly packed: PackedFiles;
  /** Names this state of the case to its home. */
  readonly hash: string;
  /** Of each file, by its path. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** What came of saving; `held` is the case as it is now, where that is known. */
export type Saved =
  | { readonly ok: true; readonly held: Held; readonly inverse: readonly Edit[]; readonly merged: boolean }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      readonly held?: Held;
      /** The home does not answer: nothing is known of what became of it. */
      readonly lost?: boolean;
    };

/** What came of saving a file's text. */
export type TextSaved =
  | { readonly ok: true }
  /** `changed`: somebody else changed the file; the case is shown as it is now. `lost`: its home does not answer. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly changed: boolean; readonly lost: boolean };

/** Where a case lives: a folder behind the server, or this browser. */
export interface CaseHome {
  readonly kind: "server" | "browser";
  readonly readOnly: boolean;
  /** In words for people: a path, a workspace, or the browser. */
  readonly where: string;
  /** Names it among all cases that this browser may keep unsaved edits of. */
  readonly key: string;
  /** Makes edits that were meant for `held`; where the case changed since, on what it is now, if they touch nothing that changed. */
  edit(held: Held, edits: readonly Edit[]): Promise<Saved>;
  /** Saves the whole text of a file, where it is still the one that was held. */
  saveText(held: Held, name: string, text: string): Promise<Saved>;
  /** Tells of changes by others, and of the connection, until the function that is returned is called. */
  watch(changed: (held: Held) => void, connection: (state: "lost" | "back") => void): () => void;
}
