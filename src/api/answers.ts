import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Edit } from "../case/index.ts";
import type { Problem, ProblemCode } from "../core/problems/index.ts";
import type { CaseText, Snapshot } from "./snapshot.ts";
import type { StoredCase } from "./store.ts";

/** What every refusal looks like; a conflict adds the case as it is now. */
export interface Refusal {
  readonly ok: false;
  readonly problems: readonly Problem[];
  readonly hash?: string;
  readonly files?: readonly CaseText[];
}

/** A case in the list of cases. */
export interface CaseSummary {
  readonly id: string;
  readonly title: string;
  readonly asOf?: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** Whether it ships with Parley. */
  readonly bundled: boolean;
  readonly hash: string;
}

/** `GET /api/cases` */
export interface CaseList {
  readonly ok: true;
  readonly cases: readonly CaseSummary[];
}

/** `GET /api/cases/:id` */
export interface WholeCase {
  readonly ok: true;
  readonly case: CaseSummary;
  /** The path of the main file among the files. */
  readonly main: string;
  readonly files: readonly CaseText[];
  readonly problems: readonly Problem[];
}

/** `GET /api/cases/:id/record`: the case's record of forecasts as it stands; a text of null where there is none. */
export interface CaseRecord {
  readonly ok: true;
  readonly file: string;
  readonly text: string | null;
}

/** `POST /api/cases/:id/edits` */
export interface EditsMade {
  readonly ok: true;
  readonly hash: string;
  /** The files that changed. */
  readonly files: readonly CaseText[];
  /** The edits that take these back. */
  readonly inverse: readonly Edit[];
  /** Whether the case had been changed by somebody else since the base; then all its files are listed. */
  readonly merged: boolean;
}

/** `PUT /api/cases/:id/files/:name` */
export interface TextSaved {
  readonly ok: true;
  readonly hash: string;
  readonly file: Omit<CaseText, "text">;
  readonly problems: readonly Problem[];
}

/** `POST /api/cases` */
export interface CaseMade {
  readonly ok: true;
  readonly case: CaseSummary;
}

/** What an event `now` or `changed` of `GET /api/cases/:id/events` carries. */
export interface CaseState {
  readonly hash: string;
  readonly files: readonly Omit<CaseText, "text">[];
}

export function summary({ id, path, readOnly, open }: StoredCase, { title, asOf, hash }: Snapshot): CaseSummary {
  return { id, title: title ?? id, ...(asOf === undefined ? {} : { asOf }), path, readOnly, bundled: open, hash };
}

export function stateOf({ hash, files }: Snapshot): CaseState {
  return { hash, files: files.map(({ name, hash: own }) => ({ name, hash: own })) };
}

/** What the first problem of a refusal means in HTTP; what is wrong with a text itself is 422. */
const STATUS: Partial<Record<ProblemCode, ContentfulStatusCode>> = {
  "request-shape": 400,
  "request-key": 401,
  "sign-in-needed": 401,
  "token-unknown": 401,
  "sign-in-failed": 401,
  "passkey-failed": 401,
  "request-host": 403,
  "case-read-only": 403,
  "path-outside-folder": 403,
  "write-failed": 403,
  "no-home": 403,
  "token-scope": 403,
  "token-refused": 403,
  "role-needed": 403,
  "keeper-needed": 403,
  "person-suspended": 403,
  "comment-of-another": 403,
  "request-origin": 403,
  "setup-code": 403,
  "confirm-needed": 403,
  "password-wrong": 403,
  "invitation-other": 403,
  "oidc-email": 403,
  "oidc-uninvited": 403,
  "oidc-unvouched": 403,
  "request-route": 404,
  "case-unknown": 404,
  "file-not-in-case": 404,
  "workspace-unknown": 404,
  "version-unknown": 404,
  "invitation-unknown": 404,
  "reset-unknown": 404,
  "person-unknown": 404,
  "session-unknown": 404,
  "passkey-unknown": 404,
  "passkey-off": 404,
  "member-unknown": 404,
  "account-unknown": 404,
  "api-token-unknown": 404,
  "comment-unknown": 404,
  "share-unknown": 404,
  "document-unknown": 404,
  "run-unknown": 404,
  "oidc-off": 404,
  "edit-conflict": 409,
  "edit-stale": 409,
  "file-gone": 409,
  "file-there": 409,
  "name-taken": 409,
  "base-unknown": 409,
  "setup-done": 409,
  "email-taken": 409,
  "reset-suspended": 409,
  "keeper-last": 409,
  "workspace-left": 409,
  "last-owner": 409,
  "workspace-owned": 409,
  "comment-answered": 409,
  "share-closed": 409,
  "limit-reached": 409,
  "request-size": 413,
  "request-long": 414,
  "request-often": 429,
  "compute-waiting": 429,
  "run-limit": 429,
  "compute-failed": 500,
  "document-damaged": 500,
  internal: 500,
  "compute-full": 503,
  "compute-closed": 503,
  "runs-closed": 503,
  "run-store": 503,
  "store-away": 503,
  "oidc-failed": 502,
};

/** Refuses a request with its problems; a conflict brings the case as it is now. */
export function refuse(context: Context, problems: readonly Problem[], now?: Snapshot): Response {
  const [first] = problems;
  const status = (first === undefined ? undefined : STATUS[first.code]) ?? 422;
  const current = now === undefined ? {} : { hash: now.hash, files: now.files };
  const refusal: Refusal = { ok: false, problems, ...current };
  return context.json(refusal, status);
}
