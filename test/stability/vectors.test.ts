import { expect, test } from "vitest";
import { codeOf, compileModel, maskOf } from "../../src/stability/index.ts";
import { describeWith } from "../support/shared.ts";
import { byDecisionMaker, ids, VECTORS, vectorConflict } from "./vectors.ts";

const NAMED = ["Cuban", "Elmira", "Prisoners", "SyriaIraq"];

describeWith(VECTORS, "models of the vectors", () => {
  test.each([...NAMED, "synthetic_gmr", "synthetic_seq", "synthetic_sim"])("%s has its states and moves", (name) => {
    const { conflict, vector } = vectorConflict(name);
    const model = compileModel(conflict);
    const states = Array.from({ length: model.size }, (_, s) => s);
    expect(states.map((s) => maskOf(model, s))).toEqual(vector.states.map(({ decimal }) => decimal));
    if (NAMED.includes(name)) expect(states.map((s) => codeOf(model, s))).toEqual(vector.states.map(({ yn }) => yn));
    for (const [i, lists] of byDecisionMaker(vector.UM).entries()) {
      const moves = states.map((s) => states.filter((t) => model.moves[i]?.has(s, t)));
      expect(moves.map(ids)).toEqual(lists);
      const rank = (s: number) => model.preferences[i]?.ranks[s] ?? 0;
      const improvements = moves.map((list, s) => list.filter((t) => rank(t) > rank(s)));
      expect(improvements.map(ids)).toEqual(byDecisionMaker(vector.UI)[i]);
    }
  });

  test.each(["Cuban", "Prisoners", "SyriaIraq"])(
    "%s ranks its states alike by statements and by its ranking",
    (name) => {
      const ranks = (["statements", "ranking"] as const).map((source) =>
        compileModel(vectorConflict(name, source).conflict).preferences.map((each) => [...each.ranks]),
      );
      expect(ranks[0]).toEqual(ranks[1]);
    },
  );
});
