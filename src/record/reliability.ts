import { createStream, purpose } from "../core/random/index.ts";
import { quantileSorted } from "../core/stats/index.ts";
import { type Bin, type Binning, binned, sumOf } from "./bins.ts";
import { checkVerified } from "./check.ts";
import type { Verified } from "./types.ts";

const PURPOSE = purpose("RELI");
const RESAMPLES = 1000;
const LEVEL = 0.9;

export interface ReliabilityOptions {
  /** Ten bins of equal width unless given. */
  readonly binning?: Binning | undefined;
  /** How much of what a reliable forecaster would show lies in a band; 0.9 unless given. */
  readonly level?: number | undefined;
  /** 1000 unless given. */
  readonly resamples?: number | undefined;
  /** A whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
}

/** A point of a reliability diagram. */
export interface ReliabilityPoint {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** The mean probability in the bin, and how often the event came. */
  readonly said: number;
  readonly came: number;
  /** Where the frequency would lie, were the forecasts reliable; null where no resample fell into the bin. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

export interface ReliabilityDiagram {
  readonly n: number;
  readonly points: readonly ReliabilityPoint[];
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
  readonly method: string;
}

/**
 * A reliability diagram with consistency bars: for each bin what was said, how often it came, and the range in which that
 * frequency would lie if the forecasts were reliable.
 *
 * Broecker & Smith (2007), Weather and Forecasting 22, 651-661: forecasts are drawn anew from those that were made, with
 * an outcome each that comes with the probability said; the band holds the central share (`level`) of the bin's
 * frequencies. A point inside its band is no evidence against the forecaster; one of ten lies outside a 90 % band by
 * chance. The order of the pairs does not matter.
 *
 * @throws ParleyError nothing-resolved, invalid-parameter.
 */
export function reliabilityDiagram(pairs: readonly Verified[], options: ReliabilityOptions = {}): ReliabilityDiagram {
  const { binning = { width: 10 }, level = LEVEL, resamples = RESAMPLES, seed = 1 } = options;
  checkVerified(pairs);
  const bins = binned(pairs, binning);
  const frequencies = consistent(bins, resamples, seed);
  const points = bins.map(({ from, to, pairs: inside }, k): ReliabilityPoint => {
    const sorted = Float64Array.from(frequencies[k]!).sort();
    const at = (share: number) => quantileSorted(sorted, share);
    return {
      from,
      to,
      n: inside.length,
      said: sumOf(inside, ({ p }) => p) / inside.length,
      came: sumOf(inside, ({ outcome }) => outcome) / inside.length,
      band: sorted.length === 0 ? null : { low: at((1 - level) / 2), high: at((1 + level) / 2) },
    };
  });
  const method = "consistency resampling (Broecker & Smith 2007)";
  return Object.freeze({ n: pairs.length, points, level, resamples, seed, method });
}

/** For each bin the frequencies that reliable forecasts would show, one for each resample that falls into it. */
function consistent(bins: readonly Bin[], resamples: number, seed: number): number[][] {
  const stream = createStream(seed, PURPOSE);
  // Each forecast knows its bin: a drawn one falls where it fell.
  const drawn = bins.flatMap(({ pairs }, k) => pairs.map(({ p }) => ({ p, k })));
  const out: number[][] = bins.map(() => []);
  const there = new Float64Array(bins.length);
  const came = new Float64Array(bins.length);
  for (let r = 0; r < resamples; r++) {
    there.fill(0);
    came.fill(0);
    for (let i = 0; i < drawn.length; i++) {
      const { p, k } = drawn[Math.floor(stream.uniform(2 * i, 0, r) * drawn.length)]!;
      there[k]! += 1;
      if (stream.uniform(2 * i + 1, 0, r) < p) came[k]! += 1;
    }
    for (let k = 0; k < bins.length; k++) if (there[k]! > 0) out[k]!.push(came[k]! / there[k]!);
  }
  return out;
}
