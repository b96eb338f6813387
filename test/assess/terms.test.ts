import { describe, expect, it } from "vitest";
import { bindDynamics, bindTerms, warWorths } from "../../src/assess/index.ts";
import { analyse } from "../../src/terms/index.ts";
import { assessed, bundled, viewed, written } from "../support/cases.ts";

const CASE = `parley: 1
title: A river
asOf: 2024-01-31
sources: {s: {title: S, by: An Author, published: 2024-01, reliability: A}}
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
  town: {name: Town}
issues:
  line: {name: Line, ordered: true, options: {bank: North bank, middle: Middle, far: South bank}}
  toll: {name: Toll, options: {none: No toll, shared: Shared toll}}
positions:
  north:
    accepts: required
    reservation: 0.5
    issues:
      line: {weight: 0.7, values: {bank: 1, middle: 0.6, far: 0}, redLines: [far]}
      toll: {weight: 0.3, values: {none: 0, shared: 1}}
  south:
    accepts: required
    reservation: {of: grab}
    issues:
      line: {weight: 0.4, values: {bank: 0, middle: 0.5, far: 1}}
      toll: {weight: 0.6, values: {none: 1, shared: 0.2}}
  town:
    accepts: none
    issues: {toll: {values: {none: 0, shared: 1}}}
interactions:
  - {party: north, over: [line, toll], values: {middle: {shared: 0.1}}, because: x}
exclusions: [{line: far, toll: none, because: x}]
proposals:
  sketch: {name: Sketch, package: {line: middle}, by: a test, because: x}
  grab: {name: Grab, package: {line: bank, toll: shared}, by: a test, because: x}
questions: {q: {text: Q, prior: 0.4, because: x}}
claims:
  no-deal: {text: South will not have it., source: s#1, credibility: 1, bears: {q: 0.5}, argues: {q: obstacle}, mechanism: {refuses: south, proposal: grab}}
readings:
  proud:
    name: Proud
    kind: held
    by: a test
    because: x
    set: {positions.south.issues.line.redLines: [bank, middle]}
`;
const inputsOf = (yaml: string, worths?: ReturnType<typeof warWorths>) => {
  const bound = bindTerms(viewed(written(yaml)), worths);
  if (bound.inputs === undefined) throw new Error(bound.doesNotApply);
  return bound.inputs;
};

describe("binding a case to the negotiation analysis", () => {
  it("takes issues, weights, values, red lines, exclusions, interactions and proposals as the case has them", () => {
    const { domain, proposals, reservations, assumed } = inputsOf(CASE);
    expect(domain.issues.map(({ name, options, ordered }) => [name, options, ordered])).toEqual([
      ["line", ["bank", "middle", "far"], true],
      ["toll", ["none", "shared"], false],
    ]);
    expect(domain.parties.map(({ name, accepts }) => [name, accepts])).toEqual([
      ["north", "required"],
      ["south", "required"],
      ["town", "none"],
    ]);
    expect(domain.exclusions).toEqual([{ line: "far", toll: "none" }]);
    expect(Object.keys(proposals)).toEqual(["sketch", "grab"]);
    expect(reservations.map(({ kind }) => kind)).toEqual(["stated", "package", "none"]);
    expect(assumed).toEqual(["No weights are given for Town: its issues count alike."]);
    const { proposals: verdicts, space, outcomes } = analyse(domain, { proposals });
    expect(outcomes).toBe(5n);
    // What is together worth more adds a tenth of both weights.
    expect(verdicts["sketch"]?.parties[0]?.utility.best).toBeCloseTo(0.7 * 0.6 + 0.3 + 0.1, 12);
    expect(Array.from(space.reservation)[1]).toBeCloseTo(0.6 * 0.2, 12);
  });

  it("puts what fighting on is worth on the party's own scale, and says how", () => {
    const war = CASE.replace("reservation: 0.5", "reservation: from-war").replace(
      "questions:",
      "war: {clock: {horizon: 12}}\nquestions:",
    );
    const content = viewed(written(war));
    const { inputs } = bindDynamics(content);
    if (inputs === undefined) throw new Error("no war");
    const worths = warWorths(inputs, 1);
    const north = worths.get("north");
    expect(north?.central).toBeGreaterThan(0);
    expect(north?.central).toBeLessThan(1);
    expect(north?.quantile(0.05)).toBeLessThanOrEqual(north?.quantile(0.95) ?? 0);
    const bound = bindTerms(content, worths).inputs;
    const [basis] = bound?.reservations ?? [];
    const { space } = analyse(bound?.domain ?? { issues: [], parties: [] });
    const [least = 0, greatest = 0] = [space.least[0], space.greatest[0]];
    expect(basis?.value).toBeCloseTo(least + (north?.central ?? 0) * (greatest - least), 12);
    expect(basis?.text).toContain("fighting on");
    expect(space.reservation[0]).toBeCloseTo(basis?.value ?? 9, 12);
    expect(inputsOf(war).reservations[0]?.text).toContain("not simulated here");
  });

  it("gives the simulation's menu what a proposal is worth to both sides over the line of today", () => {
    const war = "war: {front: {share: 0.4}, packages: {deal: {proposal: grab, value: from-terms}}}\nquestions:";
    const { inputs } = bindDynamics(viewed(written(CASE.replace("questions:", war))));
    const of = (name: string) => inputs?.parameters.find((each) => each.name === name);
    // North gets its best of all; South 0.12 of a scale from 0.12 (bank, shared) to 0.6 (bank, none) and more.
    const { space } = analyse(inputsOf(CASE).domain, { redLines: false });
    const scale = (i: number, value: number) =>
      (value - (space.least[i] ?? 0)) / ((space.greatest[i] ?? 1) - (space.least[i] ?? 0));
    expect(of("p0a")?.central).toBeCloseTo(scale(0, 1) - 0.4, 4);
    expect(of("p0b")?.central).toBeCloseTo(scale(1, 0.12) - 0.6, 4);
    expect(of("p0a")).toMatchObject({ assumed: false, because: expect.stringContaining("the terms of “Grab”") });
    const without = bindDynamics(viewed(written(CASE.replace("questions:", war.replace("proposal: grab, ", "")))));
    expect(without.problems.map(({ message }) => message)).toEqual([expect.stringContaining("from-terms")]);
  });

  it("does not apply without issues or positions", () => {
    const none = (yaml: string) => bindTerms(viewed(written(yaml)), undefined).doesNotApply;
    expect(none("parley: 1\ntitle: T\n")).toContain("issues");
    expect(none("parley: 1\ntitle: T\nissues: {a: {name: A, options: {x: X, y: Y}}}\n")).toContain("positions");
  });
});

describe("what the negotiation analysis answers", () => {
  const assessment = assessed(written(CASE));
  const { terms, links, nodes, what } = assessment;

  it("says whether a deal exists under every reading, and what stands against it", () => {
    expect(terms?.readings.map(({ name, exists }) => [name, exists])).toEqual([
      ["as coded", true],
      ["Proud", false],
    ]);
    expect(terms?.readings[1]?.says).toBe(
      "red lines leave no package: those of North on line and South on line exclude each other",
    );
    expect(what.status).toBe("answered");
    expect(what.headline).toContain("In 1 of 2 readings a deal exists");
    expect(what.figures.map(({ id }) => id)).toContain("terms/deal");
  });

  it("gives each party's verdict on each proposal, with parts that add up and a reason for every figure", () => {
    for (const { verdicts, node } of terms?.proposals ?? []) {
      expect(nodes[node]?.because.length).toBeGreaterThan(2);
      for (const { shortfall, issues } of verdicts) {
        const sum = Object.values(issues).reduce((total, part) => total + part, 0);
        expect(sum).toBeCloseTo(Object.keys(issues).length === 0 ? 0 : shortfall, 9);
      }
    }
    expect(terms?.proposals.map(({ id, readings }) => [id, readings.map(({ acceptable }) => acceptable)])).toEqual([
      ["sketch", [true, false]],
      ["grab", [true, false]],
    ]);
  });

  it("counts what the zone would be if a red line were dropped, for every party that has one", () => {
    expect(terms?.opens.map(({ party, issue }) => [party, issue])).toEqual([["north", "line"]]);
  });

  it("has a column of the link table for claims of who would not accept what", () => {
    const row = links[0]?.rows[0];
    expect(row?.engines.map(({ engine, finding }) => [engine, finding])).toEqual([
      ["evidence", "agree"],
      // As coded it gets just what no agreement is worth to it; under its red line it would not accept.
      ["terms", "by-reading"],
    ]);
    expect(row?.engines[1]?.effects.map(({ reading, size }) => [reading, Number(size.toFixed(9))])).toEqual([
      [null, 0],
      ["proud", -0.01],
    ]);
  });
});

describe("a case that cannot be analysed", () => {
  it.each([
    [
      "one party",
      CASE.replace(/ {2}south:\n {4}accepts[\s\S]*?interactions:/, "interactions:")
        .replace(", mechanism: {refuses: south, proposal: grab}", "")
        .replace("of: grab", "0.2")
        .replace(/readings:[\s\S]*/, ""),
      "it takes two",
    ],
    [
      "options that all exclude each other",
      CASE.replace("exclusions: [", "exclusions: [{line: [bank, middle, far], because: x}, "),
      "exclu",
    ],
  ])("with %s says so, and answers the rest", (_, yaml, says) => {
    const { what, why, terms } = assessed(written(yaml));
    expect(terms).toBeNull();
    expect(what.headline).toContain("The negotiation analysis does not apply");
    expect(what.headline).toContain(says);
    expect(why.status).not.toBe("awaits");
  });
});

describe("what the bundled case's values imply", () => {
  const { terms, links } = assessed(bundled("ukraine-2024"));

  it("is that no way to fill in land for membership suits Russia: on alignment and guarantees, as the source argues", () => {
    const proposal = terms?.proposals.find(({ id }) => id === "land-for-nato");
    const russia = proposal?.verdicts.find(({ party }) => party === "russia");
    expect(proposal?.acceptable).toBe(false);
    expect(russia?.accepts).toBe("no");
    expect(Object.keys(russia?.redLines ?? {})).toEqual(["alignment", "guarantees"]);
    expect(proposal?.nearest[0]?.changed).toContain("alignment");
    const row = links.flatMap(({ rows }) => rows).find(({ claim }) => claim === "russia-rejects-land-for-nato");
    expect(row?.engines.find(({ engine }) => engine === "terms")?.finding).toBe("agree");
  });

  it("leaves a zone under most readings, and none where both sides' lines on territory exclude each other", () => {
    const none = terms?.readings.filter(({ exists }) => !exists).map(({ reading }) => reading);
    expect(none).toEqual(["no-bargaining-range"]);
    expect(BigInt(terms?.zone.size ?? "0")).toBeGreaterThan(1000n);
    expect(terms?.frontier.exact).toBe(true);
  });
});
