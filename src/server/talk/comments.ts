import { ParleyError } from "../../core/problems/index.ts";
import { type Role, reaches } from "../access/roles.ts";
import type { Action } from "../audit/actions.ts";
import { note } from "../audit/log.ts";
import { holdCase } from "../cases/stay.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";

/** How many comments a case may have. */
export const MOST_COMMENTS = 2000;

/** Who comments, and what they may do with the case. */
export interface Commenter {
  readonly id: string;
  readonly role: Role;
}

/** A comment as it is made. */
export interface NewComment {
  readonly path: string;
  readonly body: string;
  /** The comment that it answers. */
  readonly parent: string | undefined;
}

/**
 * The comments of a case, oldest first, with the names of who wrote and who resolved them.
 *
 * @param id - one of them alone.
 */
export function commentsOf(db: Db, caseId: string, id?: string) {
  const all = db
    .selectFrom("comments")
    .leftJoin("users as author", "author.id", "comments.authorId")
    .leftJoin("users as resolver", "resolver.id", "comments.resolvedBy")
    .selectAll("comments")
    .select(["author.name as authorName", "resolver.name as resolverName"])
    .where("comments.caseId", "=", caseId)
    .orderBy("comments.createdAt")
    .orderBy("comments.id");
  return (id === undefined ? all : all.where("comments.id", "=", id)).execute();
}

/**
 * Adds a comment to a case. Whether its path is one is for the caller to know.
 *
 * @throws ParleyError where it answers an answer or nothing, or the case has too many.
 */
export async function addComment(
  db: Db,
  row: CaseRow,
  { path, body, parent }: NewComment,
  by: Commenter,
  now: Date,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await holdCase(tx, row.id);
    if (parent !== undefined) {
      const first = await find(tx, row.id, parent);
      if (first.parentId !== null || first.path !== path) throw ParleyError.of("comment-thread", undefined);
    }
    const { count } = await tx
      .selectFrom("comments")
      .select((select) => select.fn.countAll<string>().as("count"))
      .where("caseId", "=", row.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST_COMMENTS) {
      throw ParleyError.of("limit-reached", { thing: "comments", limit: MOST_COMMENTS });
    }
    const id = newId();
    const parentId = parent ?? null;
    const own = { id, caseId: row.id, path, body, authorId: by.id, version: row.head, parentId, createdAt: now };
    await tx.insertInto("comments").values(own).execute();
    await tell(tx, row, by, "comment.made", id);
    return id;
  });
}

/**
 * Gives a comment other words (its author) or resolves a thread, or opens it again (its author, and editors).
 *
 * @throws ParleyError where there is no such comment, or whoever asks may not.
 */
export async function changeComment(
  db: Db,
  row: CaseRow,
  id: string,
  { body, resolved }: { readonly body?: string | undefined; readonly resolved?: boolean | undefined },
  by: Commenter,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const comment = await find(tx, row.id, id);
    const isOwn = comment.authorId === by.id;
    if (body !== undefined && body !== comment.body) {
      if (!isOwn) throw ParleyError.of("comment-of-another", undefined);
      await tx.updateTable("comments").set({ body, editedAt: now }).where("id", "=", id).execute();
      await tell(tx, row, by, "comment.edited", id);
    }
    if (resolved !== undefined && resolved !== (comment.resolvedAt !== null)) {
      if (comment.parentId !== null) throw ParleyError.of("comment-thread", undefined);
      if (!isOwn && !reaches(by.role, "editor")) throw ParleyError.of("role-needed", { role: "editor", what: "case" });
      const set = resolved ? { resolvedAt: now, resolvedBy: by.id } : { resolvedAt: null, resolvedBy: null };
      await tx.updateTable("comments").set(set).where("id", "=", id).execute();
      await tell(tx, row, by, resolved ? "comment.resolved" : "comment.opened", id);
    }
  });
}

/**
 * Deletes a comment: its author, while nobody else has answered it, or an owner of the case, with the answers.
 *
 * @throws ParleyError where there is no such comment, or whoever asks may not.
 */
export async function deleteComment(db: Db, row: CaseRow, id: string, by: Commenter): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { authorId } = await find(tx, row.id, id);
    if (!reaches(by.role, "owner")) {
      if (authorId !== by.id) throw ParleyError.of("role-needed", { role: "owner", what: "case" });
      const answers = await tx.selectFrom("comments").select("authorId").where("parentId", "=", id).execute();
      if (answers.some((answer) => answer.authorId !== by.id)) throw ParleyError.of("comment-answered", undefined);
    }
    await tx.deleteFrom("comments").where("id", "=", id).execute();
    await tell(tx, row, by, "comment.deleted", id);
  });
}

/** A comment of a case; nobody else changes or answers it before the transaction ends. */
async function find(tx: Db, caseId: string, id: string) {
  const found = await tx
    .selectFrom("comments")
    .selectAll()
    .where("caseId", "=", caseId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) throw ParleyError.of("comment-unknown", { id });
  return found;
}

function tell(tx: Db, { id, workspaceId }: CaseRow, by: Commenter, action: Action, comment: string): Promise<void> {
  return note(tx, { actorId: by.id, action, workspaceId, caseId: id, detail: { comment } });
}
