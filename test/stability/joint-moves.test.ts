import fc from "fast-check";
import { expect, test } from "vitest";
import { and, compileModel, takes } from "../../src/stability/index.ts";
import { jointMoves, jointMovesFrom } from "../../src/stability/joint-moves.ts";
import { describeWith } from "../support/shared.ts";
import {
  graphForms,
  improvementsOf,
  models,
  movesOf,
  optionForms,
  reachedLegally,
  statesOf,
  statesReached,
  subsetsOf,
  worth,
} from "./random-models.ts";
import { ids, VECTORS, vectorConflict } from "./vectors.ts";

const everybody = ({ decisionMakers }: { decisionMakers: readonly unknown[] }) => decisionMakers.map((_, i) => i);

test("joint moves are those of the inductive definition, with their last movers", () => {
  fc.assert(
    fc.property(models(), fc.boolean(), (model, improvements) => {
      const of = improvements ? improvementsOf : movesOf;
      for (const members of subsetsOf(everybody(model))) {
        const reach = jointMoves(model, members, { improvements });
        for (const s of statesOf(model)) {
          const pairs =
            members.length === 1
              ? new Set(of(model, members[0] ?? 0, s).map((t) => `${t}|0`))
              : reachedLegally(
                  members.map((i) => (t) => of(model, i, t)),
                  s,
                );
          const states = statesReached(pairs);
          expect([...reach.from(s)]).toEqual(states);
          const from = jointMovesFrom(model, members, s, { improvements });
          expect([...from.states]).toEqual(states);
          expect(from.lastMovers).toEqual(states.map((t) => members.filter((_, m) => pairs.has(`${t}|${m}`))));
        }
      }
    }),
  );
});

test("where moves are transitive, joint moves to other states are plain reachability", () => {
  fc.assert(
    fc.property(optionForms(), (conflict) => {
      const model = compileModel(conflict);
      const reach = jointMoves(model, everybody(model), { returns: false });
      for (const s of statesOf(model)) {
        const seen = new Set([s]);
        for (const t of seen) for (const i of everybody(model)) for (const u of movesOf(model, i, t)) seen.add(u);
        seen.delete(s);
        expect([...reach.from(s)]).toEqual([...seen].sort((a, b) => a - b));
      }
    }),
  );
});

test("joint moves from every state of a larger model are those from each", () => {
  const arbitrary = fc.record({
    directions: fc.array(fc.constantFrom("both", "both", "forward", "back"), { minLength: 8, maxLength: 8 }),
    payoffs: fc.array(fc.array(fc.nat(50), { minLength: 192, maxLength: 192 }), { minLength: 3, maxLength: 3 }),
    improvements: fc.boolean(),
  });
  fc.assert(
    fc.property(arbitrary, ({ directions, payoffs, improvements }) => {
      const model = compileModel({
        form: "options",
        decisionMakers: [3, 3, 2].map((count, i) => ({
          name: `${i}`,
          options: directions.slice(3 * i, 3 * i + count).map((direction, k) => ({ name: `${k}`, direction })),
          preferences: { kind: "payoffs", payoffs: payoffs[i] ?? [] },
        })),
        infeasible: [and(takes(2), takes(5))],
      });
      const reach = jointMoves(model, [0, 1, 2], { improvements });
      for (const s of statesOf(model)) {
        expect(reach.from(s)).toEqual(jointMovesFrom(model, [0, 1, 2], s, { improvements }).states);
      }
    }),
    { numRuns: 15 },
  );
});

test("a merged player changes any options of its members in one move", () => {
  fc.assert(
    fc.property(optionForms(), fc.boolean(), (conflict, improvements) => {
      const model = compileModel(conflict);
      for (const members of subsetsOf(everybody(model))) {
        const reach = jointMoves(model, members, { rule: "one-move", improvements });
        for (const s of statesOf(model)) {
          const expected = statesOf(model).filter((t) => {
            if (t === s) return false;
            if (improvements && members.some((i) => worth(model, i, t) <= worth(model, i, s))) return false;
            return model.options.every(({ owner, direction }, o) => {
              const [a, b] = [s, t].map((state) => ((model.states.low[state] ?? 0) >> o) & 1);
              if (a === b) return true;
              return members.includes(owner) && direction !== (b === 1 ? "back" : "forward");
            });
          });
          expect([...reach.from(s)]).toEqual(expected);
          expect([...jointMovesFrom(model, members, s, { rule: "one-move", improvements }).states]).toEqual(expected);
        }
      }
    }),
  );
});

test("a merged player reaches what its members reach by legal sequences where all states are feasible and moves are free", () => {
  const model = compileModel({
    form: "options",
    decisionMakers: ["a", "b", "c"].map((name) => ({
      name,
      options: [{ name: "go" }],
      preferences: { kind: "weights", weights: [1, 1, 1] },
    })),
  });
  const [legal, merged] = (["legal", "one-move"] as const).map((rule) =>
    jointMoves(model, [0, 2], { rule, returns: false }),
  );
  expect(legal?.rows).toEqual(merged?.rows);
});

test("a group without members, with a stranger or with a member twice is refused", () => {
  const model = compileModel(fc.sample(graphForms({ least: 2, most: 2 }), { seed: 1, numRuns: 1 })[0] as never);
  expect(() => jointMoves(model, [])).toThrow("invalid coalition:  (nobody is in it)");
  expect(() => jointMoves(model, [0, 2])).toThrow("invalid coalition: 1, 3 (decision makers are 1 to 2)");
  expect(() => jointMovesFrom(model, [1, 1], 0)).toThrow("invalid coalition: 2, 2 (somebody is in it twice)");
});

test("merged players need options", () => {
  const graph = compileModel(fc.sample(graphForms(), { seed: 1, numRuns: 1 })[0] as never);
  const message = "invalid model: merged players need a model whose moves all come from options";
  expect(() => jointMoves(graph, [0, 1], { rule: "one-move" })).toThrow(message);
  const unseen = compileModel({
    form: "options",
    decisionMakers: [
      {
        name: "a",
        options: [{ name: "go" }],
        preferences: { kind: "weights", weights: [1] },
        misperceives: [{ kind: "option", option: 0 }],
      },
    ],
  });
  expect(() => jointMoves(unseen, [0], { rule: "one-move" })).toThrow(message);
});

test("joint moves from every state of a large model are refused, those from one are not", () => {
  const model = compileModel({
    form: "options",
    decisionMakers: ["a", "b"].map((name) => ({
      name,
      options: Array.from({ length: 7 }, (_, k) => ({ name: `${k}` })),
      preferences: { kind: "statements", statements: [] },
    })),
  });
  expect(() => jointMoves(model, [0, 1])).toThrow("16384 states are too many for joint moves from every state");
  expect(jointMovesFrom(model, [0, 1], 0).states).toHaveLength(model.size);
});

describeWith(VECTORS, "joint moves of the vectors", () => {
  test.each(["Cuban", "Elmira", "Prisoners", "SyriaIraq"])("%s has the joint moves of every coalition", (name) => {
    const { conflict, vector } = vectorConflict(name);
    const model = compileModel(conflict);
    for (const [key, { R_H }] of Object.entries(vector.reference.coalitions ?? {})) {
      const reach = jointMoves(model, key.split(",").map(Number));
      expect(statesOf(model).map((s) => ids(reach.from(s)))).toEqual(R_H);
    }
  });
});
