import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mathTables } from "../../../scripts/make-math-tables.ts";

test("the tables are the ones their script computes", () => {
  const file = readFileSync(new URL("../../../src/core/math/tables.ts", import.meta.url), "utf8");
  expect(mathTables()).toBe(file);
});
