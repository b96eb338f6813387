import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wilson } from "../../../src/core/stats/index.ts";

const SEED = 4;
/** Half of the last figure that is published. */
const FOUR_FIGURES = 5.1e-5;

describe("Wilson's interval", () => {
  // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %d in %d is the published one", (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(Math.abs(interval.low - low)).toBeLessThan(FOUR_FIGURES);
    expect(Math.abs(interval.high - high)).toBeLessThan(FOUR_FIGURES);
    expect(interval.estimate).toBe(successes / trials);
  });

  test("ends where the score test just does not reject", () => {
    const ROUNDINGS = 1e-9;
    const Z = 1.959963984540054;
    for (const [successes, trials] of [
      [3, 17],
      [50, 99],
      [999, 1000],
    ] as const) {
      const { estimate, low, high } = wilson(successes, trials);
      for (const share of [low, high]) {
        const score = (estimate - share) / Math.sqrt((share * (1 - share)) / trials);
        expect(Math.abs(Math.abs(score) - Z)).toBeLessThan(ROUNDINGS);
      }
    }
  });

  test("mirrors when successes and failures change places, lies in [0, 1] and holds its estimate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const successes = Math.round(share * trials);
        const one = wilson(successes, trials);
        const other = wilson(trials - successes, trials);
        expect(Math.abs(one.low + other.high - 1)).toBeLessThan(1e-12);
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeLessThanOrEqual(one.estimate);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate);
        expect(wilson(successes, trials, { level: 0.5 }).high).toBeLessThanOrEqual(one.high);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test("is refused for counts that cannot be", () => {
    expect(() => wilson(1, 0)).toThrow("invalid trials: 0 (expected a whole number above 0)");
    expect(() => wilson(3, 2)).toThrow("invalid successes: 3 (expected a whole number from 0 to 2)");
    expect(() => wilson(0.5, 2)).toThrow("invalid successes: 0.5");
    expect(() => wilson(1, 2, { level: 95 })).toThrow("invalid level: 95 (expected a number between 0 and 1)");
  });
});
