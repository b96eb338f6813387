import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as terms from "../../src/terms/index.ts";

const folder = new URL("../../src/terms/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

/** The `@example` of every docstring: statements, the last of which says its value in a comment. */
const examples = files.flatMap((file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  return [...text.matchAll(/@example\n((?: \* ?.*\n)*?) \*\//g)].map(([, block = ""]) => {
    const code = block
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/^ \* ?/, ""));
    const [, last = "", value = ""] = /^(.*?);\s*\/\/ (.*)$/.exec(code.pop() ?? "") ?? [];
    return [file, last, `${code.join("\n")}\nreturn [${last}, ${value}];`] as const;
  });
});

describe("the examples in docstrings are true", () => {
  test.each(examples)("%s: %s", (_, __, body) => {
    const run = new Function(...Object.keys(terms), body) as (...values: unknown[]) => readonly [unknown, unknown];
    const [actual, expected] = run(...Object.values(terms));
    expect(actual).toEqual(expected);
  });

  test("and there are some", () => {
    expect(examples.length).toBeGreaterThanOrEqual(6);
  });
});
