import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "../../src/core/dates/index.ts";
import { combineVerdicts, type SeriesPoint, testIndicator } from "../../src/evidence/index.ts";

const point = (day: number, value: number, bounds?: readonly [number, number]): SeriesPoint => ({
  first: day,
  last: day,
  value,
  low: bounds?.[0],
  high: bounds?.[1],
});
const daily = (values: readonly number[], from = dayNumber(2024, 1, 1)) => values.map((v, i) => point(from + i, v));
const monthly = (values: readonly number[], year = 2024) =>
  values.map((value, i) => ({
    first: dayNumber(year, i + 1, 1),
    last: dayNumber(year, i + 2, 1) - 1,
    value,
    low: undefined,
    high: undefined,
  }));
const threshold = {
  is: "threshold",
  of: "latest",
  window: undefined,
  above: undefined,
  atLeast: undefined,
  below: undefined,
  atMost: undefined,
} as const;

describe("threshold tests", () => {
  it("compare the latest value, whatever the order of the points", () => {
    const series = [point(10, 52), point(5, 40)];
    expect(testIndicator(series, { ...threshold, above: 50 }).verdict).toBe("supported");
    expect(testIndicator(series, { ...threshold, below: 50 }).verdict).toBe("contradicted");
  });

  it("compare means and sums over a window that ends with the last observation", () => {
    const series = daily([100, 1, 2, 3]);
    expect(testIndicator(series, { ...threshold, of: "mean", window: 3, atMost: 2 }).figures["value"]).toBe(2);
    expect(testIndicator(series, { ...threshold, of: "sum", window: 3, atLeast: 6 }).verdict).toBe("supported");
    expect(testIndicator(series, { ...threshold, of: "sum", window: undefined, atLeast: 6 }).figures["value"]).toBe(
      106,
    );
  });

  it("are inconclusive where the bounds of the value lie on both sides", () => {
    const straddling = [point(1, 52, [49, 55])];
    expect(testIndicator(straddling, { ...threshold, above: 50 }).reason).toBe("bounds-straddle");
    expect(testIndicator([point(1, 56, [53, 59])], { ...threshold, above: 50 }).verdict).toBe("supported");
  });

  it("hold between two bounds, ends included", () => {
    expect(testIndicator([point(1, 50)], { ...threshold, atLeast: 50, atMost: 60 }).verdict).toBe("supported");
    expect(testIndicator([point(1, 61)], { ...threshold, atLeast: 50, atMost: 60 }).verdict).toBe("contradicted");
  });
});

describe("trend tests", () => {
  it("find a rise, refute a fall, and are unsure of noise", () => {
    const rising = daily([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(testIndicator(rising, { is: "trend", direction: "rising", window: undefined }).verdict).toBe("supported");
    expect(testIndicator(rising, { is: "trend", direction: "falling", window: undefined }).verdict).toBe(
      "contradicted",
    );
    const noise = daily([3, 1, 4, 1, 5, 2, 3, 2]);
    expect(testIndicator(noise, { is: "trend", direction: "rising", window: undefined }).verdict).toBe("inconclusive");
  });

  it("of fewer than six points are uncheckable", () => {
    const { verdict, figures } = testIndicator(daily([1, 2, 3, 4, 5]), {
      is: "trend",
      direction: "rising",
      window: undefined,
    });
    expect([verdict, figures["points"], figures["needed"]]).toEqual(["uncheckable", 5, 6]);
  });

  it("look at the window alone", () => {
    const series = daily([9, 8, 7, 6, 5, 4, 1, 2, 3, 4, 5, 6]);
    expect(testIndicator(series, { is: "trend", direction: "rising", window: 6 }).verdict).toBe("supported");
  });

  it("turn over with the series", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 20 }), (values) => {
        const up = testIndicator(daily(values), { is: "trend", direction: "rising", window: undefined });
        const down = testIndicator(daily(values.map((v) => -v)), {
          is: "trend",
          direction: "falling",
          window: undefined,
        });
        expect(down.verdict).toBe(up.verdict);
      }),
    );
  });
});

describe("change tests", () => {
  const from = dayNumber(2024, 9, 1);

  it("compare monthly steps of a level with those before", () => {
    const area = monthly([100, 110, 120, 131, 140, 150, 160, 171, 220, 270, 321]);
    const test = {
      is: "change",
      direction: "rising",
      period: { from, to: undefined },
      against: undefined,
      of: "steps",
    } as const;
    const { verdict, figures } = testIndicator(area, test);
    expect(verdict).toBe("supported");
    expect([figures["nAfter"], figures["nBefore"]]).toEqual([3, 2]);
    expect(figures["after"]).toBeGreaterThan(45);
  });

  it("take daily values in whole weeks", () => {
    const values = Array.from({ length: 56 }, (_, i) => (i < 28 ? 10 : 20) + (i % 3));
    const start = dayNumber(2024, 1, 1);
    const test = {
      is: "change",
      direction: "rising",
      period: { from: start + 28, to: undefined },
      against: undefined,
      of: "level",
    } as const;
    const { verdict, figures } = testIndicator(daily(values), test);
    expect([verdict, figures["nAfter"], figures["nBefore"]]).toEqual(["supported", 4, 4]);
  });

  it("refute what went the other way", () => {
    const values = [20, 21, 19, 20, 10, 11, 9, 10];
    const test = {
      is: "change",
      direction: "rising",
      period: { from: dayNumber(2024, 5, 1), to: undefined },
      against: { from: dayNumber(2024, 1, 1), to: dayNumber(2024, 4, 30) },
      of: "level",
    } as const;
    expect(testIndicator(monthly(values), test).verdict).toBe("contradicted");
  });

  it("outside the series, or with one value in a period, are uncheckable", () => {
    const series = monthly([1, 2, 3, 4, 5, 6]);
    const later = {
      is: "change",
      direction: "rising",
      period: { from: dayNumber(2026, 1, 1), to: undefined },
      against: undefined,
      of: "level",
    } as const;
    expect(testIndicator(series, later).reason).toBe("outside-series");
    const short = { ...later, period: { from: dayNumber(2024, 6, 1), to: dayNumber(2024, 6, 30) } };
    expect(testIndicator(series, short).reason).toBe("too-few-in-period");
  });
});

describe("stalled tests", () => {
  const test = { is: "stalled", window: 90, below: 0.01, whole: 1000 } as const;

  it("compare the net change with a share of the whole", () => {
    expect(testIndicator(daily(Array.from({ length: 100 }, (_, i) => 100 + i * 0.05)), test).verdict).toBe("supported");
    const { verdict, figures } = testIndicator(daily(Array.from({ length: 100 }, (_, i) => 100 + i)), test);
    expect([verdict, figures["change"]]).toEqual(["contradicted", 90]);
  });

  it("of a series shorter than the window are uncheckable", () => {
    expect(testIndicator(daily([1, 2, 3]), test).reason).toBe("outside-series");
  });
});

describe("verdicts", () => {
  it("without a series or its observations are uncheckable, with the reason", () => {
    const test = { is: "trend", direction: "rising", window: undefined } as const;
    expect(testIndicator(undefined, test)).toEqual({ verdict: "uncheckable", reason: "no-series", figures: {} });
    expect(testIndicator([], test).reason).toBe("no-data");
  });

  it("of several tests: one contradiction contradicts, only all support supports", () => {
    const of = (...kinds: ("supported" | "contradicted" | "inconclusive" | "uncheckable")[]) =>
      combineVerdicts(kinds.map((verdict) => ({ verdict, reason: "trend", figures: {} })));
    expect(of("supported", "contradicted", "uncheckable")).toBe("contradicted");
    expect(of("supported", "supported")).toBe("supported");
    expect(of("supported", "inconclusive")).toBe("inconclusive");
    expect(of("uncheckable", "uncheckable")).toBe("uncheckable");
    expect(of("supported", "uncheckable")).toBe("inconclusive");
    expect(of()).toBeUndefined();
  });
});
