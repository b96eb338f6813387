import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analyseStability,
  BASIC_CONCEPTS,
  type BasicConcept,
  compileModel,
  type JointMoves,
  type Model,
} from "../../src/stability/index.ts";
import { describeWith } from "../support/shared.ts";
import { isStable } from "./by-definition.ts";
import { improvementsOf, models, movesOf, optionForms, statesOf, worth } from "./random-models.ts";
import { booleans, byDecisionMaker, ids, VECTORS, vectorConflict } from "./vectors.ts";

const RUNS = { numRuns: 150 };

const tableOf = (model: Model, joint: JointMoves = "legal") => {
  const { concepts } = analyseStability(model, { joint });
  return (concept: BasicConcept) => concepts[concept]?.stable.map(booleans) ?? [];
};

describeWith(VECTORS, "the vectors' models", () => {
  const NAMES = ["Cuban", "Elmira", "Prisoners", "SyriaIraq", "synthetic_gmr", "synthetic_seq", "synthetic_sim"];

  it.each(NAMES)("%s: stable for whom by each concept, and the equilibria", (name) => {
    const { conflict, vector } = vectorConflict(name);
    const { concepts } = analyseStability(compileModel(conflict));
    for (const concept of BASIC_CONCEPTS) {
      const expected = vector.reference.stability[concept];
      expect(expected, concept).toBeDefined();
      expect(concepts[concept]?.stable.map(booleans), concept).toEqual(byDecisionMaker(expected ?? []));
      expect(ids(concepts[concept]?.equilibria ?? []), concept).toEqual(vector.reference.equilibria[concept]);
    }
  });

  const VARIANTS = [
    ["each-once", "opponentsMoveAtMostOnce"],
    ["one-opponent", "singleOpponentSanctionOnly"],
  ] as const;

  it.each(VARIANTS)("equilibria where sanctions are %s, for comparison", (joint, field) => {
    for (const name of ["Cuban", "Elmira", "Prisoners", "SyriaIraq"]) {
      const { conflict, vector } = vectorConflict(name);
      const { concepts, options } = analyseStability(compileModel(conflict), { joint });
      expect(options.joint).toBe(joint);
      const variants = vector.reference["equilibriaVariants"] as Record<string, Record<string, number[]>>;
      for (const [concept, expected] of Object.entries(variants[field] ?? {})) {
        expect(ids(concepts[concept as BasicConcept]?.equilibria ?? []), `${name} ${concept}`).toEqual(expected);
      }
    }
  });
});

describe("stability", () => {
  it("is what the definitions say, on models of all kinds", () => {
    fc.assert(
      fc.property(models(), (model) => {
        const table = tableOf(model);
        for (const concept of BASIC_CONCEPTS) {
          const expected = model.moves.map((_, dm) => statesOf(model).map((s) => isStable(model, dm, s, concept)));
          expect(table(concept), concept).toEqual(expected);
        }
      }),
      RUNS,
    );
  });

  it("is what the definitions say with four decision makers", () => {
    fc.assert(
      fc.property(models({ least: 4, most: 4 }), (model) => {
        const table = tableOf(model);
        for (const concept of BASIC_CONCEPTS) {
          const expected = model.moves.map((_, dm) => statesOf(model).map((s) => isStable(model, dm, s, concept)));
          expect(table(concept), concept).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("keeps the lattice: Nash, then SSEQ, then SEQ and SMR, then GMR", () => {
    const IMPLIED: readonly (readonly [BasicConcept, BasicConcept])[] = [
      ["nash", "sseq"],
      ["sseq", "seq"],
      ["sseq", "smr"],
      ["seq", "gmr"],
      ["smr", "gmr"],
    ];
    fc.assert(
      fc.property(models({ least: 1, most: 4 }), (model) => {
        const table = tableOf(model);
        for (const [strong, weak] of IMPLIED) {
          for (const [dm, row] of table(strong).entries()) {
            for (const [s, stable] of row.entries()) if (stable) expect(table(weak)[dm]?.[s]).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it("is the same for all rules of joint moves where there are two decision makers", () => {
    fc.assert(
      fc.property(models({ least: 2, most: 2 }), (model) => {
        const legal = tableOf(model);
        for (const joint of ["each-once", "one-opponent"] as const) {
          const other = tableOf(model, joint);
          for (const concept of BASIC_CONCEPTS) expect(other(concept)).toEqual(legal(concept));
        }
      }),
      RUNS,
    );
  });

  it("counts fewer sanctions where opponents move at most once", () => {
    fc.assert(
      fc.property(models({ least: 3, most: 3 }), (model) => {
        const [legal, once, one] = [tableOf(model), tableOf(model, "each-once"), tableOf(model, "one-opponent")];
        for (const concept of BASIC_CONCEPTS) {
          for (const [dm, row] of one(concept).entries()) {
            for (const [s, stable] of row.entries()) {
              if (stable) expect(once(concept)[dm]?.[s]).toBe(true);
              if (once(concept)[dm]?.[s]) expect(legal(concept)[dm]?.[s]).toBe(true);
            }
          }
        }
      }),
      RUNS,
    );
  });

  it("does not hang on how moves are held: blocks, directions or one by one", () => {
    fc.assert(
      fc.property(optionForms(), (conflict) => {
        const model = compileModel(conflict);
        const arcs = compileModel({
          form: "graph",
          states: statesOf(model).map((s) => `s${s}`),
          decisionMakers: model.decisionMakers.map((name, dm) => ({
            name,
            arcs: statesOf(model).flatMap((s) => movesOf(model, dm, s).map((t) => [s, t] as const)),
            preferences: { kind: "payoffs", payoffs: statesOf(model).map((s) => worth(model, dm, s)) },
          })),
        });
        const [held, one] = [tableOf(model), tableOf(arcs)];
        for (const concept of BASIC_CONCEPTS) expect(one(concept)).toEqual(held(concept));
        // The search over states with their last movers asks for no transitive moves, and finds the same where they are.
        const legal = tableOf({ ...arcs, moves: arcs.moves.map((moves) => ({ ...moves, transitive: false })) });
        for (const concept of BASIC_CONCEPTS) expect(legal(concept)).toEqual(held(concept));
      }),
      RUNS,
    );
  });

  it("says how it was found out", () => {
    const free = compileModel({
      form: "options",
      decisionMakers: [0, 1, 2].map((i) => ({
        name: `dm${i}`,
        options: [{ name: "o" }],
        preferences: { kind: "weights", weights: [1, -2, 4] },
      })),
    });
    expect(analyseStability(free).method).toMatch(/^block pointers/);
    expect(analyseStability(free, { joint: "each-once" }).method).toMatch(/not the definition/);
  });

  it("gives a lone decision maker no sanctions: all concepts are Nash", () => {
    fc.assert(
      fc.property(models({ least: 1, most: 1 }), (model) => {
        const table = tableOf(model);
        const expected = [statesOf(model).map((s) => improvementsOf(model, 0, s).length === 0)];
        for (const concept of BASIC_CONCEPTS) expect(table(concept)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
