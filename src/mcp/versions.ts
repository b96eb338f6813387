import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { reasonOf } from "../case/folder.ts";
import { safePath } from "../case/index.ts";
import { saveAll } from "../case/save.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { Change, Version } from "./shelf.ts";

/** Where the former texts of a case are kept, inside its folder. */
const KEPT = join(".parley", "versions");

/** What a write is of, and where it may go. */
export interface Write extends Change {
  /** The folder that the user named to write into. */
  readonly root: string;
  /** The case's folder, inside it. */
  readonly folder: string;
}

/**
 * Writes texts of a case, all or none, and keeps what they replace: a version, which `undoLast` takes back.
 *
 * Nothing is written through links, nor outside the folder.
 *
 * @throws ParleyError where a path leads out or through a link, or cannot be written
 */
export function writeVersion({ root, folder, did, texts }: Write, undoes: number | null = null): Version {
  const paths = new Map([...texts.keys()].map((name) => [name, pathIn(root, folder, name)]));
  const kept = pathIn(root, folder, KEPT.replaceAll(sep, "/"), true);
  const version = Math.max(0, ...numbersIn(kept)) + 1;
  const former = new Map([...paths].map(([name, path]) => [name, textAt(path)]));
  const noted: Version = {
    version,
    at: new Date().toISOString(),
    did,
    undoes,
    files: [...texts].map(([name, text]) => ({
      name,
      before: hashOf(former.get(name) ?? null),
      after: hashOf(text),
    })),
  };
  const own = join(kept, String(version).padStart(4, "0"));
  try {
    mkdirSync(kept, { recursive: true });
    // Made here and now, so that two servers do not take one number.
    mkdirSync(own);
    for (const [name, text] of former) {
      if (text === null) continue;
      const at = join(own, "before", name);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, text, { flag: "wx" });
    }
    writeFileSync(join(own, "version.json"), `${JSON.stringify(noted, null, 2)}\n`, { flag: "wx" });
  } catch (error) {
    throw ParleyError.of("write-failed", { path: own, reason: reasonOf(error) });
  }
  try {
    saveAll(new Map([...texts].flatMap(([name, text]) => (text === null ? [] : [[paths.get(name) ?? "", text]]))));
    for (const [name, text] of texts) if (text === null) remove(paths.get(name) ?? "", folder);
  } catch (error) {
    // What was not written is no version.
    rmSync(own, { recursive: true, force: true });
    throw error;
  }
  return noted;
}

/**
 * Takes back the last write that is not taken back yet. What it wrote is kept as a version of its own.
 *
 * @throws ParleyError where there is none, or a file was changed since by somebody else; nothing is written then
 */
export function undoLast(
  root: string,
  folder: string,
  id: string,
): { readonly undone: Version; readonly now: Version } {
  const kept = pathIn(root, folder, KEPT.replaceAll(sep, "/"), true);
  const all = numbersIn(kept).map((number) => read(kept, number));
  const taken = new Set(all.flatMap(({ undoes }) => (undoes === null ? [] : [undoes])));
  const stands = ({ files }: Version, side: "before" | "after") =>
    files.every((file) => hashOf(textAt(pathIn(root, folder, file.name))) === file[side]);
  // What was cut off before it was written, or put back by hand, needs no undoing.
  const undone = all.findLast(
    (each) => each.undoes === null && !taken.has(each.version) && (stands(each, "after") || !stands(each, "before")),
  );
  if (undone === undefined) throw ParleyError.of("version-none", { id });
  const own = join(kept, String(undone.version).padStart(4, "0"));
  const texts = new Map<string, string | null>();
  for (const { name, before, after } of undone.files) {
    if (hashOf(textAt(pathIn(root, folder, name))) !== after) throw ParleyError.of("version-stale", { name });
    const former = before === null ? null : textAt(join(own, "before", name));
    if (hashOf(former) !== before) throw ParleyError.of("version-stale", { name: `.parley/versions/${name}` });
    texts.set(name, former);
  }
  const did = `undid version ${undone.version}: ${undone.did}`;
  return { undone, now: writeVersion({ root, folder, did, texts }, undone.version) };
}

/** Takes a file away, and the folders that are empty without it; never the case's own. */
function remove(path: string, folder: string): void {
  rmSync(path, { force: true });
  for (let above = dirname(path); above !== resolve(folder); above = dirname(above)) {
    if (!existsSync(above) || readdirSync(above).length > 0) return;
    rmdirSync(above);
  }
}

function numbersIn(kept: string): number[] {
  if (!existsSync(kept)) return [];
  return readdirSync(kept)
    .filter((name) => /^\d{4,9}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

function read(kept: string, number: number): Version {
  const path = join(kept, String(number).padStart(4, "0"), "version.json");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Version;
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}

/** A file's text with its byte order mark, or null where there is no file. */
function textAt(path: string): string | null {
  if (!existsSync(path)) return null;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(path));
}

function hashOf(text: string | null): string | null {
  return text === null ? null : createHash("sha256").update(text).digest("hex");
}

/**
 * The path that a name inside a case folder means.
 *
 * @param hidden whether it may be one of Parley's own, which begin with a dot
 * @throws ParleyError where it leads out of the folder, or any part of it below the root is a link
 */
export function pathIn(root: string, folder: string, name: string, hidden = false): string {
  if (safePath(name) !== name || (!hidden && name.split("/").some((part) => part.startsWith(".")))) {
    throw ParleyError.of("path-outside-folder", { path: name });
  }
  const full = resolve(folder, name);
  const way = relative(resolve(root), full);
  if (way === "" || way === ".." || way.startsWith(`..${sep}`)) {
    throw ParleyError.of("path-outside-folder", { path: name });
  }
  let at = resolve(root);
  for (const part of way.split(sep)) {
    at = join(at, part);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw ParleyError.of("write-through-link", { path: relative(resolve(root), at) });
    }
  }
  return full;
}
