import { exp, log } from "../../core/math/index.ts";
import { expectCount, invalid } from "../check.ts";

/**
 * Weights from swings: points from 0 to 100, say, for the change of each issue from its worst to its best option, the others
 * at their worst (von Winterfeldt & Edwards 1986). In the order given; they add up to 1.
 *
 * @throws ParleyError where a swing is below 0 or all are 0
 *
 * @example
 * swingWeights([100, 60, 40]); // [0.5, 0.3, 0.2]
 */
export function swingWeights(swings: readonly number[]): number[] {
  const sum = swings.reduce((total, swing) => total + swing, 0);
  for (const swing of swings)
    if (!(swing >= 0 && swing < Number.POSITIVE_INFINITY)) throw invalid("swing", swing, "0 or more");
  if (!(sum > 0)) throw invalid("swings", swings.join(", "), "one above 0");
  return swings.map((swing) => swing / sum);
}

/**
 * Weights from an order alone, the most important issue first: the centroid of all weights that keep the order (Barron &
 * Barrett 1996). Weight k of n is (1/k + ... + 1/n) / n.
 *
 * @example
 * rankOrderCentroid(2); // [0.75, 0.25]
 */
export function rankOrderCentroid(count: number): number[] {
  expectCount("number of issues", count, 1);
  const weights = new Array<number>(count);
  let sum = 0;
  for (let k = count; k >= 1; k--) {
    sum += 1 / k;
    weights[k - 1] = sum / count;
  }
  return weights;
}

/** How often more one issue matters than another: `ratio` times. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly ratio: number;
}

/** Weights from comparisons in pairs, and how far these contradict one another. */
export interface PairwiseWeights {
  /** In the order of the issues; they add up to 1. */
  readonly weights: readonly number[];
  readonly method: "eigenvector" | "geometric mean";
  /** Greatest eigenvalue of the matrix: the number of issues where the comparisons agree with one another. */
  readonly eigenvalue: number;
  readonly consistencyIndex: number;
  /** The index over that of random comparisons; above 0.1 the comparisons should be looked at again. 0 for two issues. */
  readonly consistencyRatio: number;
  /** The comparison that disagrees most with the weights, with the ratio that they imply; undefined where all agree. */
  readonly mostInconsistent: (Comparison & { readonly implied: number }) | undefined;
}

/** Mean consistency index of random matrices of 1 to 15 rows: Saaty (1980). */
const RANDOM_INDEX = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/**
 * Weights from comparing issues in pairs: the principal eigenvector of the matrix of ratios (Saaty 1980), or the geometric
 * means of its rows (Crawford & Williams 1985). Eigenvector unless asked otherwise. Every pair must be compared once.
 *
 * @throws ParleyError where a pair is missing, twice or unknown, a ratio is not above 0, or there are over 15 issues
 *
 * @example
 * pairwiseWeights(["land", "aid"], [{ first: "land", second: "aid", ratio: 3 }]).weights; // [0.75, 0.25]
 */
export function pairwiseWeights(
  issues: readonly string[],
  comparisons: readonly Comparison[],
  method: PairwiseWeights["method"] = "eigenvector",
): PairwiseWeights {
  const n = issues.length;
  if (n < 2 || n > RANDOM_INDEX.length) throw invalid("number of issues", n, `2 to ${RANDOM_INDEX.length}`);
  const matrix = matrixOf(issues, comparisons);
  const means = normalised(matrix.map((row) => exp(row.reduce((sum, ratio) => sum + log(ratio), 0) / n)));
  const principal = principalOf(matrix, means);
  const weights = method === "eigenvector" ? principal : means;
  const eigenvalue = matrix.reduce((sum, row, i) => sum + dot(row, weights) / weights[i]!, 0) / n;
  const consistencyIndex = Math.max(0, (eigenvalue - n) / (n - 1));
  const random = RANDOM_INDEX[n - 1]!;
  return {
    weights,
    method,
    eigenvalue,
    consistencyIndex,
    consistencyRatio: random === 0 ? 0 : consistencyIndex / random,
    mostInconsistent: worstOf(issues, comparisons, weights),
  };
}

function matrixOf(issues: readonly string[], comparisons: readonly Comparison[]): number[][] {
  const matrix = issues.map((_, i) => issues.map((_, j): number => (i === j ? 1 : 0)));
  for (const { first, second, ratio } of comparisons) {
    const [i, j] = [issues.indexOf(first), issues.indexOf(second)];
    if (i < 0 || j < 0 || i === j) throw invalid("comparison", `${first}, ${second}`, "two of the issues");
    if (matrix[i]![j] !== 0) throw invalid("comparison", `${first}, ${second}`, "each pair once");
    if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) throw invalid("ratio", ratio, "above 0");
    matrix[i]![j] = ratio;
    matrix[j]![i] = 1 / ratio;
  }
  for (const [i, row] of matrix.entries()) {
    const j = row.indexOf(0);
    if (j >= 0) throw invalid("comparisons", `without ${issues[i]} and ${issues[j]}`, "every pair of issues");
  }
  return matrix;
}

/** The principal eigenvector by repeated multiplication; the matrix is positive, so that it converges. */
function principalOf(matrix: readonly (readonly number[])[], start: readonly number[]): number[] {
  let vector = [...start];
  for (let step = 0; step < 1000; step++) {
    const next = normalised(matrix.map((row) => dot(row, vector)));
    const moved = Math.max(...next.map((value, i) => Math.abs(value - vector[i]!)));
    vector = next;
    if (moved < 1e-15) break;
  }
  return vector;
}

function worstOf(
  issues: readonly string[],
  comparisons: readonly Comparison[],
  weights: readonly number[],
): PairwiseWeights["mostInconsistent"] {
  let worst: PairwiseWeights["mostInconsistent"];
  let apart = 1e-9;
  for (const comparison of comparisons) {
    const implied = weights[issues.indexOf(comparison.first)]! / weights[issues.indexOf(comparison.second)]!;
    const here = Math.abs(log(comparison.ratio / implied));
    if (here <= apart) continue;
    apart = here;
    worst = { ...comparison, implied };
  }
  return worst;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
