import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Memo } from "../assess/index.ts";
import { hashOf } from "../runs/index.ts";
import { VERSION } from "../version.ts";

/** Where finished parts of long work are kept: numbers alone, under a hash. */
export function cacheFolder(of: "runs" | "assess"): string {
  const own = process.env["PARLEY_CACHE"];
  if (own !== undefined && own !== "") return join(own, of);
  const base = process.env["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "parley", of);
}

/** Files that the folder keeps; the oldest go first. */
const MOST_FILES = 300;

/**
 * A memo in a folder, a file for each result. It is a help and no more: where it cannot be read or written, work is done
 * again.
 */
export function memoInFolder(folder: string): Memo {
  const fileOf = (key: string) => join(folder, `${hashOf(`${VERSION}\n${key}`)}.json`);
  return {
    read(key) {
      try {
        const text = readFileSync(fileOf(key), "utf8");
        JSON.parse(text);
        return text;
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        mkdirSync(folder, { recursive: true });
        const file = fileOf(key);
        // A file appears whole or not at all.
        const part = `${file}.${process.pid}.part`;
        writeFileSync(part, value);
        renameSync(part, file);
        prune(folder);
      } catch {
        // Kept or not, the result is there.
      }
    },
  };
}

function prune(folder: string): void {
  const files = readdirSync(folder);
  if (files.length <= MOST_FILES) return;
  const dated = files.map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
  dated.sort((a, b) => a.at - b.at);
  for (const { name } of dated.slice(0, files.length - MOST_FILES)) rmSync(join(folder, name), { force: true });
}
