import { describe, expect, it } from "vitest";
import {
  bootstrapChance,
  clusterBootstrapChance,
  conditionalChance,
  fitDurations,
  kaplanMeier,
  lastingBeyond,
  type Spell,
  survivalAt,
} from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { gammaP } from "../../src/core/special/index.ts";

/** Four standard errors of a share seen in so many resamples. */
const spreadOf = (share: number, resamples: number) => 4 * Math.sqrt((share * (1 - share)) / resamples);

const random = createStream(11, purpose("TEST"));

/** Spells drawn from a Weibull, about a third of them censored. */
const drawn = (count: number, shape = 0.8): readonly Spell[] =>
  Array.from({ length: count }, (_, k) => {
    const duration = 10 * (-Math.log(random.uniform(0, count, k))) ** (1 / shape);
    const watched = 30 * random.uniform(1, count, k);
    return { id: `s${k}`, duration: Math.min(duration, watched), ended: duration <= watched };
  });

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof ParleyError ? error.problems[0]?.code : String(error);
  }
  return undefined;
}

describe("the parametric bootstrap", () => {
  it("of an exponential without censoring has the exact distribution of its rate", () => {
    const spells = [2, 3, 3, 7, 11, 13, 20, 30].map((duration, k): Spell => ({ id: `${k}`, duration, ended: true }));
    const fit = fitDurations(spells, "exponential");
    const rate = fit.parameters[0]?.estimate ?? Number.NaN;
    const resamples = 2000;
    const { estimate, low, high } = bootstrapChance(spells, fit, 5, 6, { level: 0.8, resamples });
    expect(estimate).toBeCloseTo(1 - Math.exp(-6 * rate), 12);
    // A resampled rate is n rate / G, G of the gamma distribution with shape n; a chance below c means a G above.
    const below = (chance: number) => 1 - gammaP(8, (8 * rate * 6) / -Math.log(1 - chance));
    expect(Math.abs(below(low) - 0.1)).toBeLessThan(spreadOf(0.1, resamples));
    expect(Math.abs(below(high) - 0.9)).toBeLessThan(spreadOf(0.9, resamples));
  });

  it.each(["weibull", "lognormal", "loglogistic"] as const)(
    "agrees with the delta method on many spells, censored and late ones among them: %s",
    (family) => {
      const spells = drawn(600).map((each, k) => ({ ...each, entry: k % 3 === 0 ? each.duration / 2 : 0 }));
      const fit = fitDurations(spells, family);
      const delta = conditionalChance(fit, 6, 6);
      const boot = bootstrapChance(spells, fit, 6, 6, { resamples: 300 });
      expect(boot.estimate).toBe(delta.estimate);
      expect(boot.failed).toBe(0);
      expect(boot.se / delta.se).toBeGreaterThan(0.8);
      expect(boot.se / delta.se).toBeLessThan(1.25);
      expect(Math.abs(boot.low - delta.low)).toBeLessThan(delta.se);
      expect(Math.abs(boot.high - delta.high)).toBeLessThan(delta.se);
    },
  );

  it("is the same for the same seed, and another for another", () => {
    const spells = drawn(40);
    const fit = fitDurations(spells, "weibull");
    const of = (seed: number) => bootstrapChance(spells, fit, 3, 4, { seed, resamples: 60 });
    expect(of(5)).toEqual(of(5));
    expect(of(5).low).not.toBe(of(6).low);
    expect(of(5).low).toBeLessThan(of(5).high);
  });

  it("draws no more endings than there would be: those censored stay so", () => {
    // Nine in ten are censored at 1, of a rate of about 0.1: a bootstrap that forgot would know the rate much better.
    const spells = Array.from({ length: 200 }, (_, k): Spell => ({ id: `${k}`, duration: 1, ended: k % 10 === 0 }));
    const fit = fitDurations(spells, "exponential");
    const delta = conditionalChance(fit, 0, 1);
    const boot = bootstrapChance(spells, fit, 0, 1, { resamples: 400 });
    expect(boot.se / delta.se).toBeGreaterThan(0.8);
    expect(boot.se / delta.se).toBeLessThan(1.25);
  });

  it("counts resamples without an answer, and refuses where most have none", () => {
    const few: readonly Spell[] = [
      { id: "a", duration: 5, ended: true },
      { id: "b", duration: 5, ended: false },
      { id: "c", duration: 1, ended: false },
    ];
    const fit = fitDurations(few, "exponential");
    const { failed, resamples } = bootstrapChance(few, fit, 0, 1, { resamples: 200 });
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(resamples / 2);
    const rare = Array.from({ length: 4 }, (_, k): Spell => ({ id: `${k}`, duration: k + 1, ended: k < 2 }));
    const weibull = fitDurations(rare, "weibull");
    expect(codeOf(() => bootstrapChance(few, weibull, 0, 1))).toBe("invalid-parameter");
    expect(codeOf(() => bootstrapChance(rare, weibull, 0, 1, { resamples: 1 }))).toBe("invalid-parameter");
    expect(codeOf(() => bootstrapChance(rare, weibull, 0, 1, { level: 1 }))).toBe("invalid-parameter");
  });
});

describe("the bootstrap by cluster", () => {
  const many = Array.from({ length: 120 }, (_, k): Spell => ({ id: `${k}`, duration: (k % 10) + 1, ended: true }));
  const RESAMPLES = 2000;
  /** A standard deviation over resamples has a relative error of about 1 / sqrt(2 resamples). */
  const RELATIVE = 4 / Math.sqrt(2 * RESAMPLES);

  it("has the error of a share where nothing is censored, and twice that of clusters of four that are alike", () => {
    const p = 0.3;
    const single = Math.sqrt((p * (1 - p)) / many.length);
    const alone = clusterBootstrapChance(many, 0, 3, { resamples: RESAMPLES });
    expect(alone.estimate).toBeCloseTo(p, 12);
    expect(Math.abs(alone.se / single - 1)).toBeLessThan(RELATIVE);
    const four = many.map((each, k) => ({
      ...each,
      duration: (Math.floor(k / 4) % 10) + 1,
      cluster: `${Math.floor(k / 4)}`,
    }));
    const together = clusterBootstrapChance(four, 0, 3, { resamples: RESAMPLES });
    expect(together.estimate).toBeCloseTo(p, 12);
    expect(Math.abs(together.se / (2 * single) - 1)).toBeLessThan(RELATIVE);
  });

  it("does to curves what drawing the spells of clusters does", () => {
    const spells = drawn(60).map((each, k) => ({
      ...each,
      cluster: `war ${k % 17}`,
      entry: k % 4 === 0 ? each.duration / 3 : 0,
    }));
    const [lasted, within] = [3, 6];
    const boot = clusterBootstrapChance(spells, lasted, within, { resamples: RESAMPLES });
    const chanceOf = (all: readonly Spell[]) =>
      1 - survivalAt(kaplanMeier(lastingBeyond(all, lasted)), lasted + within).survival;
    expect(boot.estimate).toBeCloseTo(chanceOf(spells), 10);
    const groups = [...Map.groupBy(spells, ({ cluster }) => cluster).values()];
    const own = createStream(99, purpose("TEST"));
    const chances = Array.from({ length: RESAMPLES }, (_, r) =>
      chanceOf(groups.flatMap((_, k) => groups[Math.floor(own.uniform(0, r, k) * groups.length)] ?? [])),
    ).sort((a, b) => a - b);
    const mean = chances.reduce((sum, c) => sum + c, 0) / RESAMPLES;
    const sd = Math.sqrt(chances.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (RESAMPLES - 1));
    expect(Math.abs(boot.se / sd - 1)).toBeLessThan(RELATIVE * Math.SQRT2);
    const share = (value: number) => chances.filter((c) => c <= value).length / RESAMPLES;
    expect(Math.abs(share(boot.low) - 0.025)).toBeLessThan(2 * spreadOf(0.025, RESAMPLES));
    expect(Math.abs(share(boot.high) - 0.975)).toBeLessThan(2 * spreadOf(0.975, RESAMPLES));
  });

  it("does not depend on the order of spells, and does on the seed", () => {
    const spells = many.map((each, k) => ({ ...each, ended: k % 3 > 0, cluster: `${k % 11}` }));
    const of = (all: readonly Spell[], seed = 1) => clusterBootstrapChance(all, 2, 4, { seed, resamples: 200 });
    expect(of(spells.toReversed()).low).toBeCloseTo(of(spells).low, 12);
    expect(of(spells)).toEqual(of(spells));
    expect(of(spells, 2).se).not.toBe(of(spells).se);
  });

  it("leaves out resamples in which none lasted so long, and refuses where most are such", () => {
    const spells = many.slice(0, 20).map((each) => ({ ...each, duration: each.id === "7" ? 50 : each.duration }));
    // One of twenty lasted 40: in a resample it is missing with a chance of about e^-1.
    const { failed } = clusterBootstrapChance(spells, 40, 20, { resamples: 500 });
    expect(Math.abs(failed / 500 - 0.95 ** 20)).toBeLessThan(spreadOf(0.95 ** 20, 500));
    expect(codeOf(() => clusterBootstrapChance(spells, 60, 20))).toBe("nobody-lasted");
    expect(codeOf(() => clusterBootstrapChance(spells, 3, 0))).toBe("invalid-parameter");
    const one = spells.map((each) => ({ ...each, cluster: "war" }));
    expect(codeOf(() => clusterBootstrapChance(one, 3, 2))).toBe("clusters-few");
  });
});
