import fc from "fast-check";
import { expect, test } from "vitest";
import { compileModel, type Model } from "../../src/stability/index.ts";
import { policyStability } from "../../src/stability/policies.ts";
import { describeWith } from "../support/shared.ts";
import { models, movesOf, statesOf, worth } from "./random-models.ts";
import { ids, VECTORS, vectorConflict } from "./vectors.ts";

/** All policies of a decision maker. */
function policiesOf(model: Model, i: number): number[][] {
  return statesOf(model).reduce<number[][]>(
    (all, s) => all.flatMap((policy) => [s, ...movesOf(model, i, s)].map((t) => [...policy, t])),
    [[]],
  );
}

/** Where play ends if it begins at a state with the turn of `first`; undefined where it never does. */
function playedOut(first: ArrayLike<number>, second: ArrayLike<number>, from: number): number | undefined {
  const policies = [first, second];
  let state = from;
  for (let turn = 0; turn <= 4 * first.length; turn++) {
    if (first[state] === state && second[state] === state) return state;
    state = policies[turn % 2]?.[state] ?? state;
  }
  return undefined;
}

/** Whether a decision maker can gain at a state by any policy of its own against a policy of the other one. */
const gains = (model: Model, i: number, state: number, own: readonly number[][], other: ArrayLike<number>): boolean =>
  own.some((policy) => {
    const end = playedOut(policy, other, state);
    return end !== undefined && worth(model, i, end) > worth(model, i, state);
  });

/** Most pairs of policies that a test looks at. */
const MOST_PAIRS = 20_000;

const pairsOf = (model: Model): number =>
  statesOf(model).reduce((n, s) => n * (movesOf(model, 0, s).length + 1) * (movesOf(model, 1, s).length + 1), 1);

test("policy stable states are those for which some pair of all policies leaves nobody a gain", () => {
  fc.assert(
    fc.property(
      models({ most: 2 }).filter((model) => model.size <= 6 && pairsOf(model) <= MOST_PAIRS),
      (model) => {
        const all = [policiesOf(model, 0), policiesOf(model, 1)] as const;
        const { judged, states } = policyStability(model);
        const stable = statesOf(model).filter((s) =>
          all[0].some(
            (one) =>
              one[s] === s &&
              !gains(model, 1, s, all[1], one) &&
              all[1].some((two) => two[s] === s && !gains(model, 0, s, all[0], two)),
          ),
        );
        expect([...states]).toEqual(stable);
        for (const { state, kept, policies } of judged) {
          for (const i of [0, 1] as const) {
            const threat = policies[1 - i];
            expect(kept[i]).toBe(threat !== undefined);
            if (threat === undefined) continue;
            for (const s of statesOf(model)) {
              expect([s, ...movesOf(model, 1 - i, s)]).toContain(threat[s]);
            }
            expect(threat[state]).toBe(state);
            expect(gains(model, i, state, all[i], threat)).toBe(false);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("where nobody can move, every state is policy stable", () => {
  const model = compileModel({
    form: "graph",
    states: ["s", "t"],
    decisionMakers: ["a", "b"].map((name) => ({ name, arcs: [], preferences: { kind: "payoffs", payoffs: [0, 1] } })),
  });
  expect([...policyStability(model).states]).toEqual([0, 1]);
});

test("an improvement that nobody can answer is a gain, one that can be answered is none", () => {
  const of = (answered: boolean) =>
    compileModel({
      form: "graph",
      states: ["s", "t", "u"],
      decisionMakers: [
        { name: "a", arcs: [[0, 1]], preferences: { kind: "payoffs", payoffs: [1, 2, 0] } },
        { name: "b", arcs: answered ? [[1, 2]] : [], preferences: { kind: "payoffs", payoffs: [0, 0, 0] } },
      ],
    });
  expect([...policyStability(of(false)).states]).toEqual([1, 2]);
  expect([...policyStability(of(true), { states: [0] }).states]).toEqual([0]);
  expect([...(policyStability(of(true)).judged[0]?.policies[1] ?? [])]).toEqual([0, 2, 2]);
});

test("three decision makers are refused", () => {
  const model = compileModel({
    form: "graph",
    states: ["s"],
    decisionMakers: ["a", "b", "c"].map((name) => ({
      name,
      arcs: [],
      preferences: { kind: "payoffs", payoffs: [1] },
    })),
  });
  expect(() => policyStability(model)).toThrow("invalid model: 3 decision makers for policies (expected 2)");
});

describeWith(VECTORS, "policy stable states of the vectors", () => {
  test("by threats to move on for ever, every state of the prisoner's dilemma is policy stable", () => {
    const model = compileModel(vectorConflict("Prisoners").conflict);
    const { states, judged } = policyStability(model);
    expect(ids(states)).toEqual([1, 2, 3, 4]);
    // The second one, who defects alone at state 2, never rests where the first one would be better off.
    expect(ids(judged[1]?.policies[1] ?? [])).toEqual([3, 2, 1, 2]);
  });
});
