import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder of a test's own. */
export const place = (): string => mkdtempSync(join(tmpdir(), "parley-pack-"));

/** All files below a folder, with their bytes. */
export function filesBelow(folder: string, below = ""): [string, string][] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry): [string, string][] => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, path);
      return [[path, readFileSync(join(folder, path)).toString("base64")]];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
