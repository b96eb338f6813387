import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ParleyError } from "../core/problems/index.ts";
import { reasonOf } from "./folder.ts";

/**
 * Writes files whole or not at all: each goes to a file of its own beside its place first, and only when all are
 * written do they take their places. Folders that are missing are made; a file keeps its mode, a link its target.
 *
 * @throws ParleyError where a file cannot be written; nothing is changed then.
 */
export function saveAll(files: ReadonlyMap<string, string | Uint8Array>): void {
  const waiting: { readonly temporary: string; readonly target: string }[] = [];
  let at = "";
  try {
    for (const [path, content] of files) {
      at = path;
      const there = statSync(path, { throwIfNoEntry: false });
      if (there === undefined) mkdirSync(dirname(path), { recursive: true });
      const target = there === undefined ? path : realpathSync(path);
      const temporary = join(dirname(target), `.${process.pid}-${waiting.length}.parley-new`);
      waiting.push({ temporary, target });
      writeFileSync(temporary, content, { flag: "wx" });
      if (there !== undefined) chmodSync(temporary, there.mode);
    }
    for (const { temporary, target } of waiting) {
      at = target;
      renameSync(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of waiting) rmSync(temporary, { force: true });
    throw ParleyError.of("write-failed", { path: at, reason: reasonOf(error) });
  }
}
