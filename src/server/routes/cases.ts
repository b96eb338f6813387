import { z } from "@hono/zod-openapi";
import { caseRequest, editsRequest, textRequest } from "../../api/index.ts";
import { note } from "../audit/log.ts";
import { makeCase } from "../cases/make.ts";
import { saveEdits, saveText } from "../cases/save.ts";
import { caseFor, readableCases } from "../http/guard.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { CASE, CASE_PROBLEM, CASE_SUMMARY, CASE_TEXT, DONE, EDIT, ID, WORKSPACE } from "../http/shapes.ts";
import { authorOf, made, plain, summaryOf } from "./case-answers.ts";
import { caseEvents } from "./case-events.ts";

/** Cases as texts: the same requests as the workbench makes of files on disk. */
export function caseRoutes(app: TeamApp, services: Services): void {
  const { store, versions, changes } = services;
  const saving = { db: store.db, versions, changes, counted: services.counted };

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases",
      tags: ["cases"],
      summary: "The cases that you may read",
      access: { who: "person", scope: "cases:read" },
      request: { query: z.object({ workspace: ID.optional() }) },
      responses: { 200: json(z.object({ ok: z.literal(true), cases: z.array(CASE_SUMMARY) }), "Cases") },
    },
    async (context) => {
      const found = await readableCases(store.db, context.get("who"), context.req.valid("query").workspace);
      return context.json({ ok: true as const, cases: found.map(({ row, role }) => summaryOf(row, role)) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/workspaces/{workspace}/cases",
      tags: ["cases"],
      summary: "Make a case: from a template, as a copy of one, or of given files",
      access: { who: "workspace", role: "editor", scope: "cases:write" },
      largest: 30_000_000,
      request: { params: WORKSPACE, ...body(caseRequest) },
      responses: { 201: json(z.object({ ok: z.literal(true), case: CASE_SUMMARY }), "Made") },
    },
    async (context) => {
      const request = context.req.valid("json");
      const who = context.get("who");
      const from = "from" in request ? await caseFor(store.db, who, request.from) : undefined;
      const source = from && (await versions.head(from.row));
      const row = await makeCase(store.db, context.req.valid("param").workspace, request, source, authorOf(who));
      return context.json({ ok: true as const, case: summaryOf(row, context.get("role")) }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}",
      tags: ["cases"],
      summary: "A case with the texts of its newest version",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: { params: CASE },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            case: CASE_SUMMARY,
            main: z.string(),
            files: z.array(CASE_TEXT),
            problems: z.array(CASE_PROBLEM),
          }),
          "The case",
        ),
      },
    },
    async (context) => {
      const row = context.get("case");
      const { main, snapshot } = await versions.head(row);
      const { files, problems } = snapshot;
      const whole = { case: summaryOf(row, context.get("role")), main, files: [...files], problems: [...problems] };
      return context.json({ ok: true as const, ...whole }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "patch",
      path: "/api/cases/{case}",
      tags: ["cases"],
      summary: "Say who sees a case: everybody in its workspace, or those with a role of their own on it",
      access: { who: "case", role: "owner" },
      request: { params: CASE, ...body(z.strictObject({ restricted: z.boolean() })) },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { id, workspaceId } = context.get("case");
      const { restricted } = context.req.valid("json");
      await store.db.transaction().execute(async (tx) => {
        await tx.updateTable("cases").set({ restricted }).where("id", "=", id).execute();
        const deed = { actorId: authorOf(context.get("who")).id, workspaceId, caseId: id };
        await note(tx, { ...deed, action: "case.restricted", detail: { restricted } });
      });
      changes.tell(id, { kind: "access" });
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}",
      tags: ["cases"],
      summary: "Delete a case with all its versions, comments and assessments, for good",
      access: { who: "case", role: "owner", scope: "cases:write" },
      request: { params: CASE },
      responses: { 200: json(DONE, "Deleted") },
    },
    async (context) => {
      const { id, workspaceId } = context.get("case");
      await store.db.transaction().execute(async (tx) => {
        await tx.deleteFrom("cases").where("id", "=", id).execute();
        const actorId = authorOf(context.get("who")).id;
        await note(tx, { actorId, action: "case.deleted", workspaceId, caseId: id });
      });
      changes.tell(id, { kind: "gone" });
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/edits",
      tags: ["cases"],
      summary: "Make edits that were meant for one version; they are merged by field with what was saved since",
      access: { who: "case", role: "editor", scope: "cases:write" },
      largest: 2_000_000,
      request: { params: CASE, ...body(editsRequest) },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            hash: z.string(),
            version: z.int(),
            files: z.array(CASE_TEXT),
            inverse: z.array(EDIT),
            merged: z.boolean(),
          }),
          "Saved",
        ),
      },
    },
    async (context) => {
      const { base, edits } = context.req.valid("json");
      const by = authorOf(context.get("who"));
      const { version, inverse, merged, files } = made(await saveEdits(saving, context.get("case"), base, edits, by));
      const answer = { hash: version.snapshot.hash, version: version.number, files: [...files], merged };
      return context.json({ ok: true as const, ...answer, inverse: plain(inverse) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "put",
      path: "/api/cases/{case}/files/{name}",
      tags: ["cases"],
      summary: "Save the whole text of a YAML file; its fields are merged with what was saved since",
      access: { who: "case", role: "editor", scope: "cases:write" },
      largest: 10_000_000,
      request: {
        params: z.object({
          case: ID,
          name: z
            .string()
            .min(1)
            .max(500)
            .openapi({ description: "path inside the case; its slashes as %2F or plain" }),
        }),
        ...body(textRequest),
      },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            hash: z.string(),
            version: z.int(),
            file: z.object({ name: z.string(), hash: z.string() }),
            problems: z.array(CASE_PROBLEM),
            merged: z.boolean(),
            files: z
              .array(CASE_TEXT)
              .openapi({ description: "All files where it was merged, for the text is then another one; else none" }),
            comments: z
              .array(z.string())
              .openapi({ description: "Comments of a merged text that the newest version does not have" }),
          }),
          "Saved",
        ),
      },
    },
    async (context) => {
      const { name } = context.req.valid("param");
      const by = authorOf(context.get("who"));
      const saved = await saveText(saving, context.get("case"), name, context.req.valid("json"), by);
      const { version, merged, files, comments } = made(saved);
      const { number, snapshot } = version;
      const file = { name, hash: snapshot.files.find((each) => each.name === name)?.hash ?? "" };
      const answer = { hash: snapshot.hash, version: number, file, problems: [...snapshot.problems] };
      const now = { merged, files: merged ? [...files] : [], comments: [...comments] };
      return context.json({ ok: true as const, ...answer, ...now }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/events",
      tags: ["cases"],
      summary: "News of a case as server-sent events: now, changed, comments, presence, runs, gone",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: { params: CASE },
      responses: { 200: { description: "Events", content: { "text/event-stream": { schema: z.string() } } } },
    },
    async (context) => caseEvents(context, services, context.get("case")) as never,
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/record",
      tags: ["cases"],
      summary: "The case's record of forecasts",
      access: { who: "case", role: "reader", scope: "cases:read" },
      request: { params: CASE },
      responses: {
        200: json(z.object({ ok: z.literal(true), file: z.string(), text: z.string().nullable() }), "The record"),
      },
    },
    async (context) => {
      const { snapshot } = await versions.head(context.get("case"));
      const file = snapshot.files.find(({ name }) => name === RECORD);
      return context.json({ ok: true as const, file: RECORD, text: file?.text ?? null }, 200);
    },
  );
}

/** The file of a case's record. */
const RECORD = "record.jsonl";
