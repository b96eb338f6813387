import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A cache of its own for a run of the tests: what one command computed, the next may read; nothing is left behind. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "parley-cache-"));
  process.env["PARLEY_CACHE"] = folder;
  // Hundreds of commands are started: their code is compiled once.
  process.env["NODE_COMPILE_CACHE"] = join(folder, "code");
  return () => rmSync(folder, { recursive: true, force: true });
}
