import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { CaseFiles } from "../../src/case/index.ts";
import { filesInMemory } from "../../src/case/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { sameToken } from "../../src/mcp/http/guard.ts";
import { type Bearer, type HttpLimits, type McpOverHttp, mcpOverHttp } from "../../src/mcp/http/over-http.ts";
import {
  answerCall,
  type Bench,
  type Change,
  Desk,
  FolderShelf,
  type Shelf,
  type ShelvedCase,
  type Version,
  type WritePlace,
} from "../../src/mcp/index.ts";
import { type Assistant, assistantAt } from "../support/assistant.ts";
import { folderWith, root, SMALL_CASE } from "../support/cli.ts";

const URL_ = "http://127.0.0.1:7360/mcp";
const TOKEN = "a-token-that-only-tests-know-0123456789";

const HELLO = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "by hand", version: "1" } },
};
const LIST = { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "list_cases", arguments: {} } };

interface Sent {
  readonly method?: string;
  readonly token?: string | null;
  readonly session?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A request as a client makes it, right but for what is said. */
function request({ method = "POST", token = TOKEN, session, headers = {}, body = HELLO }: Sent = {}): Request {
  return new Request(URL_, {
    method,
    headers: {
      host: "127.0.0.1:7360",
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(session === undefined ? {} : { "mcp-session-id": session }),
      ...headers,
    },
    ...(method === "POST" ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
}

/** A bench that works here and now, and says once how far it is. */
const benchOf = (desk: () => Desk): Bench => ({
  run: (tool, input, options) => {
    options.progress?.("at work");
    return answerCall(desk(), tool, input);
  },
  close: async () => {},
});

/** What a test serves: a folder to write into, a clock of its own, and notes. */
function setUp(
  limits: Partial<HttpLimits> = {},
  serviceFor?: (token: string, own: Bearer) => Bearer | undefined | Promise<Bearer>,
) {
  const folder = realpathSync(folderWith({}));
  mkdirSync(join(folder, "small"));
  writeFileSync(join(folder, "small", "case.yaml"), SMALL_CASE);
  const shelf = new FolderShelf({ bundled: join(root, "cases"), folders: [], write: [folder] });
  const desk = new Desk({ shelf });
  const own = { who: "owner", desk, bench: benchOf(() => desk) };
  const notes: string[] = [];
  const clock = { now: 1_000_000 };
  const mcp = mcpOverHttp({
    serviceFor: (_, token) =>
      serviceFor === undefined ? (sameToken(token, TOKEN) ? own : undefined) : serviceFor(token, own),
    names: () => ({ hosts: ["127.0.0.1:7360", "localhost:7360"] }),
    version: "0",
    note: (text) => notes.push(text),
    limits,
    now: () => clock.now,
  });
  open.push(mcp);
  const begin = async (token = TOKEN) => {
    const response = await mcp.handle(request({ token }));
    expect(response.status).toBe(200);
    await response.text();
    return response.headers.get("mcp-session-id") ?? "";
  };
  const status = async (sent: Sent, from?: string) => {
    const response = await mcp.handle(request(sent), from);
    await response.text();
    return response.status;
  };
  const client = (token: string | undefined = TOKEN): Promise<Assistant> =>
    assistantAt(URL_, token, {
      fetch: (url, init) => {
        const made = new Request(url as string, init as RequestInit);
        made.headers.set("host", "127.0.0.1:7360");
        return mcp.handle(made, "client");
      },
    });
  return { folder, mcp, own, notes, clock, begin, status, client, id: `${folder.split("/").at(-1)}/small` };
}

const open: McpOverHttp[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

describe("the tools over HTTP", () => {
  it("answer the SDK's own client, say how far they are, write and take back", async () => {
    const { client, id, mcp } = setUp();
    const the = await client();
    expect(the.tools.map(({ name }) => name)).toContain("edit_case");
    const heard: string[] = [];
    const checked = await the.ask("check_case", { case: id }, { progress: (message) => heard.push(message) });
    expect([checked.data.ok, heard]).toEqual([true, ["at work"]]);
    const edited = await the.ask("edit_case", { case: id, edits: [{ set: "title", value: "Another" }] });
    expect(edited.data.written.version).toBe(1);
    expect((await the.ask("read_case", { case: id })).data.title).toBe("Another");
    expect((await the.ask("undo_write", { case: id })).isError).toBe(false);
    expect((await the.client.readResource({ uri: "parley://case/cuba-1962" })).contents).toHaveLength(1);
    await expect(the.ask("asses_case")).rejects.toThrow("did you mean assess_case?");
    expect(mcp.sessions()).toBe(1);
    await the.close();
  });

  it("serve two clients at once, each in a session of its own, and lose no write of either", async () => {
    const { client, id, mcp } = setUp();
    const [one, two] = await Promise.all([client(), client()]);
    expect(mcp.sessions()).toBe(2);
    const edits = [{ set: "title", expected: "A small case" }];
    const both = await Promise.all(
      [one, two].map((each, i) => each.ask("edit_case", { case: id, edits: [{ ...edits[0], value: `by ${i}` }] })),
    );
    expect(both.map(({ isError }) => isError).sort()).toEqual([false, true]);
    const refused = both.find(({ isError }) => isError);
    expect(["write-stale", "edit-conflict"]).toContain(refused?.problems[0]?.code);
    await Promise.all([one.close(), two.close()]);
  });

  it.each([
    ["no token", { token: null }, 401],
    ["a wrong token", { token: "wrong" }, 401],
    ["the token and more", { token: `${TOKEN}x` }, 401],
    ["a part of the token", { token: TOKEN.slice(0, -1) }, 401],
    ["the token under another name", { token: null, headers: { authorization: `Basic ${TOKEN}` } }, 401],
    ["two tokens", { headers: { authorization: `Bearer wrong, Bearer ${TOKEN}` } }, 401],
    ["another Host", { headers: { host: "evil.example:7360" } }, 403],
    ["another port", { headers: { host: "127.0.0.1:80" } }, 403],
    ["the Host of a longer name", { headers: { host: "127.0.0.1:7360.evil.example" } }, 403],
    ["another Origin", { headers: { origin: "https://evil.example" } }, 403],
    ["no Origin of its own", { headers: { origin: "null" } }, 403],
    ["a page of another site", { headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["a page of another port", { headers: { "sec-fetch-site": "same-site" } }, 403],
    ["GET, which would wait", { method: "GET" }, 405],
    ["another method", { method: "PUT" }, 405],
    ["an unknown session", { session: "0b0e7d3c-0000-4000-8000-000000000000", body: LIST }, 404],
    ["an unknown session to be ended", { method: "DELETE", session: "nothing" }, 404],
    ["a call without a session", { body: LIST }, 400],
    ["what is no JSON", { body: "{" }, 400],
    ["what is no message", { body: { hello: 1 } }, 400],
    ["a nest without end", { body: `${"[".repeat(200_000)}${"]".repeat(200_000)}` }, 400],
    ["another type", { headers: { "content-type": "text/plain" } }, 415],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["a client that takes no answer", { headers: { accept: "text/html" } }, 406],
    ["a large body", { body: JSON.stringify({ ...HELLO, pad: "x".repeat(5000) }), limit: 4000 }, 413],
    ["a body said to be large", { headers: { "content-length": "5000" }, limit: 4000 }, 413],
  ] as const)("refuse %s, and keep no session", async (_, sent: Sent & { readonly limit?: number }, wanted) => {
    const { mcp } = setUp({ body: sent.limit ?? 1_000_000 });
    const response = await mcp.handle(request(sent));
    expect(response.status).toBe(wanted);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(JSON.parse(await response.text())).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
    expect(mcp.sessions()).toBe(0);
  });

  it("tell a client without the token what is missing, and one with a wrong token that it is wrong", async () => {
    const { mcp, client } = setUp();
    const challenge = async (token: string | null) =>
      (await mcp.handle(request({ token }))).headers.get("www-authenticate");
    expect(await challenge(null)).toBe('Bearer realm="parley"');
    expect(await challenge("wrong")).toBe('Bearer realm="parley", error="invalid_token"');
    await expect(client("wrong")).rejects.toThrow();
  });

  it("let a page of their own through, and the address by each of its names", async () => {
    const { status } = setUp();
    expect(await status({ headers: { origin: "http://127.0.0.1:7360", "sec-fetch-site": "same-origin" } })).toBe(200);
    expect(await status({ headers: { host: "LOCALHOST:7360" } })).toBe(200);
  });

  it("end a session that its client ends, and one that nothing is asked of", async () => {
    const { mcp, begin, status, clock } = setUp({ idle: 1000 });
    const [ended, left] = [await begin(), await begin()];
    expect(await status({ method: "DELETE", session: ended })).toBe(200);
    expect([mcp.sessions(), await status({ session: ended, body: LIST })]).toEqual([1, 404]);
    clock.now += 999;
    expect(await status({ session: left, body: LIST })).toBe(200);
    clock.now += 1001;
    expect(await status({ session: left, body: LIST })).toBe(404);
    expect(mcp.sessions()).toBe(0);
  });

  it("show the SDK's client that its session has ended, and begin a new one with it", async () => {
    const { client, clock } = setUp({ idle: 1000 });
    const the = await client();
    clock.now += 5000;
    await expect(the.ask("list_cases")).rejects.toThrow("no such session");
    await the.close();
    const again = await client();
    expect((await again.ask("list_cases")).isError).toBe(false);
    await again.close();
  });

  it("keep a session that is at work, however long, and make room by the one left alone for longest", async () => {
    let finish: () => void = () => {};
    const { mcp, begin, status, clock, own } = setUp({ sessionsEach: 2, idle: 1000 });
    Object.assign(own.bench, {
      run: () => new Promise((done) => (finish = () => done({ text: "x", data: {} }))),
    } satisfies Partial<Bench>);
    const call = (id: number) => ({
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: { name: "check_case", arguments: { case: "cuba-1962" } },
    });
    const busy = await begin();
    const work = await mcp.handle(request({ session: busy, body: call(7) }));
    clock.now += 5000;
    const idle = await begin();
    clock.now += 10;
    const next = await begin();
    expect([mcp.sessions(), await status({ session: idle, body: LIST })]).toEqual([2, 404]);
    const more = await mcp.handle(request({ session: next, body: call(8) }));
    const full = await mcp.handle(request());
    expect([full.status, full.headers.get("retry-after")]).toEqual([503, "10"]);
    finish();
    expect(await more.text()).toContain('"id":8');
    await mcp.close();
    await work.text();
  });

  it("make who tries wrong tokens wait, right ones too, but nobody else and no session", async () => {
    const { begin, status, clock } = setUp({ failures: 3, within: 60_000 });
    const session = await begin();
    const tries = [];
    for (let i = 0; i < 4; i += 1) tries.push(await status({ token: `guess-${i}` }, "10.0.0.1"));
    expect(tries).toEqual([401, 401, 401, 429]);
    expect(await status({}, "10.0.0.1")).toBe(429);
    expect(await status({}, "10.0.0.2")).toBe(200);
    expect(await status({ session, body: LIST }, "10.0.0.1")).toBe(200);
    // A session's name is no token: it lets nobody go on trying.
    expect(await status({ session: "made-up", token: "guess" }, "10.0.0.1")).toBe(429);
    clock.now += 60_001;
    expect(await status({}, "10.0.0.1")).toBe(200);
    // Who comes without a token asks what is needed, and is told.
    for (let i = 0; i < 5; i += 1) expect(await status({ token: null }, "10.0.0.3")).toBe(401);
  });

  it("open a session to its own token alone", async () => {
    const { begin, status } = setUp({}, (token, own) => ({ ...own, who: token }));
    const session = await begin("first");
    expect(await status({ token: "second", session, body: LIST })).toBe(404);
    expect(await status({ token: "second", session, method: "DELETE" })).toBe(404);
    expect(await status({ token: "first", session, body: LIST })).toBe(200);
  });

  it("take a token's rights away at once where it is revoked, or may do less", async () => {
    let rights: "write" | "read" | "none" = "write";
    const reading = new Desk({ shelf: new FolderShelf({ bundled: join(root, "cases"), folders: [] }) });
    const { client, id } = setUp({}, (_, own) =>
      rights === "none" ? undefined : rights === "write" ? own : { ...own, desk: reading },
    );
    const the = await client();
    const edit = (value: string) => the.ask("edit_case", { case: id, edits: [{ set: "title", value }] });
    expect((await edit("One")).isError).toBe(false);
    rights = "read";
    expect((await edit("Two")).problems[0]?.code).toBe("write-not-allowed");
    rights = "none";
    await expect(edit("Three")).rejects.toThrow();
    await the.close();
  });

  it("answer whatever comes in, and break at nothing", async () => {
    const { mcp, begin, notes } = setUp({ failures: 1e9 });
    const session = await begin();
    const word = fc.oneof(fc.constantFrom("tools/call", "initialize", "2.0", "list_cases", "__proto__"), fc.string());
    const message = fc.record(
      {
        jsonrpc: fc.constantFrom("2.0", "1.0"),
        id: fc.oneof(fc.integer(), word, fc.constant(null)),
        method: word,
        params: fc.object(),
      },
      { requiredKeys: ["jsonrpc"] },
    );
    const body = fc.oneof(message, fc.array(message, { maxLength: 3 }), fc.jsonValue(), word);
    const printable = fc.stringMatching(/^[!-~]{0,40}$/);
    const sent = fc.record({
      method: fc.constantFrom("POST", "POST", "POST", "DELETE", "GET", "PATCH"),
      token: fc.oneof({ weight: 4, arbitrary: fc.constant(TOKEN) }, printable),
      headers: fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        fc.record({ "mcp-session-id": fc.oneof(fc.constant("x"), printable) }),
        fc.record({ "mcp-protocol-version": printable, "content-length": printable, origin: printable }),
      ),
      inSession: fc.boolean(),
      body,
    });
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(sent, async ({ inSession, ...each }) => {
        // The session in use is not to be ended by chance.
        const own = inSession && each.method !== "DELETE" ? { session } : {};
        const response = await mcp.handle(request({ ...each, ...own }));
        // A call that is answered is answered to its end.
        if (response.status !== 200) await response.text();
        else await response.body?.cancel();
        seen.add(response.status);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
    expect([...seen]).toEqual(expect.arrayContaining([202, 400, 401, 404, 405]));
    expect(notes.every((note) => !note.includes("\n") && !note.includes(TOKEN))).toBe(true);
    expect(await (await mcp.handle(request({ session, body: LIST }))).text()).toContain("ukraine-2024");
  });

  it("tell nobody a token: not in notes, not in answers, not where something breaks", async () => {
    const { mcp, notes, status } = setUp({}, (token) => {
      if (token === "wrong") return undefined;
      throw new Error(`no rows for ${token}\nforged line`);
    });
    const response = await mcp.handle(request());
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining(TOKEN)]);
    await status({ token: "wrong" });
    expect(notes.join("\n")).not.toContain(TOKEN);
    expect(notes).toHaveLength(1);
    expect(notes[0]).not.toContain("\n");
  });
});

/** A shelf as a database would be: every answer takes its time, and a change is by the number of the version it is of. */
class SlowShelf implements Shelf {
  readonly places: readonly WritePlace[];
  readonly #cases: Map<string, { text: string; version: number; former: string[] }>;
  readonly #seen = new WeakMap<CaseFiles, number>();

  constructor(name: string, cases: Readonly<Record<string, string>>) {
    this.places = [{ name, path: `workspace ${name}` }];
    this.#cases = new Map(
      Object.entries(cases).map(([id, text]) => [`${name}/${id}`, { text, version: 0, former: [] }]),
    );
  }

  async list(): Promise<ShelvedCase[]> {
    await new Promise((done) => setTimeout(done, 1));
    return [...this.#cases.keys()].map((id) => ({ id, path: id, bundled: false, writable: true, target: id }));
  }

  async get(id: string): Promise<ShelvedCase> {
    const found = (await this.list()).find((each) => each.id === id);
    if (found === undefined) throw ParleyError.of("unknown-reference", { kind: "case", value: id });
    return found;
  }

  async filesOf({ id }: ShelvedCase): Promise<CaseFiles> {
    await new Promise((done) => setTimeout(done, 1));
    const row = this.#row(id);
    const files = filesInMemory({ "case.yaml": row.text });
    this.#seen.set(files, row.version);
    return files;
  }

  async write({ id }: ShelvedCase, { did, texts }: Change, base: CaseFiles): Promise<Version> {
    await new Promise((done) => setTimeout(done, 1));
    const row = this.#row(id);
    if (this.#seen.get(base) !== row.version) throw ParleyError.of("write-stale", { name: "case.yaml" });
    row.former.push(row.text);
    row.text = texts.get("case.yaml") ?? row.text;
    row.version += 1;
    return { version: row.version, at: "2026-01-01T00:00:00Z", did, undoes: null, files: [] };
  }

  async undo({ id }: ShelvedCase) {
    const row = this.#row(id);
    const former = row.former.pop();
    if (former === undefined) throw ParleyError.of("version-none", { id });
    row.text = former;
    row.version += 1;
    const told = { at: "2026-01-01T00:00:00Z", did: "undo", files: [] };
    return {
      undone: { ...told, version: row.version - 1, undoes: null },
      now: { ...told, version: row.version, undoes: row.version - 1 },
    };
  }

  async create(place: WritePlace, name: string, { did, texts }: Change) {
    const id = `${place.name}/${name}`;
    if (this.#cases.has(id)) throw ParleyError.of("file-there", { name });
    this.#cases.set(id, { text: texts.get("case.yaml") ?? "", version: 1, former: [] });
    const version = { version: 1, at: "2026-01-01T00:00:00Z", did, undoes: null, files: [] };
    return { shelved: { id, path: id, bundled: false, writable: true, target: id }, version };
  }

  #row(id: string) {
    const row = this.#cases.get(id);
    if (row === undefined) throw ParleyError.of("unknown-reference", { kind: "case", value: id });
    return row;
  }
}

describe("a shelf of another kind", () => {
  const served = () => {
    const bearers = new Map(
      ["ann", "bob"].map((who) => {
        const desk = new Desk({ shelf: new SlowShelf(who, { small: SMALL_CASE }) });
        return [who, { who, desk, bench: benchOf(() => desk) }] as const;
      }),
    );
    return setUp({}, (token) => bearers.get(token));
  };

  it("shows each bearer what is theirs, and writes there alone", async () => {
    const { client } = served();
    const [ann, bob] = await Promise.all([client("ann"), client("bob")]);
    const ids = async (the: Assistant) => (await the.ask("list_cases")).data.cases.map(({ id }: { id: string }) => id);
    expect([await ids(ann), await ids(bob)]).toEqual([["ann/small"], ["bob/small"]]);
    const other = await bob.ask("edit_case", { case: "ann/small", edits: [{ set: "title", value: "Bob's" }] });
    expect([other.isError, other.problems[0]?.code]).toEqual([true, "unknown-reference"]);
    expect((await bob.ask("read_case", { case: "ann/small" })).isError).toBe(true);
    const made = await ann.ask("new_case", { name: "new", from: { copy: "ann/small" } });
    expect(made.data.case).toBe("ann/new");
    expect((await ann.ask("weigh_evidence", { case: "ann/new" })).data.questions).toHaveLength(1);
    expect(await ids(bob)).toEqual(["bob/small"]);
    await Promise.all([ann.close(), bob.close()]);
  });

  it("takes of many edits of one state the first, and every one that is made of the last", async () => {
    const { client } = served();
    const [one, two] = await Promise.all([client("ann"), client("ann")]);
    const edit = (the: Assistant, value: string) =>
      the.ask("edit_case", { case: "ann/small", edits: [{ set: "title", value }] });
    const both = await Promise.all([edit(one, "1"), edit(two, "2")]);
    expect(both.map(({ isError }) => isError).sort()).toEqual([false, true]);
    expect(both.find(({ isError }) => isError)?.problems[0]?.code).toBe("write-stale");
    expect((await edit(two, "3")).isError).toBe(false);
    expect((await one.ask("undo_write", { case: "ann/small" })).isError).toBe(false);
    expect(["1", "2"]).toContain((await one.ask("read_case", { case: "ann/small" })).data.title);
    await Promise.all([one.close(), two.close()]);
  });
});
