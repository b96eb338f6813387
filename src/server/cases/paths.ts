import { valueAt } from "../../case/check/shape.ts";
import { checkCasePath, type RawMap, readContent } from "../../case/index.ts";
import type { CaseRow } from "../db/tables.ts";
import { filesOfVersion, type Versions } from "./versions.ts";

/** How many versions are looked at for one that can be read. */
const FAR = 20;

/**
 * What a case holds: its newest version that can be read, for a draft that is no YAML takes no path away.
 *
 * Empty where none of the last versions can be.
 */
export async function contentOf(versions: Versions, row: Pick<CaseRow, "id" | "main" | "head">): Promise<RawMap> {
  for (let number = row.head; number > Math.max(0, row.head - FAR); number -= 1) {
    const { content, problems } = readContent(filesOfVersion(await versions.of(row, number)));
    if (content !== undefined && !problems.some(({ severity }) => severity === "error")) return content.raw;
  }
  return Object.create(null) as RawMap;
}

/** Why a path names nothing: the step that is not there, and what may have been meant. */
export interface PathFault {
  readonly path: string;
  readonly near?: string | undefined;
}

/**
 * Why a path names nothing in a case: neither a value that is there, nor a field that could be. An empty path means the
 * whole case.
 */
export function pathFault(raw: RawMap, path: string): PathFault | undefined {
  const steps = path.split(".");
  const at = (length: number) => valueAt(raw, steps.slice(0, length));
  if (path === "" || at(steps.length) !== undefined) return undefined;
  const fault = checkCasePath(raw, path, false);
  if (fault !== undefined) return fault.facts;
  // A list has the items that it has, whatever its schema would take.
  const beyond = steps.findIndex((_, index) => Array.isArray(at(index)) && at(index + 1) === undefined);
  return beyond < 0 ? undefined : { path: steps.slice(0, beyond + 1).join(".") };
}
