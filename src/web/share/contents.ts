import { z } from "zod";
import { filesInMemory, readDossier } from "../../case/index.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** What a case holds, for those who decide whether to hand it on or to open it. */
export interface Contents {
  readonly title: string | undefined;
  /** Names of its sections as they stand in the file. */
  readonly sections: readonly string[];
  readonly sources: number;
  readonly files: readonly string[];
}

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

/** Facts of a case that are no section. */
const FACTS = new Set(["parley", "title", "include"]);

export function contentsOf({ main, files }: PackedFiles): Contents {
  const raw = readDossier(filesInMemory(files, main)).dossier?.raw ?? {};
  const { title, sources } = raw;
  return {
    title: typeof title === "string" ? title : undefined,
    sections: Object.keys(raw).filter((key) => !FACTS.has(key)),
    sources: typeof sources === "object" && sources !== null ? Object.keys(sources).length : 0,
    files: Object.keys(files),
  };
}
