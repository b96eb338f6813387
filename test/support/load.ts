import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accounts } from "../../src/server/accounts/accounts.ts";
import { makeCase } from "../../src/server/cases/make.ts";
import { newId } from "../../src/server/db/ids.ts";
import { openStore } from "../../src/server/db/open.ts";
import { makeWorkspace } from "../../src/server/routes/workspaces.ts";
import { root } from "./cli.ts";
import { Caller, startTeam } from "./team-process.ts";

export interface Load {
  /** The folder of the store, which is made. */
  readonly folder: string;
  readonly users: number;
  readonly seconds: number;
  /** Milliseconds that a user thinks between two requests, on average. */
  readonly thinks: number;
}

export interface LoadResult {
  /** Milliseconds of each read and each save, in ascending order. */
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** What was not as it should be: status and path's kind, or why nothing came. */
  readonly errors: readonly string[];
  /** Seconds of a core that the server used. */
  readonly cpu: number;
  /** Bytes that the server holds at the end. */
  readonly memory: number;
}

const SECRET = "a secret of the load test, of more than 32 characters";
/** Of ten requests, this many are saves. */
const WRITES_OF_TEN = 1;

/**
 * Many people at once on loopback: lists, cases, versions and the page itself, and every tenth request a save.
 *
 * Each has a session of their own and a case that twenty share; they begin spread over their thinking time, as people do.
 */
export async function load({ folder, users, seconds, thinks }: Load): Promise<LoadResult> {
  const people = await prepare(folder, users);
  const server = await startTeam({ PARLEY_STORE: folder, PARLEY_SECRET: SECRET, PARLEY_LOG_LEVEL: "warn" });
  const reads: number[] = [];
  const writes: number[] = [];
  const errors: string[] = [];
  try {
    const metrics = new Caller(server.address);
    const before = await usage(metrics);
    const until = performance.now() + 1000 * seconds;
    await Promise.all(
      people.map(async ({ cookie, caseId, workspace }, i) => {
        const caller = new Caller(server.address, cookie);
        await pause(thinks * ((i * 0.6180339887498949) % 1));
        for (let n = i; performance.now() < until; n += 1) {
          const begun = performance.now();
          try {
            const isWrite = n % 10 < WRITES_OF_TEN;
            const problem = isWrite
              ? await save(caller, caseId, `Title ${i} ${n}`, writes)
              : await read(caller, n, caseId, workspace);
            if (!isWrite) reads.push(performance.now() - begun);
            if (problem !== undefined) errors.push(problem);
          } catch (error) {
            errors.push(String((error as Error).cause ?? error));
          }
          await pause(thinks * (0.5 + ((n * 0.6180339887498949) % 1)));
        }
      }),
    );
    const after = await usage(metrics);
    return {
      reads: reads.toSorted((a, b) => a - b),
      writes: writes.toSorted((a, b) => a - b),
      errors,
      cpu: after.cpu - before.cpu,
      memory: after.memory,
    };
  } finally {
    await server.stop();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A read of one of the usual kinds; what was wrong with it. */
async function read(caller: Caller, n: number, caseId: string, workspace: string): Promise<string | undefined> {
  const kinds = [
    `/api/cases/${caseId}`,
    "/api/cases",
    `/api/cases/${caseId}/versions`,
    "/api/workspaces",
    `/api/cases?workspace=${workspace}`,
    "/api/session",
    "/",
  ];
  const path = kinds[n % kinds.length] ?? "/";
  const { status } = await caller.ask("GET", path);
  return status === 200 ? undefined : `${status} of a read of kind ${n % kinds.length}`;
}

/** A save over what is there now, as an editor makes it; the time of the save itself is noted. */
async function save(caller: Caller, caseId: string, title: string, times: number[]): Promise<string | undefined> {
  for (;;) {
    const current = await caller.ask("GET", `/api/cases/${caseId}`);
    if (current.status !== 200) return `${current.status} of a read before a save`;
    const begun = performance.now();
    const edits = [{ set: "title", value: title }];
    const saved = await caller.ask("POST", `/api/cases/${caseId}/edits`, { base: current.body.case.hash, edits });
    // Somebody else was faster with the same field: that is no error, and the editor looks again.
    if (saved.status === 409) continue;
    times.push(performance.now() - begun);
    return saved.status === 200 ? undefined : `${saved.status} of a save`;
  }
}

/** People with sessions, in workspaces of twenty with a case of real size each. */
async function prepare(folder: string, users: number) {
  const store = await openStore({ folder: join(folder, "database") });
  try {
    const { sessions } = accounts({ store, origin: undefined, secret: SECRET });
    const files = folderOf(join(root, "cases", "ukraine-2024"));
    const people: { cookie: string; caseId: string; workspace: string }[] = [];
    let desk = { caseId: "", workspace: "" };
    for (let i = 0; i < users; i += 1) {
      const id = newId();
      await store.db
        .insertInto("users")
        .values({ id, name: `Person ${i}`, email: `p${i}@example.org` })
        .execute();
      if (i % 20 === 0) {
        const { id: workspace } = await makeWorkspace(store.db, `Desk ${i}`, id);
        const made = await makeCase(store.db, workspace, { files, name: `case-${i}` }, undefined, { id });
        desk = { workspace, caseId: made.id };
      } else {
        const { workspace: workspaceId } = desk;
        await store.db.insertInto("workspaceMembers").values({ workspaceId, userId: id, role: "editor" }).execute();
      }
      const cookies = await sessions.start(id, new Headers());
      people.push({ ...desk, cookie: cookies.getSetCookie()[0]?.split(";")[0] ?? "" });
    }
    return people;
  } finally {
    await store.close();
  }
}

function folderOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(ya?ml|csv|jsonl)$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

async function usage(caller: Caller): Promise<{ cpu: number; memory: number }> {
  const { text } = await caller.ask("GET", "/metrics");
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return { cpu: of("process_cpu_seconds_total"), memory: of("process_resident_memory_bytes") };
}

/** The value below which so much of ascending values lie. */
export function quantile(ascending: readonly number[], q: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(q * ascending.length))] ?? Number.NaN;
}
