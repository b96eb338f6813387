import type { Readable } from "node:stream";
import { sql } from "kysely";
import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { MIGRATION_NAMES, migrate, migrateTo, migrationsOf } from "../db/migrate.ts";
import type { Db } from "../db/open.ts";
import { type Head, partsOf } from "./lines.ts";
import { KEPT, LEFT_OUT } from "./tables.ts";
import { columnsOf } from "./write.ts";

/** What a backup says of itself, and how much it holds. */
export interface BackupRead {
  readonly head: Head;
  readonly rows: number;
  readonly tables: Readonly<Record<string, number>>;
}

/** Characters of rows that are written at a time. */
const BATCH = 4_000_000;
const BATCH_ROWS = 500;

/**
 * Reads a backup from end to end and writes nothing.
 *
 * @throws ParleyError where it is damaged, or was made by a newer Parley.
 */
export async function checkBackup(source: Readable, file: string): Promise<BackupRead> {
  let head: Head | undefined;
  let rows = 0;
  const tables: Record<string, number> = {};
  for await (const part of partsOf(source, file)) {
    if (part.kind === "head") head = part.head;
    else if (part.kind === "end") tables[part.table] = part.rows;
    else if (part.kind === "whole") rows = part.rows;
  }
  if (head === undefined) throw ParleyError.of("backup-damaged", { file, why: "it is empty" });
  const names = KEPT.map(({ name }) => name);
  const isKnown = head.migrations.every((name, i) => MIGRATION_NAMES[i] === name);
  if (!isKnown || Object.keys(head.tables).some((name) => !names.includes(name))) {
    throw ParleyError.of("backup-newer", { file, parley: head.parley });
  }
  return { head, rows, tables };
}

/** Makes the tables of a database that has none as they were when a backup was made; what has some is left as it is. */
export async function prepareFor(db: Db, { migrations }: Head): Promise<readonly string[]> {
  return (await migrationsOf(db)) === undefined ? migrateTo(db, migrations) : [];
}

/**
 * Puts all rows of a backup into an empty store, or none.
 *
 * Who was signed in is not; links and tokens hold as before. The tables are brought up to date afterwards.
 *
 * @param source - gives the backup, which `checkBackup` has read before, from its beginning.
 * @throws ParleyError where the store holds anything, or its tables are others.
 */
export async function restoreBackup(db: Db, source: Readable, file: string, { head, rows }: BackupRead): Promise<void> {
  const have = (await migrationsOf(db)) ?? [];
  if (have.join() !== head.migrations.join()) throw ParleyError.of("restore-tables", { parley: head.parley });
  await db.transaction().execute(async (tx) => {
    const columns = await columnsOf(tx);
    await demandEmpty(tx, [...KEPT.map(({ name }) => name), ...LEFT_OUT.filter((name) => columns.has(name))]);
    for (const [name, wanted] of Object.entries(head.tables)) {
      const own = columns.get(name) ?? [];
      if (own.toSorted().join() !== wanted.toSorted().join())
        throw ParleyError.of("restore-tables", { parley: head.parley });
    }
    let batch: string[] = [];
    let size = 0;
    const flush = async (table: string): Promise<void> => {
      if (batch.length > 0) await insert(tx, table, head.tables[table] ?? [], batch);
      batch = [];
      size = 0;
    };
    for await (const part of partsOf(source, file)) {
      if (part.kind === "row") {
        batch.push(part.line);
        size += part.line.length;
        if (size > BATCH || batch.length >= BATCH_ROWS) await flush(part.table);
      } else if (part.kind === "end") {
        await flush(part.table);
        await settle(tx, part.table);
      }
    }
    await note(tx, { actorId: undefined, action: "store.restored", detail: { rows, of: head.at } });
  });
  await migrate(db);
}

/** @throws ParleyError where a table holds a row; nobody else writes into them until the transaction ends. */
async function demandEmpty(tx: Db, names: readonly string[]): Promise<void> {
  await sql`LOCK TABLE ${sql.join(names.map((name) => sql.table(name)))} IN ACCESS EXCLUSIVE MODE`.execute(tx);
  for (const name of names) {
    const { rows } = await sql`SELECT 1 FROM ${sql.table(name)} LIMIT 1`.execute(tx);
    if (rows.length > 0) throw ParleyError.of("restore-not-empty", { table: name });
  }
}

/** Writes rows as they stand in a backup; what refers to rows of the same table is filled in when all are there. */
async function insert(tx: Db, table: string, names: readonly string[], lines: readonly string[]): Promise<void> {
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const own = KEPT.find(({ name }) => name === table)?.refersToItself;
  const values = sql.join(names.map((name) => (name === own ? sql`NULL` : sql.ref(name))));
  const json = `[${lines.join(",")}]`;
  await sql`INSERT INTO ${sql.table(table)} (${columns}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${json}::jsonb)`.execute(tx);
  if (own === undefined) return;
  await sql`CREATE TEMPORARY TABLE IF NOT EXISTS referring (id text, other text) ON COMMIT DROP`.execute(tx);
  await sql`INSERT INTO referring SELECT id, ${sql.ref(own)}
    FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${json}::jsonb) WHERE ${sql.ref(own)} IS NOT NULL`.execute(
    tx,
  );
}

/** After the last row of a table: references within it, and where counting goes on. */
async function settle(tx: Db, table: string): Promise<void> {
  const { refersToItself, counts } = KEPT.find(({ name }) => name === table) ?? {};
  if (refersToItself !== undefined) {
    await sql`CREATE TEMPORARY TABLE IF NOT EXISTS referring (id text, other text) ON COMMIT DROP`.execute(tx);
    await sql`UPDATE ${sql.table(table)} AS own SET ${sql.ref(refersToItself)} = referring.other
      FROM referring WHERE own.id = referring.id`.execute(tx);
  }
  if (counts !== undefined) {
    await sql`SELECT setval(pg_get_serial_sequence(${table}, ${counts}), max(${sql.ref(counts)}))
      FROM ${sql.table(table)} HAVING max(${sql.ref(counts)}) IS NOT NULL`.execute(tx);
  }
}
