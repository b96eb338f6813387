import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { ParleyError } from "../../core/problems/index.ts";
import * as base from "./migrations/0001-base.ts";
import type { Tables } from "./tables.ts";

/** Every change of the schema in its order; forward only. A name that was released stays what it is. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-base": base,
};

/** The names of the changes of the schema that this version of Parley knows. */
export const MIGRATION_NAMES = Object.keys(MIGRATIONS);

/**
 * Brings the schema of a database up to this version of Parley, in one transaction.
 *
 * Servers that start at the same time wait for one another (an advisory lock of PostgreSQL).
 *
 * @returns the names of the changes that were made.
 * @throws ParleyError where the database was made by a newer Parley, or a change fails; nothing is changed then.
 */
export async function migrate(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: "parley_migrations",
    migrationLockTableName: "parley_migrations_lock",
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw failed(error);
  return results.filter(({ status }) => status === "Success").map(({ migrationName }) => migrationName);
}

/** The names of the changes that a database has seen; undefined where no Parley has used it. */
export async function migrationsOf(db: Kysely<Tables>): Promise<readonly string[] | undefined> {
  const there = await sql<{
    isThere: boolean;
  }>`SELECT to_regclass('parley_migrations') IS NOT NULL AS is_there`.execute(db);
  if (there.rows[0]?.isThere !== true) return undefined;
  const { rows } = await sql<{ name: string }>`SELECT name FROM parley_migrations ORDER BY name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Makes the first so many changes alone, for a backup of an older Parley. */
export function migrateTo(db: Kysely<Tables>, names: readonly string[]): Promise<readonly string[]> {
  return migrate(db, Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => names.includes(name))));
}

function failed(error: unknown): ParleyError {
  return ParleyError.of("store-migration", { detail: error instanceof Error ? error.message : String(error) });
}
