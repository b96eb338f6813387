import { type CaseRequest, nameFor, textsOfRequest } from "../../api/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";
import { type Author, titleOf, toolOf, writeVersion } from "./save.ts";
import { snapshotOf, type Version } from "./versions.ts";

const MAIN = "case.yaml";

/**
 * Makes a new case in a workspace: from a template, as a copy of a version, or of given files.
 *
 * @param source - what the request copies; undefined where it copies nothing that its maker may read.
 * @throws ParleyError where its texts are no case, or its name is taken.
 */
export async function makeCase(
  db: Db,
  workspaceId: string,
  request: CaseRequest,
  source: Version | undefined,
  by: Author,
): Promise<CaseRow> {
  const texts = textsOfRequest(request, source && { main: source.main, files: source.snapshot.files });
  const rows = await db
    .selectFrom("cases")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where("deletedAt", "is", null)
    .execute();
  const name = nameFor(request, texts, new Set(rows.map((row) => row.name)));
  const snapshot = snapshotOf(
    MAIN,
    [...texts].map(([file, text]) => ({ name: file, text })),
  );
  try {
    return await db.transaction().execute(async (tx) => {
      const row = await tx
        .insertInto("cases")
        .values({
          id: newId(),
          workspaceId,
          name,
          title: titleOf(snapshot, name),
          asOf: snapshot.asOf ?? null,
          main: MAIN,
          head: 1,
          hash: snapshot.hash,
          createdBy: by.id,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await writeVersion(tx, row.id, 1, snapshot, "made", by);
      await note(tx, { actorId: by.id, action: "case.made", workspaceId, caseId: row.id, detail: toolOf(by) });
      return row;
    });
  } catch (error) {
    if ((error as { code?: string }).code === "23505") throw ParleyError.of("name-taken", { name });
    throw error;
  }
}
