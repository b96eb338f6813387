import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";
import { recordCase } from "../support/record-case.ts";

describe("the record in the report", () => {
  const folder = folderWith(recordCase());
  const written = (...words: string[]) => {
    const file = join(folder, "report.html");
    const run = parley(["assess", folder, "--html", file, "--short", ...words]);
    expect(run.code, run.stderr).toBe(0);
    return readFileSync(file, "utf8");
  };

  it("has the scores and a diagram for each forecaster, and none of it for the room", () => {
    const html = written();
    expect(html).toContain("The record: was it right?");
    expect(html).toContain("A. Analyst: what was said, and how much of it came");
    expect(html.match(/id="reliability-made-/g)).toHaveLength(2);
    expect(html).toContain('<a href="#record">The record</a>');
    const room = written("--room");
    expect(room).not.toContain("A. Analyst");
    expect(room).not.toContain("The Gazette");
  });

  it("is left out where it is broken, which is told, or where a packed case has none", () => {
    const other = folderWith({ ...recordCase(), "record.jsonl": "{broken\n" });
    const broken = parley(["assess", other, "--html", join(other, "r.html"), "--short"]);
    expect([broken.code, broken.stderr]).toEqual([0, expect.stringContaining("record.jsonl:1:1")]);
    expect(broken.stderr).toContain("the report is without the record");
    expect(readFileSync(join(other, "r.html"), "utf8")).not.toContain("was it right?");
    const packed = join(other, "x.parley.zip");
    expect(parley(["pack", other, packed]).code).toBe(0);
    const run = parley(["assess", packed, "--html", join(other, "p.html"), "--short"]);
    expect([run.code, run.stderr]).toEqual([0, `wrote ${join(other, "p.html")}\n`]);
  });

  it("changes no answer: of the report all else is the same without it", () => {
    const html = written("--sections", "brief,when,limits");
    const bare = folderWith({ "case.yaml": recordCase()["case.yaml"] });
    const file = join(bare, "report.html");
    parley(["assess", bare, "--html", file, "--short", "--sections", "brief,when,limits"]);
    expect(readFileSync(file, "utf8")).toBe(html);
  });
});
