import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filesInFolder, reasonOf } from "../case/folder.ts";
import type { CaseFiles, Dossier } from "../case/index.ts";
import { checkDossier, filesInMemory, readDossier } from "../case/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";
import { filesInBundle, isBundle } from "./bundle/open-bundle.ts";

/** The folder of the cases that ship with Parley, in a clone and in the installed package. */
export function bundledFolder(): string {
  // The built files stand nearer to the root than the sources do.
  for (const up of ["..", "../..", "../../.."]) {
    const folder = fileURLToPath(new URL(`${up}/cases`, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  return fileURLToPath(new URL("../../cases", import.meta.url));
}

/** Names of the cases that ship with Parley. */
export function bundledCases(): string[] {
  const folder = bundledFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "case.yaml")))
    .map((entry) => entry.name)
    .sort();
}

/** Whether a target names a case that ships with Parley, and no file of that name is here. */
export function isBundled(target: string): boolean {
  return !existsSync(target) && bundledCases().includes(target);
}

/**
 * The files that a target on the command line means: a case folder, a YAML file, a packed case, the name of a bundled
 * case, or `-`.
 *
 * @throws ParleyError where it means none of them.
 */
export function filesOf(target: string): CaseFiles {
  if (target === "-") return filesInMemory({ "standard input": readStdin() }, "standard input");
  if (existsSync(target)) return isBundle(target) ? filesInBundle(target) : filesInFolder(target);
  const cases = bundledCases();
  if (cases.includes(target)) return filesInFolder(shorter(join(bundledFolder(), target)));
  // A path that is nearly a name of a case here, or nearly a file beside it.
  const near = nearest(basename(target), cases);
  if (near !== undefined && !target.includes("/")) throw ParleyError.of("file-not-found", { path: target, near });
  return filesInFolder(target);
}

/** A path as seen from here, where that is shorter to read. */
function shorter(path: string): string {
  const here = relative(process.cwd(), path);
  return here.length < path.length ? here : path;
}

function readStdin(): Uint8Array {
  try {
    return readFileSync(0);
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: "standard input", reason: reasonOf(error) });
  }
}

/**
 * Reads a case; with any error in its text all its problems are thrown, so that a dossier is there to go on with.
 *
 * @throws ParleyError with every problem of the case.
 */
export function openDossier(target: string): Dossier {
  return openFiles(filesOf(target));
}

/** Reads a case from its files as `openDossier` does. @throws ParleyError with every problem of the case */
export function openFiles(files: CaseFiles): Dossier {
  const { dossier, problems } = readDossier(files);
  const broken = problems.some(({ severity }) => severity === "error");
  if (dossier !== undefined && !broken) return dossier;
  throw new ParleyError([...problems, ...(dossier === undefined ? [] : checkDossier(dossier))]);
}
