import type { PackedFiles } from "../engine/protocol.ts";
import { keepFiles, keptCases } from "./kept.ts";

/**
 * Makes a new case, and gives its id: the one place where cases come into being. It is kept in this browser; no case
 * that is there is overwritten.
 */
export async function createCase(name: string, files: PackedFiles): Promise<string> {
  const taken = new Set((await keptCases()).map(({ id }) => id));
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 80) || "case";
  let tried = base;
  for (let n = 2; taken.has(`my-${tried}`); n += 1) tried = `${base}-${n}`;
  return keepFiles(tried, files);
}
