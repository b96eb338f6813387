import { normalCdf, normalQuantile } from "../core/special/index.ts";
import { expectCount, invalid } from "./check.ts";
import type { Quantiles } from "./types.ts";

/**
 * How several inputs vary together: a sampler that draws them one after another, in any order, each given those before it
 * (Rosenblatt 1952, Annals of Mathematical Statistics 23, 470-472).
 *
 * Conditional sampling follows: with the first numbers of `units` kept and the others drawn afresh, the first inputs of
 * the order stay what they are and the others are drawn given them.
 */
export interface JointSampler {
  readonly dimensions: number;
  /**
   * Writes input order[i], drawn with the number units[i] in (0, 1) given inputs order[0] to order[i - 1], to
   * out[order[i]]. `order` holds each input once. Input order[i] may not depend on later numbers.
   */
  sample(order: ArrayLike<number>, units: Float64Array, out: Float64Array): void;
}

/** Inputs that know nothing of one another. */
export function independentSampler(distributions: readonly Quantiles[]): JointSampler {
  const dimensions = distributions.length;
  expectCount("number of inputs", dimensions, 1);
  function sample(order: ArrayLike<number>, units: Float64Array, out: Float64Array): void {
    for (let i = 0; i < dimensions; i++) out[order[i]!] = distributions[order[i]!]!.quantile(units[i]!);
  }
  return Object.freeze({ dimensions, sample });
}

/** How far a correlation matrix may be from symmetric, and its diagonal from 1. */
const ROUNDINGS = 1e-12;
/** Least variance that an input may have given the others: below it the matrix counts as singular. */
const LEAST_VARIANCE = 1e-10;

/**
 * Inputs with any distributions whose normal scores are correlated: a Gaussian copula (Nataf 1962; Nelsen 2006,
 * An Introduction to Copulas, section 2.3).
 *
 * The normal score of an input is the standard normal value at the same probability. Their correlation r is near the
 * rank correlation of the inputs, which is 6 / pi arcsin(r / 2).
 *
 * @param correlation of the normal scores: a symmetric, positive definite matrix with ones on its diagonal
 * @throws ParleyError where it is not
 */
export function gaussianCopula(
  distributions: readonly Quantiles[],
  correlation: readonly (readonly number[])[],
): JointSampler {
  const k = distributions.length;
  expectCount("number of inputs", k, 1);
  expectCorrelation(correlation, k);
  const matrix = Float64Array.from(correlation.flat());
  const factor = new Float64Array(k * k);
  const held = new Int32Array(k).fill(-1);
  const normals = new Float64Array(k);
  factorise(
    matrix,
    Array.from(held, (_, i) => i),
    factor,
  );

  function sample(order: ArrayLike<number>, units: Float64Array, out: Float64Array): void {
    if (differs(held, order)) {
      factorise(matrix, order, factor);
      for (let i = 0; i < k; i++) held[i] = order[i]!;
    }
    for (let i = 0; i < k; i++) {
      normals[i] = normalQuantile(units[i]!);
      let score = 0;
      for (let j = 0; j <= i; j++) score += factor[i * k + j]! * normals[j]!;
      out[order[i]!] = distributions[order[i]!]!.quantile(clamp(normalCdf(score)));
    }
  }
  return Object.freeze({ dimensions: k, sample });
}

/** A probability kept off 0 and 1, where unbounded distributions have no finite quantile. */
function clamp(p: number): number {
  const edge = 1.1102230246251565e-16;
  return Math.min(Math.max(p, edge), 1 - edge);
}

function differs(held: Int32Array, order: ArrayLike<number>): boolean {
  for (let i = 0; i < held.length; i++) if (held[i] !== order[i]) return true;
  return false;
}

/** The Cholesky factor of a correlation matrix with its rows and columns in some order. */
function factorise(matrix: Float64Array, order: ArrayLike<number>, out: Float64Array): void {
  const k = order.length;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[order[i]! * k + order[j]!]!;
      for (let l = 0; l < j; l++) rest -= out[i * k + l]! * out[j * k + l]!;
      if (i !== j) out[i * k + j] = rest / out[j * k + j]!;
      else if (rest > LEAST_VARIANCE) out[i * k + j] = Math.sqrt(rest);
      else throw invalid("correlation", "not positive definite", "correlations that can hold together");
    }
  }
}

function expectCorrelation(correlation: readonly (readonly number[])[], k: number): void {
  if (correlation.length !== k || correlation.some((row) => row.length !== k)) {
    throw invalid("correlation", `${correlation.length} rows`, `a matrix of ${k} by ${k}`);
  }
  for (const [i, row] of correlation.entries()) {
    for (const [j, value] of row.entries()) {
      const mirrored = correlation[j]?.[i] ?? Number.NaN;
      const right = i === j ? Math.abs(value - 1) <= ROUNDINGS : Math.abs(value) < 1;
      if (!right) throw invalid("correlation", value, i === j ? "1 on the diagonal" : "a number between -1 and 1");
      if (!(Math.abs(value - mirrored) <= ROUNDINGS)) throw invalid("correlation", value, "a symmetric matrix");
    }
  }
}
