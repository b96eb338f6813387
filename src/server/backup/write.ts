import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "kysely";
import { ParleyError } from "../../core/problems/index.ts";
import { VERSION } from "../../version.ts";
import { migrationsOf } from "../db/migrate.ts";
import type { Db } from "../db/open.ts";
import { type Head, Tally } from "./lines.ts";
import { KEPT, type KeptTable } from "./tables.ts";

/** What a backup holds, in numbers. */
export interface BackupMade {
  readonly at: string;
  readonly rows: number;
  readonly tables: Readonly<Record<string, number>>;
}

/**
 * Writes a backup of a store: all of one moment, whatever is saved meanwhile.
 *
 * On a PostgreSQL server nobody waits for it. The embedded store has one connection: requests wait until it is read.
 *
 * @throws ParleyError where no Parley has used the database.
 */
export async function writeBackup(db: Db, sink: Writable, now: Date = new Date()): Promise<BackupMade> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      await sql`SET LOCAL TimeZone = 'UTC'`.execute(tx);
      const migrations = await migrationsOf(tx);
      if (migrations === undefined) throw ParleyError.of("backup-nothing", undefined);
      const columns = await columnsOf(tx);
      const tables = Object.fromEntries(KEPT.map(({ name }) => [name, columns.get(name) ?? []]));
      const head: Head = { backup: 1, parley: VERSION, at: now.toISOString(), migrations: [...migrations], tables };
      const counted: Record<string, number> = {};
      await pipeline(Readable.from(text(tx, head, counted)), createGzip(), sink);
      return { at: head.at, rows: Object.values(counted).reduce((sum, each) => sum + each, 0), tables: counted };
    });
}

/** Columns of all tables, in their order. */
export async function columnsOf(db: Db): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await sql<{ table: string; name: string }>`
    SELECT table_name AS table, column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`.execute(db);
  const columns = new Map<string, string[]>();
  for (const { table, name } of rows) columns.set(table, [...(columns.get(table) ?? []), name]);
  return columns;
}

/** The lines of a backup, some at a time. */
async function* text(tx: Db, head: Head, counted: Record<string, number>): AsyncGenerator<string> {
  const all = new Tally();
  let rows = 0;
  const marked = (value: unknown): string => {
    const line = JSON.stringify(value);
    all.add(line);
    return `${line}\n`;
  };
  yield marked(head);
  for (const table of KEPT) {
    yield marked([table.name]);
    const own = new Tally();
    for await (const lines of rowsOf(tx, table)) {
      for (const line of lines) {
        own.add(line);
        all.add(line);
      }
      yield `${lines.join("\n")}\n`;
    }
    counted[table.name] = own.rows;
    rows += own.rows;
    yield marked([table.name, own.rows, own.hash]);
  }
  yield marked(["end", rows, all.hash]);
}

/** The rows of a table as PostgreSQL writes them in JSON, which it reads again to the same. */
async function* rowsOf(tx: Db, { name, order, atATime = 200 }: KeptTable): AsyncGenerator<string[]> {
  const columns = sql.join(
    order.map((column) =>
      column === "seq" || column === "number" || column === "shard"
        ? sql.ref(column)
        : sql`${sql.ref(column)} COLLATE "C"`,
    ),
  );
  await sql`DECLARE kept NO SCROLL CURSOR FOR
    SELECT to_jsonb(kept)::text AS line FROM ${sql.table(name)} AS kept ORDER BY ${columns}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ line: string }>`FETCH FORWARD ${sql.lit(atATime)} FROM kept`.execute(tx);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await sql`CLOSE kept`.execute(tx);
}
