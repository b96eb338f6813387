import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNotation, isFault, type Notation, parseNotation, type Term } from "../../src/case/index.ts";

const read = (text: string): Notation => {
  const parsed = parseNotation(text);
  if (isFault(parsed)) throw new Error(`${text}: ${parsed.detail} at ${parsed.offset}`);
  return parsed;
};
const fault = (text: string) => {
  const parsed = parseNotation(text);
  if (!isFault(parsed)) throw new Error(`${text} was read`);
  return parsed;
};

describe("the value notation", () => {
  it.each<[string, Notation]>([
    ["3", { term: { kind: "number", value: 3, percent: false }, unit: undefined }],
    ["20 %", { term: { kind: "number", value: 20, percent: true }, unit: undefined }],
    ["20%", { term: { kind: "number", value: 20, percent: true }, unit: undefined }],
    ["-1.5e-3", { term: { kind: "number", value: -0.0015, percent: false }, unit: undefined }],
    ["603 628 km2", { term: { kind: "number", value: 603628, percent: false }, unit: "km2" }],
    ["1_000", { term: { kind: "number", value: 1000, percent: false }, unit: undefined }],
    ["235 billion USD", { term: { kind: "number", value: 235, percent: false }, unit: "billion USD" }],
    ["2 to 4", { term: { kind: "range", low: 2, high: 4, percent: false }, unit: undefined }],
    ["20 to 40 %", { term: { kind: "range", low: 20, high: 40, percent: true }, unit: undefined }],
    ["20 % to 40 %", { term: { kind: "range", low: 20, high: 40, percent: true }, unit: undefined }],
    ["3 to 6 months", { term: { kind: "range", low: 3, high: 6, percent: false }, unit: "months" }],
    [
      "normal(5, 1)",
      {
        term: {
          kind: "call",
          name: "normal",
          terms: [
            { kind: "number", value: 5, percent: false },
            { kind: "number", value: 1, percent: false },
          ],
        },
        unit: undefined,
      },
    ],
    [
      "mixture(1 to 2, 5, [0.3, 70 %])",
      {
        term: {
          kind: "call",
          name: "mixture",
          terms: [
            { kind: "range", low: 1, high: 2, percent: false },
            { kind: "number", value: 5, percent: false },
          ],
          weights: [0.3, 0.7],
        },
        unit: undefined,
      },
    ],
  ])("reads %j", (text, wanted) => {
    expect(read(text)).toEqual(wanted);
  });

  it.each([
    ["4 to 2", 5, /upper end/],
    ["2 to", 4, /expected a number/],
    ["two", 0, /expected a number/],
    ["normal(5, 1", 11, /expected , or \)/],
    ["normal(5; 1)", 8, /expected , or \)/],
    ["0,5", 1, /comma inside a number/],
    ["20-40", 2, /dash is no range/],
    ["5 ± 1", 2, /± is not/],
    ["20 % to 40", 8, /percentage/],
    ["1e999", 0, /too large/],
    ["", 0, /expected a number/],
  ])("says where %j goes wrong", (text, offset, detail) => {
    expect(fault(text).offset).toBe(offset);
    expect(fault(text).detail).toMatch(detail);
  });

  it("does not follow calls nested without end", () => {
    expect(fault(`${"mixture(".repeat(50)}1${")".repeat(50)}`).detail).toMatch(/nested more than 8 deep/);
  });

  it("writes back what it read", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const leaf: fc.Arbitrary<Term> = fc.oneof(
      fc.record({ kind: fc.constant("number" as const), value: number, percent: fc.boolean() }),
      fc
        .tuple(number, number, fc.boolean())
        .filter(([a, b]) => a !== b)
        .map(([a, b, percent]) => ({ kind: "range" as const, low: Math.min(a, b), high: Math.max(a, b), percent })),
    );
    const call: fc.Arbitrary<Term> = fc.record({
      kind: fc.constant("call" as const),
      name: fc.constantFrom("normal", "mixture", "beta"),
      terms: fc.array(leaf, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.oneof(leaf, call), fc.constantFrom(undefined, "km2", "billion USD"), (term, unit) => {
        expect(read(formatNotation({ term, unit }))).toEqual({ term, unit });
      }),
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        parseNotation(text);
      }),
      { numRuns: 1000 },
    );
  });
});
