import type { Assessment } from "../../assess/index.ts";
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

/** To the worker: first the case, then looks at it. Results that it knew before may come with the case. */
export type Request =
  | { readonly open: PackedFiles; readonly known: readonly (readonly [key: string, value: string])[] }
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
  | { readonly answer: number; readonly assessment: Assessment | undefined; readonly problems: readonly Problem[] }
  | { readonly broke: string; readonly ask: number };
