import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { folderWith } from "../support/cli.ts";
import { survives } from "../support/crashing-saves.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";

/** The short form; test/long/server/kill.test.ts has the full size. */
const SMALL = { saves: 40, clients: 4, crashes: 1, cases: 2 };

let folder: string;
beforeAll(() => {
  folder = folderWith({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a server that is killed while people save", () => {
  it("loses no acknowledged save of the embedded store", async () => {
    const store = join(folder, "store");
    await survives({ folder: join(store, "database") }, { ...SMALL, settings: { PARLEY_STORE: store } });
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
    await survives({ url: postgres.url }, { ...SMALL, settings });
  });
});
