import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { filesInFolder } from "../case/folder.ts";
import type { CaseFiles } from "../case/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";

/** Which folders an assistant sees; all named by the user who started the server. */
export interface ShelfOptions {
  /** The folder of the cases that ship with Parley. */
  readonly bundled: string;
  /** Case folders, folders of cases, YAML files. */
  readonly folders: readonly string[];
  /** The one folder that may be written into; none unless given. */
  readonly write?: string | undefined;
}

/** A case that an assistant can name. */
export interface ShelvedCase {
  /** What it is called: its name where it ships with Parley, else its folder's below the folder that was opened. */
  readonly id: string;
  /** Its folder or file, as the user knows it. */
  readonly path: string;
  readonly bundled: boolean;
  readonly writable: boolean;
  /** What names it on a command line. */
  readonly target: string;
}

interface Root {
  readonly name: string;
  readonly path: string;
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
export class Shelf {
  readonly write: string | undefined;
  readonly #bundled: string;
  readonly #roots: readonly Root[];

  constructor({ bundled, folders, write }: ShelfOptions) {
    this.#bundled = bundled;
    this.write = write;
    const taken = new Set(namesIn(bundled));
    const given =
      write === undefined ? folders : [...folders.filter((path) => resolve(path) !== resolve(write)), write];
    this.#roots = given.map((path) => {
      if (!existsSync(path)) throw ParleyError.of("file-not-found", { path });
      const own = basename(resolve(path)).replace(/\.ya?ml$/i, "") || "cases";
      let name = own;
      for (let count = 2; taken.has(name); count += 1) name = `${own}-${count}`;
      taken.add(name);
      return { name, path, writable: path === write };
    });
  }

  /** What cases of the folder to write into are called: this, a slash, their own name. */
  get writeName(): string | undefined {
    return this.#roots.find(({ writable }) => writable)?.name;
  }

  /** All cases, those of the user's folders first. */
  list(): ShelvedCase[] {
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

  /** A case by its id. @throws ParleyError where there is none of it */
  get(id: string): ShelvedCase {
    const all = this.list();
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

  /** The files of a case; nothing outside its folder is read. */
  filesOf({ path }: ShelvedCase): CaseFiles {
    return filesInFolder(path);
  }
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
