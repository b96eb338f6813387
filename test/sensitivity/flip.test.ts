import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constant, normal, uniform } from "../../src/core/distributions/index.ts";
import { cos } from "../../src/core/math/index.ts";
import { type FlipOptions, flipPoints, type Model, planFlip } from "../../src/sensitivity/index.ts";
import { ERRORS, event, off, plain } from "./support.ts";

const SEED = 3;
const rising = event(2, ([a = 0, b = 0]) => 0.2 + 0.5 * a + 0.2 * (b - 0.5));
const asked: FlipOptions = { parameter: "x1", output: "event", threshold: 0.5 };

describe("a flip point", () => {
  test("of a chance that rises in a straight line lies where the line crosses, within its error", () => {
    const { status, crossings, monotone, range } = flipPoints(rising, asked);
    expect([status, crossings.length, monotone]).toEqual(["crosses", 1, true]);
    expect(range).toEqual([0, 1]);
    const [crossing] = crossings;
    expect(off(crossing?.at ?? { estimate: 0, se: 1 }, 0.6)).toBeLessThan(ERRORS);
    expect(crossing?.rising).toBe(true);
    const [low = 0, high = 1] = crossing?.bracket ?? [];
    expect(high - low).toBeLessThanOrEqual(0.001);
    expect(low).toBeLessThanOrEqual(crossing?.at.estimate ?? 0);
    // The error of a share of 2 000 trajectories over a slope of 0.5.
    expect(Math.abs((crossing?.at.se ?? 0) - Math.sqrt(0.25 / 2000) / 0.5)).toBeLessThan(0.01);
  });

  test("has an error as large as the errors that are made", () => {
    const RUNS = 60;
    /** Root mean square of 60 numbers with 19 degrees of freedom each, within 4 of its standard errors. */
    const [LEAST, MOST] = [0.65, 1.45];
    let squares = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const at = flipPoints(rising, { ...asked, seed, batchSize: 25 }).crossings[0]?.at ?? { estimate: 9, se: 1 };
      squares += ((at.estimate - 0.6) / at.se) ** 2 / RUNS;
    }
    expect(Math.sqrt(squares)).toBeGreaterThan(LEAST);
    expect(Math.sqrt(squares)).toBeLessThan(MOST);
  });

  test("of a deterministic line is exact to the tolerance, falling or rising", () => {
    const slopes = fc.double({ min: 0.1, max: 10, noNaN: true });
    const places = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(slopes, fc.boolean(), places, (size, falls, place) => {
        const slope = falls ? -size : size;
        const line = plain(1, uniform(-1, 1), ([x = 0]) => 5 + slope * (x - place));
        const result = flipPoints(line, { parameter: "x1", output: "y", threshold: 5 });
        const [crossing] = result.crossings;
        expect(result.crossings.length).toBe(1);
        expect(Math.abs((crossing?.at.estimate ?? 9) - place)).toBeLessThanOrEqual(0.001);
        expect(crossing?.at.se).toBe(0);
        expect(crossing?.rising).toBe(!falls);
        expect(Math.abs((crossing?.slope ?? 0) / slope - 1)).toBeLessThan(1e-9);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test("does not exist where the output stays on one side: then it says how near it comes", () => {
    const { status, crossings, nearest, scan } = flipPoints(rising, { ...asked, threshold: 0.95 });
    expect(status).toBe("does not cross within its range");
    expect(crossings).toEqual([]);
    expect(nearest.value).toBe(1);
    expect(off(nearest.distance, -0.25)).toBeLessThan(ERRORS);
    expect(scan.length).toBe(9);
    expect(flipPoints(rising, { ...asked, high: 0.3 }).status).toBe("does not cross within its range");
  });

  test("comes more than once where the output turns, which is said", () => {
    const wave = plain(1, uniform(0, 2 * Math.PI), ([x = 0]) => cos(x));
    const { crossings, monotone } = flipPoints(wave, { parameter: "x1", output: "y", threshold: 0, scan: 10 });
    expect(monotone).toBe(false);
    expect(crossings.map(({ rising }) => rising)).toEqual([false, true]);
    for (const [i, truth] of [Math.PI / 2, 1.5 * Math.PI].entries()) {
      expect(Math.abs((crossings[i]?.at.estimate ?? 0) - truth)).toBeLessThan(0.001 * 2 * Math.PI);
    }
  });

  test("is found at a step, where there is no slope", () => {
    const step = plain(1, uniform(0, 1), ([x = 0]) => (x >= 0.7 ? 1 : 0));
    const [crossing] = flipPoints(step, { parameter: "x1", output: "y", threshold: 0.5 }).crossings;
    expect(Math.abs((crossing?.at.estimate ?? 0) - 0.7)).toBeLessThan(0.001);
    expect(crossing?.at.se).toBe(0);
  });

  test("asks for evaluations that others may make, in any order", () => {
    const { search, evaluate, batches } = planFlip(rising, asked);
    const steps = search();
    let step = steps.next(new Float64Array(0));
    while (step.done !== true) {
      const values = step.value;
      const table = new Float64Array(values.length * batches);
      for (let i = table.length - 1; i >= 0; i--) {
        table[i] = planFlip(rising, asked).evaluate(values[Math.floor(i / batches)] ?? 0, i % batches);
      }
      step = steps.next(table);
    }
    expect(step.value).toEqual(flipPoints(rising, asked));
    expect(evaluate(1, 3)).toBeGreaterThan(0);
  });

  test("takes unbounded ranges to 1 in 1 000 at either end, and needs a range", () => {
    const line = plain(1, normal(0, 1), ([x = 0]) => x);
    const { range } = flipPoints(line, { parameter: "x1", output: "y", threshold: 0 });
    expect(range[1]).toBeCloseTo(3.0902323, 6);
    expect(flipPoints(line, { parameter: "x1", output: "y", threshold: 0, low: -1, high: 4 }).range).toEqual([-1, 4]);
    const bad =
      (change: Partial<FlipOptions>, model: Model = rising) =>
      () =>
        flipPoints(model, { ...asked, ...change });
    expect(bad({ low: 2 })).toThrow("invalid high of x1: 1 (expected a number above low, 2)");
    expect(bad({ parameter: "x3" })).toThrow("unknown parameter: x3");
    expect(bad({ output: "evnt" })).toThrow("unknown output: evnt");
    expect(bad({ batches: 1, batchSize: 1 })).toThrow("invalid trajectories: 1");
    expect(bad({ threshold: Number.NaN })).toThrow("invalid threshold: NaN");
    const fixed = { ...rising, parameters: [{ name: "x1", distribution: constant(1) }] };
    expect(bad({}, fixed)).toThrow("invalid high of x1: 1 (expected a number above low, 1)");
    const bare = { ...rising, parameters: [{ name: "x1", value: 1 }] };
    expect(bad({}, bare)).toThrow("invalid low of x1: NaN");
  });
});
