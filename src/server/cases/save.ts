import type { CaseText, Snapshot } from "../../api/index.ts";
import { isYaml } from "../../api/index.ts";
import type { Edit } from "../../case/index.ts";
import { applyEdits, conflictsOf, filesInMemory, mergeText, overlaid, readContent } from "../../case/index.ts";
import { type Problem, problem } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow, VersionKind } from "../db/tables.ts";
import type { Changes } from "./changes.ts";
import { filesOfVersion, snapshotOf, type Version, type Versions } from "./versions.ts";

/** What saving came to: the version after it, or why there is none with the case as it is now. */
export type Saved =
  | {
      readonly ok: true;
      readonly version: Version;
      readonly inverse: readonly Edit[];
      /** Whether somebody else had saved since the base. */
      readonly merged: boolean;
      /** Whether a version was written; none is where the newest one holds all that already. */
      readonly written: boolean;
      /** The files that changed; all of them where it was merged. */
      readonly files: readonly CaseText[];
      /** Comments of a text that was merged which the newest version does not have. */
      readonly comments: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly now?: Snapshot };

/** How a save ended: as it was sent, brought together with another's, or refused since both changed the same. */
export type SaveOutcome = "saved" | "merged" | "conflict";

/** What saves a case needs. */
export interface Saving {
  readonly db: Db;
  readonly versions: Versions;
  readonly changes: Changes;
  readonly counted?: ((outcome: SaveOutcome) => void) | undefined;
}

/** Who saves, and with which words. */
export interface Author {
  readonly id: string;
  readonly message?: string | undefined;
  /** The API token by which an assistant saves for them, by its id. */
  readonly assistant?: string | undefined;
  /** The version that this one takes back. */
  readonly undoes?: number | undefined;
}

/** What the log tells of how somebody saved. */
export function toolOf({ assistant }: Author): { readonly assistant?: string } {
  return assistant === undefined ? {} : { assistant };
}

/** The texts of a save, made on the newest version; or why there are none. */
type Made =
  | {
      readonly ok: true;
      readonly kind: VersionKind;
      /** The text of each file that is another one; null takes the file away. */
      readonly texts: ReadonlyMap<string, string | null>;
      readonly inverse: readonly Edit[];
      readonly merged: boolean;
      readonly comments?: readonly string[];
    }
  | Extract<Saved, { ok: false }>;

/** How often a save is made anew where somebody else was faster. */
const TRIES = 50;

/** Saves of one case follow one another within a server: making one twice for nothing is spared. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(id: string, act: () => Promise<T>): Promise<T> {
  const before = turns.get(id) ?? Promise.resolve();
  const own = before.then(act, act);
  const settled = own.catch(() => {});
  turns.set(id, settled);
  try {
    return await own;
  } finally {
    if (turns.get(id) === settled) turns.delete(id);
  }
}

/**
 * Makes edits that were meant for one version of a case on its newest version, and saves what comes of them.
 *
 * Where somebody else saved meanwhile, they are made if what they touch is still what their editor saw (a merge by
 * field); else nothing is saved, and the answer holds the case as it is now.
 */
export function saveEdits(
  saving: Saving,
  row: CaseRow,
  base: string,
  edits: readonly Edit[],
  by: Author,
): Promise<Saved> {
  return save(saving, row, by, async (head) => {
    const merged = head.snapshot.hash !== base;
    const from = merged ? await saving.versions.byHash(row, base) : undefined;
    if (merged && from === undefined) {
      return { ok: false, problems: [problem("base-unknown", undefined)], now: head.snapshot };
    }
    const files = filesOfVersion(head);
    const conflicts = from === undefined ? [] : conflictsOf(files, edits, filesOfVersion(from));
    if (conflicts.length > 0) return { ok: false, problems: conflicts, now: head.snapshot };
    const edited = applyEdits(files, edits);
    if (!edited.ok) return { ok: false, problems: edited.problems, ...(merged ? { now: head.snapshot } : {}) };
    const { files: texts, inverse } = edited;
    return { ok: true, kind: merged ? "merged" : "edited", texts, inverse, merged };
  });
}

/**
 * Saves the whole text of a YAML file of a case.
 *
 * Where somebody else saved the file meanwhile, its fields are merged with theirs (see mergeText); what both changed is
 * refused by name, with the case as it is now. A text that is no YAML is saved as a draft alone, and never merged.
 */
export function saveText(
  saving: Saving,
  row: CaseRow,
  name: string,
  { base, text, draft }: { base: string | null; text: string; draft?: boolean | undefined },
  by: Author,
): Promise<Saved> {
  return save(saving, row, by, async (head) => {
    const file = head.snapshot.files.find((each) => each.name === name);
    if (!isYaml(name) || (file === undefined && !isNamed(head, name))) {
      return { ok: false, problems: [problem("file-not-in-case", { name })] };
    }
    if (file === undefined && base !== null) {
      return { ok: false, problems: [problem("file-gone", { name })], now: head.snapshot };
    }
    const faults = faultsOf(name, text);
    if (file !== undefined && file.hash !== base) {
      const stale = { ok: false, problems: [problem("edit-stale", undefined)], now: head.snapshot } as const;
      if (faults.length > 0 || base === null) return stale;
      const from = await saving.versions.withFile(row, name, base);
      const merged = from && mergeText(filesOfVersion(from), filesOfVersion(head), name, text);
      if (merged?.kind === "conflict") return { ...stale, problems: merged.problems };
      if (merged?.kind !== "merged") return stale;
      const { files, inverse, comments } = merged;
      return { ok: true, kind: "merged", texts: files, inverse, merged: true, comments };
    }
    if (draft !== true && faults.length > 0) return { ok: false, problems: faults };
    return { ok: true, kind: "text", texts: new Map([[name, text]]), inverse: [], merged: false };
  });
}

/**
 * Saves texts that were made of one version of a case, all or none; null takes a file away.
 *
 * Where somebody else saved meanwhile, each file that they changed is merged by its fields (see mergeText); what both
 * changed is refused by name, with the case as it is now.
 */
export function saveTexts(
  saving: Saving,
  row: CaseRow,
  from: Version,
  texts: ReadonlyMap<string, string | null>,
  by: Author,
): Promise<Saved> {
  return save(saving, row, by, async (head) => {
    const merged = head.snapshot.hash !== from.snapshot.hash;
    const now = new Map<string, string | null>();
    for (const [name, text] of texts) {
      const [before, current] = [from, head].map(({ snapshot }) => snapshot.files.find((each) => each.name === name));
      if (before?.hash === current?.hash || current?.text === text) {
        now.set(name, text);
        continue;
      }
      const stale = { ok: false, problems: [problem("write-stale", { name })], now: head.snapshot } as const;
      if (text === null || before === undefined) return stale;
      const changed = [...now].flatMap(([each, own]) => (own === null ? [] : [[each, own] as const]));
      const result = mergeText(filesOfVersion(from), overlaid(filesOfVersion(head), new Map(changed)), name, text);
      if (result.kind === "conflict") return { ...stale, problems: result.problems };
      if (result.kind === "stale") return stale;
      for (const [each, own] of result.files) now.set(each, own);
    }
    return { ok: true, kind: merged ? "merged" : "edited", texts: now, inverse: [], merged };
  });
}

/** Saves the files of an older version as the newest one. */
export function restore(saving: Saving, row: CaseRow, number: number, by: Author): Promise<Saved> {
  return save(saving, row, by, async () => {
    const { snapshot } = await saving.versions.of(row, number);
    const texts = new Map(snapshot.files.map(({ name, text }) => [name, text]));
    return { ok: true, kind: "restored", texts, inverse: [], merged: false };
  });
}

async function save(saving: Saving, row: CaseRow, by: Author, make: (head: Version) => Promise<Made>): Promise<Saved> {
  const saved = await inTurn(row.id, async (): Promise<Saved> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const current = await headOf(saving.db, row.id);
      if (current === undefined) return { ok: false, problems: [problem("case-unknown", { id: row.id })] };
      const head = await saving.versions.head(current);
      const made = await make(head);
      if (!made.ok) return made;
      const before = new Map(head.snapshot.files.map(({ name, hash }) => [name, hash]));
      const texts = new Map<string, string | null>([
        ...(made.kind === "restored" ? [] : head.snapshot.files.map(({ name, text }) => [name, text] as const)),
        ...made.texts,
      ]);
      const snapshot = snapshotOf(
        row.main,
        [...texts].flatMap(([name, text]) => (text === null ? [] : [{ name, text }])),
      );
      const files = snapshot.files.filter(({ name, hash }) => made.merged || before.get(name) !== hash);
      const isSame = snapshot.hash === head.snapshot.hash;
      const { inverse, merged, comments = [] } = made;
      if (isSame) return { ok: true, version: head, inverse, merged, written: false, files, comments };
      const version = { number: head.number + 1, main: row.main, snapshot };
      const isWritten = await write(saving.db, current, version, made.kind, by);
      if (isWritten) saving.versions.keep(row.id, version);
      if (isWritten) return { ok: true, version, inverse, merged, written: true, files, comments };
    }
    return { ok: false, problems: [problem("edit-stale", undefined)] };
  });
  if (saved.ok) saving.counted?.(saved.merged ? "merged" : "saved");
  else if (saved.now !== undefined) saving.counted?.("conflict");
  if (saved.ok && saved.version.number > row.head) {
    const { number, snapshot } = saved.version;
    saving.changes.tell(row.id, { kind: "saved", version: number, hash: snapshot.hash });
  }
  return saved;
}

function headOf(db: Db, id: string): Promise<CaseRow | undefined> {
  return db.selectFrom("cases").selectAll().where("id", "=", id).where("deletedAt", "is", null).executeTakeFirst();
}

/** Writes a version after the one that was read; false where another came first. */
function write(db: Db, row: CaseRow, { number, snapshot }: Version, kind: VersionKind, by: Author): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const moved = await tx
      .updateTable("cases")
      .set({
        head: number,
        hash: snapshot.hash,
        title: titleOf(snapshot, row.name),
        asOf: snapshot.asOf ?? null,
        updatedAt: new Date(),
      })
      .where("id", "=", row.id)
      .where("head", "=", row.head)
      .where("deletedAt", "is", null)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) return false;
    await writeVersion(tx, row.id, number, snapshot, kind, by);
    await note(tx, {
      actorId: by.id,
      action: "case.saved",
      workspaceId: row.workspaceId,
      caseId: row.id,
      detail: { version: number, kind, ...toolOf(by) },
    });
    return true;
  });
}

/** Writes the rows of a version: its texts where they are new, and the list of its files. */
export async function writeVersion(
  tx: Db,
  caseId: string,
  number: number,
  { files, hash }: Snapshot,
  kind: VersionKind,
  by: Author,
): Promise<void> {
  if (files.length > 0) {
    await tx
      .insertInto("contents")
      .values(files.map((file) => ({ caseId, hash: file.hash, text: file.text })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await tx
    .insertInto("versions")
    .values({
      caseId,
      number,
      kind,
      authorId: by.id,
      message: by.message ?? null,
      assistant: by.assistant !== undefined,
      undoes: by.undoes ?? null,
      hash,
      files: JSON.stringify(files.map((file) => ({ name: file.name, hash: file.hash }))),
    })
    .execute();
}

export function titleOf({ title }: Snapshot, name: string): string {
  return title === undefined || title.trim() === "" ? name : title.slice(0, 1000);
}

/** Whether a version names a file that is not there: one that it includes. */
function isNamed({ snapshot, main }: Version, name: string): boolean {
  const texts = Object.fromEntries(snapshot.files.map((file) => [file.name, file.text]));
  const { content } = readContent(filesInMemory(texts, main));
  return name === main || [...(content?.inside.values() ?? [])].includes(name);
}

/** What keeps a text from being read as YAML with keys. */
function faultsOf(name: string, text: string): readonly Problem[] {
  const { problems } = readContent(filesInMemory({ [name]: text }, name));
  // What it includes is looked for elsewhere.
  const others = new Set(["include-missing", "path-outside-folder", "include-twice"]);
  return problems.filter(({ severity, code }) => severity === "error" && !others.has(code));
}
