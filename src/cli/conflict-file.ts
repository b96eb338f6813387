import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { reasonOf } from "../case/folder.ts";
import { ParleyError } from "../core/problems/index.ts";
import { type ReadConflict, readGmcr } from "../formats/gmcr/index.ts";
import type { OptionForm } from "../stability/index.ts";

/** Whether a target names a file of GMCR+. */
export const isConflictFile = (target: string): boolean => extname(target).toLowerCase() === ".gmcr";

/**
 * Opens a file of GMCR+.
 *
 * @throws ParleyError where it cannot be read or has errors
 */
export function openConflictFile(path: string): ReadConflict & { readonly conflict: OptionForm } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
  const read = readGmcr({ name: basename(path), text });
  if (read.conflict === undefined) {
    throw new ParleyError(read.problems.map((each) => ({ ...each, file: path })));
  }
  return { ...read, conflict: read.conflict };
}
