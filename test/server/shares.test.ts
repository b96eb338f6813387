import { beforeAll, expect, it } from "vitest";
import { actionsOf, join, newCase, onBothStores } from "./both-stores.ts";
import { PORT } from "./support.ts";

const TEXT = `# a remark for the desk
parley: 1
title: For the world
asOf: 2024-11-28
authors: [Anna Author]
sources:
  cable:
    title: A confidential cable
    by: Embassy
    published: 2024-11-01
    kind: report
    reliability: B
    because: Known
claims:
  losses:
    text: Losses are heavy.
    source: cable
    note: Ask the colonel
`;

onBothStores("share links", (server) => {
  const ids: Record<string, string> = {};
  let desk: string;
  let other: string;
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    server().ask(as, method, path, body);
  const fresh = async () => (await newCase(server(), "ann", desk, "Shared", TEXT)).id;
  const share = async (id: string, body: Record<string, unknown> = { days: 7 }) => {
    const made = await ask("ann", "POST", `/api/cases/${id}/shares`, body);
    expect(made.body).toMatchObject({ ok: true });
    return made.body as { share: { id: string; expiresAt: string }; token: string };
  };
  const open = async (token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { "x-parley-share": token };
    const response = await server().app.request(`http://127.0.0.1:${PORT}/api/shared`, { headers });
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    for (const name of ["ann", "ed", "eve"]) ids[name] = await server().person(name);
    ({ id: desk } = await server().workspace("Secret desk", ids["ann"] ?? ""));
    ({ id: other } = await server().workspace("Other desk", ids["eve"] ?? ""));
    await join(server(), desk, { [ids["ed"] ?? ""]: "editor" });
  });

  it("show the newest version to anybody, read only, without who made it or where", async () => {
    const id = await fresh();
    const { share: made, token } = await share(id);
    const { status, text } = await open(token);
    expect(status).toBe(200);
    const body = JSON.parse(text);
    expect(body.case).toEqual({
      id: made.id,
      title: "For the world",
      asOf: "2024-11-28",
      path: "case",
      readOnly: true,
      bundled: false,
      hash: expect.any(String),
      workspace: "",
      version: 1,
      role: "reader",
      restricted: false,
      updatedAt: expect.any(String),
    });
    expect(body.files[0].text).toBe(TEXT);
    for (const secret of [id, desk, ids["ann"] ?? "", "ann@", "Secret desk"]) expect(text).not.toContain(secret);
    const edits = { base: body.case.hash, edits: [{ set: "title", value: "Moved on" }] };
    await ask("ed", "POST", `/api/cases/${id}/edits`, edits);
    expect(JSON.parse((await open(token)).text).case).toMatchObject({ title: "Moved on", version: 2 });
  });

  it("to one version stay with it", async () => {
    const id = await fresh();
    const { token } = await share(id, { days: 7, version: 1 });
    const { hash } = (await ask("ed", "GET", `/api/cases/${id}`)).body.case;
    await ask("ed", "POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ set: "title", value: "Moved on" }] });
    expect(JSON.parse((await open(token)).text).case).toMatchObject({ title: "For the world", version: 1 });
    const none = await ask("ann", "POST", `/api/cases/${id}/shares`, { days: 7, version: 9 });
    expect([none.status, none.body.problems[0].code]).toEqual([404, "version-unknown"]);
  });

  it("leave sources, names and remarks out where they are asked to", async () => {
    const id = await fresh();
    const { token } = await share(id, { days: 7, redact: true });
    const { status, text } = await open(token);
    expect(status).toBe(200);
    for (const secret of ["cable", "Embassy", "Anna Author", "colonel", "remark"]) expect(text).not.toContain(secret);
    expect(JSON.parse(text).files[0].text).toContain("Losses are heavy.");
  });

  it("that redact show nothing of what cannot be read", async () => {
    const id = await fresh();
    const { token } = await share(id, { days: 7, redact: true });
    const { files } = (await ask("ed", "GET", `/api/cases/${id}`)).body;
    const draft = { base: files[0].hash, text: `${TEXT}claims: [broken\n`, draft: true };
    expect((await ask("ed", "PUT", `/api/cases/${id}/files/case.yaml`, draft)).status).toBe(200);
    const { status, text } = await open(token);
    expect([status, JSON.parse(text).problems[0].code]).toEqual([409, "share-closed"]);
    for (const secret of ["cable", "Embassy", "Anna"]) expect(text).not.toContain(secret);
    const more = await ask("ann", "POST", `/api/cases/${id}/shares`, { days: 7, redact: true });
    expect(more.body.problems[0].code).toBe("share-closed");
    expect((await share(id, { days: 7, redact: true, version: 1 })).token).not.toBe("");
  });

  it("that are unknown, expired, revoked, of a deleted case, or none, are refused in the same words", async () => {
    const id = await fresh();
    const expired = await share(id);
    const past = new Date(Date.now() - 1000);
    await server().store.db.updateTable("shares").set({ expiresAt: past }).where("id", "=", expired.share.id).execute();
    const revoked = await share(id);
    expect((await ask("ann", "DELETE", `/api/cases/${id}/shares/${revoked.share.id}`)).status).toBe(200);
    const gone = await fresh();
    const lost = await share(gone);
    await ask("ann", "DELETE", `/api/cases/${gone}`);
    const refused = [
      await open("nothing"),
      await open(expired.token),
      await open(revoked.token),
      await open(lost.token),
      await open(""),
      await open(),
    ];
    expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(404));
    expect(new Set(refused.map(({ text }) => text)).size).toBe(1);
  });

  it("are made, seen and revoked by the case's owners alone", async () => {
    const id = await fresh();
    const { share: made, token } = await share(id);
    expect((await ask("ed", "GET", `/api/cases/${id}/shares`)).status).toBe(403);
    expect((await ask("ed", "POST", `/api/cases/${id}/shares`, { days: 1 })).status).toBe(403);
    expect((await ask("eve", "POST", `/api/cases/${id}/shares`, { days: 1 })).status).toBe(404);
    const listed = await ask("ann", "GET", `/api/cases/${id}/shares`);
    expect(listed.body.shares).toMatchObject([{ id: made.id, version: null, redact: false, by: { name: "ann" } }]);
    expect(JSON.stringify(listed.body)).not.toContain(token);
    const theirs = await newCase(server(), "eve", other, "Theirs");
    expect((await ask("eve", "DELETE", `/api/cases/${theirs.id}/shares/${made.id}`)).status).toBe(404);
    expect((await open(token)).status).toBe(200);
    const rows = await server().store.db.selectFrom("shares").selectAll().where("id", "=", made.id).execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await actionsOf(server(), { caseId: id })).toEqual(["case.made", "share.made"]);
  });

  it.each([[{ days: 0 }], [{ days: 366 }], [{}], [{ days: 1, version: 0 }], [{ days: 1, more: 1 }]])(
    "are not made of %j",
    async (body) => {
      expect((await ask("ann", "POST", `/api/cases/${await fresh()}/shares`, body)).status).toBe(400);
    },
  );
});
