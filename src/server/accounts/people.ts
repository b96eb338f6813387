import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";

/** Where better-auth finds the password among somebody's ways of signing in. */
export const PASSWORD_PROVIDER = "credential";

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  /** The hash of their password; undefined where they sign in otherwise. */
  readonly password?: string | undefined;
  readonly keeper?: boolean;
  /** Whether somebody else says that the e-mail address is theirs: who invited them, or an identity provider. */
  readonly vouched: boolean;
}

/** An e-mail address as it is kept and compared. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * Makes an account, within a transaction.
 *
 * @throws ParleyError where the e-mail address has one; the transaction is to be given up then.
 */
export async function addPerson(
  tx: Db,
  { name, email, password, keeper = false, vouched }: NewPerson,
): Promise<string> {
  const id = newId();
  const made = await tx
    .insertInto("users")
    .values({ id, name, email: plainEmail(email), emailVerified: vouched, keeper })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) throw ParleyError.of("email-taken", undefined);
  if (password !== undefined) await addPassword(tx, id, password);
  await note(tx, { actorId: id, action: "account.made", detail: { keeper } });
  return id;
}

/** Gives somebody a password, in place of the one that they had. */
export async function addPassword(tx: Db, userId: string, password: string): Promise<void> {
  const row = { id: newId(), userId, accountId: userId, providerId: PASSWORD_PROVIDER, password };
  await tx
    .insertInto("accounts")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["providerId", "accountId"]).doUpdateSet({ password, updatedAt: new Date() }),
    )
    .execute();
}

/** The hash of somebody's password; undefined where they have none. */
export async function passwordOf(db: Db, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("accounts")
    .select("password")
    .where("userId", "=", userId)
    .where("providerId", "=", PASSWORD_PROVIDER)
    .executeTakeFirst();
  return row?.password ?? undefined;
}
