import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apiDocument } from "../../scripts/write-api-types.ts";
import { SCOPES } from "../../src/server/access/scopes.ts";

const page = readFileSync("docs/collaboration.md", "utf8");

/** The API's document alone needs no store. */
async function declared(): Promise<
  Record<string, Record<string, { "x-parley-access"?: { who: string; role?: string } }>>
> {
  return ((await apiDocument()) as unknown as { paths: never }).paths;
}

const NEEDS: Readonly<Record<string, string>> = {
  "anybody who has it": "public",
  "whoever signed in": "person",
  "who looks after it": "keeper",
  "who bears a token": "bearer",
};

describe("the page on working together", () => {
  it("says of each request what it needs, as the API declares it", async () => {
    const paths = await declared();
    const rows = [...page.matchAll(/^\| [^|]+ \| ([^|]+?) +\| `([A-Z]+) ([^`]+)` +\|$/gm)];
    expect(rows.length).toBeGreaterThan(15);
    for (const [, needs = "", method = "", path = ""] of rows) {
      const access = paths[path]?.[method.toLowerCase()]?.["x-parley-access"];
      expect([method, path, access?.role ?? access?.who]).toEqual([method, path, NEEDS[needs] ?? needs]);
    }
  });

  it("names every scope of tokens with what it opens", () => {
    for (const [scope, opens] of Object.entries(SCOPES)) {
      expect(page).toMatch(new RegExp(`^\\| \`${scope}\` +\\| ${opens} +\\|$`, "m"));
    }
  });
});
