import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Problem } from "../core/problems/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import type { CaseList, CaseMade, CaseRecord, EditsMade, TextSaved, WholeCase } from "./answers.ts";
import { refuse, summary } from "./answers.ts";
import type { Outcome } from "./changes.ts";
import { makeCase, makeEdits, saveText } from "./changes.ts";
import { events } from "./events.ts";
import { keyOf, ownHostOnly, strictHeaders } from "./guard.ts";
import { recordIn } from "./record.ts";
import { bodyOf, caseRequest, editsRequest, textRequest } from "./requests.ts";
import { Snapshots } from "./snapshot.ts";
import type { CaseStore, StoredCase } from "./store.ts";

/** Largest bodies, in bytes. */
export interface BodyLimits {
  /** Of edits; 2 MB unless given. */
  readonly edits?: number | undefined;
  /** Of a file's whole text; 10 MB unless given. */
  readonly text?: number | undefined;
  /** Of a new case; 30 MB unless given. */
  readonly files?: number | undefined;
}

export interface WorkbenchOptions {
  readonly store: CaseStore;
  /** What every request carries in the header X-Parley-Key, but those that read a case that ships with Parley. */
  readonly key: string;
  /** The port that the server listens on; a function where it is known only later. */
  readonly port: number | (() => number);
  readonly limits?: BodyLimits | undefined;
}

type Given = { Variables: { hasKey: boolean } };

/**
 * The workbench's server side: cases as files with their hashes, edits of them, and news of changes by others.
 *
 * It answers a server and `app.request()` alike. Every refusal is `{ok: false, problems}`.
 *
 * @example
 * const app = workbenchApi({ store: folderStore({ folders: [{ path: "my-case" }] }), key, port: 7340 });
 * await app.request("http://127.0.0.1:7340/api/cases", { headers: { "X-Parley-Key": key } });
 */
export function workbenchApi({ store, key, port, limits = {} }: WorkbenchOptions): Hono<Given> {
  const { edits = 2_000_000, text = 10_000_000, files = 30_000_000 } = limits;
  const snapshots = new Snapshots();
  const app = new Hono<Given>();
  app.use("/api/*", strictHeaders());
  app.use("/api/*", ownHostOnly(typeof port === "function" ? port : () => port));
  app.use("/api/*", async (context, next) => {
    const given = await keyOf(context, key);
    const isReading = context.req.method === "GET" || context.req.method === "HEAD";
    if (given === "wrong" || (given === "none" && !isReading))
      return refuse(context, [problem("request-key", undefined)]);
    context.set("hasKey", given === "right");
    await next();
    return undefined;
  });

  // The page asks every server who signed in; here are no accounts.
  app.get("/api/session", (context) => context.json({ ok: true, server: null }));

  app.get("/api/cases", (context) => {
    const shown = store.list().filter(({ open }) => open || context.get("hasKey"));
    const cases = shown.map((stored) => summary(stored, snapshots.of(stored)));
    return context.json({ ok: true, cases } satisfies CaseList);
  });

  app.post("/api/cases", limitTo(files), async (context) => {
    const made = makeCase(store, snapshots, await bodyOf(context, caseRequest));
    return context.json({ ok: true, case: summary(made, snapshots.of(made)) } satisfies CaseMade, 201);
  });

  app.get("/api/cases/:id", (context) => {
    const found = readable(context, store);
    if (found instanceof Response) return found;
    const now = snapshots.of(found);
    if (now.files.length === 0) return refuse(context, [unknown(found.id), ...now.problems]);
    const whole = { case: summary(found, now), main: found.files.main, files: now.files, problems: now.problems };
    return context.json({ ok: true, ...whole } satisfies WholeCase);
  });

  app.get("/api/cases/:id/events", (context) => {
    const found = readable(context, store);
    return found instanceof Response ? found : events(context, store, snapshots, found);
  });

  app.get("/api/cases/:id/record", (context) => {
    const found = readable(context, store);
    if (found instanceof Response) return found;
    return context.json({ ok: true, ...recordIn(found.files) } satisfies CaseRecord);
  });

  app.post("/api/cases/:id/edits", limitTo(edits), async (context) => {
    const found = changeable(context, store);
    if (found instanceof Response) return found;
    const { base, edits: asked } = await bodyOf(context, editsRequest);
    const before = new Map(snapshots.of(found).files.map(({ name, hash }) => [name, hash]));
    const outcome = makeEdits(store, snapshots, found, base, asked);
    if (!outcome.ok) return refuseChange(context, outcome);
    const { now, inverse, merged } = outcome;
    const changed = now.files.filter(({ name, hash }) => merged || before.get(name) !== hash);
    return context.json({ ok: true, hash: now.hash, files: changed, inverse, merged } satisfies EditsMade);
  });

  app.put("/api/cases/:id/files/:name{.+}", limitTo(text), async (context) => {
    const found = changeable(context, store);
    if (found instanceof Response) return found;
    const name = context.req.param("name");
    const outcome = saveText(store, snapshots, found, name, await bodyOf(context, textRequest));
    if (!outcome.ok) return refuseChange(context, outcome);
    const { files: all, hash, problems } = outcome.now;
    const file = { name, hash: all.find((each) => each.name === name)?.hash ?? "" };
    return context.json({ ok: true, hash, file, problems } satisfies TextSaved);
  });

  app.all("/api/*", (context) => refuse(context, [problem("request-route", { path: context.req.path })]));
  app.notFound((context) => refuse(context, [problem("request-route", { path: context.req.path })]));
  app.onError((error, context) => {
    if (error instanceof ParleyError) return refuse(context, error.problems);
    return refuse(context, [problem("internal", { detail: error.message })]);
  });
  return app;
}

function limitTo(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: (context) => refuse(context, [problem("request-size", { limit: maxSize })]),
  });
}

/** The case that an address names, where the request may read it; else the refusal. */
function readable(context: Context<Given>, store: CaseStore): StoredCase | Response {
  const id = context.req.param("id") ?? "";
  const found = store.get(id);
  // Without the key nobody learns which cases there are.
  if (found?.open !== true && !context.get("hasKey")) return refuse(context, [problem("request-key", undefined)]);
  return found ?? refuse(context, [unknown(id)]);
}

function changeable(context: Context<Given>, store: CaseStore): StoredCase | Response {
  const found = readable(context, store);
  if (found instanceof Response || !found.readOnly) return found;
  return refuse(context, [problem("case-read-only", { id: found.id })]);
}

function unknown(id: string): Problem {
  return problem("case-unknown", { id });
}

function refuseChange(context: Context<Given>, { problems, now }: Extract<Outcome, { ok: false }>): Response {
  return refuse(context, problems, now);
}
