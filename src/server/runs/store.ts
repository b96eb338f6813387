import { sql } from "kysely";
import type { KeptShard, RunRecord, RunStore } from "../../runs/desk/index.ts";
import { decodeCounts, digestOf, encodeCounts } from "../../runs/index.ts";
import type { Db } from "../db/open.ts";

/** What all shards of a key come to stands among them under this number. */
const WHOLE = -1;

/**
 * Runs in the team server's database; a run's `about.case` names the case that it belongs to, and goes with it.
 *
 * Shards of runs that are gone go when the runs are next loaded.
 */
export function teamRunStore(db: Db): RunStore {
  const read = async (key: string, shard: number): Promise<Float64Array | undefined> => {
    const row = await db
      .selectFrom("runShards")
      .select("counts")
      .where("key", "=", key)
      .where("shard", "=", shard)
      .executeTakeFirst();
    return row === undefined ? undefined : decodeCounts(row.counts);
  };
  const write = (tx: Db, key: string, shard: number, counts: Float64Array) =>
    tx
      .insertInto("runShards")
      .values({ key, shard, digest: digestOf(counts), counts: Buffer.from(encodeCounts(counts)) });
  return {
    async save(record) {
      // Who owns it stands in its own column alone, which is emptied with their account.
      const { owner, ...rest } = record;
      const row = { key: record.key, state: record.state, record: JSON.stringify(rest), updatedAt: new Date() };
      // Whoever owned it, and its case, may be gone.
      const about = record.about["case"] ?? "";
      await db
        .insertInto("runs")
        .values({ id: record.id, ...row, ownerId: known("users", owner), caseId: known("cases", about) })
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet({ ...row, ownerId: known("users", owner), caseId: known("cases", about) }),
        )
        .execute();
    },
    async load() {
      await db.deleteFrom("runs").where("record", "is", null).execute();
      await db
        .deleteFrom("runShards")
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("runs").select("id").whereRef("runs.key", "=", "runShards.key"))),
        )
        .execute();
      const rows = await db.selectFrom("runs").select(["record", "ownerId"]).orderBy("createdAt").execute();
      return rows.map(({ record, ownerId }) => ({ ...JSON.parse(record ?? ""), owner: ownerId ?? "" }) as RunRecord);
    },
    async saveText(id, plan) {
      await db
        .insertInto("runs")
        .values({ id, plan })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ plan }))
        .execute();
    },
    async readText(id) {
      const row = await db.selectFrom("runs").select("plan").where("id", "=", id).executeTakeFirst();
      return row?.plan ?? undefined;
    },
    async remove(id) {
      await db.deleteFrom("runs").where("id", "=", id).execute();
    },
    async finished(key) {
      const rows = await db
        .selectFrom("runShards")
        .select("shard")
        .where("key", "=", key)
        .where("shard", "!=", WHOLE)
        .execute();
      return rows.map(({ shard }) => shard);
    },
    readShard: read,
    async writeShard(key, i, counts): Promise<KeptShard> {
      const made = await write(db, key, i, counts)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 1n) return "kept";
      const before = await db
        .selectFrom("runShards")
        .select("digest")
        .where("key", "=", key)
        .where("shard", "=", i)
        .executeTakeFirst();
      return before === undefined || before.digest === digestOf(counts) ? "known" : "differs";
    },
    readWhole: (key) => read(key, WHOLE),
    async writeWhole(key, counts) {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom("runShards").where("key", "=", key).execute();
        await write(tx, key, WHOLE, counts).execute();
      });
    },
    async forget(key) {
      await db.deleteFrom("runShards").where("key", "=", key).execute();
    },
  };
}

/** An id where its row is there, else null. */
function known(table: "users" | "cases", id: string) {
  return sql<string | null>`(SELECT id FROM ${sql.table(table)} WHERE id = ${id})`;
}
