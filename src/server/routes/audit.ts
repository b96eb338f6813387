import { z } from "@hono/zod-openapi";
import { ACTIONS } from "../audit/actions.ts";
import { brokenAt } from "../audit/log.ts";
import type { Db } from "../db/open.ts";
import { json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, WORKSPACE } from "../http/shapes.ts";

const ENTRY = z
  .object({
    seq: z.string(),
    at: z.string(),
    actor: AUTHOR.openapi({ description: "null for the server itself; without a name where the account is gone" }),
    action: z.enum(ACTIONS).openapi("Action"),
    workspace: z.string().nullable(),
    case: z.string().nullable(),
    detail: z.record(z.string(), z.any()),
  })
  .openapi("AuditEntry");

const PAGE = z.object({
  before: z.string().max(18).regex(/^\d+$/, "expected the number of an entry").optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

/** The log of who did what, newest first: of a workspace to its owners, of everything to who looks after the server. */
export function auditRoutes(app: TeamApp, services: Services): void {
  const { db } = services.store;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/workspaces/{workspace}/audit",
      tags: ["audit"],
      summary: "Who did what in a workspace, newest first",
      access: { who: "workspace", role: "owner" },
      request: { params: WORKSPACE, query: PAGE },
      responses: { 200: json(z.object({ ok: z.literal(true), entries: z.array(ENTRY) }), "Entries") },
    },
    async (context) => {
      const { workspace } = context.req.valid("param");
      const entries = await entriesOf(db, context.req.valid("query"), workspace);
      return context.json({ ok: true as const, entries }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/audit",
      tags: ["audit"],
      summary: "Who did what on the server, newest first; without `before` also whether the log is whole",
      access: { who: "keeper" },
      request: { query: PAGE },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            entries: z.array(ENTRY),
            whole: z
              .boolean()
              .nullable()
              .openapi({ description: "whether each entry follows from the one before; null where not looked at" }),
            brokenAt: z.string().nullable().openapi({ description: "the first entry that does not" }),
          }),
          "Entries",
        ),
      },
    },
    async (context) => {
      const page = context.req.valid("query");
      const entries = await entriesOf(db, page);
      if (page.before !== undefined)
        return context.json({ ok: true as const, entries, whole: null, brokenAt: null }, 200);
      const broken = await brokenAt(db);
      const found = { whole: broken === undefined, brokenAt: broken ?? null };
      return context.json({ ok: true as const, entries, ...found }, 200);
    },
  );
}

async function entriesOf(db: Db, { before, limit = 100 }: z.output<typeof PAGE>, workspaceId?: string) {
  let all = db
    .selectFrom("audit")
    .leftJoin("users", "users.id", "audit.actorId")
    .selectAll("audit")
    .select("users.name as actorName")
    .orderBy("seq", "desc")
    .limit(limit);
  if (workspaceId !== undefined) all = all.where("workspaceId", "=", workspaceId);
  if (before !== undefined) all = all.where("seq", "<", before);
  const rows = await all.execute();
  return rows.map(({ seq, at, actorId, actorName, action, workspaceId: workspace, caseId, detail }) => ({
    seq,
    at: at.toISOString(),
    actor: actorId === null ? null : { id: actorId, name: actorName ?? "" },
    action,
    workspace,
    case: caseId,
    detail: { ...detail },
  }));
}
