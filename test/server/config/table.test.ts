import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsHelp, settingsTable } from "../../../src/server/config/index.ts";
import { OTHER_NAMES, SETTINGS } from "../../../src/server/config/settings.ts";
import { root } from "../../support/cli.ts";

describe("the list of settings", () => {
  it("stands in docs/team-server.md as it is read", () => {
    const file = join(root, "docs", "team-server.md");
    const page = readFileSync(file, "utf8");
    const now = page.replace(
      /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/,
      (_, before: string, after: string) => `${before}\n${settingsTable()}\n\n${after}`,
    );
    expect(now).toContain("PARLEY_STOP_DEADLINE");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, now);
    else expect(page).toBe(now);
  });

  it("fits a terminal of 80 columns and names every setting with its default", () => {
    const help = settingsHelp();
    for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    const flat = help.replaceAll(/\s+/g, " ");
    for (const { name, meaning, otherwise } of Object.values(SETTINGS)) {
      expect(flat).toContain(name);
      expect(flat).toContain(`${meaning} (default: ${otherwise})`);
    }
  });

  it("has no cell that would break the table", () => {
    for (const { meaning, otherwise, expected } of Object.values(SETTINGS)) {
      for (const text of [meaning, otherwise, expected]) expect(text).not.toMatch(/[|\n<>]/);
    }
  });

  it("offers a file for every secret", () => {
    for (const { name, showing, inFile } of Object.values(SETTINGS)) {
      if (showing === "secret") expect(inFile, name).toBe(true);
    }
  });

  it("knows every PARLEY_ name that the program reads elsewhere", () => {
    const read = new Set<string>();
    for (const folder of ["src", "scripts", "test"]) {
      for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(ts|tsx|mjs)$/.test(entry.name) || entry.parentPath.includes(join("src", "server")))
          continue;
        const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
        for (const [, name = ""] of text.matchAll(/\benv(?:\.|\[")(PARLEY_[A-Z_]+)/g)) read.add(name);
      }
    }
    const own = Object.values(SETTINGS).flatMap(({ name }) => [name, `${name}_FILE`]);
    expect(read).toContain("PARLEY_CACHE");
    expect([...read].filter((name) => ![...own, ...OTHER_NAMES].includes(name))).toEqual([]);
  });
});
