import { beforeAll, expect, it } from "vitest";
import { actionsOf, join, newCase, newsOf, onBothStores } from "./both-stores.ts";
import { PORT } from "./support.ts";

onBothStores("members", (server) => {
  const ids: Record<string, string> = {};
  let desk: string;
  let other: string;
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    server().ask(as, method, path, body);
  const fresh = async (name: string, roles: Record<string, string> = {}) => {
    const { id } = await server().workspace(name, ids["ann"] ?? "");
    await join(server(), id, Object.fromEntries(Object.entries(roles).map(([who, role]) => [ids[who] ?? "", role])));
    return id;
  };

  beforeAll(async () => {
    for (const name of ["ann", "bob", "cleo", "dan", "eve"]) ids[name] = await server().person(name);
    desk = await fresh("Desk", { bob: "editor", cleo: "reader" });
    ({ id: other } = await server().workspace("Other desk", ids["eve"] ?? ""));
  });

  it("are told to members alone, their addresses to owners alone", async () => {
    const seen = await ask("cleo", "GET", `/api/workspaces/${desk}/members`);
    expect(
      seen.body.members.map((each: { person: { name: string }; role: string }) => [each.person.name, each.role]),
    ).toEqual([
      ["ann", "owner"],
      ["bob", "editor"],
      ["cleo", "reader"],
    ]);
    expect(JSON.stringify(seen.body)).not.toContain("@");
    expect((await ask("ann", "GET", `/api/workspaces/${desk}/members`)).body.members[1].email).toBe("bob@example.org");
    expect((await ask("eve", "GET", `/api/workspaces/${desk}/members`)).status).toBe(404);
    expect((await ask(undefined, "GET", `/api/workspaces/${desk}/members`)).status).toBe(401);
  });

  it("are given roles by owners alone, and pages with cases of the workspace open are told", async () => {
    const id = await fresh("Roles", { bob: "editor", cleo: "reader" });
    const made = await newCase(server(), "ann", id, "Told");
    const news = newsOf(server(), made.id);
    expect((await ask("bob", "PUT", `/api/workspaces/${id}/members/${ids["cleo"]}`, { role: "owner" })).status).toBe(
      403,
    );
    expect((await ask("eve", "PUT", `/api/workspaces/${id}/members/${ids["cleo"]}`, { role: "owner" })).status).toBe(
      404,
    );
    const raised = await ask("ann", "PUT", `/api/workspaces/${id}/members/${ids["cleo"]}`, { role: "commenter" });
    expect(raised.status).toBe(200);
    expect(news).toEqual(["access"]);
    expect((await ask("cleo", "GET", `/api/cases/${made.id}`)).body.case.role).toBe("commenter");
    const stranger = await ask("ann", "PUT", `/api/workspaces/${id}/members/${ids["eve"]}`, { role: "reader" });
    expect([stranger.status, stranger.body.problems[0].code]).toEqual([404, "member-unknown"]);
    expect((await ask("ann", "PUT", `/api/workspaces/${id}/members/${ids["cleo"]}`, { role: "king" })).status).toBe(
      400,
    );
    expect(await actionsOf(server(), { workspaceId: id })).toEqual(["workspace.made", "case.made", "member.role"]);
  });

  it("that are taken out while what they send still arrives change nothing any more", async () => {
    const id = await fresh("Slow", { bob: "editor" });
    const made = await newCase(server(), "bob", id, "Slowly");
    const text = JSON.stringify({ base: made.hash, edits: [{ set: "title", value: "Too late" }] });
    let go = (): void => {};
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    const body = new ReadableStream({
      async start(stream) {
        stream.enqueue(new TextEncoder().encode(text.slice(0, 10)));
        await gone;
        stream.enqueue(new TextEncoder().encode(text.slice(10)));
        stream.close();
      },
    });
    const asked = server().app.request(`http://127.0.0.1:${PORT}/api/cases/${made.id}/edits`, {
      method: "POST",
      headers: { "x-test-person": "bob", "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    // Longer than what counts as slow.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await ask("ann", "DELETE", `/api/workspaces/${id}/members/${ids["bob"]}`)).status).toBe(200);
    go();
    expect((await asked).status).toBe(404);
    expect((await ask("ann", "GET", `/api/cases/${made.id}`)).body.case).toMatchObject({ title: "Slowly", version: 1 });
  });

  it("leave by themselves, and lose the roles on cases that they had of their own", async () => {
    const id = await fresh("Leaving", { bob: "editor", cleo: "reader" });
    const made = await newCase(server(), "ann", id, "Left");
    expect((await ask("ann", "PUT", `/api/cases/${made.id}/members/${ids["cleo"]}`, { role: "editor" })).status).toBe(
      200,
    );
    expect((await ask("cleo", "DELETE", `/api/workspaces/${id}/members/${ids["bob"]}`)).status).toBe(403);
    expect((await ask("cleo", "DELETE", `/api/workspaces/${id}/members/${ids["cleo"]}`)).status).toBe(200);
    expect((await ask("cleo", "GET", `/api/cases/${made.id}`)).status).toBe(404);
    expect((await ask("ann", "DELETE", `/api/workspaces/${id}/members/${ids["bob"]}`)).status).toBe(200);
    expect((await ask("ann", "DELETE", `/api/workspaces/${id}/members/${ids["bob"]}`)).status).toBe(404);
    expect((await actionsOf(server(), { workspaceId: id })).slice(-2)).toEqual(["member.left", "member.removed"]);
  });

  it("that are taken out see a case that they have open end at once", async () => {
    const id = await fresh("Open", { cleo: "reader" });
    const made = await newCase(server(), "ann", id, "Watched");
    const address = `http://127.0.0.1:${PORT}/api/cases/${made.id}/events`;
    const response = await server().app.request(address, { headers: { "x-test-person": "cleo" } });
    const reader = response.body?.getReader();
    const next = async (): Promise<string> => {
      const { value, done } = (await reader?.read()) ?? { done: true };
      return done ? "end" : (/^event: (\w+)/.exec(new TextDecoder().decode(value))?.[1] ?? "");
    };
    expect(await next()).toBe("now");
    expect((await ask("ann", "DELETE", `/api/workspaces/${id}/members/${ids["cleo"]}`)).status).toBe(200);
    expect(await next()).toBe("gone");
    expect(await next()).toBe("end");
  });

  it("always have an owner among them who can sign in", async () => {
    const id = await fresh("Last", { bob: "owner" });
    const demote = (who: string) => ask(who, "PUT", `/api/workspaces/${id}/members/${ids[who]}`, { role: "editor" });
    await server()
      .store.db.updateTable("users")
      .set({ suspendedAt: new Date() })
      .where("id", "=", ids["bob"] ?? "")
      .execute();
    expect((await demote("ann")).body.problems[0].code).toBe("last-owner");
    await server()
      .store.db.updateTable("users")
      .set({ suspendedAt: null })
      .where("id", "=", ids["bob"] ?? "")
      .execute();
    expect((await demote("bob")).status).toBe(200);
    const left = await ask("ann", "DELETE", `/api/workspaces/${id}/members/${ids["ann"]}`);
    expect([left.status, left.body.problems[0].code]).toEqual([409, "last-owner"]);
  });

  it("keep an owner also where all of them go at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await fresh(`Rush ${round}`, { bob: "owner", cleo: "owner", dan: "owner" });
      const asked = ["ann", "bob", "cleo", "dan"].map((who, index) =>
        index % 2 === 0
          ? ask(who, "DELETE", `/api/workspaces/${id}/members/${ids[who]}`)
          : ask(who, "PUT", `/api/workspaces/${id}/members/${ids[who]}`, { role: "reader" }),
      );
      const answers = (await Promise.all(asked)).map(({ status }) => status);
      expect(answers.toSorted()).toEqual([200, 200, 200, 409]);
      const owners = await server()
        .store.db.selectFrom("workspaceMembers")
        .select("userId")
        .where("workspaceId", "=", id)
        .where("role", "=", "owner")
        .execute();
      expect(owners).toHaveLength(1);
    }
  });

  it("who took each other's role at once do not both succeed", async () => {
    const id = await fresh("Duel", { bob: "owner" });
    const take = (who: string, of: string) =>
      ask(who, "PUT", `/api/workspaces/${id}/members/${ids[of]}`, { role: "reader" });
    const answers = await Promise.all([take("ann", "bob"), take("bob", "ann")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
  });

  it("of a case are those of its workspace, and whoever has a role of their own on it", async () => {
    const made = await newCase(server(), "ann", desk, "Shared work");
    const news = newsOf(server(), made.id);
    const path = `/api/cases/${made.id}/members`;
    expect((await ask("bob", "PUT", `${path}/${ids["cleo"]}`, { role: "editor" })).status).toBe(403);
    expect((await ask("ann", "PUT", `${path}/${ids["cleo"]}`, { role: "editor" })).status).toBe(200);
    const byMail = await ask("ann", "PUT", `${path}/EVE@example.org`, { role: "commenter" });
    expect(byMail.body).toEqual({ ok: true, person: ids["eve"] });
    expect(news).toEqual(["access", "access"]);
    const byId = await ask("ann", "PUT", `${path}/${ids["dan"]}`, { role: "reader" });
    expect([byId.status, byId.body.problems[0].code]).toEqual([404, "member-unknown"]);
    const nobody = await ask("ann", "PUT", `${path}/nobody@example.org`, { role: "reader" });
    expect([nobody.status, nobody.body.problems[0].code]).toEqual([404, "account-unknown"]);
    const { members } = (await ask("eve", "GET", path)).body;
    expect(
      members.map((each: Record<string, { name?: string }>) => [
        each["person"]?.name,
        each["role"],
        each["own"],
        each["workspace"],
      ]),
    ).toEqual([
      ["ann", "owner", null, "owner"],
      ["bob", "editor", null, "editor"],
      ["cleo", "editor", "editor", "reader"],
      ["eve", "commenter", "commenter", null],
    ]);
    expect(JSON.stringify(members)).not.toContain("@");
    expect((await ask("eve", "DELETE", `${path}/${ids["cleo"]}`)).status).toBe(403);
    expect((await ask("eve", "DELETE", `${path}/${ids["eve"]}`)).status).toBe(200);
    expect((await ask("eve", "GET", `/api/cases/${made.id}`)).status).toBe(404);
    expect((await ask("ann", "DELETE", `${path}/${ids["eve"]}`)).status).toBe(404);
    expect((await ask("eve", "PUT", `${path}/${ids["eve"]}`, { role: "owner" })).status).toBe(404);
    expect(await actionsOf(server(), { caseId: made.id })).toEqual([
      "case.made",
      "case.member",
      "case.member",
      "case.member.left",
    ]);
  });

  it("of a restricted case do not count those of the workspace, but for its owners", async () => {
    const made = await newCase(server(), "bob", desk, "Closed work");
    expect((await ask("ann", "PATCH", `/api/cases/${made.id}`, { restricted: true })).status).toBe(200);
    expect((await ask("bob", "GET", `/api/cases/${made.id}/members`)).status).toBe(404);
    await ask("ann", "PUT", `/api/cases/${made.id}/members/${ids["bob"]}`, { role: "owner" });
    const { members } = (await ask("bob", "GET", `/api/cases/${made.id}/members`)).body;
    expect(members.map((each: { person: { name: string } }) => each.person.name)).toEqual(["ann", "bob"]);
    expect((await ask("ann", "GET", `/api/workspaces/${other}/members`)).status).toBe(404);
  });
});
