import fc from "fast-check";
import { expect, test } from "vitest";
import { compileModel, orderedStability } from "../../src/stability/index.ts";
import { mergedStability } from "../../src/stability/merged-players.ts";
import { describeWith } from "../support/shared.ts";
import { optionForms, statesOf } from "./random-models.ts";
import { booleans, ids, VECTORS, vectorConflict } from "./vectors.ts";

test("players of one member each are stable as the decision makers are", () => {
  fc.assert(
    fc.property(optionForms(), (conflict) => {
      const model = compileModel(conflict);
      const { players } = mergedStability(
        model,
        model.decisionMakers.map((_, i) => [i]),
      );
      const { nash, gmr, smr, seq } = orderedStability(model);
      for (const [i, { stable }] of players.entries()) {
        expect(stable).toEqual({ nash: nash[i], gmr: gmr[i], smr: smr[i], seq: seq[i] });
      }
    }),
  );
});

test("a partition that leaves somebody out, or has somebody twice, is refused", () => {
  const model = compileModel(fc.sample(optionForms({ least: 3 }), { seed: 1, numRuns: 1 })[0] as never);
  expect(() => mergedStability(model, [[0, 1]])).toThrow("invalid coalition: [1, 2] (everybody belongs to one");
  expect(() => mergedStability(model, [[0, 1], [1]])).toThrow("invalid coalition: [1, 2], [2] (everybody belongs");
  expect(() => mergedStability(model, [[0, 1, 2], []])).toThrow("nobody is in it");
});

interface Expected {
  readonly UM: readonly (readonly (readonly number[])[])[];
  readonly UI: readonly (readonly (readonly number[])[])[];
  readonly stability: Readonly<Record<"nash" | "gmr" | "smr" | "seq", readonly (readonly boolean[])[]>>;
  readonly equilibria: Readonly<Record<"nash" | "gmr" | "smr" | "seq", readonly number[]>>;
}

describeWith(VECTORS, "merged players of the vectors", () => {
  test("the ministry and Uniroyal as one player are stable where GMCR+ says", () => {
    const { conflict, vector } = vectorConflict("Elmira");
    const model = compileModel(conflict);
    const expected = vector["gmcrplusCoalition_1-2"] as Expected;
    const { players, equilibria } = mergedStability(model, [[0, 1], [2]]);
    for (const [p, { reach, improvements, stable }] of players.entries()) {
      expect(statesOf(model).map((s) => ids(reach.from(s)))).toEqual(expected.UM[p]);
      const { start, cells } = improvements;
      expect(statesOf(model).map((s) => ids(cells.slice(start[s], start[s + 1])))).toEqual(expected.UI[p]);
      for (const concept of ["nash", "gmr", "smr", "seq"] as const) {
        expect(booleans(stable[concept])).toEqual(expected.stability[concept][p]);
        expect(ids(equilibria[concept])).toEqual(expected.equilibria[concept]);
      }
    }
  });
});
