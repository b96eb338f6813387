import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenApi, type Operation, resolved, type Schema } from "../operations.ts";
import { type Filled, filled, rows, type Settled, send, settled, told } from "../requests.ts";
import { type Team, team } from "../support.ts";

/** Bodies of another shape than is asked for: keys too many, too deep, too long, and names that JavaScript knows. */
let server: Team;
let here: Settled;
let document: OpenApi;
let operations: readonly Operation[];
let taking: readonly Filled[];

beforeAll(async () => {
  server = await team();
  here = await settled(server, "ann");
  const all = await told(server);
  document = all.document;
  // Assistants bear a token, and speak a protocol whose bodies have tests of their own.
  operations = all.operations.filter(({ path }) => path !== "/mcp");
  taking = operations
    .filter(({ body }) => body !== undefined)
    .map((operation) => filled(operation, document, here.ids));
});
afterAll(() => server.store.close());

const WEBAUTHN = "what the browser's WebAuthn says, which the library for it checks";

/** Objects inside bodies that are open, with what keeps them from harm. */
const OPEN: ReadonlyMap<string, string> = new Map([
  ["post /api/workspaces/{workspace}/cases files", "names of files, which are texts"],
  ["post /api/cases/{case}/edits edits.[]", "its shape is said in code: strict objects of their own"],
  ["post /api/session/passkey response", WEBAUTHN],
  ["post /api/me/passkeys response", WEBAUTHN],
  ["post /api/session/passkey response response", WEBAUTHN],
  ["post /api/session/passkey response clientExtensionResults", WEBAUTHN],
  ["post /api/me/passkeys response response", WEBAUTHN],
  ["post /api/me/passkeys response clientExtensionResults", WEBAUTHN],
]);

/** Where a body's objects take keys that are not named. */
function openObjects(schema: Schema, at: string): readonly string[] {
  if (schema.$ref !== undefined) return openObjects(resolved(schema.$ref, document), at);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const inside = [
    ...choices.flatMap((each) => openObjects(each, at)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => openObjects(each, `${at} ${name}`)),
    ...(schema.items === undefined ? [] : openObjects(schema.items, `${at}.[]`)),
  ];
  const isOpen = schema.type === "object" && schema.additionalProperties !== false;
  return isOpen ? [at, ...inside] : inside;
}

const asAnn = ({ method, path, headers }: Filled, body: string) =>
  send(server, {
    method,
    path,
    headers: { ...headers, "x-test-person": "ann", "content-type": "application/json" },
    body,
  });

describe("a body with more than is asked for", () => {
  it("is refused by every route, also where the rest is right", async () => {
    const before = await rows(server);
    const wrong: string[] = [];
    for (const request of taking) {
      for (const key of ["zz", "isAdmin", "userId", "workspaceId", "createdBy", "tokenHash"]) {
        const answer = await asAnn(request, JSON.stringify({ ...(request.body as object), [key]: true }));
        if (answer.status !== 400 || answer.code !== "request-shape") {
          wrong.push(`${request.where} ${key}: ${answer.status} ${answer.code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await rows(server)).toBe(before);
  });

  it("is refused at every depth: no object of a body is open, but those listed here", () => {
    const open = operations.flatMap(({ method, path, body }) =>
      body === undefined ? [] : openObjects(body, `${method} ${path}`),
    );
    expect(open.filter((each) => !OPEN.has(each))).toEqual([]);
  });

  it("has no text without an end, nor a list", () => {
    const endless = operations.flatMap(({ method, path, body }) =>
      body === undefined ? [] : endlessIn(body, `${method} ${path}`),
    );
    expect(endless.filter((each) => !ENDLESS.has(each))).toEqual([]);
  });
});

/** Texts and lists that end with the body's own limit. */
const ENDLESS: ReadonlySet<string> = new Set([
  // A file's text.
  "put /api/cases/{case}/files/{name} text",
  // Lines of YAML that an edit that takes another back puts in its place.
  "post /api/cases/{case}/edits edits.[] after",
  "post /api/cases/{case}/edits edits.[] before",
  "post /api/cases/{case}/edits edits.[] written",
  "post /api/cases/{case}/edits edits.[] written text",
]);

function endlessIn(schema: Schema, at: string): readonly string[] {
  if (schema.$ref !== undefined) return endlessIn(resolved(schema.$ref, document), at);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const inside = [
    ...choices.flatMap((each) => endlessIn(each, at)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => endlessIn(each, `${at} ${name}`)),
    ...(schema.items === undefined ? [] : endlessIn(schema.items, `${at}.[]`)),
  ];
  const isText = schema.type === "string" && schema.enum === undefined && schema.const === undefined;
  const isFree =
    isText && schema.maxLength === undefined && schema.pattern === undefined && schema.format === undefined;
  const isList = schema.type === "array" && schema.maxItems === undefined;
  return isFree || isList ? [at, ...inside] : inside;
}

describe("a body with names that JavaScript knows", () => {
  it.each([
    '{"__proto__":{"keeper":true,"isAdmin":true}}',
    '{"constructor":{"prototype":{"keeper":true}}}',
    '{"toString":null,"hasOwnProperty":null,"valueOf":1}',
  ])("%s is refused, and leaves every object as it was", async (text) => {
    for (const request of taking) {
      const answer = await asAnn(request, text);
      expect([request.where, answer.status]).toEqual([request.where, 400]);
    }
    expect(({} as Record<string, unknown>)["keeper"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
    expect(typeof {}.toString).toBe("function");
  });

  it("may name keys and files of a case, and stays text", async () => {
    const text = 'parley: 1\ntitle: "Names"\n__proto__: {keeper: true}\nconstructor: {prototype: {a: 1}}\n';
    const body = `{"files":{"case.yaml":${JSON.stringify(text)},"__proto__":"a: 1\\n"}}`;
    const headers = { "x-test-person": "ann", "content-type": "application/json" };
    const path = `/api/workspaces/${here.workspace}/cases`;
    const answer = await send(server, { method: "POST", path, headers, body });
    expect(answer.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)["keeper"]).toBeUndefined();
    const set = { set: ["__proto__", "keeper"], value: true };
    const now = (await server.ask("ann", "GET", `/api/cases/${here.caseId}`)).body;
    const edited = await server.ask("ann", "POST", `/api/cases/${here.caseId}/edits`, {
      base: now.case.hash,
      edits: [set],
    });
    expect(edited.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)["keeper"]).toBeUndefined();
  });
});

describe("a body that nests deep", () => {
  it.each([
    ["lists", "[".repeat(50_000) + "]".repeat(50_000)],
    ["objects", `${'{"a":'.repeat(19_000)}1${"}".repeat(19_000)}`],
    ["lists that never close", "[".repeat(99_000)],
    [
      "lists inside a field",
      `{"base":"${"0".repeat(64)}","edits":[{"set":"a","value":${"[".repeat(5000)}${"]".repeat(5000)}}]}`,
    ],
  ])("%s is refused, not read", async (_, text) => {
    for (const request of taking) {
      const answer = await asAnn(request, text);
      expect([request.where, answer.status < 500 && answer.status >= 400]).toEqual([request.where, true]);
    }
    expect(server.errors).toEqual([]);
  });

  it("is no body at all", async () => {
    for (const text of ["", "null", "1", '"text"', "[]", "\u0000", "{", '{"a":1}{"b":2}', "NaN"]) {
      for (const request of taking) {
        const answer = await asAnn(request, text);
        expect([request.where, text, answer.status]).toEqual([request.where, text, 400]);
      }
    }
  });
});

describe("a body that is too large", () => {
  it("is refused by every route, by what it says of its length and by what comes", async () => {
    for (const request of taking) {
      const body = `{"zz":"${"a".repeat(31_000_000)}"}`;
      const answer = await asAnn(request, body);
      expect([request.where, answer.status]).toEqual([request.where, 413]);
    }
  });
});
