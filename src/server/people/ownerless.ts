import { ParleyError } from "../../core/problems/index.ts";
import type { Role } from "../access/roles.ts";
import { note } from "../audit/log.ts";
import type { Db } from "../db/open.ts";
import { casesOf, lockedMembers, setRole } from "./members.ts";

/** A workspace that nobody looks after, with its members who can sign in. */
export interface Ownerless {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly name: string; readonly role: Role }[];
}

/**
 * The workspaces whose owners are all suspended and that other members work in, by name.
 *
 * One of whom nobody else is a member waits until its person is let in again.
 */
export async function ownerlessWorkspaces(db: Db): Promise<readonly Ownerless[]> {
  const rows = await db
    .selectFrom("workspaces")
    .innerJoin("workspaceMembers", "workspaceMembers.workspaceId", "workspaces.id")
    .innerJoin("users", "users.id", "workspaceMembers.userId")
    .select(["workspaces.id", "workspaces.name", "users.id as userId", "users.name as userName"])
    .select("workspaceMembers.role")
    .where("users.suspendedAt", "is", null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("workspaceMembers as owners")
            .innerJoin("users as ownerUsers", "ownerUsers.id", "owners.userId")
            .select("owners.userId")
            .whereRef("owners.workspaceId", "=", "workspaces.id")
            .where("owners.role", "=", "owner")
            .where("ownerUsers.suspendedAt", "is", null),
        ),
      ),
    )
    .orderBy("workspaces.name")
    .orderBy("workspaces.id")
    .orderBy("users.name")
    .orderBy("users.id")
    .execute();
  const found = new Map<string, { id: string; name: string; members: { id: string; name: string; role: Role }[] }>();
  for (const { id, name, userId, userName, role } of rows) {
    const workspace = found.get(id) ?? { id, name, members: [] };
    found.set(id, workspace);
    workspace.members.push({ id: userId, name: userName, role });
  }
  return [...found.values()];
}

/**
 * Makes a member the owner of a workspace that has none who can sign in.
 *
 * @returns the cases whose readers may have changed.
 * @throws ParleyError where there is no such workspace or member, they are suspended, or somebody owns it.
 */
export async function appointOwner(
  db: Db,
  workspaceId: string,
  userId: string,
  actorId: string,
): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    const members = await lockedMembers(tx, workspaceId);
    if (members.length === 0) throw ParleyError.of("workspace-unknown", { id: workspaceId });
    const active = members.filter(({ suspendedAt }) => suspendedAt === null);
    if (active.some(({ role }) => role === "owner")) throw ParleyError.of("workspace-owned", undefined);
    if (!active.some((member) => member.userId === userId)) throw ParleyError.of("member-unknown", { id: userId });
    await setRole(tx, workspaceId, userId, "owner");
    await note(tx, { actorId, action: "member.appointed", workspaceId, detail: { person: userId } });
    return casesOf(tx, workspaceId);
  });
}
