import { z } from "@hono/zod-openapi";
import { restore } from "../cases/save.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { CASE, CASE_PROBLEM, CASE_TEXT, ID, LINE, VERSION } from "../http/shapes.ts";
import { authorOf, made } from "./case-answers.ts";

const NUMBER = z.coerce.number().int().min(1).max(2_000_000_000);
const ONE = z.object({ case: ID, version: NUMBER });

/** The versions of a case: every save is one. */
export function versionRoutes(app: TeamApp, services: Services): void {
  const { store, versions, changes } = services;
  const saving = { db: store.db, versions, changes, counted: services.counted };

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/versions",
      tags: ["versions"],
      summary: "The versions of a case, newest first",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: {
        params: CASE,
        query: z.object({ before: NUMBER.optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
      },
      responses: { 200: json(z.object({ ok: z.literal(true), versions: z.array(VERSION) }), "Versions") },
    },
    async (context) => {
      const { before, limit = 50 } = context.req.valid("query");
      const all = store.db
        .selectFrom("versions")
        .leftJoin("users", "users.id", "versions.authorId")
        .selectAll("versions")
        .select("users.name as authorName")
        .where("caseId", "=", context.get("case").id)
        .orderBy("number", "desc")
        .limit(limit);
      const rows = await (before === undefined ? all : all.where("number", "<", before)).execute();
      const listed = rows.map(({ number, kind, authorId, authorName, createdAt, message, assistant, hash, files }) => ({
        number,
        kind,
        author: authorId === null ? null : { id: authorId, name: authorName ?? "" },
        at: createdAt.toISOString(),
        message,
        assistant,
        hash,
        files: [...files],
      }));
      return context.json({ ok: true as const, versions: listed }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/versions/{version}",
      tags: ["versions"],
      summary: "The texts of one version",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: { params: ONE },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            number: z.int(),
            hash: z.string(),
            main: z.string(),
            files: z.array(CASE_TEXT),
            problems: z.array(CASE_PROBLEM),
          }),
          "The version",
        ),
      },
    },
    async (context) => {
      const { number, main, snapshot } = await versions.of(context.get("case"), context.req.valid("param").version);
      const { hash, files, problems } = snapshot;
      return context.json({ ok: true as const, number, hash, main, files: [...files], problems: [...problems] }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/versions/{version}/restore",
      tags: ["versions"],
      summary: "Save an older version as the newest one",
      access: { who: "case", role: "editor", scope: "cases:write" },
      request: { params: ONE, ...body(z.strictObject({ message: LINE(500).optional() })) },
      responses: { 200: json(z.object({ ok: z.literal(true), version: z.int(), hash: z.string() }), "Saved") },
    },
    async (context) => {
      const by = authorOf(context.get("who"), context.req.valid("json").message);
      const { version } = context.req.valid("param");
      const { number, snapshot } = made(await restore(saving, context.get("case"), version, by)).version;
      return context.json({ ok: true as const, version: number, hash: snapshot.hash }, 200);
    },
  );
}
