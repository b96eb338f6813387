import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newSecret, secretHash } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import { demandStrong, hashPassword } from "./passwords.ts";
import { addPassword, plainEmail } from "./people.ts";

const HOUR = 3600_000;

/** Hours for which a link is good that a keeper or the machine itself makes, unless told otherwise. */
export const RESET_HOURS = 24;

export interface ResetRequest {
  readonly personId: string;
  readonly hours: number;
  /** Who makes it, by the account's id; undefined for whoever sits at the machine itself. */
  readonly by: string | undefined;
}

/**
 * Makes a secret by which somebody sets a new password, once; one that was made for them before is good no more.
 *
 * It is told this once, and only its hash is kept.
 *
 * @throws ParleyError where there is no such person, or they are suspended.
 */
export function makeReset(db: Db, { personId, hours, by }: ResetRequest, now: Date): Promise<string> {
  const token = newSecret();
  return db.transaction().execute(async (tx) => {
    const person = await tx
      .selectFrom("users")
      .select("suspendedAt")
      .where("id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (person === undefined) throw ParleyError.of("person-unknown", { id: personId });
    if (person.suspendedAt !== null) throw ParleyError.of("reset-suspended", undefined);
    const row = { tokenHash: secretHash(token), createdAt: now, expiresAt: new Date(now.getTime() + hours * HOUR) };
    await tx
      .insertInto("resets")
      .values({ userId: personId, ...row })
      .onConflict((conflict) => conflict.column("userId").doUpdateSet(row))
      .execute();
    await note(tx, { actorId: by, action: "reset.made", detail: { person: personId, hours } });
    return token;
  });
}

/**
 * Makes such a secret for whom an e-mail address names, at the machine itself.
 *
 * @throws ParleyError where no account has the address, or its person is suspended.
 */
export async function makeResetAtMachine(db: Db, email: string, now: Date): Promise<string> {
  const found = await db.selectFrom("users").select("id").where("email", "=", plainEmail(email)).executeTakeFirst();
  if (found === undefined) throw ParleyError.of("person-unknown", { id: email });
  return makeReset(db, { personId: found.id, hours: RESET_HOURS, by: undefined }, now);
}

/**
 * Sets a new password by such a secret, also for who had none; all sessions of the person end.
 *
 * A password that is refused leaves the secret as it was; of many who use it at once, one does.
 *
 * @returns the person's id.
 * @throws ParleyError where the secret is unknown, was used or replaced, or has expired, or its person is suspended;
 *   which of them is not said.
 */
export async function takeReset(db: Db, token: string, password: string, now: () => Date): Promise<string> {
  const tokenHash = secretHash(token);
  const person = await db
    .selectFrom("resets")
    .innerJoin("users", "users.id", "resets.userId")
    .select(["users.id", "users.name", "users.email"])
    .where("tokenHash", "=", tokenHash)
    .where("expiresAt", ">", now())
    .where("suspendedAt", "is", null)
    .executeTakeFirst();
  if (person === undefined) throw ParleyError.of("reset-unknown", undefined);
  demandStrong(password, person);
  const hashed = await hashPassword(password);
  await db.transaction().execute(async (tx) => {
    const used = await tx
      .deleteFrom("resets")
      .where("tokenHash", "=", tokenHash)
      .where("expiresAt", ">", now())
      .executeTakeFirst();
    if (used.numDeletedRows !== 1n) throw ParleyError.of("reset-unknown", undefined);
    await addPassword(tx, person.id, hashed);
    await tx.deleteFrom("sessions").where("userId", "=", person.id).execute();
    await note(tx, { actorId: person.id, action: "reset.used" });
  });
  return person.id;
}

/** Ends what was made for somebody, within the transaction of what makes it needless. */
export async function dropReset(tx: Db, personId: string): Promise<void> {
  await tx.deleteFrom("resets").where("userId", "=", personId).execute();
}
