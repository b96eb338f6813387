import { ParleyError } from "../problems/index.ts";
import { normalCdf, normalQuantile } from "../special/index.ts";
import { expectLevel, expectValues } from "./check.ts";
import { quantileSorted } from "./quantile.ts";

/** A line through points, by the median of their slopes. */
export interface TheilSenLine {
  readonly slope: number;
  /** Median of y - slope x. */
  readonly intercept: number;
  /** Confidence interval of the slope. */
  readonly low: number;
  readonly high: number;
}

/**
 * Theil-Sen line through at least two points: the median of the slopes between all pairs with different x.
 *
 * Theil (1950), Indagationes Mathematicae 12; Sen (1968), Journal of the American Statistical Association 63,
 * 1379-1389. The interval (95 % unless given) is Sen's, from the normal approximation of Kendall's S with ties; its
 * ends are slopes of pairs, the outer ones where the approximation falls between two.
 *
 * @example
 * theilSen([1, 2, 3, 4], [2, 4, 6, 9]).slope; // 2.166666666666667
 */
export function theilSen(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): TheilSenLine {
  expectValues("values of x", x, 2);
  expectValues("values of y", y, 2);
  expectLevel(level);
  if (x.length !== y.length) {
    throw ParleyError.of("invalid-parameter", {
      name: "number of values of y",
      value: y.length,
      expected: `${x.length}, one for each x`,
    });
  }
  const slopes = slopesOfPairs(x, y);
  if (slopes.length === 0) {
    throw ParleyError.of("invalid-parameter", { name: "x", value: x[0]!, expected: "at least two different values" });
  }
  const slope = quantileSorted(slopes, 0.5);
  const rests = Float64Array.from(x, (at, i) => y[i]! - slope * at).sort();
  const width = normalQuantile(0.5 + 0.5 * level) * Math.sqrt(varianceOfScore(x, y));
  const outer = Math.max(1, Math.floor((slopes.length - width) / 2));
  return Object.freeze({
    slope,
    intercept: quantileSorted(rests, 0.5),
    low: slopes[outer - 1]!,
    high: slopes[slopes.length - outer]!,
  });
}

/** The slopes between all pairs of points with different x, in rising order. */
function slopesOfPairs(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      // Adding 0 makes a level pair 0, not -0, whichever of its points comes first.
      if (x[i] !== x[j]) slopes[count++] = (y[j]! - y[i]!) / (x[j]! - x[i]!) + 0;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** What the Mann-Kendall test says of a series. */
export interface MannKendallTest {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** Variance of s without a trend, corrected for ties. */
  readonly variance: number;
  /** Normal score of s, one step nearer to 0 for continuity; 0 where s is 0. */
  readonly z: number;
  /** Chance of an s at least this large without a trend: small where values rise. */
  readonly pRising: number;
  /** Chance of an s at most this large without a trend: small where values fall. */
  readonly pFalling: number;
  readonly pTwoSided: number;
}

/**
 * Mann-Kendall test whether at least two values, in order of time, tend to rise or to fall.
 *
 * Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods, for ties. Normal approximation with
 * continuity correction, in each one-sided chance on its own side. Values are taken as independent.
 *
 * @example
 * mannKendall([1, 3, 2, 4, 5]).s; // 8
 */
export function mannKendall(values: ArrayLike<number>): MannKendallTest {
  expectValues("values", values, 2);
  let s = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) s += Math.sign(values[j]! - values[i]!);
  }
  const variance = scoreVariance(values.length, tieSizes(values), []);
  const score = (steps: number) => (variance > 0 ? steps / Math.sqrt(variance) : 0);
  const z = s === 0 ? 0 : score(s - Math.sign(s));
  // Without a variance all values are equal, and s is what it must be.
  const certain = variance === 0;
  return Object.freeze({
    s,
    variance,
    z,
    pRising: certain ? 1 : normalCdf(-score(s - 1)),
    pFalling: certain ? 1 : normalCdf(score(s + 1)),
    pTwoSided: certain ? 1 : 2 * normalCdf(-Math.abs(z)),
  });
}

/** Variance of Kendall's S of two rankings, for ties in either. */
function varianceOfScore(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return scoreVariance(x.length, tieSizes(y), tieSizes(x));
}

/** Kendall (1975), equation 4.4: ties in one ranking of sizes t, in the other of sizes u. */
function scoreVariance(n: number, t: readonly number[], u: readonly number[]): number {
  const cubic = (sizes: readonly number[]) => sizes.reduce((sum, k) => sum + k * (k - 1) * (2 * k + 5), 0);
  const triples = (sizes: readonly number[]) => sizes.reduce((sum, k) => sum + k * (k - 1) * (k - 2), 0);
  const pairs = (sizes: readonly number[]) => sizes.reduce((sum, k) => sum + k * (k - 1), 0);
  const main = (n * (n - 1) * (2 * n + 5) - cubic(t) - cubic(u)) / 18;
  const both = n > 2 ? (triples(t) * triples(u)) / (9 * n * (n - 1) * (n - 2)) : 0;
  return main + both + (pairs(t) * pairs(u)) / (2 * n * (n - 1));
}

/** How many values share each value that occurs more than once. */
function tieSizes(values: ArrayLike<number>): readonly number[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < values.length; i++) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}
