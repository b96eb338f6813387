import { fromWords, highWord, lowWord } from "../math/bits.ts";
import type { Distribution } from "./types.ts";

/** Single values that have a probability of their own. */
export interface Atoms {
  /** Those of constants, in rising order. */
  readonly values: readonly number[];
  /** Whether whole numbers may have one: there is a Poisson distribution among the parts. */
  readonly counts: boolean;
  /** Whether there are no values but these. */
  readonly only: boolean;
}

/** The values that have a probability of their own under any part of a distribution. */
export function atomsOf(d: Distribution): Atoms {
  switch (d.kind) {
    case "constant":
      return { values: [d.value], counts: false, only: true };
    case "poisson":
      return { values: [], counts: true, only: true };
    case "mixture":
      return joined(d.components.map(atomsOf));
    case "truncated":
      return atomsOf(d.of);
    default:
      return { values: [], counts: false, only: false };
  }
}

export function joined(parts: readonly Atoms[]): Atoms {
  const values = new Set(parts.flatMap((part) => part.values));
  return {
    values: [...values].toSorted((a, b) => a - b),
    counts: parts.some((part) => part.counts),
    only: parts.every((part) => part.only),
  };
}

/** The largest double below x: cdf(justBelow(x)) is the chance of a value strictly below x. */
export function justBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  if (!Number.isFinite(x)) return x;
  // The bits of positive doubles are ordered as integers, those of negative ones backwards.
  const high = highWord(x);
  const low = lowWord(x);
  if (x > 0) return low === 0 ? fromWords(high - 1, -1) : fromWords(high, low - 1);
  return low === -1 ? fromWords(high + 1, 0) : fromWords(high, low + 1);
}
