import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  conditionalChance,
  cumulativeIncidence,
  durationQuantile,
  fitDurations,
  incidenceAt,
  kaplanMeier,
  lastingBeyond,
  logRank,
  type Spell,
  survivalAt,
  survivalOf,
} from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";

const spells = fc.array(
  fc.record({
    duration: fc.integer({ min: 1, max: 40 }),
    ended: fc.boolean(),
    ending: fc.constantFrom("agreement", "ceasefire", "victory"),
  }),
  { minLength: 1, maxLength: 40 },
);
const named = (all: readonly Omit<Spell, "id">[]): readonly Spell[] => all.map((each, k) => ({ ...each, id: `s${k}` }));

describe("the survival curve", () => {
  it("is that of the product of shares, worked out from the definition, and never rises", () => {
    fc.assert(
      fc.property(spells, (all) => {
        const given = named(all);
        const curve = kaplanMeier(given);
        for (let time = 0; time <= 41; time++) {
          let product = 1;
          for (let t = 1; t <= time; t++) {
            const atRisk = given.filter(({ duration }) => duration >= t).length;
            const ended = given.filter((each) => each.ended && each.duration === t).length;
            if (atRisk > 0) product *= 1 - ended / atRisk;
          }
          const at = survivalAt(curve, time);
          expect(at.survival).toBeCloseTo(product, 10);
          expect(at.low <= at.survival + 1e-12 && at.survival <= at.high + 1e-12).toBe(true);
        }
      }),
    );
  });

  it("is the share that lasts longer where nothing is censored, whatever the order of the spells", () => {
    fc.assert(
      fc.property(spells, fc.nat(), (all, turn) => {
        const given = named(all.map((each) => ({ ...each, ended: true })));
        const turned = [...given.slice(turn % given.length), ...given.slice(0, turn % given.length)];
        const curve = kaplanMeier(given);
        expect(kaplanMeier(turned).steps).toEqual(curve.steps);
        for (const { duration } of given) {
          const share = given.filter((each) => each.duration > duration).length / given.length;
          expect(survivalAt(curve, duration).survival).toBeCloseTo(share, 12);
        }
      }),
    );
  });

  it("stays at one where all are censored, and falls at once where there is one spell", () => {
    const censored = kaplanMeier(named([3, 5, 8].map((duration) => ({ duration, ended: false }))));
    expect(survivalAt(censored, 6).survival).toBe(1);
    expect(durationQuantile(censored, 0.5).estimate).toBeUndefined();
    const one = kaplanMeier([{ id: "one", duration: 4, ended: true }]);
    expect([survivalAt(one, 3.9).survival, survivalAt(one, 4).survival]).toEqual([1, 0]);
    expect(durationQuantile(one, 0.5).estimate).toBe(4);
  });

  it("adds up to one with the incidences of all endings", () => {
    fc.assert(
      fc.property(spells, (all) => {
        const curve = cumulativeIncidence(named(all));
        for (let time = 0; time <= 41; time += 3) {
          const { survival, byEnding } = incidenceAt(curve, time);
          const sum = Object.values(byEnding).reduce((total, { estimate }) => total + estimate, survival);
          expect(sum).toBeCloseTo(1, 10);
        }
      }),
    );
  });

  it("of those that lasted so long tells what the whole curve tells from there on", () => {
    fc.assert(
      fc.property(spells, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (all, age, within) => {
        const given = named(all);
        fc.pre(given.some(({ duration }) => duration > age));
        const whole = kaplanMeier(given);
        const left = kaplanMeier(lastingBeyond(given, age));
        const expected = survivalAt(whole, age + within).survival / survivalAt(whole, age).survival;
        expect(survivalAt(left, age + within).survival).toBeCloseTo(expected, 10);
      }),
    );
  });
});

describe("families of durations", () => {
  it("give the exponential its closed form: endings over time at risk", () => {
    fc.assert(
      fc.property(spells, (all) => {
        const given = named(all);
        const ended = given.filter((each) => each.ended).length;
        fc.pre(ended > 0);
        const time = given.reduce((sum, { duration }) => sum + duration, 0);
        const fit = fitDurations(given, "exponential");
        expect(fit.parameters[0]?.estimate).toBeCloseTo(ended / time, 12);
        expect(fit.parameters[0]?.se).toBeCloseTo(Math.sqrt(ended) / time, 12);
        // It has no memory.
        const chances = [0, 3, 17].map((lasted) => conditionalChance(fit, lasted, 5).estimate);
        for (const chance of chances) expect(chance).toBeCloseTo(1 - Math.exp((-5 * ended) / time), 10);
      }),
    );
  });

  it("are likeliest where they were fitted, and scale with the unit of time", () => {
    const given = named([2, 3, 3, 7, 11, 13, 20, 30].map((duration, k) => ({ duration, ended: k % 4 !== 3 })));
    for (const family of ["weibull", "lognormal", "loglogistic"] as const) {
      const fit = fitDurations(given, family);
      const days = fitDurations(
        given.map((each) => ({ ...each, duration: 30 * each.duration })),
        family,
      );
      for (const time of [1, 5, 12, 40]) expect(survivalOf(days, 30 * time)).toBeCloseTo(survivalOf(fit, time), 8);
      const { estimate, low, high } = conditionalChance(fit, 6, 6, { level: 0.8 });
      expect(estimate).toBeCloseTo(1 - survivalOf(fit, 12) / survivalOf(fit, 6), 10);
      expect(0 < low && low < estimate && estimate < high && high < 1).toBe(true);
    }
  });

  it("settle on ten thousand spells, near what they were drawn from", () => {
    const random = createStream(7, purpose("TEST"));
    const given = Array.from({ length: 10_000 }, (_, k): Spell => {
      const duration = 200 * (-Math.log(random.uniform(0, 0, k))) ** (1 / 0.7);
      const watched = 600 * random.uniform(4, 0, k);
      return { id: String(k), duration: Math.min(duration, watched), ended: duration <= watched };
    });
    const { parameters } = fitDurations(given, "weibull");
    const of = (name: string) => parameters.find((each) => each.name === name);
    expect(Math.abs((of("shape")?.estimate ?? 0) - 0.7)).toBeLessThan(4 * (of("shape")?.se ?? 0));
    expect(Math.abs((of("scale")?.estimate ?? 0) - 200)).toBeLessThan(4 * (of("scale")?.se ?? 0));
    for (const family of ["exponential", "lognormal", "loglogistic"] as const) {
      expect(fitDurations(given, family).logLikelihood).toBeLessThan(fitDurations(given, "weibull").logLikelihood);
    }
  });

  it("agree with one another in the log-rank test where groups are alike, and part where they are not", () => {
    const short = named([1, 2, 2, 3, 4, 5, 6].map((duration) => ({ duration, ended: true })));
    const long = named([20, 22, 25, 31, 40, 44, 50].map((duration) => ({ duration, ended: true })));
    expect(logRank({ a: short, b: short }).chiSquared).toBeCloseTo(0, 12);
    expect(logRank({ a: short, b: long }).p).toBeLessThan(0.001);
  });
});

describe("spells that nothing can be told of", () => {
  it.each([
    ["class-empty", () => kaplanMeier([])],
    ["spell-time", () => kaplanMeier([{ id: "a", duration: -1, ended: true }])],
    ["spell-time", () => kaplanMeier([{ id: "a", duration: Number.NaN, ended: true }])],
    ["spell-time", () => fitDurations([{ id: "a", duration: 0, ended: true }], "weibull")],
    ["endings-none", () => fitDurations([{ id: "a", duration: 3, ended: false }], "weibull")],
    ["fit-infinite", () => fitDurations([{ id: "a", duration: 3, ended: true }], "weibull")],
    ["ending-missing", () => cumulativeIncidence([{ id: "a", duration: 3, ended: true }])],
    ["nobody-lasted", () => lastingBeyond([{ id: "a", duration: 3, ended: true }], 5)],
    ["groups-too-few", () => logRank({ a: [{ id: "a", duration: 3, ended: true }] })],
  ] as const)("are refused: %s", (code, run) => {
    let thrown: unknown;
    try {
      run();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ParleyError);
    expect((thrown as ParleyError).problems[0]?.code).toBe(code);
  });
});
