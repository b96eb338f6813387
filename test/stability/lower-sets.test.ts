import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomConflict } from "../../bench/stability/random-conflicts.ts";
import {
  analyseStability,
  BASIC_CONCEPTS,
  type BasicConcept,
  compileModel,
  lowerSets,
  type Model,
} from "../../src/stability/index.ts";
import { describeWith } from "../support/shared.ts";
import { stabilityBy } from "./by-definition.ts";
import { models, statesOf } from "./random-models.ts";
import { permutations, rankable } from "./rankings.ts";
import { VECTORS, vectorConflict } from "./vectors.ts";

const concepts = fc.constantFrom<BasicConcept>(...BASIC_CONCEPTS);

/** Strict rankings of all states, tried one by one, under which the state is stable for the decision maker. */
function countByTrying(model: Model, dm: number, state: number, concept: BasicConcept): bigint {
  const isStableBy = stabilityBy(model, dm, state, concept);
  return BigInt(permutations(model.size).filter((worth) => isStableBy((s) => worth[s] ?? 0)).length);
}

/** Whether the state is stable where just these states stand below it, and all others above. */
const withBelow = (below: ReadonlySet<number>, state: number) => (s: number) =>
  s === state ? 1 : below.has(s) ? 0 : 2;

describeWith(VECTORS, "the lower sets of Syria and Iraq", () => {
  it.each([
    ["nash", 240n],
    ["gmr", 384n],
    ["smr", 300n],
    ["seq", 384n],
  ] as const)("hold state 2 for Syria by %s under %d of 720 rankings", (concept, stable) => {
    const model = compileModel(vectorConflict("SyriaIraq").conflict);
    expect(lowerSets(model, 0, 1, concept).rankings).toEqual({ stable, all: 720n });
    expect(countByTrying(model, 0, 1, concept)).toBe(stable);
  });
});

describe("minimal lower sets", () => {
  const small = models({ most: 4 }).filter(({ size }) => size <= 8);

  it("suffice, and nothing less does: a state is stable just where one of them is below it", () => {
    fc.assert(
      fc.property(small, concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        const others = statesOf(model).filter((s) => s !== state);
        for (const dm of model.decisionMakers.keys()) {
          const { minimal, cut } = lowerSets(model, dm, state, concept);
          expect(cut).toBe(false);
          const isStableBy = stabilityBy(model, dm, state, concept);
          for (let mask = 0; mask < 1 << others.length; mask++) {
            const below = new Set(others.filter((_, i) => (mask >> i) & 1));
            const isMet = minimal.some((set) => set.every((s) => below.has(s)));
            expect(isStableBy(withBelow(below, state))).toBe(isMet);
          }
        }
      }),
    );
  });

  it("hold no other one, nor the state itself, and are sorted", () => {
    fc.assert(
      fc.property(models({ most: 4 }), concepts, fc.nat(), (model, concept, k) => {
        const state = k % model.size;
        const { minimal } = lowerSets(model, k % model.decisionMakers.length, state, concept);
        for (const [i, set] of minimal.entries()) {
          expect(set).not.toContain(state);
          expect(set).toEqual([...new Set(set)].sort((a, b) => a - b));
          expect(set.length).toBeGreaterThanOrEqual(minimal[i - 1]?.length ?? 0);
          for (const [j, other] of minimal.entries()) {
            if (i !== j) expect(new Set(other).isSubsetOf(new Set(set))).toBe(false);
          }
        }
      }),
    );
  });

  it("do not hang on the ranking that the decision maker has today", () => {
    fc.assert(
      fc.property(small, concepts, fc.nat(), (model, concept, k) => {
        const preferences = model.preferences.with(0, {
          ranks: new Int32Array(model.size).fill(1),
          greatest: 1,
          relation: undefined,
          ordered: true,
        });
        const state = k % model.size;
        expect(lowerSets({ ...model, preferences }, 0, state, concept)).toEqual(lowerSets(model, 0, state, concept));
      }),
    );
  });

  it("are one empty set where the decision maker cannot move: any ranking does", () => {
    const stuck = compileModel({
      form: "graph",
      states: ["a", "b", "c"],
      decisionMakers: [{ name: "Ann", arcs: [[1, 2]], preferences: { kind: "payoffs", payoffs: [0, 1, 2] } }],
    });
    expect(lowerSets(stuck, 0, 0, "nash")).toMatchObject({ minimal: [[]], rankings: { stable: 6n, all: 6n } });
    expect(lowerSets(stuck, 0, 1, "nash")).toMatchObject({ minimal: [[2]], rankings: { stable: 3n, all: 6n } });
  });

  it("count as others' answers what nobody knows not to be an improvement, as the analysis does", () => {
    // Ann would go from a to b; whether Bob would answer with c nobody knows.
    const unknown = compileModel({
      form: "graph",
      states: ["a", "b", "c"],
      decisionMakers: [
        { name: "Ann", arcs: [[0, 1]], preferences: { kind: "ranking", ranking: [[1], [0], [2]] } },
        {
          name: "Bob",
          arcs: [[1, 2]],
          preferences: {
            kind: "relation",
            relation: [
              ["=", "=", "="],
              ["=", "=", "U"],
              ["=", "U", "="],
            ],
          },
        },
      ],
    });
    expect(lowerSets(unknown, 0, 0, "seq").minimal).toEqual([[1], [2]]);
    // As Ann ranks c today, that deters her: the analysis of the whole model says so too.
    expect(analyseStability(unknown).concepts.seq?.stable[0]?.[0]).toBe(1);
  });
});

describe("rankings counted by lower sets", () => {
  it("are as many as are found by trying all, for every concept and three decision makers", () => {
    fc.assert(
      fc.property(rankable(6, { least: 3, most: 3 }), (model) => {
        for (const concept of BASIC_CONCEPTS) {
          for (const dm of model.decisionMakers.keys()) {
            for (const state of statesOf(model)) {
              const { rankings } = lowerSets(model, dm, state, concept);
              expect(rankings?.stable, `${concept} ${dm} ${state}`).toBe(countByTrying(model, dm, state, concept));
            }
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  it("are counted where there are far too many to try", () => {
    // A ring of 100 states: who may go on to the next one is stable where the next stands lower, under half of all rankings.
    const size = 100;
    const model = compileModel({
      form: "graph",
      states: Array.from({ length: size }, (_, s) => `s${s}`),
      decisionMakers: [
        {
          name: "Ann",
          arcs: Array.from({ length: size }, (_, s) => [s, (s + 1) % size] as const),
          preferences: { kind: "payoffs", payoffs: Array.from({ length: size }, (_, s) => s) },
        },
      ],
    });
    const { rankings } = lowerSets(model, 0, 7, "nash");
    const factorial = Array.from({ length: size }, (_, k) => BigInt(k + 1)).reduce((product, k) => product * k);
    expect(rankings).toEqual({ stable: factorial / 2n, all: factorial });
  });

  it("are not counted where too many sets are minimal to be listed, and that is said", () => {
    // From each of 12 exits one of 2 answers deters: 2^12 minimal sets and more.
    const exits = 12;
    const arcs = Array.from({ length: exits }, (_, k) => [0, 1 + 2 * k] as const);
    const model = compileModel({
      form: "graph",
      states: Array.from({ length: 1 + 2 * exits }, (_, s) => `s${s}`),
      decisionMakers: [
        { name: "Ann", arcs, preferences: { kind: "payoffs", payoffs: new Array(1 + 2 * exits).fill(0) } },
        {
          name: "Bob",
          arcs: arcs.map(([, to]) => [to, to + 1] as const),
          preferences: { kind: "payoffs", payoffs: new Array(1 + 2 * exits).fill(0) },
        },
      ],
    });
    const { cut, rankings, minimal } = lowerSets(model, 0, 0, "gmr");
    expect(cut).toBe(true);
    expect(rankings).toBeUndefined();
    const isStableBy = stabilityBy(model, 0, 0, "gmr");
    for (const set of minimal.slice(0, 20)) expect(isStableBy(withBelow(new Set(set), 0))).toBe(true);
  });

  it("are given up in time where thousands of sets are minimal: 1024 states, three decision makers", () => {
    // A few hundred milliseconds; multiplying all sets out would take hours.
    const MOST_MS = 10_000;
    const model = compileModel(randomConflict(10, 1));
    const begun = performance.now();
    const { cut, minimal } = lowerSets(model, 0, 5, "gmr");
    expect(performance.now() - begun).toBeLessThan(MOST_MS);
    expect(cut).toBe(true);
    const isStableBy = stabilityBy(model, 0, 5, "gmr");
    for (const set of minimal.slice(0, 3)) expect(isStableBy(withBelow(new Set(set), 5))).toBe(true);
  });
});
