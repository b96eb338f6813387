import type { Unit } from "../../core/units/index.ts";
import { comparable, isUnlisted, nearestUnit } from "../../core/units/index.ts";
import type { Quantity } from "../notation/amount.ts";
import { isAmount } from "../notation/amount.ts";
import type { Path } from "../parse/yaml.ts";
import type { Hypothesis } from "../schema/argument.ts";
import type { CaseContent } from "../schema/case.ts";
import type { Findings } from "./sense.ts";
import { entriesOf } from "./sense.ts";

type Claim = NonNullable<CaseContent["claims"]>[string];
type Test = NonNullable<Claim["test"]>[number];

/** The hypotheses of a question: yes and no unless it names others. */
export const YES_NO: readonly Hypothesis[] = [
  { id: "yes", text: "yes" },
  { id: "no", text: "no" },
];

/** Checks claims, questions and series: weights that fit the hypotheses, tests that fit their series, no circles. */
export function checkArgument(findings: Findings): void {
  const { content } = findings;
  for (const [id, question] of entriesOf(content.questions)) checkPrior(findings, id, question);
  for (const [id, claim] of entriesOf(content.claims)) {
    checkWeights(findings, id, claim);
    for (const [index, test] of (claim.test ?? []).entries()) checkTest(findings, testPath(findings, id, index), test);
    for (const link of ["supports", "attacks"] as const) {
      if (claim[link]?.includes(id)) findings.add("self-reference", ["claims", id, link], { kind: link, value: id });
    }
  }
  checkCircles(findings);
  for (const [id] of entriesOf(content.indicators)) checkSeries(findings, id);
}

function checkPrior(findings: Findings, id: string, question: NonNullable<CaseContent["questions"]>[string]): void {
  const { prior, hypotheses = YES_NO } = question;
  const path = ["questions", id, "prior"];
  if (prior === undefined) {
    findings.add("prior-missing", ["questions", id], { question: id }, "key");
    return;
  }
  if (prior === "base-rate") return;
  if (isAmount(prior)) {
    if (hypotheses.length > 2) findings.add("prior-for-many", path, { question: id, count: hypotheses.length });
    return;
  }
  const parts = hypotheses.map((h) => prior[h.id]);
  const absent = hypotheses.find((h) => prior[h.id] === undefined);
  if (absent !== undefined) {
    findings.add("prior-incomplete", path, { question: id, hypothesis: absent.id });
    return;
  }
  const sum = parts.reduce((total, part) => total + (part?.central ?? 0), 0);
  if (parts.every((part) => part?.certain) && Math.abs(sum - 1) > TOL_SUM) findings.add("prior-sum", path, { sum });
}

/** Parts of a whole as people round them: three thirds of 0.33 each are meant to be one. */
const TOL_SUM = 0.011;

function checkWeights(findings: Findings, id: string, claim: Claim): void {
  const bears = entriesOf(claim.bears);
  if (bears.length === 0) {
    const idle = claim.supports === undefined && claim.attacks === undefined && claim.status !== "draft";
    if (idle && claim.kind !== "attributed-motive") {
      findings.add("claim-weightless", ["claims", id], { claim: id }, "key");
    }
    return;
  }
  if (claim.kind === "attributed-motive" && claim.encoded === undefined) {
    findings.add("motive-weighed", ["claims", id, "bears"], { claim: id }, "key");
  }
  for (const [question, weight] of bears) {
    const entry = findings.content.questions?.[question];
    if (entry === undefined) continue;
    const hypotheses = entry.hypotheses ?? YES_NO;
    const path = ["claims", id, "bears", question];
    if (isAmount(weight)) {
      if (hypotheses.length > 2) findings.add("ratio-for-many", path, { question, count: hypotheses.length });
      continue;
    }
    const absent = hypotheses.find((h) => weight[h.id] === undefined);
    if (absent !== undefined) findings.add("hypothesis-missing", path, { question, hypothesis: absent.id });
  }
}

function testPath(findings: Findings, id: string, index: number): Path {
  const single = findings.content.claims?.[id]?.test?.length === 1;
  return single ? ["claims", id, "test"] : ["claims", id, "test", index];
}

function checkTest(findings: Findings, path: Path, test: Test): void {
  const unit = findings.content.indicators?.[test.series]?.unit;
  if (unit === undefined) return;
  const compare = (key: string, quantity: Quantity | undefined, expected: Unit) => {
    if (quantity === undefined) return;
    if (quantity.unit === undefined) {
      if (expected.dimension === "number") return;
      findings.add("missing-unit", [...path, key], { thing: key, value: quantity.text, expected: expected.text });
    } else if (!comparable(quantity.unit, expected)) {
      const facts = { thing: key, unit: quantity.unit.text, expected: expected.text };
      findings.add("unit-mismatch", [...path, key], facts);
    }
  };
  if (test.is === "threshold") {
    const bounds = [test.above, test.atLeast, test.below, test.atMost];
    if (bounds.every((bound) => bound === undefined) && test.between === undefined) {
      findings.add("test-incomplete", path, undefined, "key");
    }
    for (const key of ["above", "atLeast", "below", "atMost"] as const) compare(key, test[key], unit);
    const [low, high] = test.between ?? [];
    compare("between", low, unit);
    compare("between", high, unit);
    if (low !== undefined && high !== undefined && low.value > high.value) {
      findings.add("test-order", [...path, "between"], { low: low.text, high: high.text });
    }
  } else if (test.is === "stalled") {
    compare("below", test.below, { text: "%", dimension: "share", scale: 0.01 });
    compare("whole", test.whole, unit);
  } else if (test.is === "change") {
    if (test.to !== undefined && test.to.last < test.from.first) {
      const facts = { thing: "to", value: test.to.text, other: test.from.text };
      findings.add("date-order", [...path, "to"], facts);
    }
    const { against } = test;
    if (against !== undefined && against.to.last < against.from.first) {
      const facts = { thing: "to", value: against.to.text, other: against.from.text };
      findings.add("date-order", [...path, "against", "to"], facts);
    }
  }
}

/** Claims that support one another in a circle would lift themselves; attacks may run both ways. */
function checkCircles(findings: Findings): void {
  const claims = findings.content.claims ?? {};
  const done = new Set<string>();
  for (const start of Object.keys(claims)) {
    // Depth-first without recursion: a chain of claims may be as long as the case.
    const trail: { id: string; next: number }[] = [{ id: start, next: 0 }];
    const open = new Map([[start, 0]]);
    while (trail.length > 0 && !done.has(start)) {
      const top = trail[trail.length - 1] as { id: string; next: number };
      const target = claims[top.id]?.supports?.[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.id);
        open.delete(top.id);
        trail.pop();
      } else if (open.has(target) && target !== top.id) {
        const circle = [...trail.slice(open.get(target)).map(({ id }) => id), target];
        findings.add("cyclic-support", ["claims", top.id, "supports"], { cycle: circle.join(" -> ") });
      } else if (!done.has(target) && target !== top.id && claims[target] !== undefined) {
        open.set(target, trail.length);
        trail.push({ id: target, next: 0 });
      }
    }
  }
}

function checkSeries(findings: Findings, id: string): void {
  const indicator = findings.content.indicators?.[id];
  if (indicator === undefined) return;
  const { file, points, unit } = indicator;
  if (file !== undefined && points !== undefined)
    findings.add("series-both", ["indicators", id, "points"], undefined, "key");
  if (file === undefined && points === undefined) findings.add("series-neither", ["indicators", id], undefined, "key");
  const near = isUnlisted(unit) ? nearestUnit(unit.text) : undefined;
  if (near !== undefined) findings.add("unit-unknown", ["indicators", id, "unit"], { unit: unit.text, near });
  const seen = new Set<string>();
  for (const observation of findings.series.get(id) ?? []) {
    const { text } = observation.date;
    if (seen.has(text)) findings.addAt("observation-twice", observation, { date: text });
    seen.add(text);
    for (const name of observation.sources) {
      const source = name.split("#")[0] ?? name;
      if (findings.content.sources?.[source] !== undefined) continue;
      findings.addAt("unknown-reference", observation, { kind: "source", value: source });
    }
  }
}
