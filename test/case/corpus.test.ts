import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkDossier, filesInMemory, readDossier } from "../../src/case/index.ts";
import type { Problem } from "../../src/core/problems/index.ts";
import { byPosition } from "../../src/core/problems/index.ts";
import { expectGolden } from "../support/golden.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "corpus");
const names = readdirSync(folder).sort();

function problemsOf(bytes: Uint8Array): Problem[] {
  const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": bytes }));
  return byPosition([...problems, ...(dossier === undefined ? [] : checkDossier(dossier))]);
}

function line({ line, column, severity, code, message, hint }: Problem): string {
  return `  ${line}:${column} ${severity} ${code}: ${message}${hint === "" ? "" : `\n      ${hint}`}`;
}

describe("the corpus of broken cases", () => {
  it("holds at least 60 files", () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it("gives each file its messages", () => {
    const blocks = names.map(
      (name) =>
        `${name}\n${problemsOf(readFileSync(join(folder, name)))
          .map(line)
          .join("\n")}\n`,
    );
    expectGolden("corpus.txt", blocks.join("\n"));
  });

  it.each(names)("says something of %s, at a place, with no mark of a program", (name) => {
    const problems = problemsOf(readFileSync(join(folder, name)));
    expect(problems.length).toBeGreaterThan(0);
    for (const { line, column, message, hint } of problems) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).toMatch(/^(missing|invalid|unknown) /);
      expect(message + hint).not.toMatch(/undefined|\[object|NaN|\bat .*:\d+:\d+|zod|ZodError/);
    }
  });
});
