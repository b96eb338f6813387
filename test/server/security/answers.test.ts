import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../src/server/db/ids.ts";
import { browser, STRONG, setUp } from "../accounts-support.ts";
import { type Filled, filled, type Settled, send, settled, told } from "../requests.ts";
import { PORT, type Team, team } from "../support.ts";

/** What stands in answers, and in their headers. */
let server: Team;
let here: Settled;
let all: readonly Filled[];

beforeAll(async () => {
  server = await team();
  await setUp(server);
  here = await settled(server, "kim");
  const { operations, document } = await told(server);
  all = operations.map((operation) => filled(operation, document, here.ids));
});
afterAll(() => server.store.close());

const asKim = ({ method, path, headers, body }: Filled, as: string | null = "kim") =>
  send(server, {
    method,
    path,
    headers: {
      ...headers,
      ...(as === null ? {} : { "x-test-person": as }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

describe("headers", () => {
  const faults = (headers: Headers): readonly string[] => {
    const policy = headers.get("content-security-policy") ?? "";
    const wanted: readonly (readonly [string, boolean])[] = [
      ["a policy that loads nothing", policy.includes("default-src 'none'")],
      ["no frame around it", policy.includes("frame-ancestors 'none'")],
      ["no base", policy.includes("base-uri 'none'")],
      ["no form", policy.includes("form-action 'none'")],
      ["a sandbox", /(^|;) ?sandbox(;|$)/.test(policy)],
      ["nosniff", headers.get("x-content-type-options") === "nosniff"],
      ["no referrer", headers.get("referrer-policy") === "no-referrer"],
      ["for its own origin", headers.get("cross-origin-resource-policy") === "same-origin"],
      ["an opener of its own", headers.get("cross-origin-opener-policy") === "same-origin"],
      ["no-store", headers.get("cache-control") === "no-store"],
      ["no name of a program", !headers.has("server") && !headers.has("x-powered-by")],
      ["a type", headers.get("content-type") !== null],
    ];
    return wanted.filter(([, isThere]) => !isThere).map(([what]) => what);
  };

  it("stand on every answer and every refusal of every route, events too", async () => {
    const wrong: string[] = [];
    for (const as of ["kim", null]) {
      for (const request of all) {
        // What deletes is only refused, so that the rest is there.
        if (request.method === "DELETE" && as === "kim") continue;
        const answer = await asKim(request, as);
        for (const fault of faults(answer.headers)) wrong.push(`${request.where} ${answer.status}: ${fault}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ["a route that there is not", { path: "/api/nothing" }],
    ["a host that is not ours", { path: "/api/session", headers: { host: "evil.example" } }],
    ["another site's page", { path: "/api/session", headers: { origin: "https://evil.example" } }],
    ["a token that is not known", { path: "/api/session", headers: { authorization: "Bearer parley_no" } }],
    ["an address that is too long", { path: `/api/${"a".repeat(9000)}` }],
    ["a method that there is not", { path: "/api/session", method: "TRACE2" }],
    ["a body that is no JSON", { path: "/api/session", method: "POST", headers: { "content-type": "text/plain" } }],
  ])("stand on the refusal of %s", async (_, { path, ...rest }) => {
    const request = { method: "GET", headers: {}, ...rest, path } as Parameters<typeof send>[1];
    const answer = await send(server, request);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(faults(answer.headers)).toEqual([]);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("stand on the answer to an error of the server's own, which tells nothing of it", async () => {
    const broken = await team();
    await broken.store.close();
    const answer = await send(broken, { method: "GET", path: "/api/session", headers: {} });
    expect(answer.status).toBe(500);
    expect(faults(answer.headers)).toEqual([]);
    expect(JSON.parse(answer.text)).toEqual({
      ok: false,
      problems: [
        expect.objectContaining({ code: "internal", message: expect.stringMatching(/see the server's log$/) }),
      ],
    });
    expect(answer.text).not.toMatch(/driver|destroyed|kysely|node_modules|\.ts|\bat /i);
  });

  it("hold nothing that somebody wrote", async () => {
    const name = "Set-Cookie: a=b\r\nX-Injected: yes";
    const made = await server.ask("kim", "POST", `/api/workspaces/${here.workspace}/cases`, {
      template: "blank",
      title: "A title\r\nX-Injected: yes",
    });
    for (const path of [
      `/api/cases/${made.body.case?.id}`,
      `/api/cases/${encodeURIComponent(name)}`,
      "/api/me/export",
    ]) {
      const { headers } = await send(server, { method: "GET", path, headers: { "x-test-person": "kim" } });
      expect(headers.has("x-injected")).toBe(false);
      expect([...headers.values()].filter((value) => /injected/i.test(value))).toEqual([]);
    }
  });

  it("lead nobody elsewhere: no answer redirects, and no address is asked for", async () => {
    for (const request of all) {
      const query = request.operation.parameters.filter((each) => each.in === "query").map(({ name }) => name);
      expect(query.filter((name) => /url|uri|redirect|return|next|callback|continue|dest/i.test(name))).toEqual([]);
      if (request.method !== "GET") continue;
      const separator = request.path.includes("?") ? "&" : "?";
      const path = `${request.path}${separator}next=//evil.example&returnTo=https://evil.example`;
      const answer = await asKim({ ...request, path });
      if (answer.headers.has("location")) expect(request.where).toBe("get /api/session/oidc");
    }
  });
});

describe("secrets", () => {
  it("are in no answer but the one that makes them", async () => {
    const ann = browser(server);
    await ann.signIn("ann@example.org", STRONG);
    const { owner } = here;
    const token = (await server.ask("kim", "POST", "/api/me/tokens", { name: "T", scopes: ["cases:read"], days: 1 }))
      .body;
    const invited = (
      await server.ask("kim", "POST", `/api/workspaces/${here.workspace}/invitations`, { role: "reader", days: 1 })
    ).body;
    const shared = (await server.ask("kim", "POST", `/api/cases/${here.caseId}/shares`, { days: 1 })).body;
    const annId = (await ann.ask("GET", "/api/session")).body.person.id as string;
    const reset = (await ann.ask("POST", `/api/people/${annId}/reset`, {})).body;
    const { db } = server.store;
    const hashes = [
      ...(await db.selectFrom("apiTokens").select("tokenHash as secret").execute()),
      ...(await db.selectFrom("invitations").select("tokenHash as secret").execute()),
      ...(await db.selectFrom("shares").select("tokenHash as secret").execute()),
      ...(await db.selectFrom("resets").select("tokenHash as secret").execute()),
      ...(await db.selectFrom("sessions").select("token as secret").execute()),
      ...(await db.selectFrom("accounts").select("password as secret").where("password", "is not", null).execute()),
    ].map(({ secret }) => secret ?? "");
    const secrets = [...hashes, token.secret, invited.token, shared.token, reset.token, STRONG, ...ann.jar.values()];
    expect(hashes).toContain(secretHash(token.secret));
    expect(secrets.every((secret) => typeof secret === "string" && secret.length >= 12)).toBe(true);
    const found: string[] = [];
    for (const request of all.filter(({ method }) => method === "GET")) {
      const { text, headers } = await asKim(request);
      const answer = text + JSON.stringify([...headers]);
      if (secrets.some((secret) => answer.includes(secret))) found.push(request.where);
      if (/"(password|passwordHash|tokenHash|token_hash|accessToken|refreshToken|idToken)":"/.test(answer)) {
        found.push(`${request.where}: a field of that name`);
      }
    }
    // With her own session, too.
    for (const path of ["/api/session", "/api/me", "/api/me/sessions", "/api/me/export", "/api/me/tokens"]) {
      const { body } = await ann.ask("GET", path);
      if (secrets.some((secret) => JSON.stringify(body).includes(secret))) found.push(path);
    }
    expect(found).toEqual([]);
    expect(owner).not.toBe("");
  });

  it("are asked for in headers and bodies alone, never in an address", () => {
    const asked = all.flatMap(({ where, operation }) =>
      operation.parameters
        .filter((each) => each.in === "query" || each.in === "path")
        .filter(({ name }) => /secret|password|code|key$|session_token/i.test(name))
        .map(({ name }) => `${where} ${name}`),
    );
    expect(asked.filter((each) => !NAMES.has(each))).toEqual([]);
  });
});

/** Parameters that sound like secrets and are none. */
const NAMES: ReadonlySet<string> = new Set([
  // A code of the identity provider's: good once, with the verifier that the server keeps, in the browser that began.
  "get /api/session/oidc/callback code",
  "delete /api/me/passkeys/{passkey} passkey",
  "get /api/cases/{case}/assessments/{key} key",
  "get /api/cases/{case}/assessments/{key}/document key",
]);

describe("paths", () => {
  const TRICKS = [
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "case.yaml%00.txt",
    "%00",
    "%0d%0aSet-Cookie:%20a=b",
    "case.yaml%2f..",
    "%c0%ae%c0%ae%2f",
    "%ff",
    "%u002e",
    "%",
    "__proto__",
    "constructor",
    "%E2%80%AEmaxe",
    "a".repeat(501),
    "'%20OR%20'1'='1",
    "%25",
  ];

  it.each(TRICKS)("with %s for a file or an id find nothing, and save nothing", async (trick) => {
    const before = await server.ask("kim", "GET", `/api/cases/${here.caseId}`);
    const wrong: string[] = [];
    for (const { where, method, operation, body, headers } of all) {
      if (!operation.path.includes("{")) continue;
      const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
        const isLast = operation.path.endsWith(`{${name}}`);
        return isLast ? trick : (here.ids[name] ?? trick);
      });
      if (!path.includes(trick)) continue;
      const answer = await send(server, {
        method,
        path,
        headers: { ...headers, "x-test-person": "kim", "content-type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const isHarmless = trick === ".." || trick === "%2e%2e" || SILENT.has(where);
      if (answer.status >= 500 || (answer.status < 400 && !isHarmless)) wrong.push(`${where}: ${answer.status}`);
    }
    expect(wrong, String(server.errors[0])).toEqual([]);
    const after = await server.ask("kim", "GET", `/api/cases/${here.caseId}`);
    expect(after.body.files).toEqual(before.body.files);
  });

  it("lead to files of the case alone, however their slashes are written", async () => {
    const { body } = await server.ask("kim", "GET", `/api/cases/${here.caseId}`);
    for (const name of ["../case.yaml", "./case.yaml", "a/../case.yaml", "/case.yaml", "case.yaml/", "CASE.YAML"]) {
      const path = `/api/cases/${here.caseId}/files/${encodeURIComponent(name)}`;
      const saved = await server.ask("kim", "PUT", path, {
        base: body.files[0].hash,
        text: "parley: 1\ntitle: Moved\n",
      });
      expect([name, saved.status]).toEqual([name, 404]);
    }
  });

  it("with a slash too many or a method in other letters lead nowhere", async () => {
    for (const path of ["/api//session", "/api/session/", "//api/session", "/API/session", "/api/./x/../nothing"]) {
      const answer = await send(
        server,
        { method: "GET", path, headers: { "x-test-person": "kim" } },
        `http://127.0.0.1:${PORT}`,
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

/** Routes that answer the same whether what they name is there or not. */
const SILENT: ReadonlySet<string> = new Set(["delete /api/cases/{case}/presence/{page}"]);
