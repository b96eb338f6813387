import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "../operations.ts";
import { type Filled, filled, rows, type Settled, send, settled, told } from "../requests.ts";
import { PORT, type Team, team } from "../support.ts";

/** What a page of another site can make a browser send, and what a name that leads here by DNS can. */
let server: Team;
let here: Settled;
let all: readonly Filled[];
let changing: readonly Filled[];

beforeAll(async () => {
  server = await team();
  here = await settled(server, "ann");
  const { operations, document } = await told(server);
  all = operations.map((operation: Operation) => filled(operation, document, here.ids));
  changing = all.filter(({ method }) => method !== "GET");
});
afterAll(() => server.store.close());

async function refusals(requests: readonly Filled[], headers: Record<string, string>, expected: string) {
  const wrong: string[] = [];
  for (const { where, method, path, headers: own, body } of requests) {
    const answer = await send(server, {
      method,
      path,
      headers: { ...own, "x-test-person": "ann", "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer.code !== expected || answer.status !== 403) wrong.push(`${where}: ${answer.status} ${answer.code}`);
  }
  return wrong;
}

describe("another site's page", () => {
  it.each([
    ["of another name", { origin: "https://evil.example" }],
    ["without an origin that it tells", { origin: "null" }],
    ["of another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["of this name over TLS", { origin: `https://127.0.0.1:${PORT}` }],
    ["that hides its origin", { "sec-fetch-site": "cross-site" }],
    ["of a neighbouring name", { "sec-fetch-site": "same-site" }],
    [
      "that opens a form",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    ],
  ])("%s changes nothing, by any route", async (_, headers) => {
    const before = await rows(server);
    expect(await refusals(changing, headers as Record<string, string>, "request-origin")).toEqual([]);
    expect(await rows(server)).toBe(before);
  });

  it("reads nothing as a script, a picture, a frame or by fetch", async () => {
    const reading = all.filter(({ method }) => method === "GET");
    for (const [mode, dest] of [
      ["no-cors", "script"],
      ["no-cors", "image"],
      ["cors", "empty"],
      ["navigate", "iframe"],
    ] as const) {
      const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest };
      expect(await refusals(reading, headers, "request-origin")).toEqual([]);
    }
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", ""])(
    "saves nothing as %s, which a browser sends without asking first",
    async (type) => {
      const before = await rows(server);
      const wrong: string[] = [];
      for (const { where, method, path, headers, body } of changing) {
        if (body === undefined) continue;
        for (const text of [JSON.stringify(body), "{}", ""]) {
          const answer = await send(server, {
            method,
            path,
            headers: { ...headers, "x-test-person": "ann", "content-type": type },
            body: text,
          });
          if (answer.status !== 400 || answer.code !== "request-shape")
            wrong.push(`${where}: ${answer.status} ${text}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await rows(server)).toBe(before);
    },
  );

  it("gets no leave to read or to send from CORS", async () => {
    for (const { path } of all.slice(0, 5)) {
      const answer = await send(server, {
        method: "OPTIONS",
        path,
        headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});

describe("a name that leads here by DNS", () => {
  it.each([
    "evil.example",
    `evil.example:${PORT}`,
    "127.0.0.1",
    `127.0.0.1:${PORT}.evil.example`,
    "[::1]",
    "0.0.0.0:7350",
  ])("%s gets no answer, by any route", async (host) => {
    expect(await refusals(all, { host }, "request-host")).toEqual([]);
  });

  it("does not help itself with the headers of a proxy", async () => {
    for (const name of ["x-forwarded-host", "forwarded", "x-host", "x-original-host"]) {
      const headers = {
        host: "evil.example",
        [name]: name === "forwarded" ? `host=127.0.0.1:${PORT}` : `127.0.0.1:${PORT}`,
      };
      expect(await refusals(all.slice(0, 3), headers, "request-host")).toEqual([]);
    }
  });
});

describe("a server with an address of its own", () => {
  let remote: Team;
  beforeAll(async () => {
    remote = await team({ folder: undefined }, { origin: "https://parley.example.org" });
  });
  afterAll(() => remote.store.close());

  it.each([
    ["its own address", "https://parley.example.org", {}, 200],
    ["its own address, from its own page", "https://parley.example.org", { origin: "https://parley.example.org" }, 200],
    ["this machine by number", `http://127.0.0.1:${PORT}`, {}, 403],
    ["this machine by name", `http://localhost:${PORT}`, {}, 403],
    [
      "its address, from a page over plain HTTP",
      "https://parley.example.org",
      { origin: "http://parley.example.org" },
      403,
    ],
    [
      "its address, from a name below it",
      "https://parley.example.org",
      { origin: "https://a.parley.example.org" },
      403,
    ],
    [
      "its address, from a name that begins as it",
      "https://parley.example.org",
      { origin: "https://parley.example.org.evil.example" },
      403,
    ],
  ])("answers at %s as it should", async (_, origin, headers, status) => {
    const host = new URL(origin).host;
    const answer = await send(
      remote,
      { method: "GET", path: "/api/session", headers: { host, ...headers } as Record<string, string> },
      origin,
    );
    expect(answer.status).toBe(status);
  });

  it("tells browsers to come over TLS alone, on answers and refusals", async () => {
    for (const path of ["/api/session", "/api/nothing", "/openapi.json"]) {
      const headers = { host: "parley.example.org" };
      const answer = await send(remote, { method: "GET", path, headers }, "https://parley.example.org");
      expect([path, answer.headers.get("strict-transport-security")]).toEqual([path, "max-age=31536000"]);
    }
    expect((await send(server, { method: "GET", path: "/api/session" })).headers.has("strict-transport-security")).toBe(
      false,
    );
  });
});
