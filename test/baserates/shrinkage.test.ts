import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClassRate,
  type ClassShare,
  type Shrunk,
  shrinkRate,
  shrinkShare,
  shrunkChance,
} from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { betaI, betaQuantile, gammaQuantile as drawGamma, gammaP } from "../../src/core/special/index.ts";

const share = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([ended, more]): ClassShare => ({ ended, members: ended + more }));
const rate = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 4000 }))
  .map(([ended, time]): ClassRate => ({ ended, time: time / 8 }));

const inside = ({ weight, estimate, low, high, own, parent }: Shrunk) => {
  expect(weight).toBeGreaterThanOrEqual(0);
  expect(weight).toBeLessThan(1);
  expect(low < estimate && estimate < high).toBe(true);
  const mixed = own === undefined ? parent : weight * own + (1 - weight) * parent;
  expect(estimate).toBeCloseTo(mixed, 10);
};

describe("a small class drawn towards its parent", () => {
  it("is the mean of its own and the parent's figure, by the weight that is told", () => {
    fc.assert(
      fc.property(share, share, (own, rest) => {
        const parent = { ended: own.ended + rest.ended, members: own.members + rest.members };
        fc.pre(rest.members > 0);
        inside(shrinkShare(own, parent));
      }),
    );
    fc.assert(
      fc.property(rate, rate, (own, rest) => {
        inside(shrinkRate(own, { ended: own.ended + rest.ended, time: own.time + rest.time }));
      }),
    );
  });

  it("has the closed form of Beta and Binomial, Gamma and exponential, where the parent's strength is given", () => {
    const shrunk = shrinkShare({ ended: 1, members: 4 }, { ended: 61, members: 104 }, { strength: 12, level: 0.8 });
    expect(shrunk.weight).toBe(0.25);
    expect(shrunk.posterior).toEqual([0.6 * 12 + 1, 0.4 * 12 + 3]);
    expect(shrunk.estimate).toBeCloseTo(8.2 / 16, 12);
    expect(betaI(shrunk.low, 8.2, 7.8)).toBeCloseTo(0.1, 10);
    expect(betaI(shrunk.high, 8.2, 7.8)).toBeCloseTo(0.9, 10);
    const slow = shrinkRate({ ended: 1, time: 50 }, { ended: 21, time: 450 }, { strength: 100, level: 0.8 });
    expect(slow.weight).toBeCloseTo(1 / 3, 12);
    expect(slow.posterior).toEqual([6, 150]);
    expect(gammaP(6, slow.low * 150)).toBeCloseTo(0.1, 10);
    expect(gammaP(6, slow.high * 150)).toBeCloseTo(0.9, 10);
    // The chance is the mean of 1 - exp(-rate x 12) over the gamma distribution, here by its quantiles.
    const points = 20_000;
    let sum = 0;
    for (let k = 0; k < points; k++) sum += 1 - Math.exp((-drawGamma((k + 0.5) / points, 6) * 12) / 150);
    const chance = shrunkChance(slow, 12);
    expect(chance.estimate).toBeCloseTo(sum / points, 4);
    expect(chance.low < chance.estimate && chance.estimate < chance.high).toBe(true);
  });

  it("is the parent where it is empty, and itself where it is huge", () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 99 }), (rest, percent) => {
        fc.pre(rest.members > 0);
        const none = shrinkShare({ ended: 0, members: 0 }, rest);
        expect([none.weight, none.own]).toEqual([0, undefined]);
        expect(none.estimate).toBeCloseTo(none.parent, 12);
        const members = 1e9;
        const own = { ended: percent * 1e7, members };
        const huge = shrinkShare(own, { ended: own.ended + rest.ended, members: members + rest.members });
        expect(Math.abs(huge.estimate - percent / 100)).toBeLessThan(1e-6);
        const given = shrinkShare(
          own,
          { ended: own.ended + rest.ended, members: members + rest.members },
          { strength: 50 },
        );
        expect(given.weight).toBeGreaterThan(1 - 1e-7);
      }),
    );
    const parent = { ended: 30, time: 600 };
    const none = shrinkRate({ ended: 0, time: 0 }, parent);
    expect([none.weight, none.estimate]).toEqual([0, none.parent]);
    expect(none.parent).toBeCloseTo(0.05, 12);
    const huge = shrinkRate({ ended: 2e8, time: 1e9 }, { ended: 2e8 + 30, time: 1e9 + 600 });
    expect(huge.estimate).toBeCloseTo(0.2, 6);
    expect(huge.weight).toBeGreaterThan(1 - 1e-6);
  });

  it("goes to the parent where parts are alike, and stays itself where they differ", () => {
    const like = [11, 9, 10, 10].map((ended) => ({ ended, members: 20 }));
    const unlike = [1, 19, 2, 18].map((ended) => ({ ended, members: 20 }));
    const of = ([own = { ended: 0, members: 0 }, ...siblings]: readonly ClassShare[]) =>
      shrinkShare(own, { ended: 40, members: 80 }, { siblings });
    expect(of(like).strength).toBe(60);
    expect(of(like).weight).toBeCloseTo(0.25, 12);
    expect(of(like).parent).toBeCloseTo(29 / 60, 12);
    expect(of(unlike).strength).toBeLessThan(1.5);
    expect(of(unlike).weight).toBeGreaterThan(0.9);
  });

  it("finds how much parts differ from four hundred that were drawn", () => {
    const random = createStream(4, purpose("TEST"));
    const drawn = Array.from({ length: 400 }, (_, k) => {
      const chance = betaQuantile(random.uniform(0, 0, k), 0.3 * 12, 0.7 * 12);
      const ended = Array.from({ length: 30 }, (_, i) => random.uniform(1, i, k)).filter((u) => u < chance).length;
      return { ended, members: 30 };
    });
    const parent = { ended: drawn.reduce((sum, each) => sum + each.ended, 0), members: 12_000 };
    const [own = parent, ...siblings] = drawn;
    const { strength } = shrinkShare(own, parent, { siblings });
    // 1 / (s + 1) from so many parts is known to about a tenth.
    expect(strength).toBeGreaterThan(9);
    expect(strength).toBeLessThan(16);
    const rates = Array.from({ length: 400 }, (_, k) => {
      const truth = drawGamma(random.uniform(2, 0, k), 3) / 60;
      // Endings of a renewed exponential within 100: as many as gaps fit in.
      let [ended, at, i] = [0, 0, 0];
      for (;;) {
        at += -Math.log(random.uniform(3, i++, k)) / truth;
        if (at > 100) return { ended, time: 100 };
        ended += 1;
      }
    });
    const whole = { ended: rates.reduce((sum, each) => sum + each.ended, 0), time: 40_000 };
    const [first = whole, ...others] = rates;
    const time = shrinkRate(first, whole, { siblings: others }).strength;
    expect(time).toBeGreaterThan(45);
    expect(time).toBeLessThan(80);
  });

  it("never says never: a parent without endings, or with nothing else, is drawn back from the bound", () => {
    const none = shrinkShare({ ended: 0, members: 3 }, { ended: 0, members: 9 });
    expect(none.parent).toBeCloseTo(0.5 / 7, 12);
    expect(none.estimate).toBeGreaterThan(0);
    expect(shrinkShare({ ended: 3, members: 3 }, { ended: 9, members: 9 }).estimate).toBeLessThan(1);
    expect(shrinkRate({ ended: 0, time: 10 }, { ended: 0, time: 50 }).parent).toBe(0.0125);
  });

  it.each([
    ["class-empty", () => shrinkShare({ ended: 0, members: 0 }, { ended: 0, members: 0 })],
    ["invalid-parameter", () => shrinkShare({ ended: 5, members: 4 }, { ended: 60, members: 100 })],
    ["invalid-parameter", () => shrinkShare({ ended: 3, members: 4 }, { ended: 2, members: 100 })],
    ["invalid-parameter", () => shrinkShare({ ended: -1, members: 4 }, { ended: 2, members: 100 })],
    ["invalid-parameter", () => shrinkShare({ ended: 1, members: 4 }, { ended: 2, members: 100 }, { strength: 0 })],
    ["invalid-parameter", () => shrinkShare({ ended: 1, members: 4 }, { ended: 2, members: 100 }, { level: 0 })],
    ["class-empty", () => shrinkShare({ ended: 2, members: 5 }, { ended: 2, members: 5 })],
    [
      "invalid-parameter",
      () => shrinkShare({ ended: 1, members: 4 }, { ended: 5, members: 9 }, { siblings: [{ ended: 0, members: 6 }] }),
    ],
    ["class-empty", () => shrinkRate({ ended: 0, time: 0 }, { ended: 0, time: 0 })],
    ["invalid-parameter", () => shrinkRate({ ended: 1, time: 0 }, { ended: 3, time: 9 })],
    ["invalid-parameter", () => shrunkChance(shrinkShare({ ended: 1, members: 4 }, { ended: 2, members: 9 }), 3)],
  ] as const)("is refused for what cannot be: %s", (code, run) => {
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
