import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromInterval90 } from "../../../src/core/distributions/index.ts";
import { ParleyError } from "../../../src/core/problems/index.ts";

/** Roundings of a logarithm and an exponential. */
const TOL = 1e-13;
const SEED = 3;

describe("an interval", () => {
  test("is a logit-normal in a field from 0 to 1, else a lognormal where it is positive, else a normal", () => {
    expect(fromInterval90(0.2, 0.4, { range: [0, 1] }).kind).toBe("logitNormal");
    expect(fromInterval90(0.2, 0.4, { range: [0.1, 0.9] }).kind).toBe("logitNormal");
    expect(fromInterval90(0.2, 0.4).kind).toBe("lognormal");
    expect(fromInterval90(0.2, 0.4, { range: [0, 100] }).kind).toBe("lognormal");
    expect(fromInterval90(2, 4).kind).toBe("lognormal");
    expect(fromInterval90(0, 4).kind).toBe("normal");
    expect(fromInterval90(-2, 4).kind).toBe("normal");
    expect(fromInterval90(2, 4, { kind: "normal" }).kind).toBe("normal");
  });

  test.each([
    ["normal", fc.double({ min: -1e6, max: 1e6, noNaN: true })],
    ["lognormal", fc.double({ min: 1e-6, max: 1e6, noNaN: true })],
    ["logitNormal", fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })],
  ] as const)("has its ends at the 5 %% and 95 %% points as a %s", (kind, end) => {
    fc.assert(
      fc.property(end, end, (a, b) => {
        fc.pre(Math.abs(a - b) > 1e-6);
        const [low, high] = a < b ? [a, b] : [b, a];
        const d = fromInterval90(low, high, { kind });
        expect(Math.abs(d.quantile(0.05) - low)).toBeLessThan(TOL * Math.max(Math.abs(low), Math.abs(high)));
        expect(Math.abs(d.quantile(0.95) - high)).toBeLessThan(TOL * Math.max(Math.abs(low), Math.abs(high)));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("has a lognormal's median at the geometric mean of its ends", () => {
    expect(Math.abs(fromInterval90(2, 8).quantile(0.5) - 4)).toBeLessThan(4 * TOL);
  });

  test.each([
    ["2 to 2", () => fromInterval90(2, 2), "invalid high end: 2 (expected a number above the low end, 2)"],
    ["4 to 2", () => fromInterval90(4, 2), "invalid high end: 2 (expected a number above the low end, 4)"],
    [
      "0 to 0.5 of a share",
      () => fromInterval90(0, 0.5, { range: [0, 1] }),
      "invalid low end: 0 (expected a number strictly between 0 and 1)",
    ],
    [
      "0.5 to 1 of a share",
      () => fromInterval90(0.5, 1, { kind: "logitNormal" }),
      "invalid high end: 1 (expected a number strictly between 0 and 1)",
    ],
    [
      "-1 to 2 as a lognormal",
      () => fromInterval90(-1, 2, { kind: "lognormal" }),
      "invalid low end: -1 (expected a number above 0)",
    ],
    [
      "to infinity",
      () => fromInterval90(1, Number.POSITIVE_INFINITY),
      "invalid high end: Infinity (expected a finite number)",
    ],
  ])("%s is refused", (_, make, message) => {
    expect(make).toThrow(ParleyError);
    expect(make).toThrow(message);
  });
});
