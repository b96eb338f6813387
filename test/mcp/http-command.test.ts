import { chmodSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addressOf, namesOf } from "../../src/cli/assistants/http.ts";
import { tokenFor } from "../../src/cli/assistants/token.ts";
import { type Assistant, assistantAt, type HttpServer, httpServer } from "../support/assistant.ts";
import { folderWith, parley, SMALL_CASE } from "../support/cli.ts";

const TOKEN = "5d1f0c7e9a3b48d2a6c4e8f01b2d3c4e5f60718293a4b5c6";
const HELLO = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "by hand", version: "1" } },
});

/** Sends a request as it is, Host and all; gives the status, and 0 where the connection is cut. */
function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = HELLO,
  method = "POST",
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method,
        headers: {
          Accept: "application/json, text/event-stream",
          "Content-Type": "application/json",
          "Content-Length": String(body.length),
          ...headers,
        },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("close", () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on("error", () => resolve({ status: 0, text: "" }));
    sent.end(body);
  });
}

describe("parley mcp --http", () => {
  let server: HttpServer;
  let above: string;
  let tokenFile: string;
  let one: Assistant;
  let two: Assistant;
  const auth = { Authorization: `Bearer ${TOKEN}` };
  beforeAll(async () => {
    above = realpathSync(folderWith({}));
    for (const name of ["drafts/small", "outside"]) {
      mkdirSync(join(above, name), { recursive: true });
      writeFileSync(join(above, name, "case.yaml"), SMALL_CASE);
    }
    symlinkSync(join(above, "outside"), join(above, "drafts", "way-out"));
    tokenFile = join(above, "token");
    writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
    server = await httpServer([join(above, "outside"), "--write", join(above, "drafts"), "--token-file", tokenFile]);
    [one, two] = await Promise.all([assistantAt(server.url, TOKEN), assistantAt(server.url, TOKEN)]);
  });
  afterAll(async () => {
    await Promise.all([one?.close(), two?.close()]);
    expect(await server?.stop()).toBe(0);
    expect(server.stdout()).toBe("");
    expect(server.stderr()).not.toContain(TOKEN);
  });

  it("serves the same tools as on standard input, to two clients at once", async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(one.tools.map(({ name }) => name)).toEqual(two.tools.map(({ name }) => name));
    const heard: string[] = [];
    const [checked, weighed] = await Promise.all([
      one.ask("check_case", { case: "ukraine-2024" }),
      two.ask("weigh_evidence", { case: "drafts/small" }, { progress: (message) => heard.push(message) }),
    ]);
    expect(checked.data.ok).toBe(true);
    expect(weighed.data.questions[0].posterior.yes.median).toBeCloseTo(0.8, 10);
    expect(weighed.data.questions[0].reproduce.command).toContain("parley evidence");
  });

  it("cancels for one client alone", async () => {
    const stop = new AbortController();
    const seed = 1 + Math.floor(Number(process.hrtime.bigint() % 1_000_000_007n));
    const long = one.ask(
      "assess_case",
      { case: "ukraine-2024", seed },
      { signal: stop.signal, progress: () => stop.abort() },
    );
    const behind = two.ask("check_case", { case: "drafts/small" });
    await expect(long).rejects.toThrow(/abort/i);
    expect((await behind).data.ok).toBe(true);
  });

  it("writes into the folder, and neither outside nor through a link", async () => {
    const edits = [{ set: "title", value: "Edited" }];
    expect((await one.ask("edit_case", { case: "drafts/small", edits })).data.written.version).toBe(1);
    expect((await two.ask("read_case", { case: "drafts/small" })).data.title).toBe("Edited");
    expect((await two.ask("undo_write", { case: "drafts/small" })).isError).toBe(false);
    for (const [id, code] of [
      ["outside", "write-elsewhere"],
      ["drafts/way-out", "unknown-reference"],
      ["drafts/../outside", "unknown-reference"],
    ]) {
      expect((await one.ask("edit_case", { case: id, edits })).problems[0]?.code, id).toBe(code);
    }
    const made = await one.ask("new_case", { name: "way-out", from: { template: "blank", title: "X" } });
    expect(made.problems[0]?.code).toBe("write-through-link");
    expect(readFileSync(join(above, "outside", "case.yaml"), "utf8")).toBe(SMALL_CASE);
  });

  it("lets nobody in without the token, by another name or from another page, and serves one path", async () => {
    expect((await send(server.url, {})).status).toBe(401);
    expect((await send(server.url, { Authorization: "Bearer wrong" })).status).toBe(401);
    expect((await send(server.url, { ...auth, Host: "evil.example" })).status).toBe(403);
    expect((await send(server.url, { ...auth, Origin: "http://evil.example" })).status).toBe(403);
    expect((await send(server.url.replace("/mcp", "/"), auth)).status).toBe(404);
    expect((await send(`${server.url}/../x`, auth)).status).toBe(404);
    expect((await send(server.url, { ...auth, "Mcp-Session-Id": "unknown" })).status).toBe(404);
    expect((await send(server.url, auth)).status).toBe(200);
    await expect(assistantAt(server.url, undefined)).rejects.toThrow();
  });

  it("takes no body that is too large, and goes on answering", async () => {
    // Where the refusal comes before the end of the body, the connection may be cut.
    expect([413, 0]).toContain((await send(server.url, auth, Buffer.alloc(9_000_000, 0x20))).status);
    expect((await one.ask("list_cases")).isError).toBe(false);
  });
});

describe("the token of parley mcp --http", () => {
  it("is made where none is given, told once, and is not that of another run", async () => {
    const [first, second] = await Promise.all([httpServer([]), httpServer([])]);
    const told = await Promise.all(
      [first, second].map(async (server) => {
        // The token is told right behind the address.
        while (!/Bearer \S+/.test(server.stderr())) await new Promise((done) => setTimeout(done, 10));
        return /Bearer (\S+)/.exec(server.stderr())?.[1] ?? "";
      }),
    );
    expect(new Set(told).size).toBe(2);
    for (const token of told) expect(token).toMatch(/^[\w-]{43}$/);
    const the = await assistantAt(first.url, told[0]);
    expect((await the.ask("list_cases")).data.writeFolders).toEqual([]);
    await expect(assistantAt(first.url, told[1])).rejects.toThrow();
    await the.close();
    expect(first.stderr().split(told[0] ?? "")).toHaveLength(2);
    expect(await Promise.all([first.stop(), second.stop()])).toEqual([0, 0]);
  });

  it("comes from the environment, and a file that others can read is told of", async () => {
    const folder = folderWith({ token: TOKEN });
    chmodSync(join(folder, "token"), 0o644);
    const [byName, byFile] = await Promise.all([
      httpServer([], { PARLEY_MCP_TOKEN: TOKEN }),
      httpServer(["--token-file", join(folder, "token")]),
    ]);
    for (const server of [byName, byFile]) {
      const the = await assistantAt(server.url, TOKEN);
      await the.close();
    }
    expect(byFile.stderr()).toContain("can be read by others");
    expect(byName.stderr() + byFile.stderr()).not.toContain(TOKEN);
    expect(await Promise.all([byName.stop(), byFile.stop()])).toEqual([0, 0]);
  });

  it.each([
    ["a folder in the address's place", ["--http", "my-cases/"], "folders before it"],
    ["a host without a token", ["--http", "0.0.0.0:0"], "missing token"],
    ["a token without HTTP", ["--token-file", "x"], "add --http"],
    ["a host that is not of this machine", ["--http", "192.0.2.1:0"], "no address of this machine", TOKEN],
  ])("refuses %s before it serves", (_, words, message, token = "") => {
    const { code, stdout, stderr } = parley(["mcp", ...words], { env: { PARLEY_MCP_TOKEN: token } });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    if (token !== "") expect(stderr).not.toContain(token);
  });

  it.each([
    ["a short one", "short", true, "a token of 16 to"],
    ["one that is too short for others", TOKEN.slice(0, 20), false, "a token of 32 to"],
    ["one with blanks", "sixteen letters and more", true, "a token of 16 to"],
    ["a long one", "x".repeat(2000), true, "to 1000 letters"],
  ])("is not %s, and no message holds it", (_, token, loopback, message) => {
    const file = join(folderWith({ token }), "token");
    chmodSync(file, 0o600);
    for (const given of [{ file }, {}]) {
      vi.stubEnv("PARLEY_MCP_TOKEN", token);
      const refused = () => tokenFor({ ...given, loopback }, () => {});
      expect(refused).toThrow(message);
      expect(refused).not.toThrow(token);
    }
    vi.unstubAllEnvs();
    expect(() => tokenFor({ file: "no-such-file", loopback }, () => {})).toThrow("missing file: no-such-file");
    const empty = join(folderWith({ token: "\n" }), "token");
    // An empty file is a slip, and makes no new token.
    expect(() => tokenFor({ file: empty, loopback: true }, () => {})).toThrow("a token of 16 to");
  });

  it("refuses a port that another program has", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as { port: number };
    await expect(httpServer(["--http", `127.0.0.1:${port}`])).rejects.toThrow("another program listens there");
    other.close();
  });
});

describe("an address to serve at", () => {
  it.each([
    ["7360", { host: "127.0.0.1", port: 7360, loopback: true }],
    ["127.0.0.1:0", { host: "127.0.0.1", port: 0, loopback: true }],
    ["[::1]:7360", { host: "::1", port: 7360, loopback: true }],
    ["LOCALHOST:80", { host: "localhost", port: 80, loopback: true }],
    ["0.0.0.0:7360", { host: "0.0.0.0", port: 7360, loopback: false }],
    ["127.0.0.1.evil.example:1", { host: "127.0.0.1.evil.example", port: 1, loopback: false }],
  ])("reads %s", (text, address) => {
    expect(addressOf(text)).toEqual(address);
  });

  it.each(["", "host", "host:", ":7360", "a b:1", "::1:7360", "http://x:1", "x:1/mcp", "x:-1", "127.0.0.1:99999"])(
    "refuses %j",
    (text) => {
      expect(() => addressOf(text)).toThrow("invalid --http");
    },
  );

  it("answers to its own names and those that were given, and to no other", () => {
    const names = (text: string, port: number, given: readonly string[] = []) => namesOf(addressOf(text), port, given);
    expect(names("127.0.0.1:0", 7360).hosts).toEqual(["127.0.0.1:7360", "localhost:7360", "[::1]:7360"]);
    expect(names("10.0.0.5:7360", 7360).hosts).toEqual(["10.0.0.5:7360"]);
    expect(names("10.0.0.5:80", 80).hosts).toEqual(["10.0.0.5:80", "10.0.0.5"]);
    const proxied = names("10.0.0.5:7360", 7360, ["Parley.Example.org"]);
    expect(proxied.hosts).toEqual(["10.0.0.5:7360", "parley.example.org"]);
    expect(proxied.origins).toContain("https://parley.example.org");
    expect(names("0.0.0.0:0", 7360).hosts).toContain("127.0.0.1:7360");
    expect(names("0.0.0.0:0", 7360).hosts).not.toContain("0.0.0.0:7360");
  });
});
