import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { MOST_COMMENTS } from "../../src/server/talk/comments.ts";
import { actionsOf, join, newCase, newsOf, onBothStores } from "./both-stores.ts";
import type { Team } from "./support.ts";

const TEXT = `parley: 1
title: Talk
claims:
  losses:
    text: Losses are heavy.
    tags: [one, two]
  aid: { text: Aid flows. }
`;

async function desk(server: Team) {
  const ids: Record<string, string> = {};
  for (const name of ["ann", "ed", "cora", "cid", "rae", "eve"]) ids[name] = await server.person(name);
  const { id: workspace } = await server.workspace("Desk", ids["ann"] ?? "");
  const { id: other } = await server.workspace("Other desk", ids["eve"] ?? "");
  const roles = { ed: "editor", cora: "commenter", cid: "commenter", rae: "reader" };
  await join(server, workspace, Object.fromEntries(Object.entries(roles).map(([who, role]) => [ids[who] ?? "", role])));
  return { ids, workspace, other };
}

onBothStores("comments", (server) => {
  let workspace: string;
  let other: string;
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    server().ask(as, method, path, body);
  const fresh = async () => {
    const { id, hash } = await newCase(server(), "ann", workspace, "Talk", TEXT);
    return { id, hash, path: `/api/cases/${id}/comments` };
  };
  const said = async (as: string, path: string, body: Record<string, unknown>) => {
    const made = await ask(as, "POST", path, body);
    expect(made.body).toMatchObject({ ok: true });
    expect(made.status).toBe(201);
    return made.body.comment as { id: string };
  };

  beforeAll(async () => {
    ({ workspace, other } = await desk(server()));
  });

  it("are told to readers, with who wrote them and on which version", async () => {
    const { id, path } = await fresh();
    const news = newsOf(server(), id);
    const made = await said("cora", path, { path: "claims.losses.text", body: "  Says who?\r\nWhere?  " });
    await said("ann", path, { path: "", body: "On the whole: good." });
    await said("ed", path, { path: "claims.losses.text", body: "The report.", parent: made.id });
    const { comments } = (await ask("rae", "GET", path)).body;
    expect(comments).toMatchObject([
      {
        path: "claims.losses.text",
        body: "Says who?\nWhere?",
        author: { name: "cora" },
        version: 1,
        parent: null,
        there: true,
      },
      { path: "", author: { name: "ann" }, there: true },
      { parent: made.id, author: { name: "ed" }, resolved: null, editedAt: null },
    ]);
    expect(news).toEqual(["comments", "comments", "comments"]);
    expect(await actionsOf(server(), { caseId: id })).toEqual(["case.made", ...Array(3).fill("comment.made")]);
  });

  it("are not written by readers, nor read by strangers", async () => {
    const { path } = await fresh();
    const body = { path: "", body: "Hello" };
    expect((await ask("rae", "POST", path, body)).status).toBe(403);
    expect((await ask("eve", "POST", path, body)).status).toBe(404);
    expect((await ask("eve", "GET", path)).status).toBe(404);
    expect((await ask(undefined, "GET", path)).status).toBe(401);
  });

  it("speak of what the case has or could have", async () => {
    const { path } = await fresh();
    for (const good of ["title", "claims", "claims.losses", "claims.losses.tags.1", "claims.aid.because", "horizon"]) {
      await said("cora", path, { path: good, body: "Fine" });
    }
    for (const bad of [
      "claims.loses",
      "claims.losses.txt",
      "claims.losses.tags.2",
      "nothing",
      "claims..text",
      "title.0",
      "__proto__",
      "constructor",
      "claims.losses.text.length",
    ]) {
      const { status, body } = await ask("cora", "POST", path, { path: bad, body: "Bad" });
      expect([bad, status, body.problems[0].code]).toEqual([bad, 422, "comment-path"]);
    }
    expect((await ask("cora", "POST", path, { path: "claims.loses", body: "x" })).body.problems[0].hint).toContain(
      "claims.losses",
    );
  });

  it("stay where their path is gone, and say so; a broken draft takes nothing away", async () => {
    const { id, hash, path } = await fresh();
    const made = await said("cora", path, { path: "claims.aid", body: "Which?" });
    await said("cora", path, { path: "claims.losses", body: "Which?" });
    const there = async () =>
      (await ask("ann", "GET", path)).body.comments.map((each: { there: boolean }) => each.there);
    expect(
      (await ask("ed", "POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ remove: "claims.aid" }] })).status,
    ).toBe(200);
    expect(await there()).toEqual([false, true]);
    await said("ed", path, { path: "claims.aid", body: "Taken out.", parent: made.id });
    expect((await ask("cora", "POST", path, { path: "claims.aid", body: "Again" })).status).toBe(422);
    const { files } = (await ask("ed", "GET", `/api/cases/${id}`)).body;
    const draft = { base: files[0].hash, text: "parley: [1\n", draft: true };
    expect((await ask("ed", "PUT", `/api/cases/${id}/files/case.yaml`, draft)).status).toBe(200);
    expect(await there()).toEqual([false, true, false]);
  });

  it("are answered one level deep, on the same path, in the same case", async () => {
    const { path } = await fresh();
    const elsewhere = await fresh();
    const first = await said("cora", path, { path: "title", body: "One" });
    const answer = await said("cid", path, { path: "title", body: "Two", parent: first.id });
    const refused = [
      await ask("cora", "POST", path, { path: "title", body: "Three", parent: answer.id }),
      await ask("cora", "POST", path, { path: "claims", body: "Three", parent: first.id }),
      await ask("cora", "POST", elsewhere.path, { path: "title", body: "Three", parent: first.id }),
      await ask("cora", "POST", path, { path: "title", body: "Three", parent: "nobody" }),
    ];
    expect(refused.map(({ status, body }) => [status, body.problems[0].code])).toEqual([
      [422, "comment-thread"],
      [422, "comment-thread"],
      [404, "comment-unknown"],
      [404, "comment-unknown"],
    ]);
  });

  it("get other words from their author alone", async () => {
    const { path } = await fresh();
    const { id } = await said("cora", path, { path: "title", body: "One" });
    const patch = (as: string, body: unknown) => ask(as, "PATCH", `${path}/${id}`, body);
    expect((await patch("ann", { body: "Mine" })).body.problems[0].code).toBe("comment-of-another");
    expect((await patch("cid", { body: "Mine" })).status).toBe(403);
    expect((await patch("cora", { body: "Two" })).status).toBe(200);
    expect((await patch("cora", {})).status).toBe(400);
    const [comment] = (await ask("rae", "GET", path)).body.comments;
    expect(comment).toMatchObject({ body: "Two", editedAt: expect.any(String) });
  });

  it("are resolved by their author and by editors, as threads", async () => {
    const { path } = await fresh();
    const { id } = await said("cora", path, { path: "title", body: "One" });
    const answer = await said("cora", path, { path: "title", body: "Two", parent: id });
    const resolve = (as: string, which: string, resolved: boolean) =>
      ask(as, "PATCH", `${path}/${which}`, { resolved });
    expect((await resolve("cid", id, true)).body.problems[0].code).toBe("role-needed");
    expect((await resolve("ed", id, true)).status).toBe(200);
    expect((await ask("rae", "GET", path)).body.comments[0].resolved).toMatchObject({ by: { name: "ed" } });
    expect((await resolve("cora", id, false)).status).toBe(200);
    expect((await ask("rae", "GET", path)).body.comments[0].resolved).toBeNull();
    expect((await resolve("ed", answer.id, true)).body.problems[0].code).toBe("comment-thread");
  });

  it("are deleted by their author while nobody else answered, and by owners", async () => {
    const { path } = await fresh();
    const first = await said("cora", path, { path: "title", body: "One" });
    const own = await said("cora", path, { path: "title", body: "Two", parent: first.id });
    const answer = await said("cid", path, { path: "title", body: "Three", parent: first.id });
    const remove = (as: string, id: string) => ask(as, "DELETE", `${path}/${id}`);
    expect((await remove("ed", own.id)).status).toBe(403);
    const answered = await remove("cora", first.id);
    expect([answered.status, answered.body.problems[0].code]).toEqual([409, "comment-answered"]);
    expect((await remove("cora", own.id)).status).toBe(200);
    expect((await remove("cid", answer.id)).status).toBe(200);
    expect((await remove("cora", first.id)).status).toBe(200);
    const again = await said("cora", path, { path: "title", body: "One" });
    await said("cid", path, { path: "title", body: "Two", parent: again.id });
    expect((await remove("ann", again.id)).status).toBe(200);
    expect((await ask("rae", "GET", path)).body.comments).toEqual([]);
    expect((await remove("ann", again.id)).status).toBe(404);
  });

  it("of another case are not there", async () => {
    const { path } = await fresh();
    const { id } = await said("cora", path, { path: "title", body: "One" });
    const theirs = await newCase(server(), "eve", other, "Theirs");
    for (const [method, body] of [
      ["PATCH", { resolved: true }],
      ["DELETE", undefined],
    ] as const) {
      const refused = await ask("eve", method, `/api/cases/${theirs.id}/comments/${id}`, body);
      expect([refused.status, refused.body.problems[0].code]).toEqual([404, "comment-unknown"]);
    }
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["a\u0000b", "NUL"],
    ["a\u001b[31m", "escape"],
    ["a\u202eb", "turned"],
    ["\ud800", "half a pair"],
    ["x".repeat(10_001), "long"],
  ])("are refused where they hold %j", async (body) => {
    const { path } = await fresh();
    const refused = await ask("cora", "POST", path, { path: "title", body });
    expect([refused.status, refused.body.problems[0].code]).toEqual([400, "request-shape"]);
  });

  it("come back as they were written, whatever is in them", async () => {
    const { path } = await fresh();
    const words = fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(
        words.filter((text) => text !== ""),
        async (text) => {
          const { status, body } = await ask("cora", "POST", path, { path: "title", body: text });
          if (status === 201) expect(body.comment.body).toBe(text);
          else expect(body.problems[0].message).toContain("control characters");
        },
      ),
      { numRuns: 30, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false },
    );
  });

  it("and whatever else is said of a case that is deleted at that moment find it or do not, and break nothing", async () => {
    const { id, path } = await fresh();
    const gone = ask("ann", "DELETE", `/api/cases/${id}`);
    const said = Array.from({ length: 10 }, (_, n) => [
      ask("cora", "POST", path, { path: "title", body: `Word ${n}` }),
      ask("cora", "PUT", `/api/cases/${id}/presence`, { page: `p${n}`, path: null }),
      ask("ann", "POST", `/api/cases/${id}/shares`, { days: 1 }),
      ask("ann", "PUT", `/api/cases/${id}/members/eve@example.org`, { role: "reader" }),
    ]).flat();
    const answers = (await Promise.all([...said, gone])).map(({ status }) => status);
    expect(answers.filter((status) => ![200, 201, 404].includes(status))).toEqual([]);
    expect((await ask("ann", "GET", `/api/cases/${id}`)).status).toBe(404);
  });

  it("are so many and no more", async () => {
    const { id, path } = await fresh();
    const author = (
      await server().store.db.selectFrom("users").select("id").where("name", "=", "cora").executeTakeFirst()
    )?.id;
    await server()
      .store.db.insertInto("comments")
      .values(
        Array.from({ length: MOST_COMMENTS - 1 }, (_, n) => ({
          id: `${id}-${n}`,
          caseId: id,
          path: "",
          body: "x",
          authorId: author ?? null,
          version: 1,
        })),
      )
      .execute();
    await said("cora", path, { path: "", body: "The last" });
    const refused = await ask("cora", "POST", path, { path: "", body: "One more" });
    expect([refused.status, refused.body.problems[0].code]).toEqual([409, "limit-reached"]);
  });
});

onBothStores("presence", (server) => {
  let workspace: string;
  let ids: Record<string, string>;
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    server().ask(as, method, path, body);
  const fresh = async () => {
    const { id } = await newCase(server(), "ann", workspace, "Here", TEXT);
    return { id, path: `/api/cases/${id}/presence` };
  };
  const pages = async (path: string) =>
    (await ask("ann", "GET", path)).body.pages.map(
      (each: { person: { name: string }; page: string; path: string | null }) => [
        each.person.name,
        each.page,
        each.path,
      ],
    );
  /** Makes what pages said before now older. */
  const pass = async (caseId: string, seconds: number): Promise<void> => {
    await server()
      .store.db.updateTable("presence")
      .set({ seenAt: new Date(Date.now() - seconds * 1000) })
      .where("caseId", "=", caseId)
      .execute();
  };

  beforeAll(async () => {
    ({ workspace, ids } = await desk(server()));
  });

  it("is told page by page, and news of it where something changed", async () => {
    const { id, path } = await fresh();
    const news = newsOf(server(), id);
    const say = (as: string, page: string, at: string | null) => ask(as, "PUT", path, { page, path: at });
    expect((await say("ann", "one", null)).status).toBe(200);
    await say("ann", "one", null);
    await say("rae", "one", "claims.losses");
    await say("ann", "two", "title");
    expect(news).toEqual(["presence", "presence", "presence"]);
    expect(await pages(path)).toEqual([
      ["ann", "one", null],
      ["ann", "two", "title"],
      ["rae", "one", "claims.losses"],
    ]);
    expect((await ask("rae", "GET", path)).body.pages.map(({ you }: { you: boolean }) => you)).toEqual([
      false,
      false,
      true,
    ]);
    await say("ann", "two", "claims");
    expect((await ask("ann", "DELETE", `${path}/one`)).status).toBe(200);
    expect((await ask("ann", "DELETE", `${path}/one`)).status).toBe(200);
    expect(news).toHaveLength(5);
    expect(await pages(path)).toEqual([
      ["ann", "two", "claims"],
      ["rae", "one", "claims.losses"],
    ]);
  });

  it("ends with a page that said nothing for 45 seconds", async () => {
    const { id, path } = await fresh();
    await ask("rae", "PUT", path, { page: "old", path: null });
    await pass(id, 44);
    expect(await pages(path)).toEqual([["rae", "old", null]]);
    await pass(id, 46);
    expect(await pages(path)).toEqual([]);
    const news = newsOf(server(), id);
    const elsewhere = await fresh();
    await ask("ann", "PUT", elsewhere.path, { page: "new", path: null });
    expect(news).toEqual(["presence"]);
    const left = await server().store.db.selectFrom("presence").select("page").where("caseId", "=", id).execute();
    expect(left).toEqual([]);
  });

  it("ends with the access of who was there", async () => {
    const { path } = await fresh();
    await ask("cid", "PUT", path, { page: "one", path: null });
    expect(await pages(path)).toEqual([["cid", "one", null]]);
    expect((await ask("ann", "DELETE", `/api/workspaces/${workspace}/members/${ids["cid"]}`)).status).toBe(200);
    expect(await pages(path)).toEqual([]);
  });

  it("is for readers of the case, and of so many pages each", async () => {
    const { path } = await fresh();
    expect((await ask("eve", "PUT", path, { page: "one", path: null })).status).toBe(404);
    expect((await ask("eve", "GET", path)).status).toBe(404);
    expect((await ask("ann", "PUT", path, { page: "a b", path: null })).status).toBe(400);
    expect((await ask("ann", "PUT", path, { page: "a", path: "\u0007" })).status).toBe(400);
    for (let n = 0; n < 20; n += 1)
      expect((await ask("ann", "PUT", path, { page: `p${n}`, path: null })).status).toBe(200);
    expect((await ask("ann", "PUT", path, { page: "p20", path: null })).body.problems[0].code).toBe("limit-reached");
    expect((await ask("ann", "PUT", path, { page: "p0", path: "title" })).status).toBe(200);
  });
});
