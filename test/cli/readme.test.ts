import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, root } from "../support/cli.ts";
import { replayed } from "../support/sessions.ts";

const file = join(root, "README.md");
const readme = readFileSync(file, "utf8");

/** The case that README spells out, and the same case with the slip that README speaks of. */
function caseFolders(): string {
  const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = folderWith({});
  for (const [name, text] of [
    ["river", yaml],
    ["river-misspelt", yaml.replace("brief#2", "breif#2").replace("0.2 to 0.4", "0.4 to 0.2")],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "case.yaml"), text);
  }
  return folder;
}

describe("README", () => {
  it("shows what its commands print", () => {
    const folder = caseFolders();
    const now = replayed(readme, folder);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, now);
    else expect(readme).toBe(now);
  }, 300_000);
});
