import { z } from "@hono/zod-openapi";
import type { RawMap } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { contentOf, pathFault } from "../cases/paths.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, CASE, DONE, ID, LINES } from "../http/shapes.ts";
import { addComment, changeComment, commentsOf, deleteComment } from "../talk/comments.ts";
import { authorOf } from "./case-answers.ts";

const ONE = z.object({ case: ID, comment: ID });
const BODY = LINES(10_000);

const COMMENT = z
  .object({
    id: z.string(),
    path: z.string().openapi({ description: "what it speaks of; empty for the whole case" }),
    there: z.boolean().openapi({ description: "whether the case still has that path" }),
    body: z.string().openapi({ description: "plain text" }),
    author: AUTHOR,
    version: z.int().openapi({ description: "the newest version when it was written" }),
    parent: z.string().nullable().openapi({ description: "the comment that it answers" }),
    at: z.string(),
    editedAt: z.string().nullable(),
    resolved: z.object({ at: z.string(), by: AUTHOR }).nullable(),
  })
  .openapi("Comment");

/** What people say to one another about parts of a case. Threads are one level deep. */
export function commentRoutes(app: TeamApp, services: Services): void {
  const { store, versions, changes, now } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/comments",
      tags: ["comments"],
      summary: "The comments of a case, oldest first",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: { params: CASE },
      responses: { 200: json(z.object({ ok: z.literal(true), comments: z.array(COMMENT) }), "Comments") },
    },
    async (context) => {
      const row = context.get("case");
      const rows = await commentsOf(store.db, row.id);
      const raw = await contentOf(versions, row);
      return context.json({ ok: true as const, comments: rows.map((each) => shown(each, raw)) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/comments",
      tags: ["comments"],
      summary: "Comment on a path of the case, or answer a comment on it",
      access: { who: "case", role: "commenter", scope: "comments:write" },
      request: {
        params: CASE,
        ...body(z.strictObject({ path: z.string().max(1000), body: BODY, parent: ID.optional() })),
      },
      responses: { 201: json(z.object({ ok: z.literal(true), comment: COMMENT }), "Made") },
    },
    async (context) => {
      const row = context.get("case");
      const { path, body: words, parent } = context.req.valid("json");
      const raw = await contentOf(versions, row);
      // What was commented on may be answered also where it is gone since.
      const fault = parent === undefined ? pathFault(raw, path) : undefined;
      if (fault !== undefined) throw ParleyError.of("comment-path", fault);
      const by = { id: authorOf(context.get("who")).id, role: context.get("role") };
      const id = await addComment(store.db, row, { path, body: words, parent }, by, now());
      changes.tell(row.id, { kind: "comments" });
      const [made] = await commentsOf(store.db, row.id, id);
      if (made === undefined) throw ParleyError.of("comment-unknown", { id });
      return context.json({ ok: true as const, comment: shown(made, raw) }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "patch",
      path: "/api/cases/{case}/comments/{comment}",
      tags: ["comments"],
      summary: "Give your comment other words; resolve a thread or open it again (your own, or as an editor)",
      access: { who: "case", role: "commenter", scope: "comments:write" },
      request: {
        params: ONE,
        ...body(
          z
            .strictObject({ body: BODY.optional(), resolved: z.boolean().optional() })
            .refine((given) => given.body !== undefined || given.resolved !== undefined, "expected body or resolved"),
        ),
      },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const row = context.get("case");
      const by = { id: authorOf(context.get("who")).id, role: context.get("role") };
      await changeComment(store.db, row, context.req.valid("param").comment, context.req.valid("json"), by, now());
      changes.tell(row.id, { kind: "comments" });
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}/comments/{comment}",
      tags: ["comments"],
      summary: "Delete your comment while nobody else has answered it, or any with its answers (as an owner)",
      access: { who: "case", role: "commenter", scope: "comments:write" },
      request: { params: ONE },
      responses: { 200: json(DONE, "Deleted") },
    },
    async (context) => {
      const row = context.get("case");
      const by = { id: authorOf(context.get("who")).id, role: context.get("role") };
      await deleteComment(store.db, row, context.req.valid("param").comment, by);
      changes.tell(row.id, { kind: "comments" });
      return context.json({ ok: true as const }, 200);
    },
  );
}

type Row = Awaited<ReturnType<typeof commentsOf>>[number];

function shown(row: Row, raw: RawMap) {
  const person = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? "" });
  return {
    id: row.id,
    path: row.path,
    there: pathFault(raw, row.path) === undefined,
    body: row.body,
    author: person(row.authorId, row.authorName),
    version: row.version,
    parent: row.parentId,
    at: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    resolved:
      row.resolvedAt === null
        ? null
        : { at: row.resolvedAt.toISOString(), by: person(row.resolvedBy, row.resolverName) },
  };
}
