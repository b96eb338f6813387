import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { recordNameOf } from "../assess/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/** Folders deeper than this are not looked into. */
const DEEPEST = 8;

/**
 * All cases below a folder: folders with a case.yaml, and single files with a record beside them. Hidden folders,
 * node_modules and links are left alone.
 *
 * @throws ParleyError where there is no such folder.
 */
export function casesBelow(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw ParleyError.of("file-not-found", { path: folder });
  }
  const found: string[] = [];
  const look = (path: string, depth: number): void => {
    if (existsSync(join(path, "case.yaml"))) {
      found.push(path);
      return;
    }
    let entries: { name: string; isDirectory: () => boolean }[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) {
        if (depth < DEEPEST) look(join(path, entry.name), depth + 1);
      } else if (/\.ya?ml$/i.test(entry.name)) {
        if (existsSync(join(path, recordNameOf(entry.name)))) found.push(join(path, entry.name));
      }
    }
  };
  look(folder, 0);
  return found;
}
