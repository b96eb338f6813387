import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { filesInFolder, reasonOf } from "../case/folder.ts";
import type { CaseFiles } from "../case/index.ts";
import { readContent, safePath } from "../case/index.ts";
import { saveAll } from "../case/save.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { CaseStore, StoredCase } from "./store.ts";
import type { WatchOptions } from "./watch.ts";
import { watchFiles } from "./watch.ts";

/** A folder that was opened: a case, or a folder of cases. */
export interface OpenedFolder {
  /** A case folder, a single YAML file, or a folder whose folders are cases. */
  readonly path: string;
  /** Refuse all writing; false unless given. */
  readonly readOnly?: boolean | undefined;
  /** Let anybody on this machine read its cases: for those that ship with Parley. False unless given. */
  readonly open?: boolean | undefined;
}

export interface FolderStoreOptions {
  readonly folders: readonly OpenedFolder[];
  /** Where new cases are made, itself with the first of them; none can be made unless given. */
  readonly home?: string | undefined;
  readonly watch?: WatchOptions | undefined;
}

interface Entry {
  readonly id: string;
  readonly target: string;
  readonly opened: OpenedFolder;
}

/**
 * Cases in folders on disk (Node only).
 *
 * Reads and writes stay inside each case's folder, through no link out of it. A file that cannot be written to by its
 * own mode is not replaced either.
 */
export function folderStore({ folders, home, watch }: FolderStoreOptions): CaseStore {
  const entries = new Map<string, Entry>();
  const opened = home === undefined ? folders : [...folders, { path: home }];

  /** The cases that are there now; one that was seen keeps its name for good. */
  const look = (): Entry[] => {
    const seen = new Map<string, Entry>();
    for (const folder of opened) {
      for (const target of casesIn(folder.path)) {
        const full = resolve(target);
        if (seen.has(full)) continue;
        const entry = entries.get(full) ?? { id: unused(target, entries.values()), target, opened: folder };
        entries.set(full, entry);
        seen.set(full, entry);
      }
    }
    return [...seen.values()];
  };
  look();
  const entryOf = (id: string): Entry | undefined => {
    const known = () => [...entries.values()].find((entry) => entry.id === id);
    if (known() === undefined) look();
    return known();
  };
  const listeners = new Map<string, Set<() => void>>();

  return {
    list: () => look().map(stored),
    get(id) {
      const entry = entryOf(id);
      return entry === undefined ? undefined : stored(entry);
    },
    write(id, texts, before) {
      const entry = entryOf(id);
      if (entry === undefined) throw ParleyError.of("case-unknown", { id });
      if (entry.opened.readOnly === true) throw ParleyError.of("case-read-only", { id });
      const root = rootOf(entry.target);
      if (root === undefined) throw ParleyError.of("case-unknown", { id });
      const paths = new Map<string, string>();
      for (const [name, text] of texts) paths.set(writable(root, name, before.get(name)), text);
      saveAll(paths);
      for (const listener of listeners.get(id) ?? []) listener();
    },
    create(name, texts) {
      if (home === undefined) throw ParleyError.of("no-home", undefined);
      if (basename(name) !== name || name.startsWith(".")) throw ParleyError.of("path-outside-folder", { path: name });
      const folder = join(home, name);
      try {
        mkdirSync(home, { recursive: true });
        // Made here and now or not at all, so that two tabs do not write into one folder.
        mkdirSync(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") throw ParleyError.of("file-there", { name });
        throw ParleyError.of("write-failed", { path: folder, reason: reasonOf(error) });
      }
      try {
        saveAll(new Map([...texts].map(([file, text]) => [join(folder, file), text])));
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
      look();
      const entry = entries.get(resolve(folder));
      if (entry === undefined) throw ParleyError.of("case-unknown", { id: name });
      return stored(entry);
    },
    watch(id, changed) {
      const entry = entryOf(id);
      if (entry === undefined) return () => {};
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(changed));
      const stop = watchFiles(folderOf(entry.target), () => namesOf(stored(entry).files), changed, watch);
      return () => {
        own.delete(changed);
        stop();
      };
    },
  };
}

function stored({ id, target, opened }: Entry): StoredCase {
  const root = rootOf(target);
  return {
    id,
    path: target,
    readOnly: opened.readOnly === true || root === undefined || !isWritable(root),
    open: opened.open === true,
    files: filesAt(target),
  };
}

/** The files of a case whose folder may go away and come back. */
function filesAt(target: string): CaseFiles {
  const single = isSingle(target);
  const main = single ? basename(target) : "case.yaml";
  return {
    main,
    label: (path) => join(single ? dirname(target) : target, path),
    read: (path) => filesInFolder(target).read(path),
  };
}

const isSingle = (target: string): boolean => /\.ya?ml$/i.test(target);
const folderOf = (target: string): string => (isSingle(target) ? dirname(target) : target);

function rootOf(target: string): string | undefined {
  const folder = folderOf(target);
  return existsSync(folder) ? realpathSync(folder) : undefined;
}

/** The cases that an opened folder is or holds. */
function casesIn(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return isSingle(path) ? [path] : [];
  if (existsSync(join(path, "case.yaml"))) return [path];
  try {
    // A link to a folder elsewhere is no folder here.
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, "case.yaml")))
      .map(({ name }) => join(path, name))
      .sort();
  } catch {
    return [];
  }
}

function unused(target: string, entries: Iterable<Entry>): string {
  const taken = new Set([...entries].map(({ id }) => id));
  const own = basename(resolve(target))
    .replace(/\.ya?ml$/i, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const name = own === "" ? "case" : own;
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(tried)) return tried;
  }
}

/** Whether something may be written to; what nobody may write to is left alone even by those who could. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return (statSync(path).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

/**
 * The path that a file of a case is written to.
 *
 * @throws ParleyError where it leads out of the folder, may not be written to or does not hold what it held.
 */
function writable(root: string, name: string, before: string | undefined): string {
  const full = resolve(root, name);
  if (safePath(name) !== name) throw ParleyError.of("path-outside-folder", { path: name });
  if (!existsSync(full)) {
    if (before !== undefined) throw ParleyError.of("file-gone", { name });
    if (!isInside(root, nearestReal(full))) throw ParleyError.of("path-outside-folder", { path: name });
    return full;
  }
  const real = realpathSync(full);
  if (!isInside(root, real)) throw ParleyError.of("path-outside-folder", { path: name });
  if (!isWritable(real) || !isWritable(dirname(real))) {
    throw ParleyError.of("write-failed", { path: name, reason: "it is read-only" });
  }
  const now = new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(real));
  if (before === undefined) throw ParleyError.of("file-there", { name });
  if (now !== before) throw ParleyError.of("edit-stale", undefined);
  return real;
}

function isInside(root: string, real: string): boolean {
  const way = relative(root, real);
  return way !== ".." && !way.startsWith(`..${sep}`) && resolve(root, way) === real;
}

/** Where the nearest folder above a path that is there really lies. */
function nearestReal(path: string): string {
  const above = dirname(path);
  return existsSync(above) || above === path ? realpathSync(above) : nearestReal(above);
}

/** The files to watch: those that the case names, there or not. */
function namesOf(files: CaseFiles): readonly string[] {
  try {
    const { content } = readContent(files);
    const indicators = content?.raw["indicators"];
    const data = typeof indicators === "object" && indicators !== null ? Object.values(indicators) : [];
    const named = data.map((each) => (each as { file?: unknown } | null)?.file);
    const paths = named.map((file) => (typeof file === "string" ? safePath(file) : undefined));
    return [files.main, ...(content?.inside.values() ?? []), ...paths.filter((path) => path !== undefined)];
  } catch {
    // Whatever keeps it from being read now may be over at the next look.
    return [files.main];
  }
}
