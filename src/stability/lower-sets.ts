import type { BasicConcept } from "./concepts.ts";
import type { Model } from "./model.ts";
import { compare } from "./preferences.ts";

/**
 * What a decision maker's ranking must say for a state to be stable, the others' preferences being as they are.
 *
 * Each minimal lower set is a set of states above all of which (or level with which) the state must stand; one of them suffices.
 */
export interface LowerSets {
  readonly method: string;
  readonly dm: number;
  readonly state: number;
  readonly concept: BasicConcept;
  /** Ascending states, the smaller sets first. An empty set: the state is stable under any ranking. None: under no ranking. */
  readonly minimal: readonly (readonly number[])[];
  /** Whether there are more sets than were listed; then those listed suffice, may not be minimal, and the count is missing. */
  readonly cut: boolean;
  /** Strict rankings of all states under which it is stable, and all of them; undefined where too many states matter. */
  readonly rankings: { readonly stable: bigint; readonly all: bigint } | undefined;
}

/** Minimal sets that are listed. */
const MOST_SETS = 400;
/** States that may matter for rankings to be counted. */
const MOST_COUNTED = 20;
/** States of which factorials are written out. */
const MOST_FACTORIAL = 2000;

/**
 * The minimal lower sets of a state for a decision maker under a concept.
 *
 * Stability is a monotone formula over “this state stands no higher”; the minimal sets are its prime implicants, found by
 * multiplying out move by move. Rankings are counted by the sizes of lower sets, never one by one: a set of b of n other states
 * is the lower set of b! (n - b)! strict rankings.
 */
export function lowerSets(model: Model, dm: number, state: number, concept: BasicConcept): LowerSets {
  const { minimal, cut } = minimalSets(model, dm, state, concept);
  return {
    method: "prime implicants, multiplied out move by move",
    dm,
    state,
    concept,
    minimal,
    cut,
    rankings: cut ? undefined : countRankings(minimal, model.size),
  };
}

function minimalSets(model: Model, dm: number, state: number, concept: BasicConcept) {
  const scratch = new Int32Array(model.size);
  const own = (from: number): number[] => [...scratch.slice(0, model.moves[dm]!.from(from, scratch))];
  let sets: Set<number>[] = [new Set()];
  let cut = false;
  for (const x of own(state)) {
    const ways = [new Set([x]), ...(concept === "nash" ? [] : deterrents(model, dm, state, x, concept, own))];
    const least = absorb(ways);
    const next: Set<number>[] = [];
    for (const set of sets) {
      // Where one way is met already, the others only add to the set.
      if (ways.some((way) => way.isSubsetOf(set))) {
        next.push(set);
        continue;
      }
      if (least.length > MOST_SETS) cut = true;
      for (const way of least) next.push(set.union(way));
    }
    sets = absorb(next);
    if (sets.length > MOST_SETS) {
      cut = true;
      sets = sets.slice(0, MOST_SETS);
    }
  }
  const minimal = sets.map((set) => [...set].sort((a, b) => a - b));
  return { minimal: minimal.sort(bySize), cut };
}

const bySize = (a: readonly number[], b: readonly number[]): number => {
  if (a.length !== b.length) return a.length - b.length;
  const k = a.findIndex((value, i) => value !== b[i]);
  return k < 0 ? 0 : a[k]! - b[k]!;
};

/** Drops sets that contain another one; the smaller first. Ends with one more than are listed, so that many cost little. */
function absorb(sets: readonly Set<number>[]): Set<number>[] {
  const kept: Set<number>[] = [];
  for (const set of sets.toSorted((a, b) => a.size - b.size)) {
    if (kept.some((other) => other.isSubsetOf(set))) continue;
    kept.push(set);
    if (kept.length > MOST_SETS) break;
  }
  return kept;
}

/** Sets one of which must stand no higher than the state for the move to `begin` to be deterred. */
function deterrents(
  model: Model,
  dm: number,
  state: number,
  begin: number,
  concept: BasicConcept,
  own: (from: number) => number[],
): Set<number>[] {
  const { size } = model;
  const improving = concept === "seq" || concept === "sseq";
  const escapes = concept === "smr" || concept === "sseq";
  const scratch = new Int32Array(size);
  const seen = new Uint8Array(size * model.moves.length);
  const landed = new Set<number>();
  const stack: [state: number, last: number][] = [[begin, -1]];
  while (stack.length > 0) {
    const [from, last] = stack.pop()!;
    for (let j = 0; j < model.moves.length; j++) {
      if (j === dm || j === last) continue;
      for (const y of scratch.slice(0, model.moves[j]!.from(from, scratch))) {
        // What may be an improvement of another counts, as where stability is found (extension b).
        if (improving && !(compare(model.preferences[j]!, y, from) > 0)) continue;
        if (seen[j * size + y] === 1) continue;
        seen[j * size + y] = 1;
        landed.add(y);
        stack.push([y, j]);
      }
    }
  }
  return [...landed].map((y) => {
    const set = new Set(escapes ? [y, ...own(y)] : [y]);
    set.delete(state);
    return set;
  });
}

function countRankings(minimal: readonly (readonly number[])[], size: number): LowerSets["rankings"] {
  if (size > MOST_FACTORIAL) return undefined;
  const relevant = [...new Set(minimal.flat())].sort((a, b) => a - b);
  const n = relevant.length;
  if (n > MOST_COUNTED) return undefined;
  const factorial = [1n];
  for (let k = 1; k <= size; k++) factorial.push(factorial[k - 1]! * BigInt(k));
  const all = factorial[size]!;
  const masks = minimal.map((set) => set.reduce((mask, s) => mask | (1 << relevant.indexOf(s)), 0));
  const bySize = new Array<bigint>(n + 1).fill(0n);
  for (let set = 0; set < 1 << n; set++) {
    if (!masks.some((mask) => (set & mask) === mask)) continue;
    let count = 0;
    for (let bits = set; bits !== 0; bits &= bits - 1) count++;
    bySize[count]! += 1n;
  }
  // Of the state and the n that matter, each order is equally often found among the rankings of all.
  const stable = bySize.reduce((sum, count, b) => sum + count * factorial[b]! * factorial[n - b]!, 0n);
  return { stable: (all / factorial[n + 1]!) * stable, all };
}
