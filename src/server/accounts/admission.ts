import { isControl, ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import { accept, invitationById, invitationsFor, type OpenInvitation } from "./invitations.ts";
import { addPerson, plainEmail } from "./people.ts";

/** By what rule an identity provider's people are let in. */
export interface Admission {
  readonly db: Db;
  /** The provider's name in the table of accounts. */
  readonly provider: string;
  /** Whether people without an invitation get an account, with no workspace. */
  readonly open: boolean;
  readonly now: () => Date;
}

/** What the provider says of somebody. */
export interface Claims {
  /** Who they are there, for good. */
  readonly subject: string;
  readonly email: string | undefined;
  /** Whether the provider has verified that the e-mail address is theirs. */
  readonly isVerified: boolean;
  readonly name: string | undefined;
}

/**
 * Finds or makes the account of somebody whom an identity provider vouches for, and ties it to them there.
 *
 * Whoever signed in by it before is known by the subject. Else the provider has to have verified their e-mail address;
 * then an account with it is theirs if somebody else said so too (an invitation that named it, the set-up, a provider):
 * one whose own person just wrote that address is not, so that nobody lays out an account for another to walk into.
 * Else an invitation makes one: the one that they hold, and any that names the address.
 *
 * @throws ParleyError where they are not let in.
 */
export async function admit(
  { db, provider, open, now }: Admission,
  { subject, email, isVerified, name }: Claims,
  held: string | undefined,
): Promise<{ readonly email: string; readonly name: string }> {
  if (subject === "") throw ParleyError.of("oidc-failed", undefined);
  const known = await db
    .selectFrom("accounts")
    .innerJoin("users", "users.id", "accounts.userId")
    .select(["users.id", "users.email", "users.name", "users.suspendedAt"])
    .where("providerId", "=", provider)
    .where("accountId", "=", subject)
    .executeTakeFirst();
  if (known === undefined && (email === undefined || !isVerified)) throw ParleyError.of("oidc-email", undefined);
  if (known?.suspendedAt != null) throw ParleyError.of("person-suspended", undefined);
  // The address that an account gave to itself opens no invitation that names it: what the provider verified does.
  const verified = isVerified && email !== undefined ? plainEmail(email) : undefined;
  return db.transaction().execute(async (tx) => {
    const invitations = await invitationsOf(tx, verified, held, now());
    const person = known ?? (await tied(tx, { address: verified ?? "", name, provider, subject, open }, invitations));
    for (const invitation of invitations) await accept(tx, invitation, { id: person.id, email: verified }, now());
    return { email: person.email, name: person.name };
  });
}

/** A name as a provider tells it, without what a line cannot hold; empty where nothing of it shows. */
function plainName(name = ""): string {
  const plain = [...name.toWellFormed()].filter((character) => !isControl(character.codePointAt(0) ?? 0));
  const cut = plain.slice(0, 100).join("").trim();
  return /[^\p{C}\p{Z}\p{M}]/u.test(cut) ? cut : "";
}

interface Newcomer {
  readonly address: string;
  readonly name: string | undefined;
  readonly provider: string;
  readonly subject: string;
  readonly open: boolean;
}

/** The account that somebody's address leads to, or a new one, tied to them at the provider. */
async function tied(
  tx: Db,
  { address, name, provider, subject, open }: Newcomer,
  invitations: readonly OpenInvitation[],
): Promise<{ readonly id: string; readonly email: string; readonly name: string }> {
  const found = await tx
    .selectFrom("users")
    .select(["id", "email", "name", "emailVerified", "suspendedAt"])
    .where("email", "=", address)
    .executeTakeFirst();
  if (found !== undefined && !found.emailVerified) throw ParleyError.of("oidc-unvouched", undefined);
  if (found?.suspendedAt != null) throw ParleyError.of("person-suspended", undefined);
  if (found === undefined && invitations.length === 0 && !open) throw ParleyError.of("oidc-uninvited", undefined);
  const called = plainName(name) || address.split("@")[0] || address;
  const id = found?.id ?? (await addPerson(tx, { name: called, email: address, vouched: true }));
  await tx
    .insertInto("accounts")
    .values({ id: newId(), userId: id, accountId: subject, providerId: provider })
    .execute();
  await note(tx, { actorId: id, action: "account.tied", detail: { provider } });
  return { id, email: address, name: found?.name ?? called };
}

/** The open invitations that somebody comes with: the one that they hold, and those that name their address. */
async function invitationsOf(tx: Db, address: string | undefined, held: string | undefined, now: Date) {
  const named = address === undefined ? [] : await invitationsFor(tx, address, now);
  const one = held === undefined ? undefined : await invitationById(tx, held, now);
  const isUsable = one !== undefined && (one.email === null || one.email === address);
  return isUsable && !named.some(({ id }) => id === one.id) ? [...named, one] : named;
}
