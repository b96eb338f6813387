import { describe, expect, it } from "vitest";
import { movingBlocks } from "../../scripts/hindcast/blocks.ts";
import { deathGrid, deathScores } from "../../scripts/hindcast/death-scores.ts";
import { DEATH_MODELS, type DeathModel, deathForecasts } from "../../scripts/hindcast/deaths.ts";
import { exp } from "../../src/core/math/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { normalQuantile } from "../../src/core/special/index.ts";
import { mean, variance } from "../../src/core/stats/index.ts";

const stream = createStream(5, purpose("DETH"));
const normals = (count: number, slot: number) =>
  Array.from({ length: count }, (_, i) => normalQuantile(stream.uniform(slot, 0, i)));

/** Months that have nothing to do with one another, about 100. */
const noise = normals(120, 0).map((z) => Math.round(Math.max(0, 100 + 30 * z)));
/** Months that grow or shrink from one to the next by a random factor. */
const walk = (() => {
  let level = 6;
  return normals(120, 1).map((z) => {
    level += 0.15 * z;
    return Math.round(exp(level));
  });
})();

const crpsOf = (values: readonly number[], model: DeathModel) =>
  deathScores(deathGrid(values), "log", [1, 12]).models.find((each) => each.model === model);

describe("forecasts of deaths", () => {
  it("rest on the past alone: whatever comes after changes none", () => {
    const changed = [...noise.slice(0, 60), ...walk.slice(60)];
    const before = deathGrid(noise);
    const after = deathGrid(changed);
    for (const model of DEATH_MODELS) {
      // The first forecast whose twelve months hold a changed one is that made with 49 known.
      expect(after.deaths[model].slice(0, 37)).toEqual(before.deaths[model].slice(0, 37));
      // Made with 60 known: the months that came are others, and so is the score.
      expect(after.deaths[model][48]).not.toEqual(before.deaths[model][48]);
    }
    for (const model of DEATH_MODELS) {
      expect(deathForecasts(changed.slice(0, 60))[model](7)).toEqual(deathForecasts(noise.slice(0, 60))[model](7));
    }
  });

  it("score as the last value and the last year by hand", () => {
    const grid = deathGrid(noise);
    const origin = 40;
    const came = noise[origin + 2] ?? 0;
    expect(grid.deaths.last[origin - 12]?.[2]).toBe(Math.abs((noise[origin - 1] ?? 0) - came));
    const year = noise.slice(origin - 12, origin);
    const error = mean(year.map((value) => Math.abs(value - came)));
    const spread = mean(year.flatMap((a) => year.map((b) => Math.abs(a - b))));
    expect(grid.deaths.conflictology[origin - 12]?.[2]).toBeCloseTo(error - spread / 2, 12);
  });

  it("are made in every month with twelve before and twelve after", () => {
    expect(deathGrid(noise).deaths.last).toHaveLength(120 - 12 - 12 + 1);
    expect(deathGrid(noise).deaths.last.every((row) => row.length === 12)).toBe(true);
  });

  it("are never below nothing, and hold up where nobody died", () => {
    for (const past of [Array<number>(20).fill(0), [...Array<number>(19).fill(0), 500], walk]) {
      const said = deathForecasts(past);
      for (const model of DEATH_MODELS) {
        for (const ahead of [1, 6, 12]) {
          const members = said[model](ahead);
          expect(members.length).toBeGreaterThan(0);
          expect(members.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        }
      }
    }
  });

  it("with a known truth: where months are independent, the last year beats the last value by the closed form", () => {
    // In deaths, normal months: the last value scores E|X - Y| = 2 sd / sqrt(pi), a perfect forecast half of it (Gneiting &
    // Raftery 2007), and an ensemble of twelve (1 + 1/12) / 2 of it.
    const { models } = deathScores(deathGrid(noise), "deaths", [1, 12]);
    const of = (name: DeathModel) => models.find(({ model }) => model === name);
    const sd = Math.sqrt(variance(noise));
    const last = (2 * sd) / Math.sqrt(Math.PI);
    // 97 overlapping forecasts of 120 months: within a tenth.
    expect(Math.abs((of("last")?.crps ?? 0) / last - 1)).toBeLessThan(0.1);
    expect(Math.abs((of("conflictology")?.crps ?? 0) / (last * (13 / 24)) - 1)).toBeLessThan(0.1);
    expect(of("conflictology")?.less.last?.high).toBeLessThan(0);
    expect(of("recent")?.less.last?.high).toBeLessThan(0);
  });

  it("with a known truth: where months wander, models of change beat the last year", () => {
    expect(crpsOf(walk, "damped")?.less.conflictology?.high).toBeLessThan(0);
    expect(crpsOf(walk, "capped")?.less.conflictology?.high).toBeLessThan(0);
  });
});

describe("moving blocks", () => {
  const values = normals(200, 2);

  it("of a constant have no width", () => {
    expect(movingBlocks(Array<number>(60).fill(3), 12, 200, 1)).toEqual({ mean: 3, low: 3, high: 3, count: 60 });
  });

  it("of single independent values have the width of the normal approximation", () => {
    const { low, high, mean: middle } = movingBlocks(values, 1, 4000, 1);
    const half = 1.96 * Math.sqrt(variance(values) / values.length);
    expect(middle).toBeCloseTo(mean(values), 12);
    expect(Math.abs((high ?? 0) - (low ?? 0) - 2 * half) / (2 * half)).toBeLessThan(0.08);
  });

  it("are wider for values that hang together than single values would have them", () => {
    const smooth = values.map((_, i) => mean(values.slice(Math.max(0, i - 11), i + 1)));
    const width = (length: number) => {
      const { low, high } = movingBlocks(smooth, length, 2000, 1);
      return (high ?? 0) - (low ?? 0);
    };
    expect(width(12)).toBeGreaterThan(2 * width(1));
  });

  it("hold their own mean, wherever in time the large values stand", () => {
    const early = Array.from({ length: 70 }, (_, i) => (i < 6 ? 100 : i % 3));
    const { low, high, mean: middle } = movingBlocks(early, 12, 2000, 1);
    expect(low).toBeLessThan(middle);
    expect(high).toBeGreaterThan(middle);
  });

  it("give no interval below four blocks, and an error for nothing", () => {
    expect(movingBlocks(values.slice(0, 47), 12, 100, 1)).toMatchObject({ low: null, high: null, count: 47 });
    expect(movingBlocks(values.slice(0, 48), 12, 100, 1).low).not.toBeNull();
    expect(() => movingBlocks([], 12, 100, 1)).toThrow("values");
    expect(() => movingBlocks(values, 0, 100, 1)).toThrow("length");
    expect(() => movingBlocks([Number.NaN], 1, 100, 1)).toThrow("values");
  });

  it("are the same for the same seed, and others for another", () => {
    expect(movingBlocks(values, 12, 500, 1)).toEqual(movingBlocks(values, 12, 500, 1));
    expect(movingBlocks(values, 12, 500, 2).low).not.toBe(movingBlocks(values, 12, 500, 1).low);
  });
});
