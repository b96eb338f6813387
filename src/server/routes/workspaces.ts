import { z } from "@hono/zod-openapi";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, LINE, ROLE, WORKSPACE } from "../http/shapes.ts";
import { personOf } from "../http/who.ts";
import { authorOf } from "./case-answers.ts";

const NAME = LINE(100);
const SUMMARY = z.object({ id: z.string(), name: z.string(), role: ROLE }).openapi("Workspace");

/** Workspaces: where a team keeps its cases. */
export function workspaceRoutes(app: TeamApp, services: Services): void {
  const { db } = services.store;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/workspaces",
      tags: ["workspaces"],
      summary: "The workspaces that you are a member of",
      access: { who: "person", scope: "cases:read" },
      responses: { 200: json(z.object({ ok: z.literal(true), workspaces: z.array(SUMMARY) }), "Workspaces") },
    },
    async (context) => {
      const who = context.get("who");
      const all = db
        .selectFrom("workspaceMembers")
        .innerJoin("workspaces", "workspaces.id", "workspaceMembers.workspaceId")
        .select(["workspaces.id", "workspaces.name", "workspaceMembers.role"])
        .where("workspaceMembers.userId", "=", personOf(who)?.id ?? "")
        .orderBy("workspaces.name");
      const only = who.kind === "token" ? who.workspaceId : undefined;
      const rows = await (only === undefined ? all : all.where("workspaces.id", "=", only)).execute();
      return context.json({ ok: true as const, workspaces: rows }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/workspaces",
      tags: ["workspaces"],
      summary: "Make a workspace; you are its owner",
      access: { who: "keeper" },
      request: body(z.strictObject({ name: NAME })),
      responses: { 201: json(z.object({ ok: z.literal(true), workspace: SUMMARY }), "Made") },
    },
    async (context) => {
      const { name } = context.req.valid("json");
      const workspace = await makeWorkspace(db, name, authorOf(context.get("who")).id);
      return context.json({ ok: true as const, workspace: { ...workspace, role: "owner" as const } }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "patch",
      path: "/api/workspaces/{workspace}",
      tags: ["workspaces"],
      summary: "Give a workspace another name",
      access: { who: "workspace", role: "owner" },
      request: { params: WORKSPACE, ...body(z.strictObject({ name: NAME })) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { workspace: workspaceId } = context.req.valid("param");
      await db.transaction().execute(async (tx) => {
        const { name } = context.req.valid("json");
        await tx.updateTable("workspaces").set({ name }).where("id", "=", workspaceId).execute();
        await note(tx, { actorId: authorOf(context.get("who")).id, action: "workspace.renamed", workspaceId });
      });
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/workspaces/{workspace}",
      tags: ["workspaces"],
      summary: "Delete a workspace with all its cases, for good",
      access: { who: "workspace", role: "owner" },
      request: { params: WORKSPACE },
      responses: { 200: json(DONE, "Deleted") },
    },
    async (context) => {
      const { workspace: workspaceId } = context.req.valid("param");
      const cases = await db.selectFrom("cases").select("id").where("workspaceId", "=", workspaceId).execute();
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom("workspaces").where("id", "=", workspaceId).execute();
        await note(tx, { actorId: authorOf(context.get("who")).id, action: "workspace.deleted", workspaceId });
      });
      for (const { id } of cases) services.changes.tell(id, { kind: "gone" });
      return context.json({ ok: true as const }, 200);
    },
  );
}

/** Makes a workspace and its first owner. */
export async function makeWorkspace(db: Services["store"]["db"], name: string, ownerId: string) {
  const id = newId();
  await db.transaction().execute(async (tx) => {
    await tx.insertInto("workspaces").values({ id, name, createdBy: ownerId }).execute();
    await tx.insertInto("workspaceMembers").values({ workspaceId: id, userId: ownerId, role: "owner" }).execute();
    await note(tx, { actorId: ownerId, action: "workspace.made", workspaceId: id });
  });
  return { id, name };
}
