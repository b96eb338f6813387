/**
 * What every distribution answers. Values are frozen; functions of the same arguments give the same bits everywhere.
 */
export interface Answers {
  readonly mean: number;
  /** Standard deviation. */
  readonly sd: number;
  /** Least and greatest value, infinite where there is none. */
  readonly support: readonly [number, number];
  /** The smallest x with cdf(x) >= p; NaN unless 0 <= p <= 1. */
  quantile(p: number): number;
  /** The x that is exceeded with probability q: quantile(1 - q), but accurate for tiny q. */
  upperQuantile(q: number): number;
  /** The chance of a value of at most x. */
  cdf(x: number): number;
  /** The chance of a value above x: 1 - cdf(x), but accurate where that is tiny. */
  survival(x: number): number;
}

export interface Constant extends Answers {
  readonly kind: "constant";
  readonly value: number;
}

export interface Normal extends Answers {
  readonly kind: "normal";
}

export interface Lognormal extends Answers {
  readonly kind: "lognormal";
  /** Mean and standard deviation of the logarithm. */
  readonly mu: number;
  readonly sigma: number;
}

export interface LogitNormal extends Answers {
  readonly kind: "logitNormal";
  /** Mean and standard deviation of the log-odds. */
  readonly mu: number;
  readonly sigma: number;
}

export interface Uniform extends Answers {
  readonly kind: "uniform";
  readonly low: number;
  readonly high: number;
}

export interface Triangular extends Answers {
  readonly kind: "triangular";
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}

export interface Beta extends Answers {
  readonly kind: "beta";
  readonly alpha: number;
  readonly beta: number;
}

export interface Gamma extends Answers {
  readonly kind: "gamma";
  readonly shape: number;
  readonly scale: number;
}

export interface Exponential extends Answers {
  readonly kind: "exponential";
  readonly rate: number;
}

export interface Poisson extends Answers {
  readonly kind: "poisson";
}

export interface Mixture extends Answers {
  readonly kind: "mixture";
  readonly components: readonly Distribution[];
  /** One for each component; they add up to 1. */
  readonly weights: readonly number[];
}

export interface Truncated extends Answers {
  readonly kind: "truncated";
  /** The distribution before it was cut. */
  readonly of: Distribution;
  readonly low: number;
  readonly high: number;
}

/** An uncertain number. Made by the constructors of this folder; `kind` tells them apart. */
export type Distribution =
  | Constant
  | Normal
  | Lognormal
  | LogitNormal
  | Uniform
  | Triangular
  | Beta
  | Gamma
  | Exponential
  | Poisson
  | Mixture
  | Truncated;
