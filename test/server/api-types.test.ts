import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { apiTypes, TYPES } from "../../scripts/write-api-types.ts";

it("the workbench's client knows the API as it is declared", async () => {
  // Where it fails: npm run schema
  expect(readFileSync(TYPES, "utf8")).toBe(await apiTypes());
});
