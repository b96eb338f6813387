import { ParleyError } from "../../core/problems/index.ts";
import { type Role, reaches } from "../access/roles.ts";
import { revokeAllBy } from "../accounts/invitations.ts";
import { note } from "../audit/log.ts";
import { holdCase } from "../cases/stay.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";

/**
 * Gives a member of a workspace another role.
 *
 * @returns the cases whose readers may have changed.
 * @throws ParleyError where there is no such member, whoever asks is no owner any more, or no owner would be left.
 */
export async function changeRole(
  db: Db,
  workspaceId: string,
  userId: string,
  role: Role,
  actorId: string,
): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    const members = await lockedMembers(tx, workspaceId);
    demandOwner(members, actorId);
    const member = members.find((each) => each.userId === userId);
    if (member === undefined) throw ParleyError.of("member-unknown", { id: userId });
    if (member.role === role) return [];
    if (role !== "owner") demandAnotherOwner(members, userId);
    await setRole(tx, workspaceId, userId, role);
    await note(tx, { actorId, action: "member.role", workspaceId, detail: { person: userId, role } });
    if (role !== "owner") await revokeAllBy(tx, userId, actorId, workspaceId);
    return casesOf(tx, workspaceId);
  });
}

/**
 * Takes a member out of a workspace, with the roles on its cases that they had of their own: an owner anybody,
 * everybody themself.
 *
 * @returns the cases whose readers may have changed.
 * @throws ParleyError where there is no such member, whoever asks may not, or no owner would be left.
 */
export async function removeMember(
  db: Db,
  workspaceId: string,
  userId: string,
  actorId: string,
): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    const members = await lockedMembers(tx, workspaceId);
    if (userId !== actorId) demandOwner(members, actorId);
    if (!members.some((each) => each.userId === userId)) throw ParleyError.of("member-unknown", { id: userId });
    demandAnotherOwner(members, userId);
    const cases = await casesOf(tx, workspaceId);
    await tx
      .deleteFrom("workspaceMembers")
      .where("workspaceId", "=", workspaceId)
      .where("userId", "=", userId)
      .execute();
    if (cases.length > 0) {
      for (const table of ["caseMembers", "presence"] as const) {
        await tx.deleteFrom(table).where("userId", "=", userId).where("caseId", "in", cases).execute();
      }
    }
    const action = userId === actorId ? "member.left" : "member.removed";
    await note(tx, { actorId, action, workspaceId, detail: { person: userId } });
    await revokeAllBy(tx, userId, actorId, workspaceId);
    return cases;
  });
}

/** A member of a workspace as roles are decided by. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly suspendedAt: Date | null;
}

/** The members of a workspace; nobody else changes them before the transaction ends. */
export async function lockedMembers(tx: Db, workspaceId: string): Promise<readonly Member[]> {
  // All changes of members take this row first: two owners cannot each take the role of the other.
  await tx.selectFrom("workspaces").select("id").where("id", "=", workspaceId).forUpdate().execute();
  return tx
    .selectFrom("workspaceMembers")
    .innerJoin("users", "users.id", "workspaceMembers.userId")
    .select(["workspaceMembers.userId", "workspaceMembers.role", "users.suspendedAt"])
    .where("workspaceMembers.workspaceId", "=", workspaceId)
    .execute();
}

/** That whoever asks is an owner still: their role may have changed since their request was let through. */
function demandOwner(members: readonly Member[], actorId: string): void {
  const role = members.find(({ userId }) => userId === actorId)?.role;
  if (!reaches(role, "owner")) throw ParleyError.of("role-needed", { role: "owner", what: "workspace" });
}

/** That somebody else who can sign in owns the workspace, where a member is an owner now. */
function demandAnotherOwner(members: readonly Member[], userId: string): void {
  const isOwner = members.some((each) => each.userId === userId && each.role === "owner");
  const others = members.filter((each) => each.userId !== userId && each.role === "owner" && each.suspendedAt === null);
  if (isOwner && others.length === 0) throw ParleyError.of("last-owner", undefined);
}

/** Writes a member's role down, within a transaction that holds the members. */
export async function setRole(tx: Db, workspaceId: string, userId: string, role: Role): Promise<void> {
  await tx
    .updateTable("workspaceMembers")
    .set({ role })
    .where("workspaceId", "=", workspaceId)
    .where("userId", "=", userId)
    .execute();
}

/** The cases of a workspace, whose readers change with its members. */
export async function casesOf(tx: Db, workspaceId: string): Promise<readonly string[]> {
  const rows = await tx.selectFrom("cases").select("id").where("workspaceId", "=", workspaceId).execute();
  return rows.map(({ id }) => id);
}

/**
 * Gives somebody a role of their own on a case.
 *
 * A case is never without an owner: the owners of its workspace own it.
 *
 * @param who - the id of an account that is a member of the workspace or the case, or the e-mail address of any.
 * @throws ParleyError where there is no such account.
 */
export async function giveCaseRole(db: Db, row: CaseRow, who: string, role: Role, actorId: string): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await holdCase(tx, row.id);
    const userId = who.includes("@") ? await accountOf(tx, who) : await knownTo(tx, row, who);
    await tx
      .insertInto("caseMembers")
      .values({ caseId: row.id, userId, role })
      .onConflict((conflict) => conflict.columns(["caseId", "userId"]).doUpdateSet({ role }))
      .execute();
    const deed = { actorId, workspaceId: row.workspaceId, caseId: row.id };
    await note(tx, { ...deed, action: "case.member", detail: { person: userId, role } });
    return userId;
  });
}

/** Takes somebody's own role on a case away; what their role in the workspace opens stays open. */
export async function takeCaseRole(db: Db, row: CaseRow, userId: string, actorId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom("caseMembers")
      .where("caseId", "=", row.id)
      .where("userId", "=", userId)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) throw ParleyError.of("member-unknown", { id: userId });
    await tx.deleteFrom("presence").where("userId", "=", userId).where("caseId", "=", row.id).execute();
    const deed = { actorId, workspaceId: row.workspaceId, caseId: row.id };
    const action = userId === actorId ? "case.member.left" : "case.member.removed";
    await note(tx, { ...deed, action, detail: { person: userId } });
  });
}

async function accountOf(tx: Db, given: string): Promise<string> {
  const email = given.trim().toLowerCase();
  const found = await tx
    .selectFrom("users")
    .select("id")
    .where((where) => where(where.fn<string>("lower", ["email"]), "=", email))
    .where("suspendedAt", "is", null)
    .executeTakeFirst();
  if (found === undefined) throw ParleyError.of("account-unknown", { email });
  return found.id;
}

async function knownTo(tx: Db, { id, workspaceId }: CaseRow, userId: string): Promise<string> {
  const inWorkspace = await tx
    .selectFrom("workspaceMembers")
    .select("userId")
    .where("workspaceId", "=", workspaceId)
    .where("userId", "=", userId)
    .executeTakeFirst();
  const onCase = await tx
    .selectFrom("caseMembers")
    .select("userId")
    .where("caseId", "=", id)
    .where("userId", "=", userId)
    .executeTakeFirst();
  if (inWorkspace === undefined && onCase === undefined) throw ParleyError.of("member-unknown", { id: userId });
  return userId;
}
