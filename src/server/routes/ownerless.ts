import { z } from "@hono/zod-openapi";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID, ROLE, WORKSPACE } from "../http/shapes.ts";
import { appointOwner, ownerlessWorkspaces } from "../people/ownerless.ts";
import { authorOf } from "./case-answers.ts";

const OWNERLESS = z
  .object({
    id: z.string(),
    name: z.string(),
    members: z.array(z.object({ id: z.string(), name: z.string(), role: ROLE })),
  })
  .openapi("OwnerlessWorkspace");

/** Workspaces whose owners are all suspended: who looks after the server makes one of their members the owner. */
export function ownerlessRoutes(app: TeamApp, services: Services): void {
  const {
    changes,
    store: { db },
  } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/ownerless",
      tags: ["people"],
      summary: "Workspaces whose owners are all suspended, with the members who could be",
      access: { who: "keeper" },
      responses: {
        200: json(z.object({ ok: z.literal(true), workspaces: z.array(OWNERLESS) }), "Workspaces"),
      },
    },
    async (context) => {
      const workspaces = (await ownerlessWorkspaces(db)).map((each) => ({ ...each, members: [...each.members] }));
      return context.json({ ok: true as const, workspaces }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "put",
      path: "/api/ownerless/{workspace}",
      tags: ["people"],
      summary: "Make a member the owner of a workspace whose owners are all suspended",
      access: { who: "keeper" },
      request: { params: WORKSPACE, ...body(z.strictObject({ person: ID })) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { workspace } = context.req.valid("param");
      const { person } = context.req.valid("json");
      const actorId = authorOf(context.get("who")).id;
      for (const id of await appointOwner(db, workspace, person, actorId)) changes.tell(id, { kind: "access" });
      return context.json({ ok: true as const }, 200);
    },
  );
}
