import { sql } from "kysely";
import { LRUCache } from "lru-cache";
import type { CaseText, Snapshot } from "../../api/index.ts";
import { filesOf, hashOf, Snapshots } from "../../api/index.ts";
import { type CaseFiles, filesInMemory } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow, VersionRow } from "../db/tables.ts";

/** A version with its texts and what they say of themselves. */
export interface Version {
  readonly number: number;
  readonly main: string;
  readonly snapshot: Snapshot;
}

/** Characters of text that are kept at hand. */
const KEPT = 64_000_000;

/**
 * Versions of cases, as the store has them.
 *
 * A version never changes, so what was read once is kept at hand.
 */
export class Versions {
  readonly #db: Db;
  readonly #kept = new LRUCache<string, Version>({
    maxSize: KEPT,
    sizeCalculation: ({ snapshot }) => 1000 + snapshot.files.reduce((sum, { text }) => sum + text.length, 0),
  });

  readonly #asked = new Map<string, Promise<Version>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** The newest version of a case. */
  head(row: Pick<CaseRow, "id" | "main" | "head">): Promise<Version> {
    return this.of(row, row.head);
  }

  /**
   * One version of a case.
   *
   * @throws ParleyError where the case has no such version.
   */
  async of({ id, main }: Pick<CaseRow, "id" | "main">, number: number): Promise<Version> {
    const key = `${id} ${number}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    // Many who open the same case at once wait for one reading of it.
    const asked = this.#asked.get(key) ?? this.#read(id, main, number).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  /** Keeps a version at hand that was just written. */
  keep(id: string, version: Version): void {
    this.#kept.set(`${id} ${version.number}`, version);
  }

  async #read(id: string, main: string, number: number): Promise<Version> {
    const row = await this.#db
      .selectFrom("versions")
      .selectAll()
      .where("caseId", "=", id)
      .where("number", "=", number)
      .executeTakeFirst();
    if (row === undefined) throw ParleyError.of("version-unknown", { version: number });
    const version = { number, main, snapshot: snapshotOf(main, await this.#texts(row)) };
    this.keep(id, version);
    return version;
  }

  /** The newest version of a case with a given hash over all its files; undefined where there is none. */
  async byHash(row: Pick<CaseRow, "id" | "main" | "head" | "hash">, hash: string): Promise<Version | undefined> {
    if (row.hash === hash) return this.head(row);
    const found = await this.#db
      .selectFrom("versions")
      .select("number")
      .where("caseId", "=", row.id)
      .where("hash", "=", hash)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    return found === undefined ? undefined : this.of(row, found.number);
  }

  /** The newest version of a case that has a file with a given hash; undefined where there is none. */
  async withFile(row: Pick<CaseRow, "id" | "main">, name: string, hash: string): Promise<Version | undefined> {
    const found = await this.#db
      .selectFrom("versions")
      .select("number")
      .where("caseId", "=", row.id)
      .where(sql<boolean>`files @> ${JSON.stringify([{ name, hash }])}::jsonb`)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    return found === undefined ? undefined : this.of(row, found.number);
  }

  async #texts({ caseId, files }: VersionRow): Promise<readonly CaseText[]> {
    const hashes = [...new Set(files.map(({ hash }) => hash))];
    const rows =
      hashes.length === 0
        ? []
        : await this.#db
            .selectFrom("contents")
            .select(["hash", "text"])
            .where("caseId", "=", caseId)
            .where("hash", "in", hashes)
            .execute();
    const texts = new Map(rows.map(({ hash, text }) => [hash, text]));
    if (texts.size < hashes.length) {
      // Deleted between the two looks, unless the store is damaged.
      const there = await this.#db.selectFrom("cases").select("id").where("id", "=", caseId).executeTakeFirst();
      if (there === undefined) throw ParleyError.of("case-unknown", { id: caseId });
    }
    return files.map(({ name, hash }) => {
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`the text of ${hash} is not in the store`);
      return { name, hash, text };
    });
  }
}

/** Texts as the files of a case. */
export function asFiles(main: string, texts: Iterable<readonly [name: string, text: string]>): CaseFiles {
  return filesInMemory(Object.fromEntries(texts), main);
}

/**
 * What a case's texts say of themselves: title, day, hash over the files that belong to it, problems.
 *
 * Where the texts are broken half-way, all of them belong to it; else those that the main file names.
 */
export function snapshotOf(main: string, texts: readonly Pick<CaseText, "name" | "text">[]): Snapshot {
  const files = asFiles(
    main,
    texts.map(({ name, text }) => [name, text]),
  );
  const stored = { id: main, path: main, readOnly: true, open: false, files };
  return new Snapshots().of(
    stored,
    texts.map(({ name }) => name),
  );
}

/** A snapshot as files that edits are made on. */
export function filesOfVersion({ main, snapshot }: Version): CaseFiles {
  return filesOf(snapshot, { id: main, path: main, readOnly: true, open: false, files: asFiles(main, []) });
}

/** SHA-256 of a text's bytes in UTF-8. */
export function textHash(text: string): string {
  return hashOf(new TextEncoder().encode(text));
}
