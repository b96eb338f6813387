import { mannKendall, mean, theilSen, welchT } from "../core/stats/index.ts";
import type { Verdict } from "./verdict.ts";
import { contradicted, inconclusive, supported, uncheckable } from "./verdict.ts";

/** One observation: the days that it speaks of (days since 1970-01-01) and its value in the series' unit. */
export interface SeriesPoint {
  /** First and last day; the same for a daily value. */
  readonly first: number;
  readonly last: number;
  readonly value: number;
  /** Bounds of the value where the producer gives them. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** A first and a last day, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The latest value, a mean or a sum compared with bounds in the series' unit. */
export interface ThresholdTest {
  readonly is: "threshold";
  readonly of: "latest" | "mean" | "sum";
  /** Days that mean and sum reach back from the last observation; the whole series unless given. */
  readonly window: number | undefined;
  readonly above: number | undefined;
  readonly atLeast: number | undefined;
  readonly below: number | undefined;
  readonly atMost: number | undefined;
}

/** Whether a series rises or falls over a window that ends with its last observation. */
export interface TrendTest {
  readonly is: "trend";
  readonly direction: "rising" | "falling";
  readonly window: number | undefined;
}

/** Whether the mean in a period is higher or lower than in an earlier one. */
export interface ChangeTest {
  readonly is: "change";
  readonly direction: "rising" | "falling";
  readonly period: { readonly from: number; readonly to: number | undefined };
  readonly against: Period | undefined;
  /** The values themselves, or their steps from one to the next (per month). */
  readonly of: "level" | "steps";
}

/** Whether the net change over a window stays below a share of a whole. */
export interface StalledTest {
  readonly is: "stalled";
  readonly window: number;
  /** Share of the whole, 0 to 1. */
  readonly below: number;
  /** The whole, in the series' unit. */
  readonly whole: number;
}

export type IndicatorTest = ThresholdTest | TrendTest | ChangeTest | StalledTest;

/** Least number of observations for a trend. */
const MIN_TREND = 6;
/** One-sided level at which a trend or a change counts. */
const ALPHA = 0.05;
/** Mean days in a month: slopes and steps are told per month. */
const MONTH = 30.436875;
/** Observations closer than this on the median are daily: they are taken in blocks of a week. */
const DAILY = 2.5;
const WEEK = 7;
/** How many spacings of a series a period may begin before its first or end after its last observation. */
const SLACK = 1.5;

/**
 * Tests a claim against a series: threshold, trend, change or stalled (evidence.md section 5).
 *
 * @param series observations in any order; undefined where there are none
 */
export function testIndicator(series: readonly SeriesPoint[] | undefined, test: IndicatorTest): Verdict {
  if (series === undefined) return uncheckable("no-series", {});
  if (series.length === 0) return uncheckable("no-data", {});
  const points = series.toSorted((a, b) => a.last - b.last || a.first - b.first);
  switch (test.is) {
    case "threshold":
      return testThreshold(points, test);
    case "trend":
      return testTrend(points, test);
    case "change":
      return testChange(points, test);
    case "stalled":
      return testStalled(points, test);
  }
}

function testThreshold(points: readonly SeriesPoint[], test: ThresholdTest): Verdict {
  const end = lastOf(points);
  const window = test.of === "latest" ? [end] : within(points, backFrom(end.last, test.window), end.last);
  if (window.length === 0) return uncheckable("no-data", {});
  const total = window.reduce((sum, { value }) => sum + value, 0);
  const value = test.of === "mean" ? total / window.length : total;
  const holds = (x: number): boolean =>
    (test.above === undefined || x > test.above) &&
    (test.atLeast === undefined || x >= test.atLeast) &&
    (test.below === undefined || x < test.below) &&
    (test.atMost === undefined || x <= test.atMost);
  const bounds = Object.entries({ above: test.above, atLeast: test.atLeast, below: test.below, atMost: test.atMost });
  const figures = {
    value,
    points: window.length,
    first: window[0]?.first ?? end.first,
    last: end.last,
    ...Object.fromEntries(bounds.flatMap(([name, bound]) => (bound === undefined ? [] : [[name, bound]]))),
  };
  if (test.of === "latest" && end.low !== undefined && end.high !== undefined) {
    const bounded = { ...figures, low: end.low, high: end.high };
    if (holds(end.low) !== holds(end.high) || holds(end.low) !== holds(value)) {
      return inconclusive("bounds-straddle", bounded);
    }
    return holds(value) ? supported("threshold", bounded) : contradicted("threshold", bounded);
  }
  return holds(value) ? supported("threshold", figures) : contradicted("threshold", figures);
}

function testTrend(points: readonly SeriesPoint[], test: TrendTest): Verdict {
  const end = lastOf(points);
  const window = within(points, backFrom(end.last, test.window), end.last);
  const first = window[0]?.first ?? end.first;
  if (window.length < MIN_TREND) return uncheckable("too-few", { points: window.length, needed: MIN_TREND });
  const times = Float64Array.from(window, (point) => middle(point) / MONTH);
  const values = Float64Array.from(window, ({ value }) => value);
  const { slope } = theilSen(times, values);
  const { pRising, pFalling, s, z } = mannKendall(values);
  const [wanted, other] = test.direction === "rising" ? [pRising, pFalling] : [pFalling, pRising];
  const figures = { slope, p: wanted, s, z, points: window.length, first, last: end.last };
  if (wanted < ALPHA) return supported("trend", figures);
  return other < ALPHA ? contradicted("trend", { ...figures, p: other }) : inconclusive("no-trend", figures);
}

function testChange(points: readonly SeriesPoint[], test: ChangeTest): Verdict {
  const begin = points[0] ?? lastOf(points);
  const end = lastOf(points);
  const { from } = test.period;
  const to = test.period.to ?? end.last;
  const against = test.against ?? { from: from - (to - from + 1), to: from - 1 };
  const spacing = medianSpacing(points);
  const earliest = begin.first - SLACK * spacing;
  const latest = end.last + SLACK * spacing;
  if (from > latest || to > latest || against.from < earliest || against.to > latest) {
    return uncheckable("outside-series", { first: begin.first, last: end.last });
  }
  const daily = spacing < DAILY;
  const values = (period: Period): number[] =>
    test.of === "steps" ? stepsIn(points, period, daily) : levelsIn(points, period, daily);
  const after = values({ from, to });
  const before = values(against);
  if (after.length < 2 || before.length < 2) {
    return uncheckable("too-few-in-period", { after: after.length, before: before.length, needed: 2 });
  }
  const { t, df, pGreater, pLess } = welchT(Float64Array.from(after), Float64Array.from(before));
  const [wanted, other] = test.direction === "rising" ? [pGreater, pLess] : [pLess, pGreater];
  const figures = {
    after: mean(Float64Array.from(after)),
    before: mean(Float64Array.from(before)),
    t,
    df,
    p: wanted,
    nAfter: after.length,
    nBefore: before.length,
    from,
    to,
    againstFrom: against.from,
    againstTo: against.to,
  };
  if (wanted < ALPHA) return supported("change", figures);
  return other < ALPHA ? contradicted("change", { ...figures, p: other }) : inconclusive("no-change", figures);
}

function testStalled(points: readonly SeriesPoint[], test: StalledTest): Verdict {
  const end = lastOf(points);
  const start = end.last - test.window;
  const before = points.filter(({ last }) => last <= start).at(-1);
  const begin = points[0] ?? end;
  // A series of month ends has a point near the start of the window, seldom on it.
  const base = before ?? (begin.last - start <= SLACK * medianSpacing(points) ? begin : undefined);
  if (base === undefined || base === end) {
    return uncheckable("outside-series", { first: begin.first, last: end.last });
  }
  const change = end.value - base.value;
  const share = Math.abs(change) / test.whole;
  const figures = { change, share, below: test.below, whole: test.whole, from: base.last, to: end.last };
  return share < test.below ? supported("stalled", figures) : contradicted("stalled", figures);
}

function lastOf(points: readonly SeriesPoint[]): SeriesPoint {
  const last = points[points.length - 1];
  if (last === undefined) throw new RangeError("invalid series: no observations");
  return last;
}

function backFrom(day: number, window: number | undefined): number {
  return window === undefined ? Number.NEGATIVE_INFINITY : day - window + 1;
}

function within(points: readonly SeriesPoint[], from: number, to: number): SeriesPoint[] {
  return points.filter(({ first, last }) => first >= from && last <= to);
}

function middle({ first, last }: SeriesPoint): number {
  return (first + last) / 2;
}

/** The median number of days from one observation to the next; 0 for a single one. */
function medianSpacing(points: readonly SeriesPoint[]): number {
  const gaps = points.slice(1).map((point, i) => point.last - (points[i]?.last ?? point.last));
  const sorted = gaps.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The values of a period; daily ones as means of whole weeks, against their dependence from day to day. */
function levelsIn(points: readonly SeriesPoint[], period: Period, daily: boolean): number[] {
  const inside = within(points, period.from, period.to);
  if (!daily) return inside.map(({ value }) => value);
  return weeks(period).flatMap((week) => {
    const values = within(inside, week.from, week.to).map(({ value }) => value);
    return values.length === 0 ? [] : [values.reduce((sum, value) => sum + value, 0) / values.length];
  });
}

/** The steps of a period per month: from each observation to the next, of daily ones from week to week. */
function stepsIn(points: readonly SeriesPoint[], period: Period, daily: boolean): number[] {
  const rate = (from: SeriesPoint | undefined, to: SeriesPoint): number[] =>
    from === undefined || from.last >= to.last ? [] : [((to.value - from.value) / (to.last - from.last)) * MONTH];
  if (!daily) {
    return points.flatMap((point, i) =>
      point.first >= period.from && point.last <= period.to ? rate(points[i - 1], point) : [],
    );
  }
  return weeks(period).flatMap((week) => {
    const before = points.findLast(({ last }) => last < week.from);
    const end = points.findLast(({ first, last }) => first >= week.from && last <= week.to);
    // A week after a gap in the series would tell of the gap.
    return end === undefined || before === undefined || week.from - before.last > WEEK ? [] : rate(before, end);
  });
}

/** Whole weeks from the first day of a period on. */
function weeks({ from, to }: Period): Period[] {
  const out: Period[] = [];
  for (let start = from; start + WEEK - 1 <= to; start += WEEK) out.push({ from: start, to: start + WEEK - 1 });
  return out;
}
