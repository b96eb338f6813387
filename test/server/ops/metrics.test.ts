import fc from "fast-check";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMetrics, metricsHandler, watchRequests } from "../../../src/server/ops/index.ts";
import { raw, type Serving, serving } from "./serving.ts";

const TOKEN = "a-token-of-metrics-0123456789-abcdef";

/** The series of one name, with their values. */
function series(body: string, name: string): string[] {
  return body.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

function appWith(metrics = createMetrics(), metricsToken?: string): Hono {
  const app = new Hono();
  app.use(watchRequests([metrics.requests], { trustProxy: [] }));
  app.get("/metrics", metricsHandler(metrics, { metricsToken }));
  app.get("/api/cases/:id", (context) => context.text("ok"));
  app.post("/api/cases", (context) => context.text("no", 409));
  app.get("/api/events", (context) => context.body("data: a\n\n", 200, { "Content-Type": "text/event-stream" }));
  return app;
}

describe("the numbers of a server", () => {
  it("count requests by route, method and class of status", async () => {
    const metrics = createMetrics();
    const app = appWith(metrics);
    for (const id of ["a", "b", "c"]) await app.request(`/api/cases/${id}`);
    await app.request("/api/cases", { method: "POST" });
    await app.request("/api/events");
    await app.request("/nowhere");
    const { body, type } = await metrics.text();
    expect(type).toContain("text/plain; version=0.0.4");
    expect(series(body, "parley_http_requests_total").toSorted()).toEqual([
      'parley_http_requests_total{method="GET",route="/api/cases/:id",status="2xx"} 3',
      'parley_http_requests_total{method="GET",route="/api/events",status="2xx"} 1',
      'parley_http_requests_total{method="GET",route="none",status="4xx"} 1',
      'parley_http_requests_total{method="POST",route="/api/cases",status="4xx"} 1',
    ]);
    expect(series(body, "parley_http_request_duration_seconds_count")).toContain(
      'parley_http_request_duration_seconds_count{method="GET",route="/api/cases/:id",status="2xx"} 3',
    );
    // A stream lasts as long as somebody listens; that is no time of an answer.
    expect(series(body, "parley_http_request_duration_seconds_count").join()).not.toContain("events");
    expect(series(body, "parley_http_requests_in_flight")).toEqual(["parley_http_requests_in_flight 0"]);
    expect(series(body, "process_cpu_seconds_total")).toHaveLength(1);
    expect(series(body, "parley_build_info")[0]).toMatch(/^parley_build_info\{version="\d/);
  });

  it("have a bounded number of series, whatever is asked", async () => {
    const metrics = createMetrics();
    const app = appWith(metrics);
    const segment = fc.string({ minLength: 1, maxLength: 20 }).map(encodeURIComponent);
    const method = fc.oneof(fc.constantFrom("GET", "POST", "PUT", "PROPFIND"), fc.stringMatching(/^X[A-Z]{3,9}$/));
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        method,
        fc.boolean(),
        async (path, verb, below) => {
          await app.request(`${below ? "/api/cases/" : "/"}${path.join("/")}`, { method: verb });
          metrics.query(path.join(" "), 0.1);
        },
      ),
      { numRuns: 500 },
    );
    const { body } = await metrics.text();
    const routes = new Set([...body.matchAll(/route="([^"]*)"/g)].map(([, route]) => route));
    for (const route of routes)
      expect(["none", "/api/cases/:id", "/api/cases", "/api/events", "/metrics"]).toContain(route);
    expect(series(body, "parley_http_requests_total").length).toBeLessThanOrEqual(8 * 5 * 5);
    for (const [, kind] of body.matchAll(/statement="([^"]*)"/g))
      expect(["select", "insert", "update", "delete", "other"]).toContain(kind);
  });

  it("count statements, saves, streams, connections, runs and sessions", async () => {
    const metrics = createMetrics({
      pool: () => ({ idle: 3, busy: 2, waiting: 1 }),
      runs: async () => ({ running: 2, failed: 1 }),
      sessions: async () => 17,
    });
    metrics.query("  SELECT secret FROM cases", 0.003);
    metrics.query("insert into cases", 0.02);
    metrics.query("begin", 0.001);
    metrics.save("saved");
    metrics.save("conflict");
    const close = metrics.stream();
    metrics.stream();
    close();
    close();
    const { body } = await metrics.text();
    expect(body).not.toContain("secret");
    expect(series(body, "parley_database_query_duration_seconds_count")).toEqual([
      'parley_database_query_duration_seconds_count{statement="select"} 1',
      'parley_database_query_duration_seconds_count{statement="insert"} 1',
      'parley_database_query_duration_seconds_count{statement="other"} 1',
    ]);
    expect(series(body, "parley_saves_total")).toEqual([
      'parley_saves_total{outcome="saved"} 1',
      'parley_saves_total{outcome="merged"} 0',
      'parley_saves_total{outcome="conflict"} 1',
    ]);
    expect(series(body, "parley_event_streams")).toEqual(["parley_event_streams 1"]);
    expect(series(body, "parley_database_connections")).toEqual([
      'parley_database_connections{state="idle"} 3',
      'parley_database_connections{state="busy"} 2',
      'parley_database_connections{state="waiting"} 1',
    ]);
    expect(series(body, "parley_runs")).toContain('parley_runs{state="running"} 2');
    expect(series(body, "parley_runs")).toContain('parley_runs{state="waiting"} 0');
    expect(series(body, "parley_sessions")).toEqual(["parley_sessions 17"]);
  });

  it("are told without what cannot be counted", async () => {
    const metrics = createMetrics({
      runs: () => Promise.reject(new Error("no database")),
      sessions: () => new Promise(() => {}),
    });
    const { body } = await metrics.text();
    expect(series(body, "parley_runs")).toEqual([]);
    expect(series(body, "parley_sessions")).toEqual(["parley_sessions Nan"]);
    expect(series(body, "parley_event_streams")).toHaveLength(1);
  });

  it("are each server's own", async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    one.save("saved");
    expect(series((await two.text()).body, "parley_saves_total")[0]).toContain(" 0");
  });
});

describe("/metrics", () => {
  let open: Serving;
  let locked: Serving;
  beforeAll(async () => {
    open = await serving(appWith());
    locked = await serving(appWith(createMetrics(), TOKEN));
  });
  afterAll(async () => {
    await open.close();
    await locked.close();
  });
  const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  const ask = (port: number, ...headers: string[]) =>
    raw(port, ["GET /metrics HTTP/1.1", ...headers, "Connection: close", "", ""].join("\r\n"));

  it("answers this machine", async () => {
    for (const host of [`127.0.0.1:${open.port}`, "localhost", "[::1]:80"]) {
      const answer = await ask(open.port, `Host: ${host}`);
      expect(status(answer)).toBe(200);
      expect(answer).toContain("parley_http_requests_in_flight 1");
    }
  });

  it.each([
    ["for another name, as a rebound one", ["Host: evil.example"]],
    ["through a proxy", ["Host: localhost", "X-Forwarded-For: 127.0.0.1"]],
    ["through another proxy", ["Host: localhost", "Forwarded: for=127.0.0.1"]],
  ])("refuses requests %s", async (_, headers) => {
    const answer = await ask(open.port, ...headers);
    expect(status(answer)).toBe(403);
    expect(answer).not.toContain("parley_");
  });

  it("refuses where there is no connection to tell the machine by", async () => {
    expect((await appWith().request("/metrics")).status).toBe(403);
  });

  it("wants the token where one is set, from this machine, too", async () => {
    expect(status(await ask(locked.port, "Host: parley.example.org", `Authorization: Bearer ${TOKEN}`))).toBe(200);
    for (const given of [
      "",
      "Authorization: Bearer",
      `Authorization: Bearer ${TOKEN}x`,
      `Authorization: Bearer ${TOKEN.slice(1)}`,
      `Authorization: Basic ${TOKEN}`,
    ]) {
      const answer = await ask(locked.port, "Host: localhost", ...(given === "" ? [] : [given]));
      expect(status(answer), given).toBe(401);
      expect(answer.toLowerCase()).toContain("www-authenticate: bearer");
      expect(answer).not.toContain("parley_");
    }
  });
});
