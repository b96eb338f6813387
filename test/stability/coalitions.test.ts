import fc from "fast-check";
import { expect, test } from "vitest";
import { COALITION_CONCEPTS, coalitionStability } from "../../src/stability/coalitions.ts";
import { equilibriumJumps } from "../../src/stability/equilibrium-jumps.ts";
import { compileModel, type Model, orderedStability } from "../../src/stability/index.ts";
import { describeWith } from "../support/shared.ts";
import {
  improvementsOf,
  models,
  movesOf,
  reachedLegally,
  statesOf,
  statesReached,
  subsetsOf,
  worth,
} from "./random-models.ts";
import { booleans, ids, VECTORS, vectorConflict } from "./vectors.ts";

const everybody = (model: Model) => model.decisionMakers.map((_, i) => i);

function joint(model: Model, members: readonly number[], from: number): number[] {
  if (members.length === 1) return movesOf(model, members[0] ?? 0, from);
  return statesReached(
    reachedLegally(
      members.map((i) => (t) => movesOf(model, i, t)),
      from,
    ),
  );
}

function coalitionImprovements(model: Model, members: readonly number[], from: number): number[] {
  return joint(model, members, from).filter((t) => members.every((i) => worth(model, i, t) > worth(model, i, from)));
}

/** The four concepts from their definitions, state by state. */
function byDefinition(model: Model, members: readonly number[], s: number) {
  const others = everybody(model).filter((i) => !members.includes(i));
  const exits = coalitionImprovements(model, members, s);
  const isDeterrent = (y: number) => members.some((i) => worth(model, i, y) <= worth(model, i, s));
  const sanctions = (x: number) => (others.length === 0 ? [] : joint(model, others, x)).filter(isDeterrent);
  const improvements = (x: number) => {
    const movers = subsetsOf(others).map((group) => (t: number) => coalitionImprovements(model, group, t));
    return movers.length === 1 ? (movers[0]?.(x) ?? []) : statesReached(reachedLegally(movers, x));
  };
  return {
    cnash: exits.length === 0,
    cgmr: exits.every((x) => sanctions(x).length > 0),
    csmr: exits.every((x) => sanctions(x).some((y) => joint(model, members, y).every(isDeterrent))),
    cseq: exits.every((x) => others.length > 0 && improvements(x).some(isDeterrent)),
  };
}

test("coalitions are stable as the definitions say", () => {
  fc.assert(
    fc.property(models(), (model) => {
      const { coalitions, universal, equilibria } = coalitionStability(model);
      expect(universal).toBe(true);
      expect(coalitions).toHaveLength(2 ** model.decisionMakers.length - 1);
      const expected = coalitions.map(({ members }) => statesOf(model).map((s) => byDefinition(model, members, s)));
      for (const concept of COALITION_CONCEPTS) {
        for (const [c, { stable }] of coalitions.entries()) {
          expect(booleans(stable[concept])).toEqual(expected[c]?.map((of) => of[concept]));
        }
        const common = statesOf(model).filter((s) => expected.every((of) => of[s]?.[concept]));
        expect([...equilibria[concept]]).toEqual(common);
      }
    }),
    { numRuns: 60 },
  );
});

test("single decision makers as coalitions are stable as they are by themselves, but that the others may move as coalitions", () => {
  fc.assert(
    fc.property(models(), (model) => {
      const table = orderedStability(model);
      for (const i of everybody(model)) {
        const stable = coalitionStability(model, { coalitions: [[i]] }).coalitions[0]?.stable;
        expect(stable?.cnash).toEqual(table.nash[i]);
        expect(stable?.cgmr).toEqual(table.gmr[i]);
        expect(stable?.csmr).toEqual(table.smr[i]);
        // A legal sequence of improvements is one of coalition improvements of single members.
        for (const s of statesOf(model)) expect(stable?.cseq[s]).toBeGreaterThanOrEqual(table.seq[i]?.[s] ?? 0);
      }
    }),
  );
});

test("what is not known to be preferred is no improvement, and what is not known to be no better no sanction", () => {
  const model = compileModel({
    form: "graph",
    states: ["s", "t", "u"],
    decisionMakers: [
      {
        name: "a",
        arcs: [[0, 1]],
        preferences: {
          kind: "relation",
          relation: [
            ["=", "<", "U"],
            [">", "=", "<"],
            ["U", ">", "="],
          ],
        },
      },
      { name: "b", arcs: [[1, 2]], preferences: { kind: "payoffs", payoffs: [1, 2, 3] } },
    ],
  });
  const { coalitions } = coalitionStability(model);
  expect(coalitions[0]?.members).toEqual([0]);
  expect([...(coalitions[0]?.stable.cgmr ?? [])]).toEqual([0, 1, 1]);
  // Together they can reach u from s, which a may or may not prefer, and which is no sanction against it either.
  expect(coalitions[2]?.reach.has(0, 2)).toBe(true);
  expect([...(coalitions[2]?.improvements.cells ?? [])]).toEqual([1, 2]);
});

test("an equilibrium jump leads from an equilibrium to another one that every member prefers", () => {
  fc.assert(
    fc.property(models(), (model) => {
      const equilibria = statesOf(model).filter((s) =>
        everybody(model).every((i) => improvementsOf(model, i, s).length === 0),
      );
      const { jumps, strong } = equilibriumJumps(model, equilibria);
      const expected = equilibria.flatMap((from) =>
        subsetsOf(everybody(model))
          .filter(({ length }) => length > 1)
          .sort((a, b) => a.length - b.length)
          .flatMap((members) =>
            coalitionImprovements(model, members, from)
              .filter((to) => equilibria.includes(to))
              .map((to) => ({ from, to, members })),
          ),
      );
      expect(jumps).toEqual(expected);
      expect([...strong]).toEqual(equilibria.filter((s) => expected.every(({ from }) => from !== s)));
    }),
  );
});

test("a model with too many states or decision makers for coalitions is refused", () => {
  const of = (names: readonly string[], options: number) =>
    compileModel({
      form: "options",
      decisionMakers: names.map((name) => ({
        name,
        options: Array.from({ length: options }, (_, k) => ({ name: `${k}` })),
        preferences: { kind: "statements", statements: [] },
      })),
    });
  expect(() => coalitionStability(of(["a", "b"], 7))).toThrow("16384 states are too many for coalitions");
  expect(() => coalitionStability(of([..."abcdefghij"], 1))).toThrow("1024 states are too many for coalitions of 10");
  expect(() => coalitionStability(of([..."abcdefghijk"], 1))).toThrow("11 decision makers for coalitions");
  expect(() => coalitionStability(of(["a", "b"], 1), { coalitions: [[]] })).toThrow("nobody is in it");
});

describeWith(VECTORS, "coalitions of the vectors", () => {
  test.each(["Cuban", "Elmira", "Prisoners", "SyriaIraq"])(
    "%s has its coalitions' stability and equilibria",
    (name) => {
      const { conflict, vector } = vectorConflict(name);
      const model = compileModel(conflict);
      const { coalitions, equilibria } = coalitionStability(model);
      const found = coalitions.map(({ members, reach, improvements: { start, cells }, stable }) => [
        members.join(),
        {
          R_H: statesOf(model).map((s) => ids(reach.from(s))),
          CI: statesOf(model).map((s) => ids(cells.slice(start[s], start[s + 1]))),
          ...Object.fromEntries(COALITION_CONCEPTS.map((concept) => [concept, booleans(stable[concept])])),
        },
      ]);
      expect(Object.fromEntries(found)).toEqual(vector.reference.coalitions);
      const common = COALITION_CONCEPTS.map((concept) => [concept, ids(equilibria[concept])]);
      expect(Object.fromEntries(common)).toEqual(vector.reference.coalitionEquilibria);
    },
  );

  test("the ministry and Uniroyal jump from the equilibrium of Elmira to the one that came about", () => {
    const model = compileModel(vectorConflict("Elmira").conflict);
    const { jumps, strong } = equilibriumJumps(model, [4, 5, 6, 9, 10, 11]);
    expect(jumps).toEqual([{ from: 6, to: 9, members: [0, 1] }]);
    expect(ids(strong)).toEqual([5, 6, 10, 11, 12]);
  });
});
