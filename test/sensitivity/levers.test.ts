import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { uniform } from "../../src/core/distributions/index.ts";
import {
  evaluateRows,
  type Model,
  planLevers,
  pullLevers,
  stoppingPoint,
  trajectoriesForDifference,
  trajectoriesForProbability,
} from "../../src/sensitivity/index.ts";
import { describeWith } from "../support/shared.ts";
import { ERRORS, event, off, plain, unit } from "./support.ts";

const ROUNDINGS = 1e-12;
const chance = event(2, ([a = 0, b = 0]) => 0.2 + 0.4 * a * b);

function only(...call: Parameters<typeof pullLevers>) {
  const effect = pullLevers(...call).levers[0]?.effects[0];
  if (effect === undefined) throw new Error("no effect");
  return effect;
}

describe("a lever", () => {
  test("has the difference, discordance and variance reduction of one uniform number a trajectory", () => {
    // Outcomes are 1 below 0.3 without and below 0.4 with: they differ in a tenth of trajectories.
    const effect = only(chance, [{ name: "a up", set: { x1: 1 } }], { batches: 10 });
    expect(off(effect.base, 0.3)).toBeLessThan(ERRORS);
    expect(off(effect.result, 0.4)).toBeLessThan(ERRORS);
    expect(off(effect.difference, 0.1)).toBeLessThan(ERRORS);
    expect(effect.discordance.estimate).toBeCloseTo(effect.difference.estimate, 12);
    expect(effect.discordance.low).toBeLessThan(0.1);
    expect(effect.discordance.high).toBeGreaterThan(0.1);
    // Variances 0.21 and 0.24 against 0.09.
    expect(Math.abs((effect.varianceReduction ?? 0) - 5)).toBeLessThan(0.4);
    expect(Math.abs(effect.difference.se - Math.sqrt(0.09 / 20_000))).toBeLessThan(0.0001);
  });

  test("acts over the uncertainty of all other parameters where that is the background", () => {
    const effect = only(chance, [{ name: "a up", set: { x1: 1 } }], { background: "prior" });
    expect(off(effect.base, 0.3)).toBeLessThan(ERRORS);
    expect(off(effect.difference, 0.1)).toBeLessThan(ERRORS);
    const fixed: Model = { ...chance, parameters: chance.parameters.map(({ name }) => ({ name, value: 0.5 })) };
    const same = [fixed, chance].map((model) => {
      return pullLevers(model, [{ name: "both", set: { x1: 0.5, x2: 0.5 } }], { background: "prior" }).levers[0];
    });
    expect(same[0]?.effects[0]?.result).toEqual(same[1]?.effects[0]?.result);
  });

  test("that changes nothing has no difference and no variance reduction", () => {
    const effect = only(chance, [{ name: "as is", set: { x1: 0.5 } }]);
    expect(effect.difference).toEqual({ estimate: 0, se: 0 });
    expect(effect.discordance.estimate).toBe(0);
    expect(effect.varianceReduction).toBeUndefined();
  });

  test("on a deterministic function is the plain difference, from one evaluation each", () => {
    const model = plain(2, uniform(0, 1), ([a = 0, b = 0]) => a + 10 * b);
    const result = pullLevers(model, [{ name: "b up", set: { x2: 1 } }]);
    expect(result.levers[0]?.effects[0]?.difference).toEqual({ estimate: 5, se: 0 });
    expect(result.replications).toBe(2);
  });

  test("gives the same whether trajectories are asked for one by one or together", () => {
    let calls = 0;
    const together: Model = {
      ...chance,
      evaluate: () => {
        throw new Error("not asked for");
      },
      evaluateEach: (x, { seed, first, count }, out) => {
        calls++;
        for (let i = 0; i < count; i++) out[i] = unit(seed, first + i) < 0.2 + 0.4 * (x[0] ?? 0) * (x[1] ?? 0) ? 1 : 0;
      },
    };
    const levers = [{ name: "a", set: { x1: 0.9 } }];
    const options = { batches: 3, batchSize: 100 };
    expect(pullLevers(together, levers, options)).toEqual(pullLevers(chance, levers, options));
    expect(calls).toBe(6);
  });

  test("keeps accurate where outputs are large and differences small", () => {
    const model: Model = {
      parameters: [{ name: "a", value: 0 }],
      outputs: [{ name: "y" }],
      evaluate: ([a = 0], { seed, first }, out) => {
        out[0] = 1e9 + unit(seed, first) + a * (1 + unit(seed, first, 1));
      },
    };
    const effect = only(model, [{ name: "a", set: { a: 1 } }]);
    expect(off(effect.difference, 1.5)).toBeLessThan(ERRORS);
    expect(Math.abs(effect.difference.se - Math.sqrt(1 / 12 / 10_000))).toBeLessThan(1e-4);
  });

  test("is refused with an unknown parameter, without any, or with a value that is no number", () => {
    const bad = (set: Record<string, number>) => () => pullLevers(chance, [{ name: "bad", set }]);
    expect(bad({ x7: 1 })).toThrow("unknown parameter: x7");
    expect(bad({})).toThrow("invalid number of parameters set by bad: 0");
    expect(bad({ x1: Number.NaN })).toThrow("invalid x1 in bad: NaN");
    expect(() => pullLevers(chance, [])).toThrow("invalid number of levers: 0");
    const twice = [1, 2].map(() => ({ name: "up", set: { x1: 1 } }));
    expect(() => pullLevers(chance, twice)).toThrow("invalid name of lever: up");
  });
});

describe("batches of levers", () => {
  const levers = [
    { name: "a", set: { x1: 1 } },
    { name: "b", set: { x2: 0 } },
  ];

  test("give the same bits in whatever order they are evaluated, and decide when to stop", () => {
    const plan = planLevers(chance, levers, { batches: 12, batchSize: 500 });
    const table = new Float64Array(plan.rows * plan.width);
    for (let i = 0; i < plan.rows; i++) plan.evaluate((i * 5 + 7) % 12, table, ((i * 5 + 7) % 12) * plan.width);
    expect(table).toEqual(evaluateRows(plan, 0, 12));
    const result = plan.merge(table);
    const stop = stoppingPoint(plan.counts(table), { precision: 0.02 });
    expect(stop.batches).toBe(5);
    const prefix = plan.merge(table.slice(0, stop.batches * plan.width));
    expect(prefix.trajectories).toBe(2500);
    for (const [l, { effects }] of prefix.levers.entries()) {
      const watched = stop.differences[l];
      expect(Math.abs((watched?.estimate ?? 9) - (effects[0]?.difference.estimate ?? 0))).toBeLessThan(ROUNDINGS);
      expect(Math.abs((watched?.se ?? 9) - (effects[0]?.difference.se ?? 0))).toBeLessThan(ROUNDINGS);
    }
    expect(result.trajectories).toBe(6000);
  });
});

describe("the stopping rule", () => {
  const batch = (successes: number, difference = 0, square = 0) => ({
    count: 2000,
    successes: [successes],
    differences: [difference],
    squares: [square],
  });

  test("waits for five batches, then for 1.96 se <= max(0.005, p (1 - p) / 20)", () => {
    const certain = stoppingPoint(Array(9).fill(batch(0)));
    expect([certain.batches, certain.because]).toEqual([5, "precise"]);
    // p = 0.115: the allowed half width is 0.00509, which takes 15 099 trajectories.
    const rare = stoppingPoint(Array(20).fill(batch(230)));
    expect([rare.batches, rare.trajectories, rare.stop]).toEqual([8, 16_000, true]);
    expect(rare.probabilities[0]?.allowed).toBeCloseTo(0.05 * 0.115 * 0.885, 12);
    expect(rare.probabilities[0]?.halfWidth).toBeCloseTo(1.96 * Math.sqrt((0.115 * 0.885) / 16_000), 12);
  });

  test("waits for a lever's difference: 1.96 se <= max(0.005, a quarter of it)", () => {
    // Half of the trajectories change, as often up as down: 0.5 (1.96 / 0.005)^2 = 76 832 trajectories.
    const even = stoppingPoint(Array(60).fill(batch(0, 0, 1000)));
    expect([even.batches, even.because]).toEqual([39, "precise"]);
    // A difference of 0.1 with the same discordance may be known to 0.025.
    const great = stoppingPoint(Array(60).fill(batch(0, 200, 1000)));
    expect(great.batches).toBe(5);
  });

  test("asks for more until the cap, and says which figure is not there yet", () => {
    const more = stoppingPoint(Array(6).fill(batch(0, 0, 1000)));
    expect([more.stop, more.because, more.batches]).toEqual([false, "more", 6]);
    expect([more.probabilities[0]?.met, more.differences[0]?.met]).toEqual([true, false]);
    const capped = stoppingPoint(Array(60).fill(batch(0, 0, 2000)), { cap: 20_000 });
    expect([capped.stop, capped.because, capped.batches]).toEqual([true, "cap", 10]);
    expect(stoppingPoint([])).toMatchObject({ stop: false, because: "more", batches: 0 });
  });

  test("does not look at batches beyond the one that decides", () => {
    const batches = Array.from({ length: 30 }, (_, b) => batch(200 + ((b * 13) % 60), ((b * 7) % 9) - 4, 60));
    const all = stoppingPoint(batches);
    expect(all.stop).toBe(true);
    for (let n = all.batches; n <= 30; n++) expect(stoppingPoint(batches.slice(0, n))).toEqual(all);
    for (let n = 0; n < all.batches; n++) expect(stoppingPoint(batches.slice(0, n)).stop).toBe(false);
  });

  test("refuses batches that count different figures, or more events than trajectories", () => {
    expect(() => stoppingPoint([batch(1), { count: 2000, successes: [1, 2] }])).toThrow(
      "invalid batch: 2 probabilities",
    );
    expect(() => stoppingPoint([batch(2001)])).toThrow("invalid successes: 2001 (expected a number from 0 to 2000)");
    expect(() => stoppingPoint([{ count: 0, successes: [] }])).toThrow("invalid count: 0");
  });
});

describe("numbers of trajectories", () => {
  test("are refused for what is no probability or no error", () => {
    expect(() => trajectoriesForProbability(1.2, 0.01)).toThrow("invalid p: 1.2");
    expect(() => trajectoriesForDifference(-1, 0.01)).toThrow("invalid discordance: -1");
    expect(() => trajectoriesForDifference(0.1, 0)).toThrow("invalid se: 0");
  });
});

describeWith("vectors/dynamics/vectors.json", "the sample sizes of the dynamics specification", (path) => {
  test("are p (1 - p) / e^2, and discordance / e^2 for a paired difference", () => {
    const { input, expect: expected } = JSON.parse(readFileSync(path, "utf8")).sample_size;
    expect(trajectoriesForProbability(input.p, input.e)).toBe(expected.N);
    expect(trajectoriesForDifference(input.d, input.e)).toBe(expected.N_paired);
  });
});
