import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { uniform } from "../../src/core/distributions/index.ts";
import * as sensitivity from "../../src/sensitivity/index.ts";

const folder = new URL("../../src/sensitivity/", import.meta.url);
const NAMES = { ...sensitivity, uniform };

/** The `@example` of every docstring: statements, the last of which says its value in a comment. */
const examples = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  return [...text.matchAll(/@example\n((?: \* ?.*\n)*?) \*\//g)].map(([, block = ""]) => {
    const lines = block.trimEnd().split("\n");
    const code = lines.map((line) => line.replace(/^ \* ?/, ""));
    const [, last = "", value = ""] = /^(.*?);\s*\/\/ (.*)$/.exec(code.pop() ?? "") ?? [];
    return [file, last, `${code.join("\n")}\nreturn [${last}, ${value}];`] as const;
  });
});

describe("the examples in docstrings are true", () => {
  test.each(examples)("%s: %s", (_, __, body) => {
    const run = new Function(...Object.keys(NAMES), body) as (...values: unknown[]) => readonly [unknown, unknown];
    const [actual, expected] = run(...Object.values(NAMES));
    expect(actual).toEqual(expected);
  });

  test("and there are some", () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
  });
});
