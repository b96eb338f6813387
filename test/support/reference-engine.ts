import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shared } from "./shared.ts";

/** The reference engine in C, built anew. */
export interface ReferenceEngine {
  /** What its compiler calls itself. */
  readonly compiler: string;
  /** What it prints for some words of its command line; `{file}` stands for the parameters of the first case. */
  readonly run: (...words: readonly string[]) => string;
  readonly remove: () => void;
}

/** The parameters of its first case. */
export const FIRST_CASE = shared("reference/dynamics-c/ru-ua-2024-11-28.par");

/** As in the reference engine's own Makefile, but for how hard the compiler tries. */
const FLAGS = "-ffp-contract=off -fno-math-errno -std=c11 -D_POSIX_C_SOURCE=200809L".split(" ");
const MOST_OUTPUT = 1 << 26;

/** What the reference engine needs and this machine lacks; undefined where nothing is missing. */
export function missingForReference(): string | undefined {
  const source = shared("reference/dynamics-c/dyn.c");
  if (!existsSync(source)) return `${source} is not here (set PARLEY_SHARED to the folder that holds it)`;
  try {
    execFileSync("cc", ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "there is no C compiler here (cc)";
  }
}

/**
 * Builds the reference engine in a folder of its own.
 *
 * @param effort of the compiler: -O1 unless given, with which building and one run take the least time together
 * @throws where a compiler or the source is missing, or it does not compile
 */
export function buildReference(effort: "-O1" | "-O3" = "-O1"): ReferenceEngine {
  const folder = mkdtempSync(join(tmpdir(), "parley-reference-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const name of ["dyn.c", "dyn.h", "params.def"]) {
      copyFileSync(shared(`reference/dynamics-c/${name}`), join(folder, name));
    }
    const [compiler = ""] = execFileSync("cc", ["--version"], { encoding: "utf8" }).split("\n");
    execFileSync("cc", [effort, ...FLAGS, "-o", "dyn", "dyn.c", "-lm"], { cwd: folder });
    const run = (...words: readonly string[]) =>
      execFileSync(
        join(folder, "dyn"),
        words.map((word) => (word === "{file}" ? FIRST_CASE : word)),
        { encoding: "utf8", maxBuffer: MOST_OUTPUT },
      );
    return { compiler, run, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
