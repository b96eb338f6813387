import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "vitest";
import { freePort, listens } from "./redis.ts";

/** Where PostgreSQL's programs are: the folder named, or Debian's newest. */
const programs = [process.env["PARLEY_POSTGRES"], ...debian()].find(
  (folder) => folder !== undefined && existsSync(join(folder, "initdb")),
);
/** PostgreSQL refuses to run as root; then it runs as the user that Debian's package makes. */
const AS_POSTGRES = ["runuser", "-u", "postgres", "--"];
const isRoot = process.getuid?.() === 0;

function debian(): string[] {
  const folder = "/usr/lib/postgresql";
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(folder, version, "bin"));
}

/** A PostgreSQL of a test's own, on loopback and a port that was free, with a password. */
export interface PostgresServer {
  readonly url: string;
  /** Ends it at once, as a crash would, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server. */
export async function startPostgres(password: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
  const data = join(folder, "data");
  const secret = join(folder, "password");
  writeFileSync(secret, password);
  for (const path of [folder, secret]) chmodSync(path, 0o777);
  const words = (program: string, ...rest: string[]): [string, string[]] => {
    const [first = "", ...others] = [...(isRoot ? AS_POSTGRES : []), join(programs ?? "", program), ...rest];
    return [first, others];
  };
  const made = spawnSync(
    ...words("initdb", "-D", data, "-U", "parley", "-A", "scram-sha-256", `--pwfile=${secret}`, "-N"),
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr)}`);
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const options = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F"];
    child = spawn(...words("postgres", ...options), { stdio: "ignore" });
    for (let tries = 0; tries < 200 && !(await listens(port)); tries++) await sleep(50);
    // It listens before it answers.
    const isReady = () => spawnSync(...words("pg_isready", "-q", "-h", "127.0.0.1", "-p", String(port))).status === 0;
    for (let tries = 0; tries < 200 && !isReady(); tries++) await sleep(50);
  };
  const end = async (mode: "fast" | "immediate") => {
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    spawnSync(...words("pg_ctl", "-D", data, "-m", mode, "stop"));
    await gone;
  };
  await start();
  return {
    url: `postgres://parley:${password}@127.0.0.1:${port}/postgres`,
    async crash() {
      await end("immediate");
      await start();
    },
    async stop() {
      await end("fast");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Tests that need a PostgreSQL; where none is installed they are skipped, and say so. */
export function describeWithPostgres(name: string, tests: () => void): void {
  if (programs !== undefined) describe(name, tests);
  else
    describe(name, () =>
      it.skip("skipped: no PostgreSQL is here (apt-get install postgresql, or set PARLEY_POSTGRES)", () => {}),
    );
}
