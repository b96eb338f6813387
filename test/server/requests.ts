import { setTimeout as sleep } from "node:timers/promises";
import { SMALL_WAR } from "../support/small-war.ts";
import { documentOf, type OpenApi, type Operation, operationsOf, smallest } from "./operations.ts";
import { PORT, type Team } from "./support.ts";
import { makeThings, type Things } from "./things.ts";

/** A request that an operation takes, as far as its schemas say. */
export interface Filled {
  /** The operation, as lists of tests name it. */
  readonly where: string;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Bodies that are right where the smallest by their schema is not. */
const BODIES: Readonly<Record<string, unknown>> = {
  "patch /api/cases/{case}/comments/{comment}": { resolved: true },
};

/** Fills an operation's parameters with ids by their names, and the rest with the smallest values there are. */
export function filled(operation: Operation, document: OpenApi, ids: Things): Filled {
  const { method, path, parameters, body } = operation;
  const valueFor = (name: string): string => {
    const schema = parameters.find((each) => each.name === name)?.schema ?? { type: "string" };
    return ids[name] ?? String(smallest(schema, document));
  };
  const needed = parameters.filter((each) => each.required === true);
  const query = needed
    .filter((each) => each.in === "query")
    .map(({ name }) => `${encodeURIComponent(name)}=${encodeURIComponent(valueFor(name))}`)
    .join("&");
  const at = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(valueFor(name)));
  const headers = needed.filter((each) => each.in === "header").map(({ name }) => [name, valueFor(name)] as const);
  return {
    where: `${method} ${path}`,
    operation,
    method: method.toUpperCase(),
    path: query === "" ? at : `${at}?${query}`,
    headers: Object.fromEntries(headers),
    body: body === undefined ? undefined : (BODIES[`${method} ${path}`] ?? smallest(body, document)),
  };
}

/** Sends a request as it is given: any headers, any text as its body. */
export async function send(
  server: Team,
  {
    method,
    path,
    headers = {},
    body,
  }: { method: string; path: string; headers?: Record<string, string>; body?: string | undefined },
  origin = `http://127.0.0.1:${PORT}`,
) {
  const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) };
  const response = await server.app.request(`${origin}${path}`, init);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const text = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  const code = text.startsWith('{"ok":false') ? (JSON.parse(text).problems[0].code as string) : undefined;
  return { status: response.status, headers: response.headers, text, code };
}

/** A team server with an owner of a workspace with a case, and one row of everything that paths may name. */
export async function settled(server: Team, name: string) {
  const owner = await server.person(name, true);
  const { id: workspace } = await server.workspace(`Desk of ${name}`, owner);
  const text = SMALL_WAR.replace(/^title: .*$/m, `title: A case of ${name}`);
  const made = await server.ask(name, "POST", `/api/workspaces/${workspace}/cases`, { files: { "case.yaml": text } });
  const caseId = made.body.case.id as string;
  const things = await makeThings(server.store.db, { workspace, caseId, person: owner });
  const started = await server.ask(name, "POST", `/api/cases/${caseId}/runs`, { runs: 1 });
  if (started.status !== 201) throw new Error(`no run: ${JSON.stringify(started.body)}`);
  const run = started.body.run.id as string;
  for (let isUnderWay = true; isUnderWay; ) {
    const { body } = await server.ask(name, "GET", `/api/cases/${caseId}/runs/${run}`);
    isUnderWay = ["queued", "running"].includes(body.run.state);
    if (isUnderWay) await sleep(20);
  }
  return { owner, workspace, caseId, ids: { ...things, workspace, case: caseId, run } as Things };
}

export type Settled = Awaited<ReturnType<typeof settled>>;

/** Everything that a server's document tells of, and the document. */
export async function told(server: Team) {
  return { document: await documentOf(server), operations: await operationsOf(server) };
}

/** All rows of all tables but those that say when something was last used; what a refused request must not change. */
export async function rows(server: Team): Promise<string> {
  const { db } = server.store;
  const tables = await db.introspection.getTables();
  const names = tables.map(({ name }) => name).filter((name) => !name.startsWith("parley_") && name !== "rate_limits");
  const all = [];
  for (const name of names.toSorted()) {
    const found = await db
      .selectFrom(name as "users")
      .selectAll()
      .execute();
    all.push([name, found.map((row) => JSON.stringify(row)).toSorted()]);
  }
  return JSON.stringify(all, null, 1);
}
