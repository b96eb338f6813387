import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith } from "../support/cli.ts";
import { load } from "../support/load.ts";

let folder: string;
beforeAll(() => {
  folder = folderWith({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("many people at once", () => {
  it("read and save without an error", async () => {
    const { reads, writes, errors } = await load({ folder, users: 20, seconds: 3, thinks: 400 });
    expect(errors).toEqual([]);
    expect(reads.length).toBeGreaterThan(0);
    expect(writes.length).toBeGreaterThan(0);
  });
});
