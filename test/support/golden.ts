import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "golden");

/**
 * Compares a text with the one kept in test/golden; UPDATE_GOLDEN=1 writes it anew.
 *
 * A golden that is missing fails: a test that writes what it checks cannot fail.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(root, name);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  expect(existsSync(file), `missing golden ${name}: run UPDATE_GOLDEN=1 npx vitest run, and read what it writes`).toBe(
    true,
  );
  expect(text).toBe(readFileSync(file, "utf8"));
}
