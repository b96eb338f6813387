import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bindDynamics, type WarOutput, warModel } from "../../src/assess/index.ts";
import { createKernel, type EnsembleInput, GRIDS, runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import { readParameterFile } from "../../src/formats/par.ts";
import type { Model } from "../../src/sensitivity/index.ts";
import { pullLevers, sobolIndices } from "../../src/sensitivity/index.ts";
import { bundled, viewed } from "../support/cases.ts";
import { describeWith } from "../support/shared.ts";

const SEED = 5;
const RUNS = 1500;

const { inputs } = bindDynamics(viewed(bundled("ukraine-2024")));
if (inputs === undefined) throw new Error("the bundled case has no war");
const war = inputs;

const OUTPUTS: readonly WarOutput[] = [
  { name: "talks12", kind: "by", passage: "talks", month: 12 },
  { name: "stop24", kind: "by", passage: "stop", month: 24 },
  { name: "settlement60", kind: "by", passage: "settlement", month: 60 },
  { name: "freeze36", kind: "by", passage: "freeze", month: 36 },
  { name: "relapse", kind: "by", passage: "relapse" },
  { name: "relapse12", kind: "relapse", within: 12 },
  { name: "victoryA", kind: "end", as: ["victoryA"] },
  { name: "victoryA24", kind: "end", as: ["victoryA"], month: 24 },
  { name: "durable", kind: "end", as: ["settlementDurable", "ceasefireDurable", "freezeDurable"] },
  { name: "at war", kind: "end", as: ["war", "talks"] },
  { name: "rounds", kind: "value", of: "rounds" },
  { name: "steps", kind: "value", of: "escalationSteps" },
  { name: "lossA", kind: "value", of: "lossA" },
  { name: "lossB", kind: "value", of: "lossB" },
  { name: "share", kind: "value", of: "share" },
];

/** What the counts of an ensemble say of the same outputs; those that a grid holds, by their median. */
function counted(summary: Summary): Record<string, number> {
  const at = (passage: "talks" | "stop" | "settlement" | "freeze" | "relapse", month: number) =>
    summary.by(passage)[month - 1]?.p ?? Number.NaN;
  const ends = summary.outcomes();
  const relapsed = summary.layout.section("relapsed").at;
  return {
    talks12: at("talks", 12),
    stop24: at("stop", 24),
    settlement60: at("settlement", 60),
    freeze36: at("freeze", 36),
    relapse: at("relapse", summary.layout.months),
    relapse12: summary.counts.subarray(relapsed, relapsed + 13).reduce((sum, n) => sum + n, 0) / summary.runs,
    victoryA: ends.victoryA.p,
    victoryA24: summary.inAny(24, ["victoryA"]).p,
    durable: ends.settlementDurable.p + ends.ceasefireDurable.p + ends.freezeDurable.p,
    "at war": ends.war.p + ends.talks.p,
    rounds: summary.mean("rounds"),
    steps: summary.mean("steps"),
  };
}

const summaryOf = (input: EnsembleInput, first: number, runs: number): Summary =>
  new Summary(tallyLayoutOf(input), runRange(input, SEED, first, runs));

/** Means of all outputs. */
function evaluated(model: Model, first: number, count: number, vector = war.vector): Float64Array {
  const out = new Float64Array(model.outputs.length);
  model.evaluate(vector, { seed: SEED, first, count }, out);
  return out;
}

/** Sums of a few shares differ in the last bit by their order. */
const ROUNDING = 1e-12;

function expectEqual(out: Float64Array, summary: Summary): void {
  const expected = counted(summary);
  for (const [w, { name }] of OUTPUTS.entries()) {
    const value = expected[name];
    if (value !== undefined) expect(Math.abs((out[w] ?? Number.NaN) - value), name).toBeLessThan(ROUNDING);
  }
}

describe("the war as a function of its parameters", () => {
  const model = warModel(war, OUTPUTS);

  it("has the same trajectories as an ensemble: the same shares and means", () => {
    expectEqual(evaluated(model, 0, RUNS), summaryOf({ ...war, uncertain: [] }, 0, RUNS));
    expectEqual(evaluated(model, 7000, 333), summaryOf({ ...war, uncertain: [] }, 7000, 333));
  });

  it("answers after a change of a parameter for what it was changed to, and back", () => {
    const set = Float64Array.from(war.vector);
    set[war.layout.index("Mbar")] = 0.8;
    const before = evaluated(model, 0, 200);
    expectEqual(evaluated(model, 0, 200, set), summaryOf({ layout: war.layout, vector: set }, 0, 200));
    expect(evaluated(model, 0, 200)).toEqual(before);
  });

  it("gives values within those that the grid of an ensemble holds", () => {
    const summary = summaryOf({ ...war, uncertain: [] }, 0, RUNS);
    const each = new Float64Array(RUNS * OUTPUTS.length);
    model.evaluateEach?.(war.vector, { seed: SEED, first: 0, count: RUNS }, each);
    for (const name of ["lossA", "lossB", "share"] as const) {
      const w = OUTPUTS.findIndex((output) => output.name === name);
      const values = Float64Array.from({ length: RUNS }, (_, i) => each[i * OUTPUTS.length + w] ?? Number.NaN).sort();
      const { low, high, bins } = GRIDS[name];
      const median = summary.quantiles(name)?.p50 ?? Number.NaN;
      expect(Math.abs(median - (values[RUNS / 2] ?? Number.NaN)), name).toBeLessThan((2 * (high - low)) / bins);
    }
  });

  it("gives single replications whose mean is the mean, in both kernels and in whatever parts", () => {
    const count = 1200;
    const mean = evaluated(model, 0, count);
    const kinds = [model, warModel(war, OUTPUTS, createKernel("typescript"))];
    const [one, other] = kinds.map((kind) => {
      const each = new Float64Array(count * OUTPUTS.length);
      kind.evaluateEach?.(war.vector, { seed: SEED, first: 0, count }, each);
      return each;
    });
    expect(other).toEqual(one);
    for (const [w, { name }] of OUTPUTS.entries()) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += one?.[i * OUTPUTS.length + w] ?? Number.NaN;
      expect(Math.abs(sum / count - (mean[w] ?? Number.NaN)), name).toBeLessThan(ROUNDING);
    }
    const part = new Float64Array(100 * OUTPUTS.length);
    model.evaluateEach?.(war.vector, { seed: SEED, first: 1100, count: 100 }, part);
    expect(part).toEqual(one?.subarray(1100 * OUTPUTS.length));
  });

  it("draws uncertain parameters as an ensemble does", () => {
    const runs = 300;
    const { levers } = pullLevers(model, [{ name: "none", set: { dt: 1 } }], {
      seed: SEED,
      background: "prior",
      batchSize: runs,
      batches: 1,
    });
    const expected = counted(summaryOf(war, 0, runs));
    for (const { output, base, result, difference } of levers[0]?.effects ?? []) {
      expect(difference.estimate, output).toBe(0);
      expect(result.estimate).toBe(base.estimate);
      const value = expected[output];
      if (value !== undefined) expect(Math.abs(base.estimate - value), output).toBeLessThan(ROUNDING);
    }
  });

  it("counts a first stop that is broken in time among all trajectories, so that the share of stops is a ratio", () => {
    const runs = 4000;
    const [broken = 0, stopped = 0] = evaluated(
      warModel(war, [
        { name: "broken", kind: "relapse", within: 3 },
        { name: "stopped", kind: "by", passage: "stop" },
      ]),
      0,
      runs,
    );
    const summary = summaryOf({ ...war, uncertain: [] }, 0, runs);
    const { p, se } = summary.relapseWithin(3);
    expect(broken / stopped).toBeLessThanOrEqual(p);
    // Few stops come within three months of the horizon, which is what the two differ by.
    expect(p - broken / stopped).toBeLessThan(se);
  });

  it.each([0, -3, 1.5, Number.NaN])("refuses month %d", (month) => {
    expect(() => warModel(war, [{ name: "talks", kind: "by", passage: "talks", month }])).toThrow(
      /invalid talks: .*whole number of months/,
    );
  });
});

describeWith("reference/dynamics-c/ru-ua-2024-11-28.par", "the first case as a function of its parameters", (path) => {
  it("has to the last printed figure the indices of the reference engine in C", () => {
    const { parameters } = readParameterFile(readFileSync(path, "utf8"), path);
    if (parameters === undefined) throw new Error("the file of the first case cannot be read");
    const model = warModel(parameters, [
      { name: "talks12", kind: "by", passage: "talks", month: 12 },
      { name: "cf14", kind: "by", passage: "stop", month: 14 },
      { name: "set60", kind: "by", passage: "settlement", month: 60 },
      { name: "va60", kind: "end", as: ["victoryA"] },
      { name: "durable", kind: "end", as: ["settlementDurable", "ceasefireDurable", "freezeDurable"] },
    ]);
    const { outputs } = sobolIndices(model, { draws: 24, reps: 4, seed: 42 });
    // Mean, standard deviation of the expectation, share that is parameters, sum of S: `./dyn sobol .. 24 4 42`.
    const printed = [
      [0.72396, 0.24592, 0.3026, 0.427],
      [0.234375, 0.27727, 0.4284, 1.9541],
      [0.26042, 0.19267, 0.1927, 5.6061],
      [0.25521, 0.23627, 0.2937, 0.0758],
      [0.24479, 0.23627, 0.302, 2.0633],
    ];
    for (const [i, { name, mean, parameterSd, parameterShare, sumFirst }] of outputs.entries()) {
      const figures = [mean, parameterSd, parameterShare, sumFirst].map(({ estimate }) => estimate);
      for (const [j, figure] of figures.entries()) {
        // Half of the last figure printed.
        expect(Math.abs(figure - (printed[i]?.[j] ?? Number.NaN)), `${name} ${j}`).toBeLessThan(5.1e-5);
      }
    }
  });
});
