import { ParleyError } from "../core/problems/index.ts";
import { factorise } from "./cholesky.ts";

/**
 * Covariates row by row, each with its mean taken off and divided by its spread: fits then neither overflow nor depend
 * on units.
 *
 * With an intercept the first column is 1, its mean 0 and its spread 1.
 */
export interface Design {
  readonly count: number;
  /** Columns, the intercept among them. */
  readonly n: number;
  /** Row-major, count x n. */
  readonly values: Float64Array;
  readonly means: Float64Array;
  readonly spreads: Float64Array;
}

/** A row that a problem can name. */
export interface DesignRow {
  readonly called: string;
  readonly covariates: Readonly<Record<string, number>> | undefined;
}

/**
 * The design of some covariates.
 *
 * Throws `covariate-missing` where a row lacks a finite number, `covariate-collinear` where a column is constant or
 * follows from those before it.
 */
export function designOf(
  count: number,
  rowAt: (i: number) => DesignRow,
  covariates: readonly string[],
  { intercept = false } = {},
): Design {
  const first = intercept ? 1 : 0;
  const n = covariates.length + first;
  const values = new Float64Array(count * n);
  for (let i = 0; i < count; i++) {
    const row = rowAt(i);
    if (intercept) values[i * n] = 1;
    for (let k = first; k < n; k++) {
      const covariate = covariates[k - first]!;
      const value = row.covariates?.[covariate];
      if (value === undefined || !Number.isFinite(value)) {
        throw ParleyError.of("covariate-missing", { row: row.called, covariate });
      }
      values[i * n + k] = value;
    }
  }
  const means = new Float64Array(n);
  const spreads = new Float64Array(n).fill(1);
  for (let k = first; k < n; k++) standardise(values, count, n, k, means, spreads, covariates[k - first]!);
  const design = { count, n, values, means, spreads };
  const dependent = factorise(crossProducts(design), n);
  if (dependent >= first) throw ParleyError.of("covariate-collinear", { covariate: covariates[dependent - first]! });
  return design;
}

function standardise(
  values: Float64Array,
  count: number,
  n: number,
  k: number,
  means: Float64Array,
  spreads: Float64Array,
  covariate: string,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i * n + k]!;
  const mean = sum / count;
  let square = 0;
  for (let i = 0; i < count; i++) {
    const off = values[i * n + k]! - mean;
    values[i * n + k] = off;
    square += off * off;
  }
  const spread = Math.sqrt(square / count);
  // What differs by rounding alone is constant.
  if (!(spread > 1e-12 * Math.abs(mean))) throw ParleyError.of("covariate-collinear", { covariate });
  for (let i = 0; i < count; i++) values[i * n + k]! /= spread;
  means[k] = mean;
  spreads[k] = spread;
}

function crossProducts({ count, n, values }: Design): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < n; a++) {
      const x = values[i * n + a]!;
      for (let b = 0; b <= a; b++) out[a * n + b]! += x * values[i * n + b]!;
    }
  }
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) out[b * n + a] = out[a * n + b]!;
  return out;
}

/** Row times coefficients. */
export function dot({ values, n }: Pick<Design, "values" | "n">, row: number, at: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += values[row * n + k]! * at[k]!;
  return sum;
}

/**
 * Coefficients and their covariance in the units of the covariates themselves.
 *
 * An intercept takes what the means of the others add: with T the matrix of that change, T at and T covariance T'.
 */
export function inOwnUnits(
  { n, means, spreads }: Design,
  at: Float64Array,
  covariance: Float64Array,
  { intercept = false } = {},
): { readonly at: Float64Array; readonly covariance: Float64Array } {
  const out = at.map((value, k) => value / spreads[k]!);
  const half = new Float64Array(n * n);
  const whole = new Float64Array(n * n);
  const change = (a: number, k: number): number => {
    if (a === k) return 1 / spreads[a]!;
    return intercept && a === 0 ? -means[k]! / spreads[k]! : 0;
  };
  if (intercept) for (let k = 1; k < n; k++) out[0]! -= means[k]! * out[k]!;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) for (let k = 0; k < n; k++) half[a * n + b]! += change(a, k) * covariance[k * n + b]!;
  }
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) for (let k = 0; k < n; k++) whole[a * n + b]! += half[a * n + k]! * change(b, k);
  }
  return { at: out, covariance: whole };
}
