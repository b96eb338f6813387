import fc from "fast-check";
import { SCOPE_NAMES } from "../../src/server/access/scopes.ts";
import { newId } from "../../src/server/db/ids.ts";
import { makeToken } from "../../src/server/people/tokens.ts";
import { SMALL_WAR } from "../support/small-war.ts";
import { documentOf, type OpenApi, type Operation, operationsOf, resolved, type Schema } from "./operations.ts";
import type { Team } from "./support.ts";
import { makeThings, type Things } from "./things.ts";

/** Values that a schema takes, now and then with something that it does not. */
function anyValue(schema: Schema, document: OpenApi, depth = 0): fc.Arbitrary<unknown> {
  const right = rightValue(schema, document, depth);
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: JUNK });
}

/** A hash of nothing; in half of the requests that of what is there takes its place. */
const UNKNOWN = "0".repeat(64);

/** What nobody should send. */
const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    "__proto__",
    "constructor",
    "\u0000",
    "\r\nSet-Cookie: a=b",
    "'; DROP TABLE users; --",
    "../../../etc/passwd",
    "%2e%2e%2f",
    "\ud800",
    "\u202e",
    "a".repeat(20_000),
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(fc.constantFrom("__proto__", "toString", "a", "set"), fc.jsonValue({ maxDepth: 2 })),
);

function rightValue(schema: Schema, document: OpenApi, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  if (schema.$ref !== undefined) return rightValue(resolved(schema.$ref, document), document, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((each) => rightValue(each, document, depth + 1)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const { minLength = 0, maxLength = 60, minimum = -5, maximum = 2_000_000_000 } = schema;
  switch (type) {
    case "object": {
      const required = new Set(schema.required ?? []);
      const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => {
        const value = anyValue(each, document, depth + 1);
        return [name, required.has(name) ? value : fc.option(value, { nil: undefined })] as const;
      });
      const extra = fc.oneof(
        { weight: 9, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
        },
      );
      return fc.tuple(fc.record(Object.fromEntries(fields)), extra).map(([own, more]) => ({ ...more, ...own }));
    }
    case "array":
      return fc.array(anyValue(schema.items ?? {}, document, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: 4,
      });
    case "integer":
      return fc.oneof(
        fc.integer({ min: Math.max(minimum, -2e9), max: Math.min(maximum, Math.max(minimum, 0) + 20) }),
        fc.integer({ min: Math.max(minimum, -2e9), max: Math.min(maximum, 2e9) }),
      );
    case "number":
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      if (schema.format === "email") return fc.emailAddress();
      if (schema.format === "date") return fc.constantFrom("2024-11-28", "2024-02-30", "2030-01-01");
      if (schema.pattern === "^[0-9a-f]{64}$") return fc.constantFrom(UNKNOWN, "f".repeat(64));
      return fc.oneof(
        fc.string({ minLength: Math.min(minLength, 100), maxLength: Math.max(minLength, Math.min(maxLength, 60)) }),
        fc.constantFrom("title", "claims.a.text", "case.yaml", "parley", "asOf", "a"),
      );
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

/** The caller that shows the owner's token in place of a cookie. */
const PROGRAM = "program";

/** What came of a fuzz run. */
export interface Fuzzed {
  readonly requests: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Answers that must not be: 5xx, no JSON, a stack in the text. */
  readonly faults: readonly string[];
  /** Routes that never answered with success. */
  readonly neverRight: readonly string[];
}

/**
 * Asks a server for everything that its document tells of, with values by its schemas and with what is none.
 *
 * Ids and secrets are those of things that are there in half of the requests. The same seed asks the same.
 */
export async function fuzz(server: Team, requests: number, seed: number): Promise<Fuzzed> {
  const document = await documentOf(server);
  const operations = (await operationsOf(server)).filter(({ path }) => !path.endsWith("/events"));
  const world = await settle(server);
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  const right = new Set<string>();
  const arbitraries = operations.map((operation) => requestOf(operation, document));
  const rounds = Math.ceil(requests / operations.length);
  const samples = arbitraries.map((arbitrary, i) => fc.sample(arbitrary, { numRuns: rounds, seed: seed + i }));
  let asked = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, operation] of operations.entries()) {
      const sample = samples[i]?.[round];
      if (sample === undefined || asked >= requests) continue;
      asked += 1;
      const who = sample.who === 0 ? undefined : (world.people[(sample.who - 1) % world.people.length] ?? undefined);
      const ids = await world.now(asked);
      const valueFor = (name: string, given: unknown): string => {
        const own = sample.known ? ids[name] : undefined;
        return own === undefined ? encode(given) : encodeURIComponent(own);
      };
      const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => valueFor(name, sample.path[name]));
      const headers = Object.entries(sample.header)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, valueFor(name, value).slice(0, 4000)] as const);
      const query = Object.entries(sample.query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${encode(name)}=${valueFor(name, value)}`)
        .join("&");
      const where = `${operation.method} ${operation.path}`;
      const base = ids[operation.path.includes("/files/") ? "fileBase" : "base"] ?? UNKNOWN;
      try {
        const answer = await server.raw(
          who === PROGRAM ? undefined : who,
          operation.method.toUpperCase(),
          query === "" ? path : `${path}?${query}`,
          sample.known ? sample.body?.replaceAll(UNKNOWN, base) : sample.body,
          { ...Object.fromEntries(headers), ...(who === PROGRAM ? world.bearer : {}) },
        );
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status >= 200 && answer.status < 300) right.add(where);
        const fault = faultOf(answer, operation.path === "/mcp");
        if (fault !== undefined) faults.push(`${where}: ${fault}: ${JSON.stringify(sample).slice(0, 400)}`);
      } catch (error) {
        faults.push(`${where}: ${String(error)}: ${JSON.stringify(sample).slice(0, 400)}`);
      }
    }
  }
  const neverRight = operations.map(({ method, path }) => `${method} ${path}`).filter((where) => !right.has(where));
  return { requests: asked, statuses, faults, neverRight };
}

/**
 * What of an answer must not be.
 *
 * @param isSpoken - whether it was asked for over the Model Context Protocol, which has refusals of its own shape.
 */
function faultOf(
  { status, text, type }: { status: number; text: string; type: string },
  isSpoken: boolean,
): string | undefined {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  if (/\bat .*\.(ts|js|mjs):\d+/.test(text) || /node_modules/.test(text)) return "a stack";
  if (status >= 400 && !type.startsWith("application/json")) return `a refusal of type ${type}`;
  if (status < 400) return undefined;
  const refusal = JSON.parse(text) as { ok?: unknown; jsonrpc?: unknown; error?: unknown };
  const isRefusal = refusal.ok === false || (isSpoken && refusal.jsonrpc === "2.0" && refusal.error !== undefined);
  return isRefusal ? undefined : "a refusal of another shape";
}

/** Bodies that are right where chance finds none: too much in them has to fit together. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  "post /api/cases/{case}/edits": { base: UNKNOWN, edits: [{ set: "title", value: "Fuzz" }] },
  "post /api/cases/{case}/assessments": { version: 1 },
  "post /api/cases/{case}/runs": { version: 1, runs: 10 },
  "post /api/cases/{case}/shares": { days: 7 },
  "post /mcp": {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "fuzz", version: "1" } },
  },
};

function requestOf({ method, path, parameters, body }: Operation, document: OpenApi) {
  const given = (place: "path" | "query" | "header") =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((each) => each.in === place)
          .map(({ name, schema, required }) => {
            const value = anyValue(schema, document);
            return [name, required === true ? value : fc.option(value, { nil: undefined })];
          }),
      ),
    );
  const text =
    body === undefined ? fc.constant(undefined) : anyValue(body, document).map((value) => JSON.stringify(value));
  const example = EXAMPLES[`${method} ${path}`];
  const most =
    example === undefined
      ? text
      : fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.constant(JSON.stringify(example)) });
  return fc.record({
    known: fc.boolean(),
    who: fc.nat({ max: 5 }),
    path: given("path"),
    query: given("query"),
    header: given("header"),
    body: fc.oneof(
      { weight: 15, arbitrary: most },
      {
        weight: 1,
        arbitrary: fc.constantFrom("{", "[[[[", "\u0000", '{"a":1}garbage', '{"__proto__":{"x":1}}', "null"),
      },
    ),
  });
}

function encode(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  // Half a pair of surrogates has no place in an address.
  const plain = encodeURIComponent(text.toWellFormed());
  return plain === "" || plain === "." || plain === ".." ? "x" : plain;
}

/** People with roles, a program with a token, and a case with one of everything; what a request deleted is made anew. */
async function settle(server: Team) {
  const { db } = server.store;
  const owner = newId();
  const ownerId = await server.person(owner, true);
  const members = [owner, newId(), newId(), newId()];
  for (const name of members.slice(1)) await server.person(name);
  const lasting = { name: "Fuzz", scopes: SCOPE_NAMES, days: 1, workspaceId: undefined };
  const { secret } = await makeToken(db, ownerId, lasting, new Date());
  const ids = await db.selectFrom("users").select(["id", "name"]).where("name", "in", members).execute();
  let workspace = "";
  let caseId = "";
  let things: Things = {};
  const isThere = async (): Promise<boolean> => {
    const kept = await Promise.all([
      // A draft that chance saved has no title that can be read.
      db.selectFrom("cases").select("id").where("id", "=", caseId).whereRef("title", "!=", "name").executeTakeFirst(),
      db
        .selectFrom("comments")
        .select("id")
        .where("id", "=", things["comment"] ?? "")
        .executeTakeFirst(),
      db
        .selectFrom("shares")
        .select("id")
        .where("id", "=", things["share"] ?? "")
        .where("revokedAt", "is", null)
        .executeTakeFirst(),
      db
        .selectFrom("invitations")
        .select("id")
        .where("id", "=", things["invitation"] ?? "")
        .where("revokedAt", "is", null)
        .where("acceptedAt", "is", null)
        .executeTakeFirst(),
      db
        .selectFrom("apiTokens")
        .select("id")
        .where("id", "=", things["token"] ?? "")
        .where("revokedAt", "is", null)
        .executeTakeFirst(),
      db
        .selectFrom("passkeys")
        .select("id")
        .where("id", "=", things["passkey"] ?? "")
        .executeTakeFirst(),
      db
        .selectFrom("sessions")
        .select("id")
        .where("id", "=", things["session"] ?? "")
        .executeTakeFirst(),
      db
        .selectFrom("caseMembers")
        .innerJoin("workspaceMembers", "workspaceMembers.userId", "caseMembers.userId")
        .select("caseMembers.userId")
        .where("caseMembers.userId", "=", things["person"] ?? "")
        .executeTakeFirst(),
      db
        .selectFrom("runs")
        .select("id")
        .where("id", "=", things["run"] ?? "")
        .executeTakeFirst(),
    ]);
    return kept.every((row) => row !== undefined);
  };
  const renew = async (): Promise<void> => {
    const there = await db.selectFrom("workspaces").select("id").where("id", "=", workspace).executeTakeFirst();
    if (there === undefined) {
      ({ id: workspace } = await server.workspace("Fuzz", ownerId));
      for (const [i, role] of (["editor", "commenter", "reader"] as const).entries()) {
        const userId = ids.find(({ name }) => name === members[i + 1])?.id ?? "";
        await db.insertInto("workspaceMembers").values({ workspaceId: workspace, userId, role }).execute();
      }
      caseId = "";
    }
    const kept = await db.selectFrom("cases").select("id").where("id", "=", caseId).executeTakeFirst();
    if (kept === undefined) {
      const made = await server.ask(owner, "POST", `/api/workspaces/${workspace}/cases`, {
        files: { "case.yaml": SMALL_WAR },
      });
      caseId = made.body.case.id as string;
    } else await server.ask(owner, "POST", `/api/cases/${caseId}/versions/1/restore`, {});
    things = await makeThings(db, { workspace, caseId, person: ownerId });
    const started = await server.ask(owner, "POST", `/api/cases/${caseId}/runs`, { version: 1, runs: 1 });
    if (started.status === 201) things = { ...things, run: started.body.run.id as string };
  };
  await renew();
  return {
    people: [...members, PROGRAM],
    bearer: { authorization: `Bearer ${secret}`, accept: "application/json, text/event-stream" },
    async now(count: number): Promise<Things> {
      if (count % 5 === 0 && !(await isThere())) await renew();
      // Edits are based on the hash of the case, texts on that of their file.
      const row = await db.selectFrom("cases").select(["hash", "head"]).where("id", "=", caseId).executeTakeFirst();
      const version = await db
        .selectFrom("versions")
        .select("files")
        .where("caseId", "=", caseId)
        .where("number", "=", row?.head ?? 0)
        .executeTakeFirst();
      const file = version?.files.find(({ name }) => name === "case.yaml")?.hash;
      const bases = { base: row?.hash ?? UNKNOWN, fileBase: file ?? UNKNOWN };
      return { ...things, workspace, case: caseId, from: "1", to: "1", ...bases };
    },
  };
}
