import { describe, expect, it } from "vitest";
import { bindGraph, type GraphInputs } from "../../src/assess/index.ts";
import { checkDossier, type Dossier, listUngrounded, type View } from "../../src/case/index.ts";
import { analyseStability, codeOf, maskOf } from "../../src/stability/index.ts";
import { bundled, viewed } from "../support/cases.ts";

function inputsOf(dossier: Dossier, view: View = {}): GraphInputs {
  const { inputs, problems } = bindGraph(viewed(dossier, view));
  if (inputs === undefined) throw new Error(problems.map(({ message }) => message).join("; "));
  return inputs;
}

/** Situations, or decimals of states without a name, that are stable for all by each concept. */
function stableOf({ model, situations }: GraphInputs): Record<string, (string | number)[]> {
  const { concepts } = analyseStability(model);
  const nameOf = (state: number) => situations.find(({ states }) => states.includes(state))?.id ?? maskOf(model, state);
  return Object.fromEntries(
    Object.entries(concepts).map(([concept, { equilibria }]) => [concept, [...new Set([...equilibria].map(nameOf))]]),
  );
}

describe.each(["cuba-1962", "elmira-1991", "prisoners-dilemma"])("the case %s", (name) => {
  it("is clean, whatever was known when, and grounds every judgement", () => {
    const dossier = bundled(name);
    expect(checkDossier(dossier)).toEqual([]);
    expect(listUngrounded(dossier)).toEqual([]);
    expect(inputsOf(dossier, { strictAsOf: true }).assumed).toEqual([]);
  });
});

describe("published results", () => {
  it("of the Cuban missile crisis: 4 and 6 by SEQ, none by Nash (Fraser & Hipel 1984)", () => {
    const inputs = inputsOf(bundled("cuba-1962"));
    const { model } = inputs;
    expect(model.size).toBe(12);
    const best = (dm: number) =>
      Array.from({ length: model.size }, (_, s) => s)
        .toSorted((a, b) => (model.preferences[dm]?.ranks[b] ?? 0) - (model.preferences[dm]?.ranks[a] ?? 0))
        .map((state) => maskOf(model, state));
    expect(best(0)).toEqual([4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]);
    expect(best(1)).toEqual([0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]);
    const { concepts } = analyseStability(model);
    const decimals = (concept: "nash" | "seq") =>
      [...(concepts[concept]?.equilibria ?? [])].map((s) => maskOf(model, s));
    expect(decimals("nash")).toEqual([]);
    expect(decimals("seq")).toEqual([4, 6]);
    expect(inputs.situations.find(({ id }) => id === "blockade-and-withdrawal")?.states).toEqual([6]);
  });

  it("of the Elmira conflict: three strong equilibria, two by GMR and SMR (Kilgour & others 2001)", () => {
    const inputs = inputsOf(bundled("elmira-1991"));
    expect(inputs.model.size).toBe(12);
    const strong = ["abandoned", "insisted", "deal"];
    const stable = stableOf(inputs);
    expect(stable["nash"]).toEqual(strong);
    expect(stable["seq"]).toEqual(strong);
    expect(stable["gmr"]).toEqual(["appeal", "modified-accepted", ...strong]);
    expect(stable["smr"]).toEqual(["appeal", "modified-accepted", ...strong]);
    // Of the status quo's moves one alone is an improvement: local government insists.
    const { model, statusQuo } = inputs;
    const { stable: own } = analyseStability(model).concepts["nash"] ?? {};
    expect(own?.map((column) => column[statusQuo?.state ?? 0])).toEqual([1, 1, 0]);
  });

  it("of the prisoner's dilemma: confession by Nash, silence as well by the others (Howard 1971)", () => {
    const stable = stableOf(inputsOf(bundled("prisoners-dilemma")));
    expect(stable["nash"]).toEqual(["both-confess"]);
    for (const concept of ["gmr", "smr", "seq"])
      expect(stable[concept], concept).toEqual(["both-confess", "both-silent"]);
  });
});

describe("the graph model of ukraine-2024", () => {
  const dossier = bundled("ukraine-2024");
  const readings = Object.entries(viewed(dossier).readings)
    .filter(([, { set }]) => Object.keys(set).some((path) => path.startsWith("graph.")))
    .map(([id]) => id);

  it("has states that a reader can look over, and a status quo that is one of them", () => {
    const { model, decisionMakers, options, situations, statusQuo, assumed } = inputsOf(dossier);
    expect(decisionMakers).toEqual(["russia", "ukraine", "us", "europe"]);
    expect(options).toHaveLength(12);
    expect(model.size).toBe(196);
    expect(assumed).toEqual([]);
    expect(situations).toHaveLength(11);
    expect(statusQuo?.situation).toBe("war-with-strikes");
    expect(codeOf(model, statusQuo?.state ?? 0)).toBe("YYNYNNNYNNYN");
  });

  it("lets a backed membership that has become an accession be taken back by nobody", () => {
    const { model, situations } = inputsOf(dossier);
    const state = situations.find(({ id }) => id === "land-for-nato")?.states[0] ?? -1;
    const out = new Int32Array(model.size);
    const count = model.moves[2]?.from(state, out) ?? 0;
    expect(Array.from(out.slice(0, count), (to) => codeOf(model, to)[8])).not.toContain("N");
    expect(count).toBeGreaterThan(0);
  });

  it("is bound under every reading that changes it, strictly as of its day too", () => {
    expect(readings.length).toBeGreaterThanOrEqual(6);
    for (const reading of [undefined, ...readings]) {
      for (const strictAsOf of [false, true]) expect(inputsOf(dossier, { reading, strictAsOf }).model.size).toBe(196);
    }
    const count = (view: View) => inputsOf(dossier, view).conflict.decisionMakers.map(({ preferences }) => preferences);
    expect(count({ strictAsOf: true })).toEqual(count({}));
  });

  it("gives a reason for every order that a reading changes, of each school and its counter", () => {
    const all = viewed(dossier).readings;
    for (const id of readings) {
      const { set, reasons = {} } = all[id] ?? { set: {} };
      for (const path of Object.keys(set)) expect(reasons[path], `${id}: ${path}`).toBeTypeOf("string");
    }
    const counters = readings.filter((id) => all[id]?.kind === "counter").map((id) => all[id]?.counterTo);
    const held = readings.filter((id) => all[id]?.kind === "held");
    expect(counters.filter((id) => id !== "source").toSorted()).toEqual(held.toSorted());
  });

  it("grounds every statement in a source or a reason, and names both belligerents alike", () => {
    const { graph } = viewed(dossier);
    for (const [party, own] of Object.entries(graph?.preferences ?? {})) {
      const statements = "statements" in own ? own.statements : [];
      expect(statements.length, party).toBeGreaterThan(5);
      for (const { says, because, source } of statements) {
        expect(because ?? source?.[0]?.source, `${party}: ${says}`).toBeDefined();
      }
    }
    const ids = Object.keys(graph?.situations ?? {});
    expect(ids).toContain("ukraine-stops-alone");
    expect(ids).toContain("russia-stops-alone");
    expect(ids).toContain("peace-formula");
    expect(ids).toContain("russias-terms");
  });

  it("is left in the case as coded by those whom the sources name", () => {
    const { model, situations, decisionMakers } = inputsOf(dossier);
    const { stable } = analyseStability(model).concepts["seq"] ?? { stable: [] };
    const leave = (id: string) => {
      const state = situations.find((each) => each.id === id)?.states[0] ?? 0;
      return decisionMakers.filter((_, dm) => stable[dm]?.[state] === 0);
    };
    // Row 16 of the source: Russia is unlikely to agree. Row 17: a third Minsk suits neither; here one is enough.
    expect(leave("land-for-nato")).toEqual(["russia"]);
    expect(leave("ceasefire-on-line")).toEqual(["ukraine"]);
    expect(leave("ceasefire-with-guarantees")).toEqual(["russia"]);
    expect(leave("war-without-steps")).toEqual([]);
  });
});
