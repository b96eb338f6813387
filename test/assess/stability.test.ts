import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.ts";
import { assessed, written } from "../support/cases.ts";

/** A river town: North may attack, South may yield; each prefers the other to give way, both fear the worst together. */
const CASE = `parley: 1
title: A river
asOf: 2024-01-31
sources: {s: {title: S, by: An Author, published: 2024-01, reliability: A}}
parties:
  north: {name: North}
  south: {name: South}
questions: {q: {text: Will it hold?, prior: 0.4, because: x}}
claims:
  both-hold:
    {text: Peace holds., source: "s#1", credibility: 1, argues: {q: driver}, bears: {q: 2}, mechanism: {holds: peace},
    encoded: {by: a test, because: x}}
  south-leaves:
    {text: South breaks it., source: "s#2", credibility: 1, argues: {q: obstacle}, bears: {q: 0.5},
    mechanism: {leaves: south, situation: peace}, encoded: {by: a test, because: x}}
graph:
  statusQuo: war
  options:
    north: {attack: Attacks the town}
    south: {resist: Resists}
  situations:
    war: {name: War, state: {attack: yes, resist: yes}}
    peace: {name: Peace, state: {attack: no, resist: no}}
    open: {name: North attacks, state: {attack: yes}}
  preferences:
    north: {statements: [not resist, attack], because: it wants the town, source: "s#1"}
    south: {statements: [not attack, resist], because: it wants to keep it, source: "s#1"}
readings:
  bold:
    {name: A bolder South, kind: held, by: a test, because: x, set: {graph.preferences.south: [resist, not attack]}}
`;
const assessment = assessed(written(CASE));
const { stability } = assessment;
const situation = (id: string) => stability?.situations.find((each) => each.id === id);

describe("the graph model in an assessment", () => {
  it("says by which concepts each situation is an equilibrium, under every reading", () => {
    // A dilemma: war is the only state that nobody can improve on; peace holds only for those who look ahead.
    const peace = situation("peace");
    expect(peace?.readings.map(({ reading, equilibria }) => [reading, equilibria])).toEqual([
      [null, { nash: 0, gmr: 1, smr: 1, seq: 1, sseq: 1 }],
      ["bold", { nash: 0, gmr: 0, smr: 0, seq: 0, sseq: 0 }],
    ]);
    expect(situation("war")?.readings[0]?.equilibria["nash"]).toBe(1);
    expect(peace?.readings[1]?.leave["seq"]).toEqual(["south"]);
  });

  it("counts the states of a situation that leaves options open", () => {
    expect(situation("open")).toMatchObject({ states: [2, 4], code: null, robust: null, inverse: [] });
    expect(situation("open")?.readings[0]).toMatchObject({ states: 2, equilibria: { nash: 1 } });
  });

  it("explains, tells the way there, and what would make it hold", () => {
    const peace = situation("peace");
    expect(peace?.explanations.map(({ party, sentences }) => [party, sentences])).toEqual([
      [
        "north",
        [
          "North would move from “Peace” to state 2, taking up “Attacks the town”; the answer of South, state 2 → “War”, leaves North no better off than “Peace”.",
        ],
      ],
      ["south", [expect.stringContaining("the answer of North, state 3 → “War”, leaves South no better off")]],
    ]);
    // Both would have to move against what they prefer.
    expect(peace?.reach).toEqual({ improvements: null, moves: 2, path: ["South to state 2", "North to “Peace”"] });
    const nash = peace?.inverse.find(({ concept }) => concept === "nash");
    expect(nash).toMatchObject({ equilibrium: false, swaps: 2, fewest: true });
    expect(nash?.changes.map(({ party, past }) => [party, past])).toEqual([
      ["north", "state 2"],
      ["south", "state 3"],
    ]);
    const held = situation("war")?.inverse.find(({ concept }) => concept === "nash");
    expect(held?.unsettle.map(({ party, swaps, past }) => [party, swaps, past])).toEqual([
      ["north", 1, "state 3"],
      ["south", 1, "state 2"],
    ]);
  });

  it("says how surely it holds, exactly where there are few combinations", () => {
    // Each of two parties has two orders, 0.8 and 0.2: peace holds where both have the stated one.
    const robust = situation("peace")?.robust;
    expect(robust).toMatchObject({ concept: "seq", exact: true });
    expect(robust?.p).toBeCloseTo(0.64, 12);
    expect(robust?.hangsBy).toBeCloseTo(0.2, 12);
    expect(stability?.uncertainty).toContain("all 4 combinations");
  });

  it("answers would-it-hold and what would change it, with a reason for every figure", () => {
    expect(assessment.holds.status).toBe("partial");
    expect(assessment.holds.headline).toMatch(/In the graph model of 2 decision makers and 4 states/);
    expect(assessment.holds.headline).toContain("nobody would leave the status quo");
    for (const { node } of assessment.holds.figures) expect(assessment.nodes[node]?.because.length).toBeGreaterThan(0);
    const wanted = Object.values(assessment.nodes).filter(({ id }) =>
      id.startsWith("parameter:graph.preferences.north."),
    );
    expect(wanted.map(({ value, line }) => [value, line])).toEqual([
      ["not resist", expect.stringMatching(/^case\.yaml:\d+$/)],
      ["attack", expect.stringMatching(/^case\.yaml:\d+$/)],
    ]);
  });

  it("stands beside what sources claim of situations, a disagreement included", () => {
    const row = (claim: string) => assessment.links[0]?.rows.find((each) => each.claim === claim);
    const engine = (claim: string) => row(claim)?.engines.find((each) => each.engine === "stability");
    expect(engine("both-hold")?.effects.map(({ size }) => size)).toEqual([1, -1]);
    expect(engine("both-hold")?.finding).toBe("by-reading");
    expect(engine("south-leaves")?.finding).toBe("by-reading");
  });

  it("is in the report, with the state graph and its legend in words", async () => {
    const report = await renderReport(assessment);
    expect(report).toContain("Where decision makers would move");
    expect(report).toContain("it would be an equilibrium if North ranked it above state 2");
    expect(report).toMatch(/<marker id="arrow-720-0"/);
  });

  it("is not there for a case without a graph, which says what it needs", () => {
    const none = assessed(written("parley: 1\ntitle: T\n"));
    expect(none.stability).toBeNull();
    expect(none.holds.awaits.map(({ says }) => says).join(" ")).toContain("needs the section “graph”");
  });
});
