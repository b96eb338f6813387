import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILDS, digest } from "../../scripts/built-from.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The command from its source, whose code is that of modules that a test imports: plans are theirs alone. */
export const sourceFile = join(root, "src", "cli", "main.ts");

/** The command: as built where that is of now, which starts in half the time; else from its source. */
export const mainFile = builtMain() ?? sourceFile;

function builtMain(): string | undefined {
  const { stamp, main, sources } = BUILDS.command;
  if (!existsSync(main) || !existsSync(stamp)) return undefined;
  return readFileSync(stamp, "utf8") === digest(sources()) ? main : undefined;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user would, without a terminal. */
export function parley(
  words: readonly string[],
  options: { input?: string; cwd?: string; env?: NodeJS.ProcessEnv; file?: string } = {},
): Run {
  const spawnOptions: SpawnSyncOptions = {
    cwd: options.cwd ?? root,
    encoding: "utf8",
    input: options.input ?? "",
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
    maxBuffer: 1 << 28,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.file ?? mainFile, ...words], spawnOptions);
  return { code: status, stdout: String(stdout), stderr: String(stderr) };
}

/** A folder of its own for a test, with files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A case small enough to read in a test. */
export const SMALL_CASE = `parley: 1
title: A small case
asOf: 2024-11-28
sources:
  report: {title: A report, by: An Analyst, published: 2024-11, reliability: B, because: method stated}
questions:
  talks:
    text: Will they talk by the end of 2025?
    hypotheses: [yes, no]
    event: talks
    by: 2025-12-31
    prior: 0.5
    because: nothing known either way
claims:
  losses: {text: Losses are heavy., source: report#1, credence: 1, bears: {talks: 4}, encoded: {by: test, because: a round number}}
`;

export const BROKEN_CASE = "parley: 1\ntitle: Broken\nclaims:\n  a: {text: x, credence: 1.4, credibilty: 3}\n";
