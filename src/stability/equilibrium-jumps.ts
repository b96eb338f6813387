import { allGroups, groupOf, prefers } from "./groups.ts";
import { jointMovesFrom } from "./joint-moves.ts";
import type { Model } from "./model.ts";

/** A coalition moves together from an equilibrium to another one that all its members prefer. */
export interface EquilibriumJump {
  readonly from: number;
  readonly to: number;
  readonly members: readonly number[];
}

export interface EquilibriumJumps {
  readonly method: string;
  readonly options: { readonly coalitions: readonly (readonly number[])[] };
  /** By the state left, then by coalition. */
  readonly jumps: readonly EquilibriumJump[];
  /** Equilibria that no coalition would leave for another one: they are strong, the others vulnerable. */
  readonly strong: Int32Array;
}

/**
 * Which equilibria are threatened by a coalition that moves to a better one (coalition analysis, Kilgour, Hipel, Fang & Peng 2001).
 *
 * Each member alone would not leave an equilibrium; together they may reach another one, by a legal sequence, that all of them
 * prefer.
 *
 * @param equilibria states that are equilibria by whatever concept
 * @param options coalitions to look at; every one of two or more unless given
 * @throws ParleyError coalition-shape
 */
export function equilibriumJumps(
  model: Model,
  equilibria: ArrayLike<number>,
  options: { readonly coalitions?: readonly (readonly number[])[] | undefined } = {},
): EquilibriumJumps {
  const coalitions =
    options.coalitions?.map((members) => groupOf(model, members)) ??
    allGroups(model.decisionMakers.length).filter(({ length }) => length > 1);
  const all = Int32Array.from(equilibria).sort();
  const targets = new Set(all);
  const jumps: EquilibriumJump[] = [];
  for (const from of all) {
    for (const members of coalitions) {
      for (const to of jointMovesFrom(model, members, from).states) {
        if (!targets.has(to) || !members.every((k) => prefers(model.preferences[k]!, to, from))) continue;
        jumps.push(Object.freeze({ from, to, members: Object.freeze([...members]) }));
      }
    }
  }
  const left = new Set(jumps.map(({ from }) => from));
  return Object.freeze({
    method: "joint moves by legal sequences from equilibrium to equilibrium",
    options: Object.freeze({ coalitions: Object.freeze(coalitions.map((members) => Object.freeze([...members]))) }),
    jumps: Object.freeze(jumps),
    strong: all.filter((state) => !left.has(state)),
  });
}
