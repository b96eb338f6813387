import fc from "fast-check";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isControl, ParleyError } from "../../../src/core/problems/index.ts";
import { createLog, type LogFields, logRequests, watchRequests } from "../../../src/server/ops/index.ts";
import { raw, type Serving, serving, until } from "./serving.ts";

/** A log whose lines are kept. */
function kept(level: "debug" | "info" | "error" | "silent" = "info", isTerminal = false) {
  const lines: string[] = [];
  const log = createLog({ level }, { write: (line) => lines.push(line), isTerminal });
  return { log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const hasControl = (text: string): boolean => [...text].some((each) => isControl(each.codePointAt(0) ?? 0));

describe("the log", () => {
  it("writes one JSON object a line, with time, grade and event", () => {
    const { log, lines, read } = kept();
    log.write("info", "started", { port: 7350 });
    log.write("debug", "not grave enough");
    expect(lines).toHaveLength(1);
    expect(read()[0]).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: "started",
      port: 7350,
    });
  });

  it("is silent where it is told to be", () => {
    const { log, lines } = kept("silent");
    log.write("error", "gone");
    expect(lines).toEqual([]);
  });

  it.each([
    ["a line break", 'a\r\n{"level":"error","event":"forged"}'],
    ["a terminal's colours", "\u001b[2J\u001b[31mred"],
    ["a control of eight bits", "\u009b31m \u0085 \u007f"],
    ["line and paragraph separators", "a\u2028b\u2029c"],
    ["marks that turn text", "\u202egnp.exe\u2066 \u200f"],
    ["half a letter", "\ud800"],
    ["quotes and backslashes", '"\\"\\u000a\\'],
  ])("escapes %s, and reads as what was written", (_, text) => {
    const { log, lines, read } = kept();
    log.write("info", "tried", { text });
    expect(lines).toHaveLength(1);
    const [line = ""] = lines;
    expect(line.endsWith("\n")).toBe(true);
    expect(hasControl(line.slice(0, -1))).toBe(false);
    expect(read()[0]?.["text"]).toBe(text);
  });

  it("holds whatever text in one line without control characters, as JSON and on a terminal", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(...'\r\n\t\u001b\u009b\u2028\u2029\u202e\u0000"\\a') }),
    );
    fc.assert(
      fc.property(any, any, (text, event) => {
        const json = kept();
        json.log.write("info", event, { text });
        const [line = ""] = json.lines;
        expect(hasControl(line.slice(0, -1))).toBe(false);
        expect(JSON.parse(line)).toMatchObject({ event, text });
        const shown = kept("info", true);
        shown.log.write("info", event, { text });
        expect(shown.lines).toHaveLength(1);
        expect(hasControl((shown.lines[0] ?? "").slice(0, -1))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("is readable on a terminal", () => {
    const { log, lines } = kept("info", true);
    log.write("info", "request", { method: "GET", route: "/api/cases/:id", status: 200, ms: 12.5, user: "u1" });
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}request GET \/api\/cases\/:id 200 12.5 ms user=u1\n$/);
  });

  it("tells of a fault its kind, code and places, never its words", () => {
    const { log, lines, read } = kept();
    const cause = Object.assign(new Error("password authentication failed for ann"), { code: "28P01" });
    const fault = Object.assign(new TypeError("Secret title\n    at forged (/etc/passwd:1:1)", { cause }), {
      code: "23505",
      detail: "Key (title)=(Secret title)",
    });
    log.fault("save failed", fault, { route: "/api/cases/:id" });
    log.fault("odd", "a thrown text with a title");
    log.fault("problem", ParleyError.of("unknown-path", { path: "secretland" }));
    const text = lines.join("");
    for (const hidden of ["Secret title", "forged", "ann", "thrown text", "secretland"])
      expect(text).not.toContain(hidden);
    expect(read()[0]).toMatchObject({ level: "error", error: "TypeError", code: "23505", cause: "28P01" });
    expect(read()[0]?.["at"]).toContain("log.test.ts");
    expect(read()[1]).toMatchObject({ error: "string" });
    expect(read()[2]).toMatchObject({ error: "ParleyError" });
  });
});

describe("requests in the log", () => {
  const app = new Hono<{ Variables: { user: string } }>();
  const store = kept("debug");
  const withAddress = kept("debug");
  let site: Serving;

  beforeAll(async () => {
    app.onError((_, context) => context.text("broken", 500));
    app.use(
      watchRequests(
        [logRequests(store.log, { addresses: false }), logRequests(withAddress.log, { addresses: true })],
        { trustProxy: ["127.0.0.1"] },
        (context) => context.get("user") as string | undefined,
      ),
    );
    app.use("/api/*", async (context, next) => {
      context.set("user", context.req.header("x-user") ?? "user-1");
      await next();
    });
    app.get("/api/cases/:id", (context) => context.text("a".repeat(5000)));
    app.post("/api/cases/:id/versions", (context) => context.json({ saved: true }, 201));
    app.get("/api/broken", () => {
      throw new Error("the case says Secret title");
    });
    app.get("/api/slow", async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return context.text("late");
    });
    app.get("/api/events", (context) =>
      streamSSE(context, async (stream) => {
        await stream.writeSSE({ data: "now" });
      }),
    );
    app.get("/healthz", (context) => context.json({ live: true }));
    site = await serving(app as unknown as Hono);
  });
  afterAll(() => site.close());

  async function logged(
    ask: () => Promise<unknown>,
  ): Promise<{ line: Record<string, unknown>; text: string; shown: Record<string, unknown> }> {
    const count = store.lines.length;
    await ask();
    await until(() => withAddress.lines.length > count);
    const [line = {}] = store.read().slice(count);
    const [shown = {}] = withAddress.read().slice(count);
    return { line, shown, text: store.lines.slice(count).join("") };
  }

  it("tell route, status, time, bytes and account, and carry their id in the answer", async () => {
    let id: string | null = "";
    const { line, text } = await logged(async () => {
      const answer = await fetch(`${site.url}/api/cases/secret-title?token=secret-token`);
      id = answer.headers.get("x-request-id");
      await answer.text();
    });
    expect(line).toEqual({
      level: "info",
      time: expect.any(String),
      event: "request",
      request: id,
      method: "GET",
      route: "/api/cases/:id",
      status: 200,
      ms: expect.any(Number),
      bytes: expect.any(Number),
      user: "user-1",
    });
    expect(line["bytes"]).toBeGreaterThan(5000);
    expect(line["bytes"]).toBeLessThan(6000);
    expect(text).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it("tell an address only where they are asked to, by trusted proxies", async () => {
    const { line, shown } = await logged(() =>
      fetch(`${site.url}/api/cases/a`, { headers: { "x-forwarded-for": "6.6.6.6, 198.51.100.4" } }),
    );
    expect(line["address"]).toBeUndefined();
    expect(shown["address"]).toBe("198.51.100.4");
  });

  it.each([
    [
      "a path with line breaks",
      "GET /api/cases/a%0d%0a%7b%22level%22:%22error%22%7d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "/api/cases/:id",
    ],
    ["a path with a terminal's colours", "GET /x%1b%5b31m HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "none"],
    ["a path with line separators", "GET /%e2%80%a8%e2%80%a9 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "none"],
    [
      "headers with controls",
      "GET /api/cases/a HTTP/1.1\r\nHost: a\r\nX-User: u\x9b31m\r\nUser-Agent: \xe2\x80\xa8forged\r\nConnection: close\r\n\r\n",
      "/api/cases/:id",
    ],
    [
      "an account that is an e-mail address",
      "GET /api/cases/a HTTP/1.1\r\nHost: a\r\nX-User: ann@example.org\r\nConnection: close\r\n\r\n",
      "/api/cases/:id",
    ],
  ])("hold nothing of %s", async (_, text, route) => {
    const { line, text: written } = await logged(() => raw(site.port, text));
    expect(line["route"]).toBe(route);
    expect(written.split("\n")).toHaveLength(2);
    expect(hasControl(written.slice(0, -1))).toBe(false);
    expect(written).not.toMatch(/forged|31m|@|%|error/);
  });

  it("tell an unusual method as OTHER, and no route as none", async () => {
    const { line } = await logged(() =>
      raw(site.port, "PROPFIND /secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    );
    expect(line).toMatchObject({ method: "OTHER", route: "none", status: 404 });
  });

  it("tell what was thrown by its place, and grade it as an error", async () => {
    const { line, text } = await logged(() => fetch(`${site.url}/api/broken`));
    expect(line).toMatchObject({ level: "error", event: "request", route: "/api/broken", status: 500, error: "Error" });
    expect(text).not.toContain("Secret title");
  });

  it("tell of one whose asker left before its end", async () => {
    const { line } = await logged(async () => {
      const leaving = new AbortController();
      const asked = fetch(`${site.url}/api/slow`, { signal: leaving.signal }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      leaving.abort();
      await asked;
    });
    expect(line).toMatchObject({ route: "/api/slow", cut: true });
  });

  it("tell of a stream when it has ended", async () => {
    const { line } = await logged(async () => (await fetch(`${site.url}/api/events`)).text());
    expect(line).toMatchObject({ route: "/api/events", status: 200 });
  });

  it("tell of those for health at level debug", async () => {
    const { line } = await logged(async () => (await fetch(`${site.url}/healthz`)).text());
    expect(line).toMatchObject({ level: "debug", route: "/healthz" });
  });

  it("tell of those without a connection, too", async () => {
    const { line } = await logged(async () => app.request("/api/cases/a/versions", { method: "POST" }));
    expect(line).toMatchObject({ route: "/api/cases/:id/versions", status: 201, method: "POST" } satisfies LogFields);
  });
});
