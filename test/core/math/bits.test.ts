import { expect, test } from "vitest";
import * as math from "../../../src/core/math/index.ts";
import { randomWords, unit } from "./arguments.ts";

/** Results per function that enter its digest. */
const COUNT = 20_000;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** FNV-1a over the words of many results: one wrong bit anywhere changes it. */
function digest(f: (x: number, y: number) => number, low: number, high: number): string {
  const next = randomWords(11);
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < COUNT; i++) {
    double[0] = f(low + (high - low) * unit(next), 3 * unit(next) - 1);
    hash = Math.imul(hash ^ (words[0] as number), 0x01000193);
    hash = Math.imul(hash ^ (words[1] as number), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

// Portability: these functions use operations that IEEE 754 defines to the last bit, so every engine, and every tier of
// one, must give these digests. A change here changes the results of simulations and belongs in the changelog.
test.each([
  ["exp", math.exp, -750, 712, "f849b65a"],
  ["expm1", math.expm1, -2, 3, "8f1eb35e"],
  ["log", math.log, 0, 8, "e7ba0b89"],
  ["log1p", math.log1p, -1, 3, "9d36805f"],
  ["log2", math.log2, 0, 8, "18d39135"],
  ["log10", math.log10, 0, 8, "8bbdcf5b"],
  ["pow", math.pow, 0, 100, "3127a335"],
  ["sin", math.sin, -3e6, 3e6, "6760f8db"],
  ["cos", math.cos, -10, 10, "2e84e467"],
  ["tan", math.tan, -10, 10, "9c979725"],
  ["sinh", math.sinh, -25, 25, "3c91cf78"],
  ["cosh", math.cosh, -25, 25, "e5d6d1b0"],
  ["tanh", math.tanh, -3, 3, "fd02c0aa"],
  ["logistic", math.logistic, -45, 45, "d9717404"],
  ["logit", math.logit, 0, 1, "8a74586e"],
  ["log1pexp", math.log1pexp, -45, 45, "3b3e3f64"],
] as const)("%s gives the same bits everywhere", (_, f, low, high, recorded) => {
  expect(digest(f, low, high)).toBe(recorded);
});
