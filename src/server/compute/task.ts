import type { View } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { ShelvedCase } from "../../mcp/index.ts";
import type { Version } from "../cases/versions.ts";

/** The files of a version, as another thread is given them. */
export interface Texts {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a thread computes. */
export type Task =
  /** The assessment, as `parley assess --json` prints it. */
  | { readonly kind: "assess"; readonly texts: Texts; readonly view: View; readonly seed: number }
  /** Which inputs and answers differ between two versions, and why. */
  | { readonly kind: "diff"; readonly from: Texts; readonly to: Texts; readonly view: View; readonly seed: number }
  /** Nothing but whether the case can be simulated; the document is empty. */
  | { readonly kind: "simulable"; readonly texts: Texts; readonly view: View }
  /** What a tool for assistants answers, with the case that its input names. */
  | { readonly kind: "tool"; readonly tool: string; readonly input: unknown; readonly case: ToolCase | undefined };

/** A case as a tool sees it. */
export interface ToolCase {
  readonly shelved: ShelvedCase;
  readonly texts: Texts;
}

/** What came of it: a document and the SHA-256 of its bytes in UTF-8, or what is wrong with the case. */
export type Outcome =
  | { readonly ok: true; readonly document: string; readonly hash: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function textsOf({ main, snapshot }: Version): Texts {
  return { main, files: Object.fromEntries(snapshot.files.map(({ name, text }) => [name, text])) };
}
