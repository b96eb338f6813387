/** An estimate with its standard error. */
export interface Measured {
  readonly value: number;
  readonly se: number;
}

/** One thing that two sides are compared on. */
export interface ComparedOutput {
  readonly id: string;
  readonly label: string;
  readonly unit: "probability" | "initial force";
  readonly a: Measured;
  readonly b: Measured;
  /** B less A; its error is that of paired differences where trajectories share their chance. */
  readonly difference: Measured;
}

/** A value that the two sides have differently; null where one of them does not have it. */
export interface ComparedInput {
  readonly path: string;
  readonly label: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** What the change of one input makes of the differences, in the order of the outputs. */
export interface InputPart {
  readonly path: string;
  readonly label: string;
  /** Null for a ratio, which has no parts that add up. */
  readonly parts: readonly (Measured | null)[];
}

/** Two simulations side by side. */
export interface ComparedSimulation {
  readonly runs: number;
  /** Whether the two share their chance, trajectory by trajectory. */
  readonly paired: boolean;
  readonly outputs: readonly ComparedOutput[];
  readonly inputs: readonly ComparedInput[];
  /** The inputs' parts of each difference, which add up to it; null where the two wars are built differently. */
  readonly attribution: { readonly runs: number; readonly inputs: readonly InputPart[] } | null;
}

/** A question's probability on the evidence alone, side by side. */
export interface ComparedQuestion {
  readonly question: string;
  readonly text: string;
  readonly hypothesis: string;
  /** Null where the side gives no probability. */
  readonly a: { readonly central: number; readonly low80: number; readonly high80: number } | null;
  readonly b: { readonly central: number; readonly low80: number; readonly high80: number } | null;
  /** B less A in decibans of log odds; the parts below add up to it. */
  readonly differenceDb: number | null;
  /** The prior and the claims whose counted weight differs, the widest first. */
  readonly parts: readonly {
    readonly id: string;
    readonly name: string;
    readonly a: number | null;
    readonly b: number | null;
    readonly differenceDb: number;
  }[];
}
