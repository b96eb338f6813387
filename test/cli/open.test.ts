import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { BROKEN_CASE, folderWith, mainFile, root, SMALL_CASE } from "../support/cli.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

interface Opened {
  readonly child: ChildProcess;
  readonly address: string;
  readonly stdout: string;
}

/** Starts `parley open` and waits for the line with its address. */
function open(words: readonly string[]): Promise<Opened> {
  const child = spawn(process.execPath, [mainFile, "open", ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stderr?.on("data", (chunk) => {
      stderr += String(chunk);
    });
    child.stdout?.on("data", (chunk) => {
      stdout += String(chunk);
      const address = /^http:\/\/127\.0\.0\.1:\d+\/\S*$/m.exec(stdout)?.[0];
      if (address !== undefined) resolve({ child, address, stdout });
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += String(chunk);
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));

describe("parley open", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "prints headlines and address, serves the report, and ends cleanly on %s",
    async (signal) => {
      const { child, address, stdout } = await open(["colombia-2012", "--port", "0"]);
      expect(stdout).toContain("Would it hold");
      const { status, body, headers } = await get(address);
      expect([status, body.includes("<h1>Colombia and the FARC")]).toEqual([200, true]);
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["cache-control"]).toBe("no-store");
      child.kill(signal);
      expect(await ended(child)).toBe(0);
    },
  );

  it("takes a free port where the usual one is taken", async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(server));
      server.listen(7340, "127.0.0.1", () => resolve(server));
    });
    const { address } = await open(["colombia-2012"]);
    expect(new URL(address).port).not.toBe("7340");
    taken.close();
  });

  it("refuses a port by name that is taken", async () => {
    const { address } = await open(["colombia-2012", "--port", "0"]);
    await expect(open(["colombia-2012", "--port", new URL(address).port])).rejects.toThrow(
      /ended with 2.*cannot be served/s,
    );
  });

  it("hides a case of one's own behind a path that only the address tells", async () => {
    const { address } = await open([folderWith({ "case.yaml": SMALL_CASE }), "--port", "0"]);
    const { origin, pathname } = new URL(address);
    expect(pathname.length).toBeGreaterThan(20);
    expect((await get(`${origin}/`)).status).toBe(404);
    expect((await get(address)).status).toBe(200);
  });

  it("refuses other host names and other sites", async () => {
    const { address } = await open(["colombia-2012", "--port", "0"]);
    const { port } = new URL(address);
    expect((await get(address, { host: `evil.example:${port}` })).status).toBe(403);
    expect((await get(address, { host: "127.0.0.1:1" })).status).toBe(403);
    expect((await get(address, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).status).toBe(403);
    expect((await get(address, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).status).toBe(200);
    expect((await get(address, { host: `localhost:${port}` })).status).toBe(200);
  });

  it("shows an edit on reload, and what is wrong with a broken one", async () => {
    const folder = folderWith({ "case.yaml": SMALL_CASE });
    const { address } = await open([folder, "--port", "0"]);
    writeFileSync(join(folder, "case.yaml"), SMALL_CASE.replace("A small case", "An edited case"));
    expect((await get(address)).body).toContain("<h1>An edited case</h1>");
    writeFileSync(join(folder, "case.yaml"), BROKEN_CASE);
    const broken = await get(address);
    expect(broken.body).toContain("unknown key: credibilty in claims.a");
    writeFileSync(join(folder, "case.yaml"), SMALL_CASE);
    expect((await get(address)).body).toContain("<h1>A small case</h1>");
  });
});
