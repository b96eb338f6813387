import { estimate, isRounding, meanEstimate, meanOf, ratioEstimate, standardError } from "./estimate.ts";
import type { UncertainInput } from "./subject.ts";
import type { Estimate, Output } from "./types.ts";

/** What one parameter does to an output. */
export interface SobolIndex {
  readonly name: string;
  /** S: share of the variance of E[Y | parameters] that would go, on average, if this parameter were known. */
  readonly first: Estimate;
  /** T: share that would stay, on average, if all others were known: its own and its part in every interaction. */
  readonly total: Estimate;
  /** (S + T) / 2: its Shapley effect where interactions are of two parameters at most. */
  readonly shapley: Estimate;
  /** S in the output's unit squared: Var(E[Y | this parameter]). */
  readonly firstVariance: Estimate;
}

/** The indices of one output. */
export interface SobolOutput {
  readonly name: string;
  /** Mean over the uncertainty of the parameters and chance. */
  readonly mean: Estimate;
  /** Variance of E[Y | parameters], chance taken out; an estimate of little may come out below 0. */
  readonly parameterVariance: Estimate;
  /** Its root, 0 where it is not above 0. */
  readonly parameterSd: Estimate;
  /** Variance of a single outcome: parameters and chance. */
  readonly outcomeVariance: number;
  /** Share of that variance that is parameters; the rest is chance. */
  readonly parameterShare: Estimate;
  /** In the order of the model. */
  readonly inputs: readonly SobolIndex[];
  /** Sum of S: 1 for a function without interactions, less with them. */
  readonly sumFirst: Estimate;
  /** Sum of T: at least 1. */
  readonly sumTotal: Estimate;
  /** Sum of (S + T) / 2: near 1 where the pairwise rule holds; above it where interactions of three or more count. */
  readonly sumShapley: Estimate;
  /** Whether that sum lies within 3 standard errors, and 0.02, of 1. */
  readonly pairwise: boolean;
  /** Whether the variance is above twice its standard error; where it is not, the indices are noise. */
  readonly resolved: boolean;
}

/** How a table of rows is laid out. */
export interface SobolShape {
  readonly rows: number;
  readonly width: number;
  readonly halves: number;
  readonly outputs: number;
  /** Replications in a half. */
  readonly count: number;
  readonly groups: number;
}

/** How far from 1 the sum of (S + T) / 2 may be though its error is smaller: what interactions of three may make. */
const PAIRWISE_SLACK = 0.02;
const THREE_ERRORS = 3;

/**
 * The indices of output w from a table of rows.
 *
 * Every estimate is a mean over rows or a ratio of two, so that its error follows from the spread of the rows (delta
 * method); the error of an index thus contains that of the variance below it.
 */
export function sobolOutput(
  table: Float64Array,
  { rows, width, halves, outputs, count, groups }: SobolShape,
  w: number,
  output: Output,
  inputs: readonly UncertainInput[],
): SobolOutput {
  const second = halves === 2 ? outputs : 0;
  const block = halves * outputs;
  const at = (row: number, which: number) => row * width + which * block + w;
  const column = () => new Float64Array(rows);

  const means = column();
  for (let n = 0; n < rows; n++) {
    const a = at(n, 0);
    const b = at(n, 1);
    means[n] = 0.25 * (table[a]! + table[a + second]! + table[b]! + table[b + second]!);
  }
  const centre = meanOf(means);

  // Products of the two halves' deviations: their mean is the variance of the expectation. Chance is what halves differ by.
  const products = column();
  const outcomes = column();
  // Both matrices together have 2 N points, one degree of freedom of which went to the mean.
  const freedom = (2 * rows) / (2 * rows - 1);
  for (let n = 0; n < rows; n++) {
    const a0 = table[at(n, 0)]!;
    const a1 = table[at(n, 0) + second]!;
    const b0 = table[at(n, 1)]!;
    const b1 = table[at(n, 1) + second]!;
    products[n] = 0.5 * freedom * ((a0 - centre) * (a1 - centre) + (b0 - centre) * (b1 - centre));
    const chance = 0.25 * count * ((a0 - a1) * (a0 - a1) + (b0 - b1) * (b0 - b1));
    outcomes[n] =
      output.indicator === true
        ? centre * (1 - centre) + (1 - 2 * centre) * (means[n]! - centre)
        : products[n]! + chance;
  }
  if (isRounding(meanOf(products), centre)) products.fill(0);
  const variance = meanOf(products);
  const outcomeVariance = meanOf(outcomes);

  const scratch = column();
  const first = column();
  const total = column();
  const both = column();
  const sums = [column(), column(), column()] as const;
  const ratio = (top: Float64Array) => ratioEstimate(top, products, variance, scratch, groups);
  const indices = inputs.map(({ name }, j): SobolIndex => {
    for (let n = 0; n < rows; n++) {
      const a = at(n, 0);
      const b = at(n, 1);
      const ab = at(n, 2 + j);
      const d0 = table[ab]! - table[a]!;
      const d1 = table[ab + second]! - table[a + second]!;
      first[n] = (0.5 * (table[b]! + table[b + second]!) - centre) * 0.5 * (d0 + d1);
      total[n] = 0.5 * d0 * d1;
      both[n] = 0.5 * (first[n]! + total[n]!);
      sums[0][n]! += first[n]!;
      sums[1][n]! += total[n]!;
      sums[2][n]! += both[n]!;
    }
    return Object.freeze({
      name,
      first: ratio(first),
      total: ratio(total),
      shapley: ratio(both),
      firstVariance: meanEstimate(first, groups),
    });
  });
  const varianceError = standardError(products, groups);
  const sd = Math.sqrt(Math.max(0, variance));
  const sumShapley = ratio(sums[2]);
  return Object.freeze({
    name: output.name,
    mean: estimate(centre, standardError(means, groups)),
    parameterVariance: estimate(variance, varianceError),
    parameterSd: estimate(sd, sd > 0 ? varianceError / (2 * sd) : 0),
    outcomeVariance,
    parameterShare: ratioEstimate(products, outcomes, outcomeVariance, scratch, groups),
    inputs: Object.freeze(indices),
    sumFirst: ratio(sums[0]),
    sumTotal: ratio(sums[1]),
    sumShapley,
    pairwise: Math.abs(sumShapley.estimate - 1) <= Math.max(PAIRWISE_SLACK, THREE_ERRORS * sumShapley.se),
    resolved: variance > 2 * varianceError,
  });
}
