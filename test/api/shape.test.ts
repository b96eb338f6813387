import { describe, expect, it } from "vitest";
import { z } from "zod";
import { caseRequest, editsRequest, shapeProblems } from "../../src/api/index.ts";

const told = (schema: z.ZodType, value: unknown): string[] =>
  shapeProblems(schema.safeParse(value).error?.issues ?? []).map(({ message }) => message);

describe("a request of another shape", () => {
  it("is told where, also in a value that may have several forms: by the form that it is nearest to", () => {
    expect(told(caseRequest, { template: "blank", name: "one" })).toEqual([
      "invalid request: title: Invalid input: expected string, received undefined",
    ]);
    expect(told(caseRequest, { files: { "case.yaml": 7 } })).toEqual([
      "invalid request: files.case.yaml: Invalid input: expected string, received number",
    ]);
    const [first] = told(editsRequest, { base: "0".repeat(64), edits: [{ rename: "title", to: "" }] });
    expect(first).toMatch(/^invalid request: edits\.0\.to: Too small/);
  });

  it("is told what each form lacks where several are as near", () => {
    expect(told(caseRequest, {})).toEqual([
      "invalid request: from: Invalid input: expected string, received undefined; or files: Invalid input: expected record, received undefined",
    ]);
  });

  it("never says that the input is invalid and no more, and tells twenty things at most", () => {
    for (const value of [[], 7, null, { template: "none" }, { from: 3, files: 4 }]) {
      for (const line of told(caseRequest, value)) expect(line).not.toMatch(/Invalid input$/);
    }
    expect(
      told(z.record(z.string(), z.number()), Object.fromEntries(Array.from({ length: 50 }, (_, i) => [i, "x"]))),
    ).toHaveLength(20);
  });
});
