import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Filled, filled, rows, type Settled, send, settled, told } from "../requests.ts";
import { type Team, team } from "../support.ts";

/** What somebody asks for under a path of their own that belongs to somebody else. */
let server: Team;
let ann: Settled;
let bob: Settled;
let requests: readonly (Filled & { readonly named: string })[];

/** Parameters that name nothing of anybody's, with the reason. */
const FREE: ReadonlyMap<string, string> = new Map([
  ["name", "a file's path inside the case that the path names"],
  ["put /api/cases/{case}/presence/{page}", "a page names itself, within its case and person"],
]);

/** Routes that answer the same whether what they name is there or not, with the reason. */
const SILENT: ReadonlyMap<string, string> = new Map([
  ["delete /api/cases/{case}/presence/{page}", "a page that closes twice has closed"],
]);

beforeAll(async () => {
  server = await team();
  ann = await settled(server, "ann");
  bob = await settled(server, "bob");
  // Neither looks after the server: what a keeper may do to anybody is their office.
  for (const name of ["ann", "bob"]) {
    const who = server.people.get(name);
    if (who?.kind === "person") server.people.set(name, { ...who, person: { ...who.person, keeper: false } });
  }
  const { operations, document } = await told(server);
  requests = operations.flatMap((operation) => {
    const names = operation.parameters.filter((each) => each.in === "path").map(({ name }) => name);
    const below = names.filter((name) => name !== "workspace" && name !== "case");
    return below
      .filter((name) => !FREE.has(name) && !FREE.has(`${operation.method} ${operation.path}`))
      .filter(() => operation.access.who !== "keeper")
      .map((named) => {
        const ids = { ...ann.ids, [named]: named === "version" ? "7" : (bob.ids[named] ?? "") };
        return { ...filled(operation, document, ids), named };
      });
  });
});
afterAll(() => server.store.close());

const ask = ({ method, path, headers, body }: Filled) =>
  send(server, {
    method,
    path,
    headers: {
      ...headers,
      "x-test-person": "ann",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

describe("ids of another workspace", () => {
  it("are known for every parameter that there is", () => {
    expect(requests.filter(({ named }) => named !== "version" && bob.ids[named] === undefined)).toEqual([]);
    expect(requests.length).toBeGreaterThan(5);
  });

  it("below a case, a workspace or an account of one's own are not there, and stay as they are", async () => {
    const { db } = server.store;
    await db
      .insertInto("versions")
      .values({ caseId: bob.caseId, number: 7, kind: "made", hash: "0".repeat(64), files: "[]" })
      .execute();
    const before = await rows(server);
    const wrong: string[] = [];
    for (const request of requests) {
      const answer = await ask(request);
      if (SILENT.has(request.where)) continue;
      if (answer.status !== 404) wrong.push(`${request.where} {${request.named}}: ${answer.status} ${answer.code}`);
    }
    expect(wrong).toEqual([]);
    expect(await rows(server)).toBe(before);
  });

  it("would have been found below their own", async () => {
    const { operations, document } = await told(server);
    const reading = operations.filter(
      ({ method, path, access }) => method === "get" && /\{(?!case|workspace)/.test(path) && access.who !== "keeper",
    );
    const wrong: string[] = [];
    for (const operation of reading) {
      const answer = await ask(filled(operation, document, ann.ids));
      if (answer.status === 404) wrong.push(`${operation.path}: ${answer.code}`);
    }
    expect(wrong).toEqual([]);
  });

  it("in a body reach nothing of that workspace", async () => {
    const copy = await server.ask("ann", "POST", `/api/workspaces/${ann.workspace}/cases`, { from: bob.caseId });
    expect(copy.status).toBe(404);
    expect(JSON.stringify(copy.body)).not.toContain("A case of bob");
    const token = { name: "Theirs", scopes: ["cases:read"], days: 1, workspace: bob.workspace };
    expect((await server.ask("ann", "POST", "/api/me/tokens", token)).status).toBe(404);
  });

  it("in a query list nothing of that workspace", async () => {
    const listed = await server.ask("ann", "GET", `/api/cases?workspace=${bob.workspace}`);
    expect(listed.body).toEqual({ ok: true, cases: [] });
  });

  it("of cases and workspaces are not told from those that nobody has", async () => {
    for (const path of ["/api/cases/", "/api/workspaces/"]) {
      const suffix = path === "/api/cases/" ? "" : "/members";
      const theirs = path === "/api/cases/" ? bob.caseId : bob.workspace;
      const nobodys = "0".repeat(theirs.length);
      const [one, other] = [
        await server.ask("ann", "GET", path + theirs + suffix),
        await server.ask("ann", "GET", path + nobodys + suffix),
      ];
      expect(one.status).toBe(404);
      expect(JSON.stringify(one.body).replaceAll(theirs, "")).toBe(JSON.stringify(other.body).replaceAll(nobodys, ""));
    }
  });
});
