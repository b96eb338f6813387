import { describe, expect, it } from "vitest";
import { checkDossier, filesInMemory, listUngrounded, readDossier } from "../../src/case/index.ts";
import { viewed, written } from "../support/cases.ts";

const HEAD = `parley: 1
title: Test
parties: {russia: {name: Russia}, us: {name: United States}, europe: {name: Europe}}
graph:
  options:
    russia: {attack: Attack, withdraw: {name: Withdraw, direction: forward, because: x}}
    us: {arm: {name: Arm}}
`;

/** The problems of a graph section, as `line:column code: message | hint`. */
function problemsOf(rest: string): string[] {
  const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": HEAD + rest }));
  const all = [...problems, ...(dossier === undefined ? [] : checkDossier(dossier))];
  return all.map(({ line, column, code, message, hint }) => `${line}:${column} ${code}: ${message} | ${hint}`);
}

describe("the section graph", () => {
  it("is read as the documentation writes it", () => {
    const text = `${HEAD}  infeasible: ["russia.attack and russia.withdraw"]
  statusQuo: fighting
  situations:
    fighting: {russia.attack: yes, withdraw: No, us.arm: true}
    ceasefire: {name: Ceasefire, state: {russia.attack: n}}
  preferences:
    russia: ["not us.arm if russia.withdraw", {says: not arm, degree: 2, source: s}]
    us: {weights: {russia.attack: -3, arm: 1}}
sources: {s: {title: T, kind: report, reliability: B, because: x}}
`;
    expect(checkDossier(written(text))).toEqual([]);
    const { graph } = viewed(written(text));
    expect(Object.keys(graph?.options ?? {})).toEqual(["russia", "us"]);
    expect(graph?.options["russia"]?.["attack"]).toEqual({ name: "Attack" });
    expect(graph?.situations?.["fighting"]?.state).toEqual({ "russia.attack": true, withdraw: false, "us.arm": true });
    expect(graph?.situations?.["ceasefire"]).toEqual({ name: "Ceasefire", state: { "russia.attack": false } });
    expect(graph?.infeasible).toEqual([{ when: "russia.attack and russia.withdraw" }]);
    const russia = graph?.preferences?.["russia"];
    expect(russia !== undefined && "statements" in russia ? russia.statements.map(({ says }) => says) : []).toEqual([
      "not us.arm if russia.withdraw",
      "not arm",
    ]);
  });

  it.each([
    ["a slip in a plain list", "  infeasible: [russia.attack and russia.widraw]\n", "8:34 formula-syntax"],
    ["a slip in quotes", '  infeasible: ["not russia.attak"]\n', "8:21 formula-syntax"],
    ["a statement that ends early", "  preferences:\n    us: ['not arm or']\n", "9:21 formula-syntax"],
    ["an open bracket", "  preferences:\n    us:\n      - says: attack if (arm\n", "10:25 formula-syntax"],
    ["an unknown decision maker", "  preferences: {europe: [arm]}\n", "8:17 unknown-reference"],
    ["an unknown option of a state", "  situations: {a: {russia.atack: no}}\n", "8:20 unknown-reference"],
    ["an unknown option among several", "  exclusive: [[attack, withdrw]]\n", "8:24 unknown-reference"],
    ["an unknown situation", "  statusQuo: a\n  situations: {b: {arm: no}}\n", "8:14 unknown-reference"],
    ["a word that is neither yes nor no", "  situations: {a: {arm: perhaps}}\n", "8:25 invalid-value"],
    [
      "two ways of preferences at once",
      "  preferences: {us: {weights: {arm: 1}, ranking: [1]}}\n",
      "8:21 preference-shape",
    ],
    ["probabilities above 1", "  uncertain: {us: [{probability: 1.2, weights: {arm: 1}}]}\n", "8:34 invalid-notation"],
    [
      "a swap without an order",
      "  preferences: {us: {weights: {arm: 1}}}\n  uncertain: {us: {swap: 0.1}}\n",
      "9:15 swap-without-order",
    ],
    ["an unknown situation in a ranking", "  preferences: {us: {ranking: [YNN, [b]]}}\n", "8:38 unknown-reference"],
    ["a move without its end", "  irreversible: [{party: us, from: arm}]\n", "8:18 missing-key"],
  ])("places %s", (_, text, expected) => {
    expect(problemsOf(text).map((each) => each.split(": ")[0])).toEqual([expected]);
  });

  it("suggests the option that a slip may mean", () => {
    expect(problemsOf("  infeasible: [russia.atack]\n")[0]).toMatch(
      /no option russia\.atack.*did you mean russia\.attack\?/,
    );
    expect(problemsOf("  infeasible: [atack]\n")[0]).toMatch(/did you mean attack\?/);
  });

  it("checks what a reading writes where the reading writes it", () => {
    const rest = `  preferences: {us: [arm]}
readings:
  other:
    kind: held
    by: T
    because: x
    set:
      graph.preferences.us: ["arm", "not attck"]
`;
    expect(problemsOf(rest).map((each) => each.split(": ")[0])).toEqual(["15:42 formula-syntax"]);
    const clean = written(HEAD + rest.replace("attck", "attack"));
    const own = viewed(clean, { reading: "other" }).graph?.preferences?.["us"];
    expect(own !== undefined && "statements" in own ? own.statements.length : 0).toBe(2);
  });

  it("refuses a key of a list, which would be lost", () => {
    const rest = `  preferences: {us: [arm]}
readings: {other: {kind: held, by: T, because: x, set: {graph.preferences.us.statements: [attack]}}}
`;
    expect(problemsOf(rest).map((each) => each.split(": ")[0])).toEqual(["9:57 unset-path"]);
  });

  it("lists judgements with neither a source nor a reason", () => {
    const text = `${HEAD}  infeasible: ["attack and withdraw"]
  preferences: {us: [{says: arm, because: x}, not attack]}
`;
    expect(listUngrounded(written(text)).map(({ message }) => message.split(": ")[1]?.split(" has ")[0])).toEqual([
      "the option russia.attack",
      "the option us.arm",
      "graph.infeasible.1",
      "statement 2 of us",
    ]);
  });

  it("leaves out a statement that rests on a source of a later day", () => {
    const text = `${HEAD}  preferences: {us: [{says: arm, source: late}, {says: not attack, because: x}]}
asOf: 2024-11-28
sources: {late: {title: T, kind: report, reliability: B, because: x, published: 2025-02, hindsight: y}}
`;
    const own = viewed(written(text), { strictAsOf: true }).graph?.preferences?.["us"];
    expect(own !== undefined && "statements" in own ? own.statements.map(({ says }) => says) : []).toEqual([
      "not attack",
    ]);
  });

  it("may be what a claim is compared with", () => {
    const text = `${HEAD}  situations: {fighting: {attack: yes}}
claims:
  a: {text: x, mechanism: {leaves: us, situation: fighting}}
  b: {text: x, mechanism: {holds: figting}}
  c: {text: x, mechanism: {leaves: europe, situation: fighting}}
`;
    const { dossier } = readDossier(filesInMemory({ "case.yaml": text }));
    const found = dossier === undefined ? [] : checkDossier(dossier).filter(({ severity }) => severity === "error");
    expect(found.map(({ message }) => message)).toEqual([
      "unknown situation: figting",
      "unknown decision maker: europe",
    ]);
  });
});
