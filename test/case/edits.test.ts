import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../src/case/parse/dossier.ts";
import { edit, edited, outcome } from "./random-edits.ts";

describe("a valid case after any edits", () => {
  it("never crashes the check, and every problem has a place and words", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        for (const { line, column, message, file } of outcome(edited(edits)).problems) {
          expect(file).not.toBe("");
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/^(missing|invalid|unknown) /);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("computes from all of what stands in the file, or says what it does not take", () => {
    const claims = (text: string): number => {
      const { dossier, problems, case: content } = outcome(text);
      if (content === undefined) {
        expect(problems.some(({ severity }) => severity === "error")).toBe(true);
        return -1;
      }
      // Nothing is dropped in silence: every key of the sections is an entry of the case.
      for (const section of ["claims", "sources", "parties", "events", "groups", "questions", "readings"] as const) {
        const raw = (dossier?.raw[section] ?? {}) as Record<string, unknown>;
        expect(Object.keys(content[section]).toSorted()).toEqual(Object.keys(raw).toSorted());
      }
      return Object.keys(content.claims).length;
    };
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 2 }), (edits) => {
        claims(edited(edits));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a case's hash", () => {
  it("does not change with remarks, layout and the order of entries, and does with content", () => {
    const hash = (text: string) => outcome(text).dossier?.hash;
    const original = edited([]);
    expect(hash(`# a remark\n\n${original}`)).toBe(hash(original));
    expect(hash(original.replace("prior: 0.15 to 0.45", "prior: 0.15 to 0.46"))).not.toBe(hash(original));
    expect(canonical({ b: 1, a: [2, { d: 3, c: 4 }] })).toBe(canonical({ a: [2, { c: 4, d: 3 }], b: 1 }));
  });
});
