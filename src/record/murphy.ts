import { type Binning, binned, sumOf } from "./bins.ts";
import { checkVerified } from "./check.ts";
import type { Verified } from "./types.ts";

/** The parts of a mean Brier score: `brier = reliability - resolution + uncertainty + withinVariance - withinCovariance`. */
export interface Decomposition {
  readonly n: number;
  readonly bins: number;
  readonly brier: number;
  /** How far what is said is from what then happens, bin by bin; 0 is best. */
  readonly reliability: number;
  /** How far what happens differs between bins; the more the better. */
  readonly resolution: number;
  /** The score of always saying the overall frequency: the questions' affair, not the forecaster's. */
  readonly uncertainty: number;
  /** Spread of forecasts inside their bins; 0 where each bin holds a single value. */
  readonly withinVariance: number;
  /** Twice the covariance of forecast and outcome inside bins; 0 where each bin holds a single value. */
  readonly withinCovariance: number;
  /** What is said on average, and how often it comes. */
  readonly meanForecast: number;
  readonly frequency: number;
}

/**
 * Murphy's decomposition of the mean Brier score of probabilities of an event.
 *
 * Murphy (1973), Journal of Applied Meteorology 12, 595-600, holds for forecasts of distinct values, the default. In bins
 * of several values it leaves two terms out: variance and covariance within bins, which Stephenson, Coelho & Jolliffe
 * (2008), Weather and Forecasting 23, 752-757, add, so that the sum is exact for any bins. Few questions make reliability
 * look worse and resolution better than they are (Broecker 2012, Climate Dynamics 39, 655-667): with as many bins as
 * questions it says nothing.
 *
 * @throws ParleyError nothing-resolved, invalid-parameter.
 *
 * @example
 * murphy([{ p: 0.8, outcome: 1 }, { p: 0.8, outcome: 0 }]).reliability; // 0.09
 */
export function murphy(pairs: readonly Verified[], binning: Binning = "distinct"): Decomposition {
  checkVerified(pairs);
  const n = pairs.length;
  const frequency = sumOf(pairs, ({ outcome }) => outcome) / n;
  const bins = binned(pairs, binning);
  let reliability = 0;
  let resolution = 0;
  let withinVariance = 0;
  let withinCovariance = 0;
  for (const { pairs: inside } of bins) {
    // A bin of one value has it as its mean, to the last bit.
    const single = inside[0]!.p === inside.at(-1)!.p;
    const said = single ? inside[0]!.p : sumOf(inside, ({ p }) => p) / inside.length;
    const came = sumOf(inside, ({ outcome }) => outcome) / inside.length;
    reliability += inside.length * (said - came) * (said - came);
    resolution += inside.length * (came - frequency) * (came - frequency);
    withinVariance += sumOf(inside, ({ p }) => (p - said) * (p - said));
    withinCovariance += 2 * sumOf(inside, ({ p, outcome }) => (p - said) * (outcome - came));
  }
  return Object.freeze({
    n,
    bins: bins.length,
    brier: sumOf(pairs, ({ p, outcome }) => (p - outcome) * (p - outcome)) / n,
    reliability: reliability / n,
    resolution: resolution / n,
    uncertainty: frequency * (1 - frequency),
    withinVariance: withinVariance / n,
    withinCovariance: withinCovariance / n,
    meanForecast: sumOf(pairs, ({ p }) => p) / n,
    frequency,
  });
}
