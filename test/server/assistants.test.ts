import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Role } from "../../src/server/access/roles.ts";
import { SCOPE_NAMES, type Scope } from "../../src/server/access/scopes.ts";
import { makeToken, revokeToken } from "../../src/server/people/tokens.ts";
import { type Assistant, assistantAt } from "../support/assistant.ts";
import { SMALL_CASE } from "../support/cli.ts";
import { actionsOf, join, newCase, newsOf, onBothStores } from "./both-stores.ts";
import { PORT, team } from "./support.ts";

/** The port that the server under test listens on. */
let port = 0;

onBothStores(
  "assistants on a team server",
  (server) => {
    const ids: Record<string, string> = {};
    const open: Assistant[] = [];
    let http: Server;
    let desk: string;
    let side: string;
    let caseId: string;

    const token = async (as: string, scopes: readonly Scope[] = SCOPE_NAMES, workspaceId?: string) =>
      makeToken(server().store.db, ids[as] ?? "", { name: "Assistant", scopes, days: 1, workspaceId }, new Date());
    const at = async (secret: string): Promise<Assistant> => {
      const made = await assistantAt(`http://127.0.0.1:${port}/mcp`, secret);
      open.push(made);
      return made;
    };
    const bearing = async (as: string, scopes?: readonly Scope[], workspaceId?: string) =>
      at((await token(as, scopes, workspaceId)).secret);
    const versions = async () => (await server().ask("ann", "GET", `/api/cases/${caseId}/versions`)).body.versions;
    const setTitle = (value: string) => [{ set: "title", value }];

    beforeAll(async () => {
      http = serve({
        fetch: (request, env) => server().app.fetch(request, env),
        hostname: "127.0.0.1",
        port: 0,
      }) as Server;
      await new Promise<void>((done) => (http.listening ? done() : http.once("listening", done)));
      ({ port } = http.address() as AddressInfo);
      for (const name of ["ann", "bob", "rae", "eve"]) ids[name] = await server().person(name);
      ({ id: desk } = await server().workspace("The Desk", ids["ann"] ?? ""));
      ({ id: side } = await server().workspace("Side", ids["eve"] ?? ""));
      await join(server(), desk, { [ids["bob"] ?? ""]: "editor", [ids["rae"] ?? ""]: "reader" });
      // Requests of the API itself go to the app, by the name of its port.
      ({ id: caseId } = await newCase(server(), "ann", desk, "Small", SMALL_CASE));
      await newCase(server(), "eve", side, "Private", SMALL_CASE.replace("A small case", "Not for others"));
    });
    afterAll(async () => {
      await Promise.all(open.map((each) => each.close().catch(() => {})));
      await new Promise((done) => {
        http.close(done);
        http.closeAllConnections();
      });
    });

    it("list, read, check and assess the cases that the token's owner may read, and no others", async () => {
      const the = await bearing("rae");
      const { data } = await the.ask("list_cases");
      expect(data.cases).toMatchObject([
        { id: "the-desk/a-small-case", title: "A small case", path: "The Desk/a-small-case", writable: false },
      ]);
      expect(data.writeFolders).toEqual([]);
      const id = "the-desk/a-small-case";
      expect((await the.ask("read_case", { case: id, path: "claims.losses.credence" })).data.entry).toMatchObject({
        value: 1,
        line: "case.yaml:15",
      });
      expect((await the.ask("check_case", { case: id })).data).toMatchObject({ ok: true, errors: 0 });
      const weighed = await the.ask("weigh_evidence", { case: id });
      // Even odds, and a claim that makes the answer four times as likely.
      expect(weighed.data.questions[0].posterior.yes.median).toBeCloseTo(4 / 5, 9);
      const again = "parley evidence a-small-case --seed 1 --json --question talks";
      expect(weighed.data.questions[0].reproduce.command.split(" ").sort()).toEqual(again.split(" ").sort());
      const assessed = await the.ask("assess_case", { case: caseId });
      expect([assessed.isError, assessed.text]).toEqual([false, expect.stringContaining("talk")]);
      const resource = await the.client.readResource({ uri: `parley://case/${encodeURIComponent(id)}` });
      expect(resource.contents).toMatchObject([{ text: SMALL_CASE }]);
      const other = await the.ask("read_case", { case: "side/not-for-others" });
      expect([other.isError, other.problems[0]?.code]).toEqual([true, "unknown-reference"]);
      expect(JSON.stringify(other)).not.toContain("Not for others");
      for (const tool of ["check_case", "assess_case"]) {
        expect((await the.ask(tool, { case: "side/not-for-others" })).problems[0]?.code).toBe("unknown-reference");
      }
    }, 60_000);

    it("write versions of the token's owner, which pages hear of, and take them back as new ones", async () => {
      const the = await bearing("bob");
      const news = newsOf(server(), caseId);
      const edited = await the.ask("edit_case", {
        case: "the-desk/a-small-case",
        edits: setTitle("Another title"),
        why: "asked\nfor",
      });
      expect(edited.data.written).toMatchObject({ version: 2, files: ["The Desk/a-small-case/case.yaml"] });
      expect(news).toEqual(["saved"]);
      const [second, first] = await versions();
      expect(second).toMatchObject({
        number: 2,
        kind: "edited",
        author: { id: ids["bob"], name: "bob" },
        assistant: true,
        message: "by an assistant: edit_case: set title (asked⏎for)",
      });
      expect(first).toMatchObject({ number: 1, assistant: false, author: { name: "ann" } });
      const taken = await the.ask("undo_write", { case: "the-desk/a-small-case" });
      expect([taken.data.undone.version, taken.data.written.version]).toEqual([2, 3]);
      const [third] = await versions();
      expect(third).toMatchObject({ number: 3, author: { name: "bob" }, assistant: true, hash: first.hash });
      expect(third.message).toBe("by an assistant: undid version 2: edit_case: set title (asked⏎for)");
      expect((await the.ask("undo_write", { case: "the-desk/a-small-case" })).problems[0]?.code).toBe("version-none");
      const audit = await server()
        .store.db.selectFrom("audit")
        .select(["actorId", "detail"])
        .where("caseId", "=", caseId)
        .where("action", "=", "case.saved")
        .execute();
      expect(audit).toHaveLength(2);
      for (const { actorId, detail } of audit) {
        expect(actorId).toBe(ids["bob"]);
        expect(detail).toHaveProperty("assistant");
      }
    });

    it("undo what they wrote beneath what somebody else saved since, and refuse where that is the same", async () => {
      const the = await bearing("bob");
      const id = "the-desk/a-small-case";
      await the.ask("edit_case", { case: id, edits: setTitle("For a while") });
      const byHand = async (set: string, value: string) => {
        const base = (await versions())[0].hash;
        const saved = await server().ask("ann", "POST", `/api/cases/${caseId}/edits`, {
          base,
          edits: [{ set, value }],
        });
        expect(saved.status).toBe(200);
      };
      await byHand("claims.losses.text", "Losses are very heavy.");
      expect((await the.ask("undo_write", { case: id })).isError).toBe(false);
      const text = async () => (await server().ask("ann", "GET", `/api/cases/${caseId}`)).body.files[0].text as string;
      expect(await text()).toContain("title: A small case\n");
      expect(await text()).toContain("Losses are very heavy.");
      await the.ask("edit_case", { case: id, edits: setTitle("Mine") });
      await byHand("title", "Hers");
      const refused = await the.ask("undo_write", { case: id });
      expect([refused.isError, refused.problems[0]?.code]).toEqual([true, "version-stale"]);
      expect(await text()).toContain("title: Hers\n");
      // Put back by hand: there is nothing left to undo.
      await byHand("title", "A small case");
      expect((await the.ask("undo_write", { case: id })).problems[0]?.code).toBe("version-none");
    });

    it("lose no write of two who write at once", async () => {
      const id = "the-desk/a-small-case";
      const [one, two] = await Promise.all([bearing("ann"), bearing("bob")]);
      const before = (await versions())[0].number;
      const edits = (of: string) => [
        { add: "sources", key: of, value: { title: `A note of ${of}`, published: "2024-10" } },
      ];
      const all = await Promise.all(
        [0, 1, 2, 3].flatMap((each) => [
          one.ask("edit_case", { case: id, edits: edits(`ann-${each}`) }),
          two.ask("edit_case", { case: id, edits: edits(`bob-${each}`) }),
        ]),
      );
      expect(all.map(({ isError, text }) => (isError ? text : ""))).toEqual(Array.from({ length: 8 }, () => ""));
      const read = await one.ask("read_case", { case: id, path: "sources" });
      expect(read.data.entry.keys).toHaveLength(9);
      const now = (await versions()).slice(0, 8);
      expect(now[0].number).toBe(before + 8);
      const authors = now.map(({ author }: { author: { name: string } }) => author.name);
      expect(authors.filter((name: string) => name === "ann")).toHaveLength(4);
    });

    it("make cases where the token names the workspace", async () => {
      const { id: second } = await server().workspace("Second", ids["ann"] ?? "");
      const from = { template: "blank", title: "By an assistant" };
      const free = await bearing("ann");
      const open_ = await free.ask("new_case", { name: "fresh", from });
      expect([open_.isError, open_.problems[0]?.code]).toEqual([true, "request-shape"]);
      expect(open_.text).toContain("second, the-desk");
      const made = await free.ask("new_case", { name: "fresh", from, into: "second" });
      expect(made.data).toMatchObject({ case: "second/fresh", path: "Second/fresh", written: { version: 1 } });
      const taken = await free.ask("new_case", { name: "fresh", from, into: "second" });
      expect(taken.problems[0]?.code).toBe("name-taken");
      expect((await free.ask("undo_write", { case: "second/fresh" })).problems[0]?.code).toBe("version-none");
      const bound = await bearing("ann", SCOPE_NAMES, desk);
      expect((await bound.ask("new_case", { name: "fresh", from })).data.case).toBe("the-desk/fresh");
      expect((await bound.ask("new_case", { name: "x", from, into: "second" })).problems[0]?.code).toBe(
        "unknown-reference",
      );
      expect((await bound.ask("read_case", { case: "second/fresh" })).problems[0]?.code).toBe("unknown-reference");
      const copied = await bound.ask("new_case", { name: "copy", from: { copy: "the-desk/a-small-case" } });
      expect(copied.data.case).toBe("the-desk/copy");
      expect(await actionsOf(server(), { workspaceId: second })).toContain("case.made");
      const article = { text: "Kyiv said on Monday that talks may begin in March.", date: "2024-11-20", title: "News" };
      const drafts = await bound.ask("add_drafts", { case: "the-desk/copy", ...article });
      expect([drafts.isError, drafts.data?.written.version]).toEqual([false, 2]);
    });

    it("write nothing by a reader's token, nor by one that was made for reading", async () => {
      const before = (await versions())[0].number;
      const edits = setTitle("Not this");
      const reader = await bearing("rae");
      const refused = await reader.ask("edit_case", { case: "the-desk/a-small-case", edits });
      expect(refused.problems[0]).toMatchObject({ code: "role-needed" });
      const from = { template: "blank", title: "No" };
      expect((await reader.ask("new_case", { name: "no", from })).problems[0]?.code).toBe("role-needed");
      expect((await reader.ask("undo_write", { case: "the-desk/a-small-case" })).problems[0]?.code).toBe("role-needed");
      const reading = await bearing("bob", ["cases:read"]);
      for (const [tool, input] of [
        ["edit_case", { case: "the-desk/a-small-case", edits }],
        ["new_case", { name: "no", from }],
        ["undo_write", { case: "the-desk/a-small-case" }],
        ["assess_case", { case: "the-desk/a-small-case" }],
      ] as const) {
        expect((await reading.ask(tool, input)).problems[0]?.code).toBe("token-scope");
      }
      expect((await reading.ask("check_case", { case: "the-desk/a-small-case" })).isError).toBe(false);
      expect((await reading.ask("list_cases")).text).toContain("needs cases:write");
      const blind = await bearing("bob", ["cases:write", "runs:write"]);
      for (const tool of ["list_cases", "draft_claims", "read_case"]) {
        const input = tool === "list_cases" ? {} : tool === "draft_claims" ? { text: "x" } : { case: caseId };
        expect((await blind.ask(tool, input)).problems[0]?.code).toBe("token-scope");
      }
      expect((await versions())[0].number).toBe(before);
    });

    it("are of those alone who have a role on a case of somebody else's workspace", async () => {
      const guest = ids["eve"] ?? "";
      await server()
        .store.db.insertInto("caseMembers")
        .values({ caseId, userId: guest, role: "editor" as Role })
        .execute();
      const the = await bearing("eve");
      const { data } = await the.ask("list_cases");
      expect(data.cases.map(({ id, path }: { id: string; path: string }) => [id, path])).toEqual(
        expect.arrayContaining([["shared/a-small-case", "shared/a-small-case"]]),
      );
      expect(JSON.stringify(data)).not.toContain("Desk");
      expect((await the.ask("edit_case", { case: "shared/a-small-case", edits: setTitle("By a guest") })).isError).toBe(
        false,
      );
      // Another person's assistants do not take it back.
      expect((await (await bearing("ann")).ask("read_case", { case: caseId })).data.title).toBe("By a guest");
      await server().store.db.deleteFrom("caseMembers").where("userId", "=", guest).execute();
      expect((await the.ask("read_case", { case: "shared/a-small-case" })).problems[0]?.code).toBe("unknown-reference");
    });

    it("need a token, which a cookie is not, and end with it in the middle of a session", async () => {
      const url = `http://127.0.0.1:${port}/mcp`;
      const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
      const hello = {
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "by hand", version: "1" } },
      };
      const post = async (more: Record<string, string> = {}) => {
        const response = await fetch(url, {
          method: "POST",
          headers: { ...headers, ...more },
          body: JSON.stringify(hello),
        });
        await response.text();
        return response;
      };
      const bare = await post({ "x-test-person": "ann" });
      expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="parley"']);
      expect((await post({ authorization: `Bearer parley_${"a".repeat(43)}` })).status).toBe(401);
      const { secret, row } = await token("bob");
      expect((await post({ authorization: `Bearer ${secret}`, origin: "https://evil.example" })).status).toBe(403);
      expect((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(405);
      const the = await at(secret);
      expect((await the.ask("list_cases")).isError).toBe(false);
      // It may do less from the next request on.
      await server()
        .store.db.updateTable("apiTokens")
        .set({ scopes: JSON.stringify(["cases:write"]) })
        .where("id", "=", row.id)
        .execute();
      expect((await the.ask("list_cases")).problems[0]?.code).toBe("token-scope");
      await revokeToken(server().store.db, ids["bob"] ?? "", row.id, new Date());
      await expect(the.ask("list_cases")).rejects.toThrow();
      const suspended = await bearing("rae");
      const suspend = (suspendedAt: Date | null) =>
        server()
          .store.db.updateTable("users")
          .set({ suspendedAt })
          .where("id", "=", ids["rae"] ?? "")
          .execute();
      await suspend(new Date());
      await expect(suspended.ask("list_cases")).rejects.toThrow();
      await suspend(null);
      expect((await suspended.ask("list_cases")).isError).toBe(false);
      expect(server().errors).toEqual([]);
    });
  },
  { port: () => port },
);

it("are told to wait where a token asks or computes too often", async () => {
  const many = { requests: 12, seconds: 60 };
  const server = await team({ folder: undefined }, { rates: { token: many, compute: { requests: 1, seconds: 60 } } });
  try {
    const ann = await server.person("ann");
    const { id: desk } = await server.workspace("Desk", ann);
    await newCase(server, "ann", desk, "Small", SMALL_CASE);
    const request = { name: "Busy", scopes: SCOPE_NAMES, days: 1, workspaceId: undefined };
    const { secret } = await makeToken(server.store.db, ann, request, new Date());
    const statuses: number[] = [];
    const the = await assistantAt(`http://127.0.0.1:${PORT}/mcp`, secret, {
      fetch: async (url, init) => {
        const response = await server.app.request(String(url), init as RequestInit);
        statuses.push(response.status);
        if (response.status === 429) expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
        return response;
      },
    });
    const ask = () => the.ask("weigh_evidence", { case: "desk/a-small-case" });
    expect((await ask()).isError).toBe(false);
    expect((await ask()).problems[0]?.code).toBe("request-often");
    expect((await the.ask("check_case", { case: "desk/a-small-case" })).isError).toBe(false);
    const asking = async () => {
      for (let i = 0; i < many.requests; i += 1) await the.ask("list_cases");
    };
    await expect(asking()).rejects.toThrow("too many requests");
    expect(statuses.at(-1)).toBe(429);
  } finally {
    await server.store.close();
  }
}, 60_000);
