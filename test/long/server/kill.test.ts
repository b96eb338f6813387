import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { folderWith } from "../../support/cli.ts";
import { survives } from "../../support/crashing-saves.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../../support/postgres.ts";

/** 1 000 saves, and crashes enough to meet a save in every part of its way. */
const FULL = { saves: 1000, clients: 8, crashes: 8, cases: 4 };

let folder: string;
beforeAll(() => {
  folder = folderWith({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a server that is killed while people save", () => {
  it("loses no acknowledged save of the embedded store", async () => {
    const store = join(folder, "store");
    await survives({ folder: join(store, "database") }, { ...FULL, settings: { PARLEY_STORE: store } });
  });
});

describeWithPostgres("a server on PostgreSQL that is killed while people save", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres("secret");
  }, 60_000);
  afterAll(() => postgres.stop());

  it("loses no acknowledged save", async () => {
    const settings = { DATABASE_URL: postgres.url, PARLEY_STORE: join(folder, "beside") };
    await survives({ url: postgres.url }, { ...FULL, settings });
  });

  it("loses none where the database crashes, too", async () => {
    const other = await startPostgres("secret");
    try {
      const settings = { DATABASE_URL: other.url, PARLEY_STORE: join(folder, "beside") };
      const between = () => other.crash();
      await survives({ url: other.url }, { ...FULL, saves: 300, crashes: 3, settings, between });
    } finally {
      await other.stop();
    }
  });
});
