import { z } from "@hono/zod-openapi";
import { titleOf } from "../cases/save.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, CASE, CASE_PROBLEM, CASE_SUMMARY, CASE_TEXT, DONE, ID } from "../http/shapes.ts";
import { makeShare, redacted, revokeShare, sharedBy, sharesOf } from "../talk/shares.ts";
import { authorOf } from "./case-answers.ts";

/** The header that carries a link's secret: addresses end up in logs and histories. */
const HEADER = "x-parley-share";

const SHARE = z
  .object({
    id: z.string(),
    version: z.int().nullable().openapi({ description: "the one that it shows; null for the newest" }),
    redact: z.boolean(),
    by: AUTHOR,
    madeAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi("Share");

/** Links by which anybody who has them reads a case, without an account. */
export function shareRoutes(app: TeamApp, services: Services): void {
  const { store, versions, now } = services;
  const { db } = store;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/shares",
      tags: ["shares"],
      summary: "The links of a case that are good, newest first",
      access: { who: "case", role: "owner" },
      request: { params: CASE },
      responses: { 200: json(z.object({ ok: z.literal(true), shares: z.array(SHARE) }), "Links") },
    },
    async (context) => {
      const rows = await sharesOf(db, context.get("case").id, now());
      return context.json({ ok: true as const, shares: rows.map((row) => shown(row, row.makerName)) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/shares",
      tags: ["shares"],
      summary: "Make a link to the newest or a given version, whole or redacted; its secret is shown this once",
      access: { who: "case", role: "owner" },
      request: {
        params: CASE,
        ...body(
          z.strictObject({
            days: z.int().min(1).max(365),
            version: z.int().min(1).max(2_000_000_000).optional(),
            redact: z.boolean().optional().openapi({ description: "without sources, names and comments" }),
          }),
        ),
      },
      responses: { 201: json(z.object({ ok: z.literal(true), share: SHARE, token: z.string() }), "Made") },
    },
    async (context) => {
      const row = context.get("case");
      const { days, version, redact = false } = context.req.valid("json");
      // What cannot be shown is said now, to who can mend it.
      const shows = await versions.of(row, version ?? row.head);
      if (redact) redacted(row.id, shows);
      const { id: actor } = authorOf(context.get("who"));
      const { share, secret } = await makeShare(db, row, { days, version, redact }, actor, now());
      const who = context.get("who");
      const name = who.kind === "nobody" ? null : who.person.name;
      return context.json({ ok: true as const, share: shown(share, name), token: secret }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}/shares/{share}",
      tags: ["shares"],
      summary: "Revoke a link",
      access: { who: "case", role: "owner" },
      request: { params: z.object({ case: ID, share: ID }) },
      responses: { 200: json(DONE, "Revoked") },
    },
    async (context) => {
      const { share } = context.req.valid("param");
      await revokeShare(db, context.get("case"), share, authorOf(context.get("who")).id, now());
      return context.json({ ok: true as const }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/shared",
      tags: ["shares"],
      summary: "The case that a link shows, by the link's secret in the header X-Parley-Share",
      access: { who: "public" },
      request: { headers: z.object({ [HEADER]: z.string().max(200).optional() }) },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            case: CASE_SUMMARY,
            main: z.string(),
            files: z.array(CASE_TEXT),
            problems: z.array(CASE_PROBLEM),
          }),
          "The case, read only; its id is the link's, its workspace is not told",
        ),
      },
    },
    async (context) => {
      const { id, row, version } = await sharedBy(db, versions, context.req.header(HEADER) ?? "", now());
      const { main, snapshot, number } = version;
      const { files, problems, hash, asOf } = snapshot;
      // Of the row nothing is told but what the version says: its name and workspace are nobody's business.
      const said = { title: titleOf(snapshot, "case"), ...(asOf === undefined ? {} : { asOf }), hash, version: number };
      const closed = { readOnly: true, bundled: false, role: "reader" as const, restricted: false };
      const shared = { id, path: "case", workspace: "", ...said, ...closed, updatedAt: row.updatedAt.toISOString() };
      return context.json({ ok: true as const, case: shared, main, files: [...files], problems: [...problems] }, 200);
    },
  );
}

type Row = Omit<Awaited<ReturnType<typeof sharesOf>>[number], "makerName">;

function shown({ id, version, redact, createdBy, createdAt, expiresAt }: Row, name: string | null) {
  return {
    id,
    version,
    redact,
    by: createdBy === null ? null : { id: createdBy, name: name ?? "" },
    madeAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
