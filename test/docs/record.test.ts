import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entrySchema, scoreSchema } from "../../src/assess/index.ts";
import { folderWith, root } from "../support/cli.ts";
import { replayed } from "../support/sessions.ts";

const file = join(root, "docs", "record.md");
const page = readFileSync(file, "utf8");

describe("docs/record.md", () => {
  it("shows what its commands print, with the case that README spells out", () => {
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
    const folder = folderWith({});
    mkdirSync(join(folder, "river"));
    writeFileSync(join(folder, "river", "case.yaml"), yaml);
    const now = replayed(page, folder);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, now);
    else expect(page).toBe(now);
  });

  it("names every field of a line, and the fields of scores", () => {
    for (const option of entrySchema.options)
      for (const name of Object.keys(option.shape)) expect(page, name).toContain(`\`${name}\``);
    for (const name of Object.keys(scoreSchema.shape.sets.element.shape.forecasters.element.shape))
      if (!["by", "model", "forecasts"].includes(name)) expect(page, name).toContain(`\`${name}`);
  });
});
