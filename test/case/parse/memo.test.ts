import { expect, it } from "vitest";
import { parseYamlOnce } from "../../../src/case/parse/memo.ts";
import { parseYaml } from "../../../src/case/parse/yaml.ts";

it("gives the same parse for the same text under the same name, and what parsing gives", () => {
  const text = "parley: 1\ntitle: [T\n";
  const first = parseYamlOnce(text, "case.yaml");
  expect(parseYamlOnce(text, "case.yaml")).toBe(first);
  expect(first.problems).toEqual(parseYaml(text, "case.yaml").problems);
  expect(parseYamlOnce(text, "other.yaml").problems[0]?.file).toBe("other.yaml");
  expect(parseYamlOnce(`${text}]\n`, "case.yaml").problems).toEqual([]);
});

it("lets go of the oldest texts where they become too many", () => {
  const text = (count: number) => `a: ${count}\n${`# ${"x".repeat(998)}\n`.repeat(1000)}`;
  const first = parseYamlOnce(text(0), "f");
  for (let count = 1; count < 14; count += 1) parseYamlOnce(text(count), "f");
  const last = parseYamlOnce(text(13), "f");
  expect(parseYamlOnce(text(13), "f")).toBe(last);
  expect(parseYamlOnce(text(0), "f")).not.toBe(first);
});
