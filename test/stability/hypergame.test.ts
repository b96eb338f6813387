import fc from "fast-check";
import { expect, test } from "vitest";
import { hypergame, type StableIn } from "../../src/stability/hypergame.ts";
import { matchView } from "../../src/stability/hypergame-views.ts";
import {
  compileModel,
  type GraphForm,
  type Model,
  type OptionForm,
  orderedStability,
  takes,
} from "../../src/stability/index.ts";
import { graphForms, optionForms, statesOf } from "./random-models.ts";

const seq: StableIn = (model, dm) => orderedStability(model, { concepts: ["seq"] }).seq[dm] ?? new Uint8Array(0);
const nash: StableIn = (model, dm) => orderedStability(model, { concepts: ["nash"] }).nash[dm] ?? new Uint8Array(0);

/** A graph without moves but those given; preferences by payoffs. */
function graph(states: readonly string[], of: readonly (readonly [string, [number, number][], number[]])[]): Model {
  return compileModel({
    form: "graph",
    states,
    decisionMakers: of.map(([name, arcs, payoffs]) => ({ name, arcs, preferences: { kind: "payoffs", payoffs } })),
  });
}

const dilemma = (
  infeasible: OptionForm["infeasible"] = [],
  worths = [
    [2, 1, 4, 3],
    [2, 4, 1, 3],
  ],
): Model =>
  compileModel({
    form: "options",
    decisionMakers: ["one", "two"].map((name, i) => ({
      name,
      options: [{ name: "cooperate" }],
      preferences: { kind: "payoffs", payoffs: worths[i] ?? [] },
    })),
    infeasible,
  });

test("where everybody sees the conflict as it is, hypergame equilibria are those of the model, and steady", () => {
  fc.assert(
    fc.property(fc.oneof(optionForms(), graphForms()), (conflict) => {
      // Options of one owner are named apart in these models.
      const model = compileModel(conflict);
      const { equilibria, objective, classified, missed, hidden, views } = hypergame(model, [], seq, {
        concept: "seq",
      });
      expect([...equilibria]).toEqual([...objective]);
      expect(classified.map(({ state }) => state)).toEqual([...objective]);
      expect(classified.every((each) => each.class === "steady" && each.objective)).toBe(true);
      expect(missed).toEqual([]);
      expect(hidden.every((of) => !of.includes(1))).toBe(true);
      for (const { seenAs, imagined } of views) {
        expect([...seenAs]).toEqual(statesOf(model));
        expect(imagined).toHaveLength(0);
      }
    }),
  );
});

test("each decision maker's stability is that of its own view, state by state", () => {
  fc.assert(
    fc.property(graphForms(), fc.infiniteStream(fc.boolean()), (conflict, keeps) => {
      const model = compileModel(conflict);
      const views = conflict.decisionMakers.map(() => {
        const kept = conflict.states.map((_, s) => s).filter((s) => s === 0 || keeps.next().value);
        const at = (s: number) => kept.indexOf(s);
        const view: GraphForm = {
          form: "graph",
          states: kept.map((s) => conflict.states[s] ?? ""),
          decisionMakers: conflict.decisionMakers.map(({ name, arcs, preferences }) => ({
            name,
            arcs: arcs.flatMap(([a, b]) => (at(a) < 0 || at(b) < 0 ? [] : [[at(a), at(b)] as const])),
            preferences:
              preferences.kind === "payoffs"
                ? { kind: "payoffs", payoffs: kept.map((s) => preferences.payoffs[s] ?? 0) }
                : preferences,
          })),
        };
        return { kept, model: compileModel(view) };
      });
      const result = hypergame(
        model,
        views.map((each) => each.model),
        seq,
      );
      const stableFor = (viewer: number, j: number, s: number) => {
        const view = views[viewer];
        return view?.kept.includes(s) === true && seq(view.model, j)[view.kept.indexOf(s)] === 1;
      };
      const all = model.decisionMakers.map((_, i) => i);
      for (const i of all) {
        for (const s of statesOf(model)) {
          expect(result.hidden[i]?.[s]).toBe(views[i]?.kept.includes(s) ? 0 : 1);
          expect(result.stable[i]?.[s]).toBe(stableFor(i, i, s) ? 1 : 0);
          expect(result.expected[i]?.includes(s)).toBe(all.every((j) => stableFor(i, j, s)));
        }
      }
      const equilibria = statesOf(model).filter((s) => all.every((i) => stableFor(i, i, s)));
      expect([...result.equilibria]).toEqual(equilibria);
      const seen = result.classified.filter((each) => each.class !== "stealthy");
      expect(seen.map(({ state }) => state)).toEqual(equilibria);
      for (const { state, class: kind, hiddenFrom, doubtedBy } of result.classified) {
        expect(kind === "stealthy").toBe(hiddenFrom.length > 0);
        expect(kind === "steady").toBe(all.every((i) => result.expected[i]?.includes(state)));
        expect(doubtedBy.some((i) => hiddenFrom.includes(i))).toBe(false);
      }
    }),
  );
});

test("a state in which an option is taken that the viewer does not know is hidden from it", () => {
  const model = dilemma();
  const view = compileModel({
    form: "options",
    decisionMakers: [
      { name: "two", options: [{ name: "cooperate" }], preferences: { kind: "payoffs", payoffs: [1, 2] } },
      { name: "one", options: [], preferences: { kind: "payoffs", payoffs: [1, 2] } },
    ],
  });
  const { viewer, seenAs, imagined } = matchView(model, 1, view);
  expect(viewer).toBe(0);
  expect([...seenAs]).toEqual([0, -1, 1, -1]);
  expect(imagined).toHaveLength(0);
});

test("a view may hold states for possible that are not", () => {
  const model = dilemma(
    [takes(1)],
    [
      [2, 1],
      [2, 4],
    ],
  );
  const { seenAs, imagined } = matchView(model, 0, dilemma());
  expect([...seenAs]).toEqual([0, 1]);
  expect([...imagined]).toEqual([2, 3]);
});

test("an equilibrium that one expects the other to leave is unsteady", () => {
  const moves: [number, number][] = [[0, 1]];
  const model = graph(
    ["s", "t"],
    [
      ["a", [], [0, 0]],
      ["b", moves, [2, 1]],
    ],
  );
  const mistaken = graph(
    ["s", "t"],
    [
      ["a", [], [0, 0]],
      ["b", moves, [1, 2]],
    ],
  );
  const { classified, expected } = hypergame(model, [mistaken, undefined], nash);
  expect(classified.map(({ class: kind, doubtedBy }) => [kind, doubtedBy])).toEqual([
    ["unsteady", [0]],
    ["steady", []],
  ]);
  expect(expected.map((of) => [...of])).toEqual([[1], [0, 1]]);
});

test("an equilibrium that one does not see is stealthy, and missed by it", () => {
  const model = graph(
    ["s", "t"],
    [
      ["a", [], [0, 0]],
      ["b", [[0, 1]], [1, 2]],
    ],
  );
  const blind = graph(
    ["s"],
    [
      ["a", [], [0]],
      ["b", [], [1]],
    ],
  );
  const { classified, equilibria, missed } = hypergame(model, [blind, undefined], nash);
  expect([...equilibria]).toEqual([]);
  expect(classified).toEqual([{ state: 1, class: "stealthy", objective: true, hiddenFrom: [0], doubtedBy: [] }]);
  expect(missed).toEqual([{ state: 1, hiddenFrom: [0], leftBy: [] }]);
});

test("a view that cannot be matched is refused", () => {
  const model = dilemma();
  const other = graph(["s"], [["one", [], [1]]]);
  expect(() => matchView(model, 0, other)).toThrow("invalid view: that of one is not of the same form");
  expect(() => matchView(graph(["s"], [["x", [], [1]]]), 0, other)).toThrow("that of x leaves out the viewer");
  expect(() => matchView(other, 0, graph(["s", "s"], [["one", [], [1, 1]]]))).toThrow("two states have one name");
  const twins = compileModel({
    form: "options",
    decisionMakers: [
      { name: "one", options: [{ name: "go" }, { name: "go" }], preferences: { kind: "weights", weights: [1, 1] } },
    ],
  });
  expect(() => matchView(twins, 0, twins)).toThrow("one has two options named go");
  const namesakes = graph(
    ["s"],
    [
      ["one", [], [1]],
      ["one", [], [1]],
    ],
  );
  expect(() => matchView(namesakes, 0)).toThrow("two decision makers are named one");
});
