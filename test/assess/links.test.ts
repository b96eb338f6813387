import { describe, expect, it } from "vitest";
import { compare } from "../../src/assess/links.ts";
import { assessed, bundled, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
sources: {s: {title: S, by: An Author, published: 2024-01, reliability: A}}
questions: {q: {text: Q, prior: 0.4, because: x}}
claims:
  agrees: {text: a, source: s#1, credibility: 1, bears: {q: 2 to 4}, argues: {q: driver}}
  opposite: {text: b, source: s#2, credibility: 1, bears: {q: 0.2 to 0.5}, argues: {q: driver}}
  open: {text: c, source: s#3, credibility: 1, bears: {q: 0.8 to 1.6}, argues: {q: driver}}
  turned: {text: d, source: s#4, credibility: 1, bears: {q: 2}, argues: {q: driver}}
  silent: {text: e, source: s#5, credibility: 1, argues: {q: obstacle}}
  unsigned: {text: f, source: s#6, credibility: 1, bears: {q: 2}}
  aside: {text: g, source: s#7, credibility: 1}
  draft: {text: h, source: s#8, bears: {q: 9}, argues: {q: driver}, status: draft}
readings:
  other:
    name: Another view
    kind: held
    by: somebody
    because: a test
    set: {claims.turned.bears.q: 0.5}
    reasons: {claims.turned.bears.q: it cuts the other way}
`;

describe("the link table", () => {
  const assessment = assessed(written(CASE));
  const [table] = assessment.links;
  const row = (claim: string) => table?.rows.find((each) => each.claim === claim);

  it("says for each driver and obstacle whether an engine's sign is the source's", () => {
    const findings = table?.rows.map(({ claim, engines }) => [claim, engines[0]?.finding]);
    expect(Object.fromEntries(findings ?? [])).toEqual({
      agrees: "agree",
      opposite: "disagree",
      open: "agree",
      turned: "by-reading",
      silent: "silent",
      unsigned: "no-sign",
    });
  });

  it("gives the sign and size under each reading, the case as coded first", () => {
    const effects = row("turned")?.engines[0]?.effects ?? [];
    expect(effects.map(({ reading }) => reading)).toEqual([null, "other"]);
    expect(effects[0]?.size).toBeCloseTo(0.95 * 10 * Math.log10(2), 9);
    expect(effects[1]?.size).toBeCloseTo(-0.95 * 10 * Math.log10(2), 9);
    expect(effects[0]?.size).toBe(assessment.questions[0]?.claims.find(({ id }) => id === "turned")?.leanDb);
  });

  it("marks a strength whose range holds both signs", () => {
    expect(row("open")?.engines[0]?.effects[0]?.open).toBe(true);
    expect(row("agrees")?.engines[0]?.effects[0]?.open).toBe(false);
    expect(row("turned")?.engines[0]?.effects[0]?.open).toBe(false);
  });

  it("gives each size a reason: what the reading changes, by whose reason, at which line", () => {
    const effect = row("turned")?.engines[0]?.effects[1];
    const node = assessment.nodes[effect?.node ?? ""];
    const change = assessment.nodes[node?.because.find((id) => id.startsWith("parameter:readings.")) ?? ""];
    expect(change).toMatchObject({ value: 0.5, note: "it cuts the other way", line: "case.yaml:20" });
    for (const each of table?.rows.flatMap(({ engines }) => engines.flatMap(({ effects }) => effects)) ?? []) {
      expect(assessment.nodes[each.node]).toBeDefined();
    }
  });

  it("tells its finding in a sentence that names where they do not agree", () => {
    expect(table?.finding).toBe(
      "Of 5 signs that the source claims, the evidence agrees on 2 (on 1 of them its range holds both signs), " +
        "disagrees on 1 (“Opposite”), depends on the reading for 1 (“Turned”) and is silent on 1 (“Silent”).",
    );
    expect(assessment.why.headline).toContain(table?.finding);
  });

  it("shows the same readings whichever one is looked at, with the sizes of that reading as its own figures", () => {
    const other = assessed(written(CASE), { reading: "other" });
    const sizes = (of: typeof assessment) =>
      of.links[0]?.rows.map(({ claim, engines }) => [claim, engines[0]?.effects.map(({ size }) => size)]);
    expect(Object.fromEntries(sizes(other) ?? [])).toEqual(Object.fromEntries(sizes(assessment) ?? []));
    const turned = other.links[0]?.rows.find(({ claim }) => claim === "turned");
    expect(turned?.engines[0]?.effects[1]?.node).toBe("figure:q/turned");
  });

  it("is empty where nothing bears on a question", () => {
    expect(assessed(written("parley: 1\ntitle: T\nquestions: {q: {text: Q}}\n")).links).toEqual([]);
  });
});

describe("comparing signs", () => {
  const of = (...sizes: number[]) => sizes.map((size) => ({ size, within: false }));
  it.each([
    ["driver", of(1, 2), "agree"],
    ["driver", of(-1, -2), "disagree"],
    ["driver", of(1, -2), "by-reading"],
    ["driver", of(0, 0), "disagree"],
    ["obstacle", of(-1), "agree"],
    ["neither", of(0), "agree"],
    ["neither", of(0, 1), "by-reading"],
    [null, of(1), "no-sign"],
    ["driver", [], "silent"],
    ["driver", [{ size: 0.4, within: true }], "no-effect"],
    ["neither", [{ size: 0.4, within: true }], "agree"],
    ["driver", [...of(3), { size: -0.4, within: true }], "agree"],
  ] as const)("of %s with %j is %s", (argues, effects, finding) => {
    expect(compare(argues, effects)).toBe(finding);
  });
});

describe("the link tables of the bundled cases", () => {
  it.each(["ukraine-2024", "colombia-2012"])("of %s have a row for each sign that a source claims", (name) => {
    const dossier = bundled(name);
    const { links } = assessed(dossier);
    const claims = Object.entries(dossier.raw["claims"] as Record<string, { argues?: Record<string, string> }>);
    for (const [claim, { argues }] of claims) {
      for (const [question, sign] of Object.entries(argues ?? {})) {
        const row = links.find((table) => table.question === question)?.rows.find((each) => each.claim === claim);
        expect(row?.argues, `${claim} on ${question}`).toBe(sign);
        expect(row?.engines.map(({ engine }) => engine)).toEqual(
          name === "ukraine-2024" ? ["evidence", "simulation", "terms", "stability"] : ["evidence"],
        );
      }
    }
  });
});
