import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../../src/core/problems/index.ts";
import { file, ranking, read } from "./cuba.ts";

function told(text: string): string[] {
  const { conflict, problems } = read(text);
  expect(conflict).toBeUndefined();
  return problems.map(formatProblem);
}

describe("a file that is no conflict of GMCR+", () => {
  test.each([
    ["nothing", "", "cuba.gmcr:1:1  invalid JSON: it ends where a value is expected"],
    ["words", "hello", "cuba.gmcr:1:1  invalid JSON: expected a value here"],
    ["a comma too many", '{\n "options": [1,]}', "cuba.gmcr:2:16  invalid JSON: expected a value after the comma here"],
    ["a cut file", '{"options": [', "cuba.gmcr:1:14  invalid JSON: it ends where a value is expected"],
    ["a missing comma", '{"a": 1 "b": 2}', "cuba.gmcr:1:9  invalid JSON: expected , or } here"],
    ["a missing colon", '{"a" 1}', "cuba.gmcr:1:6  invalid JSON: expected : here"],
    ["a bare key", "{a: 1}", "cuba.gmcr:1:2  invalid JSON: expected a key in double quotes here"],
    ["an open text", '{"a": "b\n}', "cuba.gmcr:1:7  invalid JSON: this text is never closed"],
    ["a wrong escape", '{"a": "\\x"}', "cuba.gmcr:1:7  invalid JSON: this text has a character or an escape"],
    ["two values", "{} {}", "cuba.gmcr:1:4  invalid JSON: expected the end of the file here"],
    ["no number", '{"a": NaN}', "cuba.gmcr:1:7  invalid JSON: expected a value here"],
    ["deep nesting", "[".repeat(200), "cuba.gmcr:1:102  invalid JSON: nested more than 100 levels deep"],
    ["a list", "[1, 2]", "cuba.gmcr:1:1  invalid file: not a conflict in the format of GMCR+ (not an object)"],
    ["something else", '{"options": []}', "(no list of decisionMakers)"],
    ["options of another kind", '{"options": {}, "decisionMakers": []}', "(no list of options)"],
  ])("with %s is told from one", (_, text, message) => {
    const all = told(text);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(message);
  });
});

describe("a mistake in a conflict is told once, with its place:", () => {
  test.each([
    [
      "an option owned twice",
      file({ ussr: "[2, 1]" }),
      "cuba.gmcr:9:37  invalid owner: the option 1 (Blockade) belongs to US and USSR",
    ],
    [
      "an option named twice by its owner",
      file({ us: "[0, 1, 0]" }),
      "cuba.gmcr:8:38  invalid owner: the option 0 (Strike) belongs to US and US",
    ],
    [
      "an option owned by none",
      file({ us: "[0]" }),
      "cuba.gmcr:4:5  missing owner: the option 1 (Blockade) belongs to no decision maker",
    ],
    [
      "an option that is not there",
      file({ ussr: "[2, 3]" }),
      "cuba.gmcr:9:37  invalid option of USSR: 3 (expected 0..2)",
    ],
    [
      "an option by its name",
      file({ ussr: '["Withdraw"]' }),
      "cuba.gmcr:9:34  invalid options[0]: Withdraw (expected a number)",
    ],
    [
      "an unknown direction",
      file().replace('"back"', '"bck"'),
      "cuba.gmcr:5:48  invalid direction: bck (expected both, fwd or back)",
    ],
    [
      "a direction that is a word of the language",
      file().replace('"back"', '"constructor"'),
      "invalid direction: constructor",
    ],
    ["an option without a name", file().replace('"name": "Strike", ', ""), "cuba.gmcr:3:5  missing name in options[0]"],
    [
      "an option that is a text",
      file({ options: '["Strike"]', us: "[0]", ussr: "[]", usWants: "[]" }),
      "cuba.gmcr:2:15  invalid options[0]: Strike (expected entries in braces)",
    ],
    [
      "a decision maker without a name",
      file().replace('"name": "US", ', ""),
      "cuba.gmcr:8:5  missing name in decisionMakers[0]",
    ],
    [
      "a decision maker without options",
      file().replace('"options": [2], ', ""),
      "missing options in decisionMakers[1]",
    ],
    [
      "no decision makers",
      '{"options": [{"name": "a"}], "decisionMakers": []}',
      "cuba.gmcr:1:48  invalid model: 0 decision makers",
    ],
    [
      "a statement of an option that is not there",
      file({ usWants: '[[[5, "Y"]]]' }),
      "cuba.gmcr:8:57  invalid option: 5 (expected 0..2)",
    ],
    ["a statement of an option in part", file({ usWants: '[[[1.5, "Y"]]]' }), "invalid option: 1.5 (expected 0..2)"],
    [
      "a statement with another letter",
      file({ usWants: '[[[0, "J"]]]' }),
      "cuba.gmcr:8:60  invalid condition: J (expected Y or N)",
    ],
    [
      "a statement that is a number",
      file({ usWants: "[3]" }),
      "cuba.gmcr:8:55  invalid preferences[0]: 3 (expected a list)",
    ],
    ["a condition of one part", file({ usWants: "[[[0]]]" }), "invalid condition: a list of 1"],
    [
      "a statement that contradicts itself",
      file({ usWants: '[[[0, "Y"], [0, "N"]]]' }),
      "invalid condition: option 0 both Y and N (expected each option once)",
    ],
    [
      "a compound statement without members",
      file({ usWants: '[{"compound": true}]' }),
      "missing members in preferences[0]",
    ],
    ["statements that are no list", file({ usWants: '"many"' }), "invalid preferences: many (expected a list)"],
    [
      "a pattern of an option that is not there",
      file({ infeasibles: '[[[9, "Y"]]]' }),
      "cuba.gmcr:11:21  invalid option: 9 (expected 0..2)",
    ],
    [
      "patterns that exclude everything",
      file({ infeasibles: '[[[0, "Y"]], [[0, "N"]]]' }),
      "cuba.gmcr:11:18  invalid model: no state is feasible",
    ],
    ["a pattern of nothing", file({ infeasibles: "[[]]" }), "cuba.gmcr:11:18  invalid model: no state is feasible"],
    [
      "a flag that is a word",
      file({ more: ', "useManualPreferenceRanking": "yes"' }),
      "invalid useManualPreferenceRanking: yes (expected true or false)",
    ],
    [
      "a ranking that misses a state",
      ranking("[1, 2, 3, [4, 5], 6, 8]"),
      "missing state: the ranking of US leaves out state 7 (NYY)",
    ],
    ["a ranking that misses several", ranking("[1, 2, 3]"), "leaves out state 4 (YYN) and 4 more"],
    [
      "a ranking with a state twice",
      ranking("[1, 2, 3, [4, 5], 6, 7, 8, 4]"),
      "invalid ranking: US ranks state 4 (YYN) twice",
    ],
    [
      "a ranking of a state that is not there",
      ranking("[0, 1, 2, 3, 4, 5, 6, 7, 8]"),
      "unknown state: state 0 in the ranking of US (expected 1..8)",
    ],
    [
      "a ranking of a state beyond the last",
      ranking("[1, 2, 3, 4, 5, 6, 7, [9]]"),
      "unknown state: state 9 in the ranking of US (expected 1..8)",
    ],
    ["a ranking of texts", ranking('["YNN"]'), "invalid preferenceRanking[0]: YNN (expected a number)"],
    ["a ranking that is a text", ranking('"1 2 3"'), "invalid preferenceRanking: 1 2 3 (expected a list)"],
    [
      "no ranking where rankings count",
      ranking("null"),
      "cuba.gmcr:8:5  missing preferenceRanking in decisionMakers[0]",
    ],
  ])("%s", (_, text, message) => {
    const all = told(text);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(message);
    expect(all[0]).toMatch(/^cuba\.gmcr:\d+:\d+ {2}/);
  });

  test("too many options, and too many states", () => {
    const wide = (count: number) =>
      JSON.stringify({
        options: Array.from({ length: count }, (_, k) => ({ name: `o${k}` })),
        decisionMakers: [{ name: "A", options: Array.from({ length: count }, (_, k) => k) }],
      });
    expect(told(wide(60))).toEqual(["cuba.gmcr:1:12  invalid model: 60 options (expected at most 52)"]);
    expect(told(wide(30))[0]).toContain("cuba.gmcr:1:12  invalid model: more than");
  });

  test("several mistakes, each", () => {
    const text = file({ ussr: "[2, 3]", usWants: '[[[5, "Y"]], [[0, "J"]]]' }).replace('"fwd"', '"up"');
    expect(told(text)).toHaveLength(4);
  });
});

describe("whatever stands in a file", () => {
  const KEYS = ["options", "decisionMakers", "infeasibles", "name", "preferences", "members", "coalitions", "payoffs"];
  const anything = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, 1, -1, 1.5, "Y", "N", "fwd", ""),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 3 }),
    ),
  })).value;

  test("it is read or its problems are told", () => {
    const list = fc.array(anything, { maxLength: 3 });
    const files = fc.record({ options: list, decisionMakers: list, infeasibles: anything, coalitions: anything });
    fc.assert(
      fc.property(files, (value) => {
        const { conflict, problems } = read(JSON.stringify(value));
        expect(conflict === undefined).toBe(problems.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  test("a text that was cut into is read or its problems are told", () => {
    const text = ranking("[1, 2, 3, [4, 5], 6, 7, 8]");
    const cut = fc.tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom("", "[", "]", '"', "7", ",", "null", "{}"));
    fc.assert(
      fc.property(cut, ([at, length, by]) => {
        const { conflict, problems } = read(text.slice(0, at) + by + text.slice(at + length));
        expect(conflict === undefined).toBe(problems.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  test("any JSON is JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(text).problems.filter(({ code }) => code === "json-syntax")).toEqual([]);
      }),
    );
  });
});
