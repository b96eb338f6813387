import { describe, expect, it } from "vitest";
import { analyseHypotheses, deriveRating } from "../../src/evidence/index.ts";

describe("analysis of competing hypotheses", () => {
  it("derives ratings from likelihoods at the stated shares", () => {
    const ratings = [1, 0.8, 0.79, 0.5, 0.49, 0.25, 0.24, 0.1, 0.09].map((l) => deriveRating(l, 1));
    expect(ratings).toEqual(["CC", "CC", "C", "C", "N", "N", "I", "I", "II"]);
  });

  it("counts 1 for I and 2 for II, times the credence, and nothing for what is consistent", () => {
    const result = analyseHypotheses(
      ["h1", "h2"],
      [
        { id: "a", credence: 0.5, likelihoods: undefined, ratings: { h1: "CC", h2: "II" } },
        { id: "b", credence: 1, likelihoods: undefined, ratings: { h1: "I", h2: "C" } },
        { id: "c", credence: 1, likelihoods: undefined, ratings: { h1: "NA" } },
      ],
    );
    expect(result.inconsistency).toEqual([1, 1]);
    expect(result.ranking).toEqual(["h1", "h2"]);
  });

  it("ranks from the least inconsistent and puts the most telling rows first", () => {
    const result = analyseHypotheses(
      ["yes", "no"],
      [
        { id: "dull", credence: 1, likelihoods: [0.5, 0.5], ratings: {} },
        { id: "telling", credence: 0.9, likelihoods: [1, 0.05], ratings: {} },
      ],
    );
    expect(result.rows.map(({ id }) => id)).toEqual(["telling", "dull"]);
    expect(result.rows[1]?.diagnosticity).toBe(0);
    expect(result.ranking[0]).toBe("yes");
    expect(result.inconsistency[1]).toBeCloseTo(1.8, 12);
  });

  it("keeps an analyst's rating and marks the derived ones", () => {
    const [row] = analyseHypotheses(
      ["yes", "no"],
      [{ id: "a", credence: 1, likelihoods: [1, 0.05], ratings: { no: "N" } }],
    ).rows;
    expect(row?.ratings).toEqual([
      { rating: "CC", derived: true },
      { rating: "N", derived: false },
    ]);
  });
});
