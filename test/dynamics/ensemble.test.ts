import { describe, expect, it } from "vitest";
import {
  compileModel,
  mergeCounts,
  OCCUPANTS,
  runRange,
  runTrajectory,
  State,
  Summary,
  tallyLayoutOf,
} from "../../src/dynamics/index.ts";
import { describeWith } from "../support/shared.ts";
import { firstCase, layout, OFF } from "./support.ts";

const still = { layout, vector: layout.vector(OFF) };

describeWith("reference/dynamics-c/ru-ua-2024-11-28.par", "an ensemble of the first case", () => {
  const input = { layout, vector: firstCase() };
  const counts = runRange(input, 1, 0, 1000);
  const summary = new Summary(tallyLayoutOf(input), counts);

  it("has the same bits in whatever parts and order it is run", () => {
    const parts = [runRange(input, 1, 613, 387), runRange(input, 1, 0, 13), runRange(input, 1, 13, 600)];
    expect(mergeCounts(parts)).toEqual(counts);
  });

  it("counts what its trajectories do", () => {
    const model = compileModel(layout, input.vector);
    const state = new State(model);
    let talks = 0;
    let victories = 0;
    let relapses = 0;
    for (let i = 0; i < 1000; i++) {
      runTrajectory(model, state, 1, i);
      if (state.talksAt >= 0 && state.talksAt <= 12) talks++;
      if (state.outcome === 0) victories++;
      relapses += state.relapses;
    }
    expect(summary.by("talks")[11]?.p).toBe(talks / 1000);
    expect(summary.outcomes().victoryA.p).toBe(victories / 1000);
    expect(summary.mean("relapses")).toBe(relapses / 1000);
  });

  it("accounts for every trajectory at every month", () => {
    for (let month = 1; month <= 60; month++) {
      const shares = Object.values(summary.occupancy(month)).reduce((sum, { p }) => sum + p, 0);
      expect(shares).toBeCloseTo(1, 12);
    }
    expect(summary.inAny(24, OCCUPANTS).p).toBeCloseTo(1, 12);
    expect(Object.values(summary.outcomes()).reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it("has chances that never fall with time, and quantiles in their order", () => {
    for (const passage of ["talks", "stop", "settlement", "freeze", "relapse"] as const) {
      const chances = summary.by(passage).map(({ p }) => p);
      expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    }
    const q = summary.quantiles("share");
    expect([q?.p05, q?.p25, q?.p50, q?.p75, q?.p95]).toEqual(
      [q?.p05, q?.p25, q?.p50, q?.p75, q?.p95].toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    );
  });

  it("gives the figures that the reference engine printed at 40 000 trajectories, within four errors", () => {
    const many = new Summary(summary.layout, runRange(input, 77, 0, 6000));
    const within = (p: number, expected: number) =>
      expect(Math.abs(p - expected) / Math.sqrt((expected * (1 - expected)) / 6000)).toBeLessThan(4);
    for (const [month, talks, stop] of [
      [3, 0.289, 0.0063],
      [12, 0.723, 0.113],
      [24, 0.894, 0.243],
      [60, 0.977, 0.416],
    ] as const) {
      within(many.by("talks")[month - 1]?.p ?? 0, talks);
      within(many.by("stop")[month - 1]?.p ?? 0, stop);
    }
    within(many.outcomes().victoryA.p, 0.334);
    expect(Math.abs(many.relapseWithin(12).p - 0.337)).toBeLessThan(4 * many.relapseWithin(12).se);
  });

  it("draws uncertain parameters by trajectory, so that parts agree with the whole", () => {
    const uncertain = [{ index: layout.index("th0"), quantile: (u: number) => u }];
    const drawn = { ...input, uncertain };
    const whole = runRange(drawn, 3, 0, 300);
    expect(mergeCounts([runRange(drawn, 3, 0, 101), runRange(drawn, 3, 101, 199)])).toEqual(whole);
    expect(whole).not.toEqual(runRange(input, 3, 0, 300));
  });
});

describe("relapse after the first stop", () => {
  it("is Kaplan and Meier's estimate with Greenwood's error", () => {
    const tally = tallyLayoutOf(still);
    const counts = tally.create();
    const at = (name: string) => tally.section(name).at;
    // Ten stops: relapses after 2, 2 and 5 steps, censored after 3 and five times after 6, relapse after 8.
    counts[0] = 10;
    for (const [step, ended, relapsed] of [
      [2, 2, 2],
      [3, 1, 0],
      [5, 1, 1],
      [6, 5, 0],
      [8, 1, 1],
    ] as const) {
      counts[at("ended") + step] = ended;
      counts[at("relapsed") + step] = relapsed;
    }
    const summary = new Summary(tally, counts);
    const five = (8 / 10) * (6 / 7);
    expect(summary.relapseWithin(1).p).toBe(0);
    expect(summary.relapseWithin(2).p).toBeCloseTo(0.2, 12);
    expect(summary.relapseWithin(5).p).toBeCloseTo(1 - five, 12);
    expect(summary.relapseWithin(5).se).toBeCloseTo(five * Math.sqrt(2 / (10 * 8) + 1 / (7 * 6)), 12);
    expect(summary.relapseWithin(8).p).toBeCloseTo(1, 12);
  });
});

describe("an ensemble with nothing in it", () => {
  it("has no figures, and no NaN", () => {
    const tally = tallyLayoutOf(still);
    const summary = new Summary(tally, tally.create());
    expect(summary.by("talks").every(({ p, se }) => p === 0 && se === 0)).toBe(true);
    expect(summary.quantiles("share")).toBeNull();
    expect(summary.relapseWithin(12)).toMatchObject({ p: 0, se: 0 });
    expect(summary.packages("ceasefire").every((p) => p === 0)).toBe(true);
  });
});

describe("the mirror", () => {
  it("swaps every outcome when every parameter of A and B is swapped", () => {
    const vector = layout.vector({
      x0: 0.4,
      th0: 0.3,
      ownA: 0.8,
      ownB: 0.6,
      b0s: 1,
      b0f: 0.4,
      b1s: 0,
      b1f: 0.2,
      nb0: 1,
    });
    const swapped = mirrored(vector);
    for (const [i, value] of mirrored(swapped).entries()) expect(value).toBeCloseTo(vector[i] ?? Number.NaN, 12);
    const n = 6000;
    const one = new Summary(tallyLayoutOf({ layout, vector }), runRange({ layout, vector }, 5, 0, n));
    const other = new Summary(
      tallyLayoutOf({ layout, vector: swapped }),
      runRange({ layout, vector: swapped }, 5, 0, n),
    );
    const apart = (a: { p: number; se: number }, b: { p: number; se: number }) =>
      Math.abs(a.p - b.p) / Math.max(1e-9, Math.hypot(a.se, b.se));
    expect(apart(one.outcomes().victoryA, other.outcomes().victoryB)).toBeLessThan(4);
    expect(apart(one.outcomes().victoryB, other.outcomes().victoryA)).toBeLessThan(4);
    for (const passage of ["talks", "stop", "settlement"] as const) {
      const [a, b] = [one.by(passage)[23], other.by(passage)[23]];
      if (a !== undefined && b !== undefined && a.p + b.p > 0) expect(apart(a, b)).toBeLessThan(4);
    }
    const [x, y] = [one.quantiles("share"), other.quantiles("share")];
    expect(Math.abs((x?.p50 ?? 0) - (1 - (y?.p50 ?? 0)))).toBeLessThan(0.01);
  });
});

/** The same war with A and B exchanged. */
function mirrored(vector: Float64Array): Float64Array {
  const out = Float64Array.from(vector);
  const at = (name: string) => vector[layout.index(name)] ?? 0;
  const set = (name: string, value: number) => {
    out[layout.index(name)] = value;
  };
  const pairs = "own k rec o lam r c w:0 aw H lc nu L:0 kap".split(" ");
  for (const pair of pairs) {
    const [stem = "", tail = ""] = pair.split(":");
    set(`${stem}A${tail}`, at(`${stem}B${tail}`));
    set(`${stem}B${tail}`, at(`${stem}A${tail}`));
  }
  for (const [one, other] of [
    ["JAA", "JBB"],
    ["JAB", "JBA"],
  ] as const) {
    set(one, at(other));
    set(other, at(one));
  }
  set("x0", 1 - at("x0"));
  set("xlo", 1 - at("xhi"));
  set("xhi", 1 - at("xlo"));
  set("th0", -at("th0"));
  for (let j = 0; j < layout.backers; j++) set(`b${j}s`, 1 - at(`b${j}s`));
  for (let k = 0; k < layout.packages; k++) {
    set(`p${k}a`, at(`p${k}b`));
    set(`p${k}b`, at(`p${k}a`));
  }
  return out;
}
