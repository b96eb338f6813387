import type { Edit } from "../../case/index.ts";
import type { Role } from "../access/roles.ts";
import { reaches } from "../access/roles.ts";
import type { Author, Saved } from "../cases/save.ts";
import type { CaseRow } from "../db/tables.ts";
import { Refused } from "../http/refused.ts";
import type { Who } from "../http/who.ts";

/** A case as lists show it. */
export function summaryOf(row: CaseRow, role: Role) {
  return {
    id: row.id,
    title: row.title,
    ...(row.asOf === null ? {} : { asOf: row.asOf }),
    path: row.name,
    readOnly: !reaches(role, "editor"),
    bundled: false,
    hash: row.hash,
    workspace: row.workspaceId,
    version: row.head,
    role,
    restricted: row.restricted,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Whoever makes a request, as an author; only where the guard let them through. */
export function authorOf(who: Who, message?: string): Author {
  if (who.kind === "nobody") throw new Error("a route without an account has no author");
  return { id: who.person.id, message };
}

/** A save that was made, or the refusal of one that was not. */
export function made(saved: Saved): Extract<Saved, { ok: true }> {
  if (!saved.ok) throw new Refused(saved.problems, saved.now);
  return saved;
}

/** Edits as an answer's JSON holds them. */
export function plain(edits: readonly Edit[]): Record<string, unknown>[] {
  return edits.map((edit) => ({ ...edit }));
}
