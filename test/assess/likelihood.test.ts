import { describe, expect, it } from "vitest";
import { decibans, inWords, number, percent, percentRange } from "../../src/assess/index.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("probability words", () => {
  it.each([
    [0.001, "almost no chance"],
    [0.049, "almost no chance"],
    [0.05, "very unlikely"],
    [0.2, "unlikely"],
    [0.45, "roughly even chance"],
    [0.55, "likely"],
    [0.8, "very likely"],
    [0.95, "almost certain"],
    [0.999, "almost certain"],
  ])("of ICD 203: %d is %s", (p, words) => {
    expect(inWords(p, "icd-203")).toBe(words);
  });

  it.each([
    [0.02, "remote chance"],
    [0.07, "remote chance"],
    [0.08, "highly unlikely"],
    [0.22, "highly unlikely"],
    [0.23, "unlikely"],
    [0.38, "realistic possibility"],
    [0.53, "likely"],
    [0.77, "likely"],
    [0.78, "highly likely"],
    [0.93, "almost certain"],
  ])("of the PHIA yardstick: %d is %s, in a gap the nearer term", (p, words) => {
    expect(inWords(p, "phia")).toBe(words);
  });
});

describe("numbers for people", () => {
  it("never make a probability 0 or 100 %", () => {
    expect([0, 0.004, 0.005, 0.5, 0.994, 0.995, 1].map(percent).map(plain)).toEqual([
      "less than 1 %",
      "less than 1 %",
      "1 %",
      "50 %",
      "99 %",
      "more than 99 %",
      "more than 99 %",
    ]);
  });

  it("give a range as one where its ends round to the same", () => {
    expect(plain(percentRange(0.342, 0.741))).toBe("34–74 %");
    expect(plain(percentRange(0.5, 0.501))).toBe("50 %");
    expect(plain(percentRange(0.001, 0.3))).toBe("less than 1 % to 30 %");
  });

  it("have a sign where it matters, three figures, and parted thousands", () => {
    expect([3.21, -0.04, -12.3].map(decibans).map(plain)).toEqual(["+3.2 dB", "0.0 dB", "−12.3 dB"]);
    expect([114884.21, 1234, 0.012345, 5.678, -1.5, 0, 1e-7, 100.4].map(number).map(plain)).toEqual([
      "114 884",
      "1234",
      "0.0123",
      "5.68",
      "−1.5",
      "0",
      "1.00e−7",
      "100",
    ]);
  });
});
