import { PACKED_NUMBERS } from "./sobol-numbers.ts";

/** Bits of a coordinate. */
export const SOBOL_BITS = 32;

/** How many primitive polynomials over GF(2) there are of degree 1, 2, ..., 13: phi(2^s - 1) / s. */
const POLYNOMIALS_OF_DEGREE: readonly number[] = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630];

/** Dimensions for which direction numbers are at hand: the first needs none. */
export const MOST_DIMENSIONS: number = POLYNOMIALS_OF_DEGREE.reduce((sum, count) => sum + count, 1);

/** The published figures of one dimension, in the notation of Joe & Kuo (2008). */
export interface DirectionNumbers {
  /** Degree s of the primitive polynomial. */
  readonly degree: number;
  /** Its inner coefficients a_1 ... a_(s-1) as bits, a_1 the highest: x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1. */
  readonly inner: number;
  /** m_1 ... m_s, odd, m_i below 2^i. */
  readonly m: readonly number[];
}

/** The published figures of dimensions 2, 3, ..., as many as asked for. */
export function directionNumbers(count: number): DirectionNumbers[] {
  const read = bitReader(PACKED_NUMBERS);
  const rows: DirectionNumbers[] = [];
  for (let degree = 1; rows.length < count; degree++) {
    const ofDegree = Math.min(POLYNOMIALS_OF_DEGREE[degree - 1]!, count - rows.length);
    for (let i = 0; i < ofDegree; i++) {
      const inner = read(degree - 1);
      const m = Array.from({ length: degree }, (_, k) => 2 * read(k) + 1);
      rows.push({ degree, inner, m });
    }
  }
  return rows;
}

/** Reads numbers of so many bits from characters of six, passing over line breaks. */
function bitReader(text: string): (bits: number) => number {
  let at = 0;
  let held = 0;
  let value = 0;
  return (bits) => {
    let result = 0;
    for (let i = 0; i < bits; i++) {
      if (held === 0) {
        while (text[at] === "\n") at++;
        value = sixBits(text.charCodeAt(at++));
        held = 6;
      }
      held--;
      result = 2 * result + ((value >> held) & 1);
    }
    return result;
  };
}

/** The value of a character among A-Z a-z 0-9 + /. */
function sixBits(code: number): number {
  if (code >= 97) return code - 71;
  if (code >= 65) return code - 65;
  if (code >= 48) return code + 4;
  return code === 43 ? 62 : 63;
}

/**
 * Direction vectors of the first dimensions: v_k of dimension d (both from 0) at index 32 d + k, its highest bit the
 * first binary place.
 *
 * Recurrence of Bratley & Fox (1988), ACM Transactions on Mathematical Software 14, 88-100.
 */
export function directionVectors(dimensions: number): Uint32Array {
  const v = new Uint32Array(dimensions * SOBOL_BITS);
  for (let k = 0; k < SOBOL_BITS; k++) v[k] = 1 << (SOBOL_BITS - 1 - k);
  directionNumbers(dimensions - 1).forEach(({ degree, inner, m }, i) => {
    const at = (i + 1) * SOBOL_BITS;
    for (let k = 0; k < degree; k++) v[at + k] = m[k]! << (SOBOL_BITS - 1 - k);
    for (let k = degree; k < SOBOL_BITS; k++) {
      const last = v[at + k - degree]!;
      let next = last ^ (last >>> degree);
      for (let j = 1; j < degree; j++) if ((inner >>> (degree - 1 - j)) & 1) next ^= v[at + k - j]!;
      v[at + k] = next;
    }
  });
  return v;
}
