import type { Model } from "./model.ts";
import { type JointMoves, leastReached, moversOf, orderBy, type SortedBlocks, sortBlocks, Workspace } from "./sweep.ts";

/**
 * How a decision maker thinks ahead.
 *
 * `nash`: it has no improvement (Nash 1950). `gmr`: every improvement can be met by moves of the others that leave it no better
 * off (general metarationality, Howard 1971). `smr`: and it cannot escape from that (symmetric metarationality, Howard 1971).
 * `seq`: the others would improve by those moves themselves (sequential stability, Fraser & Hipel 1979). `sseq`: both (symmetric
 * sequential stability, Rego & Vieira 2015, 2017).
 */
export type BasicConcept = "nash" | "gmr" | "smr" | "seq" | "sseq";

export const BASIC_CONCEPTS: readonly BasicConcept[] = ["nash", "gmr", "smr", "seq", "sseq"];

/** For each concept and decision maker: 1 for each state that is stable, else 0. */
export type StabilityTable<C extends string = string> = Readonly<Record<C, readonly Uint8Array[]>>;

export interface ConceptOptions {
  /** All five unless given. */
  readonly concepts?: readonly BasicConcept[] | undefined;
  /** `legal` unless given. */
  readonly joint?: JointMoves | undefined;
}

/** The sweep behind each concept: whether it looks at the focal decision maker's escape, and at the others' improvements. */
const SWEEPS = {
  gmr: { escape: false, improvements: false },
  smr: { escape: true, improvements: false },
  seq: { escape: false, improvements: true },
  sseq: { escape: true, improvements: true },
} as const;

/**
 * Which states are stable for whom, by each concept, where preferences are orders.
 *
 * One sweep a concept and decision maker gives, for every state, the worst that the others can bring about from it; a state is
 * stable where that is no better than the state for each state that the decision maker would move to. A tie counts as a
 * sanction.
 */
export function orderedStability(model: Model, options: ConceptOptions = {}): StabilityTable<BasicConcept> {
  const { concepts = BASIC_CONCEPTS, joint = "legal" } = options;
  const space = new Workspace(model.size);
  // One order of states at a time: that of the decision maker at hand.
  const order = new Int32Array(model.size);
  // The best within reach of a move, and its order: made anew for each decision maker in the same place.
  const escaping = concepts.some((concept) => concept === "smr" || concept === "sseq") ? model.size : 0;
  const best = new Int32Array(escaping);
  const bestOrder = new Int32Array(escaping);
  const sorted = model.moves.map(({ blocks }, i) => {
    const { ranks, greatest } = model.preferences[i]!;
    return blocks === undefined ? undefined : sortBlocks(blocks, ranks, orderBy(ranks, greatest, space, order));
  });
  const table: Partial<Record<BasicConcept, Uint8Array[]>> = {};
  for (const concept of concepts) table[concept] = [];
  for (let i = 0; i < model.decisionMakers.length; i++) {
    const movers = moversOf(model, sorted, i);
    const { ranks, greatest } = model.preferences[i]!;
    if (concepts.some((concept) => concept === "gmr" || concept === "seq")) orderBy(ranks, greatest, space, order);
    let isMade = false;
    for (const concept of concepts) {
      if (concept === "nash") {
        table.nash!.push(withoutWorse(model, i, sorted[i], undefined));
        continue;
      }
      const sweep = SWEEPS[concept];
      if (sweep.escape && !isMade) {
        bestWithin(model, i, sorted[i], best);
        orderBy(best, greatest, space, bestOrder);
        isMade = true;
      }
      const key = sweep.escape ? best : ranks;
      const ordered = sweep.escape ? bestOrder : order;
      const least = leastReached(movers, key, ordered, sweep.improvements, joint, space);
      table[concept]!.push(withoutWorse(model, i, sorted[i], least));
    }
  }
  return table as StabilityTable<BasicConcept>;
}

/** The best rank that the decision maker has at each state or one move from it: where it ends if it may move once more. */
function bestWithin(
  { moves, preferences, size }: Model,
  i: number,
  sorted: SortedBlocks | undefined,
  best: Int32Array,
): void {
  const { ranks } = preferences[i]!;
  best.set(ranks);
  const blocks = moves[i]!.blocks;
  if (blocks !== undefined && sorted !== undefined) {
    for (let b = 0; b < blocks.count; b++) {
      const greatest = sorted.ranks[blocks.start[b + 1]! - 1]!;
      for (let k = blocks.start[b]!; k < blocks.start[b + 1]!; k++) best[blocks.members[k]!] = greatest;
    }
    return;
  }
  const out = new Int32Array(size);
  for (let s = 0; s < size; s++) {
    const n = moves[i]!.from(s, out);
    for (let k = 0; k < n; k++) if (ranks[out[k]!]! > best[s]!) best[s] = ranks[out[k]!]!;
  }
}

/**
 * States that a decision maker would not leave: each improvement of it leads, by `least`, to something no better than the
 * state; without `least`, states with no improvement.
 */
function withoutWorse(
  { moves, preferences, size }: Model,
  i: number,
  sorted: SortedBlocks | undefined,
  least: Int32Array | undefined,
): Uint8Array {
  const { ranks } = preferences[i]!;
  const stable = new Uint8Array(size);
  const blocks = moves[i]!.blocks;
  if (blocks === undefined || sorted === undefined) {
    const out = new Int32Array(size);
    for (let s = 0; s < size; s++) {
      const n = moves[i]!.from(s, out);
      let isStable = true;
      for (let k = 0; k < n && isStable; k++) {
        const x = out[k]!;
        if (ranks[x]! > ranks[s]! && (least === undefined || least[x]! > ranks[s]!)) isStable = false;
      }
      stable[s] = isStable ? 1 : 0;
    }
    return stable;
  }
  for (let b = 0; b < blocks.count; b++) {
    // From the best down: the greatest `least` among those strictly better than the group of ties at hand.
    let [above, tied] = [0, 0];
    let rank = -1;
    for (let k = blocks.start[b + 1]! - 1; k >= blocks.start[b]!; k--) {
      const s = sorted.members[k]!;
      if (sorted.ranks[k] !== rank) {
        if (tied > above) above = tied;
        rank = sorted.ranks[k]!;
      }
      stable[s] = above <= (least === undefined ? 0 : rank) ? 1 : 0;
      const worst = least === undefined ? 1 : least[s]!;
      if (worst > tied) tied = worst;
    }
  }
  return stable;
}

/** States that are stable for every decision maker, ascending. */
export function equilibria(stable: readonly Uint8Array[]): Int32Array {
  const size = stable[0]?.length ?? 0;
  const forAll = new Uint8Array(size).fill(1);
  for (const each of stable) for (let s = 0; s < size; s++) forAll[s]! &= each[s]!;
  let count = 0;
  for (let s = 0; s < size; s++) count += forAll[s]!;
  const found = new Int32Array(count);
  for (let s = size - 1; s >= 0; s--) if (forAll[s] === 1) found[--count] = s;
  return found;
}
