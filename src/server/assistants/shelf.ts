import type { CaseFiles } from "../../case/index.ts";
import { nearest, oneLine, ParleyError, problem } from "../../core/problems/index.ts";
import type { Change, Shelf, ShelvedCase, Version as Told, WritePlace } from "../../mcp/index.ts";
import { type Role, reaches } from "../access/roles.ts";
import type { Scope } from "../access/scopes.ts";
import { makeCase } from "../cases/make.ts";
import { type Author, type Saving, saveTexts } from "../cases/save.ts";
import { filesOfVersion, type Version } from "../cases/versions.ts";
import type { CaseRow } from "../db/tables.ts";
import { caseFor, readableCases, roleInWorkspace } from "../http/guard.ts";
import type { Who } from "../http/who.ts";
import { SHARED, withId, workspaceNames } from "./names.ts";

/** Whoever bears an API token. */
export type TokenBearer = Extract<Who, { kind: "token" }>;

interface Workspace extends WritePlace {
  readonly id: string;
  readonly role: Role;
}

interface Listed {
  readonly shelved: ShelvedCase;
  readonly row: CaseRow;
}

/** Writes of an assistant that are looked at for one to take back. */
const FAR = 50;
/** Longest message of a version, in characters. */
const LONGEST = 500;

/**
 * The cases of a team's database that a token's owner may read, within the token's workspace where it has one.
 *
 * What is written is a version like any other, of the token's owner; what somebody else saved meanwhile stays, field by
 * field. Rights are looked up at every call.
 */
export class TeamShelf implements Shelf {
  readonly #saving: Saving;
  readonly #who: TokenBearer;
  readonly #workspaces: ReadonlyMap<string, Workspace>;
  readonly #now: () => Date;
  readonly #rows = new WeakMap<ShelvedCase, CaseRow>();
  readonly #versions = new WeakMap<CaseFiles, Version>();

  private constructor(saving: Saving, who: TokenBearer, workspaces: readonly Workspace[], now: () => Date) {
    this.#saving = saving;
    this.#who = who;
    this.#workspaces = new Map(workspaces.map((each) => [each.id, each]));
    this.#now = now;
  }

  static async open(saving: Saving, who: TokenBearer, now: () => Date): Promise<TeamShelf> {
    const all = saving.db
      .selectFrom("workspaceMembers")
      .innerJoin("workspaces", "workspaces.id", "workspaceMembers.workspaceId")
      .select(["workspaces.id", "workspaces.name", "workspaceMembers.role"])
      .where("workspaceMembers.userId", "=", who.person.id)
      .orderBy("workspaces.name")
      .orderBy("workspaces.id");
    const only = who.workspaceId;
    const rows = await (only === undefined ? all : all.where("workspaces.id", "=", only)).execute();
    const names = workspaceNames(rows);
    const workspaces = rows.map(({ id, name, role }) => ({
      id,
      role,
      name: names.get(id) ?? id,
      path: oneLine(name),
    }));
    return new TeamShelf(saving, who, workspaces, now);
  }

  get places(): readonly WritePlace[] {
    if (!this.#who.scopes.includes("cases:write")) return [];
    return [...this.#workspaces.values()].filter(({ role }) => reaches(role, "editor"));
  }

  refusal(shelved?: ShelvedCase): ParleyError {
    if (!this.#who.scopes.includes("cases:write")) return ParleyError.of("token-scope", { scope: "cases:write" });
    return ParleyError.of("role-needed", { role: "editor", what: shelved === undefined ? "workspace" : "case" });
  }

  /** @throws ParleyError where the token was not made for something */
  demand(scope: Scope): void {
    if (!this.#who.scopes.includes(scope)) throw ParleyError.of("token-scope", { scope });
  }

  async list(): Promise<readonly ShelvedCase[]> {
    return (await this.#listed()).map(({ shelved }) => shelved);
  }

  /** A case by what the tools call it, or by its id in the API. */
  async get(id: string): Promise<ShelvedCase> {
    const all = await this.#listed();
    const found = all.find(({ shelved, row }) => shelved.id === id || row.id === id);
    if (found !== undefined) return found.shelved;
    const ids = all.map(({ shelved }) => shelved.id);
    const near = nearest(id, ids) ?? ids.find((each) => each.endsWith(`/${id}`));
    const known = "list_cases tells which cases this token opens";
    throw ParleyError.of("unknown-reference", { kind: "case", value: id, near, known });
  }

  /** The newest version of a case. */
  async versionOf(shelved: ShelvedCase): Promise<Version> {
    this.demand("cases:read");
    const { row } = await this.#found(shelved, "reader");
    return this.#saving.versions.head(row);
  }

  async filesOf(shelved: ShelvedCase): Promise<CaseFiles> {
    const version = await this.versionOf(shelved);
    // Reading a case takes a while, and a list has many: others get their turn between two.
    await new Promise((done) => setImmediate(done));
    const files = filesOfVersion(version);
    this.#versions.set(files, version);
    return files;
  }

  async write(shelved: ShelvedCase, { did, texts }: Change, base: CaseFiles): Promise<Told> {
    this.demand("cases:write");
    const from = this.#versions.get(base);
    if (from === undefined) throw new Error("a write begins from what was read");
    const { row } = await this.#found(shelved, "editor");
    const saved = await saveTexts(this.#saving, row, from, texts, this.#author(did));
    if (!saved.ok) throw new ParleyError(saved.problems);
    return this.#told(row, saved.version, did, null, saved.written);
  }

  /**
   * Takes back, as a new version, the last write of its owner's assistants that is not taken back yet. What others saved
   * since stays, field by field; that a case was made is not taken back.
   */
  async undo(shelved: ShelvedCase): Promise<{ readonly undone: Told; readonly now: Told }> {
    this.demand("cases:write");
    const { row } = await this.#found(shelved, "editor");
    const { versions } = this.#saving;
    for (const { number, message } of await this.#undoable(row)) {
      const [after, before] = [await versions.of(row, number), await versions.of(row, number - 1)];
      const texts = textsBetween(after, before);
      const what = (message ?? "").replace(/^by an assistant: /, "");
      const did = `undid version ${number}: ${what}`;
      const saved = await saveTexts(this.#saving, row, after, texts, this.#author(did, number));
      if (!saved.ok) {
        const stale = problem("version-stale", { name: [...texts.keys()].join(", ") });
        throw new ParleyError([stale, ...saved.problems.filter(({ code }) => code !== "write-stale")]);
      }
      // What somebody put back by hand needs no undoing.
      if (!saved.written) continue;
      const undone = await this.#told(row, after, what, null, true);
      return { undone, now: await this.#told(row, saved.version, did, number, true) };
    }
    throw ParleyError.of("version-none", { id: shelved.id });
  }

  async create(place: WritePlace, name: string, { did, texts }: Change) {
    this.demand("cases:write");
    const { db } = this.#saving;
    const workspace = [...this.#workspaces.values()].find((each) => each.name === place.name);
    const role = workspace && (await roleInWorkspace(db, this.#who, workspace.id));
    if (workspace === undefined || !reaches(role, "editor")) throw this.refusal();
    const files = Object.fromEntries([...texts].flatMap(([file, text]) => (text === null ? [] : [[file, text]])));
    const row = await makeCase(db, workspace.id, { files, name }, undefined, this.#author(did));
    const shelved = this.#shelved(row, `${workspace.name}/${name}`, true);
    const version = await this.#told(row, await this.#saving.versions.head(row), did, null, true);
    return { shelved, version };
  }

  /** The cases and what they are called, newest change first. */
  async #listed(): Promise<readonly Listed[]> {
    this.demand("cases:read");
    const found = await readableCases(this.#saving.db, this.#who);
    const counts = new Map<string, number>();
    for (const { row } of found) {
      if (!this.#workspaces.has(row.workspaceId)) counts.set(row.name, (counts.get(row.name) ?? 0) + 1);
    }
    return found.map(({ row, role }) => {
      const workspace = this.#workspaces.get(row.workspaceId);
      const name = workspace !== undefined || counts.get(row.name) === 1 ? row.name : withId(row.name, row.id);
      const isWritable = this.#who.scopes.includes("cases:write") && reaches(role, "editor");
      return { row, shelved: this.#shelved(row, `${workspace?.name ?? SHARED}/${name}`, isWritable) };
    });
  }

  #shelved(row: CaseRow, id: string, writable: boolean): ShelvedCase {
    const place = this.#workspaces.get(row.workspaceId)?.path ?? SHARED;
    const shelved = { id, path: `${place}/${row.name}`, bundled: false, writable, target: row.name };
    this.#rows.set(shelved, row);
    return shelved;
  }

  /** A case as it stands now, for who has a role on it. @throws ParleyError where they have it no more */
  async #found(shelved: ShelvedCase, role: Role): Promise<{ readonly row: CaseRow }> {
    const id = this.#rows.get(shelved)?.id ?? "";
    const found = await caseFor(this.#saving.db, this.#who, id);
    if (found === undefined) throw ParleyError.of("case-unknown", { id: shelved.id });
    if (!reaches(found.role, role)) throw ParleyError.of("role-needed", { role, what: "case" });
    return found;
  }

  /** The writes that may be taken back, the last first. */
  #undoable({ id }: CaseRow) {
    const { db } = this.#saving;
    const taken = db.selectFrom("versions").select("undoes").where("caseId", "=", id).where("undoes", "is not", null);
    return db
      .selectFrom("versions")
      .select(["number", "message"])
      .where("caseId", "=", id)
      .where("authorId", "=", this.#who.person.id)
      .where("assistant", "=", true)
      .where("undoes", "is", null)
      .where("kind", "!=", "made")
      .where("number", "not in", taken)
      .orderBy("number", "desc")
      .limit(FAR)
      .execute();
  }

  #author(did: string, undoes?: number): Author {
    const message = oneLine(`by an assistant: ${did}`).slice(0, LONGEST);
    return { id: this.#who.person.id, assistant: this.#who.tokenId, message, undoes };
  }

  /** A version as the tools tell it, with the files that it changed. */
  async #told(row: CaseRow, version: Version, did: string, undoes: number | null, isOwn: boolean): Promise<Told> {
    const { number, snapshot } = version;
    const before = isOwn && number > 1 ? (await this.#saving.versions.of(row, number - 1)).snapshot.files : [];
    const former = new Map(before.map(({ name, hash }) => [name, hash]));
    const now = new Map(snapshot.files.map(({ name, hash }) => [name, hash]));
    const names = isOwn ? [...new Set([...former.keys(), ...now.keys()])] : [];
    const files = names
      .map((name) => ({ name, before: former.get(name) ?? null, after: now.get(name) ?? null }))
      .filter((file) => file.before !== file.after);
    return { version: number, at: this.#now().toISOString(), did, undoes, files };
  }
}

/** The files that differ between two versions, with their texts in the second; null where they are not in it. */
function textsBetween(from: Version, to: Version): ReadonlyMap<string, string | null> {
  const [before, after] = [from, to].map(
    ({ snapshot }) => new Map(snapshot.files.map(({ name, text }) => [name, text] as const)),
  );
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return new Map(
    [...names].filter((name) => before?.get(name) !== after?.get(name)).map((name) => [name, after?.get(name) ?? null]),
  );
}
