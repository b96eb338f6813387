import { type ChildProcess, spawn } from "node:child_process";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { root } from "../../support/cli.ts";
import { until } from "./serving.ts";

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string[];
  readonly log: () => Record<string, unknown>[];
  /** The exit code, or the signal that ended it. */
  readonly gone: Promise<number | NodeJS.Signals | null>;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

async function start(...words: string[]): Promise<Started> {
  const child = spawn(process.execPath, [join(root, "test", "server", "ops", "shutdown-process.ts"), ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const gone = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  const lines = (text: string) => text.split("\n").slice(0, -1);
  await until(() => out.includes("port ") || child.exitCode !== null);
  return {
    child,
    url: `http://127.0.0.1:${/port (\d+)/.exec(out)?.[1]}`,
    said: () => lines(out).slice(1),
    log: () => lines(err).map((line) => JSON.parse(line) as Record<string, unknown>),
    gone,
  };
}

const events = (server: Started) => server.log().map(({ event }) => event);

describe("the end of a server", () => {
  it("lets a request under way finish, closes its parts in order, and exits with 0", async () => {
    const server = await start("0", "10");
    const slow = fetch(`${server.url}/slow/600`);
    await until(() => server.said().includes("asked"));
    server.child.kill("SIGTERM");
    await until(() => events(server).includes("stopping"));
    const answer = await slow;
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("slow but whole");
    expect(await server.gone).toBe(0);
    expect(server.said()).toEqual(["asked", "answered", "closed runs", "closed database"]);
    expect(server.log()).toMatchObject([
      { event: "stopping", reason: "SIGTERM", drain: 0, deadline: 10 },
      { event: "stopped", reason: "SIGTERM" },
    ]);
    await expect(fetch(`${server.url}/quick`)).rejects.toThrow();
  });

  it("says that it is not ready while it drains, and still answers", async () => {
    const server = await start("1", "10");
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.child.kill("SIGINT");
    await until(() => events(server).includes("stopping"));
    const readyz = await fetch(`${server.url}/readyz`);
    expect(readyz.status).toBe(503);
    expect(await readyz.json()).toMatchObject({ ready: false, stopping: true });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/quick`)).text()).toBe("quick");
    expect(await server.gone).toBe(0);
  });

  it("ends streams of events, and does not wait for idle connections", async () => {
    const server = await start("0", "60");
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      get(`${server.url}/quick`, { agent }, (response) => response.resume().on("end", resolve)).on("error", reject);
    });
    const stream = await fetch(`${server.url}/events`);
    server.child.kill("SIGTERM");
    expect(await stream.text()).toBe("data: now\n\ndata: bye\n\n");
    expect(await server.gone).toBe(0);
    expect(events(server)).toEqual(["stopping", "stopped"]);
    agent.destroy();
  });

  it("cuts what takes longer than the deadline, and says so", async () => {
    const server = await start("0", "1");
    const slow = fetch(`${server.url}/slow/60000`).then(
      () => "answered",
      () => "cut",
    );
    await until(() => server.said().includes("asked"));
    server.child.kill("SIGTERM");
    expect(await slow).toBe("cut");
    expect(await server.gone).toBe(0);
    expect(events(server)).toEqual(["stopping", "requests cut", "stopped"]);
    expect(server.said()).toEqual(["asked", "closed runs", "closed database"]);
  });

  it("ends at once at a second signal, but takes two in a moment for one", async () => {
    const server = await start("0", "60");
    fetch(`${server.url}/slow/60000`).catch(() => {});
    await until(() => server.said().includes("asked"));
    server.child.kill("SIGINT");
    server.child.kill("SIGTERM");
    await until(() => events(server).includes("stopping"));
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(server.child.exitCode).toBeNull();
    server.child.kill("SIGTERM");
    expect(await server.gone).toBe(143);
    expect(events(server)).toEqual(["stopping", "ended at once"]);
    expect(server.said()).toEqual(["asked"]);
  });

  it("closes the other parts where one fails, and exits with 1", async () => {
    const server = await start("0", "10", "fails");
    server.child.kill("SIGTERM");
    expect(await server.gone).toBe(1);
    expect(server.said()).toEqual(["closed runs", "closed database"]);
    expect(server.log()).toMatchObject([
      { event: "stopping" },
      { event: "not closed", level: "error", part: "runs", error: "Error" },
      { event: "stopped" },
    ]);
    expect(JSON.stringify(server.log())).not.toContain("secret title");
  });
});
