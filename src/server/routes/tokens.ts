import { z } from "@hono/zod-openapi";
import type { Selectable } from "kysely";
import { ParleyError } from "../../core/problems/index.ts";
import { SCOPE_NAMES, type Scope } from "../access/scopes.ts";
import type { ApiTokens } from "../db/tables.ts";
import { roleInWorkspace } from "../http/guard.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID, LINE } from "../http/shapes.ts";
import { makeToken, revokeToken } from "../people/tokens.ts";
import { authorOf } from "./case-answers.ts";

const SCOPE = z.enum(SCOPE_NAMES as [Scope, ...Scope[]]).openapi("Scope");

const TOKEN = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(SCOPE),
    workspace: z.string().nullable().openapi({ description: "the one that it is good for; null for all" }),
    madeAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable().openapi({ description: "to the minute" }),
    expired: z.boolean(),
  })
  .openapi("Token");

/** API tokens of whoever signed in. No token may see, make or revoke tokens. */
export function tokenRoutes(app: TeamApp, services: Services): void {
  const { store, now } = services;
  const { db } = store;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/me/tokens",
      tags: ["tokens"],
      summary: "Your API tokens that were not revoked, newest first",
      access: { who: "person" },
      responses: { 200: json(z.object({ ok: z.literal(true), tokens: z.array(TOKEN) }), "Tokens") },
    },
    async (context) => {
      const rows = await db
        .selectFrom("apiTokens")
        .selectAll()
        .where("userId", "=", authorOf(context.get("who")).id)
        .where("revokedAt", "is", null)
        .orderBy("createdAt", "desc")
        .orderBy("id")
        .execute();
      return context.json({ ok: true as const, tokens: rows.map((row) => shown(row, now())) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/me/tokens",
      tags: ["tokens"],
      summary: "Make an API token; its secret is shown this once",
      access: { who: "person" },
      request: body(
        z.strictObject({
          name: LINE(100),
          scopes: z.array(SCOPE).min(1).max(SCOPE_NAMES.length),
          days: z.int().min(1).max(365),
          workspace: ID.optional(),
        }),
      ),
      responses: { 201: json(z.object({ ok: z.literal(true), token: TOKEN, secret: z.string() }), "Made") },
    },
    async (context) => {
      const { workspace, ...request } = context.req.valid("json");
      const who = context.get("who");
      if (workspace !== undefined && (await roleInWorkspace(db, who, workspace)) === undefined) {
        throw ParleyError.of("workspace-unknown", { id: workspace });
      }
      const { row, secret } = await makeToken(db, authorOf(who).id, { ...request, workspaceId: workspace }, now());
      return context.json({ ok: true as const, token: shown(row, now()), secret }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/me/tokens/{token}",
      tags: ["tokens"],
      summary: "Revoke an API token of yours",
      access: { who: "person" },
      request: { params: z.object({ token: ID }) },
      responses: { 200: json(DONE, "Revoked") },
    },
    async (context) => {
      await revokeToken(db, authorOf(context.get("who")).id, context.req.valid("param").token, now());
      return context.json({ ok: true as const }, 200);
    },
  );
}

function shown(row: Selectable<ApiTokens>, now: Date) {
  return {
    id: row.id,
    name: row.name,
    scopes: SCOPE_NAMES.filter((scope) => row.scopes.includes(scope)),
    workspace: row.workspaceId,
    madeAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expired: row.expiresAt <= now,
  };
}
