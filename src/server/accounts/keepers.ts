import { sql } from "kysely";
import { ParleyError } from "../../core/problems/index.ts";
import type { Db } from "../db/open.ts";

/** Any number that nothing else locks: who looks after the server changes one after another. */
const LOCK = 727_339_218;

/** Holds, until a transaction ends, what says who looks after the server. */
export async function holdKeepers(tx: Db): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
}

/**
 * Demands that somebody looks after the server also without one person, within a transaction that holds that.
 *
 * @throws ParleyError where that person is the last keeper who may sign in.
 */
export async function demandAnotherKeeper(tx: Db, personId: string): Promise<void> {
  const keepers = await tx
    .selectFrom("users")
    .select("id")
    .where("keeper", "=", true)
    .where("suspendedAt", "is", null)
    .execute();
  const isOne = keepers.some(({ id }) => id === personId);
  if (isOne && keepers.length === 1) throw ParleyError.of("keeper-last", undefined);
}
