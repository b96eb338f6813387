import { describe, expect, it } from "vitest";
import { bindDynamics } from "../../src/assess/index.ts";
import { runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import { renderReport } from "../../src/report/index.ts";
import { assessed, viewed, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
questions:
  talks: {text: Will they talk by June?, event: talks, by: 2024-06-29, prior: 0.3, because: x}
  late: {text: Will they stop in time?, event: stop, by: 2040-01-01, prior: 0.3, because: x}
  other: {text: Something else?, event: none, by: 2024-12-31, prior: 0.3, because: x}
war: {front: {strength: {value: 0.1 to 0.4, because: a guess}}, clock: {horizon: 24}}
readings:
  pressed: {name: Pressed, kind: held, by: x, because: x, set: {war.mediation.level: 1.5}}
  same: {name: The same war, kind: counter, counterTo: pressed, by: x, because: x, set: {questions.talks.prior: 0.5}}
  extreme: {name: Extreme, kind: stress, by: x, because: x, set: {war.talks.onset: 0}}
`;

describe("the simulation in an assessment", () => {
  const dossier = written(CASE);
  const assessment = assessed(dossier);
  const simulation = assessment.simulation;
  if (simulation === null) throw new Error("no simulation");

  it("runs the case as coded and each reading that changes the war, and names those that do not", () => {
    expect(simulation.readings.map(({ reading, kind }) => [reading, kind])).toEqual([
      [null, "base"],
      ["pressed", "held"],
      ["extreme", "stress"],
    ]);
    expect(simulation.same).toEqual(["The same war"]);
  });

  it("has the ensemble's own counts", () => {
    const { inputs } = bindDynamics(viewed(dossier));
    if (inputs === undefined) throw new Error("not bound");
    const input = { ...inputs, uncertain: [] };
    const summary = new Summary(tallyLayoutOf(input), runRange(input, 1, 0, simulation.runs));
    expect(simulation.readings[0]?.talksBy).toEqual(summary.by("talks").map(({ p }) => p));
    expect(simulation.occupancy[11]?.["war"]).toBe(summary.occupancy(12).war.p);
    expect(simulation.readings[0]?.digest).not.toBe(simulation.predictive.digest);
  });

  it("answers questions by the last month that ends in time, and none beyond its reach", () => {
    const [talks, late] = simulation.questions;
    expect(simulation.questions.map(({ question }) => question)).toEqual(["talks", "late"]);
    expect(simulation.dates.slice(0, 5)).toEqual([
      "2024-02-29",
      "2024-03-31",
      "2024-04-30",
      "2024-05-31",
      "2024-06-30",
    ]);
    expect([talks?.month, talks?.date]).toEqual([4, "2024-05-31"]);
    expect(late?.month).toBe(24);
    expect(talks?.readings[0]?.p).toBe(simulation.readings[0]?.talksBy[3]);
    expect(talks?.stress).toEqual({ low: 0, high: 0 });
    expect(talks?.range.high).toBe(talks?.readings.find(({ reading }) => reading === "pressed")?.p);
  });

  it("puts the range over readings before single figures, and stress tests last, as what they are", () => {
    expect(assessment.when.headline).toMatch(
      /Simulated, in \d+.*over 2 readings \(1 more leaves the war as it is\); .* at central values.*; stress tests/,
    );
    expect(assessment.holds.headline).toMatch(/relapses within 12 months in .* over 2 readings/);
    expect(assessment.holds.status).toBe("partial");
  });

  it("has a reason for its figures: the engine, each parameter with its place and reason, what is assumed", () => {
    const node = assessment.nodes[simulation.node];
    const reasons = node?.because.map((id) => assessment.nodes[id]) ?? [];
    expect(reasons.map((reason) => reason?.kind)).toEqual(
      expect.arrayContaining(["engine", "parameter", "definition"]),
    );
    expect(assessment.nodes["parameter:war.front.strength"]).toMatchObject({
      value: "0.1 to 0.4",
      note: "a guess",
      line: "case.yaml:11",
    });
    const assumed = simulation.parameters.filter((parameter) => parameter.assumed).length;
    expect(assessment.nodes["definition:assumed-parameters"]?.label).toContain(`${assumed} parameters`);
  });

  it("keeps to its seed, and follows the reading that is looked at", () => {
    expect(assessed(dossier).simulation).toEqual(simulation);
    expect(assessed(dossier, {}, 2).simulation?.readings[0]?.digest).not.toBe(simulation.readings[0]?.digest);
    const extreme = assessed(dossier, { reading: "extreme" });
    expect(extreme.simulation?.predictive.reading).toBe("extreme");
    expect(extreme.simulation?.predictive.talksBy.at(-1)).toBe(0);
  });

  it("stands in the report with the sides' names", async () => {
    const report = await renderReport(assessment);
    expect(report).toContain("North prevails");
    expect(report).toContain("Extreme (stress)");
    expect(report).toContain("Parameters of the simulation");
  });

  it("is not there for a case without a war, which says what it needs", async () => {
    const none = assessed(written("parley: 1\ntitle: T\n"));
    expect(none.simulation).toBeNull();
    expect(none.when.awaits.map(({ says }) => says).join(" ")).toContain("needs the section “war”");
    expect(await renderReport(none)).not.toContain("Parameters of the simulation");
  });
});
