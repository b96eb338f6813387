import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { OpenedFolder } from "../api/folders.ts";
import { ParleyError } from "../core/problems/index.ts";
import { bundledFolder, filesOf, isBundled } from "./target.ts";

/** The bundled case that stands first where none is named. */
export const FIRST_CASE = "ukraine-2024";

/**
 * The folders that the targets of `parley open` mean: case folders, folders of cases, YAML files, names of bundled cases;
 * without a target all bundled cases.
 *
 * @throws ParleyError where a target means none of them.
 */
export function openedFolders(targets: readonly string[]): readonly OpenedFolder[] {
  const bundled = (path: string): OpenedFolder => ({ path, readOnly: true, open: true });
  if (targets.length === 0) {
    const all = bundledFolder();
    return [bundled(join(all, FIRST_CASE)), bundled(all)];
  }
  return targets.map((target) => {
    if (isBundled(target)) return bundled(join(bundledFolder(), target));
    if (target === "-") {
      throw ParleyError.of("usage", {
        detail: "invalid case: standard input cannot be opened",
        hint: "write it to a file, or use parley assess -",
      });
    }
    // A case that is there, however broken, is opened, so that it can be mended.
    const files = isFolderOfCases(target) ? undefined : filesOf(target);
    files?.read(files.main);
    return { path: target };
  });
}

function isFolderOfCases(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  if (existsSync(join(path, "case.yaml"))) return false;
  return readdirSync(path).some((name) => existsSync(join(path, name, "case.yaml")));
}
