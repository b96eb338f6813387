import { ParleyError } from "../../core/problems/index.ts";
import type { Db } from "../db/open.ts";

/**
 * Holds a case where it is until the transaction ends: what is written beside it finds it there.
 *
 * @param alone - whether nobody else may hold or save it meanwhile.
 * @throws ParleyError where it is gone.
 */
export async function holdCase(tx: Db, id: string, { alone = false } = {}): Promise<void> {
  const found = tx.selectFrom("cases").select("id").where("id", "=", id).where("deletedAt", "is", null);
  const held = await (alone ? found.forUpdate() : found.forKeyShare()).executeTakeFirst();
  if (held === undefined) throw ParleyError.of("case-unknown", { id });
}
