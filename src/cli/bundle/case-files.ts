import { recordNameOf } from "../../assess/index.ts";
import type { CaseFiles, Dossier } from "../../case/index.ts";
import { checkDossier, readDossier } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";

/** A case's own files as they were read, by their path inside its folder. */
export interface OwnFiles {
  readonly main: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly dossier: Dossier;
}

const README = "README.md";

/**
 * The files that a case names, its README.md where there is one, and its record where it is asked for. Whatever else lies in its
 * folder is none of the case's.
 *
 * @throws ParleyError where the case cannot be read without error, or has no record
 */
export function ownFiles(given: CaseFiles, withRecord: boolean): OwnFiles {
  const seen = new Map<string, Uint8Array>();
  const noting: CaseFiles = {
    ...given,
    read(path) {
      const bytes = given.read(path);
      seen.set(path, bytes);
      return bytes;
    },
  };
  const { dossier, problems } = readDossier(noting);
  if (dossier === undefined || problems.some(({ severity }) => severity === "error")) {
    throw new ParleyError([...problems, ...(dossier === undefined ? [] : checkDossier(dossier))]);
  }
  if (!seen.has(README)) readIfThere(noting, README);
  if (withRecord) {
    const name = recordNameOf(given.main);
    if (readIfThere(noting, name) === undefined) {
      throw ParleyError.of("usage", {
        detail: `missing record: there is no ${given.label(name)}`,
        hint: "leave --with-record out; nothing was written",
      });
    }
  }
  return { main: given.main, files: Object.fromEntries(seen), dossier };
}

function readIfThere(files: CaseFiles, path: string): Uint8Array | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof ParleyError && error.problems.every(({ code }) => code === "file-not-found")) return undefined;
    throw error;
  }
}
