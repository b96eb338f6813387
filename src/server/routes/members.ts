import { z } from "@hono/zod-openapi";
import { reaches } from "../access/roles.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID, ROLE, WORKSPACE } from "../http/shapes.ts";
import { changeRole, removeMember } from "../people/members.ts";
import { authorOf } from "./case-answers.ts";

const ONE = z.object({ workspace: ID, person: ID });

const MEMBER = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }),
    role: ROLE,
    email: z.string().nullable().openapi({ description: "told to owners alone" }),
    suspended: z.boolean(),
    since: z.string(),
  })
  .openapi("Member");

/** Who is in a workspace. They come by invitation. */
export function memberRoutes(app: TeamApp, services: Services): void {
  const { store, changes } = services;
  const { db } = store;
  const tell = (cases: readonly string[]): void => {
    for (const id of cases) changes.tell(id, { kind: "access" });
  };

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/workspaces/{workspace}/members",
      tags: ["members"],
      summary: "The members of a workspace",
      access: { who: "workspace", role: "reader" },
      request: { params: WORKSPACE },
      responses: { 200: json(z.object({ ok: z.literal(true), members: z.array(MEMBER) }), "Members") },
    },
    async (context) => {
      const rows = await db
        .selectFrom("workspaceMembers")
        .innerJoin("users", "users.id", "workspaceMembers.userId")
        .select(["users.id", "users.name", "users.email", "users.suspendedAt"])
        .select(["workspaceMembers.role", "workspaceMembers.createdAt"])
        .where("workspaceId", "=", context.req.valid("param").workspace)
        .orderBy("users.name")
        .orderBy("users.id")
        .execute();
      const isOwner = reaches(context.get("role"), "owner");
      const members = rows.map(({ id, name, email, role, suspendedAt, createdAt }) => ({
        person: { id, name },
        role,
        email: isOwner ? email : null,
        suspended: suspendedAt !== null,
        since: createdAt.toISOString(),
      }));
      return context.json({ ok: true as const, members }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "put",
      path: "/api/workspaces/{workspace}/members/{person}",
      tags: ["members"],
      summary: "Give a member another role; a workspace keeps an owner",
      access: { who: "workspace", role: "owner" },
      request: { params: ONE, ...body(z.strictObject({ role: ROLE })) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { workspace, person } = context.req.valid("param");
      const { role } = context.req.valid("json");
      tell(await changeRole(db, workspace, person, role, authorOf(context.get("who")).id));
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/workspaces/{workspace}/members/{person}",
      tags: ["members"],
      summary: "Take a member out (as an owner), or leave (yourself); a workspace keeps an owner",
      access: { who: "workspace", role: "reader" },
      request: { params: ONE },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { workspace, person } = context.req.valid("param");
      tell(await removeMember(db, workspace, person, authorOf(context.get("who")).id));
      return context.json({ ok: true as const }, 200);
    },
  );
}
