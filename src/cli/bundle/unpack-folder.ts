import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";

/**
 * Refuses a folder that holds something already, and what is no folder.
 *
 * @throws ParleyError bundle-there
 */
export function refuseTaken(folder: string): void {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there === undefined) return;
  const taken = (what: string) => ParleyError.of("bundle-there", { path: folder, what });
  if (there.isSymbolicLink()) throw taken("is a link");
  if (!there.isDirectory()) throw taken("is a file");
  if (readdirSync(folder).length > 0) throw taken("is a folder that is not empty");
}

/**
 * Writes files as a new folder, whole or not at all: into a folder of its own beside the place first, which then takes its name.
 *
 * @param alone whether none but its owner may read it
 * @throws ParleyError bundle-there, write-failed; nothing is left then but folders above it
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>, alone: boolean): void {
  refuseTaken(folder);
  const target = resolve(folder);
  let made: string | undefined;
  try {
    mkdirSync(dirname(target), { recursive: true });
    // Made for its owner alone, and by a name that nobody can know before.
    made = mkdtempSync(join(dirname(target), `.${basename(target).slice(0, 100)}-`));
    for (const [path, bytes] of files) {
      const full = join(made, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, bytes, { flag: "wx" });
    }
    if (!alone) chmodSync(made, 0o777 & ~process.umask());
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) rmdirSync(target);
    renameSync(made, target);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw ParleyError.of("write-failed", { path: folder, reason: reasonOf(error) });
  }
}
