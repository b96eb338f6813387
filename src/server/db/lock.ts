import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { ParleyError } from "../../core/problems/index.ts";

/** How often it is tried anew where others take or leave the lock meanwhile. */
const TRIES = 5;

/** How a lock is held and waited for. */
export interface Holding {
  /** Milliseconds between two signs of life of who holds it. */
  readonly beat?: number;
  /** Milliseconds without a sign of life after which one of another machine is gone: several beats. */
  readonly patience?: number;
  /** Told when it was taken over meanwhile, since this process gave no sign of life; by default the process ends. */
  readonly lost?: () => void;
  /** Told of one of another machine, before its signs of life are waited for. */
  readonly waits?: ((holder: string) => void) | undefined;
}

/**
 * Holds a folder for this process alone, until the function that is returned is called.
 *
 * A lock whose process is gone is taken over; of several who try, one does. Whether a process of another machine (or
 * of a container that was made anew) is there is seen by its signs of life, the lock's time of change, which is
 * compared with itself alone: clocks may differ.
 *
 * @throws ParleyError where another process holds it.
 */
export async function holdLock(
  folder: string,
  { beat = 5000, patience = 30_000, lost = end, waits }: Holding = {},
): Promise<() => void> {
  const path = join(folder, "lock");
  const aside = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const own = `${process.pid} ${hostname()}\n`;
  // Made aside and linked: what has the name is whole, and a name that is taken stays whose it is.
  writeFileSync(aside, own, { mode: 0o600, flag: "wx" });
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (isLinked(aside, path)) return held(path, own, beat, lost);
      const found = textOf(path);
      if (found === undefined) continue;
      const holder = holderOf(found);
      if (holder !== undefined) {
        if (!holder.here) waits?.(holder.name);
        const isThere = holder.here || (await givesSign(path, beat, patience));
        // One that was left or taken over meanwhile is tried anew.
        if (textOf(path) !== found) continue;
        if (isThere) throw ParleyError.of("store-in-use", { folder, pid: holder.name });
      }
      takeAway(path, found);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  throw ParleyError.of("store-in-use", { folder, pid: "unknown" });
}

/** Gives signs of life until the lock is left. */
function held(path: string, own: string, beat: number, lost: () => void): () => void {
  const timer = setInterval(() => {
    if (textOf(path) === own) return touch(path);
    clearInterval(timer);
    lost();
  }, beat).unref();
  return () => {
    clearInterval(timer);
    if (textOf(path) === own) rmSync(path, { force: true });
  };
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Gone between two looks, or on a disk that cannot be written: the next look sees whose it is.
  }
}

/** Ends at once: another process may write to the folder by now. */
function end(): void {
  process.stderr.write(
    "parley: ended, since the lock of its store is gone or another's: this process stood still, or somebody deleted it\n",
  );
  process.exit(70);
}

/** Whether a lock changes within a time. */
async function givesSign(path: string, beat: number, patience: number): Promise<boolean> {
  const first = changed(path);
  for (let waited = 0; waited < patience; waited += beat) {
    await later(Math.min(beat, patience - waited));
    if (changed(path) !== first) return true;
  }
  return false;
}

/** When a lock was last touched; undefined where it is not there. */
const changed = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

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

/** Who holds a lock with a text, and whether on this machine; undefined where it is certain that nobody does. */
function holderOf(text: string): { readonly name: string; readonly here: boolean } | undefined {
  const [pid = "", host = ""] = text.trim().split(" ");
  // What says nothing was left by one that ended while it was written.
  if (pid === "" || host === "") return undefined;
  if (host !== hostname()) return { name: `${pid} on ${host}`, here: false };
  return Number(pid) !== process.pid && isAlive(Number(pid)) ? { name: pid, here: true } : undefined;
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
