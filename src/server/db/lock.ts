import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { ParleyError } from "../../core/problems/index.ts";

/** How often it is tried anew where others take or leave the lock meanwhile. */
const TRIES = 5;

/**
 * Holds a folder for this process alone, until the function that is returned is called.
 *
 * A lock whose process is gone is taken over; of several who try, one does.
 *
 * @throws ParleyError where another process holds it.
 */
export function holdLock(folder: string): () => void {
  const path = join(folder, "lock");
  const aside = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const own = `${process.pid} ${hostname()}\n`;
  // Made aside and linked: what has the name is whole, and a name that is taken stays whose it is.
  writeFileSync(aside, own, { mode: 0o600, flag: "wx" });
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (isLinked(aside, path)) return () => leave(path, own);
      const found = textOf(path);
      if (found === undefined) continue;
      const holder = holderOf(found);
      if (holder !== undefined) throw ParleyError.of("store-in-use", { folder, pid: holder });
      takeAway(path, found);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  throw ParleyError.of("store-in-use", { folder, pid: "unknown" });
}

/** Gives a file another name; false where that is taken. */
function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Who holds a lock with a text; undefined where nobody does any more. */
function holderOf(text: string): string | undefined {
  const [pid = "", host = ""] = text.trim().split(" ");
  // What says nothing was left by one that ended while it was written.
  if (pid === "" || host === "") return undefined;
  if (host !== hostname()) return `${pid} on ${host}`;
  return Number(pid) !== process.pid && isAlive(Number(pid)) ? pid : undefined;
}

/** Takes a lock away that nobody holds, unless somebody took it over since it was read. */
function takeAway(path: string, text: string): void {
  const away = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(path, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (textOf(away) !== text) isLinked(away, path);
  rmSync(away, { force: true });
}

function leave(path: string, own: string): void {
  if (textOf(path) === own) rmSync(path, { force: true });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
