import { describe, expect, it } from "vitest";
import { warClusters } from "../../../scripts/hindcast/clusters.ts";
import { fitProportional, proportionalChance } from "../../../scripts/hindcast/cox.ts";
import { chanceOf } from "../../../scripts/hindcast/fits.ts";
import { forecastersOf, type ModelName } from "../../../scripts/hindcast/models.ts";
import { rollingOrigins, type Settled } from "../../../scripts/hindcast/origins.ts";
import { byAge, scoresOf } from "../../../scripts/hindcast/scores.ts";
import { daysOf, EVENT, OTHER } from "../../../scripts/hindcast/wars.ts";
import { fitCox, type Spell } from "../../../src/baserates/index.ts";
import { exp, log, pow } from "../../../src/core/math/index.ts";
import { exponential, lognormal, proportional, wars, weibull } from "../../hindcast/made.ts";

const TOL_EXACT = 1e-12;
/** Steps of the sum over competing hazards, with the hazards' ratio changing within a step. */
const TOL_STEPS = 2e-4;

const ended = (id: string, duration: number, ending = EVENT, x = 0): Spell => ({
  id,
  duration,
  ended: true,
  ending,
  covariates: { x, kind: x },
});

const ask = { isEvent: () => true, ages: [1, 6, 12], horizons: [3, 12], covariates: ["x"] };
const meanOf = (settled: readonly Settled[], of: (each: Settled) => number) =>
  settled.reduce((sum, each) => sum + of(each), 0) / settled.length;

describe("chances of competing endings", () => {
  it("are those of the closed form where hazards are constant", () => {
    const [a, b, within] = [0.002, 0.005, 300];
    const p = chanceOf(
      (t) => a * t,
      (t) => b * t,
      100,
      within,
    );
    expect(p).toBeCloseTo((a / (a + b)) * (1 - exp(-(a + b) * within)), 12);
  });

  it("are the integral of hazard times survival where they are not, by a naive sum of many small steps", () => {
    const event = (t: number) => pow(t / 300, 0.6);
    const other = (t: number) => pow(t / 500, 1.7);
    let [survival, sum] = [1, 0];
    for (let t = 90; t < 455; t += 0.05) {
      const [de, dO] = [event(t + 0.05) - event(t), other(t + 0.05) - other(t)];
      sum += survival * de;
      survival *= 1 - de - dO;
    }
    expect(Math.abs(chanceOf(event, other, 90, 365) - sum)).toBeLessThan(TOL_STEPS);
  });

  it("add up with going on to one", () => {
    const event = (t: number) => pow(t / 300, 0.6);
    const other = (t: number) => pow(t / 500, 1.7);
    const all = chanceOf(event, other, 90, 365) + chanceOf(other, event, 90, 365);
    expect(all).toBeCloseTo(
      chanceOf((t) => event(t) + other(t), undefined, 90, 365),
      12,
    );
  });
});

describe("models", () => {
  const spells = [40, 70, 100, 150, 200, 260, 330, 420, 600, 900].map((days, i) =>
    ended(`s${i}`, days, i % 3 === 0 ? OTHER : EVENT, i % 2),
  );
  const said = forecastersOf(spells, [], [30, 183]);
  const at = (model: ModelName, lasted: number, within: number, x = 0) => said[model](lasted, within, { x, kind: x });

  it("constant hazard: endings over days of exposure", () => {
    const exposure = spells.reduce((sum, { duration }) => sum + duration, 0);
    const [a, b] = [6 / exposure, 4 / exposure];
    expect(at("constant", 50, 91)).toBeCloseTo((a / (a + b)) * (1 - exp(-(a + b) * 91)), 12);
    expect(at("constant", 500, 91)).toBeCloseTo(at("constant", 50, 91), 12);
  });

  it("curve: the share of those that lasted longer, where nobody is censored", () => {
    const longer = spells.filter(({ duration }) => duration > 120);
    const within = longer.filter(({ duration, ending }) => duration <= 303 && ending === EVENT);
    expect(at("curve", 120, 183)).toBeCloseTo(within.length / longer.length, 12);
  });

  it("shrunken curve: drawn towards the best family as if that were ten members", () => {
    const n = spells.filter(({ duration }) => duration > 120).length;
    const by = (n * at("curve", 120, 183) + 10 * at("best", 120, 183)) / (n + 10);
    expect(at("shrunk", 120, 183)).toBeCloseTo(by, 12);
  });

  it("curve of its kind: of the same kind alone, drawn towards that of all", () => {
    const longer = spells.filter(({ duration, covariates }) => duration > 120 && covariates?.["kind"] === 1);
    const within = longer.filter(({ duration, ending }) => duration <= 303 && ending === EVENT);
    const by = (within.length + 10 * at("shrunk", 120, 183)) / (longer.length + 10);
    expect(at("kin", 120, 183, 1)).toBeCloseTo(by, 12);
  });

  it("curve and all that rest on it fall back on the best family where nobody lasted so long", () => {
    for (const model of ["curve", "shrunk", "kin", "tail", "cox"] as const) {
      expect(at(model, 1000, 183)).toBeCloseTo(at("best", 1000, 183), 12);
    }
  });

  it("curve goes on by the best family beyond the last member that was watched", () => {
    const watched = [...spells.filter(({ duration }) => duration < 400), { ...ended("c", 500), ended: false }];
    const by = forecastersOf(watched, [], [30]);
    const none = { x: 0, kind: 0 };
    expect(by.curve(450, 100, none)).toBeCloseTo(by.best(500, 50, none), 12);
  });

  it("flat share: over all ages reached, with half an event more", () => {
    // Within 91 days of day 30: 40, 70 (event), 100 (event); of day 183: 200 (event), 260 (event).
    const pairs = spells.length + spells.filter(({ duration }) => duration > 183).length;
    const events = spells
      .flatMap((spell) => [30, 183].map((age) => ({ ...spell, age })))
      .filter(({ duration, age, ending }) => duration > age && duration <= age + 91 && ending === EVENT).length;
    expect(at("flat", 30, 91)).toBeCloseTo((events + 0.5) / (pairs + 1), 12);
  });

  it("persistence: nothing changes", () => {
    expect(at("persistence", 30, 700)).toBe(0);
  });

  it("a cause that was never seen has half an ending, and is no certainty", () => {
    const won = spells.map((spell) => ({ ...spell, ending: OTHER }));
    const by = forecastersOf(won, [], [30]);
    for (const model of ["constant", "weibull", "best", "akaike"] as const) {
      expect(by[model](30, 365, { x: 0, kind: 0 })).toBeGreaterThan(0.005);
    }
  });
});

describe("proportional hazards", () => {
  const spells = wars(proportional(300, 3), 60, 3).map(({ id, days, known }) => ({
    ...ended(id, days),
    covariates: known(0),
  }));

  it("have Breslow's baseline, by a second sum over those at risk", () => {
    const fit = fitProportional(spells, ["x"]);
    const [term] = fitCox(spells, ["x"]).terms;
    if (fit === undefined || term === undefined) throw new Error("no fit");
    const of = (x: number) => exp(term.estimate * x);
    let hazard = 0;
    for (const t of new Set(spells.map(({ duration }) => duration))) {
      if (t <= 100 || t > 400) continue;
      const risk = spells.filter(({ duration }) => duration >= t);
      const d = risk.filter(({ duration }) => duration === t).length;
      hazard += d / risk.reduce((sum, { covariates }) => sum + of(covariates["x"] ?? 0), 0);
    }
    for (const x of [0, 1]) {
      const p = proportionalChance(fit, undefined, 100, 300, { x });
      expect(Math.abs(p - (1 - exp(-hazard * of(x))))).toBeLessThan(1e3 * TOL_EXACT);
    }
  });

  it("are not fitted with too few endings for the covariates, nor to a covariate that never varies", () => {
    expect(fitProportional(spells.slice(0, 9), ["x"])).toBeUndefined();
    expect(
      fitProportional(
        spells.map((spell) => ({ ...spell, covariates: { x: 1 } })),
        ["x"],
      ),
    ).toBeUndefined();
  });
});

describe("with a known truth", () => {
  const constant = rollingOrigins(wars(exponential(300), 1000, 1), ask, "others");

  it("the constant hazard scores what the closed form says", () => {
    const settled = constant;
    const { models } = scoresOf(settled, ["constant"]);
    const own = models.find(({ model }) => model === "constant")?.mean;
    const p = (within: number) => 1 - exp(-daysOf(within) / 300);
    const brier = meanOf(settled, ({ within }) => p(within) * (1 - p(within)));
    const entropy = meanOf(settled, ({ within }) => -p(within) * log(p(within)) - (1 - p(within)) * log(1 - p(within)));
    expect(own?.brier.low).toBeLessThan(brier);
    expect(own?.brier.high).toBeGreaterThan(brier);
    expect(own?.log.low).toBeLessThan(entropy);
    expect(own?.log.high).toBeGreaterThan(entropy);
  });

  it("its share is what came, at every age", () => {
    for (const { share, said, questions, within } of byAge(
      rollingOrigins(wars(exponential(300), 1500, 1), ask, "others"),
    )) {
      const p = 1 - exp(-daysOf(within) / 300);
      // Four standard errors.
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / questions));
      expect(Math.abs(said.constant - p)).toBeLessThan(0.03);
    }
  });

  const verdict = (settled: readonly Settled[], model: ModelName, against: "constant" | "weibull") =>
    scoresOf(settled, [model]).models.find((each) => each.model === model)?.less[against]?.log.verdict;

  it("Weibull wars are forecast better by Weibull than by a constant hazard", () => {
    expect(verdict(rollingOrigins(wars(weibull(150, 0.5), 600, 2), ask, "others"), "weibull", "constant")).toBe(
      "better",
    );
  });

  it("log-normal wars better by the log-normal than by Weibull, and the criterion finds it", () => {
    const settled = rollingOrigins(wars(lognormal(60, 1), 900, 5), ask, "others");
    expect(verdict(settled, "lognormal", "weibull")).toBe("better");
    expect(verdict(settled, "best", "weibull")).toBe("better");
  });

  it("wars whose hazard a covariate triples better by proportional hazards, also in the strict version", () => {
    const list = wars(proportional(400, 4), 300, 4);
    for (const rule of ["others", "past"] as const) {
      expect(verdict(rollingOrigins(list, ask, rule), "cox", "weibull")).toBe("better");
    }
  });

  it("half the endings by a deal are forecast as such", () => {
    const list = wars({ ...exponential(300), deal: 0.5 }, 800, 6);
    const settled = rollingOrigins(list, { ...ask, isEvent: (ending) => ending === "deal" }, "others");
    const p = (within: number) => 0.5 * (1 - exp(-daysOf(within) / 300));
    for (const { said, within } of settled) expect(Math.abs(said.constant - p(within))).toBeLessThan(0.04);
  });
});

describe("scores of hindcasts", () => {
  const settled = rollingOrigins(wars(weibull(150, 0.5), 60, 2), ask, "others");

  it("are the means of the rules of the record, by hand", () => {
    const { models, questions, share } = scoresOf(settled);
    expect(questions).toBe(settled.length);
    expect(share).toBeCloseTo(
      meanOf(settled, ({ came }) => came),
      12,
    );
    for (const { model, mean } of models) {
      const brier = meanOf(settled, ({ said, came }) => (said[model] - came) * (said[model] - came));
      const right = (each: Settled) => (each.came === 1 ? each.said[model] : 1 - each.said[model]);
      const clipped = meanOf(settled, (each) => -log(Math.min(0.995, Math.max(0.005, right(each)))));
      expect(mean.brier.mean).toBeCloseTo(brier, 12);
      expect(mean.log.mean).toBeCloseTo(clipped, 12);
    }
  });

  it("differ by the difference of the means", () => {
    const { models } = scoresOf(settled);
    const of = (model: ModelName) => models.find((each) => each.model === model);
    const less = of("curve")?.less.constant?.brier.mean ?? Number.NaN;
    expect(less).toBeCloseTo((of("curve")?.mean.brier.mean ?? 0) - (of("constant")?.mean.brier.mean ?? 0), 12);
    expect(of("constant")?.less.constant).toBeUndefined();
  });

  it("say how many wars it would take to see a difference that matters", () => {
    const { neededClusters, detectable, clusters } = scoresOf(settled);
    // As many as there are see the detectable difference: n grows with the square of what is asked.
    expect(neededClusters).toBe(Math.ceil(clusters * (detectable / 0.02) * (detectable / 0.02)));
  });

  it("of nothing are an error", () => {
    expect(() => scoresOf([])).toThrow("no question that was forecast is resolved");
  });
});

describe("wars that are one", () => {
  const sided = (begun: number, over: number, one: readonly string[], other: readonly string[]) => ({
    begun,
    over,
    sides: [one, other] as const,
  });

  it("have two states against each other in both, and less than a year between them", () => {
    const first = sided(0, 100, ["A"], ["B"]);
    const lead = (second: ReturnType<typeof sided>) => warClusters([first, second]);
    expect(lead(sided(464, 500, ["B", "C"], ["A"]))).toEqual([0, 0]);
    expect(lead(sided(465, 500, ["B", "C"], ["A"]))).toEqual([0, 1]);
    expect(lead(sided(50, 500, ["A", "B"], ["C"]))).toEqual([0, 1]);
  });

  it("hang together through a third, in whatever order they stand", () => {
    const [a, b, c] = [sided(0, 9, ["A"], ["B"]), sided(10, 19, ["C"], ["D"]), sided(20, 29, ["A", "D"], ["B", "C"])];
    expect(warClusters([a, b, c])).toEqual([0, 0, 0]);
    expect(warClusters([c, b, a])).toEqual([0, 0, 0]);
  });
});
