import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import {
  createStream,
  DYNAMICS,
  LARGEST_SEED,
  PARAMETERS,
  philox4x32,
  purpose,
  unitOfWord,
} from "../../../src/core/random/index.ts";

const SEED = 42;

describe("the address of a draw", () => {
  // Words that the reference engine in C draws: (seed, index, step, block) -> four words.
  test.each([
    [42, 0, 3, 0, [3016202038, 3182529741, 2467361102, 2259254482]],
    [2 ** 40 + 5, 7, 4, 2, [455338494, 3971752101, 2362904955, 4005038922]],
    [2 ** 53 - 1, 2 ** 33 + 7, 5, 4, [2745438253, 1505416429, 1047872929, 3484360901]],
  ])("is the one of the reference engine for seed %d, index %d", (seed, index, step, block, words) => {
    const out = new Uint32Array(4);
    createStream(seed, DYNAMICS).block(block, step, index, out);
    expect([...out]).toEqual(words);
  });

  // The reference engine's parameter draws: counter (parameter 5, matrix 1, draw 9), key word 0 xor 0x50415241.
  test.each([
    [42, 1499938065],
    [2 ** 40 + 5, 3364810699],
    [2 ** 53 - 1, 2431357608],
  ])("has the purpose in the key for seed %d", (seed, word) => {
    const out = new Uint32Array(4);
    createStream(seed, PARAMETERS).block(5, 1, 9, out);
    expect(out[0]).toBe(word);
  });

  test("is key (seed low xor purpose, seed high) and counter (block, step, index low, index high)", () => {
    const seed = fc.integer({ min: 0, max: LARGEST_SEED });
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const index = fc.integer({ min: 0, max: LARGEST_SEED });
    const high = (n: number) => Number(BigInt(n) >> 32n);
    const low = (n: number) => Number(BigInt(n) & 0xffffffffn);
    fc.assert(
      fc.property(seed, word, word, word, index, (seed, purpose, block, step, index) => {
        const expected = new Uint32Array(4);
        const out = new Uint32Array(4);
        philox4x32(block, step, low(index), high(index), low(seed) ^ purpose, high(seed), expected);
        createStream(seed, purpose).block(block, step, index, out);
        expect(out).toEqual(expected);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test("finds word w of block b in slot 4 b + w", () => {
    const stream = createStream(7, purpose("TEST"));
    const out = new Uint32Array(4);
    for (let slot = 0; slot < 20; slot++) {
      stream.block(slot >> 2, 11, 13, out);
      expect(stream.uniform(slot, 11, 13)).toBe(unitOfWord(out[slot % 4] as number));
    }
  });

  test("gives the same number whatever was drawn before", () => {
    const stream = createStream(1, DYNAMICS);
    const first = stream.uniform(5, 6, 7);
    stream.uniforms(0, 0, 0, new Float64Array(100));
    stream.uniform(1, 2, 3);
    expect(stream.uniform(5, 6, 7)).toBe(first);
  });
});

describe("uniforms", () => {
  test("are those of the indices one by one, across 2^32 too", () => {
    const stream = createStream(123456789012, purpose("BULK"));
    for (const firstIndex of [0, 5, 2 ** 32 - 50, 2 ** 52]) {
      const out = new Float64Array(100);
      stream.uniforms(6, 3, firstIndex, out);
      for (let i = 0; i < 100; i++) expect(out[i]).toBe(stream.uniform(6, 3, firstIndex + i));
    }
  });

  test("are never 0 or 1", () => {
    expect(unitOfWord(0)).toBeGreaterThan(0);
    expect(unitOfWord(2 ** 32 - 1)).toBeLessThan(1);
    expect(unitOfWord(2 ** 32 - 1)).toBe(1 - unitOfWord(0));
  });

  test("fill (0, 1) evenly: chi-square over 256 cells", () => {
    const COUNT = 256_000;
    // 99.99 % point of chi-square with 255 degrees of freedom.
    const BOUND = 345;
    const out = new Float64Array(COUNT);
    for (const slot of [0, 1, 2, 3]) {
      createStream(2024, DYNAMICS).uniforms(slot, 1, 0, out);
      const cells: number[] = new Array(256).fill(0);
      for (const u of out) cells[Math.floor(u * 256)] = (cells[Math.floor(u * 256)] as number) + 1;
      const chi = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
      expect(chi).toBeLessThan(BOUND);
    }
  });

  test("of neighbouring slots, steps, indices and seeds are uncorrelated", () => {
    const COUNT = 100_000;
    const FOUR_SIGMA = 4 / Math.sqrt(COUNT);
    const draw = (seed: number, slot: number, step: number, first: number) => {
      const out = new Float64Array(COUNT);
      createStream(seed, DYNAMICS).uniforms(slot, step, first, out);
      return out;
    };
    const base = draw(1, 0, 0, 0);
    for (const other of [draw(1, 1, 0, 0), draw(1, 0, 1, 0), draw(1, 0, 0, 1), draw(2, 0, 0, 0), draw(1, 4, 0, 0)]) {
      expect(Math.abs(correlation(base, other))).toBeLessThan(FOUR_SIGMA);
    }
  });
});

function correlation(a: Float64Array, b: Float64Array): number {
  // Uniform numbers have mean 1/2 and variance 1/12.
  return a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] as number) - 0.5), 0) / (a.length / 12);
}

describe("purposes", () => {
  test("are four characters read as a word", () => {
    expect(purpose("PARA")).toBe(PARAMETERS);
    expect(purpose("EVID")).toBe(0x45564944);
    expect(purpose("~~~~")).toBe(0x7e7e7e7e);
  });

  test.each(["", "ABC", "ABCDE", "ÄBCD", "A\nBC"])(
    "are refused when they are not four ASCII characters: %j",
    (code) => {
      expect(() => purpose(code)).toThrow(ParleyError);
    },
  );
});

test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("a seed of %d is refused", (seed) => {
  expect(() => createStream(seed, DYNAMICS)).toThrow(/invalid seed: .*expected an integer from 0 to 2\^53 - 1/);
});

test.each([-1, 0.5, 2 ** 32])("a purpose of %d is refused", (purpose) => {
  expect(() => createStream(1, purpose)).toThrow(/invalid purpose/);
});
