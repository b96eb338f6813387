import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edit, Raw, RawMap } from "../../../src/case/index.ts";
import {
  applyEdits,
  conflictsOf,
  editData,
  editsBetween,
  filesInMemory,
  mergeText,
  readContent,
} from "../../../src/case/index.ts";
import { chooser, content, pathsOf, value, written } from "./random-cases.ts";

const RUNS = 120;
const limits = { numRuns: RUNS, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false };

/** Values without prototypes and signs of zero, as JSON has them. */
const plain = (raw: Raw | undefined): unknown => JSON.parse(JSON.stringify(raw ?? null));

const changes = fc.array(
  fc.record({ pick: fc.nat(), kind: fc.constantFrom("set", "remove", "add"), value, key: fc.nat(5) }),
  { maxLength: 5 },
);
type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changedBy(raw: RawMap, all: Changes): RawMap {
  let made: Raw = raw;
  for (const { pick, kind, value: to, key } of all) {
    const paths: (readonly string[])[] = pathsOf(made).filter((path) => path.length > 1 && path[1] !== "include");
    const path: readonly string[] | undefined = paths[pick % Math.max(1, paths.length)];
    if (path === undefined) continue;
    const above = path.slice(0, -1);
    const edit: Edit =
      kind === "set"
        ? { set: path, value: to }
        : kind === "remove"
          ? { remove: path }
          : { add: above, key: Array.isArray(at(made, above)) ? 0 : `n${key}`, value: to };
    made = editData(made, edit) ?? made;
  }
  return made as RawMap;
}

/** A content and another one that some changes lead to, so that most of both is alike. */
const changed = fc
  .record({ raw: content, changes })
  .map(({ raw, changes: all }) => ({ before: raw, after: changedBy(raw, all) }));

const at = (raw: Raw, path: readonly string[]): Raw =>
  path.reduce<Raw>((there, step) => (there as RawMap)[step] as Raw, raw);

const textOf = (raw: RawMap, seeds: readonly number[] = []): string =>
  `parley: 1\n${written(raw, { step: 2, end: "\n", choose: chooser(seeds), comments: [] })}`;

describe("the edits between two contents", () => {
  it("lead from one to the other", () => {
    fc.assert(
      fc.property(changed, ({ before, after }) => {
        const edits = editsBetween(before, after);
        const made = edits.reduce<Raw | undefined>((raw, edit) => raw && editData(raw, edit), before);
        expect(plain(made)).toEqual(plain(after));
      }),
      limits,
    );
  });

  it("lead there also between contents that have nothing to do with each other", () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const edits = editsBetween(before, after);
        const made = edits.reduce<Raw | undefined>((raw, edit) => raw && editData(raw, edit), before);
        expect(plain(made)).toEqual(plain(after));
      }),
      limits,
    );
  });

  it("are none between a content and itself, and expect what stood there", () => {
    fc.assert(
      fc.property(changed, ({ before, after }) => {
        expect(editsBetween(before, before)).toEqual([]);
        const files = filesInMemory({ "case.yaml": textOf(before) });
        expect(conflictsOf(files, editsBetween(before, after))).toEqual([]);
      }),
      limits,
    );
  });

  it("lead there in the text as well", () => {
    fc.assert(
      fc.property(changed, fc.array(fc.nat(1000), { minLength: 5, maxLength: 20 }), ({ before, after }, seeds) => {
        const files = { "case.yaml": textOf(before, seeds) };
        const edited = applyEdits(filesInMemory(files), editsBetween(before, after));
        expect(edited).toMatchObject({ ok: true });
        if (!edited.ok) return;
        const made = readContent(filesInMemory({ ...files, ...Object.fromEntries(edited.files) })).content?.raw;
        expect(plain(made)).toEqual({ parley: 1, ...(plain(after) as object) });
      }),
      limits,
    );
  });

  it("take a changed item of a list by itself only where it stands there once", () => {
    expect(editsBetween({ a: { l: ["x", "y"] } }, { a: { l: ["x", "z"] } })).toEqual([
      { set: "a.l.1", value: "z", expected: "y" },
    ]);
    expect(editsBetween({ a: { l: ["x", "x"] } }, { a: { l: ["x", "z"] } })).toEqual([
      { set: "a.l", value: ["x", "z"], expected: ["x", "x"] },
    ]);
  });

  it("count the order of keys below the entries of a section alone", () => {
    const one = { issues: { a: { options: { x: 1, y: 2 } }, b: {} } };
    expect(editsBetween(one, { issues: { b: {}, a: { options: { x: 1, y: 2 } } } })).toEqual([]);
    expect(editsBetween(one, { issues: { a: { options: { y: 2, x: 1 } }, b: {} } })).toEqual([
      { set: "issues.a.options", value: { y: 2, x: 1 }, expected: { x: 1, y: 2 } },
    ]);
  });
});

describe("a text that others overtook", () => {
  const BASE = `parley: 1
title: A case # so far
claims:
  # the first
  losses: { text: Heavy, for: x }
  aid: { text: Flows } # aid
`;
  const merge = (mine: string, theirs: string, base = BASE) =>
    mergeText(filesInMemory({ "case.yaml": base }), filesInMemory({ "case.yaml": theirs }), "case.yaml", mine);
  const replaced = (from: string, to: string) => BASE.replace(from, to);

  it("is made on the newest one, whose comments and layout stay", () => {
    const mine = `${replaced("Heavy", "Very heavy").replace("# so far", "# mine")}  third: { text: New }\n`;
    const theirs = replaced("text: Flows", "text: Stops").replace("# the first", "# the first of two");
    const merged = merge(mine, theirs);
    expect(merged).toMatchObject({ kind: "merged", comments: ["# mine"] });
    expect(merged.kind === "merged" && merged.files.get("case.yaml")).toBe(`parley: 1
title: A case # so far
claims:
  # the first of two
  losses: { text: Very heavy, for: x }
  aid: { text: Stops } # aid
  third: {text: New}
`);
  });

  it("names each field that both changed", () => {
    const mine = replaced("Heavy", "One").replace("A case", "One");
    const theirs = replaced("Heavy", "Two").replace("A case", "Two").replace("Flows", "Stops");
    const merged = merge(mine, theirs);
    expect(merged.kind === "conflict" && merged.problems.map(({ code, message }) => [code, message])).toEqual([
      ["edit-conflict", expect.stringContaining(" title ")],
      ["edit-conflict", expect.stringContaining(" claims.losses.text ")],
    ]);
  });

  it.each([
    ["an entry that was removed", replaced("Heavy", "One"), BASE.replace(/ {2}losses.*\n/, "")],
    [
      "an entry that was removed where nothing stood in the field",
      "parley: 1\nclaims:\n  a: { text: T, note: N }\n",
      "parley: 1\nclaims: {}\n",
      "parley: 1\nclaims:\n  a: { text: T, note: }\n",
    ],
    ["an entry that was changed, to remove it", BASE.replace(/ {2}losses.*\n/, ""), replaced("Heavy", "Two")],
    ["an entry that both added", `${BASE}  new: { text: One }\n`, `${BASE}  new: { text: Two, for: y }\n`],
  ])("is a conflict over %s", (_, mine, theirs, base = BASE) => {
    expect(merge(mine, theirs, base).kind).toBe("conflict");
  });

  it("is merged where both made the same change, or added a section each with entries of its own", () => {
    const both = replaced("Heavy", "Light");
    expect(merge(both, `${both}# end\n`)).toMatchObject({ kind: "merged", files: new Map() });
    const merged = merge(`${BASE}events:\n  a: { text: A }\n`, `${BASE}events:\n  b: { text: B }\n`);
    expect(merged.kind === "merged" && merged.files.get("case.yaml")).toBe(
      `${BASE}events:\n  b: { text: B }\n  a: {text: A}\n`,
    );
  });

  it("never changes another item of a list than the one that was meant", () => {
    const base =
      "parley: 1\nclaims:\n  a:\n    tests:\n      - { sign: plus, by: one }\n      - { sign: plus, by: two }\n";
    const mine = base.replace("sign: plus, by: one", "sign: minus, by: one");
    expect(merge(mine, base.replace("      - { sign: plus, by: one }\n", ""), base).kind).toBe("conflict");
    const added = `${base}      - { sign: zero, by: three }\n`;
    const merged = merge(mine, added, base);
    expect(merged.kind === "merged" && merged.files.get("case.yaml")).toBe(
      added.replace("sign: plus, by: one", "sign: minus, by: one"),
    );
  });

  it.each([
    ["is no YAML", "parley: [1\n", BASE],
    ["has a key twice", `${BASE}  aid: { text: Twice }\n`, replaced("Heavy", "Two")],
    ["changes comments alone", replaced("# aid", "# help"), replaced("Heavy", "Two")],
    ["includes another file", `${BASE}include: more.yaml\n`, replaced("Heavy", "Two")],
  ])("is not merged where it %s", (_, mine, theirs) => {
    expect(merge(mine, theirs).kind).toBe("stale");
  });

  it("is not merged into one that cannot be read", () => {
    expect(merge(replaced("Heavy", "One"), "parley: [1\n").kind).toBe("stale");
  });

  it("is an included file's as well: its new entries go into it", () => {
    const main = "parley: 1\ntitle: A case\nclaims:\n  include: claims.yaml\n  own: { text: Own }\n";
    const base = { "case.yaml": main, "claims.yaml": "a: { text: A }\n" };
    const head = {
      ...base,
      "case.yaml": main.replace("Own", "Ours"),
      "claims.yaml": "a: { text: A } # a\nc: { text: C }\n",
    };
    const merged = mergeText(
      filesInMemory(base),
      filesInMemory(head),
      "claims.yaml",
      "b: { text: B }\na: { text: AA }\n",
    );
    expect(merged.kind === "merged" && Object.fromEntries(merged.files)).toEqual({
      "claims.yaml": "b: {text: B}\na: { text: AA } # a\nc: { text: C }\n",
    });
  });

  it("of two who changed different fields holds both changes, whoever was first", () => {
    fc.assert(
      fc.property(changed, fc.stringMatching(/^[a-z]{1,8}$/), ({ before, after }, word) => {
        const own = { ...before, parties: { z: { name: "Z" } } } as RawMap;
        const base = textOf(own);
        const theirs = textOf({ ...after, parties: { z: { name: "Z" } } } as RawMap);
        const mine = textOf({ ...before, parties: { z: { name: `new ${word}` } } } as RawMap);
        for (const [one, other] of [
          [mine, theirs],
          [theirs, mine],
        ] as const) {
          const merged = merge(one, other, base);
          if (merged.kind === "stale") {
            // Nothing but the same changed on one side.
            expect(editsBetween(before, after)).toEqual([]);
            continue;
          }
          expect(merged.kind).toBe("merged");
          const text = merged.kind === "merged" ? (merged.files.get("case.yaml") ?? other) : "";
          const made = readContent(filesInMemory({ "case.yaml": text })).content?.raw;
          expect(plain(made)).toEqual({
            parley: 1,
            ...(plain(after) as object),
            parties: { z: { name: `new ${word}` } },
          });
        }
      }),
      limits,
    );
  });

  it("never loses a change of either unseen, and comes to the same whoever was first", () => {
    fc.assert(
      fc.property(content, changes, changes, (base, one, other) => {
        const [mine, theirs] = [changedBy(base, one), changedBy(base, other)];
        const merged = merge(textOf(mine), textOf(theirs), textOf(base));
        if (merged.kind !== "merged") return;
        const made = rawOf(merged.files.get("case.yaml") ?? textOf(theirs));
        const own = editsBetween(base, mine);
        for (const edit of own) expect(valueThere(made, edit)).toEqual(valueThere(mine, edit));
        for (const edit of editsBetween(base, theirs)) {
          const overlaps = own.some((each) => begins(pathOf(each), pathOf(edit)) || begins(pathOf(edit), pathOf(each)));
          if (!overlaps) expect(valueThere(made, edit)).toEqual(valueThere(theirs, edit));
        }
        const back = merge(textOf(theirs), textOf(mine), textOf(base));
        if (back.kind === "merged") {
          expect(plain(rawOf(back.files.get("case.yaml") ?? textOf(mine)))).toEqual(plain(made));
        }
      }),
      { ...limits, numRuns: 150 },
    );
  });
});

const rawOf = (text: string): Raw => readContent(filesInMemory({ "case.yaml": text })).content?.raw ?? null;

const pathOf = (edit: Edit): readonly string[] => {
  const path = "set" in edit ? edit.set : "remove" in edit ? edit.remove : "add" in edit ? edit.add : edit.rename;
  const steps = typeof path === "string" ? path.split(".").filter((step) => step !== "") : path.map(String);
  return "add" in edit ? [...steps, String(edit.key)] : steps;
};

const begins = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((step, index) => path[index] === step);

/** What stands at an edit's path, as JSON has it. */
function valueThere(raw: Raw, edit: Edit): unknown {
  let there: unknown = plain(raw);
  for (const step of pathOf(edit)) there = (there as Record<string, unknown> | null | undefined)?.[step];
  return there ?? null;
}
