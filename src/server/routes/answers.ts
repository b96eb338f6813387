import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ParleyError } from "../../core/problems/index.ts";
import type { Kept } from "../answers/answers.ts";
import { body, type Env, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, CASE, ID } from "../http/shapes.ts";
import { authorOf } from "./case-answers.ts";

const NUMBER = z.coerce.number().int().min(1).max(2_000_000_000);
const KEY = z.string().regex(/^[0-9a-f]{64}$/);
const ONE = z.object({ case: ID, key: KEY });

/** A word that the database can hold and people can read. */
export const WORD = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u);
export const SEED = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const OPTIONS = z
  .object({ reading: z.string().nullable(), seed: z.int(), asOf: z.string().nullable(), strictAsOf: z.boolean() })
  .openapi("AssessmentOptions");

const SUMMARY = z
  .object({
    key: z.string(),
    version: z.int(),
    options: OPTIONS,
    hash: z.string().openapi({ description: "SHA-256 of the document as `parley assess --json` prints it" }),
    at: z.string(),
    author: AUTHOR.optional(),
  })
  .openapi("AssessmentSummary");

const WHOLE = z.object({
  ok: z.literal(true),
  assessment: SUMMARY,
  document: z.any().openapi({ type: "object", description: "An assessment: schema/assessment.schema.json" }),
});

const CHANGE = z
  .object({
    path: z.union([z.string(), z.array(z.string())]),
    kind: z.enum(["added", "removed", "changed"]),
    before: z.any().optional(),
    after: z.any().optional(),
  })
  .openapi("InputChange");

const DIFF = z
  .looseObject({
    ok: z.literal(true),
    from: z.int(),
    to: z.int(),
    files: z.array(z.object({ name: z.string(), kind: z.enum(["added", "removed", "changed"]) })),
    changes: z.array(CHANGE),
    moreChanges: z.int(),
    answers: z.any().openapi({ type: "object", description: "What `parley compare --json` gives for the two" }),
    why: z.any().openapi({ type: "object", description: "What each change alone makes of each answer" }),
  })
  .openapi("VersionsCompared");

/** Answers about versions of cases: assessments, and what differs between two. */
export function answerRoutes(app: TeamApp, services: Services): void {
  const { versions, answers } = services;
  const assessmentAccess = { who: "case", role: "reader", scope: "cases:read" } as const;

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/assessments",
      tags: ["answers"],
      summary: "Assess a version; what was assessed before is there at once",
      access: { who: "case", role: "reader", scope: "runs:write" },
      request: {
        params: CASE,
        ...body(
          z.strictObject({
            version: NUMBER.optional(),
            reading: WORD.optional(),
            seed: SEED.optional(),
            asOf: WORD.optional(),
            strictAsOf: z.boolean().optional(),
          }),
        ),
      },
      responses: { 200: json(WHOLE, "The assessment") },
    },
    async (context) => {
      const row = context.get("case");
      const { version: number = row.head, ...options } = context.req.valid("json");
      const version = await versions.of(row, number);
      const asker = { id: authorOf(context.get("who")).id, signal: context.req.raw.signal };
      return whole(context, await answers.assessment(row, version, options, asker)) as never;
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/assessments",
      tags: ["answers"],
      summary: "The assessments of a case that are kept, newest first",
      access: assessmentAccess,
      request: { params: CASE },
      responses: { 200: json(z.object({ ok: z.literal(true), assessments: z.array(SUMMARY) }), "Assessments") },
    },
    async (context) => {
      const rows = await answers.list(context.get("case").id);
      const listed = rows.map(({ createdBy, authorName, ...row }) => ({
        ...summaryOf(row),
        author: createdBy === null ? null : { id: createdBy, name: authorName ?? "" },
      }));
      return context.json({ ok: true as const, assessments: listed }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/assessments/{key}",
      tags: ["answers"],
      summary: "An assessment that is kept",
      access: assessmentAccess,
      request: { params: ONE },
      responses: { 200: json(WHOLE, "The assessment"), 304: { description: "It is the one that you have" } },
    },
    async (context) => whole(context, await kept(context, context.req.valid("param").key)) as never,
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/assessments/{key}/document",
      tags: ["answers"],
      summary: "The bytes of an assessment, as `parley assess --json` prints them",
      access: assessmentAccess,
      request: { params: ONE },
      responses: {
        200: json(z.any().openapi({ type: "object" }), "The document"),
        304: { description: "It is the one that you have" },
      },
    },
    async (context) => {
      const found = await kept(context, context.req.valid("param").key);
      return tagged(context, found.hash, () => found.document) as never;
    },
  );

  const kept = async (context: Context<Env>, key: string): Promise<Kept> => {
    const found = await answers.read(context.get("case").id, "assessment", key);
    if (found === undefined) throw ParleyError.of("document-unknown", { key });
    return found;
  };

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/diff",
      tags: ["answers"],
      summary:
        "Which inputs and which answers differ between two versions, and which of the one moves which of the other",
      access: assessmentAccess,
      request: {
        params: CASE,
        query: z.object({ from: NUMBER, to: NUMBER, reading: WORD.optional() }),
      },
      responses: { 200: json(DIFF, "The difference") },
    },
    async (context) => {
      const row = context.get("case");
      const { from, to, ...options } = context.req.valid("query");
      const [one, two] = [await versions.of(row, from), await versions.of(row, to)];
      const asker = { id: authorOf(context.get("who")).id, signal: context.req.raw.signal };
      const { document } = await answers.diff(row, one, two, options, asker);
      const hashes = new Map(one.snapshot.files.map(({ name, hash }) => [name, hash]));
      const names = [...new Set([...two.snapshot.files, ...one.snapshot.files].map(({ name }) => name))];
      const files = names.flatMap((name) => {
        const before = hashes.get(name);
        const after = two.snapshot.files.find((file) => file.name === name)?.hash;
        if (before === after) return [];
        return [{ name, kind: before === undefined ? "added" : after === undefined ? "removed" : "changed" }];
      });
      // The document is JSON already, and large.
      const head = JSON.stringify({ ok: true, from, to, files });
      return answer(context, `${head.slice(0, -1)},${document.slice(1)}`) as never;
    },
  );
}

function summaryOf({ key, version, options, hash, createdAt }: Omit<Kept, "document" | "createdBy">) {
  return { key, version, options: OPTIONS.parse(options), hash, at: createdAt.toISOString() };
}

function whole(context: Context<Env>, found: Kept): Response {
  const summary = JSON.stringify(summaryOf(found));
  // The document is JSON already, and large.
  return tagged(
    context,
    found.hash,
    () => `{"ok":true,"assessment":${summary},"document":${found.document.trimEnd()}}`,
  );
}

/** Text of JSON under its hash; nothing where the asker has it. */
function tagged(context: Context<Env>, hash: string, text: () => string): Response {
  const tag = `"${hash}"`;
  context.header("ETag", tag);
  if (context.req.method === "GET" && context.req.header("if-none-match") === tag) return context.body(null, 304);
  return answer(context, text());
}

function answer(context: Context<Env>, text: string): Response {
  return context.body(text, 200, { "content-type": "application/json" });
}
