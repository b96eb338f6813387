import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COLUMNS,
  type Column,
  compileModel,
  createKernel,
  MONTH_KINDS,
  type Model,
  monthsOf,
  OUTCOMES,
  PHASES,
  type Results,
  resultsFor,
  runTrajectory,
  State,
} from "../../src/dynamics/index.ts";
import { PAIRS, SINGLES } from "../../src/dynamics/wasm/flatten.ts";
import { describeWith, shared } from "../support/shared.ts";
import { jumps, randomModel } from "./random-models.ts";
import { csv, firstCase, layout, modelOf, OFF } from "./support.ts";

const typeScript = createKernel("typescript");
const webAssembly = createKernel("webassembly");
/** Seeds and trajectories run to the largest whole number that a double holds with all before it. */
const whole = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 }),
  fc.integer({ min: 2 ** 32, max: Number.MAX_SAFE_INTEGER - 1000 }),
);

const countOf = (counts: Uint32Array, month: number, kind: number) => counts[month * MONTH_KINDS + kind] ?? 0;
const bits = (values: Float64Array) => new BigUint64Array(values.buffer);

/** Both kernels on the same trajectories: every bit of every column and every count must be the same. */
function expectSame(model: Model, seed: number, first: number, count: number): Results {
  const expected = resultsFor(count, monthsOf(model));
  const got = resultsFor(count, monthsOf(model));
  typeScript.run(model, seed, first, count, expected);
  webAssembly.run(model, seed, first, count, got);
  for (const name of COLUMNS) {
    const wanted = bits(expected.columns[name]);
    const row = bits(got.columns[name]).findIndex((value, i) => value !== wanted[i]);
    if (row >= 0) {
      expect.fail(
        `${name} of trajectory ${first + row}: ${got.columns[name][row]}, not ${expected.columns[name][row]}`,
      );
    }
  }
  expect(got.months).toEqual(expected.months);
  return got;
}

describe("the kernel in WebAssembly", () => {
  it("is the one that is chosen", () => {
    expect(createKernel().kind).toBe("webassembly");
    expect(typeScript.kind).toBe("typescript");
  });

  it("gives the bits of the TypeScript kernel, whatever the parameters, the seed and the trajectory", () => {
    const reached = new Set<number>();
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), whole, whole, (start, seed, first) => {
        const { columns } = expectSame(randomModel(jumps(start)), seed, first, 40);
        for (const outcome of columns.outcome) reached.add(outcome);
      }),
      { numRuns: 150 },
    );
    // A comparison of trajectories that all end alike would say little.
    expect(reached.size).toBe(OUTCOMES.length);
  });

  it("takes one model after another, in any number of trajectories, and writes where it is told", () => {
    const models = [1, 2, 3].map((seed) => randomModel(jumps(seed)));
    const all = resultsFor(1400);
    let at = 0;
    for (const [i, count] of [1, 700, 255, 256, 188].entries()) {
      webAssembly.run(models[i % 3] as Model, 5, i, count, all, at);
      const alone = resultsFor(count);
      typeScript.run(models[i % 3] as Model, 5, i, count, alone);
      for (const name of COLUMNS) {
        expect(all.columns[name].subarray(at, at + count), name).toEqual(alone.columns[name]);
      }
      at += count;
    }
    expect(at).toBe(1400);
  });

  it("holds many backers, packages, events and months at once", () => {
    const next = jumps(11);
    let model = randomModel(next);
    for (let i = 0; i < 50; i++) {
      const other = randomModel(next);
      if (other.backers + other.packages + other.events.length > model.backers + model.packages + model.events.length) {
        model = other;
      }
    }
    expect(model.backers).toBeGreaterThan(6);
    expectSame(Object.freeze({ ...model, steps: Math.round(2000 / model.dt) }), 3, 0, 20);
  });

  it.each<[string, Readonly<Record<string, number>>]>([
    ["a front that walks at random", { horizon: 1000, kx: 0.01, th0: 0.2, sx: 0.03, xlo: 0.3, xhi: 0.6, x0: 0.45 }],
    [
      "Lanchester's square law in small steps",
      { dt: 0.01, horizon: 10, lp: 1, lq: 0, kB: 0.05, recA: 0, kx: 0, sx: 1e-6 },
    ],
    ["forces at their balance", { horizon: 24, lp: 0, lq: 1, kA: 0.048, recA: 0.03, kx: 0, sx: 1e-6 }],
    ["beliefs in common", { horizon: 1, x0: 0.45, xhi: 0.65, th0: 1, lamA: 0, lamB: 0, ce: 0, fl: 0 }],
    [
      "talks at a constant hazard",
      { hT: 0.018, Mbar: 0.3, bTM: 1.2, bTR: 0, bTZ: 0, kx: 0, sx: 0.0005, horizon: 24, dt: 0.25 },
    ],
    [
      "competing ends of talks",
      { hT: 1000, hS: 0.04, hCM: 0, hTF: 0.15, bTFZ: 0, p0a: 1, p0b: 1, kx: 0, horizon: 7, hR: 0 },
    ],
    [
      "relapses",
      { hT: 1000, hC: 1000, hTF: 0, p0a: 1, p0b: 1, hS: 0, kx: 0, horizon: 40, thold: 36, hR: 0.094, bRT: 0.6 },
    ],
    ["weariness alone", { horizon: 24, wB0: 0.52, awB: 0.03, kx: 0, lp: 0, lq: 0, recA: 0, recB: 0, mcol: 0 }],
    ["learning alone", { horizon: 24, th0: 0.45, oA: 0.35, kx: 0.005, sx: 0.008, xlo: -9, xhi: 9, lamA: 0.5, hC: 0 }],
    ["escalation alone", { nuA: 0.08, JAB: 0.3, JBA: 0.2, bl: 0, kx: 0, sx: 0.0001, horizon: 600, Lmax: 99, dt: 0.25 }],
    ["aid that comes and goes", { horizon: 24, b0f: 0.3, b0l: 0, ownB: 0.7, taua: 0, b0x: 0.03, b0n: 0.04, kx: 0 }],
    ["numbers at the edge of what doubles hold", { hT: 1e300, bX: 700, hX: 1e-300, gpr: 1e-3, sn: 1e-9, LA0: 6 }],
  ])("gives the bits of the TypeScript kernel in a special case: %s", (_, values) => {
    expectSame(modelOf(values), 7, 0, 300);
    expectSame(compileModel(layout, layout.vector(values)), 7, 2 ** 40, 300);
    expect(Object.keys(OFF).length).toBeGreaterThan(0);
  });

  it("counts each trajectory once a month: in its phase, or under its outcome when it has ended", () => {
    const model = randomModel(jumps(4));
    const months = monthsOf(model);
    const results = resultsFor(500, months);
    webAssembly.run(model, 1, 0, 300, results);
    webAssembly.run(model, 1, 300, 200, results, 300);
    const counts = new Uint32Array(months * MONTH_KINDS);
    const state = new State(model);
    for (let trajectory = 0; trajectory < 500; trajectory++) {
      const kinds: number[] = [];
      runTrajectory(model, state, 1, trajectory, (s, n) => {
        while (kinds.length + 1 <= n * model.dt + 1e-9) kinds.push(s.done ? PHASES.length + s.outcome : s.phase);
      });
      while (kinds.length < months) kinds.push(PHASES.length + state.outcome);
      for (const [month, kind] of kinds.entries())
        counts[month * MONTH_KINDS + kind] = 1 + countOf(counts, month, kind);
    }
    expect(results.months).toEqual(counts);
  });

  it("reads the fields of a model in the order in which they are written", () => {
    const source = readFileSync(new URL("../../src/dynamics/wasm/assembly/model.ts", import.meta.url), "utf8");
    const fields = source.slice(0, source.indexOf("export const m")).matchAll(/^ {2}(\w+): (f64|v128);$/gm);
    expect([...fields].map(([, name, type]) => `${name}: ${type}`)).toEqual([
      ...PAIRS.map(([name]) => `${name}: v128`),
      ...SINGLES.map((name) => `${name}: f64`),
    ]);
    expect(source).toContain(PAIRS.map(([name, a, b]) => `  /** ${a}, ${b} */\n  ${name}: v128;\n`).join(""));
  });
});

describeWith("vectors/dynamics/golden_dump_seed42.csv", "the kernel in WebAssembly on the first case", () => {
  /** Columns of the reference engine's file, which holds twelve digits. */
  const GOLDEN: Readonly<Record<string, Column>> = {
    tend: "t",
    ttalk: "talksAt",
    tcf: "stopAt",
    tset: "settlementAt",
    tfrz: "freezeAt",
    trel: "relapseAt",
    xend: "x",
    termC: "ceasefireTerm",
    termS: "settlementTerm",
    DA: "lossA",
    DB: "lossB",
    twar: "fighting",
    ntalk: "rounds",
    ncf: "ceasefires",
    nset: "settlements",
    nrel: "relapses",
    nesc: "steps",
    mA: "mA",
    mB: "mB",
    wA: "wA",
    wB: "wB",
    muA: "muA",
    muB: "muB",
    th: "theta",
  };
  const TOL_WRITTEN = 1e-11;

  it.each([
    ["golden_dump_seed42.csv", 1],
    ["golden_dump_seed42_dt025.csv", 0.25],
  ])("gives what the reference engine gives: %s", (name, dt) => {
    const vector = firstCase();
    vector[layout.index("dt")] = dt;
    const model = compileModel(layout, vector);
    const { columns } = expectSame(model, 42, 0, 64);
    const rows = csv(shared(`vectors/dynamics/${name}`));
    expect(rows).toHaveLength(64);
    for (const [i, row] of rows.entries()) {
      for (const [theirs, ours] of Object.entries(GOLDEN)) {
        const wanted = Number(row[theirs]);
        const off = Math.abs((columns[ours][i] ?? Number.NaN) - wanted) / Math.max(1e-9, Math.abs(wanted));
        expect(off, `${ours} of trajectory ${i}`).toBeLessThan(TOL_WRITTEN);
      }
    }
  });

  it("gives the bits of the TypeScript kernel in ten thousand trajectories", () => {
    expectSame(compileModel(layout, firstCase()), 1, 0, 10_000);
  });
});
