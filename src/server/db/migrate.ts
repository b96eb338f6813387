import type { Kysely } from "kysely";
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

function failed(error: unknown): ParleyError {
  return ParleyError.of("store-migration", { detail: error instanceof Error ? error.message : String(error) });
}
