import { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParleyError } from "../../src/core/problems/index.ts";
import { brokenAt, note } from "../../src/server/audit/log.ts";
import { checkBackup, prepareFor, restoreBackup } from "../../src/server/backup/restore.ts";
import { KEPT, LEFT_OUT } from "../../src/server/backup/tables.ts";
import { columnsOf, writeBackup } from "../../src/server/backup/write.ts";
import { newId } from "../../src/server/db/ids.ts";
import { type Db, openStore, type StorePlace } from "../../src/server/db/open.ts";
import { folderWith } from "../support/cli.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Team, team } from "./support.ts";

/** What makes trouble in lines of JSON: separators that some take for ends of lines, marks, both kinds of quotes. */
const HARD = 'a\u2028b\u2029c\r\n"d" \\ \u0085 \u{1f54a} {"x":[1]}';

let folder: string;
let server: Team;
let file: string;

/** A team with something in every table that a backup keeps. */
async function fill({ ask, person, store: { db }, workspace }: Team): Promise<void> {
  const ann = await person("ann", true);
  const bob = await person("bob");
  const { id: desk } = await workspace(`Desk ${HARD}`, ann);
  await db.insertInto("workspaceMembers").values({ workspaceId: desk, userId: bob, role: "editor" }).execute();
  await db
    .insertInto("accounts")
    .values({ id: newId(), userId: ann, accountId: ann, providerId: "credential", password: "$argon2id$x" })
    .execute();
  await db
    .insertInto("passkeys")
    .values({
      id: newId(),
      userId: ann,
      publicKey: "k",
      credentialId: "c",
      counter: 3,
      deviceType: "singleDevice",
      backedUp: false,
      createdAt: new Date("2026-01-02T03:04:05.678Z"),
    })
    .execute();
  const made = await ask("ann", "POST", `/api/workspaces/${desk}/cases`, { template: "blank", title: "One" });
  const caseId = made.body.case.id as string;
  let hash = made.body.case.hash as string;
  for (let i = 0; i < 5; i += 1) {
    const edits = [{ set: "title", value: `Title ${i} ${HARD.replaceAll(/[\r\n]/g, "")}` }];
    const saved = await ask("bob", "POST", `/api/cases/${caseId}/edits`, { base: hash, edits });
    expect(saved.status).toBe(200);
    hash = saved.body.hash;
  }
  await db.insertInto("caseMembers").values({ caseId, userId: bob, role: "owner" }).execute();
  // An answer whose id comes before that of what it answers.
  await db.insertInto("comments").values({ id: "z-first", caseId, path: "title", body: HARD, version: 1 }).execute();
  await db
    .insertInto("comments")
    .values({ id: "a-answer", caseId, path: "title", body: "yes", version: 1, parentId: "z-first", authorId: bob })
    .execute();
  await db
    .insertInto("assessments")
    .values({
      key: "k",
      caseId,
      kind: "assessment",
      version: 1,
      options: JSON.stringify({ seed: 1 }),
      hash: "h",
      document: HARD,
    })
    .execute();
  const run = newId();
  const record = JSON.stringify({ small: 1e-320, large: 1.7976931348623157e308, text: HARD, list: [1, null, true] });
  await db.insertInto("runs").values({ id: run, ownerId: ann, caseId, key: "k", state: "done", record }).execute();
  await db
    .insertInto("runShards")
    .values({ key: "k", shard: 0, digest: "d", counts: new Uint8Array([0, 1, 255]) })
    .execute();
  const expiresAt = new Date("2030-01-01T00:00:00Z");
  await db
    .insertInto("invitations")
    .values({ id: newId(), workspaceId: desk, role: "reader", tokenHash: "t1", createdBy: ann, expiresAt })
    .execute();
  await db
    .insertInto("apiTokens")
    .values({ id: newId(), userId: ann, name: "cli", tokenHash: "t2", scopes: '["cases:read"]', expiresAt })
    .execute();
  await db.insertInto("shares").values({ id: newId(), caseId, tokenHash: "t3", expiresAt }).execute();
  await db.insertInto("sessions").values({ id: newId(), userId: ann, token: "s", expiresAt }).execute();
  await db.transaction().execute((tx) => note(tx, { actorId: ann, action: "case.saved", detail: { b: 1, a: HARD } }));
}

/** Every row of every kept table, as the database writes it. */
async function rowsOf(db: Db): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name } of KEPT) {
    const { rows } = await sql<{ line: string }>`SELECT to_jsonb(t)::text AS line FROM ${sql.table(name)} AS t`.execute(
      db,
    );
    all[name] = rows.map(({ line }) => line).toSorted();
  }
  return all;
}

async function backUp(db: Db, name: string) {
  const path = join(folder, name);
  return { path, made: await writeBackup(db, createWriteStream(path, { mode: 0o600 })) };
}

async function restoreInto(place: StorePlace, path: string) {
  const read = await checkBackup(createReadStream(path), path);
  const store = await openStore(place, { prepare: (db) => prepareFor(db, read.head) });
  await restoreBackup(store.db, createReadStream(path), path, read);
  return { store, read };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: ParleyError) => error.problems?.[0]?.code ?? String(error),
  );

beforeAll(async () => {
  folder = folderWith({});
  server = await team();
  await fill(server);
  file = (await backUp(server.store.db, "team.backup")).path;
}, 120_000);
afterAll(async () => {
  await server.store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  it("keeps every table, or leaves it out by name", async () => {
    const there = [...(await columnsOf(server.store.db)).keys()].filter(
      (name) => !name.startsWith("parley_migrations"),
    );
    expect([...KEPT.map(({ name }) => name), ...LEFT_OUT].toSorted()).toEqual(there.toSorted());
    const rows = await rowsOf(server.store.db);
    for (const { name } of KEPT) expect(rows[name], name).not.toEqual([]);
  });

  it("gives every row back, the audit log whole and going on, and nobody signed in", async () => {
    const { store, read } = await restoreInto({ folder: undefined }, file);
    try {
      const before = await rowsOf(server.store.db);
      const after = await rowsOf(store.db);
      const last = after["audit"]?.filter((line) => line.includes("store.restored")) ?? [];
      expect(last).toHaveLength(1);
      expect({ ...after, audit: after["audit"]?.filter((line) => line !== last[0]) }).toEqual(before);
      expect(read.rows).toBe(Object.values(before).flat().length);
      expect(await brokenAt(store.db)).toBeUndefined();
      await store.db.transaction().execute((tx) => note(tx, { actorId: undefined, action: "case.saved" }));
      expect(await brokenAt(store.db)).toBeUndefined();
      expect(await store.db.selectFrom("sessions").selectAll().execute()).toEqual([]);
      expect(await codeOf(restoreBackup(store.db, createReadStream(file), file, read))).toBe("restore-not-empty");
    } finally {
      await store.close();
    }
  });

  it("is refused where any byte was changed, and nothing is written then", async () => {
    const good = gunzipSync(readFileSync(file));
    const text = good.toString("utf8");
    const lines = text.split("\n");
    const without = (index: number) => lines.filter((_, i) => i !== index).join("\n");
    const isRow = lines.findIndex((line) => line.includes('"version": 1'));
    const cases: Record<string, Uint8Array> = {
      "a letter changed": gzipSync(text.replace("a-answer", "a-answes")),
      "a row left out": gzipSync(without(isRow)),
      "a row twice": gzipSync([...lines.slice(0, isRow), lines[isRow], ...lines.slice(isRow)].join("\n")),
      "the head changed": gzipSync(text.replace('"backup":1', '"backup":2')),
      "cut at a line": gzipSync(`${lines.slice(0, -2).join("\n")}\n`),
      "cut within a line": gzipSync(good.subarray(0, good.length - 5)),
      "more behind it": gzipSync(`${text}["users"]\n`),
      "the file cut": readFileSync(file).subarray(0, 500),
      "no gzip": new TextEncoder().encode("parley"),
      empty: new Uint8Array(),
    };
    for (const [name, bytes] of Object.entries(cases)) {
      const path = join(folder, "damaged.backup");
      writeFileSync(path, bytes);
      expect(await codeOf(checkBackup(createReadStream(path), path)), name).toBe("backup-damaged");
    }
    // One that changes between being checked and being read.
    const read = await checkBackup(createReadStream(file), file);
    const store = await openStore({ folder: undefined });
    try {
      const path = join(folder, "damaged.backup");
      writeFileSync(path, cases["a letter changed"] ?? "");
      expect(await codeOf(restoreBackup(store.db, createReadStream(path), path, read))).toBe("backup-damaged");
      expect(Object.values(await rowsOf(store.db)).flat()).toEqual([]);
    } finally {
      await store.close();
    }
  });

  it("of a newer Parley is refused", async () => {
    const text = gunzipSync(readFileSync(file)).toString("utf8");
    const path = join(folder, "newer.backup");
    const { createHash } = await import("node:crypto");
    const lines = text.replace('"migrations":["', '"migrations":["0000-other","').split("\n").slice(0, -2);
    const hash = createHash("sha256")
      .update(`${lines.join("\n")}\n`)
      .digest("hex");
    const [, rows] = JSON.parse(text.split("\n").at(-2) ?? "") as [string, number];
    writeFileSync(path, gzipSync(`${lines.join("\n")}\n${JSON.stringify(["end", rows, hash])}\n`));
    expect(await codeOf(checkBackup(createReadStream(path), path))).toBe("backup-newer");
  });
});

describeWithPostgres("a backup between stores", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres("secret");
  }, 60_000);
  afterAll(() => postgres.stop());

  it("moves a team from the embedded store to a PostgreSQL server and back, row by row", async () => {
    const there = await restoreInto({ url: postgres.url }, file);
    try {
      const rows = await rowsOf(there.store.db);
      const { path } = await backUp(there.store.db, "server.backup");
      const back = await restoreInto({ folder: join(folder, "back") }, path);
      try {
        expect(await brokenAt(back.store.db)).toBeUndefined();
        const again = await rowsOf(back.store.db);
        const isFirst = (line: string) => rows["audit"]?.includes(line) === true;
        expect({ ...again, audit: again["audit"]?.filter(isFirst) }).toEqual(rows);
        const start = await rowsOf(server.store.db);
        expect({ ...again, audit: again["audit"]?.filter((line) => !line.includes("store.restored")) }).toEqual(start);
      } finally {
        await back.store.close();
      }
    } finally {
      await there.store.close();
    }
  });

  it("is of one moment, while others write", async () => {
    const store = await openStore({ url: postgres.url });
    try {
      const sink = createWriteStream(join(folder, "moment.backup"), { highWaterMark: 1 });
      let isDone = false;
      const noting = (async () => {
        while (!isDone)
          await store.db.transaction().execute((tx) => note(tx, { actorId: undefined, action: "case.saved" }));
      })();
      await writeBackup(store.db, sink);
      isDone = true;
      await noting;
      const path = join(folder, "moment.backup");
      const read = await checkBackup(createReadStream(path), path);
      expect(read.rows).toBeGreaterThan(0);
    } finally {
      await store.close();
    }
  });
});
