import { describe, expect, it } from "vitest";
import { type Cause, compareVersions, MOST_CAUSES } from "../../src/assess/index.ts";
import { filesInMemory } from "../../src/case/index.ts";

const CASE = `parley: 1
title: A small war
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
sources:
  report: {title: A report, by: An Analyst, published: 2024-01, reliability: B, because: x}
questions: {talks: {text: Will they talk?, event: talks, by: 2025-01-31, prior: 0.4, because: x}}
claims: {tired: {text: Both are tired., bears: {talks: 2}, credence: 0.8, because: x}}
indicators: {deaths: {name: Deaths, unit: a month, because: x, file: deaths.csv}}
war: {front: {strength: -0.2 to 0.4}, clock: {horizon: 12}, mediation: {level: 0.3}}
`;
const DATA = "date,value\n2023-11-30,5\n2023-12-31,7\n";
const filesOf = (text: string, data = DATA) => filesInMemory({ "case.yaml": text, "deaths.csv": data });
const compared = (from: string, to: string, data = DATA) => compareVersions(filesOf(from), filesOf(to, data));
const causeOf = (why: readonly Cause[] | null, path: string) => why?.find((each) => each.path === path);

describe("two versions of a case", () => {
  it("says which change moves which answer, each by itself", () => {
    const to = CASE.replace("level: 0.3", "level: 0.9")
      .replace("credence: 0.8", "credence: 0.2")
      .replace("A small", "A");
    const { changes, answers, why, problems } = compared(CASE, to);
    expect(problems).toEqual({ from: [], to: [] });
    expect(changes.map(({ path }) => path)).toEqual(["title", "claims.tired.credence", "war.mediation.level"]);
    const level = causeOf(why, "war.mediation.level")?.moves ?? [];
    expect(level.length).toBeGreaterThan(0);
    expect(level.every(({ from }) => from === "simulation")).toBe(true);
    // The war differs by this alone: the effect is the whole difference, to the bit.
    for (const { id, without, with: now, difference } of level) {
      const whole = answers?.simulation?.outputs.find((output) => output.id === id);
      expect({ a: without, b: now, difference }).toEqual({ a: whole?.a, b: whole?.b, difference: whole?.difference });
    }
    const chances = level
      .filter(({ unit }) => unit === "probability")
      .map(({ difference }) => Math.abs(difference.value));
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(level.slice(chances.length).every(({ unit }) => unit !== "probability")).toBe(true);
    const credence = causeOf(why, "claims.tired.credence")?.moves;
    expect(credence).toHaveLength(1);
    const [question] = answers?.evidence ?? [];
    expect(credence?.[0]).toMatchObject({
      from: "evidence",
      id: "talks",
      without: { value: question?.a?.central, se: 0 },
      with: { value: question?.b?.central, se: 0 },
    });
    expect(causeOf(why, "title")?.moves).toEqual([]);
  });

  it("takes nothing back where nothing changed but the layout", () => {
    const { changes, answers, why } = compared(CASE, `# A comment\n${CASE}`);
    expect([changes, why]).toEqual([[], []]);
    expect(answers?.simulation?.outputs.every(({ difference }) => difference.value === 0)).toBe(true);
  });

  it("says which change cannot be taken back alone, and why", () => {
    const to = CASE.replace("claims: {", "claims: {new: {text: N., source: extra, bears: {talks: 3}}, ").replace(
      "sources:\n",
      "sources:\n  extra: {title: Another, by: B, published: 2024-01, reliability: B, because: x}\n",
    );
    const { why } = compared(CASE, to);
    const source = causeOf(why, "sources.extra");
    expect(source?.moves).toBeNull();
    expect(source?.problems.map(({ code }) => code)).toEqual(["cause-tied", "unknown-reference"]);
    expect(causeOf(why, "claims.new")?.moves?.[0]).toMatchObject({ from: "evidence", id: "talks" });
  });

  it("names a data file whose observations changed", () => {
    const { changes, why } = compared(CASE, CASE, DATA.replace("7", "9"));
    expect(changes).toEqual([]);
    expect(why).toEqual([{ path: "deaths.csv", kind: "file", changes: 1, moves: [], problems: [] }]);
  });

  it("takes many changes together by entry, or by section, and computes no more than it says", () => {
    const claims = (count: number, credence: number) =>
      `claims: {${Array.from({ length: count }, (_, i) => `c${i}: {text: T ${i}., bears: {talks: 3}, credence: ${credence}, because: b${credence}}`).join(", ")}}`;
    const version = (count: number, credence: number) =>
      CASE.replace(/^claims:.*$/m, claims(count, credence)).replace(/^war:.*\n/m, "");
    const entries = compared(version(10, 0.5), version(10, 0.7));
    expect(entries.changes).toHaveLength(20);
    expect(entries.why?.map(({ kind, changes }) => [kind, changes])).toEqual(Array(10).fill(["entry", 2]));
    expect(entries.answers?.simulation).toBeNull();
    const sections = compared(version(14, 0.5), version(14, 0.7));
    expect(sections.why).toMatchObject([{ path: "claims", kind: "section", changes: 28 }]);
    expect(sections.why?.length).toBeLessThanOrEqual(MOST_CAUSES);
    const [moved] = sections.why?.[0]?.moves ?? [];
    const [question] = sections.answers?.evidence ?? [];
    expect(moved?.difference.value).toBe((question?.b?.central ?? 0) - (question?.a?.central ?? 0));
  });

  it("tells the changes of a version with errors, and what is wrong with it, without answers", () => {
    const { changes, answers, why, problems } = compared(CASE, CASE.replace("credence: 0.8", "credence: 1.8"));
    expect(changes).toMatchObject([{ path: "claims.tired.credence", before: 0.8, after: 1.8 }]);
    expect([answers, why, problems.from]).toEqual([null, null, []]);
    expect(problems.to[0]).toMatchObject({ file: "case.yaml", line: 10 });
  });
});
