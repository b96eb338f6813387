import { z } from "@hono/zod-openapi";
import { ParleyError } from "../../core/problems/index.ts";
import type { RunRecord } from "../../runs/desk/index.ts";
import { reaches } from "../access/roles.ts";
import type { Db } from "../db/open.ts";
import { readableCases } from "../http/guard.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { AUTHOR, CASE, CASE_PROBLEM, ID } from "../http/shapes.ts";
import { SEED, WORD } from "./answers.ts";
import { authorOf } from "./case-answers.ts";

const NUMBER = z.int().min(1).max(2_000_000_000);
const RUN_OPTIONS = z.object({ prior: z.boolean(), reading: z.string().nullable(), sets: z.array(z.string()) });

const RUN = z
  .object({
    id: z.string(),
    case: z.string(),
    version: z.int(),
    hash: z.string().openapi({ description: "Hash of the version that it was started on" }),
    label: z.string(),
    owner: AUTHOR,
    options: RUN_OPTIONS,
    command: z.string().openapi({ description: "Gives the same digest for the version's files in a folder" }),
    state: z.enum(["queued", "running", "done", "incomplete", "failed", "cancelled"]),
    seed: z.int(),
    runs: z.int(),
    done: z.int(),
    shards: z.object({ total: z.int(), done: z.int(), replayed: z.int(), retried: z.int(), parked: z.int() }),
    perSecond: z.number().nullable(),
    submitted: z.string(),
    started: z.string().nullable(),
    ended: z.string().nullable(),
    digest: z.string().nullable(),
    executor: z.enum(["threads", "cluster"]).nullable(),
    workers: z.int().openapi({ description: "How many workers of a cluster computed shards of it" }),
    problems: z.array(CASE_PROBLEM),
  })
  .openapi("Run");

const ONE = z.object({ case: ID, run: z.uuid() });
const LIST = z.object({ ok: z.literal(true), runs: z.array(RUN) });

/** Long runs of the simulation. */
export function runRoutes(app: TeamApp, services: Services): void {
  const { store, versions, runs } = services;
  if (runs === undefined) return;
  const readAccess = { who: "case", role: "reader", scope: "cases:read" } as const;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/runs",
      tags: ["runs"],
      summary: "The runs that you started, of cases that you may read, newest first",
      access: { who: "person", scope: "cases:read" },
      responses: { 200: json(LIST, "Runs") },
    },
    async (context) => {
      const who = context.get("who");
      const readable = new Set((await readableCases(store.db, who)).map(({ row }) => row.id));
      const own = runs.ofOwner(authorOf(who).id).filter(({ about }) => readable.has(about["case"] ?? ""));
      return context.json({ ok: true as const, runs: await told(store.db, own) }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/runs",
      tags: ["runs"],
      summary: "The runs of a case, newest first",
      access: readAccess,
      request: { params: CASE },
      responses: { 200: json(LIST, "Runs") },
    },
    async (context) => {
      const all = await told(store.db, runs.ofCase(context.get("case").id));
      return context.json({ ok: true as const, runs: all }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/cases/{case}/runs",
      tags: ["runs"],
      summary: "Start a run of a version; it begins when it is your turn",
      access: { who: "case", role: "reader", scope: "runs:write" },
      request: {
        params: CASE,
        ...body(
          z.strictObject({
            version: NUMBER.optional(),
            runs: z.int().min(1).max(1_000_000_000),
            seed: SEED.optional(),
            prior: z.boolean().optional(),
            reading: WORD.optional(),
            sets: z.array(WORD).max(100).optional(),
          }),
        ),
      },
      responses: { 201: json(z.object({ ok: z.literal(true), run: RUN }), "Taken") },
    },
    async (context) => {
      const row = context.get("case");
      const {
        version: number = row.head,
        seed = 1,
        prior = false,
        reading,
        sets = [],
        ...rest
      } = context.req.valid("json");
      const version = await versions.of(row, number);
      const options = { ...rest, seed, prior, reading, sets };
      const record = await runs.start(row, version, options, authorOf(context.get("who")).id);
      return context.json({ ok: true as const, run: await toldOne(store.db, record) }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/cases/{case}/runs/{run}",
      tags: ["runs"],
      summary: "A run and what it came to",
      access: readAccess,
      request: { params: ONE },
      responses: {
        200: json(
          z.object({
            ok: z.literal(true),
            run: RUN,
            results: z.any().openapi({
              type: ["object", "null"],
              description: "What `parley simulate --json` prints; null until the run is over",
            }),
          }),
          "The run",
        ),
      },
    },
    async (context) => {
      const record = runs.get(context.get("case").id, context.req.valid("param").run);
      const results = await runs.results(record);
      return context.json({ ok: true as const, run: await toldOne(store.db, record), results }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "delete",
      path: "/api/cases/{case}/runs/{run}",
      tags: ["runs"],
      summary: "Cancel a run of yours, or forget one that is over; of others', as an editor of the case",
      access: { who: "case", role: "reader", scope: "runs:write" },
      request: { params: ONE },
      responses: {
        200: json(
          z.object({ ok: z.literal(true), run: RUN.nullable() }),
          "The run as it is now; null where it is gone",
        ),
      },
    },
    async (context) => {
      const row = context.get("case");
      const record = runs.get(row.id, context.req.valid("param").run);
      const { id } = authorOf(context.get("who"));
      if (record.owner !== id && !reaches(context.get("role"), "editor")) {
        throw ParleyError.of("role-needed", { role: "editor", what: "case" });
      }
      const left = await runs.stop(record, id, row.workspaceId);
      return context.json({ ok: true as const, run: left && (await toldOne(store.db, left)) }, 200);
    },
  );
}

async function toldOne(db: Db, record: RunRecord): Promise<z.output<typeof RUN>> {
  const [one] = await told(db, [record]);
  if (one === undefined) throw new Error("a run is told as one");
  return one;
}

/** Runs as people are told of them, with their owners' names. */
async function told(db: Db, records: readonly RunRecord[]): Promise<z.output<typeof RUN>[]> {
  const owners = [...new Set(records.map(({ owner }) => owner))];
  const rows =
    owners.length === 0 ? [] : await db.selectFrom("users").select(["id", "name"]).where("id", "in", owners).execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return records.map(({ owner, about, shards, workers, problems, ...record }) => {
    const { key: _key, shardSize: _size, gather: _gather, ...rest } = record;
    const { resumed: _resumed, ...counts } = shards;
    const name = names.get(owner);
    return {
      ...rest,
      case: about["case"] ?? "",
      version: Number(about["version"]),
      hash: about["hash"] ?? "",
      owner: name === undefined ? null : { id: owner, name },
      options: RUN_OPTIONS.parse(JSON.parse(about["options"] ?? "{}")),
      command: about["command"] ?? "",
      shards: counts,
      workers: workers.length,
      problems: problems.map((each) => ({ ...each })),
    };
  });
}
