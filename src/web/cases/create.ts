import type { PackedFiles } from "../engine/protocol.ts";
import { keepFiles, keptCases } from "./kept.ts";

/** The name of a case in addresses and as a folder. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-|-$/g, "") || "case";

/** Keeps a new case in this browser, and gives its id; no case that is there is overwritten. */
export async function keepNewCase(name: string, files: PackedFiles): Promise<string> {
  const taken = new Set((await keptCases()).map(({ id }) => id));
  const base = slugOf(name);
  let tried = base;
  for (let n = 2; taken.has(`my-${tried}`); n += 1) tried = `${base}-${n}`;
  return keepFiles(tried, files);
}
