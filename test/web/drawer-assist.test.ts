import { Text } from "@codemirror/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseJsonSchema } from "../../src/case/index.ts";
import { problem } from "../../src/core/problems/index.ts";
import { changesBetween } from "../../src/web/state/merge.ts";
import { foldsAround } from "../../src/web/ui/drawer/folds.ts";
import { fixOf } from "../../src/web/ui/drawer/marks.ts";
import { keysOffered, valuesOffered } from "../../src/web/ui/drawer/names.ts";
import { keyAt, placeAt } from "../../src/web/ui/drawer/place.ts";
import { caseSchema } from "../../src/web/ui/drawer/schema.ts";

const TEXT = `parley: 1
parties:
  russia: {name: Russia, roles: [{role: belligerent, of: ukraine}]}
  ukraine:
    name: Ukraine
    roles:
      - role: belligerent
        of: russia
      - {role: host}
claims:
  # a remark
  deadlock:
    text: x
    kind: 
    bears: {talks: 2}
`.split("\n");

/** The place at the first mark of a line's text. */
const at = (line: number, mark: string) => placeAt(TEXT, line - 1, (TEXT[line - 1] ?? "").indexOf(mark) + mark.length);

describe("the place of the cursor in a YAML text", () => {
  it("is found by indentation, in lists and in braces", () => {
    expect(at(5, "name: ")).toEqual({ path: ["parties", "ukraine"], key: "name" });
    expect(at(5, "    ")).toEqual({ path: ["parties", "ukraine"], key: undefined });
    expect(at(8, "of: ")).toEqual({ path: ["parties", "ukraine", "roles", "-"], key: "of" });
    expect(at(7, "role: ")).toEqual({ path: ["parties", "ukraine", "roles", "-"], key: "role" });
    expect(at(9, "{role: ")).toEqual({ path: ["parties", "ukraine", "roles", "-"], key: "role" });
    expect(at(3, "name: ")).toEqual({ path: ["parties", "russia"], key: "name" });
    expect(at(3, "[{role: belligerent, of: ")).toEqual({ path: ["parties", "russia", "roles", "-"], key: "of" });
    expect(at(14, "kind: ")).toEqual({ path: ["claims", "deadlock"], key: "kind" });
    const flat = ["a:", "- b: 1", "- c:", "    d: 1", "  e: "];
    expect(placeAt(flat, 4, 5)).toEqual({ path: ["a", "-"], key: "e" });
    expect(placeAt(flat, 3, 7)).toEqual({ path: ["a", "-", "c"], key: "d" });
    expect(keyAt(TEXT, 14, 14)?.path).toEqual(["claims", "deadlock", "bears", "talks"]);
    expect(keyAt(TEXT, 4, 6)?.path).toEqual(["parties", "ukraine", "name"]);
    expect(keyAt(TEXT, 10, 6)).toBeUndefined();
  });
});

describe("the schema, walked by path", () => {
  const schema = caseSchema(caseJsonSchema());
  it("says what keys mean, which may stand, and which words they take", () => {
    expect(schema.helpOf(["claims", "deadlock", "credibility"])).toMatch(/Admiralty scale/);
    expect(schema.helpOf(["graph", "situations"])).toBe("States that have a name.");
    expect(schema.helpOf(["nothing", "of", "the", "kind"])).toBeUndefined();
    const keys = schema.keysAt(["claims", "x"]);
    expect(keys.find(({ key }) => key === "text")?.required).toBe(true);
    expect(keys.map(({ key }) => key)).toContain("bears");
    expect(schema.keysAt([]).map(({ key }) => key)).toContain("positions");
    expect(schema.wordsAt(["claims", "x", "status"])).toEqual(["accepted", "draft", "disputed", "rejected"]);
    expect(schema.wordsAt(["parties", "x", "roles", "-", "role"])).toContain("guarantor");
  });
});

describe("names that a case gives", () => {
  const content = {
    parties: { russia: { name: "Russia" } },
    issues: { land: { name: "Land", options: { line: "The line", all: { name: "All" } } } },
    sources: { ding: { title: "D" } },
    questions: { talks: { text: "?" } },
  };
  const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);
  it("are offered where they may stand", () => {
    expect(keysOffered(content, ["positions"])).toEqual([{ id: "russia", name: "Russia" }]);
    expect(ids(keysOffered(content, ["positions", "russia", "issues"]))).toEqual(["land"]);
    expect(keysOffered(content, ["positions", "russia", "issues", "land", "values"])[1]).toEqual({
      id: "all",
      name: "All",
    });
    expect(ids(keysOffered(content, ["claims", "x", "bears"]))).toEqual(["talks"]);
    expect(ids(valuesOffered(content, ["claims", "x", "source"]))).toEqual(["ding"]);
    expect(ids(valuesOffered(content, ["proposals", "p", "package", "land"]))).toEqual(["line", "all"]);
    expect(ids(valuesOffered(content, ["positions", "russia", "issues", "land", "redLines", "-"]))).toEqual([
      "line",
      "all",
    ]);
    expect(valuesOffered(content, ["title"])).toEqual([]);
  });
});

describe("a near miss", () => {
  const fix = (line: string, column: number, of: ReturnType<typeof problem>) => {
    const found = fixOf(Text.of([line]), { ...of, line: 1, column, path: undefined });
    return found === undefined ? undefined : line.slice(0, found.from) + found.insert + line.slice(found.to);
  };
  it("is mended in the text, in a reference, a part of one and a key", () => {
    const unknown = (value: string, near?: string) => problem("unknown-reference", { kind: "party", value, near });
    expect(fix("  about: [ukrane]", 11, unknown("ukrane", "ukraine"))).toBe("  about: [ukraine]");
    expect(fix("  source: dign#4", 11, unknown("dign", "ding"))).toBe("  source: ding#4");
    expect(fix("  txet: x", 3, problem("unknown-key", { key: "txet", where: "a claim", near: "text" }))).toBe(
      "  text: x",
    );
    expect(fix("  about: ukrane", 10, unknown("ukrane"))).toBeUndefined();
    // The word has gone meanwhile.
    expect(fix("  about: ukraine", 10, unknown("ukrane", "ukraine"))).toBeUndefined();
  });
});

describe("the change from one text to another", () => {
  const text = fc.array(fc.constantFrom("a", "b", "cc", ""), { maxLength: 8 }).map((lines) => lines.join("\n"));
  it("gives the other text, wherever they differ", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changed = [...changesBetween(before, after)]
          .reverse()
          .reduce((each, { from, to, insert }) => each.slice(0, from) + insert + each.slice(to), before);
        expect(changed).toBe(after);
      }),
      { numRuns: 500 },
    );
  });
  it("leaves alone what is alike", () => {
    expect(changesBetween("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 25\nc: 3\n")).toEqual([{ from: 9, to: 9, insert: "5" }]);
  });
});

describe("the folds around a section", () => {
  it("hide the bodies of all others, and no heading or comment of the next", () => {
    const text = "parley: 1\nparties:\n  a: {name: A}\n\n# Why.\nclaims:\n  b: {text: B}\n";
    const [only, ...more] = foldsAround(text, 7);
    expect(more).toEqual([]);
    expect(text.slice(only?.from, only?.to)).toBe("\n  a: {name: A}");
  });
});
