import { LRUCache } from "lru-cache";
import { readDossier } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { DEFAULT_RULES, redact } from "../../formats/redact/index.ts";
import { note } from "../audit/log.ts";
import { holdCase } from "../cases/stay.ts";
import { filesOfVersion, snapshotOf, type Version, type Versions } from "../cases/versions.ts";
import { newId, newSecret, secretHash } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";

/** How many links that are good a case may have. */
const MOST = 100;

const DAY = 86_400_000;

/** What a link is made for. */
export interface ShareRequest {
  readonly days: number;
  /** The version that it shows; undefined for the newest one, as it changes. */
  readonly version: number | undefined;
  /** Whether sources, names and comments are taken out of what it shows. */
  readonly redact: boolean;
}

/**
 * Makes a link by which anybody reads a case.
 *
 * @returns its row, and the secret, which is not kept.
 * @throws ParleyError where the case has too many.
 */
export async function makeShare(db: Db, row: CaseRow, request: ShareRequest, actorId: string, now: Date) {
  const secret = newSecret();
  const share = await db.transaction().execute(async (tx) => {
    // Two that are made at once do not both become the last one.
    await holdCase(tx, row.id, { alone: true });
    if ((await sharesOf(tx, row.id, now)).length >= MOST) {
      throw ParleyError.of("limit-reached", { thing: "share links", limit: MOST });
    }
    const made = await tx
      .insertInto("shares")
      .values({
        id: newId(),
        caseId: row.id,
        version: request.version ?? null,
        redact: request.redact,
        tokenHash: secretHash(secret),
        createdBy: actorId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + request.days * DAY),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { share: made.id, days: request.days, version: made.version, redact: made.redact };
    await note(tx, { actorId, action: "share.made", workspaceId: row.workspaceId, caseId: row.id, detail });
    return made;
  });
  return { share, secret };
}

/** The links of a case that are good, newest first. */
export function sharesOf(db: Db, caseId: string, now: Date) {
  return db
    .selectFrom("shares")
    .leftJoin("users", "users.id", "shares.createdBy")
    .selectAll("shares")
    .select("users.name as makerName")
    .where("caseId", "=", caseId)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .orderBy("shares.createdAt", "desc")
    .orderBy("shares.id")
    .execute();
}

/**
 * Revokes a link of a case.
 *
 * @throws ParleyError where the case has no such link that is good.
 */
export async function revokeShare(db: Db, row: CaseRow, id: string, actorId: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable("shares")
      .set({ revokedAt: now })
      .where("id", "=", id)
      .where("caseId", "=", row.id)
      .where("revokedAt", "is", null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows === 0n) throw ParleyError.of("share-unknown", undefined);
    await note(tx, {
      actorId,
      action: "share.revoked",
      workspaceId: row.workspaceId,
      caseId: row.id,
      detail: { share: id },
    });
  });
}

/**
 * What a link shows.
 *
 * The link is looked up by the SHA-256 of its secret, as a token is (see identityOfTokens).
 *
 * @throws ParleyError where it is not known, has expired or was revoked, or its case is gone: the same for all.
 */
export async function sharedBy(db: Db, versions: Versions, secret: string, now: Date) {
  const found = await db
    .selectFrom("shares")
    .innerJoin("cases", "cases.id", "shares.caseId")
    .selectAll("cases")
    .select(["shares.id as shareId", "shares.version", "shares.redact"])
    .where("shares.tokenHash", "=", secretHash(secret))
    .where("shares.revokedAt", "is", null)
    .where("shares.expiresAt", ">", now)
    .where("cases.deletedAt", "is", null)
    .executeTakeFirst();
  if (found === undefined) throw ParleyError.of("share-unknown", undefined);
  const { shareId, version: number, redact: isRedacted, ...row } = found;
  const version = await versions.of(row, number ?? row.head);
  return { id: shareId, row, version: isRedacted ? redacted(row.id, version) : version };
}

/** Redacted versions at hand, by case and number: whoever has a link may ask as often as they like. */
const kept = new LRUCache<string, Version>({ max: 20 });

/**
 * A version without what the rules take out: sources, names, comments (see formats/redact).
 *
 * @throws ParleyError where it cannot be told what to take out, which says nothing of what is in it.
 */
export function redacted(caseId: string, version: Version): Version {
  const key = `${caseId} ${version.number}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = { number: version.number, ...withoutWhatRulesTake(version) };
  kept.set(key, made);
  return made;
}

function withoutWhatRulesTake(version: Version): Omit<Version, "number"> {
  try {
    const { dossier, problems } = readDossier(filesOfVersion(version));
    if (dossier !== undefined && !problems.some(({ severity }) => severity === "error")) {
      const { main, files } = redact(dossier, new Set(DEFAULT_RULES));
      const texts = Object.entries(files).map(([name, text]) => ({ name, text }));
      return { main, snapshot: snapshotOf(main, texts) };
    }
  } catch (error) {
    // Its problems may name what was to be taken out.
    if (!(error instanceof ParleyError)) throw error;
  }
  throw ParleyError.of("share-closed", undefined);
}
