import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/server/access/roles.ts";
import { ROLES, reaches } from "../../src/server/access/roles.ts";
import { type Access, SCOPE_NAMES, type Scope } from "../../src/server/access/scopes.ts";
import { newId } from "../../src/server/db/ids.ts";
import type { Who } from "../../src/server/http/who.ts";
import { makeToken } from "../../src/server/people/tokens.ts";
import { documentOf, type OpenApi, type Operation, operationsOf, smallest } from "./operations.ts";
import { send } from "./requests.ts";
import { type Team, team } from "./support.ts";

/**
 * Every route of the OpenAPI document, called by everybody there is: allowed, or refused with the right word.
 *
 * What is expected follows from the route's declared access alone; that the declarations are the right ones is held by
 * the list at the end, which a person wrote.
 */
let server: Team;
let operations: readonly Operation[];
let document: OpenApi;

beforeAll(async () => {
  server = await team();
  operations = await operationsOf(server);
  document = await documentOf(server);
}, 60_000);
afterAll(() => server.store.close());

/** Who calls. */
interface Caller {
  readonly name: string;
  /** The role in the case's workspace. */
  readonly member?: Role;
  /** The role on the case itself. */
  readonly onCase?: Role;
  readonly keeper?: boolean;
  /** The scopes of the token that is used. */
  readonly token?: readonly Scope[];
  /** Whether the token is good for another workspace alone. */
  readonly elsewhere?: boolean;
  readonly restricted?: boolean;
}

const CALLERS: readonly Caller[] = [
  { name: "nobody" },
  { name: "owner of another workspace" },
  ...ROLES.map((member): Caller => ({ name: `${member} of the workspace`, member })),
  ...ROLES.map((onCase): Caller => ({ name: `${onCase} of the case alone`, onCase })),
  ...ROLES.map(
    (member): Caller => ({ name: `${member} of the workspace, the case restricted`, member, restricted: true }),
  ),
  {
    name: "reader of the workspace, editor of the restricted case",
    member: "reader",
    onCase: "editor",
    restricted: true,
  },
  { name: "keeper of the server, no member", keeper: true },
  { name: "owner by a token with every scope", member: "owner", token: SCOPE_NAMES },
  ...SCOPE_NAMES.map((scope): Caller => ({ name: `owner by a token for ${scope}`, member: "owner", token: [scope] })),
  { name: "owner by a token for another workspace", member: "owner", token: SCOPE_NAMES, elsewhere: true },
  { name: "keeper by a token", member: "owner", keeper: true, token: SCOPE_NAMES },
];

/** The word of the refusal that a caller must get; undefined where they may. */
function refusal({ who, ...access }: Access, caller: Caller): string | undefined {
  if (who === "public") return undefined;
  if (who === "bearer") return caller.token === undefined ? "sign-in-needed" : undefined;
  if (caller.name === "nobody") return "sign-in-needed";
  const scope = "scope" in access ? access.scope : undefined;
  if (caller.token !== undefined && scope === undefined) return "token-refused";
  if (caller.token !== undefined && scope !== undefined && !caller.token.includes(scope)) return "token-scope";
  if (who === "keeper") return caller.keeper === true ? undefined : "keeper-needed";
  if (who === "person") return undefined;
  const needed = "role" in access ? access.role : "owner";
  const workspaceRole = caller.elsewhere === true ? undefined : caller.member;
  if (who === "workspace") {
    if (workspaceRole === undefined) return "workspace-unknown";
    return reaches(workspaceRole, needed) ? undefined : "role-needed";
  }
  const counted = caller.restricted === true && workspaceRole !== "owner" ? undefined : workspaceRole;
  const own = caller.elsewhere === true ? undefined : caller.onCase;
  if (counted === undefined && own === undefined) return "case-unknown";
  return reaches(counted, needed) || reaches(own, needed) ? undefined : "role-needed";
}

const GUARDS_WORDS = new Set([
  "sign-in-needed",
  "token-refused",
  "token-scope",
  "token-unknown",
  "keeper-needed",
  "role-needed",
  "case-unknown",
  "workspace-unknown",
]);

type Stage = Awaited<ReturnType<typeof stage>>;

/** A person of their own with a case of their own. */
async function stage(caller: Caller) {
  const { db } = server.store;
  const owner = newId();
  const workspace = await server.workspace("Desk", await server.person(owner));
  const name = newId();
  const id = await server.person(name, caller.keeper === true);
  const elsewhere = await server.workspace("Elsewhere", id);
  const made = await server.ask(owner, "POST", `/api/workspaces/${workspace.id}/cases`, {
    template: "blank",
    title: "Matrix",
  });
  if (made.status !== 201) throw server.errors.at(-1);
  const caseId = made.body.case.id as string;
  if (caller.restricted === true) await server.ask(owner, "PATCH", `/api/cases/${caseId}`, { restricted: true });
  if (caller.member !== undefined) {
    await db
      .insertInto("workspaceMembers")
      .values({ workspaceId: workspace.id, userId: id, role: caller.member })
      .execute();
  }
  if (caller.onCase !== undefined) {
    await db.insertInto("caseMembers").values({ caseId, userId: id, role: caller.onCase }).execute();
  }
  const person = server.people.get(name);
  if (person?.kind !== "person") throw new Error("the person was not made");
  if (caller.token !== undefined) {
    const workspaceId = caller.elsewhere === true ? elsewhere.id : undefined;
    const token: Who = { ...person, kind: "token", tokenId: newId(), scopes: caller.token, workspaceId };
    server.people.set(name, token);
  }
  return { as: caller.name === "nobody" ? undefined : name, id, workspace: workspace.id, caseId };
}

async function call({ method, path, access, parameters, body }: Operation, caller: Caller, on: Stage) {
  const { as, id, workspace, caseId } = on;
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    if (name === "workspace") return workspace;
    if (name === "case") return caseId;
    // What somebody may do to themself; that they may not to others is held where those routes are tested.
    if (name === "person") return id;
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    return encodeURIComponent(String(smallest(parameter?.schema ?? { type: "string" }, document)));
  });
  const query = parameters
    .filter((each) => each.in === "query" && each.required === true)
    .map((each) => `${each.name}=${encodeURIComponent(String(smallest(each.schema, document)))}`)
    .join("&");
  const url = query === "" ? filled : `${filled}?${query}`;
  if (access.who === "bearer" && caller.token !== undefined) return callBearing(method, path, caller.token, id);
  const given = body === undefined ? undefined : smallest(body, document);
  // A stream has no end to wait for.
  if (path.endsWith("/events") && refusal(access, caller) === undefined) return { status: 200, code: undefined };
  const answer = await server.ask(as, method.toUpperCase(), url, given);
  const code = answer.body?.ok === false ? (answer.body.problems[0].code as string) : undefined;
  return { status: answer.status, code };
}

/** A call by a token of the caller's, to what takes nothing else; it tells refusals in the words of another protocol. */
async function callBearing(method: string, path: string, scopes: readonly Scope[], id: string) {
  const request = { name: "Matrix", scopes, days: 1, workspaceId: undefined };
  const { secret } = await makeToken(server.store.db, id, request, new Date());
  const accept = "application/json, text/event-stream";
  const { status } = await send(server, {
    method: method.toUpperCase(),
    path,
    headers: { "content-type": "application/json", accept, authorization: `Bearer ${secret}` },
    body: method === "post" ? JSON.stringify(HELLO) : undefined,
  });
  return { status, code: status === 401 || status === 403 ? "token-unknown" : undefined };
}

const HELLO = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "matrix", version: "1" } },
};

const STATUS: Readonly<Record<string, number>> = {
  "sign-in-needed": 401,
  "token-refused": 403,
  "token-scope": 403,
  "keeper-needed": 403,
  "role-needed": 403,
  "case-unknown": 404,
  "workspace-unknown": 404,
};

describe("who may call what", () => {
  it.each(CALLERS)("$name", async (caller) => {
    const wrong: string[] = [];
    let on = await stage(caller);
    for (const operation of operations) {
      const expected = refusal(operation.access, caller);
      const { status, code } = await call(operation, caller, on);
      // What a call did, no other one shall see.
      if (operation.method !== "get" && !GUARDS_WORDS.has(code ?? "")) on = await stage(caller);
      const isRight =
        expected === undefined
          ? status < 500 && !GUARDS_WORDS.has(code ?? "")
          : code === expected && status === STATUS[expected];
      if (!isRight) {
        wrong.push(
          `${operation.method} ${operation.path}: ${status} ${code ?? "allowed"}, not ${expected ?? "allowed"}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  it("forgets no route: what answers is what the document tells of", () => {
    const told = new Set(
      operations.map(({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ":$1")}`),
    );
    const there = server.app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => route !== "GET /openapi.json");
    expect([...new Set(there)].sort()).toEqual([...told].sort());
  });

  it("opens to the public what a person listed here, and nothing else", () => {
    const open = operations
      .filter(({ access }) => access.who === "public")
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.filter((route) => !PUBLIC.has(route))).toEqual([]);
  });

  it("opens to tokens no route that manages people, tokens, shares or roles", () => {
    const open = operations
      .filter(({ access }) => "scope" in access && access.scope !== undefined)
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => /\/(me|members|invitations|shares|tokens|people|audit|session|setup)\b/.test(route));
    expect(open).toEqual([]);
  });

  it("changes nothing with a reader's role but what a person listed here", () => {
    const open = operations
      .filter(({ method, access }) => method !== "get" && "role" in access && access.role === "reader")
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.filter((route) => !READERS.has(route))).toEqual([]);
  });

  it("lets whoever signed in change nothing but what is their own", () => {
    const open = operations
      .filter(({ method, access }) => method !== "get" && access.who === "person")
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.filter((route) => !/^\w+ \/api\/me(\/|$)/.test(route))).toEqual([]);
  });
});

/** What answers people without an account, and why it may. */
const PUBLIC: ReadonlyMap<string, string> = new Map([
  ["get /api/session", "says how one signs in here, and who one is"],
  ["post /api/session", "signing in"],
  ["delete /api/session", "signing out does nothing to who is not signed in"],
  ["post /api/setup", "the first account, with the code that the server printed"],
  ["post /api/session/passkey/options", "signing in: a challenge, the same for everybody"],
  ["post /api/session/passkey", "signing in: the challenge signed"],
  ["get /api/session/oidc", "signing in: the way to the identity provider"],
  ["post /api/session/oidc", "the same, with an invitation to take along"],
  ["get /api/session/oidc/callback", "signing in: the way back, bound to the browser that left"],
  ["get /api/invitation", "what an invitation offers, to who has its secret"],
  ["post /api/invitation", "an account by invitation, to who has its secret"],
  ["get /api/shared", "one case to read, to who has the secret of its share"],
]);

/** What a reader's role lets somebody change, and why it may. */
const READERS: ReadonlyMap<string, string> = new Map([
  ["delete /api/workspaces/{workspace}/members/{person}", "leaving; anybody else's place is the owners' to take"],
  ["delete /api/cases/{case}/members/{person}", "giving up one's own role; anybody else's is the owners' to take"],
  [
    "post /api/cases/{case}/assessments",
    "an answer that follows from what one may read; it changes nothing of the case",
  ],
  ["post /api/cases/{case}/runs", "the same; how many at a time is limited by person"],
  ["delete /api/cases/{case}/runs/{run}", "stopping one's own run; anybody else's is the editors' to stop"],
  ["put /api/cases/{case}/presence", "saying that one has the case open"],
  ["delete /api/cases/{case}/presence/{page}", "saying that one has closed it: one's own pages alone"],
]);
