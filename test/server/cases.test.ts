import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenAt } from "../../src/server/audit/log.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Team, team } from "./support.ts";

/** The same tests on both stores. */
function cases(open: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let workspace: string;
  let other: string;
  const make = async (title: string) => {
    const made = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title });
    expect(made.status).toBe(201);
    return made.body.case as { id: string; hash: string; path: string };
  };

  beforeAll(async () => {
    server = await open();
    const ann = await server.person("ann");
    const bob = await server.person("bob");
    ({ id: workspace } = await server.workspace("Desk", ann));
    ({ id: other } = await server.workspace("Other desk", bob));
    const cleo = await server.person("cleo");
    await server.store.db
      .insertInto("workspaceMembers")
      .values({ workspaceId: workspace, userId: cleo, role: "reader" })
      .execute();
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  it("makes a case and gives its texts back, byte by byte", async () => {
    const made = await make("A trial");
    const { status, body } = await server.ask("ann", "GET", `/api/cases/${made.id}`);
    expect(status).toBe(200);
    expect(body.case).toMatchObject({ title: "A trial", path: "a-trial", role: "owner", version: 1, readOnly: false });
    expect(body.files).toEqual([
      { name: "case.yaml", hash: expect.stringMatching(/^[0-9a-f]{64}$/), text: "parley: 1\ntitle: A trial\n" },
    ]);
    expect(body.problems).toEqual([]);
  });

  it("hides a case from who may not read it, and says to who may only read that they may not write", async () => {
    const { id, hash } = await make("Hidden");
    const edits = { base: hash, edits: [{ set: "title", value: "Mine now" }] };
    expect((await server.ask(undefined, "GET", `/api/cases/${id}`)).status).toBe(401);
    expect((await server.ask("bob", "GET", `/api/cases/${id}`)).status).toBe(404);
    expect((await server.ask("bob", "POST", `/api/cases/${id}/edits`, edits)).status).toBe(404);
    expect((await server.ask("cleo", "GET", `/api/cases/${id}`)).status).toBe(200);
    const refused = await server.ask("cleo", "POST", `/api/cases/${id}/edits`, edits);
    expect(refused.status).toBe(403);
    expect(refused.body.problems[0].code).toBe("role-needed");
    expect((await server.ask("bob", "GET", "/api/cases")).body.cases).toEqual([]);
  });

  it("keeps a restricted case to those with a role of their own on it, and the workspace's owners", async () => {
    const { id } = await make("Closed");
    expect((await server.ask("ann", "PATCH", `/api/cases/${id}`, { restricted: true })).status).toBe(200);
    expect((await server.ask("cleo", "GET", `/api/cases/${id}`)).status).toBe(404);
    const listed = (await server.ask("cleo", "GET", "/api/cases")).body.cases as { id: string }[];
    expect(listed.some((each) => each.id === id)).toBe(false);
    expect((await server.ask("ann", "GET", `/api/cases/${id}`)).status).toBe(200);
  });

  it("makes every save a version that stays as it was", async () => {
    const { id, hash } = await make("Versions");
    const first = await server.ask("ann", "POST", `/api/cases/${id}/edits`, {
      base: hash,
      edits: [{ set: "title", value: "Second" }],
    });
    expect(first.body).toMatchObject({ ok: true, version: 2, merged: false });
    const { versions } = (await server.ask("ann", "GET", `/api/cases/${id}/versions`)).body;
    expect(versions.map(({ number, kind }: { number: number; kind: string }) => [number, kind])).toEqual([
      [2, "edited"],
      [1, "made"],
    ]);
    expect(versions[0].author.name).toBe("ann");
    const old = await server.ask("ann", "GET", `/api/cases/${id}/versions/1`);
    expect(old.body.files[0].text).toContain("title: Versions");
    const back = await server.ask("ann", "POST", `/api/cases/${id}/versions/1/restore`, {});
    expect(back.body).toMatchObject({ version: 3, hash });
    expect((await server.ask("ann", "GET", `/api/cases/${id}/versions/9`)).status).toBe(404);
  });

  it("merges by field what two editors changed apart, and refuses what both changed", async () => {
    const { id, hash } = await make("Two");
    const edit = (set: string, value: string, expected: string | null) =>
      server.ask("ann", "POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ set, value, expected }] });
    const added = (key: string, value: string) =>
      server.ask("ann", "POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ add: "", key, value }] });
    expect((await edit("title", "By one", "Two")).body).toMatchObject({ ok: true, merged: false });
    expect((await added("asOf", "2024-11-28")).body).toMatchObject({ ok: true, merged: true });
    const both = await edit("title", "By another", "Two");
    expect(both.status).toBe(409);
    expect(both.body.problems[0].code).toBe("edit-conflict");
    expect(both.body.files[0].text).toContain("By one");
    const text = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.files[0].text;
    expect(text).toBe("parley: 1\ntitle: By one\nasOf: 2024-11-28\n");
  });

  it("merges three ways: what an edit expects is what its base has, where it does not say", async () => {
    const { id, hash } = await make("Three");
    const edit = (set: string, value: string) =>
      server.ask("ann", "POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ set, value }] });
    expect((await edit("title", "By one")).body).toMatchObject({ ok: true, merged: false });
    expect((await edit("asOf", "2024-11-28")).body).toMatchObject({ ok: true, merged: true });
    for (const [path, value] of [
      ["title", "By another"],
      ["asOf", "2025-01-01"],
    ] as const) {
      const both = await edit(path, value);
      expect([both.status, both.body.problems[0].message]).toEqual([409, expect.stringContaining(path)]);
    }
    const text = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.files[0].text;
    expect(text).toBe("parley: 1\ntitle: By one\nasOf: 2024-11-28\n");
  });

  it("refuses edits on a state that never was, and saves of a file that moved on", async () => {
    const { id } = await make("States");
    const stray = { base: "0".repeat(64), edits: [{ set: "title", value: "X" }] };
    const refused = await server.ask("ann", "POST", `/api/cases/${id}/edits`, stray);
    expect([refused.status, refused.body.problems[0].code]).toEqual([409, "base-unknown"]);
    const put = await server.ask("ann", "PUT", `/api/cases/${id}/files/case.yaml`, { base: null, text: "parley: 1\n" });
    expect(put.status).toBe(409);
    const gone = await server.ask("ann", "PUT", `/api/cases/${id}/files/other.yaml`, { base: null, text: "a: 1\n" });
    expect(gone.status).toBe(404);
  });

  it("merges whole texts by field, and names what both changed", async () => {
    const { id } = await make("Texts");
    const before = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.files[0] as { hash: string; text: string };
    const put = (text: string, base: string | null = before.hash) =>
      server.ask("ann", "PUT", `/api/cases/${id}/files/case.yaml`, { base, text });
    const one = await put(`${before.text.replace("Texts", "By one")}# kept\n`);
    expect(one.body).toMatchObject({ ok: true, merged: false, version: 2, files: [], comments: [] });
    const two = await put(`${before.text}asOf: 2024-11-28 # lost\n`);
    expect(two.body).toMatchObject({ ok: true, merged: true, version: 3, comments: ["# lost"] });
    expect(two.body.files[0].text).toBe("parley: 1\ntitle: By one\n# kept\nasOf: 2024-11-28\n");
    expect(two.body.files[0].hash).toBe(two.body.file.hash);
    const both = await put(
      before.text.replace("Texts", "By three").replace("parley: 1", "parley: 1\nasOf: 2025-01-01"),
    );
    expect(both.status).toBe(409);
    expect(both.body.problems.map(({ code }: { code: string }) => code)).toEqual(["edit-conflict", "edit-conflict"]);
    expect(both.body.files).toEqual(two.body.files);
    const stale = [
      await put("parley: 1\ntitle: Texts\ntitle: Twice\n"),
      await put(`${before.text}# nothing but a comment\n`),
      await put("parley: 1\ntitle: From nowhere\n", "0".repeat(64)),
    ];
    expect(stale.map(({ status, body }) => [status, body.problems[0].code])).toEqual(
      Array(3).fill([409, "edit-stale"]),
    );
    const { versions } = (await server.ask("ann", "GET", `/api/cases/${id}/versions`)).body;
    expect(versions.map(({ kind }: { kind: string }) => kind)).toEqual(["merged", "text", "made"]);
  });

  it("keeps a draft that is no YAML, with the files that the text no longer names", async () => {
    const made = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, {
      files: { "case.yaml": "parley: 1\ntitle: Parts\nclaims:\n  include: claims.yaml\n", "claims.yaml": "{}\n" },
    });
    const { id } = made.body.case;
    const before = (await server.ask("ann", "GET", `/api/cases/${id}`)).body;
    expect(before.files).toHaveLength(2);
    const main = before.files[0];
    const broken = { base: main.hash, text: "parley: 1\ntitle: [Parts\n", draft: true };
    const saved = await server.ask("ann", "PUT", `/api/cases/${id}/files/case.yaml`, broken);
    expect(saved.status).toBe(200);
    expect(saved.body.problems.length).toBeGreaterThan(0);
    expect((await server.ask("ann", "GET", `/api/cases/${id}`)).body.files).toHaveLength(2);
    const { hash } = saved.body.file;
    const mended = { base: hash, text: main.text };
    expect((await server.ask("ann", "PUT", `/api/cases/${id}/files/case.yaml`, mended)).body.hash).toBe(
      before.case.hash,
    );
  });

  it("loses no save of many at once", async () => {
    const { id } = await make("Many");
    const { hash } = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.case;
    const asked = Array.from({ length: 30 }, (_, i) =>
      server.ask("ann", "POST", `/api/cases/${id}/edits`, {
        base: hash,
        edits: [{ add: "", key: `note-${i}`, value: `n${i}` }],
      }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    const { case: now, files } = (await server.ask("ann", "GET", `/api/cases/${id}`)).body;
    expect(now.version).toBe(31);
    for (let i = 0; i < 30; i += 1) expect(files[0].text).toContain(`note-${i}: n${i}\n`);
  });

  it("loses no text of many that were written at once on the same one", async () => {
    const text = `parley: 1\ntitle: Typists\n${Array.from({ length: 12 }, (_, i) => `note-${i}: 0\n`).join("")}`;
    const made = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, {
      files: { "case.yaml": text },
    });
    const path = `/api/cases/${made.body.case.id}`;
    const base = (await server.ask("ann", "GET", path)).body.files[0].hash;
    const asked = Array.from({ length: 12 }, (_, i) =>
      server.ask("ann", "PUT", `${path}/files/case.yaml`, { base, text: text.replace(`note-${i}: 0`, `note-${i}: 1`) }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(answers.filter(({ body }) => body.merged)).toHaveLength(11);
    expect((await server.ask("ann", "GET", path)).body.files[0].text).toBe(text.replaceAll(": 0\n", ": 1\n"));
  });

  it("copies only what its maker may read", async () => {
    const { id } = await make("Source");
    const copied = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, { from: id, title: "Copy" });
    expect(copied.body.case).toMatchObject({ title: "Copy", path: "copy" });
    expect((await server.ask("bob", "POST", `/api/workspaces/${other}/cases`, { from: id })).status).toBe(404);
    const taken = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, {
      template: "blank",
      title: "Copy",
      name: "copy",
    });
    expect(taken.status).toBe(409);
  });

  it("deletes a case with everything that hangs on it, and keeps the log of it", async () => {
    const { id } = await make("Short");
    expect((await server.ask("ann", "DELETE", `/api/cases/${id}`)).status).toBe(200);
    expect((await server.ask("ann", "GET", `/api/cases/${id}`)).status).toBe(404);
    const { db } = server.store;
    for (const table of ["versions", "contents"] as const) {
      expect(await db.selectFrom(table).select("caseId").where("caseId", "=", id).execute()).toEqual([]);
    }
    const entries = await db.selectFrom("audit").select("action").where("caseId", "=", id).orderBy("seq").execute();
    expect(entries.map(({ action }) => action)).toEqual(["case.made", "case.deleted"]);
  });

  it("has a log that only grows, and that shows where it was cut", async () => {
    const { db } = server.store;
    expect(await brokenAt(db)).toBeUndefined();
    await expect(db.deleteFrom("audit").execute()).rejects.toThrow("only grows");
    await expect(db.updateTable("audit").set({ action: "case.made" }).execute()).rejects.toThrow("only grows");
  });
}

describe("cases in the embedded store", () => {
  cases(
    () => team(),
    async () => {},
  );
});

describeWithPostgres("cases on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  cases(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url });
    },
    () => postgres.stop(),
  );
});
