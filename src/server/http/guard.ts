import type { MiddlewareHandler } from "hono";
import { ParleyError, type ProblemArguments, type ProblemCode } from "../../core/problems/index.ts";
import { type Role, reaches, roleOnCase } from "../access/roles.ts";
import type { Access } from "../access/scopes.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";
import type { Env } from "./route.ts";
import type { Services } from "./services.ts";
import type { Who } from "./who.ts";

/**
 * Lets a request through to its route where its maker may call it.
 *
 * Whoever may not even read a case or workspace hears that there is none (404); whoever may read it but not do this
 * hears so (403).
 */
export function guard({ store: { db } }: Pick<Services, "store">, access: Access): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (access.who === "public") return next();
    const who = context.get("who");
    if (who.kind === "nobody") throw ParleyError.of("sign-in-needed", undefined);
    if (access.who === "bearer") {
      if (who.kind !== "token") throw ParleyError.of("token-unknown", undefined);
      return next();
    }
    if (who.kind === "token") {
      if (access.scope === undefined) throw ParleyError.of("token-refused", undefined);
      if (!who.scopes.includes(access.scope)) throw ParleyError.of("token-scope", { scope: access.scope });
    }
    if (access.who === "keeper" && !who.person.keeper) throw ParleyError.of("keeper-needed", undefined);
    if (access.who === "workspace") {
      const id = context.req.param("workspace") ?? "";
      const role = await roleInWorkspace(db, who, id);
      demand(role, access.role, "workspace", "workspace-unknown", { id });
      context.set("role", role);
    }
    if (access.who === "case") {
      const id = context.req.param("case") ?? "";
      const found = await caseFor(db, who, id);
      demand(found?.role, access.role, "case", "case-unknown", { id });
      if (found === undefined) return;
      context.set("case", found.row);
      context.set("role", found.role);
    }
    return next();
  };
}

function demand<C extends ProblemCode>(
  role: Role | undefined,
  needed: Role,
  what: string,
  unknown: C,
  facts: ProblemArguments<C>,
): asserts role is Role {
  if (role === undefined) throw ParleyError.of(unknown, facts as never);
  if (!reaches(role, needed)) throw ParleyError.of("role-needed", { role: needed, what });
}

/** The role that somebody has in a workspace; undefined where they have none. */
export async function roleInWorkspace(db: Db, who: Who, id: string): Promise<Role | undefined> {
  if (who.kind === "nobody" || !isOpenTo(who, id)) return undefined;
  const row = await db
    .selectFrom("workspaceMembers")
    .select("role")
    .where("workspaceId", "=", id)
    .where("userId", "=", who.person.id)
    .executeTakeFirst();
  return row?.role;
}

/** A case that is there, and the role that somebody has on it; undefined where they have none. */
export async function caseFor(
  db: Db,
  who: Who,
  id: string,
): Promise<{ readonly row: CaseRow; readonly role: Role } | undefined> {
  if (who.kind === "nobody") return undefined;
  const found = await casesOf(db, who.person.id).where("cases.id", "=", id).executeTakeFirst();
  if (found === undefined || !isOpenTo(who, found.workspaceId)) return undefined;
  const { ownRole, workspaceRole, ...row } = found;
  const role = roleOnCase(ownRole ?? undefined, workspaceRole ?? undefined, row.restricted);
  return role === undefined ? undefined : { row, role };
}

/** The cases that somebody may read, with their role on each, newest change first. */
export async function readableCases(
  db: Db,
  who: Who,
  workspaceId?: string,
): Promise<readonly { readonly row: CaseRow; readonly role: Role }[]> {
  if (who.kind === "nobody") return [];
  const all = casesOf(db, who.person.id).orderBy("cases.updatedAt", "desc").orderBy("cases.id");
  const found = await (workspaceId === undefined ? all : all.where("cases.workspaceId", "=", workspaceId)).execute();
  return found.flatMap(({ ownRole, workspaceRole, ...row }) => {
    const role = roleOnCase(ownRole ?? undefined, workspaceRole ?? undefined, row.restricted);
    return role === undefined || !isOpenTo(who, row.workspaceId) ? [] : [{ row, role }];
  });
}

function casesOf(db: Db, userId: string) {
  return db
    .selectFrom("cases")
    .leftJoin("workspaceMembers as inWorkspace", (join) =>
      join.onRef("inWorkspace.workspaceId", "=", "cases.workspaceId").on("inWorkspace.userId", "=", userId),
    )
    .leftJoin("caseMembers as own", (join) => join.onRef("own.caseId", "=", "cases.id").on("own.userId", "=", userId))
    .selectAll("cases")
    .select(["own.role as ownRole", "inWorkspace.role as workspaceRole"])
    .where("cases.deletedAt", "is", null)
    .where((where) => where.or([where("own.role", "is not", null), where("inWorkspace.role", "is not", null)]));
}

/** Whether a token for one workspace reaches another. */
function isOpenTo(who: Exclude<Who, { kind: "nobody" }>, workspaceId: string): boolean {
  return who.kind === "person" || who.workspaceId === undefined || who.workspaceId === workspaceId;
}
