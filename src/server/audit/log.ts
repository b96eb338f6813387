import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables.ts";
import type { Action } from "./actions.ts";

/** What is told of a deed. Never what is in a case: no titles, no texts, no names of people. */
export interface Deed {
  /** Whoever did it, by the account's id; undefined for the server itself. */
  readonly actorId: string | undefined;
  readonly action: Action;
  readonly workspaceId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Any number that nothing else locks: one entry follows another. */
const LOCK = 727_339_217;

/** What stands before the first entry. */
const NOTHING = "0".repeat(64);

/**
 * Adds an entry to the audit log, within the transaction of what it tells of.
 *
 * Each entry carries the hash of the one before, so that nothing is taken out or put in unseen; the database refuses
 * to change or delete one.
 */
export async function note(tx: Kysely<Tables>, deed: Deed): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
  const last = await tx.selectFrom("audit").select("hash").orderBy("seq", "desc").limit(1).executeTakeFirst();
  const at = new Date().toISOString();
  const entry = {
    at,
    actorId: deed.actorId ?? null,
    action: deed.action,
    workspaceId: deed.workspaceId ?? null,
    caseId: deed.caseId ?? null,
    detail: JSON.stringify(sorted(deed.detail ?? {})),
    previous: last?.hash ?? NOTHING,
  };
  await tx
    .insertInto("audit")
    .values({ ...entry, hash: entryHash(entry) })
    .execute();
}

/** An entry as its hash sees it. */
export interface AuditEntry {
  readonly at: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly workspaceId: string | null;
  readonly caseId: string | null;
  /** JSON with sorted keys. */
  readonly detail: string;
  readonly previous: string;
}

function entryHash({ at, actorId, action, workspaceId, caseId, detail, previous }: AuditEntry): string {
  const line = JSON.stringify([previous, at, actorId, action, workspaceId, caseId, detail]);
  return createHash("sha256").update(line).digest("hex");
}

function sorted(detail: NonNullable<Deed["detail"]>): Deed["detail"] {
  return Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The number of the first entry that does not follow from the one before; undefined where the log is whole. */
export async function brokenAt(db: Kysely<Tables>): Promise<string | undefined> {
  let previous = NOTHING;
  let after = "0";
  for (;;) {
    const rows = await db.selectFrom("audit").selectAll().where("seq", ">", after).orderBy("seq").limit(1000).execute();
    for (const row of rows) {
      const detail = JSON.stringify(sorted(row.detail as NonNullable<Deed["detail"]>));
      const entry = { ...row, at: row.at.toISOString(), detail };
      if (row.previous !== previous || entryHash(entry) !== row.hash) return row.seq;
      previous = row.hash;
      after = row.seq;
    }
    if (rows.length < 1000) return undefined;
  }
}
