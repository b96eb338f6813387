import { describe, expect, test } from "vitest";
import { binRegression, type Regression } from "../../src/sensitivity/regression.ts";
import { splineRegression } from "../../src/sensitivity/spline.ts";
import { unit } from "./support.ts";

const N = 400;
/** Sums over some hundred draws. */
const ROUNDINGS = 1e-11;

const sample = Float64Array.from({ length: N }, (_, i) => 3 * unit(5, i) - 1);
const line = sample.map((x) => 2 * x - 0.7);
/** How often each draw counts: 0 to 3 times, and as often as there are draws in all. */
const counts = Int32Array.from({ length: N }, (_, i) => [0, 1, 3, 0][i % 4] ?? 0);

const positivePart = (values: Float64Array, weights?: Int32Array): number =>
  values.reduce((sum, value, i) => sum + Math.max(0, value) * (weights?.[i] ?? 1), 0) / N;

describe("a regression of what decisions gain", () => {
  test("by a spline gives a straight line back, however often each draw counts", () => {
    const fitted = splineRegression(sample, [line]);
    expect(Math.abs(fitted.meanOfGreatest([line]) - positivePart(line))).toBeLessThan(ROUNDINGS);
    const weighted = fitted.meanOfGreatest([line], undefined, counts);
    expect(Math.abs(weighted - positivePart(line, counts))).toBeLessThan(ROUNDINGS);
  });

  test("by a spline on few different values gives the mean at each of them", () => {
    const grades = sample.map((_, i) => i % 3);
    const gains = grades.map((grade, i) => ([-1, 2, 0.5][grade] ?? 0) + (unit(6, i) - 0.5));
    const truth = [1, 2].reduce((sum, grade) => {
      const here = gains.filter((_, i) => grades[i] === grade);
      return (
        sum +
        Math.max(
          0,
          here.reduce((all, value) => all + value, 0),
        ) /
          N
      );
    }, 0);
    expect(Math.abs(splineRegression(grades, [gains]).meanOfGreatest([gains]) - truth)).toBeLessThan(ROUNDINGS);
  });

  test("by bins gives the mean of each bin, however often each draw counts", () => {
    const rising = Float64Array.from({ length: N }, (_, i) => i);
    const gains = rising.map((i) => (i < 100 ? -1 : i < 200 ? 3 : 1) + (i % 2 === 0 ? 0.5 : -0.5));
    const fitted = binRegression(rising, 4);
    expect(fitted.meanOfGreatest([gains])).toBe((0 + 3 + 1 + 1) / 4);
    const weighted = fitted.meanOfGreatest([gains], undefined, counts);
    // Draws 1, 2, 5, 6, ...: the first once and odd, the second three times and even, so a quarter more than the mean.
    expect(Math.abs(weighted - (3.25 + 1.25 + 1.25) / 4)).toBeLessThan(ROUNDINGS);
  });

  test("with rows exchanged puts other rows' gains at each draw", () => {
    const reversed = Int32Array.from({ length: N }, (_, i) => N - 1 - i);
    const turned = line.toReversed();
    const all: readonly Regression[] = [binRegression(sample, 10), splineRegression(sample, [line])];
    for (const fitted of all) {
      expect(fitted.meanOfGreatest([line], reversed)).toBe(fitted.meanOfGreatest([turned]));
    }
  });

  test("needs a parameter that varies", () => {
    expect(() => splineRegression(new Float64Array(9).fill(2), [new Float64Array(9)])).toThrow("invalid parameter: 2");
  });
});
