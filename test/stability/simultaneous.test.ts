import fc from "fast-check";
import { expect, test } from "vitest";
import { compileModel, type Model, maskOf } from "../../src/stability/index.ts";
import { simultaneousStability } from "../../src/stability/simultaneous.ts";
import { describeWith } from "../support/shared.ts";
import { graphForms, improvementsOf, optionForms, statesOf, worth } from "./random-models.ts";
import { booleans, byDecisionMaker, ids, VECTORS, vectorConflict } from "./vectors.ts";

/** From the definition: some choice of each opponent's improvement or of none spoils each improvement of the decision maker. */
function byDefinition(model: Model, i: number, s: number): boolean {
  const opponents = model.decisionMakers.map((_, j) => j).filter((j) => j !== i);
  const mask = (state: number) => maskOf(model, state);
  const spoils = (decimal: number, left: readonly number[]): boolean => {
    const [j, ...rest] = left;
    if (j === undefined) {
      return statesOf(model).some((y) => mask(y) === decimal && worth(model, i, y) <= worth(model, i, s));
    }
    return [s, ...improvementsOf(model, j, s)].some((t) => spoils(decimal ^ mask(s) ^ mask(t), rest));
  };
  return improvementsOf(model, i, s).every((x) => spoils(mask(x), opponents));
}

test("states are stable where every improvement can be spoilt by improvements made at the same time", () => {
  fc.assert(
    fc.property(optionForms({ most: 4 }), (conflict) => {
      const model = compileModel(conflict);
      const { stable, equilibria } = simultaneousStability(model);
      const expected = model.decisionMakers.map((_, i) => statesOf(model).map((s) => byDefinition(model, i, s)));
      expect(stable.map(booleans)).toEqual(expected);
      expect([...equilibria]).toEqual(statesOf(model).filter((s) => expected.every((of) => of[s])));
    }),
  );
});

test("options beyond the thirty-second are joined as the others are", () => {
  // Thirty-four options, of which two at either end can change.
  const fixed = Array.from({ length: 32 }, (_, k) => ({ kind: "option" as const, option: k + 1 }));
  const rank = { kind: "payoffs", payoffs: [1, 2, 2, 0] } as const;
  const model = compileModel({
    form: "options",
    decisionMakers: [
      { name: "a", options: Array.from({ length: 33 }, (_, k) => ({ name: `${k}` })), preferences: rank },
      { name: "b", options: [{ name: "33" }], preferences: rank },
    ],
    infeasible: fixed,
  });
  expect(simultaneousStability(model).stable.map((of) => [...of])).toEqual([
    [1, 1, 1, 0],
    [1, 1, 1, 0],
  ]);
});

test("a model in graph form is refused, and one with too many states", () => {
  const graph = compileModel(fc.sample(graphForms(), { seed: 1, numRuns: 1 })[0] as never);
  expect(() => simultaneousStability(graph)).toThrow(
    "simultaneous moves need a model whose moves all come from options",
  );
  const options = Array.from({ length: 15 }, (_, k) => ({ name: `${k}` }));
  const large = compileModel({
    form: "options",
    decisionMakers: [{ name: "a", options, preferences: { kind: "statements", statements: [] } }],
  });
  expect(() => simultaneousStability(large)).toThrow("32768 states are too many for simultaneous moves");
});

describeWith(VECTORS, "simultaneous stability of the vectors", () => {
  test.each(["Cuban", "Elmira", "Prisoners", "SyriaIraq", "synthetic_gmr", "synthetic_seq", "synthetic_sim"])(
    "%s has its stable states and equilibria",
    (name) => {
      const { conflict, vector } = vectorConflict(name);
      const { stable, equilibria } = simultaneousStability(compileModel(conflict));
      expect(stable.map(booleans)).toEqual(byDecisionMaker(vector.reference.stability["sim"] ?? []));
      expect(ids(equilibria)).toEqual(vector.reference.equilibria["sim"]);
    },
  );
});
