import { describe, expect, it } from "vitest";
import { compileEvidence } from "../../src/assess/index.ts";
import { viewed, written } from "../support/cases.ts";

const HEAD = `parley: 1
title: T
sources:
  neutral: {title: N, reliability: A}
  one-side: {title: O, reliability: A, interested: alpha}
parties:
  alpha: {name: Alpha, roles: [{role: belligerent}]}
  beta: {name: Beta, roles: [{role: belligerent}]}
  friend: {name: Friend, roles: [{role: backer, of: alpha}]}
  other: {name: Other}
questions: {q: {text: Q, prior: 0.5, because: x}}
`;

function credenceOf(claims: string, id: string, extra = "") {
  const inputs = compileEvidence(viewed(written(`${HEAD}${extra}claims:\n${claims}`)));
  const basis = inputs.credences.get(id);
  return { value: basis?.distribution.quantile(0.5), ...basis };
}

describe("credence", () => {
  it("is the stated one where there is one, else that of the grades", () => {
    expect(credenceOf("  a: {text: a, source: neutral, credibility: 2}\n", "a")).toMatchObject({
      value: 0.85,
      from: "graded",
    });
    expect(credenceOf("  a: {text: a, source: neutral, credibility: 2, credence: 0.3}\n", "a")).toMatchObject({
      value: 0.3,
      from: "stated",
    });
    expect(credenceOf("  a: {text: a}\n", "a").value).toBe(0.5);
  });

  it("follows the case's own table of grades", () => {
    const settings = "settings: {credibility: {2: 0.6}}\n";
    expect(credenceOf("  a: {text: a, source: neutral, credibility: 2}\n", "a", settings).value).toBe(0.6);
  });

  it("of an interested source is C3 at most about its side and its adversary, one rule for all", () => {
    const about = (party: string) =>
      credenceOf(`  a: {text: a, source: one-side, credibility: 1, about: ${party}}\n`, "a");
    expect(about("alpha")).toMatchObject({ value: 0.7, interested: true });
    expect(about("beta")).toMatchObject({ value: 0.7, interested: true });
    expect(about("other")).toMatchObject({ value: 0.95, interested: false });
    expect(credenceOf("  a: {text: a, source: one-side, credibility: 1}\n", "a").value).toBe(0.7);
  });

  it("is set free by a second source without that interest", () => {
    expect(credenceOf("  a: {text: a, source: [one-side, neutral], credibility: 1, about: alpha}\n", "a").value).toBe(
      0.95,
    );
  });

  it("of a backer's source is limited about its side's adversary as well", () => {
    const extra = "";
    const yaml = `${HEAD.replace("interested: alpha", "interested: friend")}${extra}claims:\n  a: {text: a, source: one-side, credibility: 1, about: beta}\n`;
    expect(compileEvidence(viewed(written(yaml))).credences.get("a")?.interested).toBe(true);
  });

  it("of a claim that its own test contradicts is 0.15 at most", () => {
    const series = "indicators: {s: {name: S, unit: km2, points: [[2024-01-01, 5]]}}\n";
    const test = (bound: string) =>
      credenceOf(`  a: {text: a, credence: 0.8, test: {series: s, is: threshold, ${bound}}}\n`, "a", series);
    expect(test("above: 10 km2")).toMatchObject({ value: 0.15, contradicted: true });
    expect(test("above: 2 km2")).toMatchObject({ value: 0.8, contradicted: false });
    expect(
      credenceOf("  a: {text: a, credence: 0.1, test: {series: s, is: threshold, above: 10 km2}}\n", "a", series).value,
    ).toBe(0.1);
  });

  it("that is argued is the strength in the argument graph; others keep theirs beside it", () => {
    const claims =
      "  a: {text: a, credibility: 2, source: neutral, credence: argued}\n  s: {text: s, credence: 0.8, supports: a}\n";
    expect(credenceOf(claims, "a").value).toBeCloseTo(0.85 + 0.15 * 0.8, 12);
    const plain = credenceOf(claims.replace("argued", "0.5"), "a");
    expect(plain.value).toBe(0.5);
    expect(plain.strength).toBeCloseTo(0.9, 12);
  });

  it("converts units before it tests, and calls what cannot be compared uncheckable", () => {
    const series = "indicators: {s: {name: S, unit: billion EUR, points: [[2024-01-01, 5]]}}\n";
    const inputs = (bound: string) =>
      compileEvidence(
        viewed(written(`${HEAD}${series}claims:\n  a: {text: a, test: {series: s, is: threshold, above: ${bound}}}\n`)),
      );
    expect(inputs("4000 million EUR").tests.get("a")?.verdict).toBe("supported");
    expect(inputs("6000 million EUR").tests.get("a")?.verdict).toBe("contradicted");
  });
});

describe("what enters a computation", () => {
  it("is neither a draft, nor rejected, nor a motive that nobody weighed", () => {
    const claims = `  kept: {text: a, bears: {q: 2}, credence: 1}
  disputed: {text: a, bears: {q: 2}, credence: 1, status: disputed}
  draft: {text: a, bears: {q: 2}, credence: 1, status: draft}
  rejected: {text: a, bears: {q: 2}, credence: 1, status: rejected}
  motive: {text: a, kind: attributed-motive, credence: 1}
`;
    const [question] = compileEvidence(viewed(written(`${HEAD}claims:\n${claims}`))).questions;
    expect(question?.claims.map(({ id }) => id)).toEqual(["kept", "disputed"]);
  });
});
