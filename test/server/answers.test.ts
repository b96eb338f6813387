import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Team, team } from "./support.ts";

const CASE = `parley: 1
title: A small case
asOf: 2024-01-31
sources:
  report: {title: A report, by: An Analyst, published: 2024-01, reliability: B, because: x}
parties:
  north: {name: North}
  south: {name: South}
questions: {talks: {text: Will they talk?, event: talks, by: 2025-01-31, prior: 0.4, because: x}}
claims:
  include: claims.yaml
readings:
  calm: {name: Calm, kind: held, by: a test, because: x, set: {claims.tired.credence: 0.2}}
`;
const CLAIMS = "tired: {text: Both are tired., bears: {talks: 2 to 4}, credence: 0.8, because: x}\n";
const FILES = { "case.yaml": CASE, "claims.yaml": CLAIMS };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** The same tests on both stores. */
function answers(open: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let workspace: string;
  const make = async (files: Readonly<Record<string, string>> = FILES): Promise<string> => {
    const made = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, { files });
    expect(made.status).toBe(201);
    return made.body.case.id;
  };
  const assess = (id: string, options: object = {}, as = "ann") =>
    server.ask(as, "POST", `/api/cases/${id}/assessments`, options);
  const raw = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await server.app.request(`http://127.0.0.1:7350${path}`, {
      headers: { "x-test-person": "ann", ...headers },
    });
    return { status: response.status, tag: response.headers.get("etag"), text: await response.text() };
  };

  beforeAll(async () => {
    server = await open();
    const ann = await server.person("ann");
    const bob = await server.person("bob");
    const cleo = await server.person("cleo");
    ({ id: workspace } = await server.workspace("Desk", ann));
    await server.workspace("Other desk", bob);
    await server.store.db
      .insertInto("workspaceMembers")
      .values({ workspaceId: workspace, userId: cleo, role: "reader" })
      .execute();
  });
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  it("gives the bytes that parley assess prints, under every option, and keeps them with their hash", async () => {
    const id = await make();
    const folder = folderWith(FILES);
    for (const [options, words] of [
      [{}, []],
      [{ reading: "calm", seed: 7 }, ["--reading", "calm", "--seed", "7"]],
      [{ asOf: "2023-12-31", strictAsOf: true, version: 1 }, ["--as-of", "2023-12-31", "--strict-as-of"]],
    ] as const) {
      const { status, body } = await assess(id, options);
      expect(status).toBe(200);
      const { stdout } = parley(["assess", folder, "--json", ...words]);
      const { key, hash } = body.assessment;
      const stored = await raw(`/api/cases/${id}/assessments/${key}/document`);
      expect(stored).toEqual({ status: 200, tag: `"${sha256(stdout)}"`, text: stdout });
      expect(hash).toBe(sha256(stdout));
      expect(body.document).toEqual(JSON.parse(stdout));
    }
    const { assessments } = (await server.ask("cleo", "GET", `/api/cases/${id}/assessments`)).body;
    expect(assessments).toHaveLength(3);
    expect(assessments[1]).toMatchObject({
      version: 1,
      options: { reading: "calm", seed: 7, asOf: null, strictAsOf: false },
      author: { name: "ann" },
    });
  });

  it("computes once for two who ask at a time, and not at all for who asks again", async () => {
    const id = await make();
    const [one, two] = await Promise.all([assess(id), assess(id, {}, "cleo")]);
    expect(one.body).toEqual(two.body);
    const later = await assess(id, {}, "cleo");
    expect(later.body).toEqual(one.body);
    const { db } = server.store;
    const made = await db.selectFrom("audit").selectAll().where("caseId", "=", id).orderBy("seq").execute();
    expect(made.map(({ action }) => action)).toEqual(["case.made", "assessment.made"]);
    const { key, hash } = one.body.assessment;
    const path = `/api/cases/${id}/assessments/${key}`;
    expect(await raw(path, { "if-none-match": `"${hash}"` })).toEqual({ status: 304, tag: `"${hash}"`, text: "" });
    expect(JSON.parse((await raw(path)).text)).toEqual(later.body);
  });

  it("keeps an answer to a version: another text has another one", async () => {
    const id = await make();
    const first = (await assess(id)).body.assessment;
    const { hash } = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.case;
    const edits = [{ set: "claims.tired.credence", value: 0.3 }];
    expect((await server.ask("ann", "POST", `/api/cases/${id}/edits`, { base: hash, edits })).status).toBe(200);
    const second = (await assess(id)).body.assessment;
    expect([second.version, second.key === first.key]).toEqual([2, false]);
    expect((await assess(id, { version: 1 })).body.assessment.key).toBe(first.key);
  });

  it("never shows a document that is not what was stored, and says so", async () => {
    const id = await make();
    const { key } = (await assess(id)).body.assessment;
    const { db } = server.store;
    const { document } = await db
      .selectFrom("assessments")
      .select("document")
      .where("caseId", "=", id)
      .executeTakeFirstOrThrow();
    await db
      .updateTable("assessments")
      .set({ document: document.replace("A small case", "A great case") })
      .where("caseId", "=", id)
      .execute();
    const path = `/api/cases/${id}/assessments/${key}`;
    for (const refused of [
      await server.ask("ann", "GET", path),
      await server.ask("ann", "GET", `${path}/document`),
      await assess(id),
    ]) {
      expect([refused.status, refused.body.problems[0].code]).toEqual([500, "document-damaged"]);
      expect(JSON.stringify(refused.body)).not.toContain("great");
    }
  });

  it("says what keeps a case from being assessed, and keeps nothing", async () => {
    const id = await make({ ...FILES, "claims.yaml": CLAIMS.replace("0.8", "1.8") });
    const refused = await assess(id);
    expect([refused.status, refused.body.problems[0].file]).toEqual([422, "claims.yaml"]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/assessments`)).body.assessments).toEqual([]);
    const good = await make();
    for (const [options, status] of [
      [{ reading: "clam" }, 422],
      [{ asOf: "soon" }, 422],
      [{ version: 9 }, 404],
      [{ seed: -1 }, 400],
      [{ reading: "a\u0000b" }, 400],
      [{ draws: 5 }, 400],
    ] as const) {
      expect((await assess(good, options)).status).toBe(status);
    }
    const key = "0".repeat(64);
    expect((await server.ask("ann", "GET", `/api/cases/${good}/assessments/${key}`)).status).toBe(404);
    expect((await server.ask("ann", "GET", `/api/cases/${good}/assessments/nothing`)).status).toBe(400);
  });

  it("keeps answers to those who may read the case", async () => {
    const id = await make();
    const { key } = (await assess(id)).body.assessment;
    expect((await assess(id, {}, "bob")).status).toBe(404);
    const others = await server.ask("bob", "GET", "/api/workspaces");
    const own = await server.ask("bob", "POST", `/api/workspaces/${others.body.workspaces[0].id}/cases`, {
      files: FILES,
    });
    // The same texts in another workspace: nothing tells that somebody assessed them.
    expect((await server.ask("bob", "GET", `/api/cases/${own.body.case.id}/assessments/${key}`)).status).toBe(404);
    expect((await server.ask("bob", "GET", `/api/cases/${id}/diff?from=1&to=1`)).status).toBe(404);
    expect((await server.ask(undefined, "GET", `/api/cases/${id}/assessments/${key}`)).status).toBe(401);
  });

  it("keeps so many of a case and no more, the oldest go", async () => {
    const id = await make();
    const { db } = server.store;
    const old = Array.from({ length: 101 }, (_, i) => ({
      key: `${i}`,
      caseId: id,
      kind: i === 100 ? ("diff" as const) : ("assessment" as const),
      version: 1,
      options: "{}",
      hash: "",
      document: "",
      createdAt: new Date(Date.UTC(2024, 0, 1, 0, i)),
    }));
    await db.insertInto("assessments").values(old).execute();
    const { key } = (await assess(id)).body.assessment;
    const left = await db.selectFrom("assessments").select("key").where("caseId", "=", id).execute();
    expect(left.map((row) => row.key).toSorted()).toEqual([...old.slice(1).map((row) => row.key), key].toSorted());
  });

  it("says in the document of the API who may ask", async () => {
    const { paths } = JSON.parse((await raw("/openapi.json")).text);
    const access = (path: string, method: string) => paths[path][method]["x-parley-access"];
    expect(access("/api/cases/{case}/assessments", "post")).toEqual({
      who: "case",
      role: "reader",
      scope: "runs:write",
    });
    expect(access("/api/cases/{case}/assessments/{key}", "get").scope).toBe("cases:read");
    expect(access("/api/cases/{case}/diff", "get").scope).toBe("cases:read");
    expect(access("/api/cases/{case}/runs", "post")).toEqual({ who: "case", role: "reader", scope: "runs:write" });
    expect(access("/api/runs", "get")).toEqual({ who: "person", scope: "cases:read" });
  });

  it("says which inputs and answers differ between two versions, and why, with the figures of parley compare", async () => {
    const id = await make();
    const { hash } = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.case;
    const edits = [
      { set: "claims.tired.credence", value: 0.3 },
      { set: "title", value: "Another title" },
    ];
    expect((await server.ask("ann", "POST", `/api/cases/${id}/edits`, { base: hash, edits })).status).toBe(200);
    const { status, body } = await server.ask("cleo", "GET", `/api/cases/${id}/diff?from=1&to=2`);
    expect(status).toBe(200);
    expect(body.files).toEqual([
      { name: "case.yaml", kind: "changed" },
      { name: "claims.yaml", kind: "changed" },
    ]);
    expect(body.changes).toEqual([
      { path: "title", kind: "changed", before: "A small case", after: "Another title" },
      { path: "claims.tired.credence", kind: "changed", before: 0.8, after: 0.3 },
    ]);
    const folders = [1, 2].map(async (version) => {
      const { files } = (await server.ask("ann", "GET", `/api/cases/${id}/versions/${version}`)).body;
      return folderWith(
        Object.fromEntries(files.map((file: { name: string; text: string }) => [file.name, file.text])),
      );
    });
    const { stdout } = parley(["compare", ...(await Promise.all(folders)), "--json"]);
    expect(body.answers).toEqual(JSON.parse(stdout));
    expect(body.why).toMatchObject([
      { path: "title", moves: [] },
      { path: "claims.tired.credence", moves: [{ from: "evidence", id: "talks" }] },
    ]);
    const calm = await server.ask("ann", "GET", `/api/cases/${id}/diff?from=1&to=2&reading=calm`);
    expect(calm.body.why[1].moves).toEqual([]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/diff?from=1&to=2`)).body).toEqual(body);
    // What differs is kept, but it is no assessment.
    expect((await server.ask("ann", "GET", `/api/cases/${id}/assessments`)).body.assessments).toEqual([]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/diff?from=1&to=3`)).status).toBe(404);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/diff?from=1`)).status).toBe(400);
  });
}

describe("answers in the embedded store", () => {
  answers(
    () => team(),
    async () => {},
  );
});

describeWithPostgres("answers on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  answers(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url });
    },
    () => postgres.stop(),
  );
});
