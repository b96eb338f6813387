import { existsSync, statSync } from "node:fs";
import { ParleyError } from "../../core/problems/index.ts";
import type { ServerConfig } from "../../server/config/index.ts";
import type { Db } from "../../server/db/open.ts";

/**
 * Does something with the team server's store from beside the server: over the store itself, or by asking the server
 * that has its folder in use.
 *
 * @param alone - does it over the store. Its tables stay as they are: a server of an older version may be using them.
 * @param served - asks the server that has a folder in use.
 * @throws ParleyError where there is no store, or neither way is open.
 */
export async function withTeamStore<T>(
  config: ServerConfig,
  alone: (db: Db) => Promise<T>,
  served: (folder: string) => Promise<T>,
): Promise<T> {
  const [{ openStore }, { placeOf }, { migrationsOf }] = await Promise.all([
    import("../../server/db/open.ts"),
    import("../../server/serve.ts"),
    import("../../server/db/migrate.ts"),
  ]);
  const { database } = config;
  if (database.kind === "embedded" && !existsSync(database.folder)) throw ParleyError.of("backup-nothing", undefined);
  // Files that another user's store got from this one would be closed to it.
  if (
    database.kind === "embedded" &&
    statSync(database.folder).uid !== (process.getuid?.() ?? statSync(database.folder).uid)
  ) {
    return served(database.folder);
  }
  try {
    const store = await openStore(placeOf(config), { prepare: async () => [] });
    try {
      if ((await migrationsOf(store.db)) === undefined) throw ParleyError.of("backup-nothing", undefined);
      return await alone(store.db);
    } finally {
      await store.close();
    }
  } catch (error) {
    const isInUse = error instanceof ParleyError && error.problems[0]?.code === "store-in-use";
    if (!isInUse || database.kind !== "embedded") throw error;
    return served(database.folder);
  }
}
