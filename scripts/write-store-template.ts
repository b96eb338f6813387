/**
 * Writes dist/store.tar.gz: the data of an embedded store with its tables and nothing in them.
 *
 * A first start that begins with it does not have to set up PostgreSQL. A template that is older than the code is brought
 * up to date as any store is.
 *
 * Usage: node scripts/write-store-template.ts [FILE]
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { migrate } from "../src/server/db/migrate.ts";
import type { Tables } from "../src/server/db/tables.ts";

const [file = join(import.meta.dirname, "../dist/store.tar.gz")] = process.argv.slice(2);

const lite = await PGlite.create();
const db = new Kysely<Tables>({
  dialect: new PostgresDialect({ pool: new pg.Pool(createPgConfig(lite) as object) }),
  plugins: [new CamelCasePlugin()],
});
await migrate(db);
// What was written so far is in the tables' files, and nothing has to be recovered at a first start.
await lite.exec("CHECKPOINT");
const dump = gzipSync(new Uint8Array(await (await lite.dumpDataDir("none")).arrayBuffer()));
await db.destroy();
await lite.close();
mkdirSync(dirname(file), { recursive: true });
// It appears whole or not at all: a server may be starting meanwhile.
const part = `${file}.${process.pid}.part`;
writeFileSync(part, dump);
renameSync(part, file);
