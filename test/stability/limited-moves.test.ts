import fc from "fast-check";
import { expect, test } from "vitest";
import { compileModel, type Model, orderedStability } from "../../src/stability/index.ts";
import { limitedMoves } from "../../src/stability/limited-moves.ts";
import { describeWith } from "../support/shared.ts";
import { models, movesOf, statesOf, worth } from "./random-models.ts";
import { booleans, byDecisionMaker, ids, VECTORS, vectorConflict } from "./vectors.ts";

/** From the definition, by recursion: where it ends if i moves first from s; the cautious reading for any number of movers. */
function endOf(model: Model, i: number, s: number, h: number): number {
  const moves = movesOf(model, i, s);
  if (h === 0 || moves.length === 0) return s;
  const value = (state: number) => worth(model, i, state);
  const ends = moves.map((t) =>
    model.decisionMakers
      .flatMap((_, j) => (j === i ? [] : [endOf(model, j, t, h - 1)]))
      .reduce((worst, each) => (value(each) < value(worst) ? each : worst)),
  );
  const best = ends.reduce((most, each) => (value(each) > value(most) ? each : most));
  return value(s) >= value(best) ? s : best;
}

test("anticipated states are those of the definition, for two decision makers by both readings", () => {
  fc.assert(
    fc.property(models({ most: 2 }), fc.constantFrom("two", "worst"), (model, next) => {
      const { horizons } = limitedMoves(model, { horizon: 3, next });
      for (const { horizon, anticipated, stable, equilibria } of horizons) {
        const expected = [0, 1].map((i) => statesOf(model).map((s) => endOf(model, i, s, horizon)));
        expect(anticipated.map((of) => [...of])).toEqual(expected);
        expect(stable.map(booleans)).toEqual(expected.map((of) => of.map((end, s) => end === s)));
        expect([...equilibria]).toEqual(statesOf(model).filter((s) => expected.every((of) => of[s] === s)));
      }
    }),
  );
});

test("with more decision makers the mover counts on the one whose answer is worst for it", () => {
  fc.assert(
    fc.property(models({ least: 3, most: 3 }), (model) => {
      const { horizons, method } = limitedMoves(model, { horizon: 3, next: "worst" });
      expect(method).toContain("Parley's reading");
      for (const { horizon, anticipated } of horizons) {
        const expected = [0, 1, 2].map((i) => statesOf(model).map((s) => endOf(model, i, s, horizon)));
        expect(anticipated.map((of) => [...of])).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test("to look one move ahead is Nash stability", () => {
  fc.assert(
    fc.property(models(), (model) => {
      const { horizons } = limitedMoves(model, { horizon: 1, next: "worst" });
      expect(horizons[0]?.stable).toEqual(orderedStability(model).nash);
    }),
  );
});

test("non-myopic stability is that of every horizon from which on anticipated states repeat themselves", () => {
  fc.assert(
    fc.property(models(), (model) => {
      const { nonMyopic } = limitedMoves(model, { next: "worst", horizon: 0 });
      if (nonMyopic === undefined) throw new Error("no repetition found");
      const { from, period, stable, equilibria } = nonMyopic;
      const { horizons } = limitedMoves(model, { next: "worst", horizon: from + 2 * period + 1 });
      const at = (h: number) =>
        h === 0 ? model.moves.map(() => Int32Array.from(statesOf(model))) : horizons[h - 1]?.anticipated;
      expect(at(from)).toEqual(at(from + period));
      if (from > 0) expect(at(from - 1)).not.toEqual(at(from - 1 + period));
      for (let shorter = 1; shorter < period; shorter++) expect(at(from)).not.toEqual(at(from + shorter));
      for (const [i, of] of stable.entries()) {
        const always = statesOf(model).filter((s) =>
          Array.from({ length: period }, (_, k) => at(from + k)?.[i]?.[s] === s).every(Boolean),
        );
        expect(statesOf(model).filter((s) => of[s] === 1)).toEqual(always);
      }
      expect([...equilibria]).toEqual(statesOf(model).filter((s) => stable.every((of) => of[s] === 1)));
    }),
  );
});

test("the tie rule is reported where best moves end in different states", () => {
  const model = compileModel({
    form: "graph",
    states: ["s", "t", "u"],
    decisionMakers: [
      {
        name: "a",
        arcs: [
          [0, 1],
          [0, 2],
        ],
        preferences: { kind: "payoffs", payoffs: [0, 1, 1] },
      },
      { name: "b", arcs: [], preferences: { kind: "payoffs", payoffs: [0, 0, 0] } },
    ],
  });
  const [first] = limitedMoves(model).horizons;
  expect([...(first?.anticipated[0] ?? [])]).toEqual([1, 1, 2]);
  expect([...(first?.tied[0] ?? [])]).toEqual([1, 0, 0]);
});

test("three decision makers need the cautious reading, and unknown preferences are refused", () => {
  const three = compileModel({
    form: "graph",
    states: ["s"],
    decisionMakers: ["a", "b", "c"].map((name) => ({
      name,
      arcs: [],
      preferences: { kind: "payoffs", payoffs: [1] },
    })),
  });
  expect(() => limitedMoves(three)).toThrow("invalid model: 3 decision makers for limited moves (expected 2)");
  const unknown = compileModel({
    form: "graph",
    states: ["s", "t"],
    decisionMakers: ["a", "b"].map((name) => ({
      name,
      arcs: [[0, 1]],
      preferences: {
        kind: "relation",
        relation: [
          ["=", "U"],
          ["U", "="],
        ],
      },
    })),
  });
  expect(() => limitedMoves(unknown)).toThrow("invalid preferences: those of a are unknown in part");
});

describeWith(VECTORS, "limited-move stability of the vectors", () => {
  test.each(["Cuban", "Prisoners", "SyriaIraq"])("%s has its stable states and equilibria by horizon", (name) => {
    const { conflict, vector } = vectorConflict(name);
    const expected = vector.reference.Lh ?? {};
    const { horizons } = limitedMoves(compileModel(conflict), { horizon: Object.keys(expected).length });
    for (const { horizon, stable, equilibria } of horizons) {
      expect(stable.map(booleans)).toEqual(byDecisionMaker(expected[horizon]?.stability ?? []));
      expect(ids(equilibria)).toEqual(expected[horizon]?.equilibria);
    }
  });
});
