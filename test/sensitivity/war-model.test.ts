import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { triangular } from "../../src/core/distributions/index.ts";
import { compileModel, Layout, runTrajectory, State } from "../../src/dynamics/index.ts";
import { logTriangular, type Model, type Quantiles, sobolIndices } from "../../src/sensitivity/index.ts";
import { describeWith } from "../support/shared.ts";

/** Half of the last figure that the reference engine prints. */
const FOUR_FIGURES = 5.1e-5;

/**
 * What the reference engine in C prints for `./dyn sobol ru-ua-2024-11-28.par 24 4 42`: mean, standard deviation of the
 * expectation, share of the outcome variance that is parameters, sum of S; then S and T of three parameters.
 */
const REFERENCE: Readonly<Record<string, readonly [readonly number[], Readonly<Record<string, readonly number[]>>]>> = {
  talks12: [[0.72396, 0.24592, 0.3026, 0.427], { th0: [0.1247, 0.0861], hT: [-0.009, 0.0861], x0: [0, 0] }],
  cf14: [[0.234375, 0.27727, 0.4284, 1.9541], { cA: [0.3409, 0.2032], x0: [0.2265, 0.1355], xhi: [0.1651, 0.1355] }],
  set60: [[0.26042, 0.19267, 0.1927, 5.6061], { th0: [0.4121, 0.2806], recB: [0.1374, 0.2806], rB: [0.0555, 0.2806] }],
  va60: [[0.25521, 0.23627, 0.2937, 0.0758], { th0: [-0.0982, 0.1866], kB: [-0.1351, 0.1866], xhi: [0.2313, 0.0933] }],
  durable: [[0.24479, 0.23627, 0.302, 2.0633], { xhi: [0.3275, 0.1866], kx: [0.1885, 0.1866], th0: [0.3751, 0.1866] }],
};

/** Within `months`, where -1 is never. */
const by = (at: number, months: number): number => (at >= 0 && at <= months + 1e-9 ? 1 : 0);

/** The war model with the parameters and their distributions of one of the reference engine's files. */
function warModel(path: string): Model {
  const layout = new Layout();
  const vector = layout.vector();
  const distributions = new Map<string, Quantiles>();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [name = "", value, low, high, kind] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (value === undefined) continue;
    vector[layout.index(name)] = Number(value);
    const three = [Number(low), Number(value), Number(high)] as const;
    if (kind === "tri") distributions.set(name, triangular(...three));
    if (kind === "ltri") distributions.set(name, logTriangular(...three));
  }
  const state = new State(compileModel(layout, vector));
  return {
    parameters: layout.names.map((name, i) => ({
      name,
      value: vector[i] ?? Number.NaN,
      distribution: distributions.get(name),
    })),
    outputs: Object.keys(REFERENCE).map((name) => ({ name, indicator: true })),
    evaluate: (parameters, { seed, first, count }, out) => {
      const model = compileModel(layout, parameters);
      out.fill(0);
      for (let i = first; i < first + count; i++) {
        runTrajectory(model, state, seed, i);
        const outcomes = [
          by(state.talksAt, 12),
          by(state.stopAt, 14),
          by(state.settlementAt, 60),
          state.outcome === 0 ? 1 : 0,
          state.outcome >= 2 && state.outcome <= 4 ? 1 : 0,
        ];
        for (const [w, value] of outcomes.entries()) out[w] = (out[w] ?? 0) + value / count;
      }
    },
  };
}

describeWith("reference/dynamics-c/ru-ua-2024-11-28.par", "Sobol indices of the war model", (path) => {
  test("are to the last printed figure those of the reference engine in C", () => {
    const { outputs, replications } = sobolIndices(warModel(path), { draws: 24, reps: 4, seed: 42 });
    expect(replications).toBe(24 * 78 * 4);
    for (const { name, mean, parameterSd, parameterShare, sumFirst, inputs } of outputs) {
      const [summary = [], indices = {}] = REFERENCE[name] ?? [];
      const figures = [mean, parameterSd, parameterShare, sumFirst].map(({ estimate }) => estimate);
      for (const [i, value] of summary.entries()) {
        expect(Math.abs((figures[i] ?? Number.NaN) - value), `${name} ${i}`).toBeLessThan(FOUR_FIGURES);
      }
      for (const [parameter, [first = Number.NaN, total = Number.NaN]] of Object.entries(indices)) {
        const index = inputs.find((input) => input.name === parameter);
        expect(Math.abs((index?.first.estimate ?? 9) - first), `${name} S ${parameter}`).toBeLessThan(FOUR_FIGURES);
        expect(Math.abs((index?.total.estimate ?? 9) - total), `${name} T ${parameter}`).toBeLessThan(FOUR_FIGURES);
      }
    }
  });
});
