import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as distributions from "../../src/core/distributions/index.ts";
import * as math from "../../src/core/math/index.ts";
import * as random from "../../src/core/random/index.ts";
import * as erf from "../../src/core/special/erf.ts";
import * as special from "../../src/core/special/index.ts";
import * as lgamma from "../../src/core/special/lgamma.ts";
import * as log1pmx from "../../src/core/special/log1pmx.ts";
import * as stats from "../../src/core/stats/index.ts";

const FOLDERS = ["math", "random", "special", "distributions", "stats"];
const NAMES = { ...math, ...random, ...special, ...erf, ...lgamma, ...log1pmx, ...distributions, ...stats, Infinity };

interface Example {
  readonly file: string;
  /** Lines before the one that is checked. */
  readonly before: string;
  readonly code: string;
  readonly value: string;
}

/** The lines `code; // value` of every `@example` in a file. */
function examplesOf(file: string): Example[] {
  const text = readFileSync(new URL(`../../src/core/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/@example\n((?: \* ?.*\n)*?)(?= \*\/| \* @)/g)].flatMap(([, block = ""]) => {
    const lines = block.split("\n").map((line) => line.replace(/^ \* ?/, ""));
    return lines.flatMap((line, i) => {
      const [, code, value] = /^(.*?);\s*\/\/ (.*)$/.exec(line) ?? [];
      return code === undefined || value === undefined
        ? []
        : [{ file, before: lines.slice(0, i).join("\n"), code, value }];
    });
  });
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(`../../src/core/${folder}`, import.meta.url))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);
const examples = files.flatMap(examplesOf);

describe("the examples in docstrings are true", () => {
  test.each(examples.map((example) => [example.file, example.code, example] as const))("%s: %s", (_, __, example) => {
    const body = `${example.before}\nreturn [${example.code}, ${example.value}];`;
    const run = new Function(...Object.keys(NAMES), body) as (...values: unknown[]) => readonly [unknown, unknown];
    const [actual, expected] = run(...Object.values(NAMES));
    expect(actual).toEqual(expected);
  });

  test("and there are some in every folder", () => {
    for (const folder of FOLDERS) {
      expect(examples.filter(({ file }) => file.startsWith(folder)).length).toBeGreaterThan(3);
    }
  });
});
