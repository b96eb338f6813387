import { expect, test } from "vitest";
import { directionNumbers, MOST_DIMENSIONS } from "../../../src/core/random/index.ts";

const rows = directionNumbers(MOST_DIMENSIONS - 1);

test("the first and some later rows are those of the published table", () => {
  // new-joe-kuo-6.21201 (Joe & Kuo 2008): d, s, a, m_i.
  const published: readonly (readonly [number, number, number, readonly number[]])[] = [
    [2, 1, 0, [1]],
    [3, 2, 1, [1, 3]],
    [4, 3, 1, [1, 3, 1]],
    [5, 3, 2, [1, 1, 1]],
    [6, 4, 1, [1, 1, 3, 3]],
    [7, 4, 4, [1, 3, 5, 13]],
    [8, 5, 2, [1, 1, 5, 5, 17]],
    [9, 5, 4, [1, 1, 5, 5, 5]],
    [10, 5, 7, [1, 1, 7, 11, 19]],
    [37, 7, 62, [1, 3, 3, 5, 3, 55, 33]],
    [53, 8, 122, [1, 1, 3, 5, 11, 43, 53, 133]],
    [101, 9, 253, [1, 3, 3, 7, 29, 37, 33, 123, 147]],
    [161, 10, 508, [1, 1, 1, 7, 7, 3, 15, 99, 409, 719]],
    [298, 11, 784, [1, 3, 7, 9, 25, 5, 105, 69, 81, 943, 1459]],
    [1111, 13, 4094, [1, 1, 5, 15, 19, 1, 7, 211, 157, 603, 403, 1387, 1583]],
  ];
  for (const [d, degree, inner, m] of published) expect(rows[d - 2]).toEqual({ degree, inner, m });
});

test("every m_i is odd and below 2^i", () => {
  for (const { degree, m } of rows) {
    expect(m).toHaveLength(degree);
    expect(m.every((value, i) => value % 2 === 1 && value < 2 ** (i + 1))).toBe(true);
  }
});

test("every polynomial is primitive, and each primitive polynomial up to degree 13 is there once", () => {
  const seen = new Set<number>();
  for (const { degree, inner } of rows) {
    const polynomial = (1 << degree) | (inner << 1) | 1;
    expect(isPrimitive(polynomial, degree)).toBe(true);
    seen.add(polynomial);
  }
  expect(seen.size).toBe(MOST_DIMENSIONS - 1);
  let all = 0;
  for (let degree = 1; degree <= 13; degree++) {
    for (let inner = 0; inner < 2 ** (degree - 1); inner++) {
      if (isPrimitive((1 << degree) | (inner << 1) | 1, degree)) all++;
    }
  }
  expect(all).toBe(MOST_DIMENSIONS - 1);
});

/** Whether x generates the 2^degree - 1 nonzero residues modulo a polynomial over GF(2). */
function isPrimitive(polynomial: number, degree: number): boolean {
  const order = 2 ** degree - 1;
  let power = 1;
  for (let n = 1; n <= order; n++) {
    power <<= 1;
    if (power >> degree) power ^= polynomial;
    if (power === 1) return n === order;
  }
  return false;
}

test("Property A holds in every number of dimensions: the first 2^d points fall into each orthant once", () => {
  // Sobol (1976): the matrix of the highest bits of v_1 ... v_d of the first d dimensions has determinant 1 modulo 2.
  // All leading minors are 1 exactly if elimination without exchange of rows meets no zero pivot.
  const matrix = [1n, ...rows.map(({ degree, inner, m }) => highestBits(degree, inner, m))];
  const zeroPivots: number[] = [];
  matrix.forEach((pivot, d) => {
    if (((pivot >> BigInt(d)) & 1n) === 0n) zeroPivots.push(d + 1);
    for (let e = d + 1; e < matrix.length; e++) {
      const row = matrix[e] as bigint;
      if ((row >> BigInt(d)) & 1n) matrix[e] = row ^ pivot;
    }
  });
  expect(zeroPivots).toEqual([]);
});

/** The highest bit of each v_k as bit k of a number: it follows the polynomial's recurrence, as the shifted term has none. */
function highestBits(degree: number, inner: number, m: readonly number[]): bigint {
  const bits = m.map((value, k) => value >> k);
  for (let k = degree; k < MOST_DIMENSIONS; k++) {
    let bit = bits[k - degree] as number;
    for (let j = 1; j < degree; j++) if ((inner >> (degree - 1 - j)) & 1) bit ^= bits[k - j] as number;
    bits.push(bit);
  }
  return BigInt(`0b${bits.toReversed().join("")}`);
}
