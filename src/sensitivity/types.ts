/**
 * Which replications of a stochastic function to run: `count` of them from trajectory `first` on, all of seed `seed`.
 *
 * The same object is handed over again and again: read it, do not keep it.
 */
export interface Chance {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}

/**
 * A function of parameters: writes to `out`, for each output, the mean over the replications that `chance` names.
 *
 * It must be pure: the same parameters, seed and trajectory give the same outcome whoever asks, and no two trajectories
 * share chance. A deterministic function takes no notice of `chance`. Neither array may be kept or, for `parameters`,
 * written to.
 */
export type Evaluate = (parameters: Float64Array, chance: Chance, out: Float64Array) => void;

/** What an uncertain parameter must answer: its quantile at 0 < p < 1. Every distribution of core/ does. */
export interface Quantiles {
  quantile(p: number): number;
}

/** One place of the function's vector of parameters. */
export interface Parameter {
  readonly name: string;
  /** What is known of it; without one, or with a constant, it stays at its value. */
  readonly distribution?: Quantiles | undefined;
  /** Its central value, in the function's unit; the median of the distribution unless given. */
  readonly value?: number | undefined;
  /** The index under which its chance is drawn; its place unless given. Two parameters may not share one. */
  readonly address?: number | undefined;
}

/** One output of the function. */
export interface Output {
  readonly name: string;
  /** Whether each replication gives 0 or 1, so that the output is a probability; false unless given. */
  readonly indicator?: boolean | undefined;
}

/** A function to be analysed, with the names of what goes in and comes out. */
export interface Model {
  readonly parameters: readonly Parameter[];
  readonly outputs: readonly Output[];
  readonly evaluate: Evaluate;
  /**
   * The same for single replications: writes output w of replication i to out[i * outputs + w]. Spares what `evaluate`
   * does once a call where single replications are wanted; `evaluate` with count 1 stands in where it is absent.
   */
  readonly evaluateEach?: Evaluate | undefined;
  /** Whether chance plays no part; false unless given. */
  readonly deterministic?: boolean | undefined;
}

/** An estimate with its Monte Carlo standard error, in the same unit. */
export interface Estimate {
  readonly estimate: number;
  readonly se: number;
}

/**
 * Where the parameters that are not touched stand: at their central values, or drawn afresh with each trajectory
 * (`prior`), which gives results under the uncertainty of all of them.
 */
export type Background = "central" | "prior";

/**
 * Work cut into rows that need nothing of one another: whoever evaluates them, wherever and in whatever order, `merge`
 * takes the whole table in order of rows and gives the same bits.
 *
 * A worker makes the same plan from the same model and options, and evaluates the rows that it is told.
 */
export interface Plan<Result> {
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** Replications of the function in a row: the cost. */
  readonly replications: number;
  /** Writes a row's `width` numbers to `out` from `at` (0 unless given) on. */
  evaluate(row: number, out: Float64Array, at?: number): void;
  /** The result from the first rows, in their order, `width` numbers each: all rows, or fewer for an interim result. */
  merge(table: Float64Array): Result;
}
