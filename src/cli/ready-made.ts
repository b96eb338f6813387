import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Assessment } from "../assess/index.ts";
import { VERSION } from "../version.ts";

/**
 * The assessment of a bundled case as coded that the build worked out for the workbench.
 *
 * Only for the built command, and where nothing of the case has changed since: the same code, files and seed give the
 * same figures.
 *
 * @param hash names the case's files as they are now, as the workbench's API does
 */
export function readyMade(web: string, id: string, hash: string): Assessment | undefined {
  const isBuilt = import.meta.url.endsWith(".js");
  const catalogue = join(web, "cases", "catalogue.json");
  const file = join(web, "cases", `${id}.assessment.json`);
  if (!isBuilt || !existsSync(catalogue) || !existsSync(file)) return undefined;
  try {
    const cards = JSON.parse(readFileSync(catalogue, "utf8")) as readonly { id: string; hash: string }[];
    if (!cards.some((card) => card.id === id && card.hash === hash)) return undefined;
    const assessment = JSON.parse(readFileSync(file, "utf8")) as Assessment;
    return assessment.parley === VERSION ? assessment : undefined;
  } catch {
    return undefined;
  }
}
