import { ParleyError } from "../../core/problems/index.ts";
import { holdCase } from "../cases/stay.ts";
import type { Db } from "../db/open.ts";

/** For how long a page that said nothing more counts as open, in milliseconds. */
export const HERE_FOR = 45_000;

/** How many pages with one case somebody may have open. */
const MOST_PAGES = 20;

/** Who has a case open, as their pages last said; by name, then page. */
export function pagesOf(db: Db, caseId: string, now: Date) {
  return db
    .selectFrom("presence")
    .innerJoin("users", "users.id", "presence.userId")
    .select(["users.id", "users.name", "presence.page", "presence.path", "presence.seenAt"])
    .where("caseId", "=", caseId)
    .where("seenAt", ">", staleAt(now))
    .orderBy("users.name")
    .orderBy("users.id")
    .orderBy("presence.page")
    .execute();
}

/**
 * Says that somebody has a case open on a page, and works on a path of it.
 *
 * @returns whether that is new: the page or its path.
 * @throws ParleyError where they have too many pages open.
 */
export async function sayHere(
  db: Db,
  caseId: string,
  userId: string,
  page: string,
  path: string | null,
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await holdCase(tx, caseId);
    const known = await tx
      .selectFrom("presence")
      .select(["page", "path"])
      .where("caseId", "=", caseId)
      .where("userId", "=", userId)
      .where("seenAt", ">", staleAt(now))
      .execute();
    const before = known.find((each) => each.page === page);
    if (before === undefined && known.length >= MOST_PAGES) {
      throw ParleyError.of("limit-reached", { thing: "open pages", limit: MOST_PAGES });
    }
    await tx
      .insertInto("presence")
      .values({ caseId, userId, page, path, seenAt: now })
      .onConflict((conflict) => conflict.columns(["caseId", "userId", "page"]).doUpdateSet({ path, seenAt: now }))
      .execute();
    return before === undefined || before.path !== path;
  });
}

/** Says that a page is closed; false where it was not open. */
export async function sayGone(db: Db, caseId: string, userId: string, page: string): Promise<boolean> {
  const gone = await db
    .deleteFrom("presence")
    .where("caseId", "=", caseId)
    .where("userId", "=", userId)
    .where("page", "=", page)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/**
 * Forgets pages that said nothing for too long, of all cases.
 *
 * @returns the cases that they had open.
 */
export async function forgetStale(db: Db, now: Date): Promise<readonly string[]> {
  const gone = await db.deleteFrom("presence").where("seenAt", "<=", staleAt(now)).returning("caseId").execute();
  return [...new Set(gone.map(({ caseId }) => caseId))];
}

function staleAt(now: Date): Date {
  return new Date(now.getTime() - HERE_FOR);
}
