import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as baserates from "../../src/baserates/index.ts";

const folder = new URL("../../src/baserates/", import.meta.url);

/** The `@example` of every docstring: statements, the last of which says its value in a comment. */
const examples = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  return [...text.matchAll(/@example\n((?: \* ?.*\n)*?) \*\//g)].map(([, block = ""]) => {
    const code = block
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/^ \* ?/, ""))
      .join("\n");
    const [, before = "", last = "", value = ""] = /^([\s\S]*;\n)?([\s\S]*?);\s*\/\/ (.*)$/.exec(code) ?? [];
    return [file, last, `${before}return [${last}, ${value}];`] as const;
  });
});

describe("the examples in docstrings are true", () => {
  test.each(examples)("%s: %s", (_, __, body) => {
    const run = new Function(...Object.keys(baserates), body) as (...values: unknown[]) => readonly [unknown, unknown];
    const [actual, expected] = run(...Object.values(baserates));
    if (typeof expected === "number") expect(actual).toBeCloseTo(expected, 12);
    else expect(actual).toEqual(expected);
  });

  test("and there are some", () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
  });
});
