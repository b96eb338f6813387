import { tCdf } from "../special/index.ts";
import { expectValues } from "./check.ts";
import { mean, variance } from "./moments.ts";

/** What Welch's test says of two samples. */
export interface WelchTest {
  /** Mean of the first sample less that of the second. */
  readonly difference: number;
  readonly t: number;
  /** Degrees of freedom after Welch and Satterthwaite. */
  readonly df: number;
  /** Chance of a t at least this far from 0 on either side, if the means were equal. */
  readonly pTwoSided: number;
  /** Chance of a t at least this large: small where the first mean is greater. */
  readonly pGreater: number;
  /** Chance of a t at most this large: small where the first mean is less. */
  readonly pLess: number;
}

/**
 * Welch's test whether two samples, of at least two values each, have the same mean; their variances may differ.
 *
 * Welch (1947), Biometrika 34, 28-35. Samples without any spread have the t of their difference: 0 or infinite.
 *
 * @example
 * welchT([1, 2, 3], [2, 3, 4]).t; // -1.224744871391589
 */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>): WelchTest {
  expectValues("values in the first sample", a, 2);
  expectValues("values in the second sample", b, 2);
  const difference = mean(a) - mean(b);
  const partA = variance(a) / a.length;
  const partB = variance(b) / b.length;
  const square = partA + partB;
  const t = square > 0 ? difference / Math.sqrt(square) : difference === 0 ? 0 : difference * Number.POSITIVE_INFINITY;
  const shareA = square > 0 ? partA / square : 0.5;
  const shareB = 1 - shareA;
  const df = 1 / ((shareA * shareA) / (a.length - 1) + (shareB * shareB) / (b.length - 1));
  return Object.freeze({
    difference,
    t,
    df,
    pTwoSided: Math.min(1, 2 * tCdf(-Math.abs(t), df)),
    pGreater: tCdf(-t, df),
    pLess: tCdf(t, df),
  });
}
