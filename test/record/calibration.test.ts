import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStream } from "../../src/core/random/index.ts";
import {
  bootstrapMean,
  calibration,
  compareScores,
  murphy,
  questionsNeeded,
  reliabilityDiagram,
  type Scored,
  type Verified,
} from "../../src/record/index.ts";

/** Rounding of sums of some hundred terms. */
const TOL_EXACT = 1e-12;
const near = (value: number, other: number, tolerance = TOL_EXACT) =>
  expect(Math.abs(value - other)).toBeLessThanOrEqual(tolerance);

const pair = fc.record({
  p: fc.oneof(
    fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  outcome: fc.constantFrom<0 | 1>(0, 1),
});
const pairs = fc.array(pair, { minLength: 1, maxLength: 60 });

/** Forecasts whose events come as often as they say, by draws of a seed. */
function reliable(n: number, seed: number, twist = (p: number) => p): Verified[] {
  const stream = createStream(seed, 7);
  return Array.from({ length: n }, (_, i) => {
    const p = stream.uniform(0, 0, i);
    return { p, outcome: stream.uniform(1, 0, i) < twist(p) ? 1 : 0 };
  });
}

describe("Murphy's decomposition", () => {
  it("adds up to the Brier score for any bins", () => {
    const binning = fc.constantFrom("distinct" as const, { width: 10 }, { width: 3 }, { count: 4 }, { count: 1 });
    fc.assert(
      fc.property(pairs, binning, (given, bins) => {
        const parts = murphy(given, bins);
        near(
          parts.reliability - parts.resolution + parts.uncertainty + parts.withinVariance - parts.withinCovariance,
          parts.brier,
        );
        near(parts.brier, given.reduce((sum, { p, outcome }) => sum + (p - outcome) ** 2, 0) / given.length);
        if (bins === "distinct") expect([parts.withinVariance, parts.withinCovariance]).toEqual([0, 0]);
      }),
    );
  });

  it("does not depend on the order of questions", () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const [one, other] = [murphy(given, { width: 5 }), murphy(given.toReversed(), { width: 5 })];
        near(one.reliability, other.reliability);
        near(one.resolution, other.resolution);
        expect(one.bins).toBe(other.bins);
      }),
    );
  });

  it("gives the closed forms: the base rate alone, and certainty that is right", () => {
    const [yes, no]: [Verified, Verified] = [
      { p: 0.25, outcome: 1 },
      { p: 0.25, outcome: 0 },
    ];
    const rate = murphy([yes, no, no, no]);
    expect([rate.reliability, rate.resolution, rate.uncertainty, rate.brier]).toEqual([0, 0, 0.1875, 0.1875]);
    const sure = murphy([
      { p: 1, outcome: 1 },
      { p: 0, outcome: 0 },
    ]);
    expect([sure.reliability, sure.resolution, sure.uncertainty, sure.brier]).toEqual([0, 0.25, 0.25, 0]);
  });

  it("needs questions that are resolved, and probabilities", () => {
    expect(() => murphy([])).toThrow(/missing resolutions/);
    expect(() => murphy([{ p: 1.5, outcome: 1 }])).toThrow(/invalid p: 1.5/);
    expect(() => murphy([{ p: 0.5, outcome: 1 }], { width: 0 })).toThrow(/number of bins/);
  });
});

describe("a reliability diagram", () => {
  it("has what a reliable forecaster shows inside its bands about as often as they say", () => {
    let [inside, all] = [0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const { points } = reliabilityDiagram(reliable(100, seed), { resamples: 200, seed });
      for (const { came, band } of points) {
        all += 1;
        if (band !== null && came >= band.low && came <= band.high) inside += 1;
      }
    }
    // 300 points, 90 % expected; frequencies are lumpy, so that a band holds somewhat more.
    expect(inside / all).toBeGreaterThan(0.86);
    expect(inside / all).toBeLessThan(0.98);
  });

  it("has an overconfident forecaster outside", () => {
    const given = reliable(600, 3, (p) => 0.5 + (p - 0.5) / 3);
    const { points } = reliabilityDiagram(given, { seed: 1 });
    const [first, last] = [points[0], points.at(-1)];
    expect(first?.came).toBeGreaterThan(first?.band?.high ?? 1);
    expect(last?.came).toBeLessThan(last?.band?.low ?? 0);
  });

  it("counts by hand, draws by its seed, and does not care for order", () => {
    const given: Verified[] = [
      { p: 0.12, outcome: 0 },
      { p: 0.18, outcome: 1 },
      { p: 1, outcome: 1 },
    ];
    const diagram = reliabilityDiagram(given, { seed: 5 });
    expect(diagram.points.map(({ from, to, n, came }) => [from, to, n, came])).toEqual([
      [0.1, 0.2, 2, 0.5],
      [0.9, 1, 1, 1],
    ]);
    expect(diagram.points[1]?.band).toEqual({ low: 1, high: 1 });
    expect(reliabilityDiagram(given.toReversed(), { seed: 5 })).toEqual(diagram);
    const wide = reliable(30, 1);
    expect(reliabilityDiagram(wide, { seed: 1 })).not.toEqual(reliabilityDiagram(wide, { seed: 2 }));
  });
});

describe("calibration in the large", () => {
  it("tells the bias with its error, and sharpness", () => {
    const found = calibration([
      { p: 0.8, outcome: 1 },
      { p: 0.6, outcome: 0 },
    ]);
    near(found.bias, 0.2);
    near(found.standardError, Math.sqrt(0.16 + 0.24) / 2);
    near(found.sharpness, 0.01);
    near(found.decisiveness, 0.4);
    // (o - p)(1 - 2p): -0.12 + 0.12.
    near(found.z ?? 9, 0);
    near(found.pValue ?? 0, 1);
    expect(calibration([{ p: 0.5, outcome: 1 }]).z).toBeNull();
  });

  it("finds the overconfident, and mostly not the reliable", () => {
    expect(calibration(reliable(1000, 2, (p) => 0.5 + (p - 0.5) / 3)).pValue).toBeLessThan(1e-6);
    const small = Array.from({ length: 100 }, (_, i) => calibration(reliable(50, i + 1)).pValue ?? 1);
    expect(small.filter((p) => p < 0.05).length).toBeLessThan(14);
  });
});

const scored = (values: readonly number[], cluster?: (i: number) => string): Scored[] =>
  values.map((score, i) => ({ question: `q${i}`, score, cluster: cluster?.(i) }));
const normals = (n: number, seed: number) => {
  const stream = createStream(seed, 9);
  return Array.from({ length: n }, (_, i) => {
    let sum = -6;
    for (let slot = 0; slot < 12; slot++) sum += stream.uniform(slot, 0, i);
    return sum;
  });
};

describe("the paired bootstrap", () => {
  it("of a forecaster with itself is 0, and says that they are the same", () => {
    const given = scored([0.1, 0.2, 0.7]);
    expect(compareScores(given, given)).toMatchObject({
      mean: 0,
      low: 0,
      high: 0,
      firstLess: 0.5,
      verdict: "same",
      needed: null,
    });
  });

  it("has about the interval of the normal law", () => {
    const values = normals(200, 4);
    const found = bootstrapMean(scored(values), { seed: 2 });
    const centre = values.reduce((sum, x) => sum + x, 0) / 200;
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / 200 / 200);
    near(found.mean, centre);
    // 4000 resamples know an end of the interval to about 0.04 of its spread: four such errors.
    near(found.low ?? 0, centre - 1.96 * spread, 0.16 * spread);
    near(found.high ?? 0, centre + 1.96 * spread, 0.16 * spread);
  });

  it("changes sign with its sides, and nothing with the order", () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 15 }), (given) => {
        const one = scored(given.map(([a]) => a));
        const other = scored(given.map(([, b]) => b));
        const options = { resamples: 200, seed: 3 };
        const found = compareScores(one, other, options);
        expect(compareScores(one.toReversed(), other, options)).toEqual(found);
        near(compareScores(other, one, options).mean, -found.mean);
      }),
      { numRuns: 50 },
    );
  });

  it("draws whole wars: questions that say the same thing add nothing", () => {
    const wars = normals(12, 1);
    const copied = scored(
      wars.flatMap((x) => [x, x, x, x]),
      (i) => `war-${Math.floor(i / 4)}`,
    );
    const byWar = bootstrapMean(copied, { seed: 1 });
    const once = bootstrapMean(scored(wars), { seed: 1 });
    near(byWar.low ?? 0, once.low ?? 1);
    near(byWar.high ?? 0, once.high ?? 1);
    expect([byWar.questions, byWar.clusters]).toEqual([48, 12]);
    const alone = bootstrapMean(
      copied.map(({ question, score }) => ({ question, score })),
      { seed: 1 },
    );
    expect((alone.high ?? 0) - (alone.low ?? 0)).toBeLessThan(0.7 * ((byWar.high ?? 0) - (byWar.low ?? 0)));
  });

  it("claims no skill from few, and little from one", () => {
    const zeros = (n: number) => scored(Array.from({ length: n }, () => 0.3));
    const better = (n: number) => compareScores(scored(Array.from({ length: n }, (_, i) => 0.1 + 0.01 * i)), zeros(n));
    expect(better(5)).toMatchObject({ verdict: "too-few" });
    expect(better(5).high).toBeLessThan(0);
    expect(better(12).verdict).toBe("better");
    expect(better(1)).toMatchObject({ verdict: "too-few", low: null, high: null, firstLess: null, needed: null });
    expect(compareScores(zeros(12), scored(Array.from({ length: 12 }, () => 0.1))).verdict).toBe("worse");
    expect(compareScores(scored(normals(12, 2)), scored(normals(12, 3))).verdict).toBe("open");
  });

  it("compares shared questions alone, each once, in the same war", () => {
    const [a, b] = [scored([0.1, 0.2]), scored([0.3])];
    expect(compareScores(a, b)).toMatchObject({ questions: 1 });
    near(compareScores(a, b).mean, -0.2);
    expect(() => compareScores(a, [])).toThrow(/missing resolutions/);
    expect(() => compareScores([...a, ...a], b)).toThrow(/each question once/);
    expect(() =>
      compareScores(
        a,
        scored([0.3], () => "elsewhere"),
      ),
    ).toThrow(/cluster of q0/);
    expect(() => bootstrapMean(scored([Number.NaN, 1]))).toThrow(/finite/);
    expect(() => bootstrapMean(scored([0, 1]), { level: 1 })).toThrow(/invalid level/);
    expect(() => bootstrapMean(scored([0, 1]), { resamples: 0 })).toThrow(/invalid resamples/);
  });

  it("says how many questions a difference takes: (z_a + z_b)^2 s^2 / d^2", () => {
    const swings = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2));
    const variance = (100 * 0.04) / 99;
    expect(questionsNeeded(swings, { difference: 0.02 })).toBe(Math.ceil((7.848879734 * variance) / 0.0004));
    expect(questionsNeeded(swings)).toBeNull();
  });
});
