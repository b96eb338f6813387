import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith } from "../../support/cli.ts";
import { load } from "../../support/load.ts";

let folder: string;
beforeAll(() => {
  folder = folderWith({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("200 people for a minute", () => {
  it("read and save without an error", async () => {
    const { reads, writes, errors } = await load({ folder, users: 200, seconds: 60, thinks: 4000 });
    expect(errors).toEqual([]);
    expect(reads.length + writes.length).toBeGreaterThan(1000);
  });
});
