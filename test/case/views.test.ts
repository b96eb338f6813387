import { describe, expect, it } from "vitest";
import { checkDossier, filesInMemory, isAmount, readDossier, type View, viewCase } from "../../src/case/index.ts";

const TEXT = `parley: 1
title: Views
asOf: 2024-11-28
sources:
  early: {title: Early, published: 2024-06, reliability: B}
  late: {title: Late, published: 2025-02-01, reliability: B, hindsight: a later release}
parties: {p: {name: P, roles: [{role: belligerent, source: early}, {role: host, source: late}]}}
questions: {q: {text: Q, prior: 0.5, because: x}}
claims:
  a: {text: a, source: early, bears: {q: 2}}
  b: {text: b, source: late, bears: {q: 3}, supports: a}
  c: {text: c, source: [early, late], bears: {q: 4}, test: {series: s, is: trend, direction: rising}}
events:
  was: {text: was, date: 2024-06-14, source: early}
  will: {text: will, date: 2025-01-20, kind: scheduled, source: early}
indicators:
  s: {name: S, unit: km2, source: late, hindsight: the same, points: [[2024-01-01, 1]]}
  mixed:
    name: M
    unit: km2
    points: [{date: 2024-05, value: 1, source: early}, {date: 2024-06, value: 2, source: early}, {date: 2024-07, value: 3, source: late}]
readings:
  bold: {kind: held, by: somebody, because: x, set: {claims.a.bears.q: 5 to 9, claims.b: null, groups.g: {correlation: 0.2}}}
`;

function view(options: View = {}) {
  const { dossier } = readDossier(filesInMemory({ "case.yaml": TEXT }));
  if (dossier === undefined) throw new Error("no dossier");
  return viewCase(dossier, options);
}

describe("a reading", () => {
  it("changes, adds and takes away, and leaves the case as coded alone", () => {
    const bold = view({ reading: "bold" }).case;
    const ratio = bold?.claims["a"]?.bears?.["q"];
    expect(ratio !== undefined && isAmount(ratio) && ratio.text).toBe("5 to 9");
    expect(Object.keys(bold?.claims ?? {})).toEqual(["a", "c"]);
    expect(bold?.groups["g"]?.correlation?.central).toBe(0.2);
    expect(Object.keys(view().case?.claims ?? {})).toEqual(["a", "b", "c"]);
    expect(bold?.changes.map(({ path, by }) => [path, by])).toEqual([
      ["claims.a.bears.q", "bold"],
      ["claims.b", "bold"],
      ["groups.g", "bold"],
    ]);
  });

  it("stands where it is written: a value's line is that of the reading", () => {
    const base = view().case?.line(["claims", "a", "bears", "q"]);
    const bold = view({ reading: "bold" }).case?.line(["claims", "a", "bears", "q"]);
    expect([base, bold]).toEqual(["case.yaml:10", "case.yaml:23"]);
  });

  it("is found unsound where it takes away what an unchanged section names, and sound again where it does not", () => {
    const { dossier } = readDossier(filesInMemory({ "case.yaml": TEXT }));
    if (dossier === undefined) throw new Error("no dossier");
    const codes = (...sets: string[]) => viewCase(dossier, { sets }).problems.map(({ code }) => code);
    for (const [taken, code] of [
      ["sources.late=null", "unknown-reference"],
      ["questions.q=null", "unknown-reference"],
      ["indicators.s=null", "unknown-reference"],
      ["claims.a=null", "unknown-reference"],
    ] as const) {
      expect(codes()).toEqual([]);
      expect(codes(taken)).toContain(code);
      expect(codes("claims.c.bears.q=3")).toEqual([]);
    }
  });

  it("has no case where a call that YAML split has spoiled an entry", () => {
    const spoiled = TEXT.replace(
      "{text: a, source: early, bears: {q: 2}}",
      "{text: a, source: early, bears: {q: beta(2, 5)}}",
    );
    const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": spoiled }));
    expect(problems.map(({ code }) => code)).toContain("unquoted-distribution");
    if (dossier !== undefined) expect(viewCase(dossier).case).toBeUndefined();
    expect(dossier).toBeDefined();
  });

  it("that is not there names the ones that are", () => {
    const [problem] = view({ reading: "bald" }).problems;
    expect([problem?.code, problem?.hint]).toEqual(["unknown-reference", "did you mean bold?"]);
  });

  it("whose change breaks the case is reported where the reading stands", () => {
    const broken = TEXT.replace("5 to 9", "9 to 5");
    const { dossier } = readDossier(filesInMemory({ "case.yaml": broken }));
    const problems = dossier === undefined ? [] : checkDossier(dossier);
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual(["23 invalid-notation"]);
  });
});

describe("changes from the command line", () => {
  it("come after the reading's", () => {
    const changed = view({ reading: "bold", sets: ["claims.a.bears.q=1", "settings.draws=500"] }).case;
    const ratio = changed?.claims["a"]?.bears?.["q"];
    expect(ratio !== undefined && isAmount(ratio) && ratio.central).toBe(1);
    expect(changed?.settings.draws).toBe(500);
  });

  it.each([
    ["claims.a.bears.q", "usage"],
    ["claims.zz.credence=0.4", "unset-path"],
    ["claims.a.creedence=0.4", "unknown-path"],
    ["claims.a.credence=1.4", "invalid-notation"],
    ["__proto__.polluted=1", "unknown-path"],
    ["claims.constructor.credence=1", "unset-path"],
    ["actors.x=1", "path-not-yet"],
  ])("%s is %s", (set, code) => {
    expect(view({ sets: [set] }).problems.map((problem) => problem.code)).toContain(code);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("what was known", () => {
  it("strictly leaves out what is marked as hindsight and what rests on it alone", () => {
    const strict = view({ strictAsOf: true }).case;
    expect(Object.keys(strict?.sources ?? {})).toEqual(["early"]);
    expect(Object.keys(strict?.claims ?? {})).toEqual(["a", "c"]);
    expect(Object.keys(strict?.indicators ?? {})).toEqual(["mixed"]);
    expect(strict?.series.get("mixed")?.map(({ value }) => value)).toEqual([1, 2]);
    expect(strict?.parties["p"]?.roles?.map(({ role }) => role)).toEqual(["belligerent"]);
    expect(strict?.leftOut).toEqual(expect.arrayContaining(["sources.late", "claims.b", "indicators.s"]));
    expect(strict?.hindsight).toEqual([]);
  });

  it("is counted and listed otherwise", () => {
    expect(view().case?.hindsight.map(({ path }) => path)).toEqual(["sources.late", "indicators.s"]);
    expect(view().case?.leftOut).toEqual([]);
  });

  it("on an earlier day is less: later events and observations go too", () => {
    const early = view({ asOf: "2024-06-10" }).case;
    expect(early?.asOf?.text).toBe("2024-06-10");
    expect(Object.keys(early?.events ?? {})).toEqual(["will"]);
    expect(early?.series.get("mixed")?.map(({ value }) => value)).toEqual([1, 2]);
    expect(Object.keys(view({ asOf: "2024-05-01" }).case?.claims ?? {})).toEqual([]);
  });

  it("on a later day takes in what had come out by then, marked or not", () => {
    const later = view({ asOf: "2025-03-01" }).case;
    expect(Object.keys(later?.sources ?? {})).toEqual(["early", "late"]);
    expect(Object.keys(later?.claims ?? {})).toEqual(["a", "b", "c"]);
  });
});
