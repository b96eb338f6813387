import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeDifference, evaluateRows, type Model, planAttribution } from "../../src/sensitivity/index.ts";
import { ERRORS, event, off } from "./support.ts";

/** A deterministic function of named parameters, all 0 to begin with. */
const of = (k: number, f: (x: Float64Array) => number): Model => ({
  deterministic: true,
  parameters: Array.from({ length: k }, (_, j) => ({ name: `x${j + 1}`, value: 0 })),
  outputs: [{ name: "y" }],
  evaluate: (x, _, out) => {
    out[0] = f(x);
  },
});

const groups = (k: number, value = 1) =>
  Array.from({ length: k }, (_, j) => ({ name: `g${j + 1}`, set: { [`x${j + 1}`]: value } }));

describe("the attribution of a difference", () => {
  test("gives an additive function's changes their own increments, without error", () => {
    const result = attributeDifference(
      of(3, ([a = 0, b = 0, c = 0]) => 5 + a + 2 * b - 4 * c),
      groups(3),
    );
    const [output] = result.outputs;
    expect(output?.parts.map(({ part }) => part.estimate)).toEqual([1, 2, -4]);
    expect(output?.parts.map(({ part }) => part.se)).toEqual([0, 0, 0]);
    expect(output?.difference.estimate).toBe(-1);
    expect(result.replications).toBe(20 * 50 * 2 * 4);
  });

  test("shares an interaction equally: the Shapley value of a product", () => {
    const [output] = attributeDifference(
      of(2, ([a = 0, b = 0]) => a * b),
      groups(2),
    ).outputs;
    expect(output?.parts.map(({ part }) => part.estimate)).toEqual([0.5, 0.5]);
  });

  test("of three that only work together comes near a third each, within its error", () => {
    const [output] = attributeDifference(
      of(3, ([a = 0, b = 0, c = 0]) => a * b * c),
      groups(3),
      { batches: 400, seed: 3 },
    ).outputs;
    for (const { part } of output?.parts ?? []) expect(off(part, 1 / 3)).toBeLessThan(ERRORS);
  });

  test("adds up to the whole difference, whatever the function", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 }), (w) => {
        const model = of(4, (x) => x.reduce((sum, value, j) => sum + (w[j] ?? 0) * value * (1 + (x[0] ?? 0)), 0));
        const [output] = attributeDifference(model, groups(4, 0.7), { batches: 5 }).outputs;
        const sum = output?.parts.reduce((total, { part }) => total + part.estimate, 0) ?? Number.NaN;
        expect(sum).toBeCloseTo(output?.difference.estimate ?? Number.NaN, 10);
      }),
    );
  });

  test("pairs trajectories: chance that a change does not touch leaves no error", () => {
    const model = event(2, ([a = 0]) => 0.2 + 0.5 * a);
    const central = { ...model, parameters: model.parameters.map((parameter) => ({ ...parameter, value: 0 })) };
    const [output] = attributeDifference(central, groups(2), { batches: 40 }).outputs;
    expect(off(output?.parts[0]?.part ?? { estimate: 9, se: 0 }, 0.5)).toBeLessThan(ERRORS);
    expect(output?.parts[1]?.part).toEqual({ estimate: 0, se: 0 });
  });

  test("comes from rows that anyone may evaluate, and refuses what it cannot use", () => {
    const model = of(2, ([a = 0, b = 0]) => a + a * b);
    const plan = planAttribution(model, groups(2), { batches: 6 });
    const table = Float64Array.from([...evaluateRows(plan, 0, 2), ...evaluateRows(plan, 2, 4)]);
    expect(plan.merge(table)).toEqual(attributeDifference(model, groups(2), { batches: 6 }));
    expect(() => planAttribution(model, [])).toThrow("number of groups");
    expect(() => planAttribution(model, [{ name: "g", set: { x3: 1 } }])).toThrow("x3");
    expect(() => planAttribution(model, [...groups(1), { name: "again", set: { x1: 2 } }])).toThrow("one group");
  });
});
