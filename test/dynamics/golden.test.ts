import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileModel, OUTCOMES, runTrajectory, State } from "../../src/dynamics/index.ts";
import { describeWith, shared } from "../support/shared.ts";
import { csv, endings, firstCase, layout, path } from "./support.ts";

/** The files hold twelve digits. */
const TOL_WRITTEN = 1e-11;
/** Outcomes as the reference engine calls them. */
const NAMES = [
  "victoryA",
  "victoryB",
  "settlement_durable",
  "ceasefire_durable",
  "freeze_durable",
  "escalated_out",
  "war_no_talks",
  "war_with_talks",
  "ceasefire_young",
  "settlement_young",
  "freeze_young",
];

function expectClose(got: number, expected: number, what: string): void {
  expect(Math.abs(got - expected) / Math.max(1e-9, Math.abs(expected)), what).toBeLessThan(TOL_WRITTEN);
}

describeWith("reference/dynamics-c/params.def", "the parameters", (file) => {
  it("stand in the reference engine's order with its defaults", () => {
    const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
    const rows = [...text.matchAll(/P\((\w+),\s*([-\d.e]+),\s*"([^"]*)"/g)];
    expect(rows.map(([, name]) => name)).toEqual(layout.names);
    expect(rows.map(([, , value]) => Number(value))).toEqual([...layout.defaults]);
  });
});

describeWith("vectors/dynamics/golden_dump_seed42.csv", "trajectories of the first case", () => {
  it.each([
    ["golden_dump_seed42.csv", 1],
    ["golden_dump_seed42_dt025.csv", 0.25],
  ])("are those of the reference engine in every event time, count and value: %s", (name, dt) => {
    const vector = firstCase();
    vector[layout.index("dt")] = dt;
    const model = compileModel(layout, vector);
    const rows = csv(shared(`vectors/dynamics/${name}`));
    const state = new State(model);
    expect(rows).toHaveLength(64);
    for (const row of rows) {
      runTrajectory(model, state, 42, Number(row["traj"]));
      const at = (key: string) => Number(row[key]);
      expect(NAMES[state.outcome], row["traj"]).toBe(row["out"]);
      expect(
        [state.t, state.talksAt, state.stopAt, state.settlementAt, state.freezeAt, state.relapseAt, state.fighting],
        row["traj"],
      ).toEqual(["tend", "ttalk", "tcf", "tset", "tfrz", "trel", "twar"].map(at));
      expect([state.rounds, state.ceasefires, state.settlements, state.relapses, state.steps]).toEqual(
        ["ntalk", "ncf", "nset", "nrel", "nesc"].map(at),
      );
      expectClose(state.x, at("xend"), "x");
      expectClose(state.ceasefireTerm, at("termC"), "term of the ceasefire");
      expectClose(state.settlementTerm, at("termS"), "term of the settlement");
      expectClose(state.lossA, at("DA"), "losses of A");
      expectClose(state.lossB, at("DB"), "losses of B");
      expectClose(state.mA, at("mA"), "force of A");
      expectClose(state.mB, at("mB"), "force of B");
      expectClose(state.wA, at("wA"), "weariness of A");
      expectClose(state.wB, at("wB"), "weariness of B");
      expectClose(state.muA, at("muA"), "belief of A");
      expectClose(state.muB, at("muB"), "belief of B");
      expectClose(state.theta, at("th"), "latent strength");
    }
  });

  it.each([0, 1, 2, 3])("take the reference engine's path at every step and column: trajectory %d", (trajectory) => {
    const rows = csv(shared(`vectors/dynamics/golden_path_seed42_traj${trajectory}.csv`));
    const model = compileModel(layout, firstCase());
    const states = path(model, trajectory, 42, (s) => ({
      ph: s.phase,
      x: s.x,
      mA: s.mA,
      mB: s.mB,
      th: s.theta,
      muA: s.muA,
      muB: s.muB,
      wA: s.wA,
      wB: s.wB,
      aA: s.aA,
      aB: s.aB,
      LA: s.LA,
      LB: s.LB,
      M: s.M,
      VA: s.valueA,
      VB: s.valueB,
      zS: s.rangeS,
      zC: s.rangeC,
      ripe: s.ripe,
      hT: s.talksHazard,
      hR: s.relapseHazard,
    }));
    expect(states).toHaveLength(rows.length);
    for (const [n, state] of states.entries()) {
      for (const [key, value] of Object.entries(state))
        expectClose(value, Number(rows[n]?.[key]), `${key} at step ${n + 1}`);
    }
  });

  it("come out the same whether they are watched or not, whatever their order", () => {
    const model = compileModel(layout, firstCase());
    const of = (s: State) => [s.outcome, s.t, s.x, s.theta, s.muA, s.wB, s.lossA, s.steps, s.spell];
    const state = new State(model);
    const watched = Array.from({ length: 200 }, (_, i) => {
      runTrajectory(model, state, 9, 199 - i, () => {});
      return of(state);
    }).toReversed();
    expect(endings(model, 200, 9, of)).toEqual(watched);
    expect(OUTCOMES).toHaveLength(NAMES.length);
  });
});
