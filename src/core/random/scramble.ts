import type { Stream } from "./stream.ts";

/** Levels of the tree that one block of 128 bits decides: 2^7 - 1 nodes. */
const LEVELS = 7;
const NODES = 128;
const BITS = 32;

/**
 * Nested uniform scrambling of 32-bit coordinates (Owen 1995, "Randomly permuted (t,m,s)-nets and (t,s)-sequences").
 *
 * Each binary place is flipped or not by a random bit that belongs to the places before it: a binary tree of random
 * bits for each dimension. The bits are words of the stream: block = which seven levels, step = dimension, index =
 * the places before them; node h of those levels (1 the root, 2h and 2h + 1 its children) is bit h of the block. So
 * nothing is stored that is not computed anew elsewhere, and any coordinate of any point can be had alone.
 *
 * The first 14 places, which every point needs, are kept: 2 KB a dimension.
 */
export function owenScrambler(dimensions: number, stream: Stream): (dimension: number, word: number) => number {
  const words = new Uint32Array(4);
  const first = new Uint32Array(4 * dimensions);
  const second = new Uint32Array(4 * NODES * dimensions);
  for (let d = 0; d < dimensions; d++) {
    stream.block(0, d, 0, words);
    first.set(words, 4 * d);
    for (let prefix = 0; prefix < NODES; prefix++) {
      stream.block(1, d, prefix, words);
      second.set(words, 4 * (d * NODES + prefix));
    }
  }
  return (dimension, word) => {
    let out = flip(word, 0, first, 4 * dimension);
    out |= flip(word, LEVELS, second, 4 * (dimension * NODES + (word >>> (BITS - LEVELS))));
    for (let chunk = 2; chunk * LEVELS < BITS; chunk++) {
      const done = chunk * LEVELS;
      stream.block(chunk, dimension, word >>> (BITS - done), words);
      out |= flip(word, done, words, 0);
    }
    return out >>> 0;
  };
}

/** Seven places of a word from place `done` on, flipped by the bits of a block; the other places are 0. */
function flip(word: number, done: number, bits: Uint32Array, at: number): number {
  let out = 0;
  let node = 1;
  for (let place = BITS - 1 - done; place >= 0 && node < NODES; place--) {
    const bit = (word >>> place) & 1;
    out |= (bit ^ ((bits[at + (node >>> 5)]! >>> (node & 31)) & 1)) << place;
    node = 2 * node + bit;
  }
  return out;
}
