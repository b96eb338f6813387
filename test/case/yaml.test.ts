import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { parseYaml } from "../../src/case/parse/yaml.ts";

const read = (text: string) => parseYaml(text, "case.yaml");
const codes = (text: string) => read(text).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe("YAML", () => {
  it("gives the place of every value and key", () => {
    const { file } = read("sources:\n  ding: {title: A text, by: Ding}\n");
    expect(file?.place(["sources", "ding", "by"])).toEqual({ file: "case.yaml", line: 2, column: 29 });
    expect(file?.place(["sources", "ding"], "key")).toEqual({ file: "case.yaml", line: 2, column: 3 });
    expect(file?.place(["sources", "ding", "absent"])).toMatchObject({ line: 2, column: 9 });
  });

  it("gives the place of a character inside a text, quotes counted", () => {
    const { file } = read("a: 2 two 4\nb: '2 two 4'\n");
    expect(file?.placeInside(["a"], 2).column).toBe(6);
    expect(file?.placeInside(["b"], 2).column).toBe(7);
  });

  it("counts lines and columns alike with CRLF line ends", () => {
    const unix = read("a: 1\nb:\n  c: x\n").file?.place(["b", "c"]);
    expect(read("a: 1\r\nb:\r\n  c: x\r\n").file?.place(["b", "c"])).toEqual(unix);
  });

  it("resolves anchors, aliases and merges", () => {
    const { file, problems } = read("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\n");
    expect(problems).toEqual([]);
    expect(file?.value).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 2 }, c: { x: 1, y: 3 } });
    expect(file?.place(["c", "x"])).toMatchObject({ line: 1, column: 11 });
  });

  it("reads what any writer of YAML writes", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.boolean(), tie("list"), tie("map")),
      list: fc.array(tie("value"), { maxLength: 4 }),
      map: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), tie("value"), { maxKeys: 4 }),
    })).map;
    fc.assert(
      fc.property(value, (content) => {
        const { file, problems } = read(`top: ${JSON.stringify(content)}\n${stringify({ again: content })}`);
        expect(problems).toEqual([]);
        expect(JSON.parse(JSON.stringify(file?.value))).toEqual({ top: content, again: content });
      }),
    );
  });

  it("keeps mappings free of a prototype", () => {
    const { file } = read("a: {b: 1}\n");
    expect(Object.getPrototypeOf(file?.value)).toBeNull();
  });
});

describe("YAML of a stranger", () => {
  it.each([
    ["10 000 open brackets", "[".repeat(10_000), "too-deep 1:100"],
    ["10 000 nested lists", "- ".repeat(10_000), "too-deep 1:199"],
    ["a thousand nested mappings", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), "too-deep"],
  ])("with %s is refused", (_, text, code) => {
    expect(codes(text)[0]).toMatch(code);
  });

  it("cannot blow up by aliases", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef", "fg", "gh"].map((pair) => [pair[0], pair[1]])) {
      levels.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(", ")}]`);
    }
    expect(codes(levels.join("\n")).map((code) => code.split(" ")[0])).toContain("too-many-aliases");
  });

  it("says where a quote or a bracket was opened that is never closed", () => {
    expect(codes("a: 1\nb: 'never\nc: 2\n")).toEqual(["yaml-unclosed 2:4"]);
    expect(codes("a: [1, 2\nb: 3\n")).toEqual(["yaml-unclosed 1:4"]);
  });

  it("takes apostrophes and brackets in plain text for what they are", () => {
    expect(codes("a: it's fine\nb: see [1] and {2}\nc: |\n  'quoted\n# it's [\n")).toEqual([]);
  });

  it("reports each line of garbage once and not more than a hundred", () => {
    const found = codes(Array(500).fill("a: `x").join("\n"));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(100);
    expect(new Set(found.map((code) => code.split(" ")[1]?.split(":")[0])).size).toBe(found.length);
  });

  it("never throws and never hangs, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const { file, problems } = read(text);
        expect(file !== undefined || problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
