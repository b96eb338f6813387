import { expect, test } from "vitest";
import { philox4x32 } from "../../../src/core/random/index.ts";

const hex = (text: string) => text.split(" ").map((word) => Number.parseInt(word, 16));

function philox(counter: readonly number[], key: readonly number[]): number[] {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = counter;
  const [k0 = 0, k1 = 0] = key;
  const out = new Uint32Array(4);
  philox4x32(c0, c1, c2, c3, k0, k1, out);
  return [...out];
}

// The known answers that Salmon et al. (2011) publish with Random123 (kat_vectors).
test.each([
  ["zeros", "00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  ["ones", "ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [
    "the digits of pi",
    "243f6a88 85a308d3 13198a2e 03707344",
    "a4093822 299f31d0",
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
])("gives the published answer for %s", (_, counter, key, answer) => {
  expect(philox(hex(counter), hex(key))).toEqual(hex(answer));
});

test("changes about half of its bits when any bit of counter or key changes", () => {
  const FOUR_SIGMA = 4 * Math.sqrt(128 / 4);
  const counter = hex("243f6a88 85a308d3 13198a2e 03707344");
  const key = hex("a4093822 299f31d0");
  const base = philox(counter, key);
  for (let bit = 0; bit < 192; bit++) {
    const word = bit >> 5;
    const changed = [...counter, ...key].map((w, i) => (i === word ? (w ^ (1 << (bit & 31))) >>> 0 : w));
    const other = philox(changed.slice(0, 4), changed.slice(4));
    const flips = other.reduce((sum, w, i) => sum + ones(w ^ (base[i] as number)), 0);
    expect(Math.abs(flips - 64)).toBeLessThan(FOUR_SIGMA);
  }
});

function ones(word: number): number {
  let count = 0;
  for (let w = word >>> 0; w !== 0; w &= w - 1) count++;
  return count;
}
