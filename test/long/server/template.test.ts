import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../../scripts/built-from.mjs";
import { MIGRATION_NAMES } from "../../../src/server/db/migrate.ts";
import { openStore, type Store } from "../../../src/server/db/open.ts";
import { folderWith } from "../../support/cli.ts";

describe("the store's template", () => {
  let folder: string;
  beforeAll(() => {
    folder = folderWith({});
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const columnsOf = async ({ db }: Store) =>
    (
      await sql<{ line: string }>`SELECT table_name || '.' || column_name || ' ' || data_type AS line
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1`.execute(db)
    ).rows.map(({ line }) => line);

  it("holds every table, so that a first start changes nothing; an older one is brought up to date", async () => {
    const made = join(folder, "store.tar.gz");
    const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "write-store-template.ts"), made], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

    const older = join(folder, "older.tar.gz");
    const lite = await PGlite.create();
    writeFileSync(older, gzipSync(new Uint8Array(await (await lite.dumpDataDir("none")).arrayBuffer()), { level: 1 }));
    await lite.close();

    const fresh = await openStore({ folder: join(folder, "fresh"), template: made });
    const grown = await openStore({ folder: undefined, template: older });
    try {
      expect(fresh.migrated).toEqual([]);
      expect(grown.migrated).toEqual(MIGRATION_NAMES);
      expect(await columnsOf(fresh)).toEqual(await columnsOf(grown));
      expect(await fresh.db.selectFrom("users").selectAll().execute()).toEqual([]);
    } finally {
      await fresh.close();
      await grown.close();
    }
  });
});
