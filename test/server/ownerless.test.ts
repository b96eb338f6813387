import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Browser, browser, STRONG, setUp } from "./accounts-support.ts";
import { type Team, team } from "./support.ts";

/** The same tests on both stores. */
function ownerless(open: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let ann: Browser;

  beforeAll(async () => {
    server = await open();
    ann = await setUp(server);
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  /** Somebody in a workspace, by an invitation of its owner's. */
  const join = async (by: Browser, workspace: string, name: string, role: string) => {
    const { body } = await by.ask("POST", `/api/workspaces/${workspace}/invitations`, { days: 1, role });
    const page = browser(server);
    const given = { name, email: `${name}@example.org`, password: STRONG };
    const joined = await page.ask("POST", "/api/invitation", given, { "x-parley-invitation": body.token });
    expect(joined.status).toBe(200);
    return { page, id: joined.body.person.id as string };
  };
  const listed = async () => (await ann.ask("GET", "/api/ownerless")).body.workspaces;

  it("gives a workspace whose owners are all suspended another one, and no other workspace", async () => {
    const made = await ann.ask("POST", "/api/workspaces", { name: "Coast" });
    const coast = made.body.workspace.id as string;
    const bob = await join(ann, coast, "bob", "owner");
    const cem = await join(ann, coast, "cem", "editor");
    const dia = await join(ann, coast, "dia", "reader");
    const me = (await ann.ask("GET", "/api/me")).body.person.id as string;
    expect((await bob.page.ask("DELETE", `/api/workspaces/${coast}/members/${me}`)).status).toBe(200);
    const { body } = await bob.page.ask("POST", `/api/workspaces/${coast}/cases`, { template: "blank", title: "Port" });
    const appoint = (person: string, workspace = coast) => ann.ask("PUT", `/api/ownerless/${workspace}`, { person });

    // Who looks after the server takes no workspace from an owner who is there.
    expect(await listed()).toEqual([]);
    expect(await appoint(cem.id)).toMatchObject({ status: 409, code: "workspace-owned" });

    await ann.ask("PATCH", `/api/people/${bob.id}`, { suspended: true });
    await ann.ask("PATCH", `/api/people/${dia.id}`, { suspended: true });
    expect(await listed()).toEqual([
      { id: coast, name: "Coast", members: [{ id: cem.id, name: "cem", role: "editor" }] },
    ]);
    // Nobody from outside, not even themself, and nobody who is suspended.
    for (const person of [me, dia.id, bob.id, "nobody"]) {
      expect(await appoint(person), person).toMatchObject({ status: 404, code: "member-unknown" });
    }
    expect(await appoint(cem.id, "nowhere")).toMatchObject({ status: 404, code: "workspace-unknown" });
    expect(await cem.page.ask("PUT", `/api/ownerless/${coast}`, { person: cem.id })).toMatchObject({
      status: 403,
      code: "keeper-needed",
    });

    const heard: unknown[] = [];
    const stop = server.services.changes.listen(body.case.id, (news) => heard.push(news));
    expect((await appoint(cem.id)).status).toBe(200);
    stop();
    expect(heard).toEqual([{ kind: "access" }]);
    expect(await listed()).toEqual([]);
    expect(await appoint(cem.id)).toMatchObject({ code: "workspace-owned" });
    expect((await cem.page.ask("DELETE", `/api/workspaces/${coast}/members/${bob.id}`)).status).toBe(200);
    const { body: log } = await cem.page.ask("GET", `/api/workspaces/${coast}/audit?limit=10`);
    expect(log.entries.find((entry: { action: string }) => entry.action === "member.appointed")).toMatchObject({
      detail: { person: cem.id },
    });
  });

  it("lists no workspace whose only member is suspended: it waits for them", async () => {
    const made = await ann.ask("POST", "/api/workspaces", { name: "Hill" });
    const hill = made.body.workspace.id as string;
    const eve = await join(ann, hill, "eve", "owner");
    const me = (await ann.ask("GET", "/api/me")).body.person.id as string;
    expect((await eve.page.ask("DELETE", `/api/workspaces/${hill}/members/${me}`)).status).toBe(200);
    await ann.ask("PATCH", `/api/people/${eve.id}`, { suspended: true });
    expect(await listed()).toEqual([]);
    await ann.ask("PATCH", `/api/people/${eve.id}`, { suspended: false });
    await eve.page.signIn("eve@example.org", STRONG);
    expect((await eve.page.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([{ id: hill, role: "owner" }]);
  });
}

describe("a workspace without an owner, PGlite", () => {
  ownerless(
    () => team(),
    async () => {},
  );
});

describeWithPostgres("a workspace without an owner, PostgreSQL", () => {
  let postgres: PostgresServer;
  ownerless(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url });
    },
    () => postgres.stop(),
  );
});
