import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newKey } from "../../src/api/index.ts";
import { FILES, folderOf, KEY, MAIN, PORT, workbench } from "./support.ts";

const bundled = { path: join(import.meta.dirname, "..", "..", "cases"), readOnly: true, open: true };
const WRITES = [
  ["POST", "/api/cases", { template: "blank", title: "T" }],
  ["POST", "/api/cases/mine/edits", { base: "0".repeat(64), edits: [{ set: "title", value: 1 }] }],
  ["PUT", "/api/cases/mine/files/case.yaml", { base: null, text: "a: 1" }],
] as const;

describe("the key", () => {
  it("is asked for by every route of a case of one's own", async () => {
    const { app } = workbench();
    const status = async (path: string, init: RequestInit = {}) =>
      (await app.request(`http://127.0.0.1:${PORT}${path}`, init)).status;
    expect(await status("/api/cases/mine")).toBe(401);
    expect(await status("/api/cases/mine/events")).toBe(401);
    // Nor does anybody learn without it which cases there are.
    expect(await status("/api/cases/nothing")).toBe(401);
    for (const [method, path, body] of WRITES) {
      const headers = { "content-type": "application/json" };
      expect(await status(path, { method, body: JSON.stringify(body), headers })).toBe(401);
    }
  });

  it("is refused where it is wrong, also for what is readable without", async () => {
    const { ask } = workbench(FILES, { folders: [bundled] });
    for (const wrong of ["", "x", `${KEY}x`, KEY.slice(1)]) {
      const { status, body } = await ask("GET", "/api/cases/cuba-1962", undefined, { "X-Parley-Key": wrong });
      expect([status, body.ok, body.problems[0].code]).toEqual([401, false, "request-key"]);
    }
  });

  it("is not needed to read bundled cases, and is to write", async () => {
    const own = folderOf({ "case.yaml": MAIN });
    const { app } = workbench(FILES, { folders: [bundled, { path: own }] });
    const get = async (path: string) => await app.request(`http://127.0.0.1:${PORT}${path}`);
    const list = (await (await get("/api/cases")).json()) as { cases: { id: string; bundled: boolean }[] };
    expect(list.cases.every((each) => each.bundled)).toBe(true);
    expect(list.cases.map(({ id }) => id)).toContain("cuba-1962");
    expect((await get("/api/cases/cuba-1962")).status).toBe(200);
    const edit = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    expect((await app.request(`http://127.0.0.1:${PORT}/api/cases/cuba-1962/edits`, edit)).status).toBe(401);
  });

  it("is 128 bits of chance each time", () => {
    expect(newKey()).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(newKey()).not.toBe(newKey());
  });
});

describe("requests by other names or from other sites", () => {
  const own = `127.0.0.1:${PORT}`;
  it.each([
    ["its own name", {}, 200],
    ["localhost", { host: `localhost:${PORT}` }, 200],
    ["the loopback of IPv6", { host: `[::1]:${PORT}` }, 200],
    ["a rebound name", { host: `evil.example:${PORT}` }, 403],
    ["another port", { host: "127.0.0.1:1" }, 403],
    ["no port", { host: "127.0.0.1" }, 403],
    ["a name that begins alike", { host: `127.0.0.1.evil.example:${PORT}` }, 403],
    ["its own page", { host: own, origin: `http://${own}`, "sec-fetch-site": "same-origin" }, 200],
    ["an address that was typed", { host: own, "sec-fetch-site": "none" }, 200],
    ["another site's page", { host: own, origin: "https://evil.example" }, 403],
    ["a page without an origin", { host: own, origin: "null" }, 403],
    ["another port's page", { host: own, origin: "http://127.0.0.1:9999", "sec-fetch-site": "same-site" }, 403],
    ["another of its own names", { host: own, origin: `http://localhost:${PORT}` }, 403],
    ["another site's script", { host: own, "sec-fetch-site": "cross-site" }, 403],
    ["another site's link", { host: own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, 403],
  ] as [string, Record<string, string>, number][])("%s: %o gives %i", async (_name, headers, status) => {
    const { ask } = workbench();
    expect((await ask("GET", "/api/cases", undefined, headers)).status).toBe(status);
    const write = await ask("POST", "/api/cases", { template: "other" }, headers);
    expect(write.status).toBe(status === 200 ? 400 : status);
  });
});

describe("every answer", () => {
  it.each([["/api/cases"], ["/api/cases/nothing"], ["/api/nothing"]])(
    "of %s is data alone, kept nowhere",
    async (path) => {
      const { ask } = workbench();
      const { headers } = await ask("GET", path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-type")).toMatch(/^application\/json/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("that refuses says so in one form", async () => {
    const { ask } = workbench();
    const { status, body } = await ask("DELETE", "/api/cases/mine");
    expect(status).toBe(404);
    expect(body).toMatchObject({ ok: false, problems: [{ code: "request-route", severity: "error" }] });
  });

  it("asks for JSON by its type", async () => {
    const { ask } = workbench();
    const { status } = await ask("POST", "/api/cases", "{}", { "content-type": "text/plain" });
    expect(status).toBe(400);
  });
});
