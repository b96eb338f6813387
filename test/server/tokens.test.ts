import { beforeAll, expect, it } from "vitest";
import { identityOfTokens } from "../../src/server/people/tokens.ts";
import { join, newCase, onBothStores } from "./both-stores.ts";

const DAY = 86_400_000;

onBothStores("API tokens", (server) => {
  const ids: Record<string, string> = {};
  let desk: string;
  let side: string;
  let made: { id: string };
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    server().ask(as, method, path, body);
  const make = async (as: string, more: Record<string, unknown> = {}) => {
    const request = { name: "Script", scopes: ["cases:read"], days: 30, ...more };
    const { status, body } = await ask(as, "POST", "/api/me/tokens", request);
    expect(status).toBe(201);
    return body as { token: { id: string; expiresAt: string }; secret: string };
  };
  const whose = (secret: string, now = new Date(), scheme = "Bearer") =>
    identityOfTokens(server().store.db, () => now).of(new Headers({ authorization: `${scheme} ${secret}` }));
  /** Makes requests under a name be those of a token. */
  const wear = async (name: string, secret: string): Promise<void> => {
    server().people.set(name, await whose(secret));
  };

  beforeAll(async () => {
    for (const name of ["ann", "bob"]) ids[name] = await server().person(name);
    ({ id: desk } = await server().workspace("Desk", ids["ann"] ?? ""));
    ({ id: side } = await server().workspace("Side", ids["ann"] ?? ""));
    await join(server(), desk, { [ids["bob"] ?? ""]: "editor" });
    made = await newCase(server(), "ann", desk, "By script");
  });

  it("are shown once, and kept as a hash alone", async () => {
    const { token, secret } = await make("ann");
    expect(secret).toMatch(/^parley_[A-Za-z0-9_-]{43}$/);
    const row = await server()
      .store.db.selectFrom("apiTokens")
      .selectAll()
      .where("id", "=", token.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(secret.slice("parley_".length));
    const listed = (await ask("ann", "GET", "/api/me/tokens")).body.tokens;
    expect(listed[0]).toMatchObject({
      id: token.id,
      name: "Script",
      workspace: null,
      lastUsedAt: null,
      expired: false,
    });
    expect(JSON.stringify(listed)).not.toContain(row.tokenHash);
    expect(Date.parse(token.expiresAt) - Date.now()).toBeGreaterThan(29.9 * DAY);
    expect((await ask("bob", "GET", "/api/me/tokens")).body.tokens).toEqual([]);
  });

  it("say whose a request is, and what it may do", async () => {
    const { token, secret } = await make("bob", { scopes: ["comments:write", "cases:read"] });
    expect(await whose(secret)).toEqual({
      kind: "token",
      person: { id: ids["bob"], name: "bob", email: "bob@example.org", keeper: false },
      tokenId: token.id,
      scopes: ["cases:read", "comments:write"],
      workspaceId: undefined,
    });
    expect(await identityOfTokens(server().store.db).of(new Headers())).toEqual({ kind: "nobody" });
    await wear("bobs-script", secret);
    expect((await ask("bobs-script", "GET", `/api/cases/${made.id}`)).status).toBe(200);
    const edit = await ask("bobs-script", "POST", `/api/cases/${made.id}/edits`, { base: "0".repeat(64), edits: [] });
    expect([edit.status, edit.body.problems[0].code]).toEqual([403, "token-scope"]);
  });

  it("make, list and revoke no tokens, and change no members", async () => {
    const { token, secret } = await make("ann", {
      scopes: ["cases:read", "cases:write", "comments:write", "runs:write"],
    });
    await wear("script", secret);
    const refused = [
      await ask("script", "GET", "/api/me/tokens"),
      await ask("script", "POST", "/api/me/tokens", { name: "More", scopes: ["cases:read"], days: 1 }),
      await ask("script", "DELETE", `/api/me/tokens/${token.id}`),
      await ask("script", "GET", `/api/workspaces/${desk}/members`),
      await ask("script", "PUT", `/api/workspaces/${desk}/members/${ids["bob"]}`, { role: "owner" }),
      await ask("script", "PUT", `/api/cases/${made.id}/members/${ids["bob"]}`, { role: "owner" }),
      await ask("script", "GET", `/api/workspaces/${desk}/audit`),
    ];
    expect(refused.map(({ status, body }) => [status, body.problems[0].code])).toEqual(
      Array(refused.length).fill([403, "token-refused"]),
    );
  });

  it("for one workspace reach no other", async () => {
    const there = await newCase(server(), "ann", side, "Elsewhere");
    const { secret } = await make("ann", { workspace: desk });
    await wear("desk-script", secret);
    expect((await ask("desk-script", "GET", `/api/cases/${made.id}`)).status).toBe(200);
    expect((await ask("desk-script", "GET", `/api/cases/${there.id}`)).status).toBe(404);
    const request = { name: "Script", scopes: ["cases:read"], days: 1, workspace: side };
    expect((await ask("bob", "POST", "/api/me/tokens", request)).body.problems[0].code).toBe("workspace-unknown");
  });

  it("are dead when they are revoked, have expired, or are not known", async () => {
    const { token, secret } = await make("ann", { days: 1 });
    await expect(whose(secret, new Date(Date.now() + DAY + 1000))).rejects.toThrow("has expired");
    expect((await ask("bob", "DELETE", `/api/me/tokens/${token.id}`)).status).toBe(404);
    expect((await whose(secret)).kind).toBe("token");
    expect((await ask("ann", "DELETE", `/api/me/tokens/${token.id}`)).status).toBe(200);
    expect((await ask("ann", "DELETE", `/api/me/tokens/${token.id}`)).status).toBe(404);
    for (const [other, scheme] of [
      [secret, "Bearer"],
      [`parley_${"a".repeat(43)}`, "Bearer"],
      ["", "Bearer"],
      [secret.replace("parley_", ""), "Bearer"],
      [secret, "Basic"],
    ] as const) {
      await expect(whose(other, new Date(), scheme)).rejects.toMatchObject({ problems: [{ code: "token-unknown" }] });
    }
  });

  it("are dead when their owner is suspended or gone", async () => {
    const gone = await server().person("gone");
    const { secret } = await make("gone");
    const { db } = server().store;
    await db.updateTable("users").set({ suspendedAt: new Date() }).where("id", "=", gone).execute();
    await expect(whose(secret)).rejects.toMatchObject({ problems: [{ code: "person-suspended" }] });
    await db.deleteFrom("users").where("id", "=", gone).execute();
    await expect(whose(secret)).rejects.toMatchObject({ problems: [{ code: "token-unknown" }] });
  });

  it("remember their last use, to the minute", async () => {
    const { token, secret } = await make("ann");
    const used = async () =>
      (
        await server()
          .store.db.selectFrom("apiTokens")
          .select("lastUsedAt")
          .where("id", "=", token.id)
          .executeTakeFirst()
      )?.lastUsedAt?.getTime();
    const start = Date.now() + 1000;
    await whose(secret, new Date(start));
    await whose(secret, new Date(start + 59_000));
    expect(await used()).toBe(start);
    await whose(secret, new Date(start + 61_000));
    expect(await used()).toBe(start + 61_000);
  });

  it.each([
    [{ name: "" }],
    [{ name: "a\u0000b" }],
    [{ name: "a\u202eb" }],
    [{ scopes: [] }],
    [{ scopes: ["everything"] }],
    [{ days: 0 }],
    [{ days: 366 }],
    [{ days: 1.5 }],
    [{ more: 1 }],
  ])("are not made of %j", async (more) => {
    const request = { name: "Script", scopes: ["cases:read"], days: 30, ...more };
    const { status, body } = await ask("ann", "POST", "/api/me/tokens", request);
    expect([status, body.problems[0].code]).toEqual([400, "request-shape"]);
  });
});

onBothStores("the log", (server) => {
  let desk: string;
  let other: string;
  const ask = (as: string | undefined, path: string) => server().ask(as, "GET", path);
  const actions = (body: { entries: { action: string }[] }) => body.entries.map(({ action }) => action);

  beforeAll(async () => {
    const ann = await server().person("ann");
    const bob = await server().person("bob");
    await server().person("kim", true);
    ({ id: desk } = await server().workspace("Desk", ann));
    ({ id: other } = await server().workspace("Other desk", bob));
    await join(server(), desk, { [bob]: "editor" });
    await newCase(server(), "ann", desk, "A secret title");
  });

  it("of a workspace is told to its owners, newest first, in pages", async () => {
    const path = `/api/workspaces/${desk}/audit`;
    const all = await ask("ann", path);
    expect(actions(all.body)).toEqual(["case.made", "workspace.made"]);
    expect(all.body.entries[0].actor.name).toBe("ann");
    const [newest] = (await ask("ann", `${path}?limit=1`)).body.entries;
    expect(actions((await ask("ann", `${path}?limit=1&before=${newest.seq}`)).body)).toEqual(["workspace.made"]);
    expect((await ask("bob", path)).status).toBe(403);
    expect((await ask("ann", `/api/workspaces/${other}/audit`)).status).toBe(404);
    expect((await ask("ann", `${path}?before=x`)).status).toBe(400);
    expect((await ask("ann", `${path}?limit=9999`)).status).toBe(400);
  });

  it("of the server is told to who looks after it, without titles, and says whether it is whole", async () => {
    const { status, body } = await ask("kim", "/api/audit");
    expect(status).toBe(200);
    expect(body).toMatchObject({ whole: true, brokenAt: null });
    expect(actions(body)).toEqual(["case.made", "workspace.made", "workspace.made"]);
    expect(JSON.stringify(body)).not.toContain("secret title");
    expect((await ask("ann", "/api/audit")).status).toBe(403);
    const { db } = server().store;
    // As somebody with the database in their hands would: an entry that follows from nothing.
    const action = "case.deleted" as const;
    const entry = { at: new Date(), actorId: null, action, detail: "{}", previous: "0".repeat(64) };
    await db
      .insertInto("audit")
      .values({ ...entry, hash: "f".repeat(64) })
      .execute();
    const forged = (await ask("kim", "/api/audit")).body;
    expect(forged).toMatchObject({ whole: false, brokenAt: forged.entries[0].seq });
    expect((await ask("kim", `/api/audit?before=${forged.brokenAt}`)).body.whole).toBeNull();
  });
});
