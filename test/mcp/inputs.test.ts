import { mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateText } from "../../src/case/templates.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { answerCall, Desk, FolderShelf } from "../../src/mcp/index.ts";
import type { Tool } from "../../src/mcp/tool.ts";
import { TOOLS } from "../../src/mcp/tools/index.ts";
import { folderWith, root, SMALL_CASE } from "../support/cli.ts";

const folder = realpathSync(folderWith({ "case.yaml": SMALL_CASE }));
const id = basename(folder);
const write = realpathSync(folderWith({}));
const base = basename(write);
for (const template of ["talks", "negotiation"] as const) {
  mkdirSync(join(write, template));
  writeFileSync(join(write, template, "case.yaml"), templateText(template, "A case", undefined));
}
const desk = new Desk({ shelf: new FolderShelf({ bundled: join(root, "cases"), folders: [folder], write: [write] }) });

const odd = fc.oneof(
  fc.constantFrom("..", "../x", "/etc/passwd", "__proto__", "constructor", ""),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
/** Mostly one of some words that mean something, else anything. */
const mostly = (...words: string[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, odd);
const count = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.integer(), fc.double());
const pack = fc.dictionary(
  mostly("first", "second"),
  fc.oneof(mostly("half", "with", "all"), fc.array(mostly("half", "with", "without"), { maxLength: 3 })),
  { maxKeys: 3 },
);
const text = fc.oneof(fc.constant("Ukraine lost 40 tanks in May 2024. Russia said it would talk."), odd);

const ANYTHING: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  path: mostly("claims", "questions.talks", "sources"),
  file: mostly("case.yaml"),
  node: mostly("talks/posterior", "engine:evidence", "figure:terms"),
  question: mostly("talks"),
  answer: mostly("why", "when"),
  reading: odd,
  set: fc.array(mostly("questions.talks.prior=0.3", "title=x"), { maxLength: 2 }),
  asOf: mostly("2024-11-28"),
  strictAsOf: fc.boolean(),
  seed: count,
  offset: count,
  limit: count,
  depth: count,
  package: pack,
  hold: pack,
  best: mostly("party-a"),
  lever: odd,
  output: odd,
  yaml: mostly(SMALL_CASE, "{", "parley: 1"),
  edits: fc.oneof(
    fc.tuple(fc.record({ set: fc.constant("title"), value: fc.stringMatching(/^[A-Z][a-z]{3,20}$/) })),
    fc.array(
      fc.oneof(
        fc.record({ set: mostly("title", "questions.talks.prior"), value: fc.oneof(odd, fc.double()) }),
        fc.record({ add: mostly("claims", "", "sources"), key: odd, value: fc.jsonValue() }),
        fc.record({ remove: mostly("claims", "title", "asOf", "questions.talks") }),
        fc.record({ rename: mostly("claims", "parties.party-a"), to: odd, references: fc.boolean() }),
        fc.anything(),
      ),
      { maxLength: 3 },
    ),
  ),
  why: odd,
  into: mostly(base),
  date: mostly("2024-06-01"),
  text,
  name: mostly("one", "two", "three"),
  from: fc.oneof(
    fc.record({ copy: mostly(id, "prisoners-dilemma") }),
    fc.record({ yaml: mostly(SMALL_CASE) }),
    fc.record({ text }),
    fc.record({ template: mostly("war", "blank"), title: odd }),
    fc.anything(),
  ),
};

/** Inputs with the keys of a tool, what it needs among them more often than not, and what is in them right or wrong. */
function inputOf({ input: { shape } }: Tool): fc.Arbitrary<unknown> {
  const keys = Object.keys(shape);
  const cases = mostly(id, `${base}/talks`, `${base}/negotiation`, "prisoners-dilemma");
  const fields = keys.map((key) => {
    const arbitrary = key === "case" ? cases : (ANYTHING[key] ?? fc.anything());
    const isNeeded = !(shape[key] as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success;
    return fc.option(arbitrary, { freq: isNeeded || key === "case" ? 20 : 1, nil: undefined });
  });
  const known = fc.tuple(...fields).map((values) => {
    return Object.fromEntries(keys.flatMap((key, i) => (values[i] === undefined ? [] : [[key, values[i]]])));
  });
  return fc.oneof({ weight: 9, arbitrary: known }, fc.anything());
}

describe("any input of a tool", () => {
  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    "%s answers it or says what is wrong",
    async (name, tool) => {
      let answered = 0;
      await fc.assert(
        fc.asyncProperty(inputOf(tool), async (given) => {
          try {
            const { text: told, data } = await answerCall(desk, name, given);
            expect(told.length).toBeGreaterThan(0);
            expect(tool.output.safeParse(data).success).toBe(true);
            answered += 1;
          } catch (error) {
            if (!(error instanceof ParleyError)) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            expect(error.problems.filter(({ code }) => code === "internal")).toEqual([]);
          }
        }),
        { numRuns: 150 },
      );
      // A test that only ever saw refusals would say little; no small case has levers.
      if (name !== "pull_levers") expect(answered).toBeGreaterThan(0);
      // Only new_case makes folders, and only of plain names.
      for (const made of readdirSync(write)) expect(made).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(readdirSync(folder)).toEqual(["case.yaml"]);
    },
  );
});
