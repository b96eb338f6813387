import { z } from "@hono/zod-openapi";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { CASE, DONE, ID, LINE } from "../http/shapes.ts";
import { personOf } from "../http/who.ts";
import { forgetStale, pagesOf, sayGone, sayHere } from "../talk/presence.ts";
import { authorOf } from "./case-answers.ts";

const PAGE = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, "expected letters, digits, hyphens and underscores");

const HERE = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }),
    page: z.string(),
    path: z.string().nullable().openapi({ description: "the case path that they work on" }),
    at: z.string(),
    you: z.boolean(),
  })
  .openapi("Presence");

/** Who has a case open. Pages say so at least every 45 seconds; nothing of it is logged. */
export function presenceRoutes(app: TeamApp, services: Services): void {
  const { store, changes, now } = services;
  const { db } = store;
  const sweep = async (): Promise<void> => {
    for (const id of await forgetStale(db, now())) changes.tell(id, { kind: "presence" });
  };

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/presence",
      tags: ["presence"],
      summary: "Who has a case open, page by page",
      access: { who: "case", role: "reader" },
      request: { params: CASE },
      responses: { 200: json(z.object({ ok: z.literal(true), pages: z.array(HERE) }), "Pages") },
    },
    async (context) => {
      const own = personOf(context.get("who"))?.id;
      const rows = await pagesOf(db, context.get("case").id, now());
      const pages = rows.map(({ id, name, page, path, seenAt }) => ({
        person: { id, name },
        page,
        path,
        at: seenAt.toISOString(),
        you: id === own,
      }));
      return context.json({ ok: true as const, pages }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "put",
      path: "/api/cases/{case}/presence",
      tags: ["presence"],
      summary: "Say that you have a case open on a page, and which path of it you work on",
      access: { who: "case", role: "reader" },
      request: { params: CASE, ...body(z.strictObject({ page: PAGE, path: LINE(1000).nullable() })) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { id } = context.get("case");
      const { page, path } = context.req.valid("json");
      await sweep();
      const isNew = await sayHere(db, id, authorOf(context.get("who")).id, page, path, now());
      if (isNew) changes.tell(id, { kind: "presence" });
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}/presence/{page}",
      tags: ["presence"],
      summary: "Say that you closed a page",
      access: { who: "case", role: "reader" },
      request: { params: z.object({ case: ID, page: PAGE }) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { id } = context.get("case");
      const { page } = context.req.valid("param");
      if (await sayGone(db, id, authorOf(context.get("who")).id, page)) changes.tell(id, { kind: "presence" });
      return context.json({ ok: true as const }, 200);
    },
  );
}
