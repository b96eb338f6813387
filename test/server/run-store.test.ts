import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../src/server/db/open.ts";
import { teamRunStore } from "../../src/server/runs/store.ts";
import { someRecord, storeContract } from "../runs/desk/store-contract.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";

/** The same tests on both stores. */
function runStore(open: () => Promise<Store>, close: () => Promise<void>): void {
  let opened: Store;
  beforeAll(async () => {
    opened = await open();
    const owner = { id: "anna", name: "Anna", email: "anna@example.org" };
    await opened.db.insertInto("users").values(owner).execute();
  });
  afterAll(async () => {
    await opened.close();
    await close();
  });
  const empty = async () => {
    await opened.db.deleteFrom("runs").execute();
    await opened.db.deleteFrom("runShards").execute();
    return teamRunStore(opened.db);
  };

  storeContract(empty, async () => teamRunStore(opened.db));

  it("holds nothing of an owner who is gone, also where their run goes on", async () => {
    const store = await empty();
    const brief = { id: "brief-guest", name: "Brief", email: "brief@example.org" };
    await opened.db.insertInto("users").values(brief).execute();
    const record = { ...(await someRecord()), owner: brief.id };
    await store.save(record);
    expect(await store.load()).toEqual([record]);
    await opened.db.deleteFrom("users").where("id", "=", brief.id).execute();
    await store.save({ ...record, state: "done" });
    expect(JSON.stringify(await opened.db.selectFrom("runs").selectAll().execute())).not.toContain(brief.id);
    expect(await store.load()).toEqual([{ ...record, state: "done", owner: "" }]);
  });

  it("forgets what was never saved, and shards of runs that are gone, when it is loaded", async () => {
    const store = await empty();
    const record = await someRecord();
    await store.saveText("never-saved", "a plan");
    await store.save(record);
    await store.writeShard(record.key, 0, Float64Array.of(1));
    await store.writeShard("c/gone", 0, Float64Array.of(2));
    expect(await store.load()).toEqual([record]);
    expect(await store.readText("never-saved")).toBeUndefined();
    expect(await store.finished(record.key)).toEqual([0]);
    expect(await store.finished("c/gone")).toEqual([]);
  });
}

describe("runs in the embedded store", () => {
  runStore(
    () => openStore({ folder: undefined }),
    async () => {},
  );
});

describeWithPostgres("runs on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  runStore(
    async () => {
      postgres = await startPostgres("secret");
      return openStore({ url: postgres.url });
    },
    () => postgres.stop(),
  );
});
