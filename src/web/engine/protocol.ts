import type { Assessment, LivePart } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";

/** The texts of a case by their path inside its folder. */
export interface PackedFiles {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

/** How a case is looked at. */
export interface Look {
  readonly reading: string | undefined;
  readonly asOf: string | undefined;
  readonly sets: readonly string[];
  readonly seed: number;
}

/** A claim as a list of claims needs it, whatever the view leaves out. */
export interface ClaimName {
  readonly id: string;
  readonly name: string;
}

/** Texts of a case that changed, by path; null where a file is gone. */
export interface ChangedFiles {
  readonly main: string;
  readonly files: Readonly<Record<string, string | null>>;
}

/**
 * To the worker: first the case, then looks at it. Results that it knew before may come with the case. Texts that change
 * replace those of the case that is open, and what they do not touch stays known.
 *
 * A look at the evidence alone is answered in parts first, each as soon as it is there. Whatever is asked drops what was asked
 * before and is not answered yet.
 */
export type Request =
  | {
      readonly open: PackedFiles;
      readonly known: readonly (readonly [key: string, value: string])[];
      /** Whether all that is wrong with the case is looked for, its readings too. */
      readonly check: boolean;
    }
  | { readonly change: ChangedFiles }
  | { readonly ask: number; readonly look: Look; readonly evidenceOnly: boolean };

/** From the worker. */
export type Reply =
  | {
      readonly opened: true;
      readonly title: string;
      readonly claims: readonly ClaimName[];
      readonly problems: readonly Problem[];
    }
  | { readonly failed: readonly Problem[] }
  | { readonly kept: readonly [key: string, value: string] }
  | { readonly step: string; readonly ask: number }
  | { readonly live: number; readonly part: LivePart }
  /** All parts of a view are there. */
  | { readonly lived: number }
  | { readonly answer: number; readonly assessment: Assessment | undefined; readonly problems: readonly Problem[] }
  | { readonly broke: string; readonly ask: number };
