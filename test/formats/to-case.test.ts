import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindGraph, bindTerms } from "../../src/assess/index.ts";
import { checkDossier, filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";
import { gmcrToCase, readGmcr, writeGmcr } from "../../src/formats/gmcr/index.ts";
import { domainToCase, readNegotiation } from "../../src/formats/negotiation/index.ts";
import { analyseStability, compileModel, type OptionForm } from "../../src/stability/index.ts";
import { compileDomain, type Domain, utilities } from "../../src/terms/index.ts";
import { domains } from "../terms/support.ts";
import { conflicts } from "./gmcr/random-conflicts.ts";
import { snapshot } from "./gmcr/vectors.ts";

/** The case of a text, which has no error and no warning. */
function caseOf(text: string) {
  const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": text }));
  expect(problems, text).toEqual([]);
  if (dossier === undefined) throw new Error("the case was not read");
  expect(checkDossier(dossier).filter(({ severity }) => severity !== "note")).toEqual([]);
  const { case: content } = viewCase(dossier, { reading: undefined, sets: [], asOf: undefined, strictAsOf: false });
  if (content === undefined) throw new Error("there is no view of the case");
  return content;
}

function read(conflict: OptionForm) {
  const { conflict: back } = readGmcr({ name: "random.gmcr", text: writeGmcr(conflict).text });
  if (back === undefined) throw new Error("nothing was read");
  return back;
}

/** States, moves and ranks, without names: those of a case differ. */
const bare = (conflict: OptionForm) => {
  const { options: _, ...rest } = snapshot(compileModel(conflict)) as { options?: unknown };
  return rest;
};

describe("a case of a file of GMCR+", () => {
  test("has the states, moves, ranks and equilibria of the conflict", () => {
    fc.assert(
      fc.property(conflicts, (random) => {
        const conflict = read(random);
        const { inputs, problems } = bindGraph(caseOf(gmcrToCase({ conflict }, { file: "random.gmcr" }).text));
        expect(problems).toEqual([]);
        if (inputs === undefined) throw new Error("the graph model does not apply");
        expect(bare(inputs.conflict)).toEqual(bare(conflict));
        const equilibria = (each: OptionForm) => {
          const { concepts } = analyseStability(compileModel(each));
          return Object.entries(concepts).map(([concept, found]) => [concept, [...(found?.equilibria ?? [])]]);
        };
        expect(equilibria(inputs.conflict)).toEqual(equilibria(conflict));
      }),
      { numRuns: 30 },
    );
  });

  test("says what it cannot hold, and keeps names that are no identifiers", () => {
    const file = {
      name: "x.gmcr",
      text: `{"options": [{"name": "Ja: \\"nein\\""}, {"name": "Ja: \\"nein\\""}],
        "decisionMakers": [{"name": "Ö & Co", "options": [0]}, {"name": "#", "options": [1]}], "coalitions": [[0, 1]]}`,
    };
    const { conflict, coalitions } = readGmcr(file);
    if (conflict === undefined) throw new Error("nothing was read");
    const { text, lost } = gmcrToCase({ conflict, coalitions }, { file: "x.gmcr", title: "T", asOf: "1962-10-22" });
    expect(lost.join()).toMatch(/acts together/);
    const { parties, graph, title } = caseOf(text);
    expect(title).toBe("T");
    expect(Object.values(parties).map(({ name }) => name)).toEqual(["Ö & Co", "#"]);
    expect(Object.values(graph?.options ?? {}).map((own) => Object.values(own)[0]?.name)).toEqual([
      'Ja: "nein"',
      'Ja: "nein"',
    ]);
  });
});

/** The packages of a domain in its order, with what each party makes of them on a scale from its worst to its best. */
function scaled(domain: Domain): number[][] {
  const compiled = compileDomain(domain);
  let outcomes: number[][] = [[]];
  for (const { options } of domain.issues) outcomes = outcomes.flatMap((o) => options.map((_, k) => [...o, k]));
  const worths = outcomes.map((outcome) => Array.from(utilities(compiled, outcome)));
  return domain.parties.map((_, i) => {
    const own = worths.map((each) => each[i] ?? Number.NaN);
    const [low, high] = [Math.min(...own), Math.max(...own)];
    return own.map((value) => (high - low < TOL_ROUNDED ? 0 : (value - low) / (high - low)));
  });
}

/** Weights and values are written to six digits. */
const TOL_ROUNDED = 1e-4;

describe("a case of a negotiation domain", () => {
  test("orders all packages as the domain does", () => {
    fc.assert(
      fc.property(domains({ tied: false, most: 3 }), (domain) => {
        if (domain.parties.length < 2) return;
        const { inputs, doesNotApply } = bindTerms(caseOf(domainToCase(domain, { file: "d.xml" }).text), undefined);
        expect(doesNotApply).toBeUndefined();
        if (inputs === undefined) return;
        const [before, after] = [scaled(domain), scaled(inputs.domain)];
        for (const [i, own] of before.entries()) {
          for (const [o, value] of own.entries()) {
            expect(Math.abs(value - (after[i]?.[o] ?? Number.NaN))).toBeLessThan(TOL_ROUNDED);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test("is refused where a party values combinations, with the file's name", () => {
    const domain: Domain = {
      issues: [{ name: "a", options: ["x", "y"] }],
      parties: [{ name: "P", utility: { rectangles: [] } }],
    };
    const whole = (utility: Domain["parties"][number]["utility"]) => ({
      ...domain,
      parties: [{ name: "P", utility }],
    });
    expect(domainToCase(whole({}), { file: "f.xml" }).lost).toEqual([]);
    const rectangles = [{ utility: 1, kind: "includes" as const, bounds: [] }];
    expect(() => domainToCase(whole({ rectangles }), { file: "f.xml" })).toThrow(/^f\.xml {2}invalid utility of P/);
  });

  test("tells a file that is no domain by name", () => {
    expect(readNegotiation([{ name: "x.xml", text: "<a/>" }]).problems[0]?.file).toBe("x.xml");
  });
});
