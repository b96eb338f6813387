import { randomUUID } from "node:crypto";
import { newId, secretHash } from "../../src/server/db/ids.ts";
import type { Db } from "../../src/server/db/open.ts";

/** Where things are made: somebody's workspace with a case. */
export interface Place {
  readonly workspace: string;
  readonly caseId: string;
  /** Whose sessions, tokens and passkeys are made. */
  readonly person: string;
}

/** Ids by the names of the parameters in paths, such as `{comment}`. */
export type Things = Readonly<Record<string, string>>;

const LATER = () => new Date(Date.now() + 30 * 86_400_000);

/** One row of everything that a path may name below a workspace, a case or a person. */
export async function makeThings(db: Db, { workspace, caseId, person }: Place): Promise<Things> {
  const other = newId();
  const expiresAt = LATER();
  const comment = newId();
  const share = newId();
  const shareSecret = newId();
  const invitation = newId();
  const invitationSecret = newId();
  const resetSecret = newId();
  const token = newId();
  const run = randomUUID();
  const session = newId();
  const passkey = newId();
  const page = newId();
  const key = secretHash(newId());
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto("users")
      .values({ id: other, name: "Somebody", email: `${other}@example.org` })
      .execute();
    await tx.insertInto("workspaceMembers").values({ workspaceId: workspace, userId: other, role: "reader" }).execute();
    await tx.insertInto("caseMembers").values({ caseId, userId: other, role: "reader" }).execute();
    await tx
      .insertInto("comments")
      .values({ id: comment, caseId, path: "title", body: "A comment.", authorId: person, version: 1 })
      .execute();
    await tx
      .insertInto("shares")
      .values({ id: share, caseId, tokenHash: secretHash(shareSecret), createdBy: person, expiresAt })
      .execute();
    await tx
      .insertInto("invitations")
      .values({
        id: invitation,
        workspaceId: workspace,
        role: "reader",
        tokenHash: secretHash(invitationSecret),
        createdBy: person,
        expiresAt,
      })
      .execute();
    await tx
      .insertInto("resets")
      .values({ userId: other, tokenHash: secretHash(resetSecret), expiresAt })
      .execute();
    await tx
      .insertInto("apiTokens")
      .values({
        id: token,
        userId: person,
        name: "A token",
        tokenHash: secretHash(newId()),
        scopes: JSON.stringify(["cases:read"]),
        expiresAt,
      })
      .execute();
    await tx
      .insertInto("assessments")
      .values({
        key,
        caseId,
        kind: "assessment",
        version: 1,
        options: JSON.stringify({ reading: null, seed: 1, asOf: null, strictAsOf: false }),
        hash: secretHash("{}"),
        document: "{}",
        createdBy: person,
      })
      .execute();
    await tx
      .insertInto("sessions")
      .values({ id: session, userId: person, token: newId(), expiresAt, userAgent: "a browser" })
      .execute();
    await tx
      .insertInto("passkeys")
      .values({
        id: passkey,
        userId: person,
        name: "A key",
        publicKey: "AA",
        credentialId: newId(),
        counter: 0,
        deviceType: "singleDevice",
        backedUp: false,
      })
      .execute();
    await tx.insertInto("presence").values({ caseId, page, userId: person, path: null }).execute();
  });
  return {
    person: other,
    comment,
    share,
    invitation,
    token,
    run,
    key,
    session,
    passkey,
    page,
    version: "1",
    name: "case.yaml",
    "x-parley-share": shareSecret,
    "x-parley-invitation": invitationSecret,
    "x-parley-reset": resetSecret,
  };
}
