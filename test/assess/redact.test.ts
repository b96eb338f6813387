import { describe, expect, it } from "vitest";
import { type Assessment, assessmentSchema, redacted, redactedComparison } from "../../src/assess/index.ts";
import { renderReport } from "../../src/report/index.ts";
import { assessed, bundled, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
about: Ada Lovelace and Charles Babbage disagree; North does not.
authors: [Mary Shelley]
sources:
  s: {title: On hills, by: Ada Lovelace and Charles Babbage, published: 2024-01, url: "https://hills.example/a", reliability: B}
  n: {title: Statement, by: North, published: 2024-02}
parties: {north: {name: North}, south: {name: South}}
issues:
  hills: {name: Hills, options: {all: All, half: Half, none: None}}
  trade: {name: Trade, options: {open: Open, shut: Shut}}
proposals: {plan: {name: A plan, by: South, package: {hills: half, trade: shut}, source: "s#3", note: privately told}}
positions:
  north:
    accepts: required
    reservation: 0.31
    issues:
      hills: {weight: 0.6, values: {all: 1, half: {value: 0.3719, basis: inferred, by: Mary Shelley, because: a guess at night}, none: 0}, redLines: [none], basis: stated, source: "s#2"}
      trade: {weight: 0.4, values: {open: 0.1327, shut: 1}, basis: inferred, by: Mary Shelley, because: overheard in a lift}
  south:
    accepts: required
    reservation: 0.2
    issues:
      hills: {weight: 1, values: {all: 0, half: 0.5, none: 1}, redLines: [all], basis: inferred, by: Mary Shelley}
questions:
  talks: {text: Will they talk?, hypotheses: [yes, no], by: 2025-12-31, prior: 0.3 to 0.6, because: Ada Lovelace thinks so.}
claims:
  tired: {text: "Both are tired, says Charles Babbage.", source: "s#1", credibility: 2, bears: {talks: 2}, encoded: {by: Mary Shelley, because: seen}}
readings:
  hard: {name: Hard, kind: held, by: "Mary Shelley, after Babbage (2024)", because: he is sure, source: s, set: {claims.tired.bears.talks: {value: 3, because: a hunch}}}
`;

/** Every text of some data, with ids and keys. */
const texts = (assessment: Assessment): string => JSON.stringify(assessment);

/** All citations that an assessment holds, however deep. */
function citationsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(citationsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "citations" && Array.isArray(part) ? part.map(String) : citationsIn(part),
  );
}

describe("an assessment for the room", () => {
  const whole = assessed(written(CASE));
  const room = redacted(whole);

  it("holds no source, no citation, no author's or analyst's name and none of their reasons", () => {
    const left = texts(room);
    const gone = [
      "Lovelace",
      "Babbage",
      "Mary Shelley",
      "On hills",
      "hills.example",
      "a guess at night",
      "overheard",
      "privately told",
    ];
    for (const each of [...gone, "he is sure", "a hunch", "¶"]) {
      expect(texts(whole), each).toContain(each);
      expect(left, each).not.toContain(each);
    }
    expect(citationsIn(room)).toEqual([]);
    expect(Object.values(room.nodes).filter(({ kind }) => kind === "source")).toEqual([]);
    expect(Object.values(room.nodes).filter(({ line }) => line !== undefined)).toEqual([]);
    expect(room.case.about).toBe("[withheld] disagree; North does not.");
  });

  it("tells base rates by their classes, without the reasons for which they were chosen", () => {
    const history = `asOf: 2024-11-28
history:
  start: 2022-02-24
  classes: {own: {name: Long wars, from: interstate-wars, lasting: 12, because: whispered by Mary Shelley}}
`;
    const text = CASE.replace("title: T\n", `title: T\n${history}`).replace(
      "by: 2025-12-31, prior",
      "by: 2025-12-31, referenceClass: own, prior",
    );
    const asked = assessed(written(text));
    expect(texts(asked)).toContain("whispered");
    const shown = redacted(asked);
    expect(texts(shown)).not.toContain("whispered");
    expect(shown.baseRates?.questions[0]?.rates).toEqual(asked.baseRates?.questions[0]?.rates);
    expect(shown.baseRates?.classes[0]?.named.length).toBeGreaterThan(20);
  });

  it("holds no inferred position, nor what would give one away", () => {
    const [north, south] = room.negotiation.positions;
    expect(north?.stances.map(({ issue }) => issue)).toEqual(["hills"]);
    expect(north?.stances[0]?.values.map(({ option }) => option)).toEqual(["all", "none"]);
    expect(north?.stances[0]?.redLines).toEqual(["none"]);
    expect(south?.stances).toEqual([]);
    for (const value of ["0.3719", "0.1327"]) {
      expect(texts(whole), value).toContain(value);
      expect(texts(room), value).not.toContain(value);
    }
    expect(
      Object.keys(room.nodes).filter((id) => /^parameter:positions\.(north\.issues\.trade|south)/.test(id)),
    ).toEqual([]);
    expect([north?.reservation, south?.reservation]).toEqual([null, null]);
    expect(room.terms?.parties.map(({ reservation, basis }) => [reservation, basis])).toEqual([
      [null, ""],
      [null, ""],
    ]);
    expect(room.terms?.weights.flat().every((weight) => weight === 0)).toBe(true);
  });

  it("keeps figures, parties' names and references as they are", () => {
    expect(room.when.likelihood).toEqual(whole.when.likelihood);
    expect(texts(room)).toContain("North");
    expect(assessmentSchema.safeParse(room).success).toBe(true);
    const ids = new Set(Object.keys(room.nodes));
    for (const { because } of Object.values(room.nodes)) for (const id of because) expect(ids, id).toContain(id);
    expect(redacted(room)).toEqual(room);
  });

  it("leaves nothing of a large case's sources in the assessment or in its report", async () => {
    const large = assessed(bundled("ukraine-2024"), {}, 1, true);
    const html = await renderReport(large, { room: true });
    const left = texts(redacted(large));
    // Who acts is named, whoever else wrote of it.
    const actors = new Set([
      ...large.negotiation.positions.map(({ name }) => name),
      ...large.negotiation.norms.flatMap(({ parties }) => parties),
      ...large.timeline.flatMap(({ actors: acting, addressees }) => [...acting, ...addressees]),
    ]);
    const names = large.sources.flatMap(({ by }) => by ?? []).filter((name) => !actors.has(name));
    const citations = citationsIn(large);
    const within = (text: string, secret: string) => {
      const at = text.indexOf(secret);
      return at >= 0 && !/[\p{L}\p{N}]/u.test((text[at - 1] ?? " ") + (text[at + secret.length] ?? " "));
    };
    expect(names.length).toBeGreaterThan(50);
    const found = [...new Set([...names, ...citations])].filter((each) => within(left, each));
    expect(found).toEqual([]);
    for (const { url } of large.sources) if (url !== null) expect(html).not.toContain(url);
    expect(html).toContain("Redacted for the room");
    expect(html).not.toContain('id="sources"');
    expect(html).not.toContain("Ding Xiaoxing");
  });
});

describe("two views side by side, for the room", () => {
  const part = { value: 0.1, se: 0.01 };
  const inputs = [
    { path: "war.deaths", label: "deaths, after Charles Babbage", a: "1", b: "{value: 2, because: a hunch}" },
    { path: "positions.north.issues.trade.weight", label: "weight of trade", a: "0.4", b: "0.7" },
  ];
  const compared = {
    simulation: {
      runs: 10,
      paired: true,
      outputs: [],
      inputs,
      attribution: { runs: 10, inputs: inputs.map(({ path, label }) => ({ path, label, parts: [part] })) },
    },
    evidence: [],
  };

  it("name no source and say of no party what it is supposed to want; figures stay", () => {
    const { simulation } = redactedComparison(compared, assessed(written(CASE)));
    expect(simulation.inputs).toEqual([{ path: "war.deaths", label: "deaths, after [withheld]", a: "1", b: "…" }]);
    expect(simulation.attribution.inputs).toEqual([
      { path: "war.deaths", label: "deaths, after [withheld]", parts: [part] },
    ]);
  });
});

describe("a report of chosen sections", () => {
  it("has these alone, in the report's order, and no link that leads nowhere", async () => {
    const html = await renderReport(assessed(bundled("colombia-2012")), { sections: ["limits", "when"] });
    expect([...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(["when", "limits"]);
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, to] of html.matchAll(/href="#([^"]*)"/g)) expect(ids, to).toContain(to);
    expect(html).toContain('@top-right { content: "Parley ');
  });
});
