import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feasibleStates, powerOfTwo } from "../../src/stability/feasible.ts";
import {
  compileModel,
  decimalOf,
  isTaken,
  MOST_OPTIONS,
  maskOf,
  mutuallyExclusive,
  type Pattern,
  patternsOf,
  type States,
  stateOf,
  takes,
} from "../../src/stability/index.ts";

const MOST_ENUMERATED = 10;

const patterns = (options: number): fc.Arbitrary<Pattern[]> =>
  fc.array(
    fc
      .uniqueArray(fc.tuple(fc.nat(options - 1), fc.boolean()), {
        selector: ([option]) => option,
        minLength: 1,
        maxLength: Math.min(4, options),
      })
      .map((literals) => new Map(literals)),
    { maxLength: 12 },
  );

const spaces = fc
  .integer({ min: 1, max: MOST_ENUMERATED })
  .chain((options) => fc.record({ options: fc.constant(options), infeasible: patterns(options) }));

const matches = (decimal: number, pattern: Pattern) =>
  [...pattern].every(([option, taken]) => (Math.floor(decimal / powerOfTwo(option)) % 2 === 1) === taken);

const decimals = (states: States) => Array.from({ length: states.size }, (_, s) => decimalOf(states, s));

/** Patterns that allow at most one option of each group of neighbours. */
const atMostOne = (options: number, group: number): Pattern[] =>
  Array.from({ length: options / group }, (_, g) =>
    mutuallyExclusive(Array.from({ length: group }, (_each, k) => takes(g * group + k))),
  )
    .flat()
    .flatMap((formula) => patternsOf(formula) ?? []);

describe("feasible states", () => {
  it("are those of all combinations that match no pattern, in ascending order", () => {
    fc.assert(
      fc.property(spaces, ({ options, infeasible }) => {
        const expected = Array.from({ length: 1 << options }, (_, d) => d).filter(
          (d) => !infeasible.some((pattern) => matches(d, pattern)),
        );
        if (expected.length === 0) expect(() => feasibleStates(options, infeasible)).toThrow(/no state is feasible/);
        else expect(decimals(feasibleStates(options, infeasible))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("are told apart by their options", () => {
    fc.assert(
      fc.property(spaces, ({ options, infeasible }) => {
        fc.pre(infeasible.length < 4 && infeasible.every(({ size }) => size > 1));
        const states = feasibleStates(options, infeasible);
        for (const [s, decimal] of decimals(states).entries()) {
          const bits = Array.from({ length: options }, (_, o) => isTaken(states, s, o));
          expect(bits.reduce((sum, taken, o) => sum + (taken ? powerOfTwo(o) : 0), 0)).toBe(decimal);
          expect(stateOf(states, decimal)).toBe(s);
        }
      }),
    );
  });

  it("of 40 options in exclusive groups are found at once, never looking at all combinations", () => {
    // 5 groups of 8: 9^5 states of 2^40 combinations. Looking at these would take hours.
    const MOST_MS = 15_000;
    const begun = performance.now();
    const { size } = feasibleStates(40, atMostOne(40, 8));
    expect(performance.now() - begun).toBeLessThan(MOST_MS);
    expect(size).toBe(9 ** 5);
  });

  it("of 52 options of which one at most is taken are as many as options, and none", () => {
    const states = feasibleStates(MOST_OPTIONS, atMostOne(MOST_OPTIONS, MOST_OPTIONS));
    const expected = [0, ...Array.from({ length: MOST_OPTIONS }, (_, o) => powerOfTwo(o))];
    expect(decimals(states)).toEqual(expected);
  });

  it("are found through implications alone where options hang on each other in a chain", () => {
    // Each option asks for the one before it: 41 states, of 2^40.
    const chain = Array.from(
      { length: 39 },
      (_, o): Pattern =>
        new Map([
          [o + 1, true],
          [o, false],
        ]),
    );
    const states = feasibleStates(40, chain);
    expect(decimals(states)).toEqual(Array.from({ length: 41 }, (_, k) => powerOfTwo(k) - 1));
  });
});

describe("decimals above 2^32", () => {
  const states = feasibleStates(MOST_OPTIONS, atMostOne(MOST_OPTIONS, MOST_OPTIONS));

  it("are exact, and lead back to their states", () => {
    const last = states.size - 1;
    expect(decimalOf(states, last)).toBe(2 ** 51);
    expect(stateOf(states, 2 ** 51)).toBe(last);
    expect(stateOf(states, 2 ** 40)).toBe(41);
  });

  it("of combinations that are not feasible lead to no state", () => {
    expect(stateOf(states, 2 ** 51 + 1)).toBeUndefined();
    expect(stateOf(states, 2 ** 52)).toBeUndefined();
    expect(stateOf(states, 3)).toBeUndefined();
  });

  it("tell options on both sides of the 32nd apart", () => {
    const both = feasibleStates(40, [
      ...Array.from(
        { length: 39 },
        (_, o): Pattern =>
          new Map([
            [o, true],
            [o + 1, false],
          ]),
      ),
    ]);
    for (let s = 0; s < both.size; s++) {
      for (let o = 0; o < 40; o++) expect(isTaken(both, s, o)).toBe(o >= 40 - s);
    }
  });

  it("are those of models with moves across them", () => {
    // 34 options of two owners, of which only the last two may be taken.
    const none = Array.from({ length: 32 }, (_, o) => takes(o));
    const options = (count: number) => Array.from({ length: count }, (_, k) => ({ name: `o${k}` }));
    const preferences = { kind: "statements", statements: [] } as const;
    const model = compileModel({
      form: "options",
      infeasible: none,
      decisionMakers: [
        { name: "low", options: options(33), preferences },
        {
          name: "high",
          options: options(1),
          preferences: { kind: "statements", statements: [{ formula: takes(33) }] },
        },
      ],
    });
    const states = Array.from({ length: model.size }, (_, s) => s);
    expect(states.map((s) => maskOf(model, s))).toEqual([0, 2 ** 32, 2 ** 33, 2 ** 33 + 2 ** 32]);
    expect(states.map((s) => states.filter((t) => model.moves[0]?.has(s, t)))).toEqual([[1], [0], [3], [2]]);
    expect(states.map((s) => states.filter((t) => model.moves[1]?.has(s, t)))).toEqual([[2], [3], [0], [1]]);
    expect([...(model.preferences[1]?.ranks ?? [])]).toEqual([1, 1, 2, 2]);
  });
});

describe("refused", () => {
  it("are more options than a double can count", () => {
    expect(() => feasibleStates(MOST_OPTIONS + 1, atMostOne(4, 2))).toThrow(/53.*52/);
  });

  it("are more states than can be held, before any is made where no pattern narrows them", () => {
    expect(() => feasibleStates(23, [])).toThrow(/more than 4194304 feasible states/);
    expect(() => feasibleStates(MOST_OPTIONS, [])).toThrow(/more than 4194304 feasible states/);
  });

  it.each([
    ["a pattern holds everywhere", [new Map()]],
    ["patterns hold on both sides of an option", [new Map([[0, true]]), new Map([[0, false]])]],
    [
      "patterns leave nothing between them",
      [
        new Map([
          [0, true],
          [1, true],
        ]),
        new Map([
          [0, true],
          [1, false],
        ]),
        new Map([[0, false]]),
      ],
    ],
  ] as const)("is a model without a feasible state: %s", (_, infeasible) => {
    expect(() => feasibleStates(2, infeasible)).toThrow(/no state is feasible/);
  });
});
