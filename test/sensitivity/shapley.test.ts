import { describe, expect, test } from "vitest";
import { lognormal, normal, uniform } from "../../src/core/distributions/index.ts";
import { log } from "../../src/core/math/index.ts";
import {
  evaluateRows,
  gaussianCopula,
  independentSampler,
  planShapley,
  type ShapleyOptions,
  shapleyEffects,
} from "../../src/sensitivity/index.ts";
import { ERRORS, event, gFunction, gTruth, ISHIGAMI, ishigami, off, plain, unit } from "./support.ts";

const ROUNDINGS = 1e-12;
const standard = normal(0, 1);

function only(model: Parameters<typeof shapleyEffects>[0], options: ShapleyOptions) {
  const [output] = shapleyEffects(model, options).outputs;
  if (output === undefined) throw new Error("no output");
  return output;
}

/** Sums x1 + 2 x2 of normal inputs with correlation rho. */
const linear = plain(2, standard, ([a = 0, b = 0]) => a + 2 * b);

/**
 * Owen & Prieur (2017), SIAM/ASA Journal on Uncertainty Quantification 5, 986-1002, for b1 x1 + b2 x2, standard normal
 * with correlation r: (b1^2 (1 - r^2 / 2) + r b1 b2 + b2^2 r^2 / 2) / variance, and the rest.
 */
function owenPrieur(b1: number, b2: number, r: number) {
  const variance = b1 * b1 + b2 * b2 + 2 * r * b1 * b2;
  const first = (b1 * b1 * (1 - (r * r) / 2) + r * b1 * b2 + (b2 * b2 * r * r) / 2) / variance;
  return { variance, shapley: [first, 1 - first] };
}

describe("Shapley effects", () => {
  test.each([-0.7, 0, 0.3, 0.95])("of two normal inputs with correlation %d are Owen & Prieur's", (rho) => {
    const { variance, shapley } = owenPrieur(1, 2, rho);
    const sampler = gaussianCopula(
      [standard, standard],
      [
        [1, rho],
        [rho, 1],
      ],
    );
    for (const inner of [2, 3]) {
      const output = only(linear, { permutations: 8000, sampler, inner });
      expect(off(output.parameterVariance, variance)).toBeLessThan(ERRORS);
      for (const [j, index] of output.inputs.entries())
        expect(off(index.shapley, shapley[j] ?? 0)).toBeLessThan(ERRORS);
    }
  });

  test("of three inputs, two of which depend on each other, give the third its own variance", () => {
    const model = plain(3, standard, ([a = 0, b = 0, c = 0]) => a + b + c);
    const sampler = gaussianCopula(
      [standard, standard, standard],
      [
        [1, 0.8, 0],
        [0.8, 1, 0],
        [0, 0, 1],
      ],
    );
    const { inputs } = only(model, { permutations: 8000, sampler });
    const truth = [1.8 / 4.6, 1.8 / 4.6, 1 / 4.6];
    for (const [j, { shapley }] of inputs.entries()) expect(off(shapley, truth[j] ?? 0)).toBeLessThan(ERRORS);
  });

  test("of Ishigami's function and of the g-function, with independent inputs, are the closed form", () => {
    const ofIshigami = only(ishigami, { permutations: 12_000 });
    for (const [j, { shapley }] of ofIshigami.inputs.entries()) {
      expect(off(shapley, 0.5 * ((ISHIGAMI.S[j] ?? 0) + (ISHIGAMI.T[j] ?? 0)))).toBeLessThan(ERRORS);
    }
    const truth = gTruth();
    const ofG = only(gFunction, { permutations: 12_000 });
    for (const [j, { shapley }] of ofG.inputs.entries()) {
      expect(off(shapley, truth.shapley[j] ?? 0)).toBeLessThan(ERRORS);
      expect(shapley.se).toBeLessThan(0.02);
    }
  });

  test("share out the variance of chances, without the noise of the trajectories that tell them", () => {
    const model = event(2, ([a = 0, b = 0]) => a * b);
    const output = only(model, { permutations: 12_000, reps: 2 });
    expect(off(output.parameterVariance, 7 / 144)).toBeLessThan(ERRORS);
    for (const { shapley } of output.inputs) expect(off(shapley, 0.5)).toBeLessThan(ERRORS);
  });

  test("add up to 1, are zeros for a constant, and do not depend on the order of rows", () => {
    const plan = planShapley(gFunction, { permutations: 40, inner: 3 });
    const table = new Float64Array(plan.rows * plan.width);
    const other = planShapley(gFunction, { permutations: 40, inner: 3 });
    for (let i = 0; i < 40; i++) other.evaluate((i * 7 + 3) % 40, table, ((i * 7 + 3) % 40) * plan.width);
    expect(table).toEqual(evaluateRows(plan, 0, 40));
    const sum = plan.merge(table).outputs[0]?.inputs.reduce((all, { shapley }) => all + shapley.estimate, 0) ?? 0;
    expect(Math.abs(sum - 1)).toBeLessThan(ROUNDINGS);
    const flat = only(
      plain(2, uniform(0, 1), () => 0.1),
      { permutations: 10, inner: 3 },
    );
    for (const { shapley } of flat.inputs) expect(shapley).toEqual({ estimate: 0, se: 0 });
    expect(flat.resolved).toBe(false);
  });

  test("are all of the variance, without doubt, for a single input", () => {
    const [index] = only(
      plain(1, standard, ([x = 0]) => x * x),
      { permutations: 50 },
    ).inputs;
    expect(index?.shapley).toEqual({ estimate: 1, se: 0 });
  });

  test("refuse a sampler of other inputs and too few permutations", () => {
    const sampler = independentSampler([standard]);
    expect(() => planShapley(linear, { permutations: 10, sampler })).toThrow(
      "invalid number of inputs of the sampler: 1",
    );
    expect(() => planShapley(linear, { permutations: 1 })).toThrow("invalid permutations: 1");
    expect(() => planShapley(linear, { permutations: 9, inner: 1 })).toThrow("invalid inner: 1");
  });
});

describe("a Gaussian copula", () => {
  const R = [
    [1, 0.6, -0.2],
    [0.6, 1, 0.3],
    [-0.2, 0.3, 1],
  ];
  const sampler = gaussianCopula([standard, lognormal(0, 1), standard], R);

  test("keeps the inputs that come first in the order while later ones are drawn afresh", () => {
    const order = [2, 0, 1];
    const [one, other] = [new Float64Array(3), new Float64Array(3)];
    sampler.sample(order, Float64Array.of(0.2, 0.7, 0.4), one);
    sampler.sample(order, Float64Array.of(0.2, 0.7, 0.9), other);
    expect([other[2], other[0]]).toEqual([one[2], one[0]]);
    expect(other[1]).toBeGreaterThan(one[1] ?? 0);
  });

  test("has the correlations of its normal scores and its margins, in whatever order it is drawn", () => {
    const N = 20_000;
    /** Of a correlation of 20 000 pairs the standard error is at most 0.0071. */
    const TOL_MC = 4 * 0.0071;
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
    ]) {
      const sums = new Float64Array(6);
      const [units, out] = [new Float64Array(3), new Float64Array(3)];
      for (let i = 0; i < N; i++) {
        for (let j = 0; j < 3; j++) units[j] = unit(1, i, j);
        sampler.sample(order, units, out);
        const [a = 0, b = 0, c = 0] = [out[0], log(out[1] ?? 1), out[2]];
        for (const [s, value] of [a * b, a * c, b * c, a * a, b * b, c * c].entries())
          sums[s] = (sums[s] ?? 0) + value / N;
      }
      const expected = [0.6, -0.2, 0.3, 1, 1, 1];
      for (const [s, value] of expected.entries()) {
        // Squares of normal numbers have twice the variance of products.
        expect(Math.abs((sums[s] ?? 0) - value)).toBeLessThan(2 * TOL_MC);
      }
    }
  });

  test("refuses what is no correlation matrix", () => {
    const two = [standard, standard];
    const refuse = (matrix: number[][], message: string) => expect(() => gaussianCopula(two, matrix)).toThrow(message);
    refuse([[1, 0]], "invalid correlation: 1 rows (expected a matrix of 2 by 2)");
    refuse(
      [
        [1, 0.5],
        [0.4, 1],
      ],
      "a symmetric matrix",
    );
    refuse(
      [
        [1, 1],
        [1, 1],
      ],
      "a number between -1 and 1",
    );
    refuse(
      [
        [2, 0],
        [0, 1],
      ],
      "1 on the diagonal",
    );
    const impossible = [
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ];
    expect(() => gaussianCopula([...two, standard], impossible)).toThrow("not positive definite");
  });
});
