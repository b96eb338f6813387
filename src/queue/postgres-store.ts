import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient, QueryResultRow } from "pg";
import { decodeCounts, digestOf, encodeCounts } from "../runs/index.ts";
import {
  type Arrived,
  AT_A_TIME,
  type Differing,
  fieldOf,
  KEEP,
  type Kept,
  OWNED,
  placeOf,
  type RunStore,
  type ShardJob,
} from "./store.ts";

/** What stands on a PostgreSQL server, in a schema of its own; deleting a run deletes all that belongs to it. */
const TABLES = `
create schema if not exists parley_runs;
create table if not exists parley_runs.run (
  code text, run text, plan text, owner text, owned_until timestamptz, seen timestamptz not null default now(),
  primary key (code, run));
create table if not exists parley_runs.digest (
  code text, run text, i integer, digest text not null, worker text not null,
  primary key (code, run, i), foreign key (code, run) references parley_runs.run on delete cascade);
alter table parley_runs.digest add column if not exists tries integer not null default 1;
create table if not exists parley_runs.result (
  code text, run text, field text, counts bytea not null,
  primary key (code, run, field), foreign key (code, run) references parley_runs.run on delete cascade);
create table if not exists parley_runs.differing (
  code text, run text, i integer, first text not null, second text not null,
  primary key (code, run, i), foreign key (code, run) references parley_runs.run on delete cascade);
`;

/** Any number that nothing else locks: tables are made by one at a time. */
const LOCK = 727_339_216;

/** Makes the tables where they are missing, and forgets runs that nobody has gathered for long. */
export async function makeTables(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query(TABLES);
    await client.query("delete from parley_runs.run where seen < now() - make_interval(secs => $1)", [KEEP]);
  });
}

/** What a run has on a PostgreSQL server. While the server is gone, everything waits for it. */
export class PostgresStore implements RunStore {
  readonly #pool: Pool;
  readonly #names: readonly [code: string, run: string];

  constructor(pool: Pool, code: string, run: string) {
    this.#pool = pool;
    this.#names = [code, run];
  }

  async publish(plan: string): Promise<void> {
    await this.#query(
      `insert into parley_runs.run (code, run, plan) values ($1, $2, $3)
       on conflict (code, run) do update set plan = excluded.plan, seen = now()`,
      plan,
    );
  }

  async plan(): Promise<string | null> {
    const [row] = await this.#query<{ plan: string | null }>(
      "select plan from parley_runs.run where code = $1 and run = $2",
    );
    return row?.plan ?? null;
  }

  async isPublished(): Promise<boolean> {
    const rows = await this.#query(
      "select 1 as one from parley_runs.run where code = $1 and run = $2 and plan is not null",
    );
    return rows.length > 0;
  }

  async own(name: string): Promise<string> {
    const [row] = await this.#query<{ owner: string }>(
      `insert into parley_runs.run as held (code, run, owner, owned_until)
       values ($1, $2, $3, now() + make_interval(secs => $4))
       on conflict (code, run) do update
         set owner = excluded.owner, owned_until = excluded.owned_until, seen = now()
         where held.owner is null or held.owner = excluded.owner or held.owned_until < now()
       returning owner`,
      name,
      OWNED / 1000,
    );
    if (row !== undefined) return row.owner;
    const [other] = await this.#query<{ owner: string | null }>(
      "select owner from parley_runs.run where code = $1 and run = $2",
    );
    return other?.owner ?? "";
  }

  async disown(name: string): Promise<void> {
    await this.#query("update parley_runs.run set owner = null where code = $1 and run = $2 and owner = $3", name);
  }

  keep(job: ShardJob, counts: Float64Array, worker: string, tries: number): Promise<Kept> {
    const digest = digestOf(counts);
    return patiently(() =>
      inTransaction(this.#pool, async (client) => {
        const row = async (text: string, ...more: unknown[]) =>
          (await client.query<{ digest: string; worker: string }>(text, [...this.#names, ...more])).rows[0];
        const held = "select 1 from parley_runs.run where code = $1 and run = $2 and plan is not null for key share";
        if ((await row(held)) === undefined) return "over";
        const first = await row(
          `insert into parley_runs.digest (code, run, i, digest, worker, tries) values ($1, $2, $3, $4, $5, $6)
           on conflict do nothing returning digest, worker`,
          job.i,
          digest,
          worker,
          tries,
        );
        const known =
          first ??
          (await row("select digest, worker from parley_runs.digest where code = $1 and run = $2 and i = $3", job.i));
        if (known !== undefined && known.digest !== digest) {
          const differs = "insert into parley_runs.differing values ($1, $2, $3, $4, $5) on conflict do nothing";
          await row(differs, job.i, known.worker, worker);
          return "differs";
        }
        const keep = "insert into parley_runs.result values ($1, $2, $3, $4) on conflict do nothing";
        await row(keep, fieldOf(job), Buffer.from(encodeCounts(counts)));
        return first === undefined ? "known" : "kept";
      }),
    );
  }

  async arrived(take: (result: Arrived) => Promise<void>): Promise<number> {
    for (let count = 0; ; ) {
      const rows = await this.#query<{ field: string; counts: Buffer; worker: string | null; tries: number | null }>(
        `select r.field, r.counts, d.worker, d.tries from parley_runs.result r left join parley_runs.digest d
           on d.code = r.code and d.run = r.run and d.i = replace(r.field, 'again-', '')::integer
         where r.code = $1 and r.run = $2 limit ${AT_A_TIME}`,
      );
      for (const { field, counts: bytes, worker, tries } of rows) {
        const counts = decodeCounts(bytes);
        const by = { worker: worker ?? undefined, tries: tries ?? 1 };
        if (counts !== undefined) await take({ ...placeOf(field), counts, ...by });
      }
      if (rows.length > 0) {
        const fields = rows.map(({ field }) => field);
        await this.#query(
          "delete from parley_runs.result where code = $1 and run = $2 and field = any($3::text[])",
          fields,
        );
      }
      count += rows.length;
      if (rows.length < AT_A_TIME) return count;
    }
  }

  async differing(): Promise<Differing | undefined> {
    const [row] = await this.#query<{ i: number; first: string; second: string }>(
      "select i, first, second from parley_runs.differing where code = $1 and run = $2 limit 1",
    );
    return row;
  }

  async remove(): Promise<void> {
    await this.#query("delete from parley_runs.run where code = $1 and run = $2");
  }

  async #query<R extends QueryResultRow>(text: string, ...more: readonly unknown[]): Promise<R[]> {
    return (await patiently(() => this.#pool.query<R>(text, [...this.#names, ...more]))).rows;
  }
}

/** Whether an error says that the server is gone, as against that it refuses. */
export function isOutage(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  // Classes of SQLSTATE: 08 connection, 57P0 shutting down or starting up; XX000 never.
  return (
    /^(08...|57P0[1-5])$/.test(code) ||
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code) ||
    /Connection terminated|connection error/i.test(message)
  );
}

/** Does something again until the server is there. */
async function patiently<T>(action: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(500);
    }
  }
}

async function inTransaction<T>(pool: Pool, action: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await action(client);
    await client.query("commit");
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection that failed within a transaction is not used again.
    client.release(broken);
  }
}
