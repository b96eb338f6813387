import type { Versions } from "../cases/versions.ts";
import type { Db } from "../db/open.ts";

/**
 * Everything that a person owns or did, as data: for who asks what is held on them, or takes it elsewhere.
 *
 * Secrets (tokens, hashes of passwords, keys) are left out. Cases come with all files of their newest version where the
 * person is their workspace's only owner.
 */
export async function belongings(db: Db, versions: Versions, userId: string) {
  return {
    ...(await account(db, userId)),
    ...(await written(db, userId)),
    cases: await ownCases(db, versions, userId),
  };
}

/** Who somebody is here, and what they may do. */
async function account(db: Db, userId: string) {
  return {
    person: await db
      .selectFrom("users")
      .select(["id", "name", "email", "keeper", "createdAt"])
      .where("id", "=", userId)
      .executeTakeFirstOrThrow(),
    sessions: await db
      .selectFrom("sessions")
      .select(["createdAt", "updatedAt as usedAt", "expiresAt", "userAgent"])
      .where("userId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    passkeys: await db
      .selectFrom("passkeys")
      .select(["name", "createdAt", "deviceType", "backedUp"])
      .where("userId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    tokens: await db
      .selectFrom("apiTokens")
      .select(["name", "workspaceId as workspace", "scopes", "createdAt", "expiresAt", "lastUsedAt", "revokedAt"])
      .where("userId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    memberships: await db
      .selectFrom("workspaceMembers")
      .innerJoin("workspaces", "workspaces.id", "workspaceMembers.workspaceId")
      .select(["workspaces.id as workspace", "workspaces.name", "workspaceMembers.role"])
      .select("workspaceMembers.createdAt as since")
      .where("userId", "=", userId)
      .orderBy("workspaceMembers.createdAt")
      .execute(),
    caseRoles: await db
      .selectFrom("caseMembers")
      .select(["caseId as case", "role", "createdAt as since"])
      .where("userId", "=", userId)
      .orderBy("createdAt")
      .execute(),
  };
}

/** What somebody wrote or did, in cases of whoever. */
async function written(db: Db, userId: string) {
  return {
    comments: await db
      .selectFrom("comments")
      .select(["id", "caseId as case", "path", "body", "version", "parentId as parent", "createdAt", "editedAt"])
      .where("authorId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    versions: await db
      .selectFrom("versions")
      .select(["caseId as case", "number", "kind", "message", "createdAt"])
      .where("authorId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    assessments: await db
      .selectFrom("assessments")
      .select(["caseId as case", "version", "options", "hash", "createdAt"])
      .where("createdBy", "=", userId)
      .orderBy("createdAt")
      .execute(),
    runs: await db
      .selectFrom("runs")
      .select(["id", "caseId as case", "state", "record", "createdAt", "updatedAt"])
      .where("ownerId", "=", userId)
      .orderBy("createdAt")
      .execute(),
    invitations: await db
      .selectFrom("invitations")
      .select(["workspaceId as workspace", "email", "role", "createdAt", "expiresAt"])
      .where("createdBy", "=", userId)
      .orderBy("createdAt")
      .execute(),
    shares: await db
      .selectFrom("shares")
      .select(["caseId as case", "version", "createdAt", "expiresAt", "revokedAt"])
      .where("createdBy", "=", userId)
      .orderBy("createdAt")
      .execute(),
    audit: await db
      .selectFrom("audit")
      .select(["at", "action", "workspaceId as workspace", "caseId as case", "detail"])
      .where("actorId", "=", userId)
      .orderBy("seq")
      .execute(),
  };
}

async function ownCases(db: Db, versions: Versions, userId: string) {
  const rows = await db
    .selectFrom("cases")
    .innerJoin("workspaceMembers as own", "own.workspaceId", "cases.workspaceId")
    .selectAll("cases")
    .where("own.userId", "=", userId)
    .where("own.role", "=", "owner")
    .where("cases.deletedAt", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("workspaceMembers as other")
            .select("other.userId")
            .whereRef("other.workspaceId", "=", "cases.workspaceId")
            .where("other.userId", "!=", userId)
            .where("other.role", "=", "owner"),
        ),
      ),
    )
    .orderBy("cases.createdAt")
    .execute();
  const cases = [];
  for (const row of rows) {
    const { main, number, snapshot } = await versions.head(row);
    const files = snapshot.files.map(({ name, text }) => ({ name, text }));
    cases.push({
      id: row.id,
      workspace: row.workspaceId,
      name: row.name,
      title: row.title,
      version: number,
      main,
      files,
    });
  }
  return cases;
}
