import { describe, expect, test } from "vitest";
import { normal, uniform } from "../../src/core/distributions/index.ts";
import { evaluateRows, type Model, planTornado, tornado } from "../../src/sensitivity/index.ts";
import { bernoulli, ERRORS, off, plain } from "./support.ts";

const ROUNDINGS = 1e-12;

describe("a tornado", () => {
  test("of a deterministic function has the plain differences, widest first, from one evaluation an end", () => {
    const model = plain(3, uniform(0, 1), ([a = 0, b = 0, c = 0]) => a - 3 * b + 4 * (c - 0.5) * (c - 0.5));
    const result = tornado(model, { low: 0.1, high: 0.9 });
    const [y] = result.outputs;
    expect(y?.bars.map(({ name }) => name)).toEqual(["x2", "x1", "x3"]);
    expect(result.replications).toBe(7);
    const [b, a, c] = y?.bars ?? [];
    expect(b?.low.value).toBe(0.1);
    expect(Math.abs((b?.swing.estimate ?? 0) + 2.4)).toBeLessThan(ROUNDINGS);
    expect(Math.abs((a?.swing.estimate ?? 0) - 0.8)).toBeLessThan(ROUNDINGS);
    // Both ends of a parabola lie above its middle: no swing, yet a width.
    expect(Math.abs(c?.swing.estimate ?? 1)).toBeLessThan(ROUNDINGS);
    expect(Math.abs((c?.width ?? 0) - 0.64)).toBeLessThan(ROUNDINGS);
    expect(b?.swing.se).toBe(0);
  });

  test("has paired errors: those of what a parameter changes, not of all chance", () => {
    const model: Model = {
      parameters: ["a", "b", "idle"].map((name) => ({ name, distribution: uniform(0, 1) })),
      outputs: [
        { name: "event", indicator: true },
        { name: "opposite", indicator: true },
      ],
      evaluate: (x, chance, out) => {
        bernoulli(([a = 0, b = 0]) => 0.3 + 0.2 * a + 0.1 * b)(x, chance, out);
        out[1] = 1 - (out[0] ?? 0);
      },
    };
    const { outputs, trajectories } = tornado(model);
    expect(trajectories).toBe(2000);
    const [event, opposite] = outputs;
    expect(off(event?.base ?? { estimate: 0, se: 1 }, 0.45)).toBeLessThan(ERRORS);
    const [a, b, idle] = event?.bars ?? [];
    expect([a?.name, b?.name, idle?.name]).toEqual(["a", "b", "idle"]);
    expect(off(a?.swing ?? { estimate: 0, se: 1 }, 0.18)).toBeLessThan(ERRORS);
    expect(off(b?.swing ?? { estimate: 0, se: 1 }, 0.09)).toBeLessThan(ERRORS);
    // Unpaired it would be sqrt(2 * 0.45 * 0.55 / 2000) = 0.0157.
    expect(b?.swing.se).toBeLessThan(0.009);
    expect(idle?.swing).toEqual({ estimate: 0, se: 0 });
    expect(opposite?.bars.map(({ name }) => name)).toEqual(["a", "b", "idle"]);
    expect(Math.abs((opposite?.bars[0]?.swing.estimate ?? 0) + (a?.swing.estimate ?? 1))).toBeLessThan(ROUNDINGS);
  });

  test("may stand on the uncertainty of the other parameters", () => {
    const model = plain(2, normal(0, 1), ([a = 0, b = 0]) => a * b * b);
    const centrally = tornado(model).outputs[0];
    const overall = tornado(model, { background: "prior", batchSize: 100 }).outputs[0];
    expect(centrally?.bars.map(({ width }) => width)).toEqual([0, 0]);
    const swing = overall?.bars.find(({ name }) => name === "x1")?.swing ?? { estimate: 0, se: 1 };
    expect(off(swing, 2 * 1.6448536269514722)).toBeLessThan(ERRORS);
  });

  test("gives the same bits in whatever order its rows are evaluated", () => {
    const model: Model = {
      ...plain(2, uniform(0, 1), () => 0),
      deterministic: false,
      evaluate: bernoulli(([a = 0]) => a),
    };
    const plan = planTornado(model, { batches: 10, batchSize: 7 });
    const table = new Float64Array(plan.rows * plan.width);
    for (let i = 9; i >= 0; i--) planTornado(model, { batches: 10, batchSize: 7 }).evaluate(i, table, i * plan.width);
    expect(table).toEqual(evaluateRows(plan, 0, 10));
    expect(plan.merge(table)).toEqual(tornado(model, { batches: 10, batchSize: 7 }));
  });

  test("refuses quantiles out of order, too few trajectories and unknown names", () => {
    const model = plain(1, uniform(0, 1), ([a = 0]) => a);
    expect(() => tornado(model, { low: 0.9, high: 0.1 })).toThrow(
      "invalid high: 0.1 (expected a quantile above low, 0.9)",
    );
    expect(() => tornado(model, { low: 0 })).toThrow("invalid low: 0");
    expect(() => tornado(model, { batches: 1, batchSize: 1 })).toThrow("invalid trajectories: 1");
    expect(() => tornado(model, { inputs: ["x2"] })).toThrow("unknown parameter: x2");
  });
});
