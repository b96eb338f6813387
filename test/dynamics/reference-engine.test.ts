import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chiSquaredSurvival } from "../../src/core/special/index.ts";
import { OUTCOMES } from "../../src/dynamics/index.ts";
import { buildReference, missingForReference, type ReferenceEngine } from "../support/reference-engine.ts";
import { type Frequencies, ours, RARE, RUNS, sameLaw, theirs } from "./same-law.ts";
import { firstCase, layout } from "./support.ts";

const missing = missingForReference();

describe.skipIf(missing !== undefined)("frequencies at 40 000 trajectories with other seeds", () => {
  let reference: ReferenceEngine | undefined;
  let expected: Frequencies;
  beforeAll(() => {
    reference = buildReference();
    expected = theirs(reference, "run");
  });
  afterAll(() => reference?.remove());

  it("are those of the reference engine in C: outcomes, and when talks and a stop come", () => {
    expect(expected.outcomes).toHaveLength(OUTCOMES.length);
    expect(expected.outcomes.reduce((sum, count) => sum + count, 0)).toBe(RUNS);
    const got = ours({ layout, vector: firstCase() });
    for (const table of ["outcomes", "talks", "stop"] as const) {
      expect(sameLaw(got[table], expected[table]), table).toBeGreaterThan(RARE);
    }
  });

  it("would not be for a war that differs a little", () => {
    const vector = firstCase();
    vector[layout.index("th0")] = 0.42;
    const other = ours({ layout, vector });
    expect(sameLaw(other.outcomes, expected.outcomes)).toBeLessThan(RARE);
    expect(sameLaw(other.stop, expected.stop)).toBeLessThan(RARE);
  });
});

if (missing !== undefined) {
  describe("frequencies against the reference engine in C", () => it.skip(`skipped: ${missing}`, () => {}));
}

describe("the test of one law", () => {
  it("is Pearson's chi-square of two tables", () => {
    // 30 of 100 against 45 of 100 is 4.8 at one degree of freedom.
    expect(sameLaw([30, 70], [45, 55])).toBeCloseTo(chiSquaredSurvival(4.8, 1), 12);
    expect(sameLaw([30, 70, 0], [30, 70, 0])).toBe(1);
  });
});
