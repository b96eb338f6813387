import type { Case, Observation, Quantity } from "../../case/index.ts";
import type { Unit } from "../../core/units/index.ts";
import { convert } from "../../core/units/index.ts";
import type { IndicatorTest, SeriesPoint, Verdict } from "../../evidence/index.ts";
import { combineVerdicts, testIndicator } from "../../evidence/index.ts";

type Claim = Case["claims"][string];
/** A test as the case writes it. */
export type CaseTest = NonNullable<Claim["test"]>[number];

/** A test of a claim with what it came to. */
export interface TestedClaim {
  readonly test: CaseTest;
  readonly casePath: string;
  readonly verdict: Verdict;
}

/** The tests of a claim and its verdict over all of them; undefined where it has none. */
export interface ClaimTests {
  readonly tests: readonly TestedClaim[];
  readonly verdict: Verdict["verdict"] | undefined;
}

/** Observations as points in days: a value to the month speaks of the whole month. */
export function pointsOf(observations: readonly Observation[]): SeriesPoint[] {
  return observations.map(({ date, value, low, high }) => ({ first: date.first, last: date.last, value, low, high }));
}

/** Runs the tests of a claim against the series of its case. */
export function testClaim(content: Case, id: string): ClaimTests {
  const tests = content.claims[id]?.test ?? [];
  const done = tests.map((test, index): TestedClaim => {
    const casePath = tests.length === 1 ? `claims.${id}.test` : `claims.${id}.test.${index}`;
    return { test, casePath, verdict: runTest(content, test) };
  });
  return { tests: done, verdict: combineVerdicts(done.map(({ verdict }) => verdict)) };
}

function runTest(content: Case, test: CaseTest): Verdict {
  const indicator = content.indicators[test.series];
  const observations = content.series.get(test.series);
  if (indicator === undefined || observations === undefined) return testIndicator(undefined, anyTest);
  const engineTest = engineTestOf(test, indicator.unit);
  if (engineTest === undefined) return { verdict: "uncheckable", reason: "unit-mismatch", figures: {} };
  return testIndicator(pointsOf(observations), engineTest);
}

const anyTest: IndicatorTest = { is: "trend", direction: "rising", window: undefined };

/** A test in the units of its series; undefined where a unit does not match. */
function engineTestOf(test: CaseTest, unit: Unit): IndicatorTest | undefined {
  const days = (duration: Quantity | undefined): number | undefined =>
    duration?.unit === undefined ? undefined : Math.round(duration.value * duration.unit.scale);
  let mismatch = false;
  const inUnit = (quantity: Quantity | undefined, target: Unit = unit): number | undefined => {
    if (quantity === undefined) return undefined;
    if (quantity.unit === undefined) return quantity.value;
    const value = convert(quantity.value, quantity.unit, target);
    if (value === undefined) mismatch = true;
    return value;
  };
  const translate = (): IndicatorTest => {
    switch (test.is) {
      case "threshold": {
        const [low, high] = test.between ?? [];
        return {
          is: "threshold",
          of: test.of ?? "latest",
          window: days(test.window),
          above: inUnit(test.above),
          atLeast: inUnit(test.atLeast ?? low),
          below: inUnit(test.below),
          atMost: inUnit(test.atMost ?? high),
        };
      }
      case "trend":
        return { is: "trend", direction: test.direction, window: days(test.window) };
      case "change":
        return {
          is: "change",
          direction: test.direction,
          period: { from: test.from.first, to: test.to?.last },
          against: test.against === undefined ? undefined : { from: test.against.from.first, to: test.against.to.last },
          of: test.of ?? "level",
        };
      case "stalled": {
        const share: Unit = { text: "share", dimension: "share", scale: 1 };
        return {
          is: "stalled",
          window: days(test.window) ?? 0,
          below: inUnit(test.below, share) ?? 0,
          whole: inUnit(test.whole) ?? 0,
        };
      }
    }
  };
  const translated = translate();
  return mismatch ? undefined : translated;
}
