import { ParleyError } from "../../core/problems/index.ts";
import { SCOPE_NAMES, type Scope } from "../access/scopes.ts";
import { note } from "../audit/log.ts";
import { newId, newSecret, secretHash } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import type { Identity, Who } from "../http/who.ts";

/** What every API token begins with, so that scanners for leaked secrets know it. */
export const TOKEN_PREFIX = "parley_";

/** How many tokens that are good somebody may have. */
const MOST = 50;

/** How often the last use of a token is written down, in milliseconds. */
const USED_EVERY = 60_000;

const DAY = 86_400_000;

/** What a token is made for. */
export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
  /** The one workspace that it is good for; undefined for all of its owner's. */
  readonly workspaceId: string | undefined;
}

/**
 * Makes an API token.
 *
 * @returns its row, and the secret, which is not kept.
 * @throws ParleyError where its owner has too many.
 */
export async function makeToken(db: Db, userId: string, request: TokenRequest, now: Date) {
  const secret = TOKEN_PREFIX + newSecret();
  const { name, scopes, days, workspaceId } = request;
  const row = await db.transaction().execute(async (tx) => {
    await tx.selectFrom("users").select("id").where("id", "=", userId).forUpdate().execute();
    const { count } = await tx
      .selectFrom("apiTokens")
      .select((select) => select.fn.countAll<string>().as("count"))
      .where("userId", "=", userId)
      .where("revokedAt", "is", null)
      .where("expiresAt", ">", now)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST) throw ParleyError.of("limit-reached", { thing: "tokens", limit: MOST });
    const made = await tx
      .insertInto("apiTokens")
      .values({
        id: newId(),
        userId,
        workspaceId: workspaceId ?? null,
        name,
        tokenHash: secretHash(secret),
        scopes: JSON.stringify(SCOPE_NAMES.filter((scope) => scopes.includes(scope))),
        createdAt: now,
        expiresAt: new Date(now.getTime() + days * DAY),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { token: made.id, scopes: made.scopes.join(" "), days };
    await note(tx, { actorId: userId, action: "token.made", ...(workspaceId ? { workspaceId } : {}), detail });
    return made;
  });
  return { row, secret };
}

/**
 * Revokes a token of somebody's own.
 *
 * @throws ParleyError where they have no such token.
 */
export async function revokeToken(db: Db, userId: string, id: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable("apiTokens")
      .set({ revokedAt: now })
      .where("id", "=", id)
      .where("userId", "=", userId)
      .where("revokedAt", "is", null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows === 0n) throw ParleyError.of("api-token-unknown", { id });
    await note(tx, { actorId: userId, action: "token.revoked", detail: { token: id } });
  });
}

/**
 * Tells whose a request is by the API token in its header `Authorization: Bearer parley_...`; nobody's where it has no
 * such header.
 *
 * A token is looked up by its SHA-256. How long that takes tells nothing of what is stored: whoever guesses does not
 * choose the hash that is compared.
 */
export function identityOfTokens(db: Db, now: () => Date = () => new Date()): Identity {
  return {
    async of(headers): Promise<Who> {
      const header = headers.get("authorization");
      if (header === null) return { kind: "nobody" };
      const secret = /^Bearer +(parley_[A-Za-z0-9_-]{20,100})$/i.exec(header.trim())?.[1];
      const found = secret === undefined ? undefined : await tokenOf(db, secretHash(secret), now());
      if (found === undefined) throw ParleyError.of("token-unknown", undefined);
      if (found.suspendedAt !== null) throw ParleyError.of("person-suspended", undefined);
      await noteUse(db, found, now());
      const { userId, name, email, keeper } = found;
      return {
        kind: "token",
        person: { id: userId, name, email, keeper },
        tokenId: found.id,
        scopes: SCOPE_NAMES.filter((scope) => found.scopes.includes(scope)),
        workspaceId: found.workspaceId ?? undefined,
      };
    },
  };
}

function tokenOf(db: Db, tokenHash: string, now: Date) {
  return db
    .selectFrom("apiTokens")
    .innerJoin("users", "users.id", "apiTokens.userId")
    .select(["apiTokens.id", "apiTokens.userId", "apiTokens.workspaceId", "apiTokens.scopes", "apiTokens.lastUsedAt"])
    .select(["users.name", "users.email", "users.keeper", "users.suspendedAt"])
    .where("tokenHash", "=", tokenHash)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .executeTakeFirst();
}

/** Writes down that a token was used, at most once a minute. */
async function noteUse(db: Db, { id, lastUsedAt }: { id: string; lastUsedAt: Date | null }, now: Date): Promise<void> {
  const before = new Date(now.getTime() - USED_EVERY);
  if (lastUsedAt !== null && lastUsedAt > before) return;
  await db
    .updateTable("apiTokens")
    .set({ lastUsedAt: now })
    .where("id", "=", id)
    .where((where) => where.or([where("lastUsedAt", "is", null), where("lastUsedAt", "<=", before)]))
    .execute();
}
