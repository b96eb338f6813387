import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SCOPES } from "../../src/server/access/scopes.ts";
import { teamApi } from "../../src/server/app.ts";
import type { Services } from "../../src/server/http/services.ts";

const page = readFileSync("docs/collaboration.md", "utf8");

/** The API's document alone needs no store. */
async function declared(): Promise<
  Record<string, Record<string, { "x-parley-access"?: { who: string; role?: string } }>>
> {
  const app = teamApi({ store: {} } as unknown as Services, () => 7350);
  return ((await (await app.request("http://127.0.0.1:7350/openapi.json")).json()) as { paths: never }).paths;
}

const NEEDS: Readonly<Record<string, string>> = {
  "anybody who has it": "public",
  "whoever signed in": "person",
  "who looks after it": "keeper",
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
