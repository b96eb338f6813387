import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { specialTables } from "../../../scripts/make-special-tables.ts";

test("the tables are the ones their script computes", () => {
  const file = readFileSync(new URL("../../../src/core/special/tables.ts", import.meta.url), "utf8");
  expect(specialTables()).toBe(file);
});
