import { describe, expect, it } from "vitest";
import { randomRankings } from "../../../bench/stability/random-conflicts.ts";
import { createStream, purpose } from "../../../src/core/random/index.ts";
import {
  analyseStability,
  BASIC_CONCEPTS,
  compileModel,
  type Direction,
  explain,
  type OptionForm,
  ofPattern,
} from "../../../src/stability/index.ts";

/** Options of each of three decision makers, and states and pairs looked at one by one. */
const OPTIONS = 4;
const LOOKED_AT = 150;

/** A conflict of 2^12 combinations with random strict preferences, some one-way options, and some combinations left out. */
function conflict(seed: number, directions: readonly Direction[], infeasible: number): OptionForm {
  const rankings = randomRankings(3 * OPTIONS, seed);
  const stream = createStream(seed, purpose("TEST"));
  const whole = (below: number, slot: number, index: number) => Math.floor(below * stream.uniform(slot, 0, index));
  const patterns = Array.from({ length: infeasible }, (_, k) =>
    ofPattern(
      [0, 1, 2].map((slot) => [slot * OPTIONS + whole(OPTIONS, slot, k), stream.uniform(slot + 3, 0, k) < 0.5]),
    ),
  );
  const bare: OptionForm = {
    form: "options",
    infeasible: patterns,
    decisionMakers: rankings.map((_, d) => ({
      name: `DM${d}`,
      options: Array.from({ length: OPTIONS }, (__, o) => ({
        name: `o${d}.${o}`,
        direction: directions[(d * OPTIONS + o) % directions.length] ?? "both",
      })),
      preferences: { kind: "statements", statements: [] },
    })),
  };
  const { size, states } = compileModel(bare);
  return {
    ...bare,
    decisionMakers: bare.decisionMakers.map((each, d) => {
      const worth = new Int32Array(1 << (3 * OPTIONS));
      for (const [place, mask] of (rankings[d] ?? new Int32Array(0)).entries()) worth[mask] = worth.length - place;
      return {
        ...each,
        preferences: {
          kind: "payoffs",
          payoffs: Array.from({ length: size }, (_, s) => worth[states.low[s] ?? 0] ?? 0),
        },
      };
    }),
  };
}

describe("sweeps over thousands of states", () => {
  it.each([
    ["all free", ["both"], 0],
    ["all free, with gaps", ["both"], 9],
    ["one-way options", ["both", "forward", "both", "back", "both"], 0],
    ["one-way options, with gaps", ["both", "forward", "both", "back", "both"], 9],
  ] as const)("%s: agree with a search from single states", (_, directions, infeasible) => {
    for (const seed of [1, 2]) {
      const model = compileModel(conflict(seed, directions, infeasible));
      const { concepts } = analyseStability(model);
      const stream = createStream(seed, purpose("LOOK"));
      for (let k = 0; k < LOOKED_AT; k++) {
        const state = Math.floor(model.size * stream.uniform(0, 0, k));
        const dm = Math.floor(3 * stream.uniform(1, 0, k));
        for (const concept of BASIC_CONCEPTS) {
          const expected = explain(model, dm, state, concept).stable;
          expect(concepts[concept]?.stable[dm]?.[state] === 1, `${concept} of ${state} for ${dm}`).toBe(expected);
        }
      }
    }
  });
});
