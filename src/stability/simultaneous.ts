import { ParleyError } from "../core/problems/index.ts";
import { equilibria } from "./concepts.ts";
import { decimalOf, joined, stateOf } from "./feasible.ts";
import { isNoBetter, prefers } from "./groups.ts";
import type { Model } from "./model.ts";

export interface SimultaneousStability {
  readonly method: string;
  readonly options: Readonly<Record<string, never>>;
  /** For each decision maker, 1 for each state that is stable for it, else 0. */
  readonly stable: readonly Uint8Array[];
  /** States that are stable for all, ascending. */
  readonly equilibria: Int32Array;
}

/** States up to which the opponents' improvements are combined. */
export const MOST_SIMULTANEOUS = 16_384;

/**
 * Which states are stable for whom where decision makers move at once (simultaneous stability, Fraser & Hipel 1984).
 *
 * A decision maker would leave a state s for one that it prefers. It is deterred where opponents who improve from s at the same
 * time, each by one move or not at all, change its improvement into a feasible state that it does not prefer to s. The changes are
 * joined option by option, so that the model must be in option form. Not what the program GMCR+ gives, which drops combinations.
 *
 * @throws ParleyError options-needed (graph form), too-many-for
 */
export function simultaneousStability(model: Model): SimultaneousStability {
  const { size, moves, preferences, stateNames } = model;
  if (stateNames !== undefined) throw ParleyError.of("options-needed", { what: "simultaneous moves" });
  if (size > MOST_SIMULTANEOUS) {
    throw ParleyError.of("too-many-for", { what: "simultaneous moves", count: size, limit: MOST_SIMULTANEOUS });
  }
  const scratch = new Int32Array(size);
  const stable = moves.map(() => new Uint8Array(size).fill(1));
  for (let s = 0; s < size; s++) {
    const better = moves.map((of, j) => {
      const list = scratch.slice(0, of.from(s, scratch));
      return list.filter((t) => prefers(preferences[j]!, t, s));
    });
    for (let i = 0; i < moves.length; i++) {
      if (better[i]!.length === 0) continue;
      const opponents = better.filter((list, j) => j !== i && list.length > 0);
      if (!isMet(model, i, s, better[i]!, opponents)) stable[i]![s] = 0;
    }
  }
  return Object.freeze({
    method: "improvements of all at once, joined option by option",
    options: Object.freeze({}),
    stable: Object.freeze(stable),
    equilibria: equilibria(stable),
  });
}

/** Whether the opponents, each by one of its improvements or none, can spoil every improvement of a decision maker. */
function isMet(model: Model, i: number, s: number, exits: Int32Array, opponents: readonly Int32Array[]): boolean {
  const { states } = model;
  const { low, high } = states;
  const isWide = high.length > 0;
  // Changes that the opponents make together, each combination once.
  let changes = new Map<number, readonly [low: number, high: number]>([[0, [0, 0]]]);
  for (const list of opponents) {
    const next = new Map(changes);
    for (const t of list) {
      const [a, b] = [low[s]! ^ low[t]!, isWide ? high[s]! ^ high[t]! : 0];
      for (const [c, d] of changes.values()) next.set(joined(a ^ c, b ^ d), [a ^ c, b ^ d]);
    }
    changes = next;
  }
  const isFull = span(model) === model.size;
  for (const x of exits) {
    let found = false;
    for (const [a, b] of changes.values()) {
      const decimal = joined(low[x]! ^ a, isWide ? high[x]! ^ b : 0);
      const y = isFull ? decimal : stateOf(states, decimal);
      if (y === undefined || !isNoBetter(model.preferences[i]!, y, s)) continue;
      found = true;
      break;
    }
    if (!found) return false;
  }
  return true;
}

/** One more than the greatest decimal: as many as there are states where none is left out below it. */
function span({ states }: Model): number {
  return decimalOf(states, states.size - 1) + 1;
}
