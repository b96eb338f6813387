import { describe, expect, it } from "vitest";
import { bindGraph } from "../../src/assess/index.ts";
import { codeOf, compileModel, maskOf } from "../../src/stability/index.ts";
import { viewed, written } from "../support/cases.ts";

const HEAD = `parley: 1
title: Test
parties: {us: {name: United States}, ussr: {name: Soviet Union}}
graph:
  options:
    us: {strike: {name: Air strike, direction: forward, because: x}, blockade: Blockade}
    ussr: {withdraw: Withdraw, escalate: Escalate}
`;

const bound = (rest: string) => bindGraph(viewed(written(HEAD + rest)));
const problemsOf = (rest: string) =>
  bound(rest).problems.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);

describe("a case bound to the graph model", () => {
  it("gives decision makers, options, states and moves in the order of the case", () => {
    const { inputs } = bound(`  exclusive: [[withdraw, escalate]]
  infeasible: [{when: "strike and blockade", because: x}]
  atLeastOne: [[blockade, strike, withdraw, escalate]]
  situations:
    both: {name: Blockade and withdrawal, state: {us.strike: no, blockade: yes, withdraw: yes, ussr.escalate: no}}
    struck: {strike: Y}
  statusQuo: both
`);
    expect(inputs?.decisionMakers).toEqual(["us", "ussr"]);
    expect(inputs?.optionIds).toEqual(["us.strike", "us.blockade", "ussr.withdraw", "ussr.escalate"]);
    expect(inputs?.conflict.decisionMakers.map(({ name }) => name)).toEqual(["United States", "Soviet Union"]);
    expect(inputs?.conflict.decisionMakers[0]?.options[0]).toEqual({ name: "Air strike", direction: "forward" });
    const model = inputs?.model;
    expect(Array.from({ length: model?.size ?? 0 }, (_, s) => (model === undefined ? "" : codeOf(model, s)))).toEqual([
      "YNNN",
      "NYNN",
      "NNYN",
      "YNYN",
      "NYYN",
      "NNNY",
      "YNNY",
      "NYNY",
    ]);
    expect(inputs?.situations).toMatchObject([
      { id: "both", name: "Blockade and withdrawal", states: [4] },
      { id: "struck", name: "Struck", states: [0, 3, 6] },
    ]);
    expect(inputs?.statusQuo).toEqual({ state: 4, situation: "both" });
    // The strike cannot be undone.
    expect(model?.moves[0]?.has(4, 3)).toBe(true);
    expect(model?.moves[0]?.has(3, 4)).toBe(false);
    expect(inputs?.assumed).toHaveLength(2);
    expect(inputs?.paths.get("infeasible.1")).toEqual(["graph", "exclusive", 0]);
    expect(inputs?.paths.get("decisionMakers.0.options.1")).toEqual(["graph", "options", "us", "blockade"]);
  });

  it("ranks by statements, weights, and rankings of situations, states and numbers", () => {
    const { inputs } = bound(`  exclusive: [[withdraw, escalate]]
  situations: {escalated: {escalate: yes}}
  preferences:
    us:
      statements: ["not strike", {says: withdraw, degree: 2}]
      because: x
    ussr: {ranking: [[YNNN, 1], NYNN, 4, 5, [6, 7, 8], escalated]}
`);
    expect(inputs?.conflict.decisionMakers[0]?.preferences).toMatchObject({
      kind: "statements",
      statements: [{ text: "not strike" }, { text: "withdraw", degree: 2 }],
    });
    expect(inputs?.paths.get("decisionMakers.0.preferences.statements.1")).toEqual([
      "graph",
      "preferences",
      "us",
      "statements",
      1,
    ]);
    expect(inputs?.conflict.decisionMakers[1]?.preferences).toEqual({
      kind: "ranking",
      ranking: [[1, 0], [2], [3], [4], [5, 6, 7], [8, 9, 10, 11]],
    });
    const plain = bound("  preferences: {us: [not strike], ussr: {weights: {strike: -3, escalate: 1}}}\n").inputs;
    expect(plain?.paths.get("decisionMakers.0.preferences.statements.0")).toEqual(["graph", "preferences", "us", 0]);
    expect(plain?.conflict.decisionMakers[1]?.preferences).toEqual({ kind: "weights", weights: [-3, 0, 0, 1] });
  });

  it("removes and adds moves, and hides states", () => {
    const { inputs } = bound(`  irreversible: [{party: ussr, from: escalate, to: not escalate, because: x}]
  additional: [{party: us, from: strike and escalate, to: not strike and not escalate, because: x}]
  misperceives: {ussr: blockade and withdraw}
`);
    const [us, ussr] = inputs?.conflict.decisionMakers ?? [];
    expect(us?.added).toHaveLength(1);
    expect(us?.removed).toHaveLength(0);
    expect(ussr?.removed).toHaveLength(1);
    expect(ussr?.misperceives).toHaveLength(1);
    expect(inputs?.paths.get("decisionMakers.1.removed.0")).toEqual(["graph", "irreversible", 0]);
    const moves = inputs?.model.moves;
    expect(moves?.[1]?.has(8, 0)).toBe(false);
    expect(moves?.[0]?.has(9, 0)).toBe(true);
    expect(moves?.[1]?.has(2, 6)).toBe(false);
  });

  it("leaves what is not said of a party's other wishes with its preferences", () => {
    const { inputs } = bound(`  preferences: {us: [not strike], ussr: [withdraw]}
  uncertain:
    us: [{probability: 0.3, statements: [strike]}, {probability: 20 %, weights: {blockade: 1}}]
    ussr: {swap: 0.1}
`);
    const [us, ussr] = inputs?.uncertain ?? [];
    expect(us?.kind === "alternatives" ? us.alternatives.map(({ probability }) => probability) : []).toEqual([
      0.5, 0.3, 0.2,
    ]);
    expect(us?.kind === "alternatives" ? us.alternatives[0]?.preferences : undefined).toEqual(
      inputs?.conflict.decisionMakers[0]?.preferences,
    );
    expect(ussr).toEqual({ decisionMaker: 1, kind: "swap", probability: 0.1 });
  });

  it("gives the conflict as another sees it, rankings without the states that it does not know of", () => {
    const { inputs } = bound(`  infeasible: [blockade, escalate]
  preferences: {us: {ranking: [YNYN, NNYN, YNNN, NNNN]}, ussr: [withdraw]}
  views: {ussr: {unawareOf: strike, ascribes: {ussr: [not withdraw]}, because: x}}
`);
    const view = inputs?.views[0];
    expect(view).toMatchObject({ decisionMaker: 1, unawareOf: [0], ascribes: [1] });
    expect(view?.conflict.decisionMakers[0]?.preferences).toEqual({ kind: "ranking", ranking: [[1], [0]] });
    const model = view === undefined ? undefined : compileModel(view.conflict);
    expect([0, 1].map((state) => (model === undefined ? -1 : maskOf(model, state)))).toEqual([0, 4]);
    expect(model?.size).toBe(2);
  });

  it.each([
    ["no feasible state", "  infeasible: [strike, not strike]\n", "8:3 no-feasible-state"],
    [
      "a situation that cannot be",
      "  exclusive: [[strike, blockade]]\n  situations: {a: {strike: y, blockade: y}}\n",
      "9:16 situation-infeasible",
    ],
    ["a status quo of several states", "  situations: {a: {strike: no}}\n  statusQuo: a\n", "9:14 situation-ambiguous"],
    [
      "a ranking that misses a state",
      "  preferences: {us: {ranking: [1, 2, [3, NNYN, 6, 7, 8], 9, 10, 11, 12, 13, 14, 15, 16]}}\n",
      "8:22 ranking-misses",
    ],
    ["a ranking that names one twice", "  preferences: {us: {ranking: [1, [2, 3], YNNN]}}\n", "8:43 ranking-twice"],
    [
      "a number beyond the states",
      "  infeasible: [strike, blockade, escalate]\n  preferences: {us: {ranking: [1, 2, 3]}}\n",
      "9:38 ranking-unknown",
    ],
    [
      "a state with too few options",
      "  infeasible: [strike, blockade, escalate]\n  preferences: {us: {ranking: [1, 2, YN]}}\n",
      "9:38 ranking-unknown",
    ],
  ])("says of %s where it stands", (_, text, expected) => {
    expect(problemsOf(text)[0]?.split(": ")[0]).toBe(expected);
  });

  it("does not apply where there is nothing to decide", () => {
    const without = HEAD.slice(0, HEAD.indexOf("graph:"));
    expect(bindGraph(viewed(written(without))).doesNotApply).toMatch(/no section “graph”/);
    expect(bindGraph(viewed(written(`${without}graph: {options: {us: {}}}\n`))).doesNotApply).toMatch(/no options/);
  });
});
