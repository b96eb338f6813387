import { describe, expect, it } from "vitest";
import { bestReliability, gradedCredence, interestedLimit } from "../../src/evidence/index.ts";

describe("credence from grades", () => {
  it.each([
    ["A", 1, 0.95],
    ["A", 2, 0.85],
    ["C", 2, 0.7],
    ["B", 4, 0.4],
    ["E", 1, 0.2],
    ["A", 5, 0.15],
    ["F", 3, 0.7],
    ["C", 6, 0.7],
    ["F", 6, 0.5],
  ] as const)("%s%i is %d: the smaller of the two; F and 6 set no limit", (reliability, credibility, wanted) => {
    expect(gradedCredence(reliability, credibility)).toBe(wanted);
  });

  it("without any grade is that of F6", () => {
    expect(gradedCredence(undefined, undefined)).toBe(0.5);
  });

  it("stands on the best source", () => {
    expect(bestReliability(["C", "F", "B"])).toBe("B");
    expect(bestReliability(["F", undefined])).toBe("F");
    expect(bestReliability([undefined])).toBeUndefined();
  });

  it("of an interested source is limited to C3", () => {
    expect(interestedLimit()).toBe(0.7);
  });
});
