import { normalCdf } from "../core/special/index.ts";
import { sumOf } from "./bins.ts";
import { checkVerified } from "./check.ts";
import type { Verified } from "./types.ts";

/** How forecasts of events look as a whole. */
export interface Calibration {
  readonly n: number;
  /** Mean probability said, how often the events came, and the first less the second: calibration in the large. */
  readonly meanForecast: number;
  readonly frequency: number;
  readonly bias: number;
  /** Standard error of the bias, were every probability right. */
  readonly standardError: number;
  /** Sharpness: variance of the forecasts around their mean; 0 where the same is always said. */
  readonly sharpness: number;
  /** Mean distance of the forecasts from one half, doubled: 0 where all are even odds, 1 where all are certain. */
  readonly decisiveness: number;
  /** Spiegelhalter's z, and its two-sided p value; null where every forecast is 0, 1/2 or 1. */
  readonly z: number | null;
  readonly pValue: number | null;
}

/**
 * Calibration in the large, sharpness, and a test of whether all probabilities can be right.
 *
 * Sharpness as in Murphy & Winkler (1987), Monthly Weather Review 115, 1330-1338; the test is that of Spiegelhalter (1986),
 * Statistics in Medicine 5, 421-433: the Brier score less what it would be expected to be, in standard errors. It takes
 * questions as independent, which those of one war are not.
 *
 * @throws ParleyError nothing-resolved, invalid-parameter.
 */
export function calibration(pairs: readonly Verified[]): Calibration {
  checkVerified(pairs);
  const n = pairs.length;
  const meanForecast = sumOf(pairs, ({ p }) => p) / n;
  const frequency = sumOf(pairs, ({ outcome }) => outcome) / n;
  const excess = sumOf(pairs, ({ p, outcome }) => (outcome - p) * (1 - 2 * p));
  const spread = sumOf(pairs, ({ p }) => (1 - 2 * p) * (1 - 2 * p) * p * (1 - p));
  const z = spread > 0 ? excess / Math.sqrt(spread) : null;
  return Object.freeze({
    n,
    meanForecast,
    frequency,
    bias: meanForecast - frequency,
    standardError: Math.sqrt(sumOf(pairs, ({ p }) => p * (1 - p))) / n,
    sharpness: sumOf(pairs, ({ p }) => (p - meanForecast) * (p - meanForecast)) / n,
    decisiveness: sumOf(pairs, ({ p }) => Math.abs(2 * p - 1)) / n,
    z,
    pValue: z === null ? null : 2 * normalCdf(-Math.abs(z)),
  });
}
