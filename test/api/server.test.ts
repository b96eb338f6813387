import { renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { folderStore } from "../../src/api/folders.ts";
import { type CaseState, KEY_HEADER, workbenchApi } from "../../src/api/index.ts";
import type { WatchOptions } from "../../src/api/watch.ts";
import { CLAIMS, FILES, folderOf, KEY, MAIN } from "./support.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real server on loopback over a case folder. */
async function serve(watch: WatchOptions = { quiet: 20, poll: 60 }) {
  const folder = folderOf(FILES);
  let port = 0;
  const store = folderStore({ folders: [{ path: folder }], watch });
  const app = workbenchApi({ store, key: KEY, port: () => port, limits: { edits: 5000 } });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  port = (server.address() as AddressInfo).port;
  closing.push(() => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  const id = store.list()[0]?.id ?? "";
  const origin = `http://127.0.0.1:${port}`;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, {
      ...init,
      headers: { [KEY_HEADER]: KEY, "content-type": "application/json", ...init.headers },
    });
  return { folder, id, origin, port, ask };
}

interface News {
  readonly event: string;
  readonly data: CaseState;
}

/** The events of a case, one at a time. */
async function listen(ask: (path: string, init?: RequestInit) => Promise<Response>, id: string) {
  const abort = new AbortController();
  closing.push(() => abort.abort());
  const response = await ask(`/api/cases/${id}/events`, { signal: abort.signal });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  return async (): Promise<News> => {
    for (;;) {
      const end = rest.indexOf("\n\n");
      if (end >= 0) {
        const block = rest.slice(0, end);
        rest = rest.slice(end + 2);
        const event = /^event: (.*)$/m.exec(block)?.[1];
        if (event !== undefined)
          return { event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "") as CaseState };
        continue;
      }
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error("the stream ended");
      rest += decoder.decode(value, { stream: true });
    }
  };
}

const named = ({ data }: News, name: string) => data.files.find((file) => file.name === name)?.hash;

describe("a server on loopback", () => {
  it("gives a case, takes edits, and refuses other hosts, keys and great bodies", async () => {
    const { ask, id, origin, port } = await serve();
    const { case: mine } = (await (await ask(`/api/cases/${id}`)).json()) as { case: { hash: string } };
    const body = (value: unknown) => JSON.stringify({ base: mine.hash, edits: [{ set: "title", value }] });
    const edits = `/api/cases/${id}/edits`;
    expect((await ask(edits, { method: "POST", body: body("x".repeat(6000)) })).status).toBe(413);
    expect((await ask(edits, { method: "POST", body: body("B"), headers: { [KEY_HEADER]: "wrong" } })).status).toBe(
      401,
    );
    expect((await fetch(`${origin}/api/cases/${id}`)).status).toBe(401);
    expect((await ask(edits, { method: "POST", body: body("B") })).status).toBe(200);
    const foreign = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: `evil.example:${port}`, [KEY_HEADER]: KEY };
      const asked = request(`${origin}/api/cases`, { headers }, (response) => resolve(response.statusCode));
      asked.on("error", reject).end();
    });
    expect(foreign).toBe(403);
  });

  it("does not resolve dots in an address as they come over the wire", async () => {
    const { id, port } = await serve();
    const raw = (path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { [KEY_HEADER]: KEY, "content-type": "application/json" };
        const asked = request({ host: "127.0.0.1", port, path, method: "PUT", headers }, (answer) =>
          resolve(answer.statusCode),
        );
        asked.on("error", reject).end(JSON.stringify({ base: null, text: "a: 1\n" }));
      });
    for (const name of ["../x.yaml", "..%2fx.yaml", "data/../../x.yaml", "%2e%2e%2fx.yaml", "/tmp/x.yaml"]) {
      expect(await raw(`/api/cases/${id}/files/${name}`)).toBe(404);
    }
  });
});

describe("news of changes", () => {
  it("come when an editor saves, in place or by a rename, and when another tab edits", async () => {
    const { ask, folder, id } = await serve();
    const next = await listen(ask, id);
    const now = await next();
    expect([now.event, now.data.files.length]).toEqual(["now", 3]);
    writeFileSync(join(folder, "claims.yaml"), `${CLAIMS}# by an editor\n`);
    const saved = await next();
    expect(saved.event).toBe("changed");
    expect(named(saved, "claims.yaml")).not.toBe(named(now, "claims.yaml"));
    expect(named(saved, "case.yaml")).toBe(named(now, "case.yaml"));
    writeFileSync(join(folder, "case.yaml~"), MAIN.replace("A case", "Another case"));
    renameSync(join(folder, "case.yaml~"), join(folder, "case.yaml"));
    const renamed = await next();
    expect(named(renamed, "case.yaml")).not.toBe(named(now, "case.yaml"));
    const edits = [{ set: "title", value: "A third case" }];
    await ask(`/api/cases/${id}/edits`, { method: "POST", body: JSON.stringify({ base: renamed.data.hash, edits }) });
    const edited = await next();
    const whole = (await (await ask(`/api/cases/${id}`)).json()) as { case: { hash: string } };
    expect(edited.data.hash).toBe(whole.case.hash);
  });

  it("come of data files in folders, of files that go, and of a broken text", async () => {
    const { ask, folder, id } = await serve();
    const next = await listen(ask, id);
    const now = await next();
    writeFileSync(join(folder, "data", "area.csv"), "date,value\n2024-01,4\n");
    expect(named(await next(), "data/area.csv")).not.toBe(named(now, "data/area.csv"));
    rmSync(join(folder, "claims.yaml"));
    expect((await next()).data.files.map(({ name }) => name)).toEqual(["case.yaml", "data/area.csv"]);
    writeFileSync(join(folder, "case.yaml"), `${MAIN}claims: {`);
    expect(named(await next(), "case.yaml")).not.toBe(named(now, "case.yaml"));
  });

  it("come by looking where the system gives no notice in time", async () => {
    const { ask, folder, id } = await serve({ quiet: 1, poll: 30 });
    const next = await listen(ask, id);
    await next();
    renameSync(folder, `${folder}-away`);
    expect((await next()).data.files).toEqual([]);
    renameSync(`${folder}-away`, folder);
    expect((await next()).data.files).toHaveLength(3);
    writeFileSync(join(folder, "claims.yaml"), "claims: {}\n");
    expect((await next()).event).toBe("changed");
  });

  it("are one for many writes in a row", async () => {
    const { ask, folder, id } = await serve({ quiet: 150, poll: 5000 });
    const next = await listen(ask, id);
    await next();
    for (let count = 0; count < 5; count += 1) writeFileSync(join(folder, "claims.yaml"), `${CLAIMS}# ${count}\n`);
    const first = await next();
    writeFileSync(join(folder, "claims.yaml"), CLAIMS);
    const second = await next();
    expect(named(first, "claims.yaml")).not.toBe(named(second, "claims.yaml"));
    const whole = (await (await ask(`/api/cases/${id}`)).json()) as { case: { hash: string } };
    expect(second.data.hash).toBe(whole.case.hash);
  });
});
