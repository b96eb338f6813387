import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folderRunStore, memoryRunStore, type RunStore } from "../../../src/runs/desk/index.ts";
import { someRecord, storeContract } from "./store-contract.ts";

const root = mkdtempSync(join(tmpdir(), "parley-desk-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = () => mkdtempSync(join(root, "store-"));

describe("a store of runs in memory", () => {
  storeContract(
    async () => memoryRunStore(),
    async (store) => store,
  );
});

describe("a store of runs in a folder", () => {
  const folders = new Map<RunStore, string>();
  storeContract(
    async () => {
      const at = folder();
      const store = folderRunStore(at);
      folders.set(store, at);
      return store;
    },
    async (store) => folderRunStore(folders.get(store) ?? ""),
  );

  it("keeps what others may not read from them, and leaves nothing half written", async () => {
    const at = folder();
    const store = folderRunStore(at);
    const record = await someRecord();
    await store.saveText(record.id, "secret");
    await store.save(record);
    await store.writeShard("k", 0, Float64Array.from([1]));
    expect(statSync(join(at, "runs")).mode & 0o077).toBe(0);
    for (const name of readdirSync(at, { recursive: true, encoding: "utf8" })) {
      expect(name).not.toMatch(/\.part$/);
      const found = statSync(join(at, name));
      if (found.isFile()) expect(found.mode & 0o077).toBe(0);
    }
  });

  it("takes what is torn for none", async () => {
    const at = folder();
    const store = folderRunStore(at);
    await store.writeShard("k", 0, Float64Array.from([1, 2]));
    const [key = ""] = readdirSync(join(at, "shards"));
    truncateSync(join(at, "shards", key, "0.counts"), 70);
    expect(await store.readShard("k", 0)).toBeUndefined();
    expect(await store.writeShard("k", 0, Float64Array.from([1, 2]))).toBe("kept");
    await store.save(await someRecord());
    writeFileSync(join(at, "runs", "torn.json"), '{"id":');
    expect(await store.load()).toHaveLength(1);
  });

  it("takes no id that leads out of the folder", async () => {
    await expect(async () => folderRunStore(folder()).readText("../x")).rejects.toThrow(/letters, digits/);
  });
});
