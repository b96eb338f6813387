import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "../../src/core/dates/index.ts";
import {
  baseRate,
  brier,
  checkQuestion,
  crpsEnsemble,
  crpsQuantiles,
  type Forecast,
  firstShared,
  inTime,
  leaveOneOutRates,
  logScore,
  persistence,
  type Quantile,
  type Question,
  type Resolution,
  rankedProbabilityScore,
  scoreOf,
  scoresFor,
  skill,
  timeAveraged,
  uniform,
} from "../../src/record/index.ts";

/** Rounding of sums of a dozen terms. */
const TOL_EXACT = 1e-12;
/** What the trapezoid rule with 20 000 steps leaves. */
const TOL_GRID = 2e-3;

const near = (value: number, other: number, tolerance = TOL_EXACT) =>
  expect(Math.abs(value - other)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(other)));

const weights = (length: number) =>
  fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: length, maxLength: length });
const distribution = (length: number) =>
  weights(length).map((raw) => raw.map((each) => each / raw.reduce((sum, other) => sum + other, 0)));
const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("scores of probabilities", () => {
  it("give the check values: Brier 0.0965, log 0.338265", () => {
    const said = [0.1, 0.7, 0.35, 0.9, 0.5];
    const came = [0, 1, 0, 1, 1].map((outcome) => 1 - outcome);
    near(mean(said.map((p, i) => brier([p, 1 - p], came[i] ?? 0))), 0.0965);
    near(mean(said.map((p, i) => logScore([p, 1 - p], came[i] ?? 0))), 0.338265, 5e-7);
  });

  it("clip the log score alone, on both sides", () => {
    expect(logScore([0, 1], 0)).toBe(logScore([0.005, 0.995], 0));
    expect(logScore([1, 0], 0)).toBe(logScore([0.995, 0.005], 0));
    expect(brier([0, 1], 0)).toBe(1);
  });

  it("are least, in expectation, for the true probabilities: Brier, log and ranked", () => {
    fc.assert(
      fc.property(distribution(4), distribution(4), (truth, said) => {
        for (const score of [brier, logScore, rankedProbabilityScore]) {
          // The log score is proper where its clipping does not bite.
          if (score === logScore && [...truth, ...said].some((p) => p < 0.005 || p > 0.995)) continue;
          const expected = (forecast: readonly number[]) =>
            truth.reduce((sum, p, k) => sum + p * score(forecast, k), 0);
          expect(expected(truth)).toBeLessThanOrEqual(expected(said) + TOL_EXACT);
        }
      }),
    );
  });

  it("rank as Brier does for two hypotheses, and reward a near miss for more", () => {
    fc.assert(
      fc.property(distribution(2), fc.constantFrom(0, 1), (said, came) => {
        near(rankedProbabilityScore(said, came), brier(said, came));
      }),
    );
    expect(rankedProbabilityScore([0, 1, 0], 0)).toBeLessThan(rankedProbabilityScore([0, 0, 1], 0));
    expect(brier([0, 1, 0], 0)).toBe(brier([0, 0, 1], 0));
    // Epstein's form by hand: (0.2 - 0)^2 and (0.7 - 1)^2, over two thresholds.
    near(rankedProbabilityScore([0.2, 0.5, 0.3], 1), (0.04 + 0.09) / 2);
  });

  it("do not depend on the order of hypotheses, the ranked score aside", () => {
    fc.assert(
      fc.property(distribution(3), ([a = 0, b = 0, c = 0]) => {
        near(brier([a, b, c], 0), brier([c, b, a], 2));
        expect(logScore([a, b, c], 0)).toBe(logScore([c, b, a], 2));
        near(rankedProbabilityScore([a, b, c], 0), rankedProbabilityScore([c, b, a], 2));
      }),
    );
  });
});

/** The integral of (F - step)^2, by the trapezoid rule between the extremes of values. */
function byGrid(cdf: (x: number) => number, value: number, from: number, to: number): number {
  const steps = 20_000;
  const width = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const x = from + (i + 0.5) * width;
    const away = cdf(x) - (x >= value ? 1 : 0);
    sum += away * away * width;
  }
  return sum;
}

function cdfOf(quantiles: readonly Quantile[]): (x: number) => number {
  return (x) => {
    const next = quantiles.findIndex(({ value }) => value > x);
    if (next === 0) return 0;
    if (next < 0) return 1;
    const [a, b] = [quantiles[next - 1], quantiles[next]];
    if (a === undefined || b === undefined) throw new Error("no quantiles");
    return a.level + ((b.level - a.level) * (x - a.value)) / (b.value - a.value);
  };
}

const quantiles = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }).chain((levels) =>
  fc.array(fc.integer({ min: -20, max: 20 }), { minLength: levels.length, maxLength: levels.length }).map((values) => {
    const ordered = values.toSorted((a, b) => a - b);
    return levels.toSorted((a, b) => a - b).map((level, i) => ({ level: level / 100, value: ordered[i] ?? 0 }));
  }),
);

describe("CRPS", () => {
  it("of one member is the absolute error", () => {
    fc.assert(
      fc.property(finite, finite, (member, value) => {
        near(crpsEnsemble([member], value), Math.abs(member - value));
      }),
    );
  });

  it("of an ensemble is the double sum of its definition, plain and fair", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 12 }), finite, (members, value) => {
        const error = mean(members.map((x) => Math.abs(x - value)));
        let pairs = 0;
        for (const a of members) for (const b of members) pairs += Math.abs(a - b);
        const m = members.length;
        near(crpsEnsemble(members, value), error - pairs / (2 * m * m), 1e-10);
        near(crpsEnsemble(members, value, { fair: true }), error - pairs / (2 * m * (m - 1)), 1e-10);
        near(crpsEnsemble(members.toReversed(), value), crpsEnsemble(members, value));
      }),
    );
  });

  it("keeps its digits far from 0, where days are", () => {
    near(crpsEnsemble([20_001, 20_003, 20_010], 20_002), crpsEnsemble([1, 3, 10], 2), 1e-13);
  });

  it("of quantiles is the integral of its definition", () => {
    fc.assert(
      fc.property(quantiles, fc.integer({ min: -25, max: 25 }), (given, value) => {
        near(crpsQuantiles(given, value), byGrid(cdfOf(given), value, -30, 30), TOL_GRID);
      }),
      { numRuns: 30 },
    );
  });

  it("of a uniform distribution comes near the closed form", () => {
    const even = Array.from({ length: 999 }, (_, i) => ({ level: (i + 1) / 1000, value: (i + 1) / 1000 }));
    // On [0, 1], for y inside: y^3 / 3 + (1 - y)^3 / 3.
    near(crpsQuantiles(even, 0.3), (0.027 + 0.343) / 3, 1e-5);
  });

  it("counts what lies beyond the last value that can be seen as just that", () => {
    expect(crpsEnsemble([2, Infinity], 4, { upTo: 10 })).toBe(crpsEnsemble([2, 10], 4));
    expect(crpsEnsemble([2, Infinity], Infinity, { upTo: 10 })).toBe(crpsEnsemble([2, 10], 10));
    const given = [
      { level: 0.25, value: 0 },
      { level: 0.75, value: 20 },
    ];
    near(crpsQuantiles(given, 4, { upTo: 10 }), byGrid(cdfOf(given), 4, 0, 10), TOL_GRID);
  });

  it("is least, in expectation, for the distribution that values come from", () => {
    const values = [0, 1, 5, 9];
    const expected = (members: readonly number[]) => mean(values.map((value) => crpsEnsemble(members, value)));
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 8 }), (members) => {
        expect(expected(values)).toBeLessThanOrEqual(expected(members) + TOL_EXACT);
      }),
    );
  });

  it("refuses what is no distribution", () => {
    expect(() => crpsEnsemble([], 1)).toThrow(/number of members/);
    expect(() => crpsEnsemble([1], 1, { fair: true })).toThrow(/at least 2/);
    expect(() => crpsEnsemble([1, Infinity], 1)).toThrow(/finite/);
    expect(() => crpsQuantiles([{ level: 1, value: 0 }], 1)).toThrow(/level 1/);
    expect(() => crpsQuantiles([{ level: 0.5, value: 0 }], NaN)).toThrow(/finite/);
  });
});

const day = (text: number) => dayNumber(2025, 1, text);
const question: Question = {
  id: "talks",
  text: "Will they talk in January?",
  hypotheses: ["yes", "no"],
  opened: day(1),
  closes: day(31),
};
const said = (on: number, yes: number, by = "a"): Forecast => ({
  question: "talks",
  by,
  on: day(on),
  says: { kind: "probabilities", of: { yes, no: 1 - yes } },
});
const came = (is: string, on: number): Resolution => ({
  question: "talks",
  outcome: { kind: "hypothesis", is },
  on: day(on),
});

describe("a score over a question's life", () => {
  it("holds a forecast until the next", () => {
    // Ten days at 0.2, six at 0.8, then they talk: of 16 days, both ends counted.
    const score = timeAveraged("brier", question, [said(11, 0.8), said(1, 0.2)], came("yes", 16));
    near(score?.score ?? 0, (10 * 0.64 + 6 * 0.04) / 16);
    expect(score).toMatchObject({ days: 16, covered: 1, forecasts: 2 });
  });

  it("is the mean over days, each looked up alone", () => {
    const forecast = fc.record({
      on: fc.integer({ min: 1, max: 31 }),
      yes: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(forecast, { minLength: 1, maxLength: 6, selector: ({ on }) => on }), (given) => {
        const scores: number[] = [];
        for (let at = 1; at <= 31; at++) {
          const held = given.filter(({ on }) => on <= at).toSorted((a, b) => b.on - a.on)[0];
          if (held !== undefined) scores.push((1 - held.yes) * (1 - held.yes));
        }
        const forecasts = given.map(({ on, yes }) => said(on, yes));
        const found = timeAveraged("brier", question, forecasts, came("yes", 31));
        near(found?.score ?? -1, mean(scores), 1e-10);
        expect(found?.days).toBe(scores.length);
        near(found?.covered ?? 0, scores.length / 31);
      }),
    );
  });

  it("counts from the day that two forecasters share", () => {
    const [one, other] = [[said(1, 0.2), said(11, 0.8)], [said(11, 0.5, "b")]];
    const from = firstShared(one, other);
    expect(from).toBe(day(11));
    near(timeAveraged("brier", question, one, came("yes", 16), { from })?.score ?? 0, 0.04);
    expect(firstShared(one, [])).toBeUndefined();
  });

  it("has no score for what was annulled, and takes the last of a day", () => {
    const annulled: Resolution = { question: "talks", outcome: { kind: "annulled", because: "no such event" } };
    expect(timeAveraged("brier", question, [said(1, 0.2)], annulled)).toBeUndefined();
    near(timeAveraged("brier", question, [said(1, 0.2), said(1, 0.9)], came("yes", 2))?.score ?? 0, 0.01);
  });

  it("refuses forecasts after the end, of others, and none at all", () => {
    expect(() => timeAveraged("brier", question, [said(17, 0.8)], came("yes", 16))).toThrow(
      /2025-01-17 .* after the resolution of talks on 2025-01-16/,
    );
    const open: Question = { ...question, closes: day(10) };
    expect(() => timeAveraged("brier", open, [said(11, 0.8)], came("no", 10))).toThrow(/after the closing/);
    expect(() => timeAveraged("brier", question, [said(1, 0.8), said(2, 0.8, "b")], came("yes", 16))).toThrow(
      /b beside a/,
    );
    expect(() => timeAveraged("brier", question, [], came("yes", 16))).toThrow(/missing forecasts/);
    const parted = inTime(question, [said(1, 0.2), said(17, 0.9)], came("yes", 16));
    expect([parted.inTime.length, parted.late.length, parted.end]).toEqual([1, 1, "2025-01-16"]);
  });
});

describe("a forecast is checked", () => {
  const score = (of: Record<string, number>) =>
    scoreOf("brier", question, { ...said(1, 0), says: { kind: "probabilities", of } }, came("yes", 5));

  it.each([
    [{ yes: 0.5, no: 0.4 }, /add up to 0.9/],
    [{ yes: 0.5, no: 0.5, maybe: 0 }, /unknown hypothesis: maybe/],
    [{ yes: 1 }, /gives none to no/],
    [{ yes: 1.2, no: -0.2 }, /invalid probability: 1.2/],
    [{ yes: Number.NaN, no: 1 }, /invalid probability: NaN/],
  ])("%o is refused", (of, message) => {
    expect(() => score(of as Record<string, number>)).toThrow(message);
  });

  it("of another kind, or settled by what is no answer, is refused", () => {
    const ensemble: Forecast = { ...said(1, 0), says: { kind: "ensemble", members: [1] } };
    const when: Question = { id: "talks", text: "When?", hypotheses: [] };
    const value: Resolution = { question: "talks", outcome: { kind: "value", is: 3 } };
    expect(() => scoreOf("brier", question, ensemble, came("yes", 5))).toThrow(/another kind/);
    expect(() => scoreOf("brier", question, said(1, 0.5), value)).toThrow(/expected one of its hypotheses/);
    expect(() => scoreOf("brier", question, said(1, 0.5), came("yess", 5))).toThrow(/unknown hypothesis: yess/);
    expect(() => scoreOf("brier", question, said(-3, 0.5), came("yes", -1))).toThrow(/before its opening/);
    expect(scoreOf("crps", when, ensemble, value)).toBe(2);
    expect(() => scoreOf("brier", when, ensemble, value)).toThrow(/invalid score/);
    expect(() => scoreOf("crps", when, said(1, 0.5), value)).toThrow(/expected a distribution/);
    expect(() => scoreOf("crps", when, { ...ensemble, says: { kind: "ensemble", members: [] } }, value)).toThrow(
      /no members/,
    );
    const falling: Forecast["says"] = {
      kind: "quantiles",
      quantiles: [
        { level: 0.5, value: 2 },
        { level: 0.4, value: 3 },
      ],
    };
    expect(() => scoreOf("crps", when, { ...ensemble, says: falling }, value)).toThrow(/do not rise/);
  });

  it("and so is its question", () => {
    expect(() => checkQuestion({ ...question, hypotheses: ["yes"] })).toThrow(/single hypothesis/);
    expect(() => checkQuestion({ ...question, hypotheses: ["yes", "yes"] })).toThrow(/twice/);
    expect(() => checkQuestion({ ...question, opened: day(32) })).toThrow(/after it closes/);
    const three = { ...question, hypotheses: ["a", "b", "c"] };
    expect(scoresFor(three)).toEqual(["brier", "log"]);
    expect(scoresFor({ ...three, ordered: true })).toEqual(["brier", "log", "rps"]);
  });
});

describe("reference forecasters", () => {
  it("know nothing, the past, or that nothing changes", () => {
    expect(uniform(question, 0).says).toEqual({ kind: "probabilities", of: { yes: 0.5, no: 0.5 } });
    expect(persistence(question, 0, "no").says).toEqual({ kind: "probabilities", of: { yes: 0, no: 1 } });
    expect(baseRate(question, 0, { yes: 0.3, no: 0.7 }).says).toEqual({
      kind: "probabilities",
      of: { yes: 0.3, no: 0.7 },
    });
    expect(() => persistence(question, 0, "never")).toThrow(/unknown hypothesis/);
    expect(() => baseRate(question, 0, { yes: 1 })).toThrow(/gives none to no/);
    expect(leaveOneOutRates([1, 0, 0])).toEqual([0.25, 0.5, 0.5]);
    expect(skill(0.15, 0.2)).toBeCloseTo(0.25, 12);
    expect(skill(0.2, 0.2)).toBe(0);
    expect(skill(0.1, 0)).toBeNull();
  });
});
