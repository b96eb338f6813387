import { createHash } from "node:crypto";
import type { View } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { VERSION } from "../../version.ts";
import { note } from "../audit/log.ts";
import type { Version } from "../cases/versions.ts";
import type { Compute } from "../compute/compute.ts";
import { type Task, textsOf } from "../compute/task.ts";
import type { Db } from "../db/open.ts";
import type { Assessments, CaseRow } from "../db/tables.ts";
import { Once } from "./once.ts";

/** How a case is looked at; together with the texts and the code it determines the answer. */
export interface AnswerOptions {
  readonly reading?: string | undefined;
  readonly seed?: number | undefined;
  readonly asOf?: string | undefined;
  readonly strictAsOf?: boolean | undefined;
}

type Kind = Assessments["kind"];

/** A document that was computed and kept. */
export interface Kept {
  readonly key: string;
  readonly version: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** SHA-256 of the document's bytes in UTF-8. */
  readonly hash: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly document: string;
}

/** Whoever asks, and until when they wait. */
export interface Asker {
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
}

/** Documents of a case that are kept; the oldest go first, and are computed anew where they are asked for. */
const MOST: Readonly<Record<Kind, number>> = { assessment: 100, diff: 50 };

/** Answers to what people ask about versions of cases: computed once, kept under what determines them. */
export class Answers {
  readonly #db: Db;
  readonly #compute: Compute;
  readonly #code: string;
  readonly #once = new Once<Kept>();

  /** @param code - what code computes: answers that other code gave are left alone; Parley's version unless given. */
  constructor(db: Db, compute: Compute, code: string = VERSION) {
    this.#db = db;
    this.#compute = compute;
    this.#code = code;
  }

  /** The assessment of a version: the very bytes that `parley assess --json` prints for its files. */
  async assessment(row: CaseRow, version: Version, options: AnswerOptions, asker: Asker): Promise<Kept> {
    const [view, seed] = [viewOf(options), options.seed ?? 1];
    const told = { ...toldOf(options), seed };
    const key = this.#keyOf("assessment", [version.main, version.snapshot.hash], told);
    const task: Task = { kind: "assess", texts: textsOf(version), view, seed };
    return this.#keptOrMade(row, "assessment", key, version.number, told, task, asker);
  }

  /** What differs between two versions, and why. */
  async diff(row: CaseRow, from: Version, to: Version, options: AnswerOptions, asker: Asker): Promise<Kept> {
    const [view, seed] = [viewOf(options), options.seed ?? 1];
    const told = { ...toldOf(options), seed };
    const key = this.#keyOf("diff", [to.main, from.snapshot.hash, to.snapshot.hash], told);
    const task: Task = { kind: "diff", from: textsOf(from), to: textsOf(to), view, seed };
    return this.#keptOrMade(row, "diff", key, to.number, told, task, asker);
  }

  /** What is kept of a case's assessments, the newest first, without the documents. */
  async list(caseId: string) {
    return this.#db
      .selectFrom("assessments")
      .leftJoin("users", "users.id", "assessments.createdBy")
      .select(["key", "version", "options", "hash", "assessments.createdAt", "createdBy", "users.name as authorName"])
      .where("caseId", "=", caseId)
      .where("kind", "=", "assessment")
      .orderBy("assessments.createdAt", "desc")
      .orderBy("key")
      .execute();
  }

  /**
   * What is kept under a key; undefined where there is nothing.
   *
   * @throws ParleyError where it no longer has the hash that it was kept with.
   */
  async read(caseId: string, kind: Kind, key: string): Promise<Kept | undefined> {
    const row = await this.#db
      .selectFrom("assessments")
      .select(["key", "version", "options", "hash", "createdAt", "createdBy", "document"])
      .where("caseId", "=", caseId)
      .where("kind", "=", kind)
      .where("key", "=", key)
      .executeTakeFirst();
    if (row !== undefined && sha256(row.document) !== row.hash) throw ParleyError.of("document-damaged", { key });
    return row;
  }

  #keyOf(kind: Kind, hashes: readonly string[], told: Readonly<Record<string, unknown>>): string {
    return sha256(JSON.stringify(["parley-answer-1", kind, this.#code, ...hashes, told]));
  }

  async #keptOrMade(
    row: CaseRow,
    kind: Kind,
    key: string,
    version: number,
    options: Kept["options"],
    task: Task,
    asker: Asker,
  ): Promise<Kept> {
    const kept = await this.read(row.id, kind, key);
    if (kept !== undefined) return kept;
    return this.#once.do(`${row.id} ${key}`, asker.signal, async (signal) => {
      // It may have been kept since; then the threads are spared.
      const meanwhile = await this.read(row.id, kind, key);
      if (meanwhile !== undefined) return meanwhile;
      const outcome = await this.#compute.run(asker.id, task, signal);
      if (!outcome.ok) throw new ParleyError(outcome.problems);
      const { document, hash } = outcome;
      const made = { key, version, hash, document, createdAt: new Date() };
      await this.#keep(row, { ...made, kind, options: JSON.stringify(options) }, asker.id);
      return { ...made, options, createdBy: asker.id };
    });
  }

  async #keep(
    { id: caseId, workspaceId }: CaseRow,
    values: Omit<Kept, "options" | "createdBy"> & { readonly kind: Kind; readonly options: string },
    createdBy: string,
  ): Promise<void> {
    const { kind, key, version } = values;
    try {
      await this.#db.transaction().execute(async (tx) => {
        await tx
          .insertInto("assessments")
          .values({ ...values, caseId, createdBy })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const old = tx
          .selectFrom("assessments")
          .select("key")
          .where("caseId", "=", caseId)
          .where("kind", "=", kind)
          .orderBy("createdAt", "desc")
          .offset(MOST[kind]);
        await tx.deleteFrom("assessments").where("caseId", "=", caseId).where("key", "in", old).execute();
        if (kind === "diff") return;
        await note(tx, {
          actorId: createdBy,
          action: "assessment.made",
          workspaceId,
          caseId,
          detail: { key, version },
        });
      });
    } catch (error) {
      // The case was deleted while it was assessed.
      if ((error as { code?: string }).code === "23503") throw ParleyError.of("case-unknown", { id: caseId });
      throw error;
    }
  }
}

function viewOf({ reading, asOf, strictAsOf }: AnswerOptions): View {
  // As the command line gives them: what a document holds must not depend on who asked.
  return { reading, sets: [], asOf, strictAsOf: strictAsOf === true };
}

function toldOf({ reading, asOf, strictAsOf }: AnswerOptions) {
  return { reading: reading ?? null, asOf: asOf ?? null, strictAsOf: strictAsOf === true };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
