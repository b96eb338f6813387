import { describe, expect, test } from "vitest";
import { uniform } from "../../src/core/distributions/index.ts";
import {
  evaluateRows,
  type Model,
  type OneSampleOutput,
  oneSampleIndices,
  planOneSample,
  sobolIndices,
} from "../../src/sensitivity/index.ts";
import { ERRORS, event, gFunction, gTruth, ISHIGAMI, ishigami, off, plain } from "./support.ts";

/** A spline of ten knots does not bend as sharply as the g-function's corner: what it misses, as a share of S. */
const BENDS = 0.02;

function only(model: Model, draws: number, reps = 2): OneSampleOutput {
  const [output] = oneSampleIndices(model, { draws, reps, seed: 3 }).outputs;
  if (output === undefined) throw new Error("no output");
  return output;
}

const firstOf = ({ inputs }: OneSampleOutput, name: string) =>
  inputs.find((input) => input.name === name)?.first ?? { estimate: Number.NaN, se: 0 };

describe("first-order indices from one sample", () => {
  test("are the closed form for Ishigami's function and the g-function", () => {
    const waves = only(ishigami, 16_384);
    for (const [j, S] of ISHIGAMI.S.entries()) {
      const { estimate, se } = firstOf(waves, `x${j + 1}`);
      expect(Math.abs(estimate - S), `x${j + 1}`).toBeLessThan(ERRORS * se + BENDS);
    }
    expect(off(waves.parameterVariance, ISHIGAMI.variance)).toBeLessThan(ERRORS);
    const corners = only(gFunction, 16_384);
    for (const [j, S] of gTruth().S.entries()) {
      const { estimate, se } = firstOf(corners, `x${j + 1}`);
      expect(Math.abs(estimate - S), `x${j + 1}`).toBeLessThan(ERRORS * se + BENDS);
    }
  });

  test("are shares of variance for an additive function, the most telling first, and nothing for what tells nothing", () => {
    const output = only(
      plain(4, uniform(0, 1), ([a = 0, b = 0, c = 0]) => a + 2 * b + 3 * c),
      4000,
    );
    expect(output.inputs.map(({ name }) => name)).toEqual(["x3", "x2", "x1", "x4"]);
    for (const [j, share] of [1 / 14, 4 / 14, 9 / 14, 0].entries()) {
      expect(off(firstOf(output, `x${j + 1}`), share), `x${j + 1}`).toBeLessThan(ERRORS);
    }
    expect(output.parameterShare).toBe(1);
  });

  test("tell parameters and chance apart as a Sobol screen does", () => {
    const model = event(2, ([a = 0, b = 0]) => 0.1 + 0.6 * a + 0.2 * b * b);
    const output = only(model, 20_000);
    const [screen] = sobolIndices(model, { draws: 4000, reps: 8, seed: 5 }).outputs;
    expect(Math.abs(output.parameterShare - (screen?.parameterShare.estimate ?? 9))).toBeLessThan(0.01);
    for (const { name, first } of screen?.inputs ?? []) {
      const { estimate, se } = firstOf(output, name);
      expect(Math.abs(estimate - first.estimate), name).toBeLessThan(ERRORS * (se + first.se));
    }
  });

  test("come from rows that anyone may evaluate, and refuse what they cannot use", () => {
    const plan = planOneSample(ishigami, { draws: 60 });
    const parts = [evaluateRows(plan, 0, 25), evaluateRows(plan, 25, 35)];
    const table = Float64Array.from(parts.flatMap((part) => [...part]));
    expect(plan.merge(table)).toEqual(oneSampleIndices(ishigami, { draws: 60 }));
    expect(() => planOneSample(ishigami, { draws: 49 })).toThrow("at least 50");
    expect(() =>
      planOneSample(
        event(1, ([a = 0]) => a),
        { draws: 60, reps: 3 },
      ),
    ).toThrow("even number");
    const fixed: Model = { parameters: [{ name: "x", value: 1 }], outputs: [{ name: "y" }], evaluate: () => {} };
    expect(() => planOneSample(fixed, { draws: 60 })).toThrow("number of inputs");
  });
});
