import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { branchingRatio, discountedExits, warValue } from "../../src/dynamics/index.ts";
import { describeWith } from "../support/shared.ts";
import { endings, layout, modelOf, path, type Values } from "./support.ts";

/** Trajectories of a check against chance; a share may lie four standard errors off, so one check in 16 000 fails by chance. */
const N = 5000;
const MOST_ERRORS = 4;
const SEED = 7;

function expectShare(count: number, n: number, p: number): void {
  expect(Math.abs(count / n - p) / Math.sqrt((p * (1 - p)) / n)).toBeLessThan(MOST_ERRORS);
}

function expectMean(values: readonly number[], mean: number): void {
  const m = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1);
  expect(Math.abs(m - mean) / Math.sqrt(variance / values.length)).toBeLessThan(MOST_ERRORS);
}

const expectRelative = (got: number, expected: number, tolerance: number): void =>
  expect(Math.abs(got - expected) / Math.abs(expected)).toBeLessThan(tolerance);

type Vectors = Record<string, { input: Record<string, number> & { t?: number[] }; expect: never }>;

describeWith("vectors/dynamics/vectors.json", "special cases with known answers", (file) => {
  const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
  const expected = <T>(name: string) => vectors[name]?.expect as unknown as T;
  const still: Values = { kA: 0, kB: 0, recA: 0, recB: 0 };

  it("the value of war is the closed form, as are its discounted exits", () => {
    type Row = Record<string, number>;
    for (const row of expected<Row[]>("brownian_war_value")) {
      const { x = 0, lo = 0, hi = 0, drift = 0, vol = 0, r = 0, c = 0 } = row;
      const exits = discountedExits(x, lo, hi, drift, vol, r);
      expectRelative(exits.hi, row["phi_hi"] ?? Number.NaN, 1e-9);
      expectRelative(exits.lo, row["phi_lo"] ?? Number.NaN, 1e-9);
      const value = row["value"] ?? row["V"] ?? Number.NaN;
      expectRelative(warValue(x, lo, hi, drift, vol, r, c), value, 1e-9);
    }
    const z = expected<{ VA: number; VB: number; width: number }>("complete_information_zopa");
    const va = warValue(0.45, 0.15, 0.65, 0.003, 0.01, 0.03, 0.004);
    const vb = warValue(0.55, 0.35, 0.85, -0.003, 0.01, 0.03, 0.006);
    expectRelative(va, z.VA, 1e-9);
    expectRelative(vb, z.VB, 1e-9);
    expectRelative(1 - va - vb, z.width, 1e-9);
  });

  it("the front is a Gaussian walk between two collapse lines", () => {
    const v = expected<{ p_top: number; mean_time: number }>("engine_front_walk");
    const model = modelOf({ ...still, horizon: 1000, kx: 0.01, th0: 0.2, sx: 0.03, xlo: 0.3, xhi: 0.6, x0: 0.45 });
    const ends = endings(model, N, SEED, (s) => ({ top: s.outcome === 0, t: s.t }));
    expectShare(ends.filter(({ top }) => top).length, N, v.p_top);
    expectMean(
      ends.map(({ t }) => t),
      v.mean_time,
    );
  });

  it("losses follow Lanchester's square law in Euler steps, and the continuous one as they shrink", () => {
    const v = expected<Record<"mA_euler" | "mB_euler" | "mA", number>>("engine_lanchester_square");
    const values = {
      dt: 0.01,
      horizon: 10,
      lp: 1,
      lq: 0,
      kA: 0.04,
      kB: 0.05,
      recA: 0,
      recB: 0,
      mcol: 0.05,
      kx: 0,
      sx: 1e-6,
    };
    const last = path(modelOf(values), 0, SEED, (s) => ({ mA: s.mA, mB: s.mB })).at(-1);
    expectRelative(last?.mA ?? 0, v.mA_euler, 1e-10);
    expectRelative(last?.mB ?? 0, v.mB_euler, 1e-10);
    expectRelative(last?.mA ?? 0, v.mA, 2e-4);
  });

  it("forces relax to where losses and replacement balance", () => {
    const v = expected<{ m_24: number }>("engine_force_equilibrium");
    const model = modelOf({ horizon: 24, lp: 0, lq: 1, kA: 0.048, recA: 0.03, kx: 0, sx: 1e-6 });
    expectRelative(path(model, 0, SEED, (s) => s.mA).at(-1) ?? 0, v.m_24, 1e-10);
  });

  it("with beliefs in common the values of war add up to the stake less what war wastes (Fearon 1995)", () => {
    const values = { horizon: 1, x0: 0.45, xlo: 0.15, xhi: 0.65, kx: 0.003, sx: 0.01, th0: 1, rA: 0.03, rB: 0.03 };
    const costs = { cA: 0.004, cB: 0.006, fl: 0, ce: 0, lamA: 0, lamB: 0 };
    const [first] = path(modelOf({ ...still, ...values, ...costs }), 0, SEED, (s) => ({
      x: s.x,
      a: s.valueA,
      b: s.valueB,
    }));
    const { x = 0, a = 0, b = 0 } = first ?? {};
    const exits = discountedExits(x, 0.15, 0.65, 0.003, 0.01, 0.03);
    expectRelative(a, warValue(x, 0.15, 0.65, 0.003, 0.01, 0.03, 0.004), 1e-12);
    expectRelative(a + b, 1 - (0.01 / 0.03) * (1 - exits.hi - exits.lo), 1e-9);
  });

  it.each([1, 0.25])("talks at a constant hazard wait geometrically, at steps of %d", (dt) => {
    const { P: chances } = expected<{ P: number[] }>("geometric_waiting");
    const months = vectors["geometric_waiting"]?.input.t ?? [];
    const only = { hT: 0.018, Mbar: 0.3, bTM: 1.2, bTR: 0, bTZ: 0, bTW: 0, bTN: 0, kx: 0, sx: 0.0005, horizon: 24 };
    const times = endings(modelOf({ ...only, hC: 0, hCM: 0, hS: 0, dt }), N, SEED, (s) => s.talksAt);
    for (const [i, t] of months.entries()) {
      expectShare(times.filter((at) => at >= 0 && at <= t).length, N, chances[i] ?? Number.NaN);
    }
  });

  it("in talks settlement, ceasefire and failure compete", () => {
    const [settlement = 0, ceasefire = 0] = expected<number[]>("competing_risks");
    const open = { hT: 1000, hS: 0.04, hC: 0.2, hCM: 0, hTF: 0.15, bTFZ: 0, p0a: 1, p0b: 1, kx: 0, sx: 0.0005 };
    const model = modelOf({ ...open, horizon: 7, hR: 0, HA: 0, HB: 0, bTN: 0 });
    const ends = endings(model, N, SEED, (s) => ({
      first: s.rounds === 1,
      stop: s.stopAt >= 0,
      settled: s.settlements === 1 && s.ceasefires === 0,
    }));
    expectShare(ends.filter(({ first, stop }) => first && stop).length, N, settlement + ceasefire);
    expectShare(ends.filter(({ first, settled }) => first && settled).length, N, settlement);
  });

  it("a ceasefire relapses less the longer it has lasted", () => {
    const v = expected<{ engine: Record<string, number> }>("relapse_duration_dependence");
    const stop = {
      hT: 1000,
      hC: 1000,
      hTF: 0,
      hCM: 0,
      p0a: 1,
      p0b: 1,
      hS: 0,
      kx: 0,
      sx: 0.0005,
      horizon: 40,
      thold: 36,
    };
    const risk = { hR: 0.094, bRT: 0.6, bRR: 0, bRG: 0, bRM: 0, bRV: 0, bRN: 0, nb0: 0 };
    const spells = endings(modelOf({ ...stop, ...risk }), N, SEED, (s) =>
      s.relapsed ? s.spell : Number.POSITIVE_INFINITY,
    );
    for (const months of [3, 12, 24]) {
      expectShare(spells.filter((spell) => spell <= months).length, N, v.engine[String(months)] ?? Number.NaN);
    }
  });

  it("weariness grows as it is told to", () => {
    const quiet = {
      horizon: 24,
      wB0: 0.52,
      awB: 0.03,
      kx: 0,
      sx: 0.0005,
      lp: 0,
      lq: 0,
      recA: 0,
      recB: 0,
      kB: 0.01,
      mcol: 0,
    };
    expectRelative(
      path(modelOf(quiet), 0, SEED, (s) => s.wB).at(-1) ?? 0,
      expected<number>("weariness_relaxation"),
      1e-12,
    );
  });

  it("beliefs learn from the front as the normal model says", () => {
    const v = expected<{ expected_mean: number }>("normal_learning");
    const front = {
      horizon: 24,
      th0: 0.45,
      oA: 0.35,
      kx: 0.005,
      sx: 0.008,
      x0: 0.5,
      xlo: -9,
      xhi: 9,
      tau0: 4,
      lamA: 0.5,
    };
    expectMean(
      endings(modelOf({ ...still, ...front, hC: 0 }), N, SEED, (s) => s.muA),
      v.expected_mean,
    );
  });

  it.each([
    ["dt1", 1, 1000],
    ["dt025", 0.25, 400],
  ] as const)("steps of escalation come at the mean rate of the Hawkes process: %s", (key, dt, n) => {
    const v = expected<Record<string, number>>("engine_hawkes_600");
    const ladder = {
      nuA: 0.08,
      nuB: 0.08,
      JAA: 0.05,
      JAB: 0.3,
      JBA: 0.2,
      JBB: 0.05,
      bh: 0.8,
      bl: 0,
      kx: 0,
      sx: 0.0001,
    };
    const long = { horizon: 600, Lmax: 99, LA0: 0, LB0: 0, lp: 0, lq: 0, dt };
    expectMean(
      endings(modelOf({ ...still, ...ladder, ...long }), n, SEED, (s) => s.steps / 600),
      v[key] ?? Number.NaN,
    );
    const { branching } = expected<{ branching: number }>("hawkes_mean");
    expectRelative(branchingRatio(layout, layout.vector(ladder)), branching, 1e-12);
  });

  it("aid is on as often as a two-state chain", () => {
    const chain = { horizon: 24, b0f: 0.3, b0l: 0, ownB: 0.7, taua: 0, b0x: 0.03, b0n: 0.04, kx: 0, sx: 0.0005 };
    const on = endings(modelOf(chain), N, SEED, (s) => s.aB > 0.29);
    expectShare(on.filter(Boolean).length, N, expected<number>("engine_aid_chain"));
  });
});

describe("the value of war", () => {
  it("solves its differential equation between the collapse lines, and is 0 and 1 at them", () => {
    const [lo, hi, m, s, r, c] = [0.2, 0.8, 0.002, 0.02, 0.03, 0.004] as const;
    const v = (x: number) => warValue(x, lo, hi, m, s, r, c);
    const h = 1e-4;
    for (let x = 0.25; x < 0.8; x += 0.05) {
      const first = (v(x + h) - v(x - h)) / (2 * h);
      const second = (v(x + h) - 2 * v(x) + v(x - h)) / (h * h);
      expect(Math.abs(((s * s) / 2) * second + m * first - r * v(x) + r * x - c)).toBeLessThan(1e-7);
    }
    expect(v(lo)).toBeCloseTo(0, 12);
    expect(v(hi)).toBeCloseTo(1, 12);
  });
});
