import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderStore } from "../../src/api/folders.ts";
import { serveWorkbench } from "../../src/cli/serve/workbench.ts";
import { folderWith, root, SMALL_CASE } from "../support/cli.ts";
import { get } from "../support/http.ts";

const KEY = "a-key-for-tests";
const PAGE = readFileSync(join(root, "src", "web", "index.html"), "utf8");

let served: Awaited<ReturnType<typeof serveWorkbench>>;
let origin: string;
let port: string;
let web: string;

beforeAll(async () => {
  const outside = folderWith({ "secret.txt": "a secret", "case.yaml": SMALL_CASE });
  web = join(outside, "web");
  for (const folder of ["assets", "cases", ".hidden"]) mkdirSync(join(web, folder), { recursive: true });
  writeFileSync(join(web, "index.html"), PAGE);
  writeFileSync(join(web, "assets", "index-Ab12.js"), "export {};\n");
  writeFileSync(join(web, "cases", "catalogue.json"), "[]");
  symlinkSync(join(outside, "secret.txt"), join(web, "assets", "linked.txt"));
  symlinkSync(outside, join(web, "out"));
  const store = folderStore({
    folders: [
      { path: join(root, "cases", "prisoners-dilemma"), readOnly: true, open: true },
      { path: folderWith({ "case.yaml": SMALL_CASE, "secret.txt": "a secret" }) },
    ],
  });
  served = await serveWorkbench({ store, key: KEY, web, port: 0 });
  ({ origin, port } = new URL(served.address));
});
afterAll(async () => served?.close());

const withKey = { "x-parley-key": KEY };
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
  get(origin, headers, { path, method });
const ownId = async () => {
  const { cases } = JSON.parse((await ask("/api/cases", withKey)).body) as {
    cases: { id: string; bundled: boolean }[];
  };
  return cases.find(({ bundled }) => !bundled)?.id ?? "";
};

describe("the files of the workbench", () => {
  it("come with their types, a strict policy and how long they may be kept", async () => {
    const page = await ask("/");
    expect([page.status, page.body, page.headers["cache-control"]]).toEqual([200, PAGE, "no-store"]);
    expect(page.headers["content-type"]).toMatch(/^text\/html; charset=utf-8$/i);
    const script = await ask("/assets/index-Ab12.js");
    expect(script.headers["content-type"]).toMatch(/^text\/javascript/);
    expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const data = await ask("/cases/catalogue.json");
    expect(data.headers["cache-control"]).toBe("no-cache");
    const again = await ask("/cases/catalogue.json", { "if-none-match": String(data.headers["etag"]) });
    expect(again.status).toBe(304);
    for (const { headers } of [page, script, data]) {
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it("have the policy that the page itself has, and forbid frames", async () => {
    const [, own = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(PAGE) ?? [];
    const parts = (policy: unknown) => String(policy).split(/;\s*/).filter(Boolean).toSorted();
    const policy = (await ask("/")).headers["content-security-policy"];
    expect(parts(policy)).toEqual([...parts(own), "frame-ancestors 'none'"].toSorted());
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    // A worker has the policy of its script: it may compile the simulation, and evaluate nothing.
    const script = String((await ask("/assets/index-Ab12.js")).headers["content-security-policy"]);
    expect(script).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(parts(script).filter((part) => !part.startsWith("script-src"))).toEqual(
      parts(policy).filter((part) => !part.startsWith("script-src")),
    );
  });

  it("answer HEAD with the same headers and nothing else", async () => {
    const { status, body, headers } = await ask("/", {}, "HEAD");
    expect([status, body]).toEqual([200, ""]);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect((await ask("/nothing", {}, "HEAD")).status).toBe(404);
    expect((await ask("/api/cases", withKey, "HEAD")).status).toBe(200);
  });

  it.each([
    "/nothing",
    "/assets",
    "/assets/",
    "/assets/linked.txt",
    "/out/secret.txt",
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "//secret.txt",
    "/./assets//index-Ab12.js",
    "/assets%2findex-Ab12.js",
    "/index.html%00",
    "/%",
    "/__proto__",
    "/constructor",
  ])("are the only ones: %s is not to be had", async (path) => {
    const { status, body } = await ask(path);
    expect([status, body.includes("a secret")]).toEqual([404, false]);
    expect(body).toContain("The address that Parley printed leads to the workbench.");
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("are only read: %s", async (method) => {
    expect((await ask("/", {}, method)).status).toBe(404);
  });

  it("are those of a build made meanwhile, too", async () => {
    writeFileSync(join(web, "assets", "later-Cd34.js"), "export {};\n");
    expect((await ask("/assets/later-Cd34.js")).status).toBe(200);
  });
});

describe("who asks", () => {
  const paths = ["/", "/assets/index-Ab12.js", "/api/cases", "/api/cases/prisoners-dilemma"];

  it.each([
    ["a rebound name", () => ({ host: `evil.example:${port}` }), 403],
    ["another port", () => ({ host: "127.0.0.1:1" }), 403],
    ["no port", () => ({ host: "127.0.0.1" }), 403],
    ["a longer name", () => ({ host: `127.0.0.1.evil.example:${port}` }), 403],
    ["another site's script", () => ({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }), 403],
    ["another port's script", () => ({ "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }), 403],
    [
      "another site's frame",
      () => ({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }),
      403,
    ],
    ["another origin", () => ({ origin: "http://evil.example" }), 403],
    ["an origin without a name", () => ({ origin: "null" }), 403],
    ["the page itself", () => ({ origin, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }), 200],
    ["localhost", () => ({ host: `localhost:${port}` }), 200],
    ["[::1]", () => ({ host: `[::1]:${port}` }), 200],
  ])("%s", async (_who, headers, status) => {
    for (const path of paths) expect((await ask(path, { ...withKey, ...headers() })).status).toBe(status);
  });

  it("a link from another site opens the page, and nothing of the API", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await ask("/", link)).status).toBe(200);
    expect((await ask("/api/cases", { ...withKey, ...link })).status).toBe(403);
  });
});

describe("the key", () => {
  it("is needed for every route but reading a case that ships", async () => {
    const id = await ownId();
    const wrong = { "x-parley-key": "wrong" };
    const json = { "content-type": "application/json" };
    for (const [method, path, none] of [
      ["GET", "/api/cases", 200],
      ["GET", "/api/cases/prisoners-dilemma", 200],
      ["GET", `/api/cases/${id}`, 401],
      ["GET", `/api/cases/${id}/events`, 401],
      ["GET", "/api/cases/no-such-case", 401],
      ["POST", "/api/cases", 401],
      ["POST", "/api/cases/prisoners-dilemma/edits", 401],
      ["POST", `/api/cases/${id}/edits`, 401],
      ["PUT", `/api/cases/${id}/files/case.yaml`, 401],
      ["DELETE", `/api/cases/${id}`, 401],
    ] as const) {
      expect([method, path, (await ask(path, json, method)).status]).toEqual([method, path, none]);
      expect([method, path, (await ask(path, { ...json, ...wrong }, method)).status]).toEqual([method, path, 401]);
    }
    expect(JSON.parse((await ask("/api/cases")).body).cases).toHaveLength(1);
    expect((await ask(`/api/cases/${id}`, withKey)).status).toBe(200);
    // In an address it is no key.
    expect((await ask(`/api/cases/${id}?key=${KEY}`)).status).toBe(401);
  });

  it("opens no file outside the folder, and none that is not of the case", async () => {
    const id = await ownId();
    for (const name of ["secret.txt", "../case.yaml", "..%2fcase.yaml", "%2e%2e/case.yaml", "%2fetc%2fpasswd"]) {
      const { status, body } = await ask(`/api/cases/${id}/files/${name}`, withKey);
      expect([name, status, body.includes("a secret")]).toEqual([name, 404, false]);
    }
    expect((await ask("/api/nothing", withKey)).status).toBe(404);
    expect((await ask("/api", withKey)).status).toBe(404);
  });
});
