import { describe, expect, test } from "vitest";
import { codeOf, compileModel, maskOf } from "../../../src/stability/index.ts";
import { file, ranking, read } from "./cuba.ts";

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
    expect(ranked.notes).toEqual(["US: its statement is left out, as the file says that rankings count."]);
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
