import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assistantAt } from "../support/assistant.ts";
import { folderWith, parley } from "../support/cli.ts";
import { Caller, firstCaller, startTeam, type TeamProcess } from "../support/team-process.ts";

const PAGE = "<!doctype html><title>Parley</title>";

let folder: string;
let server: TeamProcess;
let ann: Caller;
let workspace: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = folderWith({});
  const web = join(folder, "web");
  mkdirSync(join(web, "assets"), { recursive: true });
  writeFileSync(join(web, "index.html"), PAGE);
  writeFileSync(join(web, "assets", "worker-1.js"), "1");
  writeFileSync(join(folder, "outside.txt"), "secret");
  env = { PARLEY_STORE: join(folder, "store"), PARLEY_WORKBENCH: web, PARLEY_LOG_LEVEL: "info" };
  server = await startTeam(env);
  ({ ann, workspace } = await firstCaller(server));
}, 120_000);
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends bytes as they are, and gives what comes back until the server closes. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    let answer = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      answer += part;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });
}

describe("parley serve", () => {
  it("tells the set-up code only while nobody has an account, and keeps its secret to its user", async () => {
    expect(server.setupCode).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
    const secret = readFileSync(join(folder, "store", "secret"), "utf8").trim();
    expect(statSync(join(folder, "store", "secret")).mode & 0o077).toBe(0);
    expect(server.log()).not.toContain(secret);
    expect(server.log()).not.toContain(server.setupCode);
  });

  it("lets assistants work with cases by a token of somebody's", async () => {
    const scopes = ["cases:read", "cases:write", "runs:write"];
    const made = await ann.ask("POST", "/api/me/tokens", { name: "Assistant", scopes, days: 1, workspace });
    const the = await assistantAt(`${server.address}/mcp`, made.body.secret);
    const from = { template: "talks", title: "By an assistant" };
    expect((await the.ask("new_case", { name: "talks", from })).isError).toBe(false);
    const { cases } = (await the.ask("list_cases")).data;
    const { id } = cases.find((each: { title: string }) => each.title === "By an assistant");
    expect((await the.ask("weigh_evidence", { case: id })).isError).toBe(false);
    await the.close();
    expect(server.log()).not.toContain(made.body.secret);
  }, 60_000);

  it("serves the workbench with the policy of a page, and nothing from outside its folder", async () => {
    const page = await ann.ask("GET", "/");
    expect(page.text).toBe(PAGE);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const worker = await ann.ask("GET", "/assets/worker-1.js");
    expect(worker.headers.get("content-security-policy")).toContain("'wasm-unsafe-eval'");
    expect(worker.headers.get("cache-control")).toContain("immutable");
    for (const path of [
      "/../outside.txt",
      "/%2e%2e/outside.txt",
      "/..%2foutside.txt",
      "/assets/..%5c..%5coutside.txt",
    ]) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.address).host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 40\d /);
      expect(answer).not.toContain("secret");
    }
  });

  it("gives every answer strict headers, keeps none, and never speaks of other origins", async () => {
    const foreign = await fetch(`${server.address}/api/cases`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(foreign.status).toBe(403);
    const answers = [
      await ann.ask("GET", "/api/cases"),
      await ann.ask("GET", "/api/nothing"),
      await ann.ask("OPTIONS", "/api/cases"),
      await ann.ask("PUT", "/api/cases"),
      await ann.ask("HEAD", "/api/cases"),
      await new Caller(server.address).ask("GET", "/api/cases"),
      await ann.ask("POST", "/api/workspaces", { name: 3 }),
      await ann.ask("GET", "/healthz"),
      await ann.ask("GET", "/readyz"),
      await ann.ask("GET", "/metrics"),
      { ...(await ann.ask("GET", "/")), headers: foreign.headers },
    ];
    expect(answers.map(({ status }) => status).slice(0, 10)).toEqual([
      200, 404, 404, 404, 200, 401, 400, 200, 200, 200,
    ]);
    for (const { headers, text } of answers) {
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(text).not.toMatch(/\bat .*\.[tj]s:\d+/);
    }
    const document = await ann.ask("GET", "/openapi.json");
    expect(document.headers.get("cache-control")).toBe("public, max-age=300");
    expect(document.body.openapi).toBe("3.1.0");
  });

  it("refuses what is too long, too deep or too large, and answers on", async () => {
    expect((await ann.ask("GET", `/api/cases?x=${"x".repeat(9000)}`)).status).toBe(414);
    const host = new URL(server.address).host;
    expect(await raw(`GET /api/cases HTTP/1.1\r\nHost: ${host}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
    const deep = (open: string, shut: string) => `{"name":${open.repeat(100_000)}1${shut.repeat(100_000)}}`;
    for (const body of [deep("[", "]"), `${deep('{"a":', "}")}`, `{"name":${"[".repeat(90_000)}`]) {
      const answer = await fetch(`${server.address}/api/workspaces/${workspace}/cases`, {
        method: "POST",
        headers: { cookie: ann.cookie, "content-type": "application/json" },
        body,
      });
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { problems: { code: string }[] }).problems[0]?.code).toBe("request-deep");
    }
    expect((await ann.ask("POST", "/api/workspaces", { name: "x".repeat(200_000) })).status).toBe(413);
    expect((await ann.ask("GET", "/healthz")).status).toBe(200);
  });

  it("answers HEAD of a stream of events at once, and opens none", async () => {
    const made = await ann.ask("POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title: "Heads" });
    expect((await ann.ask("HEAD", `/api/cases/${made.body.case.id}/events`)).status).toBe(200);
    expect((await ann.ask("GET", "/metrics")).text).toContain("parley_event_streams 0");
  });

  it("logs requests by their patterns, and nothing of what they are about", async () => {
    await ann.ask("POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title: "Secrettitle" });
    const lines = server
      .log()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.some(({ route }) => route === "/api/workspaces/:workspace/cases")).toBe(true);
    // Machines ask for health every few seconds.
    expect(lines.some(({ route }) => route === "/readyz" || route === "/metrics")).toBe(false);
    expect(server.log()).not.toMatch(/Secrettitle|example\.org|127\.0\.0\.1/);
    expect(server.log()).not.toContain(ann.cookie.split("=")[1]);
    expect((await ann.ask("GET", "/metrics")).text).toMatch(
      /parley_database_query_duration_seconds_count\{statement="select"\} [1-9]/,
    );
  });

  it("is backed up while it runs, into a file for its user alone, and restored; the store is checked", async () => {
    const made = await ann.ask("POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title: "Kept" });
    const file = join(folder, "team.backup");
    const backup = parley(["backup", file, "--json"], { env });
    expect({ code: backup.code, stderr: backup.stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(backup.stdout)).toMatchObject({
      ok: true,
      encrypted: false,
      tables: { users: 1, workspaces: 1 },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parley(["backup", file], { env }).code).toBe(2);
    expect(parley(["serve", "--check"], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining("in use") });

    const passphrase = join(folder, "passphrase");
    writeFileSync(passphrase, "quiet harbour lamps\n");
    const locked = join(folder, "team.backup.age");
    expect(parley(["backup", locked, "--passphrase-file", passphrase], { env }).code).toBe(0);
    expect(readFileSync(locked, "latin1")).toMatch(/^age-encryption\.org/);

    const other = { PARLEY_STORE: join(folder, "other"), PARLEY_WORKBENCH: env["PARLEY_WORKBENCH"] };
    const restored = parley(["restore", locked, "--passphrase-file", passphrase, "--json"], { env: other });
    expect({ code: restored.code, stderr: restored.stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(restored.stdout)).toMatchObject({ ok: true, audit: "whole", tables: { users: 1 } });
    const again = parley(["restore", file], { env: other });
    expect({ code: again.code, told: again.stderr.includes("not empty") }).toEqual({ code: 2, told: true });
    const checked = parley(["serve", "--check"], { env: other });
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining("The store can be used") });

    const second = await startTeam(other);
    try {
      expect(second.setupCode).toBeNull();
      // The cookie is of another secret and another store: signing in anew is what is left.
      expect((await new Caller(second.address, ann.cookie).ask("GET", "/api/workspaces")).status).toBe(401);
      const back = new Caller(second.address);
      const { email, password } = (await import("../support/team-process.ts")).FIRST;
      expect((await back.ask("POST", "/api/session", { email, password })).status).toBe(200);
      expect((await back.ask("GET", `/api/cases/${made.body.case.id}`)).body.case.title).toBe("Kept");
      expect(await second.stop()).toBe(0);
    } finally {
      await second.kill();
    }
  }, 120_000);

  it("lets in who lost their password by a link that is made at the machine, while it runs and while it does not", async () => {
    const { FIRST } = await import("../support/team-process.ts");
    const linkFor = (settings: NodeJS.ProcessEnv, email: string) => {
      const made = parley(["serve", "--reset", email, "--json"], { env: settings });
      expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: "" });
      const said = JSON.parse(made.stdout) as { link: string };
      expect(said).toEqual({
        ok: true,
        email,
        link: expect.stringMatching(/^https:\/\/team\.example\/#\/reset\/[\w-]{43}$/),
        hours: 24,
      });
      return said.link.split("/").at(-1) ?? "";
    };
    const use = (token: string, password: string) =>
      fetch(`${server.address}/api/reset`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-parley-reset": token },
        body: JSON.stringify({ password }),
      });
    const named = { ...env, PARLEY_ORIGIN: "https://team.example" };
    const unused = linkFor(named, " ANN@example.org");
    const token = linkFor(named, FIRST.email);
    expect((await use(unused, "eight violet trains hum")).status).toBe(404);
    expect((await use(token, "eight violet trains hum")).status).toBe(200);
    expect((await ann.ask("GET", "/api/me")).status).toBe(401);
    // In no log, and nobody else has the file that it came through.
    expect(server.log()).not.toContain(token);
    expect(statSync(join(folder, "store", "database", "backup.sock")).mode & 0o077).toBe(0);
    const unknown = parley(["serve", "--reset", "nobody@example.org"], { env });
    expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
    expect(unknown.stderr).toContain("unknown person: nobody@example.org");
    expect(parley(["serve", "--reset", FIRST.email, "--check"], { env }).code).toBe(2);
    const none = parley(["serve", "--reset", FIRST.email], { env: { PARLEY_STORE: join(folder, "nowhere") } });
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("missing store") });

    expect(await server.stop()).toBe(0);
    const alone = linkFor(named, FIRST.email);
    server = await startTeam(env);
    expect((await use(alone, FIRST.password)).status).toBe(200);
    ann = new Caller(server.address);
    const { email, password } = FIRST;
    expect((await ann.ask("POST", "/api/session", { email, password })).status).toBe(200);
    const { entries } = (await ann.ask("GET", "/api/audit")).body;
    expect(JSON.stringify(entries)).toContain("reset.made");
  }, 120_000);

  it("refuses wrong settings, a damaged backup and a store that is not there, and writes nothing", () => {
    const wrong = parley(["serve"], { env: { PARLEY_STORE: join(folder, "none"), PARLEY_PORT: "no" } });
    expect(wrong.code).toBe(2);
    expect(existsSync(join(folder, "none"))).toBe(false);
    const damaged = join(folder, "damaged.backup");
    writeFileSync(damaged, "not a backup");
    const refused = parley(["restore", damaged], { env: { PARLEY_STORE: join(folder, "none") } });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("invalid backup");
    expect(existsSync(join(folder, "none"))).toBe(false);
    const nothing = parley(["backup", join(folder, "nothing.backup")], { env: { PARLEY_STORE: join(folder, "none") } });
    expect(nothing.code).toBe(2);
    expect(readdirSync(folder).filter((name) => name.startsWith("nothing"))).toEqual([]);
    expect(existsSync(join(folder, "none"))).toBe(false);
    for (const [name, told] of [
      [join("nowhere", "x.backup"), "cannot be written"],
      ["plain.backup.age", "--encrypt or --to makes a .age file"],
    ] as const) {
      const kept = parley(["backup", join(folder, name)], { env });
      expect([kept.code, kept.stderr], name).toEqual([2, expect.stringContaining(told)]);
      expect(existsSync(join(folder, name))).toBe(false);
    }
    const unreachable = parley(["serve", "--check"], {
      env: { ...env, DATABASE_URL: "postgres://a:hidden@127.0.0.1:1/b" },
    });
    expect(unreachable.code).toBe(2);
    expect(unreachable.stdout + unreachable.stderr).not.toContain("hidden");
  });

  it("takes a stopped server's place, and ends in order", async () => {
    expect(await server.stop()).toBe(0);
    server = await startTeam(env);
    expect(server.setupCode).toBeNull();
    expect((await new Caller(server.address, ann.cookie).ask("GET", "/api/workspaces")).status).toBe(200);
  });
});
