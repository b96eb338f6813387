/** What an uncertain number must answer: its quantile at 0 < p < 1. Every distribution of core/ does. */
export interface Quantiles {
  quantile(p: number): number;
}

/** A number that is known, or one of which only a distribution is; its median stands for it where one figure is wanted. */
export type Uncertain = number | Quantiles;

/** Something the parties negotiate: a package picks one of its options. */
export interface Issue {
  readonly name: string;
  readonly options: readonly string[];
  /** Whether the options stand in a natural order; false unless given. */
  readonly ordered?: boolean | undefined;
  /** What each option measures, in the issue's unit, for utilities that are functions of a number; its place unless given. */
  readonly numbers?: readonly number[] | undefined;
}

/** How much an option of one issue is worth. */
export type OptionValues =
  /** A value for each option, by name. */
  | { readonly kind: "table"; readonly values: Readonly<Record<string, Uncertain>> }
  /** intercept + slope x, where x is the option's number. */
  | { readonly kind: "affine"; readonly slope: number; readonly intercept?: number | undefined }
  /** Straight lines between the points [number, value], which rise in the first; constant beyond the ends. */
  | { readonly kind: "piecewise"; readonly points: readonly (readonly [number, number])[] };

/** What one issue contributes to a utility: weight times value. */
export interface IssueValue {
  readonly weight: Uncertain;
  readonly values: OptionValues;
}

/** Worth of combinations of options: one level of names for each issue in `over`. What is left out adds nothing. */
export interface InteractionTable {
  readonly over: readonly string[];
  readonly values: NestedValues;
  /** Factor of all its values, 1 unless given. */
  readonly weight?: Uncertain | undefined;
}

export interface NestedValues {
  readonly [option: string]: Uncertain | NestedValues;
}

/** Options from the number `low` to the number `high` of an issue, both included. */
export interface Bound {
  readonly issue: string;
  readonly low: number;
  readonly high: number;
}

/**
 * A reward for packages within bounds on several issues (Ito, Hattori & Klein 2007).
 *
 * `includes` pays where all bounds hold, `excludes` where at least one is violated; no bounds: always.
 */
export interface HyperRectangle {
  readonly utility: number;
  readonly kind: "includes" | "excludes";
  readonly bounds: readonly Bound[];
}

/**
 * What a package is worth to a party: min(cap, (bias + issues + tables + rectangles) / divisor).
 *
 * Issues that are left out do not matter to the party.
 */
export interface Utility {
  readonly bias?: number | undefined;
  readonly issues?: Readonly<Record<string, IssueValue>> | undefined;
  readonly tables?: readonly InteractionTable[] | undefined;
  readonly rectangles?: readonly HyperRectangle[] | undefined;
  /** 1 unless given. */
  readonly divisor?: number | undefined;
  /** No limit unless given. */
  readonly cap?: number | undefined;
}

/** An option for each issue, by name. */
export type Package = Readonly<Record<string, string>>;

/** A package that may leave things open: a list of options, or an issue left out, is open. */
export type OpenPackage = Readonly<Record<string, string | readonly string[]>>;

/**
 * What a party gets without agreement, on the scale of its utility: a number, a distribution, or what a package is worth
 * to it. Without one it would rather have any package than none.
 */
export type Reservation = Uncertain | { readonly package: Package };

/**
 * `required` parties bargain and must accept; those that `ratify` must accept, but do not bargain, so that efficiency and
 * solutions are not theirs (Putnam 1988); `none` are asked for nothing, only what a package is worth to them is told.
 */
export type Acceptance = "required" | "ratifies" | "none";

/** Utility shrinks by `factor` to the power of the time passed, counted by `clock`. */
export interface Discount {
  readonly factor: number;
  /** The unit of time: the whole time to the deadline, or a step of the protocol. */
  readonly clock: "deadline" | "step";
  /** Whether the reservation value shrinks alike; false unless given. */
  readonly reservation?: boolean | undefined;
}

export interface Party {
  readonly name: string;
  readonly utility: Utility;
  readonly reservation?: Reservation | undefined;
  /** `required` unless given. */
  readonly accepts?: Acceptance | undefined;
  /** Options that the party accepts in no package, by issue. */
  readonly redLines?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly discount?: Discount | undefined;
}

/** Options that cannot go together: a package that has one of the options of every issue named is infeasible. */
export type Exclusion = Readonly<Record<string, string | readonly string[]>>;

/** What is negotiated and by whom. */
export interface Domain {
  readonly name?: string | undefined;
  readonly issues: readonly Issue[];
  readonly parties: readonly Party[];
  readonly exclusions?: readonly Exclusion[] | undefined;
}
