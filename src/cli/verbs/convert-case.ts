import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { gmcrToCase } from "../../formats/gmcr/index.ts";
import { domainToCase } from "../../formats/negotiation/index.ts";
import { isConflictFile, openConflictFile } from "../conflict-file.ts";
import type { Output } from "../output.ts";
import { openTerms } from "../terms/target.ts";

/** Writes a file of GMCR+, or a domain of GENIUS, GeniusWeb or NegMAS, as a new case: a folder with a case.yaml, or a YAML file. */
export function convertToCase(from: string, to: string, force: boolean, output: Output): void {
  const made = isConflictFile(from) ? ofConflict(from) : ofDomain(from);
  const path = /\.ya?ml$/i.test(to) ? to : join(to, "case.yaml");
  if (existsSync(path) && !force) {
    throw ParleyError.of("usage", {
      detail: `${path} is there already`,
      hint: "--force overwrites it; nothing was written",
    });
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, made.text);
  } catch (error) {
    throw ParleyError.of("write-failed", { path, reason: reasonOf(error) });
  }
  output.printJson({ format: "case", files: [path], lost: made.lost, notes: made.notes });
  const losses = [...made.notes, ...made.lost].map((note) => `lost or changed: ${note}`);
  output.print([`wrote ${path}`, ...losses, `next: parley check ${to}`].join("\n"));
}

function ofConflict(from: string) {
  const read = openConflictFile(from);
  return { ...gmcrToCase(read, { file: basename(from) }), notes: read.notes };
}

function ofDomain(from: string) {
  const { domain, notes, content } = openTerms(
    from,
    { reading: undefined, sets: [], asOf: undefined, strictAsOf: false },
    1,
  );
  if (content !== undefined) {
    throw ParleyError.of("usage", { detail: `${from} is a case already`, hint: "give a file of another program" });
  }
  return { ...domainToCase(domain, { file: basename(from) }), notes };
}
