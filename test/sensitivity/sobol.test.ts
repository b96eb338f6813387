import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { triangular, uniform } from "../../src/core/distributions/index.ts";
import { createStream, PARAMETERS } from "../../src/core/random/index.ts";
import {
  evaluateRows,
  forecastInformation,
  logTriangular,
  type Model,
  planSobol,
  runPlan,
  type SobolOptions,
  type SobolOutput,
  sobolIndices,
} from "../../src/sensitivity/index.ts";
import { describeWith } from "../support/shared.ts";
import { ERRORS, event, gFunction, gTruth, ISHIGAMI, ishigami, off, plain } from "./support.ts";

const SEED = 20;
/** Scrambled Sobol points: 16 groups, so errors are known to a fifth themselves. */
const SCRAMBLED_ERRORS = 6;
/** Sums in another order. */
const ROUNDINGS = 1e-12;

function only(model: Model, options: SobolOptions): SobolOutput {
  const [output] = sobolIndices(model, options).outputs;
  if (output === undefined) throw new Error("no output");
  return output;
}

function expectIndices({ inputs }: SobolOutput, S: readonly number[], T: readonly number[], errors: number) {
  for (const [j, { first, total }] of inputs.entries()) {
    expect(off(first, S[j] ?? 0)).toBeLessThan(errors);
    expect(off(total, T[j] ?? 0)).toBeLessThan(errors);
  }
}

describe("Sobol indices", () => {
  test("of Ishigami's function are the closed form, by chance and by scrambled Sobol points", () => {
    const byChance = only(ishigami, { draws: 16_384 });
    expectIndices(byChance, ISHIGAMI.S, ISHIGAMI.T, ERRORS);
    expect(off(byChance.parameterVariance, ISHIGAMI.variance)).toBeLessThan(ERRORS);
    expect(byChance.inputs[0]?.total.se).toBeLessThan(0.012);
    const scrambled = only(ishigami, { draws: 16_384, points: "sobol" });
    expectIndices(scrambled, ISHIGAMI.S, ISHIGAMI.T, SCRAMBLED_ERRORS);
    expect(scrambled.inputs[0]?.total.se).toBeLessThan(0.004);
  });

  test("of Sobol's g-function are the closed form", () => {
    const { S, T, variance } = gTruth();
    const output = only(gFunction, { draws: 8192 });
    expectIndices(output, S, T, ERRORS);
    expect(off(output.parameterVariance, variance)).toBeLessThan(ERRORS);
  });

  test("of an additive function are its shares of variance, first order and total alike, and add up to 1", () => {
    const output = only(
      plain(3, uniform(0, 1), ([a = 0, b = 0, c = 0]) => a + 2 * b + 3 * c),
      { draws: 8192, points: "sobol" },
    );
    const shares = [1 / 14, 4 / 14, 9 / 14];
    expectIndices(output, shares, shares, SCRAMBLED_ERRORS);
    expect(off(output.sumFirst, 1)).toBeLessThan(SCRAMBLED_ERRORS);
    expect(output.pairwise).toBe(true);
  });

  test("of a pure interaction are 0 alone and 1 in all; the pairwise rule holds for two and fails for three", () => {
    const product = (x: Float64Array) => x.reduce((all, value) => all * value, 1);
    const two = only(plain(2, uniform(-1, 1), product), { draws: 8192 });
    expectIndices(two, [0, 0], [1, 1], ERRORS);
    expect(off(two.sumShapley, 1)).toBeLessThan(ERRORS);
    expect(two.pairwise).toBe(true);
    const three = only(plain(3, uniform(-1, 1), product), { draws: 8192 });
    expectIndices(three, [0, 0, 0], [1, 1, 1], ERRORS);
    expect(off(three.sumShapley, 1.5)).toBeLessThan(ERRORS);
    expect(three.pairwise).toBe(false);
  });

  test("of chances x1 x2 are those of the chances, however few trajectories tell them, and no noise gets into T", () => {
    const model = event(2, ([a = 0, b = 0]) => a * b);
    const output = only(model, { draws: 20_000, reps: 2 });
    expectIndices(output, [3 / 7, 3 / 7], [4 / 7, 4 / 7], ERRORS);
    // One trajectory a half has a variance of p (1 - p): in squares instead of products of halves T would be 2.9.
    for (const { total } of output.inputs) expect(total.se).toBeLessThan(0.05);
    expect(off(output.mean, 1 / 4)).toBeLessThan(ERRORS);
    expect(off(output.parameterVariance, 7 / 144)).toBeLessThan(ERRORS);
    expect(off(output.parameterShare, 7 / 144 / (3 / 16))).toBeLessThan(ERRORS);
  });

  test("tell the share of chance alike whether an output is known to be 0 or 1 or not", () => {
    const model = event(2, ([a = 0, b = 0]) => a * b);
    const known = only(model, { draws: 4000, reps: 4 });
    const unknown = only({ ...model, outputs: [{ name: "event" }] }, { draws: 4000, reps: 4 });
    expect(off(known.parameterShare, 7 / 27)).toBeLessThan(ERRORS);
    expect(off(unknown.parameterShare, 7 / 27)).toBeLessThan(ERRORS);
    expect(known.parameterVariance).toEqual(unknown.parameterVariance);
  });

  test("have standard errors as large as the errors that they make", () => {
    const RUNS = 100;
    /** Root mean square of 100 standard normal numbers: 1 within 4 of its standard errors, and some for skewness. */
    const [LEAST, MOST] = [0.72, 1.35];
    const squares = new Map<string, number>();
    for (let seed = 1; seed <= RUNS; seed++) {
      const { inputs, parameterVariance } = only(ishigami, { draws: 256, seed });
      const add = (name: string, value: number) => squares.set(name, (squares.get(name) ?? 0) + value * value);
      add("variance", off(parameterVariance, ISHIGAMI.variance));
      for (const [j, { name, first, total, shapley }] of inputs.entries()) {
        const [s = 0, t = 0] = [ISHIGAMI.S[j], ISHIGAMI.T[j]];
        add(`S ${name}`, off(first, s));
        add(`T ${name}`, off(total, t));
        add(`Shapley ${name}`, off(shapley, 0.5 * (s + t)));
      }
    }
    for (const [name, sum] of squares) {
      const size = Math.sqrt(sum / RUNS);
      expect(size, name).toBeGreaterThan(LEAST);
      expect(size, name).toBeLessThan(MOST);
    }
  });

  test("leave no doubt that all variance of a deterministic function is its parameters'", () => {
    // Both variances err alike, which the error of their ratio must know.
    expect(only(ishigami, { draws: 64 }).parameterShare).toEqual({ estimate: 1, se: 0 });
  });

  test("tell what learning a parameter takes off a forecast's squared error", () => {
    const output = only(
      event(2, ([a = 0, b = 0]) => 0.2 + 0.4 * a + 0.2 * b),
      { draws: 4000, reps: 4 },
    );
    const [most, least] = forecastInformation(output);
    expect([most?.name, least?.name]).toEqual(["x1", "x2"]);
    expect(off(most?.value ?? { estimate: Number.NaN, se: 1 }, 0.16 / 12)).toBeLessThan(ERRORS);
    expect(off(least?.value ?? { estimate: Number.NaN, se: 1 }, 0.04 / 12)).toBeLessThan(ERRORS);
  });

  test("of a constant are zeros, with chance or without", () => {
    const flat = [plain(2, uniform(0, 1), () => 0.1), event(2, () => 1)];
    for (const model of flat) {
      const output = only(model, { draws: 64 });
      for (const { first, total, shapley, firstVariance } of output.inputs) {
        expect([first, total, shapley, firstVariance]).toEqual(Array(4).fill({ estimate: 0, se: 0 }));
      }
      expect(output.sumTotal).toEqual({ estimate: 0, se: 0 });
      expect(output.resolved).toBe(false);
      expect(Object.values(output.parameterShare).every(Number.isFinite)).toBe(true);
    }
  });
});

describe("the rows of a Sobol analysis", () => {
  const model = event(3, ([a = 0, b = 0, c = 0]) => a * b + 0.1 * c * (1 - a * b));
  const options = { draws: 50, reps: 4, seed: 9 };

  test("give the same bits in whatever order and by whichever worker they are evaluated", () => {
    const plan = planSobol(model, options);
    const table = new Float64Array(plan.rows * plan.width);
    const workers = [planSobol(model, options), planSobol(model, options)];
    for (let i = 0; i < plan.rows; i++) {
      const row = (i * 37 + 11) % plan.rows;
      const part = evaluateRows(workers[i % 2] ?? plan, row, 1);
      table.set(part, row * plan.width);
    }
    expect(table).toEqual(evaluateRows(plan, 0, plan.rows));
    expect(plan.merge(table)).toEqual(sobolIndices(model, options));
  });

  test("may be merged before all are there, as if fewer had been asked for at these addresses", () => {
    const plan = planSobol(model, options);
    const some = evaluateRows(plan, 0, 20);
    const result = plan.merge(some);
    expect(result.draws).toBe(20);
    expect(result.outputs[0]?.inputs.length).toBe(3);
    expect(() => plan.merge(some.subarray(1))).toThrow("invalid number of rows");
  });

  test("draw parameters and trajectories at the reference engine's addresses", () => {
    const seen: number[][] = [];
    const watched: Model = {
      parameters: [
        { name: "a", value: 7 },
        { name: "b", distribution: uniform(0, 1), address: 5 },
      ],
      outputs: [{ name: "y" }],
      evaluate: ([a = 0, b = 0], { seed, first, count }, out) => {
        seen.push([a, b, seed, first, count]);
        out[0] = b;
      },
    };
    planSobol(watched, { draws: 10, reps: 6, seed: 3 }).evaluate(4, new Float64Array(100));
    const stream = createStream(3, PARAMETERS);
    const [a, b] = [stream.uniform(20, 0, 4), stream.uniform(20, 1, 4)];
    expect(seen).toEqual([
      [7, a, 3, 24, 3],
      [7, a, 3, 27, 3],
      [7, b, 3, 84, 3],
      [7, b, 3, 87, 3],
      [7, b, 3, 24, 3],
      [7, b, 3, 27, 3],
    ]);
  });

  test("need at least two draws, an even number of replications, names that are there and finite outputs", () => {
    const bad = (change: Partial<SobolOptions>, with_: Partial<Model> = {}) => {
      return () => runPlan(planSobol({ ...model, ...with_ }, { ...options, ...change }));
    };
    expect(bad({ draws: 1 })).toThrow("invalid draws: 1 (expected a whole number of at least 2)");
    expect(bad({ reps: 3 })).toThrow("invalid reps: 3 (expected an even number of at least 2)");
    expect(bad({ inputs: ["x9"] })).toThrow("unknown parameter: x9");
    expect(bad({ inputs: ["x1", "x1"] })).toThrow("invalid name of input: x1");
    expect(bad({ points: "sobol", draws: 100 })).toThrow("16 scrambles times a power of two");
    expect(bad({}, { evaluate: () => {} })).toThrow("invalid output event: NaN (expected a finite number)");
    expect(bad({}, { outputs: [] })).toThrow("invalid number of outputs: 0");
    expect(bad({}, { parameters: [{ name: "x1", value: 1 }] })).toThrow("invalid number of inputs: 0");
    const twice = [0, 1].map((j) => ({ name: `x${j}`, distribution: uniform(0, 1), address: 4 }));
    expect(bad({}, { parameters: twice })).toThrow("invalid address of x1: 4");
  });
});

describe("properties of Sobol indices", () => {
  /** A function of `terms`: coefficients of x1, x2, x3 and their products by pairs. */
  const polynomial = (terms: readonly number[]) =>
    plain(3, uniform(-1, 1), ([a = 0, b = 0, c = 0]) => {
      const monomials = [a, b, c, a * b, a * c, b * c];
      return monomials.reduce((sum, value, i) => sum + value * (terms[i] ?? 0), 0);
    });
  const terms = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 6 });

  test("S is at most T, within error", () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: 1, max: 1000 }), (coefficients, seed) => {
        for (const { first, total } of only(polynomial(coefficients), { draws: 256, seed }).inputs) {
          const slack = (ERRORS + 1) * Math.sqrt(first.se * first.se + total.se * total.se);
          expect(first.estimate).toBeLessThanOrEqual(total.estimate + slack);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test("parameters in another order, at their addresses, give the same results in that order", () => {
    const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(terms, orders, (coefficients, order) => {
        const model = polynomial(coefficients);
        const back = new Float64Array(3);
        const moved: Model = {
          ...model,
          parameters: order.map((j) => ({ name: `x${j + 1}`, distribution: uniform(-1, 1), address: j })),
          evaluate: (x, chance, out) => {
            for (const [i, j] of order.entries()) back[j] = x[i] ?? Number.NaN;
            model.evaluate(back, chance, out);
          },
        };
        const plainly = only(model, { draws: 32 });
        const permuted = only(moved, { draws: 32 });
        expect(permuted.inputs).toEqual(order.map((j) => plainly.inputs[j]));
        expect(permuted.parameterVariance).toEqual(plainly.parameterVariance);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("a change of the output's unit and zero changes no index", () => {
    fc.assert(
      fc.property(
        terms,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (coefficients, scale, zero) => {
          const model = polynomial(coefficients);
          const evaluate: Model["evaluate"] = (x, chance, out) => {
            model.evaluate(x, chance, out);
            out[0] = zero + scale * (out[0] ?? 0);
          };
          const [one, other] = [only(model, { draws: 32 }), only({ ...model, evaluate }, { draws: 32 })];
          for (const [j, { first, total }] of one.inputs.entries()) {
            expect(Math.abs(first.estimate - (other.inputs[j]?.first.estimate ?? 9))).toBeLessThan(1e3 * ROUNDINGS);
            expect(Math.abs(total.estimate - (other.inputs[j]?.total.estimate ?? 9))).toBeLessThan(1e3 * ROUNDINGS);
          }
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});

describeWith("vectors/dynamics/vectors.json", "the vectors of the dynamics specification", (path) => {
  const vectors = JSON.parse(readFileSync(path, "utf8"));

  test("hold Ishigami's indices and Shapley effects within the errors of 4 096 draws", () => {
    const { var: variance, S, T, Sh } = vectors.ishigami.expect;
    const output = only(ishigami, { draws: 4096, seed: 5 });
    expectIndices(output, S, T, ERRORS);
    expect(off(output.parameterVariance, variance)).toBeLessThan(ERRORS);
    for (const [j, { shapley }] of output.inputs.entries()) expect(off(shapley, Sh[j])).toBeLessThan(ERRORS);
    expect(off(output.sumShapley, 1)).toBeLessThan(ERRORS);
  });

  test("hold quantiles of triangular and log-triangular parameters", () => {
    const { input, expect: expected } = vectors.triangular_quantile;
    for (const [i, u] of input.u.entries()) {
      const [low, mode, high] = input.tri;
      expect(Math.abs(triangular(low, mode, high).quantile(u) - expected.tri[i])).toBeLessThan(ROUNDINGS);
      const [least, likeliest, most] = input.ltri;
      expect(Math.abs(logTriangular(least, likeliest, most).quantile(u) - expected.ltri[i])).toBeLessThan(ROUNDINGS);
    }
    expect(() => logTriangular(0, 1, 2)).toThrow("invalid low: 0 (expected a number above 0)");
    expect(() => logTriangular(1, 3, 2)).toThrow("invalid mode: 3 (expected a number from 1 to 2)");
  });
});
