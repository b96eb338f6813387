import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openBundle } from "../../src/formats/bundle/index.ts";
import { folderWith, parley, SMALL_CASE } from "../support/cli.ts";
import { place } from "../support/packed.ts";

const folder = () =>
  folderWith({
    "case.yaml": SMALL_CASE.replace("Losses are heavy.", "Losses are heavy says an analyst."),
    "README.md": "Coded by An Analyst.\n",
    "record.jsonl": "",
  });

describe("parley pack --redact", () => {
  it("packs what its rules leave, and says what went, what stays and where to look", () => {
    const [from, out] = [folder(), place()];
    const file = join(out, "a.parley.zip");
    const { code, stdout, stderr } = parley(["pack", from, file, "--redact"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const said of [
      /taken out: .*a source's by \(1\)/s,
      /left: .*dates, grades, figures/s,
      /claims\.losses\.text {2}names An Analyst/,
    ]) {
      expect(stdout).toMatch(said);
    }
    const { manifest, files } = openBundle(readFileSync(file), file);
    expect([...files.keys()]).toEqual(["case.yaml"]);
    expect(manifest.redacted).toMatchObject({
      rules: ["sources", "names", "comments"],
      dropped: { "a source's by": 1 },
    });
    // What was found is for who packs, not for who unpacks.
    expect(JSON.stringify(manifest)).not.toContain("Analyst");
    expect(new TextDecoder().decode(files.get("case.yaml"))).not.toMatch(/An Analyst|A report/);
    expect(parley(["check", file, "--json"]).code).toBe(0);
    const figures = (target: string) =>
      (
        JSON.parse(parley(["evidence", target, "--json"]).stdout) as { questions: { posterior: unknown }[] }
      ).questions.map((each) => each.posterior);
    expect(figures(file)).toEqual(figures(from));
    expect(parley(["unpack", file, join(out, "case")]).stdout).toContain(
      "redacted by who packed it: sources, names, comments",
    );
  });

  it("takes the rules that are listed, and tells all of it as JSON", () => {
    const file = join(place(), "a.parley.zip");
    const { stdout } = parley(["pack", folder(), file, "--redact", "text, parties", "--json"]);
    expect(JSON.parse(stdout).redacted).toMatchObject({ rules: ["text", "parties"], dropped: { titles: 1 }, left: [] });
  });

  it("refuses unknown rules, a record, and a case with errors", () => {
    const out = place();
    const fails = (from: string, words: readonly string[]) => {
      const { code, stdout, stderr } = parley(["pack", from, join(out, "a.parley.zip"), ...words]);
      expect([code, stdout, readdirSync(out)]).toEqual([2, "", []]);
      return stderr;
    };
    expect(fails(folder(), ["--redact", "source"])).toContain("did you mean sources?");
    expect(fails(folder(), ["--redact", "--with-record"])).toContain("--with-record beside --redact");
    const wrong = folderWith({ "case.yaml": SMALL_CASE.replace("report#1", "nobody#1") });
    expect(fails(wrong, ["--redact"])).toContain("nobody");
    expect(existsSync(join(wrong, "case.yaml"))).toBe(true);
  });
});
