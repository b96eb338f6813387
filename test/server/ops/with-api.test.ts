import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { personOf, type Who } from "../../../src/server/http/who.ts";
import { createLog, createMetrics, logRequests, watchRequests } from "../../../src/server/ops/index.ts";
import { PORT, type Team, team } from "../support.ts";

describe("the API under the eyes of log and metrics", () => {
  const lines: string[] = [];
  const metrics = createMetrics();
  let server: Team;
  let person: string;
  let app: Hono;

  beforeAll(async () => {
    server = await team();
    person = await server.person("ann");
    const log = createLog({ level: "debug" }, { write: (line) => lines.push(line), isTerminal: false });
    app = new Hono();
    app.use(
      watchRequests([logRequests(log, { addresses: true }), metrics.requests], { trustProxy: [] }, (context) => {
        const who = context.get("who") as Who | undefined;
        return who === undefined ? undefined : personOf(who)?.id;
      }),
    );
    app.route("/", server.app as unknown as Hono);
  }, 60_000);
  afterAll(() => server.store.close());

  const ask = (method: string, path: string, body?: object) =>
    app.request(`http://127.0.0.1:${PORT}${path}`, {
      method,
      headers: { "x-test-person": "ann", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it("shows routes by their patterns and people by their ids, and nothing of a case", async () => {
    const workspace = await server.workspace("Secretdesk", person);
    const made = await ask("POST", `/api/workspaces/${workspace.id}/cases`, {
      template: "blank",
      title: "Secrettitle",
    });
    expect(made.status).toBe(201);
    const { case: its } = (await made.json()) as { case: { id: string } };
    await ask("GET", `/api/cases/${its.id}?secretquery=1`);
    await ask("POST", `/api/cases/${its.id}/edits`, { base: "wrong", edits: [{ set: "title", value: "Secretedit" }] });
    await ask("GET", "/api/secretpath/secretname");
    const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(written.map(({ method, route, user }) => ({ method, route, user }))).toEqual([
      { method: "POST", route: "/api/workspaces/:workspace/cases", user: person },
      { method: "GET", route: "/api/cases/:case", user: person },
      { method: "POST", route: "/api/cases/:case/edits", user: person },
      { method: "GET", route: "none", user: person },
    ]);
    const { body } = await metrics.text();
    expect(body).toContain('route="/api/cases/:case"');
    for (const text of [lines.join(""), body]) {
      expect(text).not.toMatch(/secret|example\.org/i);
      expect(text).not.toContain(its.id);
    }
  });
});
