import { ParleyError } from "../../core/problems/index.ts";
import { greater, type Role, reaches } from "../access/roles.ts";
import { note } from "../audit/log.ts";
import { newId, newSecret, secretHash } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import { plainEmail } from "./people.ts";

/** What an invitation offers. */
export interface Offer {
  readonly email: string | undefined;
  readonly role: Role;
  readonly days: number;
}

/** An invitation as who may use it sees it. */
export interface OpenInvitation {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly role: Role;
  readonly email: string | null;
}

const DAY = 24 * 3600_000;

/** Makes an invitation; its secret is told this once, and only its hash is kept. */
export async function invite(db: Db, workspaceId: string, { email, role, days }: Offer, by: string, now: Date) {
  const token = newSecret();
  const invitation = await db.transaction().execute(async (tx) => {
    await demandStillOwner(tx, workspaceId, by);
    const row = await tx
      .insertInto("invitations")
      .values({
        id: newId(),
        workspaceId,
        email: email === undefined ? null : plainEmail(email),
        role,
        tokenHash: secretHash(token),
        createdBy: by,
        createdAt: now,
        expiresAt: new Date(now.getTime() + days * DAY),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { invitation: row.id, role, named: email !== undefined };
    await note(tx, { actorId: by, action: "invitation.made", workspaceId, detail });
    return row;
  });
  return { invitation, token };
}

/**
 * That whoever invites is an owner still, and stays one until the transaction ends: else their invitation would come
 * after all of theirs were taken back.
 */
async function demandStillOwner(tx: Db, workspaceId: string, userId: string): Promise<void> {
  const member = await tx
    .selectFrom("workspaceMembers")
    .select("role")
    .where("workspaceId", "=", workspaceId)
    .where("userId", "=", userId)
    .forShare()
    .executeTakeFirst();
  if (!reaches(member?.role, "owner")) throw ParleyError.of("role-needed", { role: "owner", what: "workspace" });
}

/** Takes an open invitation of a workspace back. */
export async function revoke(db: Db, workspaceId: string, id: string, by: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable("invitations")
      .set({ revokedAt: now })
      .where("id", "=", id)
      .where("workspaceId", "=", workspaceId)
      .where("acceptedAt", "is", null)
      .where("revokedAt", "is", null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows !== 1n) throw ParleyError.of("invitation-unknown", undefined);
    await note(tx, { actorId: by, action: "invitation.revoked", workspaceId, detail: { invitation: id } });
  });
}

/**
 * Takes back, within a transaction, the open invitations that somebody made: who may invite no more must not come back,
 * or let others in, by a link from before.
 *
 * @param workspaceId - those to one workspace; all of theirs unless given.
 */
export async function revokeAllBy(tx: Db, by: string, actorId: string, workspaceId?: string): Promise<void> {
  const open = tx
    .updateTable("invitations")
    .set({ revokedAt: new Date() })
    .where("createdBy", "=", by)
    .where("acceptedAt", "is", null)
    .where("revokedAt", "is", null);
  const revoked = await (workspaceId === undefined ? open : open.where("workspaceId", "=", workspaceId))
    .returning(["id", "workspaceId"])
    .execute();
  for (const row of revoked) {
    const detail = { invitation: row.id };
    await note(tx, { actorId, action: "invitation.revoked", workspaceId: row.workspaceId, detail });
  }
}

/**
 * The invitation that a secret opens.
 *
 * @throws ParleyError where there is none, or it was used, revoked or has expired; which of them is not said.
 */
export async function openInvitation(db: Db, token: string, now: Date): Promise<OpenInvitation> {
  const found = await openOnes(db, now).where("tokenHash", "=", secretHash(token)).executeTakeFirst();
  if (found === undefined) throw ParleyError.of("invitation-unknown", undefined);
  return found;
}

/** An open invitation by its id; undefined where it is open no more. */
export function invitationById(db: Db, id: string, now: Date): Promise<OpenInvitation | undefined> {
  return openOnes(db, now).where("invitations.id", "=", id).executeTakeFirst();
}

/** The open invitations that name an e-mail address. */
export function invitationsFor(db: Db, email: string, now: Date): Promise<readonly OpenInvitation[]> {
  return openOnes(db, now).where("invitations.email", "=", plainEmail(email)).orderBy("invitations.id").execute();
}

function openOnes(db: Db, now: Date) {
  return db
    .selectFrom("invitations")
    .innerJoin("workspaces", "workspaces.id", "invitations.workspaceId")
    .select([
      "invitations.id",
      "invitations.workspaceId",
      "workspaces.name as workspaceName",
      "invitations.role",
      "invitations.email",
    ])
    .where("acceptedAt", "is", null)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now);
}

/**
 * Makes somebody a member by an invitation, within a transaction; of many who use one, one does.
 *
 * Whoever is a member already keeps the greater of the two roles.
 *
 * @throws ParleyError where it names another e-mail address or was used meanwhile; the transaction is to be given up.
 */
export async function accept(
  tx: Db,
  { id, workspaceId, role, email: named }: OpenInvitation,
  person: { readonly id: string; readonly email: string | undefined },
  now: Date,
): Promise<void> {
  if (named !== null && named !== plainEmail(person.email ?? "")) throw ParleyError.of("invitation-other", undefined);
  const taken = await tx
    .updateTable("invitations")
    .set({ acceptedAt: now, acceptedBy: person.id })
    .where("id", "=", id)
    .where("acceptedAt", "is", null)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .executeTakeFirst();
  if (taken.numUpdatedRows !== 1n) throw ParleyError.of("invitation-unknown", undefined);
  const member = await tx
    .selectFrom("workspaceMembers")
    .select("role")
    .where("workspaceId", "=", workspaceId)
    .where("userId", "=", person.id)
    .forUpdate()
    .executeTakeFirst();
  const reached = greater(member?.role, role) ?? role;
  await tx
    .insertInto("workspaceMembers")
    .values({ workspaceId, userId: person.id, role: reached })
    .onConflict((conflict) => conflict.columns(["workspaceId", "userId"]).doUpdateSet({ role: reached }))
    .execute();
  const detail = { invitation: id, role: reached };
  await note(tx, { actorId: person.id, action: "invitation.accepted", workspaceId, detail });
}
