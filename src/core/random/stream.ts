import { ParleyError } from "../problems/index.ts";
import { philox4x32 } from "./philox.ts";

/** Purpose of the dynamics engine's own draws. */
export const DYNAMICS = 0;
/** Purpose of parameter draws: "PARA". */
export const PARAMETERS = 0x50415241;

/** Largest seed: 2^53 - 1. */
export const LARGEST_SEED: number = Number.MAX_SAFE_INTEGER;

const WORD = 4294967296;

/**
 * Random numbers by address: each is a pure function of (seed, purpose, slot, step, index).
 *
 * No draw depends on who makes it, in what order, or on how many workers. The address of a word:
 *
 * - key = (seed low xor purpose, seed high),
 * - counter = (block, step, index low, index high),
 * - slot = 4 block + word: a slot names one of the four words of a block.
 *
 * What step and index count is the purpose's affair; for the dynamics engine they are the time step and the trajectory.
 * Block and step are taken modulo 2^32; index is an integer from 0 to 2^53 - 1.
 */
export interface Stream {
  readonly seed: number;
  readonly purpose: number;
  /** Writes the four words of a block. */
  block(block: number, step: number, index: number, out: Uint32Array): void;
  /** One number in (0, 1): (word + 1/2) 2^-32, never 0 or 1. */
  uniform(slot: number, step: number, index: number): number;
  /** Fills `out` with the numbers of consecutive indices: out[i] = uniform(slot, step, firstIndex + i). */
  uniforms(slot: number, step: number, firstIndex: number, out: Float64Array): void;
}

/**
 * The number in (0, 1) that stands for a random word: (word + 1/2) 2^-32, rising with the word.
 *
 * @example
 * unitOfWord(0); // 1.1641532182693481e-10
 */
export function unitOfWord(word: number): number {
  return (word + 0.5) * 2.3283064365386963e-10;
}

/**
 * The purpose with a four-letter code: its characters as the bytes of a word.
 *
 * @example
 * purpose("PARA") === PARAMETERS; // true
 */
export function purpose(code: string): number {
  if (!/^[\x20-\x7e]{4}$/.test(code)) {
    throw ParleyError.of("invalid-parameter", { name: "purpose", value: code, expected: "four ASCII characters" });
  }
  let word = 0;
  for (let i = 0; i < 4; i++) word = (word << 8) | code.charCodeAt(i);
  return word >>> 0;
}

/**
 * The stream of a seed for a purpose.
 *
 * @example
 * createStream(42, DYNAMICS).uniform(0, 0, 0); // 0.6129598811967298
 */
export function createStream(seed: number, purpose: number): Stream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw ParleyError.of("invalid-parameter", { name: "seed", value: seed, expected: "an integer from 0 to 2^53 - 1" });
  }
  if (!Number.isInteger(purpose) || purpose < 0 || purpose >= WORD) {
    throw ParleyError.of("invalid-parameter", {
      name: "purpose",
      value: purpose,
      expected: "an integer from 0 to 2^32 - 1",
    });
  }
  return new PhiloxStream(seed, purpose);
}

/** Upper 32 bits of an integer below 2^53. */
function highOf(integer: number): number {
  return Math.floor(integer / WORD);
}

class PhiloxStream implements Stream {
  readonly seed: number;
  readonly purpose: number;
  readonly #key0: number;
  readonly #key1: number;
  readonly #words = new Uint32Array(4);

  constructor(seed: number, purpose: number) {
    this.seed = seed;
    this.purpose = purpose;
    this.#key0 = (seed ^ purpose) | 0;
    this.#key1 = highOf(seed) | 0;
  }

  block(block: number, step: number, index: number, out: Uint32Array): void {
    philox4x32(block, step, index, highOf(index), this.#key0, this.#key1, out);
  }

  uniform(slot: number, step: number, index: number): number {
    const words = this.#words;
    philox4x32(Math.floor(slot / 4), step, index, highOf(index), this.#key0, this.#key1, words);
    return unitOfWord(words[slot & 3]!);
  }

  uniforms(slot: number, step: number, firstIndex: number, out: Float64Array): void {
    const words = this.#words;
    const key0 = this.#key0;
    const key1 = this.#key1;
    const block = Math.floor(slot / 4);
    const word = slot & 3;
    for (let i = 0; i < out.length; i++) {
      const index = firstIndex + i;
      philox4x32(block, step, index, highOf(index), key0, key1, words);
      out[i] = unitOfWord(words[word]!);
    }
  }
}
