import { z } from "@hono/zod-openapi";
import { ParleyError } from "../../core/problems/index.ts";
import { type Role, reaches, roleOnCase } from "../access/roles.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { CASE, DONE, ID, ROLE } from "../http/shapes.ts";
import { giveCaseRole, takeCaseRole } from "../people/members.ts";
import { authorOf } from "./case-answers.ts";

const MEMBER = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }),
    role: ROLE.openapi({ description: "the greater of both, as it counts" }),
    own: ROLE.nullable().openapi({ description: "on this case" }),
    workspace: ROLE.nullable().openapi({ description: "in its workspace" }),
    email: z.string().nullable().openapi({ description: "told to the case's owners alone" }),
  })
  .openapi("CaseMember");

/** Who may do what with a case: by a role of their own on it, and by their role in its workspace. */
export function caseMemberRoutes(app: TeamApp, services: Services): void {
  const { store, changes } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/members",
      tags: ["members"],
      summary: "Everybody who may read a case, with their roles",
      access: { who: "case", role: "reader" },
      request: { params: CASE },
      responses: { 200: json(z.object({ ok: z.literal(true), members: z.array(MEMBER) }), "Members") },
    },
    async (context) => {
      const isOwner = reaches(context.get("role"), "owner");
      const members = (await membersOf(store.db, context.get("case"))).map((each) =>
        isOwner ? each : { ...each, email: null },
      );
      return context.json({ ok: true as const, members }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "put",
      path: "/api/cases/{case}/members/{person}",
      tags: ["members"],
      summary:
        "Give somebody a role of their own on a case: a member of the workspace, or an account by e-mail address",
      access: { who: "case", role: "owner" },
      request: {
        params: z.object({
          case: ID,
          person: z.string().min(1).max(320).openapi({ description: "an id, or an e-mail address" }),
        }),
        ...body(z.strictObject({ role: ROLE })),
      },
      responses: { 200: json(z.object({ ok: z.literal(true), person: z.string() }), "Done") },
    },
    async (context) => {
      const row = context.get("case");
      const { role } = context.req.valid("json");
      const actor = authorOf(context.get("who")).id;
      const person = await giveCaseRole(store.db, row, context.req.valid("param").person, role, actor);
      changes.tell(row.id, { kind: "access" });
      return context.json({ ok: true as const, person }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}/members/{person}",
      tags: ["members"],
      summary: "Take somebody's own role on a case away (as an owner), or give yours up (yourself)",
      access: { who: "case", role: "reader" },
      request: { params: z.object({ case: ID, person: ID }) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const row = context.get("case");
      const { person } = context.req.valid("param");
      const actor = authorOf(context.get("who")).id;
      if (person !== actor && !reaches(context.get("role"), "owner")) {
        throw ParleyError.of("role-needed", { role: "owner", what: "case" });
      }
      await takeCaseRole(store.db, row, person, actor);
      changes.tell(row.id, { kind: "access" });
      return context.json({ ok: true as const }, 200);
    },
  );
}

async function membersOf(db: Db, { id, workspaceId, restricted }: CaseRow) {
  const rows = await db
    .selectFrom("users")
    .leftJoin("caseMembers as own", (join) => join.onRef("own.userId", "=", "users.id").on("own.caseId", "=", id))
    .leftJoin("workspaceMembers as inside", (join) =>
      join.onRef("inside.userId", "=", "users.id").on("inside.workspaceId", "=", workspaceId),
    )
    .select(["users.id", "users.name", "users.email", "own.role as ownRole", "inside.role as workspaceRole"])
    .where((where) => where.or([where("own.role", "is not", null), where("inside.role", "is not", null)]))
    .orderBy("users.name")
    .orderBy("users.id")
    .execute();
  return rows.flatMap(({ id: person, name, email, ownRole, workspaceRole }) => {
    const role: Role | undefined = roleOnCase(ownRole ?? undefined, workspaceRole ?? undefined, restricted);
    if (role === undefined) return [];
    return [{ person: { id: person, name }, role, own: ownRole, workspace: workspaceRole, email }];
  });
}
