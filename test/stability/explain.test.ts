import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BASIC_CONCEPTS,
  type BasicConcept,
  compileModel,
  type ExplanationNames,
  explain,
  explanationText,
  type Model,
} from "../../src/stability/index.ts";
import { isStable } from "./by-definition.ts";
import { faultsOf, legalSequences, stepsOf } from "./legal-steps.ts";
import { improvementsOf, models, movesOf, reachedLegally, statesOf, statesReached, worth } from "./random-models.ts";

/** Every decision maker, state and concept of a small model is explained, so that few models suffice. */
const RUNS = { numRuns: 25 };
/** Sequences are enumerated up to this length: beyond it there are too many. */
const MOST_MOVES = 3;

const SANCTIONED = ["gmr", "smr", "seq", "sseq"] as const;

const small = models().filter(({ size }) => size <= 12);

/** Calls back with every decision maker and state. */
function everywhere(model: Model, then: (dm: number, state: number) => void): void {
  for (const dm of model.decisionMakers.keys()) for (const state of statesOf(model)) then(dm, state);
}

const othersOf = (model: Model, dm: number) => [...model.decisionMakers.keys()].filter((j) => j !== dm);
const isSequential = (concept: BasicConcept) => concept === "seq" || concept === "sseq";
const isSymmetric = (concept: BasicConcept) => concept === "smr" || concept === "sseq";

describe("explanations", () => {
  it("agree with the definitions on what is stable", () => {
    fc.assert(
      fc.property(small, (model) => {
        for (const concept of BASIC_CONCEPTS) {
          everywhere(model, (dm, state) => {
            const { stable } = explain(model, dm, state, concept);
            expect(stable, `${concept} ${dm} ${state}`).toBe(isStable(model, dm, state, concept));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("list the moves, and as exits the improvements, ascending", () => {
    fc.assert(
      fc.property(small, fc.constantFrom(...BASIC_CONCEPTS), (model, concept) => {
        everywhere(model, (dm, state) => {
          const { moves, exits } = explain(model, dm, state, concept);
          expect(moves).toBe(movesOf(model, dm, state).length);
          expect(exits.map(({ to }) => to)).toEqual(improvementsOf(model, dm, state));
        });
      }),
      RUNS,
    );
  });

  it("give sanctions that are legal sequences of the others, of improvements where sequential, and land no better", () => {
    fc.assert(
      fc.property(models({ most: 4 }), fc.constantFrom(...SANCTIONED), (model, concept) => {
        everywhere(model, (dm, state) => {
          for (const { to, sanction } of explain(model, dm, state, concept).exits) {
            if (sanction === undefined) continue;
            const next = stepsOf(model, isSequential(concept));
            expect(faultsOf(sanction, to, next, othersOf(model, dm))).toEqual([]);
            expect(worth(model, dm, sanction.at(-1)?.to ?? -1)).toBeLessThanOrEqual(worth(model, dm, state));
          }
        });
      }),
      RUNS,
    );
  });

  it("give symmetric sanctions from which nothing better can be reached", () => {
    fc.assert(
      fc.property(small, fc.constantFrom("smr", "sseq"), (model, concept) => {
        everywhere(model, (dm, state) => {
          for (const { sanction } of explain(model, dm, state, concept).exits) {
            const end = sanction?.at(-1);
            if (end === undefined) continue;
            const escapes = movesOf(model, dm, end.to).filter((z) => worth(model, dm, z) > worth(model, dm, state));
            expect(escapes).toEqual([]);
          }
        });
      }),
      RUNS,
    );
  });

  it("give no sanction exactly where none exists", () => {
    fc.assert(
      fc.property(small, fc.constantFrom(...SANCTIONED), (model, concept) => {
        const next = stepsOf(model, isSequential(concept));
        everywhere(model, (dm, state) => {
          const noBetter = (y: number) => worth(model, dm, y) <= worth(model, dm, state);
          const others = othersOf(model, dm).map((j) => (s: number) => next(j, s));
          for (const { to, sanction } of explain(model, dm, state, concept).exits) {
            const exists = statesReached(reachedLegally(others, to)).some(
              (y) => noBetter(y) && (!isSymmetric(concept) || movesOf(model, dm, y).every(noBetter)),
            );
            expect(sanction !== undefined).toBe(exists);
          }
        });
      }),
      RUNS,
    );
  });

  it("give the shortest sanction, and of equally short ones the worst for who leaves", () => {
    const tiny = models().filter(({ size }) => size <= 8);
    fc.assert(
      fc.property(tiny, fc.constantFrom(...SANCTIONED), (model, concept) => {
        const next = stepsOf(model, isSequential(concept));
        everywhere(model, (dm, state) => {
          const noBetter = (y: number) => worth(model, dm, y) <= worth(model, dm, state);
          for (const { to, sanction } of explain(model, dm, state, concept).exits) {
            let [length, worst] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
            for (const steps of legalSequences(to, next, othersOf(model, dm), MOST_MOVES)) {
              // The shorter sequences come first.
              if (steps.length > length) break;
              const end = steps.at(-1)?.to ?? -1;
              if (!noBetter(end) || (isSymmetric(concept) && !movesOf(model, dm, end).every(noBetter))) continue;
              [length, worst] = [steps.length, Math.min(worst, worth(model, dm, end))];
            }
            if (sanction === undefined || sanction.length > MOST_MOVES) {
              expect(length).toBe(Number.POSITIVE_INFINITY);
            } else {
              expect([sanction.length, worth(model, dm, sanction.at(-1)?.to ?? -1)]).toEqual([length, worst]);
            }
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it("name, where only an escape defeats all answers, a legal answer that would deter and a reply to it that pays", () => {
    let met = 0;
    fc.assert(
      fc.property(small, fc.constantFrom("smr", "sseq"), (model, concept) => {
        const next = stepsOf(model, isSequential(concept));
        const weaker = concept === "smr" ? "gmr" : "seq";
        everywhere(model, (dm, state) => {
          const without = explain(model, dm, state, weaker).exits;
          for (const [k, { to, sanction, evasion }] of explain(model, dm, state, concept).exits.entries()) {
            // An answer that deters by the weaker concept, and none by this one: then it can be evaded.
            expect(evasion !== undefined).toBe(sanction === undefined && without[k]?.sanction !== undefined);
            if (evasion === undefined) continue;
            met++;
            const end = evasion.sanction.at(-1)?.to ?? -1;
            expect(faultsOf(evasion.sanction, to, next, othersOf(model, dm))).toEqual([]);
            expect(worth(model, dm, end)).toBeLessThanOrEqual(worth(model, dm, state));
            expect(movesOf(model, dm, end)).toContain(evasion.to);
            expect(worth(model, dm, evasion.to)).toBeGreaterThan(worth(model, dm, state));
          }
        });
      }),
      { numRuns: 60 },
    );
    expect(met).toBeGreaterThan(0);
  });
});

describe("sentences about the Prisoners' dilemma", () => {
  // States: neither is silent, Ann alone, Bob alone, both. Each prefers to talk while the other is silent, then that both are.
  const model = compileModel({
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
  const STATES = ["both talk", "Ann is silent", "Bob is silent", "both are silent"];
  const names: ExplanationNames = {
    dm: (dm) => model.decisionMakers[dm] ?? "",
    state: (state) => STATES[state] ?? "",
  };
  const told = (dm: number, state: number, concept: BasicConcept, more: Partial<ExplanationNames> = {}) =>
    explanationText(explain(model, dm, state, concept), { ...names, ...more });

  it("say that silence is no Nash equilibrium, since it pays to talk", () => {
    expect(told(0, 3, "nash")).toEqual(["Ann would move from both are silent to Bob is silent, which it prefers."]);
  });

  it("say that the answer to talking makes silence sequentially stable", () => {
    expect(told(0, 3, "seq")).toEqual([
      "Ann would move from both are silent to Bob is silent; the answer of Bob, Bob is silent → both talk, leaves Ann no better off than both are silent.",
    ]);
  });

  it("say under symmetric concepts that the answer cannot be bettered", () => {
    for (const concept of ["smr", "sseq"] as const) {
      expect(told(1, 3, concept)).toEqual([
        "Bob would move from both are silent to Ann is silent; the answer of Ann, Ann is silent → both talk, leaves Bob no better off than both are silent, and it cannot better that.",
      ]);
    }
  });

  it("say that there is nothing better where a state is a Nash equilibrium", () => {
    expect(told(0, 0, "nash")).toEqual(["Ann can move from both talk, to nothing that it prefers."]);
  });

  it("say what nobody would do, and what nobody could", () => {
    // Alone silent, Ann would talk; Bob is silent then at a loss alone, and Ann is better off whatever he does.
    expect(told(0, 1, "seq")).toEqual([
      "Ann would move from Ann is silent to both talk; nothing that the others would do from there leaves Ann as badly off as Ann is silent.",
    ]);
    expect(told(0, 1, "gmr")).toEqual([
      "Ann would move from Ann is silent to both talk; nothing that the others could do from there leaves Ann as badly off as Ann is silent.",
    ]);
  });

  it("say how a move is made, where that is told", () => {
    const change = () => "by talking";
    expect(told(0, 3, "nash", { change })).toEqual([
      "Ann would move from both are silent to Bob is silent, by talking, which it prefers.",
    ]);
  });

  it("say where one cannot move at all", () => {
    const stuck = compileModel({
      form: "graph",
      states: ["here", "there"],
      decisionMakers: [{ name: "Ann", arcs: [], preferences: { kind: "payoffs", payoffs: [0, 1] } }],
    });
    const named = { dm: () => "Ann", state: (state: number) => stuck.stateNames?.[state] ?? "" };
    expect(explanationText(explain(stuck, 0, 0, "nash"), named)).toEqual(["Ann cannot move from here."]);
  });

  it("say how an answer is evaded", () => {
    // Bob's answer to b leads to c, worse for Ann than a; but from c she goes on to d, which is better.
    const evaded = compileModel({
      form: "graph",
      states: ["a", "b", "c", "d"],
      decisionMakers: [
        {
          name: "Ann",
          arcs: [
            [0, 1],
            [2, 3],
          ],
          preferences: { kind: "ranking", ranking: [[1], [3], [0], [2]] },
        },
        { name: "Bob", arcs: [[1, 2]], preferences: { kind: "ranking", ranking: [[2], [0, 1, 3]] } },
      ],
    });
    const named = { dm: (dm: number) => ["Ann", "Bob"][dm] ?? "", state: (s: number) => evaded.stateNames?.[s] ?? "" };
    expect(explanationText(explain(evaded, 0, 0, "sseq"), named)).toEqual([
      "Ann would move from a to b; to the answer of Bob, b → c, it would reply with d, still better than a.",
    ]);
    expect(explanationText(explain(evaded, 0, 0, "seq"), named)).toEqual([
      "Ann would move from a to b; the answer of Bob, b → c, leaves Ann no better off than a.",
    ]);
  });
});
