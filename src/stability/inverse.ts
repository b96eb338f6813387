import { ParleyError } from "../core/problems/index.ts";
import { type BasicConcept, equilibria, orderedStability } from "./concepts.ts";
import type { Model } from "./model.ts";
import { isRelational } from "./relations.ts";
import { leastReached, moversOf, orderBy, type SortedBlocks, sortBlocks } from "./sweep.ts";

/** The nearest change to a decision maker's ranking that makes a state stable for it, or unstable. */
export interface RankChange {
  readonly dm: number;
  /** Whether the state is stable for it today. */
  readonly stable: boolean;
  /** Fewest exchanges of neighbours in its ranking; 0 where nothing need change, undefined where no ranking would do. */
  readonly swaps: number | undefined;
  /** States that the state must come to stand above (to be stable) or below (to be unstable), best first. */
  readonly passes: readonly number[];
}

/** What would have to change for a state to be an equilibrium, or to be none. */
export interface InverseAnswer {
  readonly method: string;
  readonly state: number;
  readonly concept: BasicConcept;
  readonly equilibrium: boolean;
  /** For each decision maker alone, the others' rankings as they are. */
  readonly settle: readonly RankChange[];
  /**
   * Changes that together make the state an equilibrium: the sum of exchanges, and whether fewer are known not to do.
   * Under `nash`, `gmr` and `smr` decision makers do not depend on each other's rankings; under the others the changes were
   * looked for round by round, and checked; another's ranking may be cheaper to change. Some are always found: a state that all
   * rank first is an equilibrium.
   */
  readonly together: { readonly swaps: number; readonly changes: readonly RankChange[]; readonly fewest: boolean };
  /** For each decision maker alone, what would unsettle the state; `swaps` is undefined where nothing would. */
  readonly unsettle: readonly RankChange[];
}

/**
 * What would have to change in the rankings for a state to be an equilibrium, or to be none (inverse graph model: Kinsara,
 * Kilgour & Hipel 2015), by the fewest exchanges of neighbours.
 *
 * For fixed preferences of the others, stability depends only on which states a decision maker ranks no better than the desired
 * one, and only gains by more of them; so the nearest ranking raises the desired state alone, to the least rank at which
 * every move from it is either no improvement or deterred. No ranking is enumerated.
 *
 * @throws ParleyError preference-shape where preferences are no orders
 */
export function inverse(model: Model, state: number, concept: BasicConcept): InverseAnswer {
  expectOrders(model);
  const stable = orderedStability(model, { concepts: [concept] })[concept];
  const settle = model.decisionMakers.map((_, dm) => settleFor(model, dm, state, concept));
  const unsettle = settle.map(({ dm, stable: isStable }) => unsettleFor(model, dm, state, concept, isStable));
  return {
    method: "one sweep a decision maker: the least rank at which each move is no improvement or is deterred",
    state,
    concept,
    equilibrium: stable.every((of) => of[state] === 1),
    settle,
    together: settleTogether(model, state, concept, settle),
    unsettle,
  };
}

function expectOrders(model: Model): void {
  if (!isRelational(model)) return;
  const party = model.decisionMakers[model.preferences.findIndex(({ relation }) => relation !== undefined)] ?? "";
  throw ParleyError.of("preference-shape", {
    party,
    detail: "are unknown in part or have degrees, and the inverse analysis asks for plain orders",
  });
}

/**
 * For each move from the state, the least rank that the state must have for the move to be no improvement or to be deterred;
 * the greatest of them is asked of the state. 0 where the state can have any rank.
 */
export function rankNeeded(model: Model, dm: number, state: number, concept: BasicConcept): number {
  const { ranks, greatest } = model.preferences[dm]!;
  const out = new Int32Array(model.size);
  const moves = out.slice(0, model.moves[dm]!.from(state, out));
  if (moves.length === 0) return 0;
  let least: Int32Array | undefined;
  if (concept !== "nash") {
    // The state is no better than itself: an answer that leads back to it deters, whatever its rank.
    const lowered = Int32Array.from(ranks);
    lowered[state] = 0;
    const escapes = concept === "smr" || concept === "sseq";
    const key = escapes ? bestOf(model, dm, lowered) : lowered;
    const sorted = sortedOf(model);
    const improvements = concept === "seq" || concept === "sseq";
    least = leastReached(moversOf(model, sorted, dm), key, orderBy(key, greatest), improvements, "legal");
  }
  let needed = 0;
  for (const x of moves) needed = Math.max(needed, Math.min(ranks[x]!, least?.[x] ?? ranks[x]!));
  return needed;
}

function sortedOf(model: Model): (SortedBlocks | undefined)[] {
  return model.moves.map(({ blocks }, i) => {
    const { ranks, greatest } = model.preferences[i]!;
    return blocks === undefined ? undefined : sortBlocks(blocks, ranks, orderBy(ranks, greatest));
  });
}

function bestOf(model: Model, dm: number, ranks: Int32Array): Int32Array {
  const best = Int32Array.from(ranks);
  const out = new Int32Array(model.size);
  for (let s = 0; s < model.size; s++) {
    const n = model.moves[dm]!.from(s, out);
    for (let k = 0; k < n; k++) if (ranks[out[k]!]! > best[s]!) best[s] = ranks[out[k]!]!;
  }
  return best;
}

function settleFor(model: Model, dm: number, state: number, concept: BasicConcept): RankChange {
  const { ranks } = model.preferences[dm]!;
  const needed = rankNeeded(model, dm, state, concept);
  const own = ranks[state]!;
  const passes = needed <= own ? [] : between(ranks, state, own + 1, needed);
  return { dm, stable: needed <= own, swaps: passes.length, passes };
}

function unsettleFor(model: Model, dm: number, state: number, concept: BasicConcept, isStable: boolean): RankChange {
  const { ranks } = model.preferences[dm]!;
  if (!isStable) return { dm, stable: false, swaps: 0, passes: [] };
  const needed = rankNeeded(model, dm, state, concept);
  // The state must fall below every state of the least rank that would hold it: below rank 1 there is room too.
  if (needed === 0) return { dm, stable: true, swaps: undefined, passes: [] };
  const passes = between(ranks, state, needed, ranks[state]!);
  return { dm, stable: true, swaps: passes.length, passes };
}

/** States of ranks from `low` to `high` besides one, the best first. */
function between(ranks: Int32Array, but: number, low: number, high: number): number[] {
  const found: number[] = [];
  for (let s = 0; s < ranks.length; s++) if (s !== but && ranks[s]! >= low && ranks[s]! <= high) found.push(s);
  return found.sort((a, b) => ranks[b]! - ranks[a]! || a - b);
}

function settleTogether(
  model: Model,
  state: number,
  concept: BasicConcept,
  settle: readonly RankChange[],
): InverseAnswer["together"] {
  let changes = settle.filter(({ stable }) => !stable);
  const swapsOf = (of: readonly RankChange[]) => of.reduce((sum, { swaps = 0 }) => sum + swaps, 0);
  const isSeparate = concept === "nash" || concept === "gmr" || concept === "smr";
  if (isSeparate || changes.length === 0) return { swaps: swapsOf(changes), changes, fewest: true };
  let raised = model;
  // Each round raises the state in some ranking, so that rounds end.
  for (;;) {
    for (const { dm, passes } of changes) raised = withRaised(raised, dm, state, passes);
    const stable = orderedStability(raised, { concepts: [concept] })[concept];
    if (equilibria(stable).includes(state)) {
      const own = model.preferences;
      const found = raised.preferences.flatMap(({ ranks }, dm) => {
        const passes = overtaken(own[dm]!.ranks, ranks, state);
        return passes.length === 0 ? [] : [{ dm, stable: settle[dm]!.stable, swaps: passes.length, passes }];
      });
      return { swaps: swapsOf(found), changes: found, fewest: false };
    }
    changes = model.decisionMakers.map((_, dm) => settleFor(raised, dm, state, concept)).filter((each) => !each.stable);
  }
}

/** States that stood above one before and stand no more above it. */
function overtaken(before: Int32Array, after: Int32Array, state: number): number[] {
  const found: number[] = [];
  for (let s = 0; s < before.length; s++) {
    if (before[s]! > before[state]! && after[s]! <= after[state]!) found.push(s);
  }
  return found.sort((a, b) => before[b]! - before[a]! || a - b);
}

/** The model with a state raised in one ranking to just above the states that it passes. */
export function withRaised(model: Model, dm: number, state: number, passes: readonly number[]): Model {
  if (passes.length === 0) return model;
  const own = model.preferences[dm]!;
  const top = Math.max(...passes.map((s) => own.ranks[s]!));
  const position = Float64Array.from(own.ranks);
  position[state] = top + 0.5;
  const order = [...new Set(position)].sort((a, b) => a - b);
  const rankOf = new Map(order.map((value, k) => [value, k + 1]));
  const ranks = Int32Array.from(position, (value) => rankOf.get(value)!);
  const preferences = model.preferences.map((each, i) =>
    i === dm ? { ranks, greatest: order.length, relation: undefined, ordered: true } : each,
  );
  return { ...model, preferences };
}
