import type { Verdict } from "../evidence/index.ts";
import { day, number, pValue, signed } from "./format.ts";
import type { TestedClaim } from "./inputs/indicators.ts";

/** What a test found, in one sentence with its figures. */
export function verdictSentence({ test, verdict }: Pick<TestedClaim, "test" | "verdict">, unit: string): string {
  // A number and its unit stay in one line.
  return SENTENCES[verdict.reason](verdict, test, unit).replaceAll(
    /(\d) (?=%|km2|billion|persons|points)/g,
    "$1\u00a0",
  );
}

type Test = TestedClaim["test"];

const SENTENCES: Readonly<Record<Verdict["reason"], (verdict: Verdict, test: Test, unit: string) => string>> = {
  threshold: ({ verdict, figures: f }, test, unit) => {
    const bounds = f["low"] === undefined ? "" : ` (${number(f["low"])} to ${number(f["high"] ?? 0)})`;
    const holds = verdict === "supported" ? "as claimed" : "not as claimed";
    return `${subject(test, f)} is ${number(f["value"] ?? 0)} ${unit}${bounds}, ${holds}: ${claimed(test)}.`;
  },
  "bounds-straddle": ({ figures: f }, test, unit) =>
    `${subject(test, f)} is ${number(f["value"] ?? 0)} ${unit}, but its bounds (${number(f["low"] ?? 0)} to ` +
    `${number(f["high"] ?? 0)}) lie on both sides of the claim: ${claimed(test)}.`,
  trend: ({ figures: f }, _, unit) => `${slope(f, unit)}, ${evidence(f)}.`,
  "no-trend": ({ figures: f }, _, unit) => `No clear trend: ${slope(f, unit)}, ${evidence(f)}.`,
  change: ({ figures: f }, test, unit) => `${means(f, test, unit)}, ${welch(f)}.`,
  "no-change": ({ figures: f }, test, unit) => `No clear change: ${means(f, test, unit)}, ${welch(f)}.`,
  stalled: ({ verdict, figures: f }, _, unit) =>
    `From ${day(f["from"] ?? 0)} to ${day(f["to"] ?? 0)} the net change is ${signed(f["change"] ?? 0)} ${unit}, ` +
    `${number((f["share"] ?? 0) * 100)} % of ${number(f["whole"] ?? 0)} ${unit}, ` +
    `${verdict === "supported" ? "below" : "not below"} ${number((f["below"] ?? 0) * 100)} %.`,
  "no-series": () => "The series is not in the case, or was left out as not yet known.",
  "no-data": () => "The series has no observation that was known then.",
  "too-few": ({ figures: f }) =>
    `Too few observations for a trend: ${f["points"]} (at least ${f["needed"]} are needed).`,
  "too-few-in-period": ({ figures: f }) =>
    `Too few observations to compare: ${f["after"]} in the period, ${f["before"]} before it ` +
    `(at least ${f["needed"]} each).`,
  "outside-series": ({ figures: f }) =>
    `A date of the test lies outside the series (${day(f["first"] ?? 0)} to ${day(f["last"] ?? 0)}).`,
  "unit-mismatch": () => "The unit of the test does not match that of the series.",
};

function subject(test: Test, f: Verdict["figures"]): string {
  const span = `${day(f["first"] ?? 0)} to ${day(f["last"] ?? 0)}`;
  if (test.is !== "threshold" || test.of === undefined || test.of === "latest") {
    return `The latest value (${day(f["last"] ?? 0)})`;
  }
  return `The ${test.of} of ${f["points"]} values from ${span}`;
}

function claimed(test: Test): string {
  if (test.is !== "threshold") return "";
  const parts = [
    test.above && `above ${test.above.text}`,
    test.atLeast && `at least ${test.atLeast.text}`,
    test.below && `below ${test.below.text}`,
    test.atMost && `at most ${test.atMost.text}`,
    test.between && `between ${test.between[0].text} and ${test.between[1].text}`,
  ];
  return parts.filter((part) => part !== undefined).join(" and ");
}

/** Days between observations above which a slope is told by the year. */
const SPARSE = 60;

function slope(f: Verdict["figures"], unit: string): string {
  const [first, last, points] = [f["first"] ?? 0, f["last"] ?? 0, f["points"] ?? 1];
  const yearly = (last - first) / points > SPARSE;
  const value = yearly ? (f["slope"] ?? 0) * 12 : (f["slope"] ?? 0);
  const measured = unit === "%" ? "points" : unit.includes(" per ") ? `(${unit})` : unit;
  const per = yearly ? "a year" : "a month";
  return `Theil-Sen slope ${signed(value)} ${measured} ${per} over ${points} values from ${day(first)} to ${day(last)}`;
}

function evidence(f: Verdict["figures"]): string {
  return `Mann-Kendall one-sided ${pValue(f["p"] ?? 1)}`;
}

function means(f: Verdict["figures"], test: Test, unit: string): string {
  const steps = test.is === "change" && test.of === "steps";
  const per = steps ? `${unit} a month` : unit;
  return (
    `mean ${steps ? "change " : ""}${number(f["after"] ?? 0)} ${per} from ${day(f["from"] ?? 0)} to ${day(f["to"] ?? 0)} ` +
    `(n = ${f["nAfter"]}) against ${number(f["before"] ?? 0)} from ${day(f["againstFrom"] ?? 0)} to ` +
    `${day(f["againstTo"] ?? 0)} (n = ${f["nBefore"]})`
  );
}

function welch(f: Verdict["figures"]): string {
  return `Welch one-sided ${pValue(f["p"] ?? 1)}`;
}
