import { expect } from "vitest";
import { brokenAt } from "../../src/server/audit/log.ts";
import { openStore, type StorePlace } from "../../src/server/db/open.ts";
import { Caller, firstCaller, startTeam, type TeamProcess } from "./team-process.ts";

export interface CrashingSaves {
  /** Settings that name the store. */
  readonly settings: NodeJS.ProcessEnv;
  readonly saves: number;
  readonly clients: number;
  readonly crashes: number;
  /** Cases that the clients save to, each client to all of them in turn. */
  readonly cases: number;
  /** Kills whatever else there is, and starts it again. */
  readonly between?: () => Promise<void>;
}

/** What came of it. */
interface Survived {
  /** Saves that the server said were made. */
  readonly acknowledged: number;
  /** Saves whose answer never came. */
  readonly unanswered: number;
  readonly versions: number;
}

/** Numbers that jump about, the same in every run. */
const jump = (i: number): number => (i * 0.6180339887498949) % 1;

/**
 * Saves by several clients while the server is killed at moments that nobody chose, and started anew each time. Then every
 * save that was acknowledged must be there, versions must have no gaps, and the audit log must be whole.
 */
async function crashingSaves(options: CrashingSaves): Promise<Survived> {
  const { settings, saves, clients, crashes, cases } = options;
  let server: TeamProcess = await startTeam(settings);
  try {
    const { ann, workspace } = await firstCaller(server);
    const made = new Map<string, string>();
    for (let i = 0; i < cases; i += 1) {
      const { body } = await ann.ask("POST", `/api/workspaces/${workspace}/cases`, {
        template: "blank",
        title: `Case ${i}`,
      });
      made.set(body.case.id, body.case.hash);
    }
    const ids = [...made.keys()];
    /** Versions by case and number, with the title that was saved. */
    const acknowledged = new Map<string, string>();
    let unanswered = 0;
    let begun = 0;
    let isDown = false;
    const up = async (): Promise<void> => {
      while (isDown) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const client = async (name: number): Promise<void> => {
      while (begun < saves) {
        begun += 1;
        const own = begun;
        const id = ids[own % ids.length] ?? "";
        const title = `Save ${own} by ${name}`;
        for (;;) {
          await up();
          const caller = new Caller(server.address, ann.cookie);
          try {
            const current = await caller.ask("GET", `/api/cases/${id}`);
            expect(current.status).toBe(200);
            const edits = [{ set: "title", value: title }];
            const saved = await caller.ask("POST", `/api/cases/${id}/edits`, { base: current.body.case.hash, edits });
            // Somebody else was faster with the same field: it is seen anew.
            if (saved.status === 409) continue;
            expect(saved.status).toBe(200);
            expect(acknowledged.has(`${id} ${saved.body.version}`)).toBe(false);
            acknowledged.set(`${id} ${saved.body.version}`, title);
          } catch (error) {
            // The server went away: whether it saved is not known.
            if (!(error instanceof TypeError)) throw error;
            unanswered += 1;
          }
          break;
        }
      }
    };
    const crash = async (): Promise<void> => {
      for (let i = 0; i < crashes; i += 1) {
        const at = Math.floor((saves * (i + 0.3 + 0.5 * jump(i + 1))) / crashes);
        while (begun < at) await new Promise((resolve) => setTimeout(resolve, 1));
        isDown = true;
        await server.kill();
        await options.between?.();
        server = await startTeam(settings);
        isDown = false;
      }
    };
    await Promise.all([crash(), ...Array.from({ length: clients }, (_, i) => client(i))]);
    await server.kill();
    server = await startTeam(settings);

    let versions = 0;
    const after = new Caller(server.address, ann.cookie);
    for (const id of ids) {
      const { head } = await headOf(after, id);
      versions += head - 1;
      const numbers = new Set<number>();
      for (let number = 1; number <= head; number += 1) {
        const version = await after.ask("GET", `/api/cases/${id}/versions/${number}`);
        expect(version.status).toBe(200);
        numbers.add(number);
        const title = acknowledged.get(`${id} ${number}`);
        if (title !== undefined) expect(version.text).toContain(`${title}\\n`);
      }
      const beyond = [...acknowledged.keys()].filter(
        (key) => key.startsWith(`${id} `) && !numbers.has(Number(key.split(" ")[1])),
      );
      expect(beyond).toEqual([]);
    }
    return { acknowledged: acknowledged.size, unanswered, versions };
  } finally {
    await server.kill();
  }
}

async function headOf(caller: Caller, id: string): Promise<{ head: number }> {
  const { body } = await caller.ask("GET", `/api/cases/${id}`);
  return { head: body.case.version };
}

/** What `crashingSaves` came to, held against what stands in the store. */
export async function survives(place: StorePlace, options: CrashingSaves): Promise<void> {
  const { acknowledged, unanswered, versions } = await crashingSaves(options);
  expect(acknowledged + unanswered).toBe(options.saves);
  // A save without an answer may have been made, or not.
  expect(versions).toBeGreaterThanOrEqual(acknowledged);
  expect(versions).toBeLessThanOrEqual(options.saves);
  const store = await openStore(place);
  try {
    expect(await brokenAt(store.db)).toBeUndefined();
    const { count } = await store.db
      .selectFrom("audit")
      .select((select) => select.fn.countAll<string>().as("count"))
      .where("action", "=", "case.saved")
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(versions);
  } finally {
    await store.close();
  }
}
