import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "vitest";

/** The server that tests start; undefined where none is installed. */
export const redisProgram = [process.env["PARLEY_REDIS"], "/usr/bin/redis-server", "/usr/bin/valkey-server"].find(
  (file) => file !== undefined && existsSync(file),
);

/** A Redis of a test's own, on loopback and a port that was free; it keeps nothing unless asked. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, as a crash would, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server. */
export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "parley-redis-"));
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const words = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...options];
    child = spawn(redisProgram ?? "redis-server", words, { stdio: "ignore" });
    for (let tries = 0; tries < 100 && !(await listens(port)); tries++) await sleep(50);
  };
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async crash() {
      await end("SIGKILL");
      await sleep(300);
      await start();
    },
    async stop() {
      await end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port of loopback at which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Whether something listens at a port of loopback. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

/** Tests that need a Redis; where none is installed they are skipped, and say so. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (redisProgram !== undefined) describe(name, tests);
  else
    describe(name, () =>
      it.skip("skipped: no redis-server is here (apt-get install redis-server, or set PARLEY_REDIS)", () => {}),
    );
}
