import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";

/** Data sets and texts that the project may not carry lie beside it, or where PARLEY_SHARED says. */
const folder = process.env["PARLEY_SHARED"] ?? "../shared";

/** The path of a shared file. */
export const shared = (path: string): string => join(folder, path);

/** Tests that need a shared file; where it is absent they are skipped, and say which file is missing. */
export function describeWith(path: string, name: string, tests: (path: string) => void): void {
  const full = shared(path);
  if (existsSync(full)) describe(name, () => tests(full));
  else
    describe(name, () =>
      it.skip(`skipped: ${full} is not here (set PARLEY_SHARED to the folder that holds it)`, () => {}),
    );
}
