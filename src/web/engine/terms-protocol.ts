import type { Acceptance, OpenPackage, Package } from "../../terms/index.ts";
import type { Look, PackedFiles } from "./protocol.ts";

/** What can be asked about packages, by name: what is given, and what comes back. */
export interface TermsCalls {
  evaluate: { readonly given: Evaluate; readonly back: Evaluation };
  search: { readonly given: Search; readonly back: SearchResult };
  flips: { readonly given: { readonly outcome: Package }; readonly back: readonly PartyFlips[] };
  under: { readonly given: Under; readonly back: UnderReading };
}
export type TermsCall = keyof TermsCalls;

export interface Evaluate {
  readonly pick: OpenPackage;
  /** Whether a red line that is crossed counts as a refusal. */
  readonly redLines: boolean;
}

/** What one party makes of a package. */
export interface Judged {
  readonly party: string;
  readonly role: Acceptance;
  readonly worst: number;
  readonly best: number;
  /** Its worth without agreement; null where any package is better than none. */
  readonly noDeal: number | null;
  /** Best worth over that without agreement. */
  readonly over: number | null;
  readonly accepts: "yes" | "no" | "depends";
  /** Options that cross its red lines, whether or not they count. */
  readonly redLines: Package;
  readonly shortfall: number;
  /** What is missing, by issue. */
  readonly missing: Readonly<Record<string, number>>;
  /** What each issue adds over no agreement; empty where the package cannot be had. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface Evaluation {
  /** Issues that are left open. */
  readonly open: readonly string[];
  readonly feasible: boolean;
  /** Exclusions that forbid it. */
  readonly excluded: readonly { readonly options: OpenPackage; readonly because: string | null }[];
  readonly acceptable: boolean | null;
  /** The package, or its best completion, red lines aside where they leave none; null where it cannot be had. */
  readonly outcome: Package | null;
  readonly parties: readonly Judged[];
}

export type FoundBy = "egalitarian" | "nash" | "nearest" | "utilitarian";

export interface Search {
  /** Options to which packages are held. */
  readonly lock: Package;
  readonly redLines: boolean;
  /** The package that the nearest one is near to. */
  readonly from: OpenPackage;
  /** Whether worths of different parties may be added up. */
  readonly sums: boolean;
}

export interface FoundPackage {
  readonly by: FoundBy;
  readonly outcome: Package;
  readonly utilities: readonly number[];
  /** Over no agreement, by party in the domain's order. */
  readonly over: readonly (number | null)[];
  /** Issues on which it departs from the package that the search starts from. */
  readonly changed: readonly string[];
  readonly ties: number;
  readonly exact: boolean;
}

export interface SearchResult {
  readonly exists: boolean;
  /** Packages that nobody who must accept refuses, and those that locks and red lines leave, in decimal digits. */
  readonly size: string | null;
  readonly packages: string | null;
  readonly found: readonly FoundPackage[];
  /** Why there is none. */
  readonly blocks: Blocks | null;
}

export interface Blocks {
  /** Red lines that exclude each other. */
  readonly redLines: readonly { readonly party: string; readonly issue: string; readonly options: readonly string[] }[];
  /** Parties whose values without agreement no package meets together. */
  readonly parties: readonly string[];
  /** The package that comes nearest to suiting all, and what is missing to whom. */
  readonly closest: { readonly outcome: Package; readonly parties: readonly Judged[] } | null;
  /** What would open the way: a lock or one party's red lines on an issue left aside, each alone. */
  readonly opens: readonly Opening[];
}

export type Opening =
  | { readonly kind: "lock"; readonly issue: string }
  | { readonly kind: "red-line"; readonly party: string; readonly issue: string };

/** What would turn a party's verdict on a package, each alone, the smallest move first. */
export interface PartyFlips {
  readonly party: string;
  readonly flips: readonly {
    readonly issue: string;
    /** Null where the weight of the issue moves. */
    readonly option: string | null;
    readonly value: number;
    readonly flipsAt: number;
  }[];
}

export interface Under {
  readonly reading: string | undefined;
  readonly pick: OpenPackage | undefined;
}

/** One reading: what becomes of the picked package, and the focal packages there. */
export interface UnderReading {
  readonly evaluation: Evaluation | null;
  readonly exists: boolean;
  readonly found: readonly FoundPackage[];
}

/** To the worker: first the case and how it is looked at, then questions. */
export type TermsRequest =
  | { readonly open: PackedFiles; readonly look: Look }
  | { readonly ask: number; readonly call: TermsCall; readonly given: unknown };

export type TermsReply =
  | { readonly opened: true }
  | { readonly opened: false; readonly why: string }
  | { readonly ask: number; readonly back: unknown }
  | { readonly ask: number; readonly broke: string };
