import { ParleyError } from "../problems/index.ts";
import { directionVectors, MOST_DIMENSIONS, SOBOL_BITS } from "./direction-numbers.ts";
import { owenScrambler } from "./scramble.ts";
import type { Stream } from "./stream.ts";
import { unitOfWord } from "./stream.ts";

/** Points of a Sobol sequence; see `createSobol`. */
export interface Sobol {
  readonly dimensions: number;
  /** Writes the coordinates of a point as words: the first binary places of each coordinate. */
  words(index: number, out: Uint32Array): void;
  /** Writes the coordinates of a point: (word + 1/2) 2^-32, never 0 or 1. */
  point(index: number, out: Float64Array): void;
  /** Fills `out` with consecutive points, `dimensions` numbers each. */
  points(firstIndex: number, out: Float64Array): void;
}

const MOST_POINTS = 4294967296;

/**
 * Sobol points: numbers that fill the unit cube more evenly than chance, for integration and sensitivity analysis.
 *
 * Direction numbers of Joe & Kuo (2008), up to 1 111 dimensions; the order of points is that of Antonov & Saleev
 * (1979), by Gray code, and any point can be had by its index (0 to 2^32 - 1). Use 2^k points from index 0: dropping
 * the first point, or taking 1000, spoils the balance (Owen 2022).
 *
 * With a stream the points are scrambled (Owen 1995): each is then uniformly distributed, so that means are unbiased
 * and several streams give a standard error, and the balance stays.
 *
 * @example
 * const out = new Float64Array(2);
 * createSobol(2).point(1, out);
 * out[0]; // 0.5000000001164153
 */
export function createSobol(dimensions: number, { scramble }: { readonly scramble?: Stream } = {}): Sobol {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MOST_DIMENSIONS) {
    throw ParleyError.of("invalid-parameter", {
      name: "dimensions",
      value: dimensions,
      expected: `an integer from 1 to ${MOST_DIMENSIONS}`,
    });
  }
  const vectors = directionVectors(dimensions);
  const scrambled = scramble === undefined ? undefined : owenScrambler(dimensions, scramble);
  const raw = new Uint32Array(dimensions);
  const mixed = new Uint32Array(dimensions);

  function rawWords(index: number, out: Uint32Array): void {
    out.fill(0, 0, dimensions);
    // Bit k of the Gray code says whether the point contains vector k.
    for (let gray = (index ^ (index >>> 1)) >>> 0, k = 0; gray !== 0; gray >>>= 1, k++) {
      if ((gray & 1) === 0) continue;
      for (let d = 0; d < dimensions; d++) out[d]! ^= vectors[d * SOBOL_BITS + k]!;
    }
  }

  function words(index: number, out: Uint32Array): void {
    checkRange(index, 1);
    rawWords(index, out);
    if (scrambled !== undefined) for (let d = 0; d < dimensions; d++) out[d] = scrambled(d, out[d]!);
  }

  function point(index: number, out: Float64Array): void {
    words(index, mixed);
    for (let d = 0; d < dimensions; d++) out[d] = unitOfWord(mixed[d]!);
  }

  function points(firstIndex: number, out: Float64Array): void {
    const count = Math.floor(out.length / dimensions);
    if (count === 0) return;
    checkRange(firstIndex, count);
    rawWords(firstIndex, raw);
    for (let i = 0; i < count; i++) {
      for (let d = 0; d < dimensions; d++) {
        const word = raw[d]!;
        out[i * dimensions + d] = unitOfWord(scrambled === undefined ? word : scrambled(d, word));
      }
      // From a point to the next the Gray code changes in one bit: the lowest set bit of the next index.
      const next = firstIndex + i + 1;
      const k = 31 - Math.clz32(next & -next);
      if (k >= 0) for (let d = 0; d < dimensions; d++) raw[d]! ^= vectors[d * SOBOL_BITS + k]!;
    }
  }

  return Object.freeze({ dimensions, words, point, points });
}

function checkRange(firstIndex: number, count: number): void {
  if (Number.isInteger(firstIndex) && firstIndex >= 0 && firstIndex + count <= MOST_POINTS) return;
  throw ParleyError.of("invalid-parameter", {
    name: "index",
    value: firstIndex,
    expected: "an integer from 0 to 2^32 - 1, and no point beyond",
  });
}
