import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { referencesTo, renameEdits } from "../../src/case/edit/refer.ts";
import { applyEdits, checkDossier, filesInMemory, type Raw, readContent, readDossier } from "../../src/case/index.ts";
import { root } from "../support/cli.ts";

/** The texts of a bundled case. */
function textsOf(name: string): Readonly<Record<string, string>> {
  const folder = join(root, "cases", name);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names.filter((each) => /\.(yaml|csv)$/.test(each)).map((each) => [each, readFileSync(join(folder, each), "utf8")]),
  );
}

const rawOf = (texts: Readonly<Record<string, string>>): Raw =>
  readContent(filesInMemory(texts, "case.yaml")).content?.raw ?? null;

/** Problems of a case, without their places: a new name has another width. */
function problemsOf(texts: Readonly<Record<string, string>>): string[] {
  const { dossier, problems } = readDossier(filesInMemory(texts, "case.yaml"));
  return [...problems, ...(dossier === undefined ? [] : checkDossier(dossier))].map(
    ({ code, severity }) => `${severity} ${code}`,
  );
}

describe("renaming an entry with what refers to it", () => {
  it.each([
    ["colombia-2012", "sources", "icg-2012"],
    ["colombia-2012", "parties", "government"],
    ["colombia-2012", "claims", "no-victory"],
    ["colombia-2012", "questions", "agreement-2016"],
    ["cuba-1962", "graph", "options", "us", "blockade"],
  ])("of %s: %s %s %s %s leaves the case as sound as it was", (name, ...path) => {
    const texts = textsOf(name);
    const raw = rawOf(texts);
    const count = referencesTo(raw, path).length;
    expect(count).toBeGreaterThan(0);
    const edited = applyEdits(filesInMemory(texts, "case.yaml"), renameEdits(raw, path, "renamed-entry"));
    if (!edited.ok) throw new Error(edited.problems.map(({ message }) => message).join("; "));
    const after = { ...texts, ...Object.fromEntries(edited.files) };
    expect(problemsOf(after)).toEqual(problemsOf(texts));
    const now = rawOf(after);
    expect(referencesTo(now, path)).toEqual([]);
    expect(referencesTo(now, [...path.slice(0, -1), "renamed-entry"])).toHaveLength(count);
  });

  it("finds what would be left without it", () => {
    const small = {
      parley: 1,
      title: "A",
      sources: { one: { title: "One" }, two: { title: "Two" } },
      claims: { c: { text: "C", source: ["one#3", "two"] }, d: { text: "D", source: "onemore" } },
    };
    expect(referencesTo(small, ["sources", "one"]).map(({ path }) => path.join("."))).toEqual(["claims.c.source.0"]);
    expect(renameEdits(small, ["sources", "one"], "uno")).toEqual([
      { set: ["claims", "c", "source", "0"], value: "uno#3", expected: "one#3" },
      { rename: ["sources", "one"], to: "uno", expected: { title: "One" } },
    ]);
  });

  it("looks into what readings set: the paths, and the statements below them", () => {
    const set = { "graph.preferences.a": ["a.go", "not b.go"], "positions.a.issues.i.values.o": 0.4 };
    const raw = {
      parley: 1,
      title: "A",
      parties: { a: { name: "A" } },
      graph: { options: { a: { go: "Goes" }, b: { go: "Goes" } } },
      positions: { a: { issues: { i: { values: { o: 0.2 } } } } },
      readings: { r: { kind: "held", set, reasons: { "positions.a.issues.i.values.o": "So." } } },
    };
    const said = (...path: string[]) => referencesTo(raw, path).map((each) => each.renamed("x"));
    expect(said("parties", "a").toSorted()).toEqual([
      "graph.preferences.x",
      "positions.x.issues.i.values.o",
      "positions.x.issues.i.values.o",
      "x",
      "x",
      "x.go",
    ]);
    expect(said("issues", "i", "options", "o").toSorted()).toEqual([
      "positions.a.issues.i.values.x",
      "positions.a.issues.i.values.x",
      "x",
    ]);
  });

  it("renames a bare option of a statement only where its owner is plain", () => {
    const graph = (says: string) => ({
      parley: 1,
      title: "A",
      graph: { options: { a: { go: "Goes", stay: "Stays" }, b: { go: "Goes" } }, preferences: { a: [says] } },
    });
    const renamed = (says: string, ...path: string[]) =>
      referencesTo(graph(says), path).map((each) => each.renamed("x"))[0];
    expect(renamed("stay if not b.go", "graph", "options", "a", "stay")).toBe("x if not b.go");
    expect(renamed("go if b.go", "graph", "options", "b", "go")).toBe("go if b.x");
    expect(renamed("a.go", "graph", "options", "b", "go")).toBeUndefined();
  });
});
