import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filesInFolder } from "../../../src/case/folder.ts";
import type { Edit } from "../../../src/case/index.ts";
import { applyEdits, conflictsOf, filesInMemory, readDossier } from "../../../src/case/index.ts";

const CASE = `parley: 1
title: A case # so far

# who says so
claims:
  # the first
  losses: {text: Losses are heavy., source: report#1, credence: 0.50, bears: {talks: 4}} # cited
  gains:
    text: >-
      Some longer text
      over lines

    source: [a, b] # why
    credence: 'argued'

questions:
  q:
    hypotheses:
      - yes
      - no # never
base: &base {x: 1, y: 2}
copy: *base
more: {<<: *base, y: 3}
`;

/** The lines that edits take away and put in. */
function difference(text: string, edits: readonly Edit[], file = "case.yaml"): string[] {
  const edited = applyEdits(filesInMemory({ [file]: text }, file), edits);
  if (!edited.ok) return edited.problems.map(({ message }) => message);
  const [old, now] = [text.split("\n"), (edited.files.get(file) ?? text).split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe("edits of a case's text", () => {
  it.each([
    [
      "a scalar changes its bytes alone",
      [{ set: "title", value: "The case" }],
      ["-title: A case # so far", "+title: The case # so far"],
    ],
    [
      "values are written as people write them, and quoted only where braces ask for it",
      [
        { set: "claims.losses.credence", value: "beta(2, 5)" },
        { set: "claims.losses.bears.talks", value: "2 to 4" },
      ],
      [
        "-  losses: {text: Losses are heavy., source: report#1, credence: 0.50, bears: {talks: 4}} # cited",
        '+  losses: {text: Losses are heavy., source: report#1, credence: "beta(2, 5)", bears: {talks: 2 to 4}} # cited',
      ],
    ],
    [
      "a call outside braces needs no quotes",
      [{ set: "claims.gains.credence", value: "beta(2, 5)" }],
      ["-    credence: 'argued'", "+    credence: beta(2, 5)"],
    ],
    [
      "a text folded below its key becomes a short one in its line",
      [{ set: "claims.gains.text", value: "Gains: few" }],
      ["-    text: >-", "-      Some longer text", "-      over lines", '+    text: "Gains: few"'],
    ],
    [
      "a new entry is written in lines or in braces as its neighbours are",
      [
        { set: "claims.gains.bears.q", value: "1 to 3" },
        { set: "claims.losses.note", value: "see there" },
      ],
      [
        "-  losses: {text: Losses are heavy., source: report#1, credence: 0.50, bears: {talks: 4}} # cited",
        "+  losses: {text: Losses are heavy., source: report#1, credence: 0.50, bears: {talks: 4}, note: see there} # cited",
        "+    bears: {q: 1 to 3}",
      ],
    ],
    [
      "a list gets an entry at its place",
      [{ add: "questions.q.hypotheses", key: 1, value: "perhaps" }],
      ["+      - perhaps"],
    ],
    ["a section goes where people write it", [{ set: "asOf", value: "2024-11-28" }], ["+asOf: 2024-11-28"]],
    ["a key is renamed", [{ rename: "claims.gains", to: "wins" }], ["-  gains:", "+  wins:"]],
    [
      "a mapping given anew changes where it differs",
      [
        {
          set: "claims.gains",
          value: { text: "Some longer text over lines", source: ["a", "c"], credence: "argued", note: "x" },
        },
      ],
      ["-    source: [a, b] # why", "+    source: [a, c] # why", "+    note: x"],
    ],
    [
      "an alias gives way to a value of its own",
      [{ set: "copy.x", value: 5 }],
      ["-copy: *base", "+copy: {x: 5, y: 2}"],
    ],
    [
      "what is merged in is overridden",
      [{ set: "more.x", value: 5 }],
      ["-more: {<<: *base, y: 3}", "+more: {<<: *base, y: 3, x: 5}"],
    ],
  ] as [string, Edit[], string[]][])("%s", (_name, edits, expected) => {
    expect(difference(CASE, edits)).toEqual(expected);
  });

  it.each([
    [
      "what is shared by an alias",
      { set: "base.x", value: 7 },
      "invalid edit: base.x cannot be changed without changing something else of the case",
    ],
    [
      "a key that is merged in, removed",
      { remove: "more.x" },
      "invalid edit: more.x cannot be changed without changing something else of the case",
    ],
    ["an entry that is not there", { remove: "claims.gain" }, "unknown entry: claims.gain is not in the case"],
    [
      "an entry added twice",
      { add: "claims", key: "gains", value: 1 },
      "invalid key: claims.gains is in the case already",
    ],
    [
      "a key renamed to one that is there",
      { rename: "claims.gains", to: "losses" },
      "invalid key: claims.losses is in the case already",
    ],
    ["a step into a text", { set: "title.x", value: 1 }, "unknown entry: title.x is not in the case"],
    ["which files are included", { set: "include", value: "../x.yaml" }, "unknown entry: include is not in the case"],
    [
      "a reserved key",
      { add: "claims", key: "__proto__", value: 1 },
      "invalid edit: claims.__proto__ cannot be changed without changing something else of the case",
    ],
  ] as [string, Edit, string][])("refuse %s, and change nothing", (_name, edit, message) => {
    expect(difference(CASE, [{ set: "title", value: "Other" }, edit])).toEqual([message]);
  });

  it("come back as edits that undo them, comments and quotes too", () => {
    const edits: Edit[] = [
      { remove: "claims.losses" },
      { remove: "claims.gains" },
      { set: "questions.q.hypotheses", value: {} },
      { add: "", key: "groups", value: { stalemate: { correlation: 0.5 } } },
      { set: "title", value: { odd: true } },
    ];
    const edited = applyEdits(filesInMemory({ "case.yaml": CASE }), edits);
    const text = edited.ok ? edited.files.get("case.yaml") : undefined;
    expect(text).not.toBe(CASE);
    const back = applyEdits(filesInMemory({ "case.yaml": text ?? "" }), edited.ok ? edited.inverse : []);
    expect(back.ok && back.files.get("case.yaml")).toBe(CASE);
  });

  it("keep a byte order mark and the line ends of Windows", () => {
    const text = "\ufeffparley: 1\r\ntitle: A case\r\nclaims:\r\n  a: {text: x}\r\n";
    const edited = applyEdits(filesInMemory({ "case.yaml": text }), [
      { add: "claims", key: "b", value: { text: "y" } },
    ]);
    expect(edited.ok && edited.files.get("case.yaml")).toBe(`${text}  b: {text: y}\r\n`);
  });

  it("find an entry in the file that holds it, and put a new one beside its neighbour", () => {
    const files = {
      "case.yaml": "parley: 1\ntitle: T\ninclude: [a.yaml, b.yaml]\nsources:\n  include: s.yaml\n",
      "a.yaml": "claims:\n  one: {text: x}\n",
      "b.yaml": "claims:\n  two: {text: y}\n",
      "s.yaml": "report: {title: R}\n",
    };
    const edited = applyEdits(filesInMemory(files), [
      { set: "claims.two.text", value: "z" },
      { add: "claims", key: "three", value: { text: "w" }, after: "two" },
      { add: "claims", key: "four", value: { text: "v" } },
      { set: "sources.report.by", value: "A. Nalyst" },
      { add: "sources", key: "other", value: { title: "O" } },
    ]);
    expect(edited.ok && Object.fromEntries(edited.files)).toEqual({
      "a.yaml": "claims:\n  one: {text: x}\n  four: {text: v}\n",
      "b.yaml": "claims:\n  two: {text: z}\n  three: {text: w}\n",
      "s.yaml": "report: {title: R, by: A. Nalyst}\nother: {title: O}\n",
    });
  });

  it("reach every value of the bundled cases and leave all else of them alone", () => {
    const files = filesInFolder("cases/ukraine-2024");
    const raw = readDossier(files).dossier?.raw ?? {};
    const claims = Object.keys(raw["claims"] ?? {});
    const edits = claims.slice(0, 12).map((claim): Edit => ({ set: `claims.${claim}.note`, value: "An edit." }));
    const edited = applyEdits(files, edits);
    expect(edited.ok).toBe(true);
    const after = new Map(edited.ok ? edited.files : []);
    for (const name of after.keys()) {
      const old = readFileSync(`cases/ukraine-2024/${name}`, "utf8").split("\n");
      const now = after.get(name)?.split("\n") ?? [];
      expect(now.filter((line) => !old.includes(line) && !/note: An edit\./.test(line))).toEqual([]);
    }
    const memory = (path: string) => after.get(path) ?? new TextDecoder().decode(files.read(path));
    const back = applyEdits(
      { ...files, read: (path) => new TextEncoder().encode(memory(path)) },
      edited.ok ? edited.inverse : [],
    );
    for (const [name, text] of back.ok ? back.files : []) {
      expect(text).toBe(readFileSync(`cases/ukraine-2024/${name}`, "utf8"));
    }
    expect(back.ok && back.files.size).toBe(after.size);
  });
});

describe("edits of a case that changed meanwhile", () => {
  const files = filesInMemory({ "case.yaml": CASE });
  it.each([
    ["a value that is what it was", { set: "title", value: "B", expected: "A case" }, 0],
    ["a value that is another", { set: "title", value: "B", expected: "An older title" }, 1],
    ["a value whose former one is not told", { set: "title", value: "B" }, 1],
    ["an addition where nothing was", { set: "claims.gains.note", value: "B", expected: null }, 0],
    ["a new key", { add: "claims", key: "new", value: {} }, 0],
    ["a new key in what is gone", { add: "claims.gone", key: "new", value: 1 }, 1],
    ["a list that is what it was", { add: "questions.q.hypotheses", key: 2, value: "x", expected: ["yes", "no"] }, 0],
    ["a list that grew", { add: "questions.q.hypotheses", key: 1, value: "x", expected: ["yes"] }, 1],
  ] as [string, Edit, number][])("%s", (_name, edit, count) => {
    expect(conflictsOf(files, [edit])).toHaveLength(count);
  });

  it("judges an edit of what the same batch made with that", () => {
    const batch: Edit[] = [
      { add: "claims", key: "new", value: { text: "x" } },
      { set: "claims.new.text", value: "y", expected: "x" },
    ];
    expect(conflictsOf(files, batch)).toEqual([]);
  });
});
