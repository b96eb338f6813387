import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";

export interface WatchOptions {
  /** Milliseconds of quiet after which a change is told; 100 unless given. */
  readonly quiet?: number | undefined;
  /** Milliseconds between looks at the files themselves; 2000 unless given. */
  readonly poll?: number | undefined;
}

/**
 * Tells when files of a folder may have changed, until the function that is returned is called.
 *
 * The system's notices come first; a look at sizes and times every two seconds catches what they miss: network disks,
 * a folder that was moved away and put back, a system without notices.
 *
 * @param names the files to look at, inside the folder; asked anew each time, as includes come and go.
 */
export function watchFiles(
  root: string,
  names: () => readonly string[],
  changed: () => void,
  { quiet = 100, poll = 2000 }: WatchOptions = {},
): () => void {
  const watchers = new Map<string, FSWatcher>();
  let waiting: NodeJS.Timeout | undefined;
  let last = signature(root, names());

  const tell = (): void => {
    waiting = undefined;
    last = signature(root, names());
    arm();
    changed();
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, quiet);
    waiting.unref();
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const arm = (): void => {
    const folders = new Set([root, ...names().map((name) => dirname(join(root, name)))]);
    for (const folder of watchers.keys()) if (!folders.has(folder)) drop(folder);
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, soon);
        watcher.on("error", () => drop(folder));
        watchers.set(folder, watcher);
      } catch {
        // No notices here, or no such folder now: looking at the files has to do.
      }
    }
  };

  arm();
  const looking = setInterval(() => {
    if (waiting !== undefined) return;
    if (signature(root, names()) === last) return;
    // A folder that was put back has no notices yet.
    for (const folder of [...watchers.keys()]) drop(folder);
    tell();
  }, poll);
  looking.unref();
  return () => {
    clearInterval(looking);
    clearTimeout(waiting);
    for (const folder of [...watchers.keys()]) drop(folder);
  };
}

function signature(root: string, names: readonly string[]): string {
  return names.map((name) => markOf(join(root, name))).join("\n");
}

function markOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "-";
  }
}
