import type { Edit, Raw } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { PackedFiles } from "./protocol.ts";

/** A problem with the part of the case that it stands at, where it stands at one. */
export interface PlacedProblem extends Problem {
  readonly path: string | undefined;
}

/** What the editor's worker can be asked, by name: what it is given, and what it gives back. */
export interface EditorCalls {
  /** Takes a case; gives what it holds as written, or the problems that keep its YAML from being read. */
  open: { readonly given: PackedFiles; readonly back: Opened };
  /** Makes edits and keeps what came of them; nothing is kept where they are refused. */
  apply: { readonly given: readonly Edit[]; readonly back: Applied };
  /** What edits would come to: the problems that they bring. Nothing is kept. */
  tryOut: { readonly given: readonly Edit[]; readonly back: readonly PlacedProblem[] };
  /** Edits of an older state on the state that is given: those that no longer fit are problems. */
  conflicts: {
    readonly given: { readonly packed: PackedFiles; readonly edits: readonly Edit[] };
    readonly back: readonly Problem[];
  };
  /** Everything that `parley check` says of the case that is kept, or of it with a file's text as a draft. */
  check: { readonly given: Draft | undefined; readonly back: readonly PlacedProblem[] };
  /** The part of the case that stands at a line of a file. */
  pathAt: { readonly given: { readonly file: string; readonly line: number }; readonly back: string | undefined };
  /** What is set in an address, `path=value`, as values. */
  readSets: { readonly given: readonly string[]; readonly back: readonly Setting[] };
  /** Where a part of the case stands, `file:line`; the nearest part above it where it is absent. */
  placeOf: { readonly given: string; readonly back: string | undefined };
  /** The JSON Schema of a case. */
  schema: { readonly given: undefined; readonly back: Readonly<Record<string, unknown>> };
}

export interface Setting {
  readonly path: string;
  readonly value: Raw;
}

export interface Draft {
  readonly file: string;
  readonly text: string;
}

export type Opened =
  | { readonly ok: true; readonly content: Raw }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type Applied =
  | {
      readonly ok: true;
      readonly packed: PackedFiles;
      readonly content: Raw;
      readonly inverse: readonly Edit[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type EditorCall = keyof EditorCalls;

export interface EditorRequest {
  readonly id: number;
  readonly call: EditorCall;
  readonly given: unknown;
}

export type EditorReply =
  | { readonly id: number; readonly back: unknown }
  | { readonly id: number; readonly broke: string };
