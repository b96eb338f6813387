import { describe, expect, test } from "vitest";
import { formatProblem } from "../../../src/core/problems/index.ts";
import { readGmcr } from "../../../src/formats/gmcr/index.ts";
import { codeOf, compileModel, maskOf } from "../../../src/stability/index.ts";

/** Two decision makers, three options; parts of the text can be replaced. */
function file(changes: Readonly<Record<string, string>> = {}): string {
  const part = {
    options: `[
    {"name": "Strike", "permittedDirection": "fwd"},
    {"name": "Blockade", "permittedDirection": "both"},
    {"name": "Withdraw", "permittedDirection": "back"}
  ]`,
    us: "[0, 1]",
    ussr: "[2]",
    usWants: '[[[2, "Y"]]]',
    usMore: "",
    infeasibles: "[]",
    more: "",
    ...changes,
  };
  return `{
  "options": ${part.options},
  "decisionMakers": [
    {"name": "US", "options": ${part.us}, "preferences": ${part.usWants}${part.usMore}},
    {"name": "USSR", "options": ${part.ussr}, "preferences": []}
  ],
  "infeasibles": ${part.infeasibles}${part.more}
}
`;
}

const read = (text: string) => readGmcr({ name: "cuba.gmcr", text });

function told(text: string): string[] {
  const { conflict, problems } = read(text);
  expect(conflict).toBeUndefined();
  return problems.map(formatProblem);
}

const RANKED = ', "useManualPreferenceRanking": true';
const ranking = (us: string) =>
  file({ usMore: `, "preferenceRanking": ${us}`, more: RANKED }).replace(
    '"preferences": []}',
    '"preferences": [], "preferenceVector": [[1, 2, 3, 4, 5, 6, 7, 8]]}',
  );

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

describe("a conflict of GMCR+", () => {
  test("is read with the directions of its options, and named after its file", () => {
    const { conflict, notes } = read(file());
    expect(notes).toEqual([]);
    expect(conflict?.name).toBe("cuba");
    expect(conflict?.decisionMakers.flatMap(({ options }) => options)).toEqual([
      { name: "Strike", direction: "forward" },
      { name: "Blockade" },
      { name: "Withdraw", direction: "back" },
    ]);
  });

  test("may lack its version, infeasible patterns and directions, and begin with a byte order mark", () => {
    const text = '\uFEFF{"options": [{"name": "a"}], "decisionMakers": [{"name": "A", "options": [0]}]}';
    const { conflict, problems, version, coalitions } = read(text);
    expect(problems).toEqual([]);
    expect([version, coalitions]).toEqual([undefined, undefined]);
    expect(conflict && compileModel(conflict).size).toBe(2);
    expect(read(text.replace('{"options"', '{"version": "0.3.1", "options"')).version).toBe("0.3.1");
  });

  test("has its options grouped by decision maker, and its states numbered after that", () => {
    const text = `{
      "options": [{"name": "a"}, {"name": "b", "permittedDirection": "fwd"}, {"name": "c"}],
      "decisionMakers": [
        {"name": "A", "options": [2, 0], "preferenceRanking": [3, [1, 2], 4, 5, 6]},
        {"name": "B", "options": [1], "preferenceRanking": [1, 2, 3, 4, 5, 6]}
      ],
      "infeasibles": [[[0, "Y"], [1, "Y"]]],
      "useManualPreferenceRanking": true
    }`;
    const { conflict, notes } = read(text);
    expect(notes).toEqual([
      "Its options were not grouped by decision maker; they are now, and states are numbered in the new order.",
    ]);
    if (conflict === undefined) throw new Error("nothing was read");
    const model = compileModel(conflict);
    expect(model.options.map(({ name }) => name)).toEqual(["c", "a", "b"]);
    expect(model.options.map(({ direction }) => direction)).toEqual(["both", "both", "forward"]);
    // a and b exclude each other: in the new order the second and third letters.
    expect(Array.from({ length: model.size }, (_, s) => codeOf(model, s))).toEqual([
      "NNN",
      "YNN",
      "NYN",
      "YYN",
      "NNY",
      "YNY",
    ]);
    expect(maskOf(model, 5)).toBe(5);
    expect([...(model.preferences[0]?.ranks ?? [])]).toEqual([4, 4, 5, 3, 2, 1]);
  });

  test("keeps options of the same name apart by their positions", () => {
    const { conflict } = read(file({ options: '[{"name": "Full"}, {"name": "Full"}, {"name": "Full"}]' }));
    expect(conflict?.decisionMakers[0]?.options).toEqual([{ name: "Full" }, { name: "Full" }]);
  });

  test("reads compound statements, and drops those that stand twice", () => {
    const usWants = `[
      {"compound": true, "members": [[[0, "Y"], [1, "N"]], [[2, "Y"]]]},
      [[1, "N"], [2, "N"]],
      {"compound": true, "members": [[[2, "Y"]], [[1, "N"], [0, "Y"]]]},
      [[2, "N"], [1, "N"]]
    ]`;
    const { conflict, notes } = read(file({ usWants }));
    const preferences = conflict?.decisionMakers[0]?.preferences;
    expect(preferences?.kind === "statements" && preferences.statements).toHaveLength(2);
    expect(notes).toEqual([
      "US: statement 3 is the same as statement 1 and left out, as in GMCR+.",
      "US: statement 4 is the same as statement 2 and left out, as in GMCR+.",
    ]);
  });

  test("goes by its statements unless the flag says rankings, under either name", () => {
    const usMore = ', "preferenceVector": [8, 7, 6, 5, 4, 3, 2, 1]';
    const plain = read(file({ usMore }));
    expect(plain.conflict?.decisionMakers[0]?.preferences.kind).toBe("statements");
    expect(plain.notes).toEqual(["US: its ranking is left out, as the file says that statements count."]);
    const text = ranking("[8, 7, 6, 5, 4, 3, 2, 1]");
    const ranked = read(text);
    expect(ranked.conflict?.decisionMakers[0]?.preferences).toEqual({
      kind: "ranking",
      ranking: [[7], [6], [5], [4], [3], [2], [1], [0]],
    });
    expect(ranked.notes).toEqual(["US: its 1 statements are left out, as the file says that rankings count."]);
    const old = read(text.replace("useManualPreferenceRanking", "useManualPreferenceVectors"));
    expect(old.conflict).toEqual(ranked.conflict);
  });

  test("keeps what a decision maker does not see", () => {
    const { conflict } = read(file({ usMore: ', "misperceptions": [[[2, "Y"]]]' }));
    if (conflict === undefined) throw new Error("nothing was read");
    const [us] = compileModel(conflict).moves;
    const out = new Int32Array(8);
    expect([us?.from(0, out), us?.from(4, out)]).toEqual([3, 0]);
  });

  test("keeps coalitions that part the decision makers, and no others", () => {
    const coalitions = (list: string) => read(file({ more: `, "coalitions": ${list}, "coalitionsFull": []` }));
    expect(coalitions("[[0, 1]]").coalitions).toEqual([[0, 1]]);
    expect(coalitions("[0, 1]").coalitions).toBeUndefined();
    expect(coalitions("[0, 1]").notes).toEqual([]);
    for (const wrong of ["[[0, 1], 1]", "[0]", "[[0, 2]]", "[[0, 0, 1]]", '["US", 1]', "7"]) {
      expect(coalitions(wrong).coalitions).toBeUndefined();
      expect(coalitions(wrong).notes[0]).toContain("do not name each decision maker once");
      expect(coalitions(wrong).problems).toEqual([]);
    }
  });

  test("says what it leaves out, and reads an infeasible pattern of several parts", () => {
    const { conflict, notes } = read(
      file({
        usMore: ', "colour": "red"',
        infeasibles: '[{"compound": true, "members": [[[0, "Y"], [1, "Y"]], [[2, "Y"]]]}]',
        more: ', "seed": 3, "nodes": []',
      }),
    );
    expect(notes).toEqual([
      "Entries that are not in the format are left out: seed.",
      "Entries of decision makers that are not in the format are left out: colour.",
      "An infeasible pattern has several parts, which GMCR+ itself cannot use; each of them is infeasible here.",
    ]);
    expect(conflict && compileModel(conflict).size).toBe(3);
  });
});
