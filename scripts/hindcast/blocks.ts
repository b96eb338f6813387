import { ParleyError } from "../../src/core/problems/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { mean, quantileSorted } from "../../src/core/stats/index.ts";

const PURPOSE = purpose("BLOK");
const LEVEL = 0.95;
/** Whole blocks below which no interval is given: too few to be drawn from. */
export const FEWEST_BLOCKS = 4;

/** The mean of a series with a percentile interval; null ends where there are too few blocks. */
export interface BlockInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly count: number;
}

/**
 * The mean of values in the order of time with a percentile interval by the moving-block bootstrap: stretches of `length`
 * values that follow one another are drawn with replacement until there are as many values as there were (the last one cut).
 *
 * Künsch (1989), Annals of Statistics 17, 1217-1241; the last value is followed by the first (Politis & Romano 1992), so that
 * those at the ends are drawn as often as the others. What lies further apart than a block is taken to be independent.
 *
 * @throws ParleyError invalid-parameter for no values, or a length that is no whole number from 1
 */
export function movingBlocks(
  values: readonly number[],
  length: number,
  resamples: number,
  seed: number,
): BlockInterval {
  const count = values.length;
  if (count === 0 || !values.every(Number.isFinite)) {
    throw ParleyError.of("invalid-parameter", { name: "values", value: count, expected: "at least one finite number" });
  }
  if (!Number.isInteger(length) || length < 1) {
    throw ParleyError.of("invalid-parameter", { name: "length", value: length, expected: "a whole number from 1" });
  }
  if (count < FEWEST_BLOCKS * length) return { mean: mean(values), low: null, high: null, count };
  const stream = createStream(seed, PURPOSE);
  const sums = Float64Array.from({ length: resamples }, (_, r) => {
    let sum = 0;
    for (let filled = 0, block = 0; filled < count; block++) {
      const from = Math.floor(stream.uniform(block, 0, r) * count);
      for (let i = 0; i < length && filled < count; i++, filled++) sum += values[(from + i) % count]!;
    }
    return sum / count;
  }).sort();
  const at = (share: number) => quantileSorted(sums, share);
  return { mean: mean(values), low: at((1 - LEVEL) / 2), high: at((1 + LEVEL) / 2), count };
}
