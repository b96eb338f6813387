import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { BROKEN_CASE, folderWith, mainFile, root, SMALL_CASE } from "../support/cli.ts";
import { get } from "../support/http.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** What stands where the built workbench would; the built one is opened in test/browser/server.test.ts. */
const BUILT = folderWith({ "index.html": "<!doctype html><title>Parley</title>" });
const NOT_BUILT = folderWith({});

interface Opened {
  readonly child: ChildProcess;
  readonly address: string;
  readonly key: string;
  readonly stdout: string;
  readonly stderr: () => string;
}

/** Starts `parley open` and waits for the line with its address. */
function open(
  words: readonly string[],
  { workbench = BUILT, cwd = root }: { workbench?: string; cwd?: string } = {},
): Promise<Opened> {
  const child = spawn(process.execPath, [mainFile, "open", ...words], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PARLEY_WORKBENCH: workbench },
  });
  running.push(child);
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stderr?.on("data", (chunk) => {
      stderr += String(chunk);
    });
    child.stdout?.on("data", (chunk) => {
      stdout += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+\/[^\s"]*/.exec(stdout)?.[0];
      if (address === undefined || !/Ctrl-C ends|\}\s*$/.test(stdout)) return;
      const key = new URLSearchParams(new URL(address).hash.slice(1)).get("key") ?? "";
      resolve({ child, address, key, stdout, stderr: () => stderr });
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));

const api = async ({ address, key }: Opened, path = "", withKey = true) => {
  const { origin } = new URL(address);
  const { status, body } = await get(`${origin}/api/cases${path}`, withKey ? { "x-parley-key": key } : {});
  return { status, body: JSON.parse(body) };
};

describe("parley open", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "prints headlines and an address with a key, serves the workbench, and ends cleanly on %s",
    async (signal) => {
      const opened = await open(["colombia-2012", "--port", "0"]);
      const { child, address, key, stdout } = opened;
      expect(stdout).toContain("Would it hold");
      expect(stdout).toContain("New cases are made in parley-cases.");
      expect(key).toMatch(/^[\w-]{22}$/);
      expect(address).toMatch(/#key=[\w-]{22}&case=colombia-2012$/);
      const { status, body, headers } = await get(address.replace(/#.*/, ""));
      expect([status, body]).toEqual([200, readFileSync(join(BUILT, "index.html"), "utf8")]);
      expect(headers["cache-control"]).toBe("no-store");
      child.kill(signal);
      expect(await ended(child)).toBe(0);
    },
  );

  it("opens all bundled cases where none is named, the first one first, to be read by anybody here and changed by nobody", async () => {
    const opened = await open(["--port", "0", "--json"], { cwd: folderWith({}) });
    expect(JSON.parse(opened.stdout)).toEqual({ address: opened.address });
    expect(opened.address).toMatch(/&case=ukraine-2024$/);
    const { body } = await api(opened, "", false);
    expect(body.cases[0]).toMatchObject({ id: "ukraine-2024", readOnly: true, bundled: true });
    expect(body.cases).toHaveLength(5);
  });

  it("opens several cases and folders of cases, the view in the address, and makes new ones where it says", async () => {
    const folder = folderWith({ "single.yaml": SMALL_CASE.replace("A small case", "A single file") });
    for (const name of ["one", "all/two", "all/three"]) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "case.yaml"), SMALL_CASE);
    }
    const words = ["one", "all", "single.yaml", "--port", "0", "--new-in", "made/here", "--seed", "7"];
    const opened = await open([...words, "--as-of", "2024-12-01", "--set", "claims.losses.credence=0.5"], {
      cwd: folder,
    });
    expect(new URL(opened.address).hash.replace(opened.key, "K")).toBe(
      "#key=K&case=one&asof=2024-12-01&seed=7&set=claims.losses.credence%3D0.5",
    );
    expect(opened.stdout).toContain("Also open: all/three\nAlso open: all/two\nAlso open: single.yaml\n");
    expect(opened.stdout).toContain("New cases are made in made/here.");
    const { body } = await api(opened);
    const ids = ["one", "three", "two", "single"];
    expect(body.cases.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect((await api(opened, "", false)).body.cases).toEqual([]);
    expect((await api(opened, "/one", false)).status).toBe(401);
    expect(existsSync(join(folder, "made"))).toBe(false);
    const made = await fetch(`${new URL(opened.address).origin}/api/cases`, {
      method: "POST",
      headers: { "x-parley-key": opened.key, "content-type": "application/json" },
      body: JSON.stringify({ from: "one", name: "mine" }),
    });
    expect(made.status).toBe(201);
    expect(readFileSync(join(folder, "made", "here", "mine", "case.yaml"), "utf8")).toBe(SMALL_CASE);
  });

  it("opens a case with slips, says them, and follows the file", async () => {
    const folder = folderWith({ "case.yaml": BROKEN_CASE });
    const opened = await open([folder, "--port", "0"]);
    expect(opened.stderr()).toContain("unknown key: credibilty in claims.a");
    const [{ id }] = (await api(opened)).body.cases;
    writeFileSync(join(folder, "case.yaml"), SMALL_CASE);
    expect((await api(opened, `/${id}`)).body.case.title).toBe("A small case");
  });

  it("takes a free port where the usual one is taken, and refuses one by name that is", async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(server));
      server.listen(7340, "127.0.0.1", () => resolve(server));
    });
    const folder = folderWith({ "case.yaml": SMALL_CASE });
    const { address } = await open([folder]);
    const { port } = new URL(address);
    expect(port).not.toBe("7340");
    await expect(open([folder, "--port", port])).rejects.toThrow(/ended with 2.*cannot be served/s);
    taken.close();
  });

  it.each([
    [["nowhere"], /ended with 2.*nowhere/s],
    [["-"], /ended with 2.*standard input cannot be opened/s],
    [["prisoners-dilemma", "--reading", "nobodys"], /ended with 2.*nobodys/s],
  ])("refuses %s", async (words, why) => {
    await expect(open([...words, "--port", "0"])).rejects.toThrow(why);
  });
});

describe("parley open where the workbench is not built", () => {
  it("says so in a line, and serves the report behind a path that only the address tells", async () => {
    const folder = folderWith({ "case.yaml": SMALL_CASE });
    const { address, stderr } = await open([folder, "--port", "0"], { workbench: NOT_BUILT });
    expect(stderr().trim().split("\n")).toEqual([expect.stringContaining("npm run build:web")]);
    const { origin, pathname } = new URL(address);
    expect(pathname.length).toBeGreaterThan(20);
    expect((await get(`${origin}/`)).status).toBe(404);
    const { status, body, headers } = await get(address);
    expect([status, body.includes("<h1>A small case")]).toEqual([200, true]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    const { port } = new URL(address);
    expect((await get(address, { host: `evil.example:${port}` })).status).toBe(403);
    expect((await get(address, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).status).toBe(403);
    expect((await get(address, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).status).toBe(200);
    writeFileSync(join(folder, "case.yaml"), BROKEN_CASE);
    expect((await get(address)).body).toContain("unknown key: credibilty in claims.a");
    writeFileSync(join(folder, "case.yaml"), SMALL_CASE.replace("A small case", "An edited case"));
    expect((await get(address)).body).toContain("<h1>An edited case</h1>");
  });
});
