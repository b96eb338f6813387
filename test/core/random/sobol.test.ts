import { describe, expect, test } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { createSobol, createStream, MOST_DIMENSIONS, purpose, type Sobol } from "../../../src/core/random/index.ts";

const HALF_STEP = 2 ** -33;
const scramble = (seed: number) => createStream(seed, purpose("SOBO"));

function pointsOf(sobol: Sobol, first: number, count: number): number[][] {
  const flat = new Float64Array(count * sobol.dimensions);
  sobol.points(first, flat);
  return Array.from({ length: count }, (_, i) => [...flat.subarray(i * sobol.dimensions, (i + 1) * sobol.dimensions)]);
}

describe("points", () => {
  test("are the published ones in three dimensions", () => {
    // The output that Joe & Kuo give for ten points in three dimensions with new-joe-kuo-6 (sobol.cc, 2008).
    const published = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ];
    const got = pointsOf(createSobol(3), 0, 10).map((point) => point.map((u) => u - HALF_STEP));
    expect(got).toEqual(published);
  });

  test.each([undefined, scramble(3)])("are the same one by one, in bulk and from the middle", (stream) => {
    const sobol = createSobol(9, stream === undefined ? {} : { scramble: stream });
    const all = pointsOf(sobol, 0, 300);
    const one = new Float64Array(9);
    const words = new Uint32Array(9);
    for (let i = 0; i < 300; i++) {
      sobol.point(i, one);
      sobol.words(i, words);
      expect([...one]).toEqual(all[i]);
      expect([...words].map((w) => (w + 0.5) * 2 ** -32)).toEqual(all[i]);
    }
    expect(pointsOf(sobol, 117, 100)).toEqual(all.slice(117, 217));
  });

  test("can be had up to index 2^32 - 1", () => {
    const sobol = createSobol(5);
    const end = pointsOf(sobol, 2 ** 32 - 3, 3);
    const one = new Float64Array(5);
    sobol.point(2 ** 32 - 1, one);
    expect([...one]).toEqual(end[2]);
  });

  test("of other dimensions do not depend on how many there are", () => {
    const few = pointsOf(createSobol(4, { scramble: scramble(1) }), 0, 64);
    const many = pointsOf(createSobol(40, { scramble: scramble(1) }), 0, 64);
    expect(many.map((point) => point.slice(0, 4))).toEqual(few);
  });

  test("are refused outside 1 to 1 111 dimensions and 2^32 indices", () => {
    for (const dimensions of [0, -1, 1.5, MOST_DIMENSIONS + 1])
      expect(() => createSobol(dimensions)).toThrow(ParleyError);
    const sobol = createSobol(2);
    for (const index of [-1, 0.5, 2 ** 32]) expect(() => sobol.point(index, new Float64Array(2))).toThrow(ParleyError);
    expect(() => sobol.points(2 ** 32 - 1, new Float64Array(4))).toThrow(ParleyError);
  });
});

describe.each([
  ["plain", {}],
  ["scrambled", { scramble: scramble(11) }],
])("%s points", (_, options) => {
  const sobol = createSobol(10, options);

  test("put exactly one of 2^k into each of 2^k intervals, in every dimension", () => {
    const sobol = createSobol(MOST_DIMENSIONS, options);
    const points = pointsOf(sobol, 0, 256);
    for (let d = 0; d < sobol.dimensions; d++) {
      for (const k of [1, 4, 8]) {
        const cells = new Set(points.slice(0, 2 ** k).map((point) => Math.floor((point[d] as number) * 2 ** k)));
        expect(cells.size).toBe(2 ** k);
      }
    }
  });

  test("put one into every elementary rectangle of the first two dimensions: a (0, m, 2)-net", () => {
    const M = 8;
    for (const first of [0, 256, 512, 7 * 256]) {
      const points = pointsOf(sobol, first, 2 ** M);
      for (let a = 0; a <= M; a++) {
        const cells = new Set(
          points.map(([x = 0, y = 0]) => `${Math.floor(x * 2 ** a)} ${Math.floor(y * 2 ** (M - a))}`),
        );
        expect(cells.size).toBe(2 ** M);
      }
    }
  });

  test("put one into every orthant of the first d dimensions", () => {
    for (const d of [3, 6, 10]) {
      const points = pointsOf(sobol, 0, 2 ** d);
      const cells = new Set(points.map((point) => point.slice(0, d).map(Math.round).join("")));
      expect(cells.size).toBe(2 ** d);
    }
  });
});

describe("scrambling", () => {
  test("keeps which points share their first places, and mixes the places themselves", () => {
    const plain = createSobol(3);
    const mixed = createSobol(3, { scramble: scramble(5) });
    const a = new Uint32Array(3);
    const b = new Uint32Array(3);
    const images = Array.from({ length: 3 }, () => new Map<string, number>());
    for (let i = 0; i < 4096; i++) {
      plain.words(i, a);
      mixed.words(i, b);
      for (let d = 0; d < 3; d++) {
        for (const places of [1, 7, 8, 14, 15, 22, 32]) {
          const from = `${places}:${(a[d] as number) >>> (32 - places)}`;
          const to = (b[d] as number) >>> (32 - places);
          const images_ = images[d] as Map<string, number>;
          expect(images_.get(from) ?? to).toBe(to);
          images_.set(from, to);
        }
      }
    }
  });

  test("makes every point uniform: each place of each coordinate is 1 in half of the scrambles", () => {
    const SCRAMBLES = 2000;
    // 64 counts are looked at; five standard errors are passed once in 27 000 times.
    const FIVE_SIGMA = 5 * Math.sqrt(SCRAMBLES / 4);
    const ones: number[] = new Array(64).fill(0);
    const words = new Uint32Array(2);
    for (let seed = 0; seed < SCRAMBLES; seed++) {
      createSobol(2, { scramble: scramble(seed) }).words(37, words);
      for (let bit = 0; bit < 64; bit++) {
        ones[bit] = (ones[bit] as number) + (((words[bit >> 5] as number) >>> (bit & 31)) & 1);
      }
    }
    for (const count of ones) expect(Math.abs(count - SCRAMBLES / 2)).toBeLessThan(FIVE_SIGMA);
  });

  test("integrates without bias and with an error far below that of chance", () => {
    // Product of 1 + (x - 1/2) / 2 over five dimensions: its mean is 1, its variance (1 + 1/48)^5 - 1.
    const DIMENSIONS = 5;
    const f = (point: readonly number[]) => point.reduce((product, x) => product * (0.75 + x / 2), 1);
    const SCRAMBLES = 40;
    const rootMeanSquare = (count: number) => {
      let squares = 0;
      let sum = 0;
      for (let seed = 0; seed < SCRAMBLES; seed++) {
        const sobol = createSobol(DIMENSIONS, { scramble: scramble(seed) });
        const mean = pointsOf(sobol, 0, count).reduce((total, point) => total + f(point), 0) / count;
        sum += mean - 1;
        squares += (mean - 1) ** 2;
      }
      const rms = Math.sqrt(squares / SCRAMBLES);
      expect(Math.abs(sum / SCRAMBLES)).toBeLessThan((4 * rms) / Math.sqrt(SCRAMBLES));
      return rms;
    };
    const chance = (count: number) => Math.sqrt(((1 + 1 / 48) ** DIMENSIONS - 1) / count);
    const few = rootMeanSquare(64);
    const many = rootMeanSquare(4096);
    expect(few).toBeLessThan(chance(64) / 5);
    expect(many).toBeLessThan(chance(4096) / 100);
    // Chance would gain a factor of 8 from 64 times as many points; the rate n^-3/2 would gain 512.
    expect(few / many).toBeGreaterThan(64);
  });

  test("differs between streams and dimensions", () => {
    const [a = []] = pointsOf(createSobol(4, { scramble: scramble(1) }), 1, 1);
    const [b = []] = pointsOf(createSobol(4, { scramble: scramble(2) }), 1, 1);
    expect(new Set([...a, ...b]).size).toBe(8);
  });
});
