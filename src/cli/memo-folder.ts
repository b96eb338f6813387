import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Memo } from "../assess/index.ts";
import { hashOf } from "../runs/index.ts";
import { VERSION } from "../version.ts";

/**
 * Where finished parts of long work are kept: numbers alone, under a hash, in a folder for this very code, so that what an
 * older state of it computed is never taken for its own.
 */
export function cacheFolder(of: "runs" | "assess"): string {
  const own = process.env["PARLEY_CACHE"];
  const base = process.env["XDG_CACHE_HOME"];
  const root =
    own !== undefined && own !== ""
      ? own
      : join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "parley");
  return join(root, of, codeName());
}

/** What code this is: its version and a hash of it. Equal names compute equal numbers. */
export function codeName(): string {
  return `${VERSION}-${codeHash()}`;
}

let known: string | undefined;

/** A hash of the code that runs: of all modules beside this one, built or not; the workbench computes elsewhere. */
function codeHash(): string {
  if (known !== undefined) return known;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!["src", "dist"].includes(basename(folder)) && dirname(folder) !== folder) folder = dirname(folder);
  const hash = createHash("sha256");
  const modules = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(ts|js|mjs)$/.test(name) && !name.endsWith(".d.ts") && !/^web[/\\]/.test(name),
  );
  for (const name of modules.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  known = hash.digest("hex").slice(0, 12);
  return known;
}

/** Files that the folder keeps; the oldest go first. */
const MOST_FILES = 300;

/**
 * A memo in a folder, a file for each result. It is a help and no more: where it cannot be read or written, work is done
 * again.
 */
export function memoInFolder(folder: string): Memo {
  const fileOf = (key: string) => join(folder, `${hashOf(key)}.json`);
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
