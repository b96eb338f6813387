import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseStatusQuo, compileModel, type Model, type Step } from "../../src/stability/index.ts";
import { describeWith } from "../support/shared.ts";
import { faultsOf, legalSequences, stepsOf } from "./legal-steps.ts";
import { models, statesOf } from "./random-models.ts";
import { VECTORS, vectorConflict } from "./vectors.ts";

/** Sequences are enumerated up to this length: beyond it there are too many. */
const MOST_MOVES = 4;
/** Models with more states have too many sequences to enumerate. */
const MOST_STATES = 8;

const small = models().filter(({ size }) => size <= MOST_STATES);
const withStart = small.chain((model) => fc.record({ model: fc.constant(model), from: fc.nat(model.size - 1) }));
const all = (model: Model) => model.moves.map((_, dm) => dm);

interface Witness {
  readonly length: number;
  readonly path: readonly { readonly dm: string; readonly to: number }[];
}

interface StatusQuo {
  readonly state: number;
  readonly UM: Readonly<Record<string, Witness>>;
  readonly UI: Readonly<Record<string, Witness>>;
}

describeWith(VECTORS, "the status quo of the vectors' models", () => {
  describe.each(["Cuban", "Elmira", "Prisoners", "SyriaIraq"])("%s", (name) => {
    it.each(["UM", "UI"] as const)("reaches the states of the vectors, as soon, by %s", (kind) => {
      const { conflict, vector } = vectorConflict(name);
      const model = compileModel(conflict);
      const expected = vector.reference["statusQuo"] as StatusQuo;
      const from = expected.state - 1;
      const improvements = kind === "UI";
      const { reached } = analyseStatusQuo(model, from, { improvements });
      const lengths = Object.entries(expected[kind]).map(([id, { length }]) => [Number(id), length]);
      expect(reached.map(({ state, length }) => [state + 1, length])).toEqual(lengths);
      // The vectors' own witnesses are legal too, so that both speak of the same sequences.
      for (const { path } of Object.values(expected[kind])) {
        const steps = path.map(({ dm, to }): Step => ({ dm: model.decisionMakers.indexOf(dm), to: to - 1 }));
        expect(faultsOf(steps, from, stepsOf(model, improvements), all(model))).toEqual([]);
      }
    });
  });
});

describe("the status quo", () => {
  it("has witnesses that are legal, end at their state, and are as long as they are said to be", () => {
    fc.assert(
      fc.property(models({ most: 4 }), fc.nat(), fc.boolean(), (model, start, improvements) => {
        const from = start % model.size;
        for (const { state, length, path, firstMovers, lastMovers } of analyseStatusQuo(model, from, { improvements })
          .reached) {
          expect(faultsOf(path, from, stepsOf(model, improvements), all(model))).toEqual([]);
          expect(path).toHaveLength(length);
          expect(path.at(-1)?.to).toBe(state);
          expect(firstMovers).toContain(path[0]?.dm);
          expect(lastMovers).toContain(path.at(-1)?.dm);
        }
      }),
    );
  });

  it("gives the lengths, first movers and last movers that enumerating all legal sequences gives", () => {
    fc.assert(
      fc.property(withStart, fc.boolean(), ({ model, from }, improvements) => {
        const found = new Map<number, { length: number; first: Set<number>; last: Set<number> }>();
        for (const steps of legalSequences(from, stepsOf(model, improvements), all(model), MOST_MOVES)) {
          const [first, last] = [steps[0], steps.at(-1)];
          if (first === undefined || last === undefined) continue;
          const known = found.get(last.to) ?? { length: steps.length, first: new Set(), last: new Set() };
          found.set(last.to, known);
          if (known.length < steps.length) continue;
          known.first.add(first.dm);
          known.last.add(last.dm);
        }
        const { reached } = analyseStatusQuo(model, from, { improvements, horizon: MOST_MOVES });
        const sorted = (of: Iterable<number>) => [...of].sort((a, b) => a - b);
        expect(
          reached.map(({ state, length, firstMovers, lastMovers }) => [state, length, firstMovers, lastMovers]),
        ).toEqual(
          sorted(found.keys()).map((state) => {
            const { length, first = [], last = [] } = found.get(state) ?? {};
            return [state, length, sorted(first), sorted(last)];
          }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("finds without a horizon what the sets of Li, Kilgour and Hipel end with", () => {
    fc.assert(
      fc.property(models(), fc.nat(), fc.boolean(), (model, start, improvements) => {
        const from = start % model.size;
        const next = stepsOf(model, improvements);
        // Pairs of a last mover and a state: `exact` of sequences of exactly h moves, `known` of shorter ones too.
        const known = new Set<string>();
        const lengths = new Map<number, number>();
        let exact = all(model).flatMap((i) => next(i, from).map((state) => ({ i, state })));
        let horizon = 0;
        for (let h = 1; exact.some(({ i, state }) => !known.has(`${i} ${state}`)); h++) {
          horizon = h;
          for (const { i, state } of exact) {
            known.add(`${i} ${state}`);
            if (!lengths.has(state)) lengths.set(state, h);
          }
          const following = all(model).map((i) => [
            ...new Set(exact.flatMap((last) => (last.i === i ? [] : next(i, last.state)))),
          ]);
          exact = following.flatMap((of, i) => of.map((state) => ({ i, state })));
        }
        const found = analyseStatusQuo(model, from, { improvements });
        expect(new Map(found.reached.map(({ state, length }) => [state, length]))).toEqual(lengths);
        expect(found.horizon).toBe(horizon);
      }),
    );
  });

  it("reaches nothing at a horizon of no moves", () => {
    const model = compileModel({
      form: "graph",
      states: ["a", "b"],
      decisionMakers: [{ name: "one", arcs: [[0, 1]], preferences: { kind: "payoffs", payoffs: [0, 1] } }],
    });
    expect(analyseStatusQuo(model, 0, { horizon: 0 }).reached).toEqual([]);
    expect(analyseStatusQuo(model, 0).reached).toHaveLength(1);
  });
});

describe("cycles of improvements", () => {
  it("are exactly the sets of states that lead to one another, within reach of the status quo", () => {
    fc.assert(
      fc.property(models(), fc.nat(), (model, start) => {
        const from = start % model.size;
        const states = statesOf(model);
        const next = stepsOf(model, true);
        // Warshall's closure of the improvements of anybody.
        const leads = new Map(states.map((s) => [s, new Set(all(model).flatMap((dm) => next(dm, s)))]));
        const isLed = (s: number, t: number) => leads.get(s)?.has(t) === true;
        for (const k of states) {
          for (const s of states) if (isLed(s, k)) for (const t of leads.get(k) ?? []) leads.get(s)?.add(t);
        }
        const inReach = states.filter((s) => s === from || isLed(from, s));
        const circles = inReach.map((s) => inReach.filter((t) => s === t || (isLed(s, t) && isLed(t, s))));
        const expected = circles.filter((circle, k) => circle.length > 1 && circle[0] === inReach[k]);
        expect(analyseStatusQuo(model, from).cycles).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("are found where two decision makers chase each other", () => {
    // Matching pennies: one wants the same, the other wants otherwise.
    const pennies = compileModel({
      form: "graph",
      states: ["NN", "YN", "NY", "YY"],
      decisionMakers: [
        {
          name: "a",
          arcs: [
            [0, 1],
            [1, 0],
            [2, 3],
            [3, 2],
          ],
          preferences: { kind: "payoffs", payoffs: [1, 0, 0, 1] },
        },
        {
          name: "b",
          arcs: [
            [0, 2],
            [2, 0],
            [1, 3],
            [3, 1],
          ],
          preferences: { kind: "payoffs", payoffs: [0, 1, 1, 0] },
        },
      ],
    });
    expect(analyseStatusQuo(pennies, 0).cycles).toEqual([[0, 1, 2, 3]]);
  });
});
