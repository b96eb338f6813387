import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoContains } from "d3-geo";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import { crimeaIn, type Land, recognisedCountries } from "../../src/web/map/countries.ts";
import { MOST_DRAWN, mapOf, QUESTION, selectionOf } from "../../src/web/state/argument.ts";
import { asOfOn, dayScale, knownOf } from "../../src/web/state/as-of.ts";
import { fingerprints, lastVisit, remember, sinceVisit, type Visit } from "../../src/web/state/visits.ts";
import { assessed, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
asOf: 2024-06-30
sources:
  early: {title: E, by: An Author, published: 2024-01-10, reliability: A, interested: side}
  late: {title: L, by: Another, published: 2024-05-20, reliability: B}
parties: {side: {name: Side, iso: 76}, other: {name: Other}}
questions: {q: {text: Will they, prior: 0.4, because: x}}
groups: {g: {name: Alike, correlation: 0.5}}
claims:
  base: {text: a, source: early#1, credibility: 1, bears: {q: 6}, group: g}
  twin: {text: b, source: early#2, credibility: 1, bears: {q: 2}, group: g, supports: base}
  rival: {text: c, source: [early, late], credibility: 1, bears: {q: 0.3}, attacks: base}
  fresh: {text: d, source: late, credibility: 1, bears: {q: 1.01}}
  draft: {text: e, status: draft}
events:
  e: {text: happened, date: 2024-05-01, source: late}
`;

describe("the argument of a case", () => {
  const assessment = assessed(written(CASE));
  const [question] = assessment.questions;
  if (question === undefined) throw new Error("no question");

  it("draws claims, their groups, what they support and attack, and the question", () => {
    const { map, all } = mapOf(assessment.argument, question, undefined);
    expect(all).toBe(4);
    expect(map.nodes.map(({ id, leans }) => [id, leans])).toEqual([
      ["base", "driver"],
      ["twin", "driver"],
      ["rival", "obstacle"],
      ["fresh", "driver"],
      [QUESTION, "question"],
    ]);
    expect(map.edges).toContainEqual({ from: "twin", to: "base", kind: "supports" });
    expect(map.edges).toContainEqual({ from: "rival", to: "base", kind: "attacks" });
    expect(map.edges).toContainEqual({ from: "rival", to: QUESTION, kind: "attacks" });
    expect(map.edges).toHaveLength(6);
  });

  it("cuts a large map to the weightiest claims, or to what surrounds the one that is chosen", () => {
    const many = Array.from({ length: 200 }, (_, k) => {
      const link = k === 0 ? "" : `, supports: c${k - 1}`;
      return `  c${k}: {text: t, source: early, credibility: 1, bears: {q: ${1 + (k + 1) / 100}}${link}}`;
    });
    const large = assessed(written(CASE.replace(/^claims:[\s\S]*?^events/m, `claims:\n${many.join("\n")}\nevents`)));
    const asked = large.questions[0] ?? question;
    const whole = mapOf(large.argument, asked, undefined);
    expect(whole.all).toBe(200);
    expect(whole.map.nodes).toHaveLength(MOST_DRAWN + 1);
    expect(whole.map.nodes.some(({ id }) => id === "c199")).toBe(true);
    expect(whole.map.nodes.some(({ id }) => id === "c0")).toBe(false);
    const near = mapOf(large.argument, asked, "c10");
    expect(near.map.nodes.map(({ id }) => id)).toEqual(["c8", "c9", "c10", "c11", "c12", QUESTION]);
  });

  it("reads a question, a claim or both from what is selected", () => {
    expect(selectionOf("q/base", question === undefined ? [] : [question])).toEqual({ question: "q", claim: "base" });
    expect(selectionOf("base", [question])).toEqual({ question: undefined, claim: "base" });
    expect(selectionOf("q", [question])).toEqual({ question: "q", claim: undefined });
    expect(selectionOf(undefined, [question])).toEqual({ question: undefined, claim: undefined });
  });

  it("asks of each claim what the case knows: its sources, who attacks it, what says the same, whether it was known", () => {
    const asked = (id: string) =>
      Object.fromEntries(
        (assessment.argument.claims.find((claim) => claim.id === id)?.critical ?? []).map((each) => [each.id, each]),
      );
    expect(asked("base")["alone"]).toMatchObject({ says: "It rests on An Author 2024 alone.", doubtful: true });
    expect(asked("rival")["alone"]?.doubtful).toBe(false);
    expect(asked("base")["interested"]?.says).toContain("on the side of Side");
    expect(asked("base")["attacked"]).toMatchObject({ says: "“rival” speaks against it.", doubtful: true });
    expect(asked("base")["alike"]?.says).toContain("“twin” says");
    expect(asked("base")["hindsight"]?.doubtful).toBe(false);
    expect(assessment.argument.contradictions).toEqual([{ claim: "base", by: "rival", says: null }]);
  });

  it("says which countries a map shows; none without a code, and none where the case wants no map", () => {
    expect(assessment.places?.countries).toMatchObject([{ iso: "076", party: "side", belligerent: false }]);
    expect(assessed(written(CASE.replace(", iso: 76", ""))).places).toBeNull();
    expect(assessed(written(`${CASE}settings: {boundaries: none}\n`)).places).toBeNull();
  });
});

describe("what was known when", () => {
  const dossier = written(CASE);
  const early = assessed(dossier, { asOf: "2024-03-01" });

  it("lists what a day hides, and leaves it out of the argument", () => {
    const known = knownOf(early);
    expect(known?.hidden).toEqual({ claims: 1, sources: 1, events: 1 });
    expect(early.moments.filter((each) => !each.known).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "event e",
      "claim fresh",
      "source late",
    ]);
    expect(early.argument.claims.map(({ id }) => id)).toEqual(["base", "twin", "rival", "draft"]);
    expect(early.case).toMatchObject({ asOf: "2024-03-01", codedAsOf: "2024-06-30" });
    expect(knownOf(assessed(dossier))?.hidden).toEqual({ claims: 0, sources: 0, events: 0 });
  });

  it("puts days on a scale and back, and needs no day in the address on the case's own", () => {
    const scale = dayScale(1000, 21000);
    for (const day of [1000, 5000, 20990, 21000]) expect(scale.dayAt(scale.at(day))).toBe(day);
    expect([scale.at(1000), scale.at(21000)]).toEqual([0, 1]);
    const known = knownOf(early);
    if (known === undefined) throw new Error("no strip");
    expect(asOfOn(known.scale.last, known)).toBeUndefined();
    expect(asOfOn(known.scale.first, known)).toBe("2024-01-10");
  });
});

describe("what to watch", () => {
  const { watch } = assessed(written(CASE));

  it("holds claims and single sources whose loss moves an answer by more than five points, the widest first", () => {
    const items = watch.items.map(({ id }) => id);
    expect(items).toContain("claims.base");
    expect(items).toContain("claims.rival");
    expect(items).toContain("sources.early");
    expect(items).not.toContain("claims.fresh");
    const sizes = watch.items.map(({ moves }) => Math.abs((moves[0]?.to ?? 0) - (moves[0]?.from ?? 0)));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const size of sizes) expect(size).toBeGreaterThan(watch.bound);
  });

  it("tells dated events ahead that move nothing apart", () => {
    const ahead = `${CASE}  later: {text: A vote, name: Vote, date: 2024-09-01, kind: scheduled, because: law}
  telling: {text: A poll, name: Poll, date: 2024-08-01, kind: scheduled, changes: [claims.base], because: law}\n`;
    const list = assessed(written(ahead)).watch;
    expect(list.quiet).toEqual([{ name: "Vote", date: "2024-09-01" }]);
    expect(list.items[0]).toMatchObject({ kind: "event", name: "Poll", date: "2024-08-01" });
    expect(list.items[0]?.node).not.toBeNull();
  });
});

describe("what moved since the last visit", () => {
  const visit = (entries: Record<string, unknown>, figures: readonly (readonly [string, string])[]): Visit => ({
    day: "2024-11-28",
    hash: JSON.stringify(entries),
    figures: figures.map(([id, text]) => ({ id, label: id, text })),
    entries: fingerprints(entries),
  });
  const then = visit({ title: "T", claims: { a: { x: 1 }, b: { x: 2 } } }, [
    ["f", "40 %"],
    ["g", "1 %"],
  ]);

  it("names figures that read otherwise and entries that differ, by section", () => {
    const now = visit({ title: "T", claims: { a: { x: 3 }, c: {} } }, [
      ["f", "50 %"],
      ["h", "2 %"],
    ]);
    expect(sinceVisit(then, now)).toEqual({
      moved: [
        { id: "f", label: "f", from: "40 %", to: "50 %" },
        { id: "h", label: "h", from: undefined, to: "2 %" },
        { id: "g", label: "g", from: "1 %", to: undefined },
      ],
      entries: [
        { path: "claims.a", how: "changed" },
        { path: "claims.c", how: "added" },
        { path: "claims.b", how: "removed" },
      ],
    });
    expect(sinceVisit(then, then)).toEqual({ moved: [], entries: [] });
  });

  it("is kept and forgotten where there is a place for it, and does without where there is none", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(lastVisit("x", storage)).toBeUndefined();
    expect(remember("x", then, storage)).toBe(true);
    expect(lastVisit("x", storage)).toEqual(then);
    remember("x", null, storage);
    expect(lastVisit("x", storage)).toBeNull();
    kept.set("parley-visit/x", "{broken");
    expect(lastVisit("x", storage)).toBeUndefined();
    const full = {
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(remember("x", then, full)).toBe(false);
  });
});

describe("the boundaries of the map", () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`world-atlas/${name}.json`), "utf8"));

  it.each([
    ["countries-110m", 11],
    ["countries-50m", 98],
  ])("of %s have Crimea within Ukraine, which the file has as polygon %i of Russia", (name, place) => {
    const topology = read(name);
    const drawn = feature(topology, topology.objects.countries) as unknown as { features: Land[] };
    const file = drawn.features.find(({ id }) => id === "643");
    expect(file === undefined ? -1 : crimeaIn(file)).toBe(place);
    const { all, crimea } = recognisedCountries(topology);
    const within = (lon: number, lat: number) =>
      all.filter((land) => geoContains(land, [lon, lat])).map(({ id }) => id);
    expect(within(34.1, 44.95), "Simferopol").toEqual(["804"]);
    expect(within(36.4, 45.33), "Kerch").toEqual(["804"]);
    expect(within(30.52, 50.45), "Kyiv").toEqual(["804"]);
    expect(within(39.72, 47.5), "Rostov").toEqual(["643"]);
    expect(within(37.2, 50.8), "Belgorod region").toEqual(["643"]);
    expect(geoContains(crimea, [34.1, 44.95])).toBe(true);
    expect(all.length).toBe(drawn.features.length);
  });
});
