import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  and,
  compileModel,
  type Formula,
  not,
  ofPattern,
  type Preferences,
  type Relation,
  takes,
  UNKNOWN,
} from "../../src/stability/index.ts";
import { formulas, holdsIn } from "../core/formulas/random-formulas.ts";

/** How a lone decision maker with so many options, all combinations feasible, ranks its states. */
function ranksOf(options: number, preferences: Preferences): number[] {
  const own = Array.from({ length: options }, (_, k) => ({ name: `o${k}` }));
  const model = compileModel({ form: "options", decisionMakers: [{ name: "Ann", options: own, preferences }] });
  return [...(model.preferences[0]?.ranks ?? [])];
}

const byStatements = (of: readonly Formula[]): Preferences => ({
  kind: "statements",
  statements: of.map((formula) => ({ formula })),
});

/** Dense ranks, 1 the worst, by sorting. */
function denseRanks(values: readonly (number | bigint)[]): number[] {
  const order = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  return values.map((value) => order.indexOf(value) + 1);
}

const statesOver = (options: number) => Array.from({ length: 1 << options }, (_, state) => state);

/** The score of option prioritisation: statement j of k counts 2^(k-j) where it is true. */
function scoreOf(of: readonly Formula[], state: number): bigint {
  return of.reduce((score, formula) => 2n * score + (holdsIn(formula, state) ? 1n : 0n), 0n);
}

describe("ranks by statements", () => {
  const OPTIONS = 5;

  it("are those of the scores with which option prioritisation is defined", () => {
    fc.assert(
      fc.property(fc.array(formulas(OPTIONS), { maxLength: 12 }), (of) => {
        const scores = statesOver(OPTIONS).map((state) => scoreOf(of, state));
        expect(ranksOf(OPTIONS, byStatements(of))).toEqual(denseRanks(scores));
      }),
      { numRuns: 150 },
    );
  });

  it("leave infeasible states out", () => {
    fc.assert(
      fc.property(fc.array(formulas(4), { maxLength: 8 }), formulas(4), (of, infeasible) => {
        const feasible = statesOver(4).filter((state) => !holdsIn(infeasible, state));
        fc.pre(feasible.length > 0);
        const options = [0, 1, 2, 3].map((k) => ({ name: `o${k}` }));
        const model = compileModel({
          form: "options",
          infeasible: [infeasible],
          decisionMakers: [{ name: "Ann", options, preferences: byStatements(of) }],
        });
        const scores = feasible.map((state) => scoreOf(of, state));
        expect([...(model.preferences[0]?.ranks ?? [])]).toEqual(denseRanks(scores));
      }),
    );
  });

  it.each([70, 700])("are right with %i statements, more than fit into a word", (count) => {
    // Each statement parts one state from the rest, so that the later ones still matter; the last part whatever is left.
    const options = 8;
    const rare = fc
      .array(fc.boolean(), { minLength: options, maxLength: options })
      .map((marks) => ofPattern(marks.map((taken, option) => [option, taken] as const)));
    const seldom = fc.sample(fc.oneof(rare, rare.map(not)), { numRuns: count - options, seed: 1 });
    const of = [...seldom, ...Array.from({ length: options }, (_, o) => takes(o))];
    expect(of).toHaveLength(count);
    const ranks = ranksOf(options, byStatements(of));
    expect(ranks).toEqual(denseRanks(statesOver(options).map((state) => scoreOf(of, state))));
    expect(Math.max(...ranks)).toBe(1 << options);
  });

  it.each([70, 700])("hang on the last of %i statements where no other parts two states", (count) => {
    const never = and(takes(0), not(takes(0)));
    const of = [...new Array<Formula>(count - 1).fill(never), takes(1)];
    expect(ranksOf(2, byStatements(of))).toEqual([1, 1, 2, 2]);
  });

  it("hang on the first of many statements, whatever all later ones say", () => {
    const of = [takes(0), ...new Array<Formula>(699).fill(not(takes(0)))];
    expect(ranksOf(1, byStatements(of))).toEqual([1, 2]);
  });

  it("are equal where there is no statement", () => {
    expect(ranksOf(2, byStatements([]))).toEqual([1, 1, 1, 1]);
  });

  it("hang on no statement's being written twice, nor on one that always holds", () => {
    fc.assert(
      fc.property(fc.array(formulas(OPTIONS), { minLength: 1, maxLength: 5 }), (of) => {
        const more = of.flatMap((formula) => [formula, formula, not(and(takes(0), not(takes(0))))]);
        expect(ranksOf(OPTIONS, byStatements(more))).toEqual(ranksOf(OPTIONS, byStatements(of)));
      }),
    );
  });
});

describe("ranks by weights", () => {
  it("are those of the sums of the weights of what is taken", () => {
    const weights = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, (of) => {
        const sums = statesOver(of.length).map((state) =>
          of.reduce((sum, weight, o) => sum + ((state >> o) & 1 ? weight : 0), 0),
        );
        expect(ranksOf(of.length, { kind: "weights", weights: of })).toEqual(denseRanks(sums));
      }),
    );
  });

  it.each([[[1]], [[1, 2, 3]]])("are refused where there is not one for each option: %j", (weights) => {
    expect(() => ranksOf(2, { kind: "weights", weights })).toThrow(`Ann give ${weights.length} weights for 2 options`);
  });

  it("are refused where one is no number", () => {
    expect(() => ranksOf(2, { kind: "weights", weights: [1, Number.NaN] })).toThrow(
      /Ann have no number at place 2 of 2/,
    );
  });
});

describe("ranks by payoffs", () => {
  it("hang on their order alone", () => {
    const payoffs = [0, -2.5, 1e300, Number.NEGATIVE_INFINITY];
    expect(ranksOf(2, { kind: "payoffs", payoffs })).toEqual([3, 2, 4, 1]);
    expect(ranksOf(2, { kind: "payoffs", payoffs: [-0, 0, 7, 7] })).toEqual([1, 1, 2, 2]);
  });

  it("are refused where there is not one for each state", () => {
    const given = (payoffs: number[]) => () => ranksOf(2, { kind: "payoffs", payoffs });
    expect(given([1, 2, 3])).toThrow("Ann give 3 payoffs for 4 states");
    expect(given([1, 2, 3, 4, 5])).toThrow("Ann give 5 payoffs for 4 states");
  });

  it("are refused where one is no number", () => {
    expect(() => ranksOf(2, { kind: "payoffs", payoffs: [1, Number.NaN, 2, 3] })).toThrow(
      /Ann have no number at place 2 of 4/,
    );
  });
});

describe("rankings", () => {
  const given = (ranking: number[][]) => ranksOf(2, { kind: "ranking", ranking });

  it("rank the first group best, and states of a group alike", () => {
    expect(given([[3], [0, 2], [1]])).toEqual([2, 1, 2, 3]);
    expect(given([[0, 1, 2, 3]])).toEqual([1, 1, 1, 1]);
  });

  it("do not count empty groups", () => {
    expect(given([[], [3], [], [0, 2], [1], []])).toEqual(given([[3], [0, 2], [1]]));
  });

  it("are refused where a state is missing, and say which", () => {
    expect(() => given([[3], [0], [1]])).toThrow("the ranking of Ann leaves out state 3 (NY)");
  });

  it("are refused where a state is named twice, in two groups or in one", () => {
    expect(() => given([[3, 1], [0, 2], [1]])).toThrow("Ann ranks state 2 (YN) twice");
    expect(() => given([[3, 3], [0, 2], [1]])).toThrow("Ann ranks state 4 (YY) twice");
  });

  it.each([4, -1, 0.5])("are refused where a state is unknown: position %d", (state) => {
    expect(() => given([[3], [0, 2], [1], [state]])).toThrow(
      `unknown state: state ${state + 1} in the ranking of Ann (expected 1..4)`,
    );
  });
});

describe("relations", () => {
  const compiled = (relation: readonly (readonly Relation[])[]) =>
    compileModel({
      form: "graph",
      states: ["a", "b", "c"],
      decisionMakers: [{ name: "Ann", arcs: [], preferences: { kind: "relation", relation } }],
    }).preferences[0];

  it("that are orders are held as ranks", () => {
    const order = compiled([
      ["=", ">", ">"],
      ["<", "=", "="],
      ["<", "=", "="],
    ]);
    expect(order).toEqual({ ranks: Int32Array.of(2, 1, 1), greatest: 2, relation: undefined, ordered: true });
  });

  it("that go in a circle are kept pair by pair", () => {
    const circle = compiled([
      ["=", ">", "<"],
      ["<", "=", ">"],
      [">", "<", "="],
    ]);
    expect(circle?.ordered).toBe(false);
    expect([...(circle?.relation?.cells ?? [])]).toEqual([0, 1, -1, -1, 0, 1, 1, -1, 0]);
  });

  it("keep degrees and what is unknown", () => {
    const graded = compiled([
      ["=", ">>", "U"],
      ["<<", "=", "="],
      ["U", "=", "="],
    ]);
    expect([...(graded?.relation?.cells ?? [])]).toEqual([0, 2, UNKNOWN, -2, 0, 0, UNKNOWN, 0, 0]);
  });

  it.each<[string, Relation[][]]>([
    [
      "two states are each preferred to the other",
      [
        ["=", ">", "="],
        [">", "=", "="],
        ["=", "=", "="],
      ],
    ],
    [
      "degrees differ from one side to the other",
      [
        ["=", ">>", "="],
        ["<", "=", "="],
        ["=", "=", "="],
      ],
    ],
    [
      "one side is unknown",
      [
        ["=", "U", "="],
        ["=", "=", "="],
        ["=", "=", "="],
      ],
    ],
  ])("are refused where %s", (_, relation) => {
    expect(() => compiled(relation)).toThrow("Ann compare states 1 and 2 in two ways that exclude each other");
  });

  it.each<Relation>([">", "U"])("are refused where a state is %s itself", (cell) => {
    const relation: Relation[][] = [
      ["=", "=", "="],
      ["=", cell, "="],
      ["=", "=", "="],
    ];
    expect(() => compiled(relation)).toThrow("Ann compare state 2 with itself");
  });

  it("are refused where they do not compare every state with every other", () => {
    expect(() =>
      compiled([
        ["=", ">"],
        ["<", "="],
      ]),
    ).toThrow("Ann do not compare 3 states with 3");
    expect(() =>
      compiled([
        ["=", ">", "="],
        ["<", "="],
        ["=", "=", "="],
      ]),
    ).toThrow("Ann do not compare 3 states with 3");
  });
});
