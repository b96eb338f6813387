import { describe, expect, it } from "vitest";
import { BUILDS, root } from "../../scripts/built-from.mjs";

/** What the template holds is looked at in test/long/server/template.test.ts. */
describe("the store's template", () => {
  it("is made anew where a change of the schema, or PGlite, is another", () => {
    const sources = BUILDS.store.sources().map((file) => file.slice(root.length + 1).replaceAll("\\", "/"));
    expect(sources).toContain("src/server/db/migrations/0001-base.ts");
    expect(sources).toContain("node_modules/@electric-sql/pglite/package.json");
    // Other sources change daily.
    expect(sources.every((file) => !file.startsWith("src/") || file.startsWith("src/server/db/migrat"))).toBe(true);
  });
});
