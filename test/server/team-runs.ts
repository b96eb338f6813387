import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";
import { SMALL_WAR } from "../support/small-war.ts";
import type { Team } from "./support.ts";

const FILES = { "case.yaml": SMALL_WAR };
export const LIMITS = { limits: { queued: 1, running: 1 } };
/** More trajectories than any test waits for. */
const LONG = 2_000_000;

/** The same tests on both stores; `again` opens the store anew, as a server does that is started again. */
export function runs(open: () => Promise<Team>, again: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let workspace: string;
  const make = async (files: Readonly<Record<string, string>> = FILES): Promise<string> => {
    const made = await server.ask("ann", "POST", `/api/workspaces/${workspace}/cases`, { files });
    return made.body.case.id;
  };
  const start = async (id: string, options: object, as = "ann") =>
    server.ask(as, "POST", `/api/cases/${id}/runs`, options);
  const until = async (id: string, run: string, done: (state: string, shards: number) => boolean) => {
    for (;;) {
      const { body } = await server.ask("ann", "GET", `/api/cases/${id}/runs/${run}`);
      if (done(body.run.state, body.run.shards.done)) return body;
      await sleep(10);
    }
  };
  const isOver = (state: string) => !["queued", "running"].includes(state);
  const people = async () => {
    for (const name of ["ann", "bob", "cleo"]) {
      const row = await server.store.db.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
      if (row === undefined) await server.person(name);
      else {
        const { id, email, keeper } = row;
        server.people.set(name, { kind: "person", person: { id, name, email, keeper }, sessionId: name });
      }
    }
  };
  const idOf = (name: string) => {
    const who = server.people.get(name);
    return who?.kind === "person" ? who.person.id : "";
  };

  beforeAll(async () => {
    server = await open();
    await people();
    ({ id: workspace } = await server.workspace("Desk", idOf("ann")));
    await server.workspace("Other desk", idOf("bob"));
    await server.store.db
      .insertInto("workspaceMembers")
      .values({ workspaceId: workspace, userId: idOf("cleo"), role: "reader" })
      .execute();
  });
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  it("gives what parley simulate gives, to the digest, and says how to have it again", async () => {
    const id = await make();
    const options = { runs: 3000, seed: 5, prior: true, sets: ["war.clock.horizon=12"] };
    const started = await start(id, options, "cleo");
    expect(started.status).toBe(201);
    const { hash } = (await server.ask("ann", "GET", `/api/cases/${id}`)).body.case;
    expect(started.body.run).toMatchObject({
      case: id,
      version: 1,
      hash,
      label: "A small war",
      owner: { name: "cleo" },
      options: { prior: true, reading: null, sets: ["war.clock.horizon=12"] },
      command: "parley simulate a-small-war --runs 3000 --seed 5 --prior --set war.clock.horizon=12 --json",
    });
    const { run, results } = await until(id, started.body.run.id, isOver);
    const words = run.command.split(" ").slice(1);
    const { stdout } = parley(words.map((word: string) => (word === "a-small-war" ? folderWith(FILES) : word)));
    const simulated = JSON.parse(stdout);
    expect(run).toMatchObject({
      state: "done",
      digest: simulated.digest,
      done: 3000,
      executor: "threads",
      problems: [],
    });
    expect({ ...results, perSecond: 0 }).toEqual({ ...simulated, perSecond: 0 });
    expect(run.shards.done).toBe(run.shards.total);
    expect((await server.ask("cleo", "GET", "/api/runs")).body.runs).toEqual([run]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/runs`)).body.runs).toEqual([run]);
    expect((await server.ask("ann", "GET", "/api/runs")).body.runs).toEqual([]);
  });

  it("keeps runs to those who may read the case", async () => {
    const id = await make();
    const { run } = (await start(id, { runs: 100 })).body;
    await until(id, run.id, isOver);
    const own = await server.ask("bob", "GET", "/api/workspaces");
    const other = await server.ask("bob", "POST", `/api/workspaces/${own.body.workspaces[0].id}/cases`, {
      files: FILES,
    });
    const theirs = other.body.case.id;
    for (const [method, path] of [
      ["GET", `/api/cases/${id}/runs`],
      ["GET", `/api/cases/${id}/runs/${run.id}`],
      ["DELETE", `/api/cases/${id}/runs/${run.id}`],
      ["GET", `/api/cases/${theirs}/runs/${run.id}`],
      ["DELETE", `/api/cases/${theirs}/runs/${run.id}`],
    ] as const) {
      expect((await server.ask("bob", method, path)).status).toBe(404);
    }
    expect((await server.ask("ann", "GET", `/api/cases/${theirs}/runs/${run.id}`)).status).toBe(404);
    // The same run of the same texts in another workspace finds nothing of this one; in this case it does.
    const found = async (as: string, of: string) => {
      const again = (await start(of, { runs: 100 }, as)).body.run;
      const record = () => server.services.runs?.get(of, again.id);
      while (!isOver(record()?.state ?? "")) await sleep(5);
      return record()?.shards.resumed;
    };
    expect([await found("bob", theirs), await found("ann", id)]).toEqual([0, run.shards.total]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/runs/${run.id}`)).status).toBe(200);
    expect((await server.ask(undefined, "GET", "/api/runs")).status).toBe(401);
    // Whoever loses a case loses sight of their runs of it.
    const { db } = server.store;
    const mine = (await start(id, { runs: 100, seed: 9 }, "cleo")).body.run;
    await until(id, mine.id, isOver);
    await db.updateTable("cases").set({ restricted: true }).where("id", "=", id).execute();
    const left = (await server.ask("cleo", "GET", "/api/runs")).body.runs;
    expect(left.some((each: { id: string }) => each.id === mine.id)).toBe(false);
  });

  it("cancels a run, forgets one that is over, and lets nobody but editors end another's", async () => {
    const id = await make();
    const news: string[] = [];
    const stop = server.services.changes.listen(id, ({ kind }) => news.push(kind));
    const { run } = (await start(id, { runs: LONG })).body;
    const path = `/api/cases/${id}/runs/${run.id}`;
    const refused = await server.ask("cleo", "DELETE", path);
    expect([refused.status, refused.body.problems[0].code]).toEqual([403, "role-needed"]);
    expect((await server.ask("ann", "DELETE", path)).body.run).toMatchObject({ state: "cancelled" });
    expect((await server.ask("ann", "GET", path)).body.results).toBeNull();
    expect((await server.ask("ann", "DELETE", path)).body.run).toBeNull();
    expect((await server.ask("ann", "GET", path)).status).toBe(404);
    expect((await server.ask("ann", "DELETE", path)).status).toBe(404);
    stop();
    expect(new Set(news)).toEqual(new Set(["runs"]));
    const entries = await server.store.db
      .selectFrom("audit")
      .selectAll()
      .where("caseId", "=", id)
      .orderBy("seq")
      .execute();
    expect(entries.map(({ action }) => action)).toEqual(["case.made", "run.started", "run.cancelled", "run.removed"]);
  });

  it("holds everybody to limits of their own", async () => {
    const id = await make();
    const first = [await start(id, { runs: LONG }), await start(id, { runs: LONG, seed: 2 })];
    expect(first.map(({ status }) => status)).toEqual([201, 201]);
    const refused = await start(id, { runs: 100 });
    expect([refused.status, refused.body.problems[0].code]).toEqual([429, "run-limit"]);
    const short = (await start(id, { runs: 100 }, "cleo")).body.run;
    expect((await until(id, short.id, isOver)).run.state).toBe("done");
    const many = await start(id, { runs: LONG + 1 }, "cleo");
    expect([many.status, many.body.problems[0].code]).toEqual([422, "run-too-long"]);
    for (const { body } of first) await server.ask("ann", "DELETE", `/api/cases/${id}/runs/${body.run.id}`);
  });

  it("refuses what cannot be simulated, and takes nothing", async () => {
    const peaceful = await make({ "case.yaml": SMALL_WAR.replace(/^war:.*\n/m, "") });
    const broken = await make({ "case.yaml": SMALL_WAR.replace("0.4", "x") });
    expect((await start(peaceful, { runs: 100 })).body.problems[0].code).toBe("not-simulable");
    expect((await start(broken, { runs: 100 })).body.problems[0]).toMatchObject({ file: "case.yaml", line: 7 });
    const id = await make();
    for (const [options, status] of [
      [{ runs: 100, version: 2 }, 404],
      [{ runs: 100, reading: "calm" }, 422],
      [{ runs: 100, sets: ["war.nothing=1"] }, 422],
      [{ runs: 0 }, 400],
      [{}, 400],
      [{ runs: 100, owner: "bob" }, 400],
    ] as const) {
      expect((await start(id, options)).status).toBe(status);
    }
    expect((await server.ask("ann", "GET", `/api/cases/${id}/runs`)).body.runs).toEqual([]);
    expect((await server.ask("ann", "GET", `/api/cases/${id}/runs/nothing`)).status).toBe(400);
  });

  it("ends with its case", async () => {
    const id = await make();
    const { run } = (await start(id, { runs: LONG })).body;
    expect((await server.ask("ann", "DELETE", `/api/cases/${id}`)).status).toBe(200);
    while ((await server.ask("ann", "GET", "/api/runs")).body.runs.some((each: { id: string }) => each.id === run.id)) {
      await sleep(10);
    }
    const { db } = server.store;
    // The row goes with the case; what was under way is written no more.
    while (server.services.runs?.ofOwner(idOf("ann")).some(({ id: each }) => each === run.id)) await sleep(10);
    expect(await db.selectFrom("runs").select("id").where("id", "=", run.id).execute()).toEqual([]);
  });

  it("goes on after the server was started anew, to the same digest", async () => {
    const id = await make();
    const { run } = (await start(id, { runs: 60_000, seed: 3 })).body;
    await until(id, run.id, (_, shards) => shards >= 2);
    await server.store.close();
    server = await again();
    await people();
    const ended = await until(id, run.id, isOver);
    const { stdout } = parley(["simulate", folderWith(FILES), "--runs", "60000", "--seed", "3", "--json"]);
    expect(ended.run).toMatchObject({ id: run.id, state: "done", digest: JSON.parse(stdout).digest });
  });
}
