import { createHash } from "node:crypto";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { filesInFolder } from "../case/folder.ts";
import type { CaseFiles } from "../case/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";
import type { Change, Shelf, ShelvedCase, Version, WritePlace } from "./shelf.ts";
import { pathIn, undoLast, writeVersion } from "./versions.ts";

/** Which folders an assistant sees; all named by the user who started the server. */
export interface FolderShelfOptions {
  /** The folder of the cases that ship with Parley. */
  readonly bundled: string;
  /** Case folders, folders of cases, YAML files. */
  readonly folders: readonly string[];
  /** The folders that may be written into, and nothing else; none unless given. */
  readonly write?: readonly string[] | undefined;
}

interface Root extends WritePlace {
  readonly writable: boolean;
}

/** Folders deeper than this below an opened one are not looked into. */
const DEEPEST = 4;
/** Cases that are found in one folder at most. */
const MOST = 1000;

/**
 * The cases that an assistant sees: those that ship with Parley and those in the folders that the user named. An id says
 * where a case is, so that it means the same case in every thread and for as long as its folder stays.
 *
 * Links and hidden folders are not followed.
 *
 * @throws ParleyError where a folder is not there
 */
export class FolderShelf implements Shelf {
  readonly #bundled: string;
  readonly #roots: readonly Root[];
  /** What was read of each snapshot: the hash of each file, null where there was none. */
  readonly #read = new WeakMap<CaseFiles, ReadonlyMap<string, string | null>>();

  constructor({ bundled, folders, write = [] }: FolderShelfOptions) {
    this.#bundled = bundled;
    const taken = new Set(namesIn(bundled));
    const writable = new Set(write.map((path) => resolve(path)));
    const given = [
      ...folders.filter((path) => !writable.has(resolve(path))),
      ...write.filter((path, index) => write.findIndex((other) => resolve(other) === resolve(path)) === index),
    ];
    this.#roots = given.map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) throw ParleyError.of("file-not-found", { path });
      if (!stat.isDirectory() && !/\.ya?ml$/i.test(path)) {
        const expected =
          "a case folder, a folder of cases or a YAML file; parley unpack makes a folder of a packed case";
        throw ParleyError.of("invalid-option", { option: "folder", value: path, expected });
      }
      const own = basename(resolve(path)).replace(/\.ya?ml$/i, "") || "cases";
      let name = own;
      for (let count = 2; taken.has(name); count += 1) name = `${own}-${count}`;
      taken.add(name);
      return { name, path, writable: writable.has(resolve(path)) };
    });
  }

  get places(): readonly WritePlace[] {
    return this.#roots.filter(({ writable }) => writable);
  }

  async list(): Promise<readonly ShelvedCase[]> {
    const own = this.#roots.flatMap((root) => {
      const found: ShelvedCase[] = [];
      look(root, root.path, root.name, 0, found);
      return found;
    });
    const bundled = namesIn(this.#bundled).map((id): ShelvedCase => {
      return { id, path: join(this.#bundled, id), bundled: true, writable: false, target: id };
    });
    return [...once(own), ...bundled];
  }

  async get(id: string): Promise<ShelvedCase> {
    const all = await this.list();
    const found = all.find((each) => each.id === id);
    if (found !== undefined) return found;
    const ids = all.map((each) => each.id);
    const near = nearest(id, ids) ?? ids.find((each) => each.endsWith(`/${id}`));
    throw ParleyError.of("unknown-reference", {
      kind: "case",
      value: id,
      near,
      known: "list_cases tells which cases this server sees",
    });
  }

  async filesOf({ path }: ShelvedCase): Promise<CaseFiles> {
    const { files, read } = snapshot(filesInFolder(path));
    this.#read.set(files, read);
    return files;
  }

  async write(shelved: ShelvedCase, change: Change, base: CaseFiles): Promise<Version> {
    const root = this.#rootOf(shelved);
    // From here to the end of the write nothing else of this process comes between.
    const now = filesInFolder(shelved.path);
    for (const [name, hash] of this.#read.get(base) ?? []) {
      if (hashIn(now, name) !== hash) throw ParleyError.of("write-stale", { name });
    }
    return writeVersion({ root, folder: shelved.path, ...change });
  }

  async undo(shelved: ShelvedCase): Promise<{ readonly undone: Version; readonly now: Version }> {
    return undoLast(this.#rootOf(shelved), shelved.path, shelved.id);
  }

  async create(place: WritePlace, name: string, change: Change) {
    const root = this.#roots.find((each) => each.writable && each.name === place.name)?.path;
    if (root === undefined) throw ParleyError.of("write-not-allowed", undefined);
    if (existsSync(join(root, "case.yaml"))) {
      throw ParleyError.of("usage", {
        detail: `a new case cannot be made inside the case ${root}`,
        hint: "start the server with --write and a folder of cases",
      });
    }
    const folder = pathIn(root, root, name);
    // What is left of a case that was taken back is its former texts.
    const isTaken = existsSync(folder) && readdirSync(folder).some((entry) => entry !== ".parley");
    if (isTaken) throw ParleyError.of("file-there", { name });
    const version = writeVersion({ root, folder, ...change });
    const id = `${place.name}/${name}`;
    return { shelved: { id, path: folder, bundled: false, writable: true, target: folder }, version };
  }

  /** The folder to write into that a case is in, which its id begins with. */
  #rootOf({ id, writable }: ShelvedCase): string {
    const name = id.split("/")[0];
    const root = this.#roots.find((each) => each.name === name);
    if (!writable || root?.writable !== true) throw ParleyError.of("write-not-allowed", undefined);
    return root.path;
  }
}

/** Files that are read once each, and what was read of them. */
function snapshot(files: CaseFiles): { readonly files: CaseFiles; readonly read: ReadonlyMap<string, string | null> } {
  const kept = new Map<string, Uint8Array>();
  const read = new Map<string, string | null>();
  return {
    read,
    files: {
      main: files.main,
      label: (path) => files.label(path),
      read(path) {
        const known = kept.get(path);
        if (known !== undefined) return known;
        read.set(path, null);
        const bytes = files.read(path);
        kept.set(path, bytes);
        read.set(path, hashOf(bytes));
        return bytes;
      },
    },
  };
}

function hashIn(files: CaseFiles, name: string): string | null {
  try {
    return hashOf(files.read(name));
  } catch (error) {
    if (error instanceof ParleyError) return null;
    throw error;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Each folder once, though two of those that were opened hold it: as the one that may be written into. */
function once(cases: readonly ShelvedCase[]): ShelvedCase[] {
  const writable = new Set(cases.flatMap((each) => (each.writable ? [resolve(each.path)] : [])));
  const seen = new Set<string>();
  return cases.filter(({ path, writable: isWritable }) => {
    const full = resolve(path);
    if (seen.has(full) || (!isWritable && writable.has(full))) return false;
    seen.add(full);
    return true;
  });
}

function look(root: Root, path: string, id: string, depth: number, found: ShelvedCase[]): void {
  if (found.length >= MOST) return;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  const shelved = { id, path, bundled: false, writable: root.writable, target: path };
  if (!stat.isDirectory()) {
    if (/\.ya?ml$/i.test(path)) found.push({ ...shelved, writable: false });
    return;
  }
  if (existsSync(join(path, "case.yaml"))) {
    found.push(shelved);
    return;
  }
  if (depth >= DEEPEST) return;
  for (const name of foldersIn(path)) look(root, join(path, name), `${id}/${name}`, depth + 1, found);
}

/** The folders in a folder, in the order of their names; no links, nothing hidden. */
function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map(({ name }) => name)
      .sort();
  } catch {
    // What may not be read has no cases to show.
    return [];
  }
}

function namesIn(bundled: string): string[] {
  if (!existsSync(bundled)) return [];
  return foldersIn(realpathSync(bundled)).filter((name) => existsSync(join(bundled, name, "case.yaml")));
}
