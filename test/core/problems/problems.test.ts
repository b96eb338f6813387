import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPosition, formatProblem, nearest, oneLine, ParleyError, problem } from "../../../src/core/problems/index.ts";

describe("problems", () => {
  it("name the file, the line, the column and what was expected", () => {
    const place = { file: "case.yaml", line: 12, column: 8 };
    const found = problem("invalid-value", { thing: "probability", value: 1.4, expected: "0..1" }, place);
    expect(formatProblem(found)).toBe("case.yaml:12:8  invalid probability: 1.4 (expected 0..1)");
  });

  it("suggest a near miss", () => {
    const found = problem("unknown-reference", { kind: "party", value: "ukrane", near: "ukraine" });
    expect([found.message, found.hint]).toEqual(["unknown party: ukrane", "did you mean ukraine?"]);
  });

  it("never carry a control character or a line break to a terminal", () => {
    const found = problem("unknown-reference", { kind: "party", value: "a\u001b[31m\nb\u202e" });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test.
    expect(found.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it("cut long values", () => {
    const found = problem("unknown-reference", { kind: "party", value: "x".repeat(500) });
    expect(found.message.length).toBeLessThan(90);
  });

  it("come in the order of their files and places", () => {
    const at = (file: string, line: number, column: number) =>
      problem("file-not-found", { path: "x" }, { file, line, column });
    const ordered = byPosition([at("b", 9, 1), at("a", 2, 2), at("b", 1, 5), at("a", 2, 1)]);
    expect(ordered.map(({ file, line, column }) => `${file}${line}:${column}`)).toEqual([
      "b1:5",
      "b9:1",
      "a2:1",
      "a2:2",
    ]);
  });

  it("make an error that carries them", () => {
    const error = ParleyError.of("include-missing", { path: "a.yaml" }, { file: "case.yaml", line: 3, column: 1 });
    expect(error.message).toBe("case.yaml:3:1  missing included file: a.yaml");
    expect(error.problems).toHaveLength(1);
  });
});

describe("near misses", () => {
  it.each([
    ["ukrane", "ukraine"],
    ["titel", "title"],
    ["credibilty", "credibility"],
    ["Heavy Losses", "heavy-losses"],
  ])("of %s find %s", (word, wanted) => {
    expect(nearest(word, ["russia", "ukraine", "title", "credibility", "heavy-losses"])).toBe(wanted);
  });

  it("of a letter or two find nothing: every other pair is near", () => {
    expect(nearest("a", ["b", "c"])).toBeUndefined();
    expect(nearest("ab", ["ac"])).toBeUndefined();
  });

  it("never suggest what is far", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.array(fc.string({ maxLength: 12 })), (word, candidates) => {
        const found = nearest(word, candidates);
        if (found !== undefined) expect(candidates).toContain(found);
      }),
    );
  });
});

describe("one line", () => {
  it("is one line whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\n\r\t\u2028\u2029]/);
      }),
    );
  });
});
