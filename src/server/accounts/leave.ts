import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../http/who.ts";
import { revokeAllBy } from "./invitations.ts";
import { demandAnotherKeeper, holdKeepers } from "./keepers.ts";

/**
 * Deletes an account with everything that is somebody's alone, for good.
 *
 * Workspaces whose only member they are go with them. What they wrote where others are stays without an author. The
 * audit log keeps their id, which says nothing any more; no other row holds it, their name or their e-mail address.
 *
 * @returns the cases that went.
 * @throws ParleyError where they are the last owner of a workspace with other members, or the last keeper of a server
 *   with other people; nothing is deleted then.
 */
export function leave(db: Db, { id, email }: Person): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    await holdKeepers(tx);
    const others = await tx.selectFrom("users").select("id").where("id", "!=", id).limit(1).execute();
    if (others.length > 0) await demandAnotherKeeper(tx, id);
    const alone = await workspacesAlone(tx, id);
    const cases =
      alone.length === 0 ? [] : await tx.selectFrom("cases").select("id").where("workspaceId", "in", alone).execute();
    for (const workspaceId of alone) {
      await tx.deleteFrom("workspaces").where("id", "=", workspaceId).execute();
      await note(tx, { actorId: id, action: "workspace.deleted", workspaceId });
    }
    await tx.deleteFrom("invitations").where("email", "=", email).where("acceptedAt", "is", null).execute();
    await revokeAllBy(tx, id, id);
    await tx
      .updateTable("invitations")
      .set({ email: null })
      .where((where) => where.or([where("email", "=", email), where("acceptedBy", "=", id)]))
      .execute();
    await note(tx, { actorId: id, action: "account.deleted" });
    await tx.deleteFrom("users").where("id", "=", id).execute();
    return cases.map((row) => row.id);
  });
}

/** The workspaces whose only member somebody is; refuses where they are the last owner among others. */
async function workspacesAlone(tx: Db, userId: string): Promise<readonly string[]> {
  const owned = await tx
    .selectFrom("workspaces")
    .innerJoin("workspaceMembers", "workspaceMembers.workspaceId", "workspaces.id")
    .select(["workspaces.id", "workspaces.name"])
    .where("workspaceMembers.userId", "=", userId)
    .orderBy("workspaces.name")
    .forUpdate()
    .execute();
  const alone: string[] = [];
  const left: string[] = [];
  for (const { id, name } of owned) {
    const members = await tx
      .selectFrom("workspaceMembers")
      .innerJoin("users", "users.id", "workspaceMembers.userId")
      .select(["userId", "role", "suspendedAt"])
      .where("workspaceId", "=", id)
      .execute();
    const isOwner = members.some((member) => member.userId === userId && member.role === "owner");
    // An owner who is suspended is none who could look after it.
    const others = members.filter((member) => member.userId !== userId && member.suspendedAt === null);
    const isLast = isOwner && !others.some(({ role }) => role === "owner");
    if (members.length === 1) alone.push(id);
    else if (isLast) left.push(name);
  }
  if (left.length > 0) throw ParleyError.of("workspace-left", { names: left.join(", ") });
  return alone;
}
