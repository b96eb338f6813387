import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edit, edited, outcome } from "../../case/random-edits.ts";

describe("a valid case after any edits, at length", () => {
  it("never crashes the check and never takes more than a moment", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const { problems, case: content, dossier } = outcome(edited(edits));
        for (const { line, column, message, file } of problems) {
          expect(file).not.toBe("");
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/^(missing|invalid|unknown) /);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
        // What cannot be computed has an error that says so; what can be, holds every entry of the file.
        if (content === undefined) expect(problems.some(({ severity }) => severity === "error")).toBe(true);
        else {
          for (const section of ["claims", "sources", "parties", "issues", "events", "groups", "questions"] as const) {
            const raw = (dossier?.raw[section] ?? {}) as Record<string, unknown>;
            expect(Object.keys(content[section]).toSorted()).toEqual(Object.keys(raw).toSorted());
          }
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
