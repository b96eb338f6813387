import { ParleyError } from "../core/problems/index.ts";
import { prefers } from "./groups.ts";
import type { Model } from "./model.ts";

/** What a decision maker does at each state: the state that it moves to, or the same one where it stays. */
export type Policy = Int32Array;

export interface PolicyStability {
  readonly method: string;
  readonly options: { readonly states: readonly number[] };
  /** Of the states looked at, those that are policy stable, ascending. */
  readonly states: Int32Array;
  /**
   * For each of the states looked at: whether the policy of the other one can keep a decision maker there, by decision maker, and
   * a policy of each that does so where there is one. Of a policy stable state, the two are a policy equilibrium.
   */
  readonly judged: readonly JudgedState[];
}

export interface JudgedState {
  readonly state: number;
  readonly stable: boolean;
  /** By decision maker: whether some policy of the other one leaves it no gain. */
  readonly kept: readonly [boolean, boolean];
  /** By decision maker: a policy of its own that keeps the other one from gaining; undefined where there is none. */
  readonly policies: readonly [Policy | undefined, Policy | undefined];
}

/**
 * Policy stable states of two decision makers, with policies that make them so (Zeng, Fang, Hipel & Kilgour 2004).
 *
 * A policy says of every state what a decision maker does there: move to a state within its reach, or stay. A state is policy
 * stable if there are policies of both by which nobody leaves it, and nobody gains by another policy of its own while the other
 * one keeps to its policy. Such a pair of policies is a policy equilibrium.
 *
 * How policies are played out is Parley's reading: the two take turns, the one that changed its policy first; each moves by its
 * policy or stays; play ends where both stay. A gain is an end that is preferred to the state; play that never ends is none.
 * Policies need not be credible: a threat may hurt who makes it, and the threat never to rest deters as well. So the concept is
 * weak: in the prisoner's dilemma all four states are policy stable.
 *
 * Since the state is where play stays before any change, each policy need only hold the other one in check. So for each state and
 * decision maker it is asked from which states that one can force an end that it prefers, whatever the other one does; the
 * other's policy is to keep out of these.
 *
 * @param options states to look at; all of them unless given
 * @throws ParleyError deciders-for
 */
export function policyStability(
  model: Model,
  options: { readonly states?: readonly number[] | undefined } = {},
): PolicyStability {
  const count = model.decisionMakers.length;
  if (count !== 2) throw ParleyError.of("deciders-for", { what: "policies", count, expected: "2" });
  const looked = options.states ?? Array.from({ length: model.size }, (_, s) => s);
  const judged = looked.map((state): JudgedState => {
    const [second, first] = [threat(model, 0, state), threat(model, 1, state)];
    const kept = Object.freeze([second !== undefined, first !== undefined] as const);
    const policies = Object.freeze([first, second] as const);
    return Object.freeze({ state, stable: kept[0] && kept[1], kept, policies });
  });
  const states = judged.flatMap(({ state, stable }) => (stable ? [state] : []));
  return Object.freeze({
    method: "policies played out in turns; which ends a decision maker can force, backwards from them",
    options: Object.freeze({ states: Object.freeze([...looked]) }),
    states: Int32Array.from(states).sort(),
    judged: Object.freeze(judged),
  });
}

/** A policy of the other one that stays at a state and leaves decision maker i no gain there; undefined where there is none. */
function threat({ size, moves, preferences }: Model, i: number, state: number): Policy | undefined {
  const [own, other] = [moves[i]!, moves[1 - i]!];
  const scratch = new Int32Array(size);
  // Where the other one is to move: 1 if i can force a preferred end from there. Then where i is to move.
  const forced = new Uint8Array(size);
  const wins = new Uint8Array(size);
  // Answers of the other one, to stay among them, that do not yet lose; at the state itself it stays.
  const answers = new Int32Array(size);
  const isGain = (s: number): boolean => prefers(preferences[i]!, s, state);
  const queue: number[] = [];
  const force = (w: number): void => {
    if (forced[w] === 1) return;
    forced[w] = 1;
    queue.push(w);
  };
  const win = (s: number): void => {
    if (wins[s] === 1) return;
    wins[s] = 1;
    // The other one loses by every answer that leads here: a move from somewhere else, or to stay.
    const n = other.into(s, scratch);
    for (let k = 0; k < n; k++) if (scratch[k] !== state && --answers[scratch[k]!]! === 0) force(scratch[k]!);
    if (!isGain(s) && --answers[s]! === 0) force(s);
  };
  for (let w = 0; w < size; w++) {
    const open = w === state ? 0 : other.from(w, scratch);
    // To stay at a preferred state loses at once: i stays too.
    answers[w] = open + (isGain(w) ? 0 : 1);
  }
  for (let w = 0; w < size; w++) if (answers[w] === 0) force(w);
  while (queue.length > 0) {
    // i moves or stays so that the other one is to move where it loses.
    const w = queue.pop()!;
    const n = own.into(w, scratch);
    const from = scratch.slice(0, n);
    win(w);
    for (const s of from) win(s);
  }
  if (wins[state] === 1) return undefined;
  const policy = new Int32Array(size);
  for (let w = 0; w < size; w++) {
    policy[w] = w;
    if (w === state || forced[w] === 1 || (!isGain(w) && wins[w] === 0)) continue;
    const n = other.from(w, scratch);
    for (let k = 0; k < n; k++) {
      if (wins[scratch[k]!] === 1) continue;
      policy[w] = scratch[k]!;
      break;
    }
  }
  return policy;
}
