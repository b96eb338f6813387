import type { ColumnType, Generated, Insertable, Selectable } from "kysely";
import type { Role } from "../access/roles.ts";
import type { Action } from "../audit/actions.ts";

/**
 * The tables of the team server, as its queries see them.
 *
 * Columns are snake_case in the database and camelCase here; what is inside a jsonb value keeps its names.
 */
export interface Tables {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly verifications: Verifications;
  readonly passkeys: Passkeys;
  readonly workspaces: Workspaces;
  readonly workspaceMembers: WorkspaceMembers;
  readonly cases: Cases;
  readonly caseMembers: CaseMembers;
  readonly contents: Contents;
  readonly versions: Versions;
  readonly comments: Comments;
  readonly assessments: Assessments;
  readonly runs: Runs;
  readonly runShards: RunShards;
  readonly audit: Audit;
  readonly invitations: Invitations;
  readonly apiTokens: ApiTokens;
  readonly shares: Shares;
  readonly presence: Presence;
}

type Moment = ColumnType<Date, Date | string, Date | string>;
/** A moment that the database fills in. */
type Now = ColumnType<Date, Date | string | undefined, Date | string>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
type MaybeMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** A jsonb value: read as it is, written as text. */
type Json<T> = ColumnType<T, string, string>;

export interface Users {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: ColumnType<boolean, boolean | undefined, boolean>;
  readonly image: Maybe<string>;
  readonly createdAt: Now;
  readonly updatedAt: Now;
  /** Whether the person looks after the server: makes workspaces, suspends people. */
  readonly keeper: ColumnType<boolean, boolean | undefined, boolean>;
  readonly suspendedAt: MaybeMoment;
}

export interface Sessions {
  readonly id: string;
  readonly userId: string;
  /** What the cookie carries, as better-auth keeps it. */
  readonly token: string;
  readonly expiresAt: Moment;
  readonly createdAt: Now;
  readonly updatedAt: Now;
  readonly ipAddress: Maybe<string>;
  readonly userAgent: Maybe<string>;
}

export interface Accounts {
  readonly id: string;
  readonly userId: string;
  readonly accountId: string;
  readonly providerId: string;
  readonly accessToken: Maybe<string>;
  readonly refreshToken: Maybe<string>;
  readonly idToken: Maybe<string>;
  readonly accessTokenExpiresAt: MaybeMoment;
  readonly refreshTokenExpiresAt: MaybeMoment;
  readonly scope: Maybe<string>;
  readonly password: Maybe<string>;
  readonly createdAt: Now;
  readonly updatedAt: Now;
}

export interface Verifications {
  readonly id: string;
  readonly identifier: string;
  readonly value: string;
  readonly expiresAt: Moment;
  readonly createdAt: Now;
  readonly updatedAt: Now;
}

export interface Passkeys {
  readonly id: string;
  readonly userId: string;
  readonly name: Maybe<string>;
  readonly publicKey: string;
  readonly credentialId: string;
  /** How often it was used, as it says itself; 0 where it does not count. */
  readonly counter: ColumnType<string, number, number | string>;
  readonly deviceType: string;
  readonly backedUp: boolean;
  readonly transports: Maybe<string>;
  readonly createdAt: Maybe<Date>;
  readonly aaguid: Maybe<string>;
}

export interface Workspaces {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Now;
  readonly createdBy: Maybe<string>;
}

export interface WorkspaceMembers {
  readonly workspaceId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAt: Now;
}

export interface Cases {
  readonly id: string;
  readonly workspaceId: string;
  /** What it is called in lists of files: kebab-case, one of a kind in its workspace. */
  readonly name: string;
  readonly title: string;
  readonly asOf: Maybe<string>;
  /** The path of its main file. */
  readonly main: string;
  /** The number of its newest version; versions count from 1. */
  readonly head: number;
  /** The hash of its newest version, over all files. */
  readonly hash: string;
  /** Whether only those who have a role of their own on it, and the workspace's owners, see it. */
  readonly restricted: ColumnType<boolean, boolean | undefined, boolean>;
  readonly createdAt: Now;
  readonly createdBy: Maybe<string>;
  readonly updatedAt: Now;
  readonly deletedAt: MaybeMoment;
}

export interface CaseMembers {
  readonly caseId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAt: Now;
}

/** Texts of files by what is in them, for each case apart: nothing tells that two cases hold the same text. */
export interface Contents {
  readonly caseId: string;
  readonly hash: string;
  readonly text: string;
}

/** A file of a version. */
export interface VersionFile {
  readonly name: string;
  readonly hash: string;
}

/** How a version came about. */
export const VERSION_KINDS = ["made", "edited", "merged", "text", "restored"] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

export interface Versions {
  readonly caseId: string;
  readonly number: number;
  readonly kind: VersionKind;
  readonly authorId: Maybe<string>;
  readonly createdAt: Now;
  readonly message: Maybe<string>;
  readonly hash: string;
  readonly files: Json<readonly VersionFile[]>;
  /** Whether an assistant wrote it, by a token of its author's. */
  readonly assistant: ColumnType<boolean, boolean | undefined, never>;
  /** The version that an assistant took back by it. */
  readonly undoes: Maybe<number>;
}

export interface Comments {
  readonly id: string;
  readonly caseId: string;
  /** The case path that it speaks of, such as `claims.heavy-losses.credibility`; the whole case where it is empty. */
  readonly path: string;
  readonly body: string;
  readonly authorId: Maybe<string>;
  /** The version that its author saw. */
  readonly version: number;
  /** The comment that it answers. */
  readonly parentId: Maybe<string>;
  readonly createdAt: Now;
  readonly editedAt: MaybeMoment;
  readonly resolvedAt: MaybeMoment;
  readonly resolvedBy: Maybe<string>;
}

export interface Assessments {
  /** SHA-256 over what determines it: the case's hash, reading, seed, day and Parley's version. */
  readonly key: string;
  readonly caseId: string;
  /** What is kept: an assessment, or what differs between two versions. */
  readonly kind: "assessment" | "diff";
  readonly version: number;
  readonly options: Json<Readonly<Record<string, unknown>>>;
  /** SHA-256 of the document. */
  readonly hash: string;
  readonly document: string;
  readonly createdAt: Now;
  readonly createdBy: Maybe<string>;
}

export interface Runs {
  readonly id: string;
  readonly ownerId: Maybe<string>;
  readonly caseId: Maybe<string>;
  /** What is computed, and by which code: it names the run's shards. */
  readonly key: Maybe<string>;
  readonly state: Maybe<string>;
  /** All that is told of it, as JSON; null until it is first saved. */
  readonly record: Maybe<string>;
  /** What is computed, as `parley simulate --plan` writes it. */
  readonly plan: Maybe<string>;
  readonly createdAt: Now;
  readonly updatedAt: Now;
}

export interface RunShards {
  readonly key: string;
  /** Its number; -1 for what all shards come to. */
  readonly shard: number;
  readonly digest: string;
  readonly counts: Uint8Array;
}

export interface Audit {
  readonly seq: Generated<string>;
  readonly at: Moment;
  readonly actorId: Maybe<string>;
  readonly action: Action;
  readonly workspaceId: Maybe<string>;
  readonly caseId: Maybe<string>;
  readonly detail: Json<Readonly<Record<string, unknown>>>;
  readonly previous: string;
  readonly hash: string;
}

export interface Invitations {
  readonly id: string;
  readonly workspaceId: string;
  readonly email: Maybe<string>;
  readonly role: Role;
  readonly tokenHash: string;
  readonly createdBy: Maybe<string>;
  readonly createdAt: Now;
  readonly expiresAt: Moment;
  readonly acceptedAt: MaybeMoment;
  readonly acceptedBy: Maybe<string>;
  readonly revokedAt: MaybeMoment;
}

export interface ApiTokens {
  readonly id: string;
  readonly userId: string;
  /** Where it is good for one workspace only. */
  readonly workspaceId: Maybe<string>;
  readonly name: string;
  readonly tokenHash: string;
  readonly scopes: Json<readonly string[]>;
  readonly createdAt: Now;
  readonly expiresAt: Moment;
  readonly lastUsedAt: MaybeMoment;
  readonly revokedAt: MaybeMoment;
}

export interface Shares {
  readonly id: string;
  readonly caseId: string;
  /** The version that it shows; the newest where it is null. */
  readonly version: Maybe<number>;
  /** Whether sources, names and comments are taken out of what it shows. */
  readonly redact: ColumnType<boolean, boolean | undefined, boolean>;
  readonly tokenHash: string;
  readonly createdBy: Maybe<string>;
  readonly createdAt: Now;
  readonly expiresAt: Moment;
  readonly revokedAt: MaybeMoment;
}

/** Who has a case open, as their pages last said. */
export interface Presence {
  readonly caseId: string;
  /** The page (tab) of that person that said so. */
  readonly page: string;
  readonly userId: string;
  /** The case path that they work on. */
  readonly path: Maybe<string>;
  readonly seenAt: Now;
}

export type CaseRow = Selectable<Cases>;
export type VersionRow = Selectable<Versions>;
export type NewVersion = Insertable<Versions>;
