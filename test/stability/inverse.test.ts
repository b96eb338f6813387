import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BASIC_CONCEPTS,
  type BasicConcept,
  compileModel,
  inverse,
  type Model,
  rankNeeded,
  withRaised,
} from "../../src/stability/index.ts";
import { isStable, stabilityBy } from "./by-definition.ts";
import { statesOf, worth } from "./random-models.ts";
import { kendall, permutations, rankable, strictlyRanked, withWorth } from "./rankings.ts";

const concepts = fc.constantFrom<BasicConcept>(...BASIC_CONCEPTS);

/** Models so small that 720 rankings of each decision maker can be tried for every state. */
const MOST_RANKED = 6;
const ALL_RANKINGS = new Map([3, 4, 5, 6].map((n) => [n, permutations(n)]));
const rankingsOf = ({ size }: Model) => ALL_RANKINGS.get(size) ?? [];

/** The least distance from the model's ranking to one under which the state is stable for the decision maker, or is not. */
function nearest(model: Model, dm: number, state: number, concept: BasicConcept, stable: boolean): number | undefined {
  const isStableBy = stabilityBy(model, dm, state, concept);
  const own = model.preferences[dm]?.ranks ?? [];
  let least: number | undefined;
  for (const order of rankingsOf(model)) {
    const distance = kendall(own, order);
    if (least !== undefined && distance >= least) continue;
    if (isStableBy((s) => order[s] ?? 0) === stable) least = distance;
  }
  return least;
}

/** The state put just below the lowest of some states. */
function lowered(model: Model, dm: number, state: number, passes: readonly number[]): Model {
  if (passes.length === 0) return model;
  const lowest = Math.min(...passes.map((s) => worth(model, dm, s)));
  return withWorth(
    model,
    dm,
    statesOf(model).map((s) => (s === state ? lowest - 0.5 : worth(model, dm, s))),
  );
}

describe("the nearest ranking, where rankings are strict", () => {
  it("that makes a state stable is as few exchanges away as any", () => {
    fc.assert(
      fc.property(strictlyRanked(MOST_RANKED), concepts, (model, concept) => {
        for (const state of statesOf(model)) {
          for (const { dm, swaps } of inverse(model, state, concept).settle) {
            expect(swaps, `${concept} ${dm} ${state}`).toBe(nearest(model, dm, state, concept, true));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("that makes a state unstable is as few exchanges away as any, and none is found where there is none", () => {
    let without = 0;
    fc.assert(
      fc.property(strictlyRanked(MOST_RANKED), concepts, (model, concept) => {
        for (const state of statesOf(model)) {
          for (const { dm, swaps } of inverse(model, state, concept).unsettle) {
            if (swaps === undefined) without++;
            expect(swaps, `${concept} ${dm} ${state}`).toBe(nearest(model, dm, state, concept, false));
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(without).toBeGreaterThan(0);
  });
});

describe("changes of one ranking, ties or none", () => {
  const models = fc.oneof(rankable(8, { most: 4 }), strictlyRanked(8));

  it("say rightly whether the state is stable today", () => {
    fc.assert(
      fc.property(models, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        const { settle, unsettle, equilibrium } = inverse(model, state, concept);
        const expected = [...model.decisionMakers.keys()].map((dm) => isStable(model, dm, state, concept));
        expect(settle.map(({ stable }) => stable)).toEqual(expected);
        expect(unsettle.map(({ stable }) => stable)).toEqual(expected);
        expect(equilibrium).toBe(expected.every((stable) => stable));
      }),
    );
  });

  it("pass states above the desired one, make it stable when made, and not when one level short", () => {
    fc.assert(
      fc.property(models, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        for (const { dm, passes, swaps, stable } of inverse(model, state, concept).settle) {
          expect(passes).toHaveLength(swaps ?? -1);
          expect(swaps === 0).toBe(stable);
          for (const s of passes) expect(worth(model, dm, s)).toBeGreaterThan(worth(model, dm, state));
          const raised = withRaised(model, dm, state, passes);
          expect(isStable(raised, dm, state, concept)).toBe(true);
          for (const s of passes) expect(worth(raised, dm, s)).toBeLessThan(worth(raised, dm, state));
          if (passes.length === 0) continue;
          const top = Math.max(...passes.map((s) => worth(model, dm, s)));
          const short = passes.filter((s) => worth(model, dm, s) < top);
          expect(isStable(withRaised(model, dm, state, short), dm, state, concept)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("that unsettle put the state below others, and it is unstable then, and not one level short", () => {
    fc.assert(
      fc.property(models, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        for (const { dm, passes, swaps, stable } of inverse(model, state, concept).unsettle) {
          if (swaps === undefined) continue;
          expect(passes).toHaveLength(swaps);
          expect(isStable(lowered(model, dm, state, passes), dm, state, concept)).toBe(false);
          if (!stable) expect(swaps).toBe(0);
          const least = Math.min(...passes.map((s) => worth(model, dm, s)));
          const short = passes.filter((s) => worth(model, dm, s) > least);
          if (stable) expect(isStable(lowered(model, dm, state, short), dm, state, concept)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leave the other states in the order that they have", () => {
    fc.assert(
      fc.property(models, fc.nat(), (model, k) => {
        const state = k % model.size;
        const raised = withRaised(model, 0, state, inverse(model, state, "nash").settle[0]?.passes ?? []);
        const others = statesOf(model).filter((s) => s !== state);
        for (const s of others) {
          for (const t of others) {
            const before = Math.sign(worth(model, 0, s) - worth(model, 0, t));
            expect(Math.sign(worth(raised, 0, s) - worth(raised, 0, t))).toBe(before);
          }
        }
      }),
    );
  });

  it("are monotone: what is raised further stays stable", () => {
    fc.assert(
      fc.property(models, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        for (const dm of model.decisionMakers.keys()) {
          const needed = rankNeeded(model, dm, state, concept);
          const isStableBy = stabilityBy(model, dm, state, concept);
          for (let level = 0; level <= model.size; level++) {
            const value = (s: number) => (s === state ? level : worth(model, dm, s));
            expect(isStableBy(value), `${concept} at level ${level}`).toBe(level >= needed);
          }
        }
      }),
    );
  });
});

describe("changes of all rankings together", () => {
  it("are always found, make the state an equilibrium, and are counted", () => {
    fc.assert(
      fc.property(fc.oneof(rankable(10, { most: 4 }), strictlyRanked(10)), concepts, (model, concept) => {
        for (const state of statesOf(model)) {
          const { together, equilibrium } = inverse(model, state, concept);
          const { changes, swaps } = together;
          expect(swaps).toBe(changes.reduce((sum, change) => sum + (change.swaps ?? 0), 0));
          if (equilibrium) expect(changes).toEqual([]);
          const changed = changes.reduce((raised, { dm, passes }) => withRaised(raised, dm, state, passes), model);
          for (const dm of model.decisionMakers.keys()) expect(isStable(changed, dm, state, concept)).toBe(true);
        }
      }),
    );
  });

  it("are as few as any pair of strict rankings needs, where they are said to be the fewest", () => {
    const models = strictlyRanked(4, { most: 2 });
    fc.assert(
      fc.property(models, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        let least = Number.POSITIVE_INFINITY;
        for (const first of rankingsOf(model)) {
          const one = withWorth(model, 0, first);
          const isStableBy = stabilityBy(one, 1, state, concept);
          for (const second of rankingsOf(model)) {
            const distance =
              kendall(model.preferences[0]?.ranks ?? [], first) + kendall(model.preferences[1]?.ranks ?? [], second);
            if (distance >= least || !isStableBy((s) => second[s] ?? 0)) continue;
            if (isStable(withWorth(one, 1, second), 0, state, concept)) least = distance;
          }
        }
        const { together } = inverse(model, state, concept);
        if (concept === "nash" || concept === "gmr" || concept === "smr") expect(together.fewest).toBe(true);
        expect(together.swaps).toBeGreaterThanOrEqual(least);
        if (together.fewest) expect(together.swaps).toBe(least);
      }),
      { numRuns: 60 },
    );
  });

  it("are not said to be the fewest under sequential concepts, where another's ranking may be cheaper to change", () => {
    // One would leave a for b, three places up. Other could answer b with c, worse for one than a, if it came to prefer c.
    const model = compileModel({
      form: "graph",
      states: ["a", "b", "c", "x", "y"],
      decisionMakers: [
        { name: "one", arcs: [[0, 1]], preferences: { kind: "ranking", ranking: [[1], [3], [4], [0], [2]] } },
        { name: "other", arcs: [[1, 2]], preferences: { kind: "ranking", ranking: [[1], [2], [3], [4], [0]] } },
      ],
    });
    expect(inverse(model, 0, "seq").together).toMatchObject({ swaps: 3, fewest: false });
    const cheaper = withRaised(model, 1, 2, [1]);
    expect([0, 1].every((dm) => isStable(cheaper, dm, 0, "seq"))).toBe(true);
  });

  it("hang under Nash, GMR and SMR on nobody's ranking but one's own", () => {
    const separate = fc.constantFrom("nash", "gmr", "smr");
    fc.assert(
      fc.property(
        rankable(8, { most: 4 }),
        separate,
        fc.nat(),
        fc.infiniteStream(fc.nat(9)),
        (model, concept, k, values) => {
          const state = k % model.size;
          const changed = withWorth(model, 1, [...values.take(model.size)]);
          const settle = (of: Model) => inverse(of, state, concept).settle[0];
          expect(settle(changed)).toEqual(settle(model));
        },
      ),
    );
  });
});

describe("the inverse of the Prisoners' dilemma", () => {
  const dilemma = compileModel({
    form: "options",
    decisionMakers: [
      {
        name: "Ann",
        options: [{ name: "be silent" }],
        preferences: { kind: "ranking", ranking: [[2], [3], [0], [1]] },
      },
      {
        name: "Bob",
        options: [{ name: "be silent" }],
        preferences: { kind: "ranking", ranking: [[1], [3], [0], [2]] },
      },
    ],
  });

  it("asks of each one exchange for silence of both to be a Nash equilibrium", () => {
    const { settle, together, equilibrium } = inverse(dilemma, 3, "nash");
    expect(equilibrium).toBe(false);
    expect(settle).toEqual([
      { dm: 0, stable: false, swaps: 1, passes: [2] },
      { dm: 1, stable: false, swaps: 1, passes: [1] },
    ]);
    expect(together).toEqual({ swaps: 2, changes: settle, fewest: true });
  });

  it("asks for nothing where the state is sequentially stable already", () => {
    expect(inverse(dilemma, 3, "seq").together).toEqual({ swaps: 0, changes: [], fewest: true });
  });

  it("is refused where something is unknown", () => {
    const unknown = compileModel({
      form: "graph",
      states: ["a", "b"],
      decisionMakers: [
        {
          name: "Ann",
          arcs: [[0, 1]],
          preferences: {
            kind: "relation",
            relation: [
              ["=", "U"],
              ["U", "="],
            ],
          },
        },
      ],
    });
    expect(() => inverse(unknown, 0, "nash")).toThrow(/Ann .*plain orders/);
  });
});
