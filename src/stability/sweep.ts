import type { Model } from "./model.ts";
import type { Blocks, Moves } from "./moves.ts";

/**
 * Which joint moves of the opponents count as a sanction.
 *
 * `legal`: any sequence in which nobody moves twice in succession (Fang, Hipel & Kilgour 1993), the definition.
 * `each-once`: each opponent moves at most once, in any order, as the program GMCR+ has it. `one-opponent`: one move of one
 * opponent. With two decision makers all three are the same.
 */
export type JointMoves = "legal" | "each-once" | "one-opponent";

/** Arrays that sweeps over models of one size share, so that none allocates anew. */
export class Workspace {
  /** What the last sweep found; the next one overwrites it. */
  readonly label: Int32Array;
  readonly stack: Int32Array;
  readonly counts: Int32Array;

  constructor(size: number) {
    this.label = new Int32Array(size);
    this.stack = new Int32Array(size);
    this.counts = new Int32Array(size + 2);
  }
}

/** States in ascending order of a whole-numbered key from 0 to `greatest`, which is at most their number. */
export function orderBy(
  key: Int32Array,
  greatest: number,
  { counts: start }: Workspace = new Workspace(key.length),
  order: Int32Array = new Int32Array(key.length),
): Int32Array {
  start.fill(0, 0, greatest + 2);
  for (let s = 0; s < key.length; s++) start[key[s]! + 1]!++;
  for (let k = 0; k <= greatest; k++) start[k + 1]! += start[k]!;
  for (let s = 0; s < key.length; s++) order[start[key[s]!]!++] = s;
  return order;
}

/** Members of each block from the worst to the best for its owner, beside their ranks; `start` is that of the blocks. */
export interface SortedBlocks {
  readonly members: Int32Array;
  readonly ranks: Int32Array;
}

/** Sorts the members of all blocks at once: the states in ascending order of rank are dealt out to their blocks. */
export function sortBlocks(blocks: Blocks, ranks: Int32Array, order: Int32Array): SortedBlocks {
  const next = blocks.start.slice(0, blocks.count);
  const members = new Int32Array(order.length);
  const sorted = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const s = order[k]!;
    const at = next[blocks.block[s]!]!++;
    members[at] = s;
    sorted[at] = ranks[s]!;
  }
  return { members, ranks: sorted };
}

/** What a sweep needs of a mover: its moves, its ranks, and its blocks sorted where it has blocks. */
export interface Mover {
  readonly moves: Moves;
  readonly ranks: Int32Array;
  readonly sorted: SortedBlocks | undefined;
}

/**
 * The least key that a sanction of the movers leads to from each state, the state itself included.
 *
 * States are taken in ascending order of their key; each labels all states from which it is reached and that have no label
 * yet. So each state is labelled once, and each block or move is looked at once (see docs/stability.md).
 *
 * @param order the states in ascending order of `key`
 * @param improvements whether each mover must prefer the state it moves to
 */
export function leastReached(
  movers: readonly Mover[],
  key: Int32Array,
  order: Int32Array,
  improvements: boolean,
  joint: JointMoves,
  space: Workspace = new Workspace(key.length),
): Int32Array {
  if (movers.length > 1 && joint === "each-once") return eachOnce(movers, key, improvements);
  if (movers.length > 1 && joint === "one-opponent") return oneMove(movers, key, improvements);
  const isPlain = movers.every(({ moves }) => moves.transitive) || movers.length === 1;
  if (!isPlain) return legalSweep(movers, key, order, improvements);
  if (movers.length === 1 && !(movers[0]?.moves.transitive ?? true)) return oneMove(movers, key, improvements);
  return (
    (improvements ? undefined : blockMinima(movers, key, space)) ?? plainSweep(movers, key, order, improvements, space)
  );
}

/** Rounds over all blocks before the search by key takes over: where no combination is infeasible, one settles it. */
const MOST_ROUNDS = 4;

/**
 * The least key in reach where every mover moves freely within blocks: minima over blocks, mover by mover, until nothing
 * changes. Undefined where that takes long, or where a mover has no blocks.
 */
function blockMinima(movers: readonly Mover[], key: Int32Array, space: Workspace): Int32Array | undefined {
  if (movers.some(({ moves }) => moves.blocks === undefined)) return undefined;
  const least = space.label;
  least.set(key);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let changed = false;
    for (const { moves } of movers) {
      const { count, start, members } = moves.blocks!;
      for (let b = 0; b < count; b++) {
        const end = start[b + 1]!;
        let lowest = least[members[start[b]!]!]!;
        let isEven = true;
        for (let k = start[b]! + 1; k < end; k++) {
          const each = least[members[k]!]!;
          if (each === lowest) continue;
          isEven = false;
          if (each < lowest) lowest = each;
        }
        if (isEven) continue;
        changed = true;
        for (let k = start[b]!; k < end; k++) least[members[k]!] = lowest;
      }
    }
    if (!changed || movers.length === 1) return least;
  }
  return undefined;
}

/** Joint moves are plain reachability: moves of each opponent are transitive, so that two in succession are one or none. */
function plainSweep(
  movers: readonly Mover[],
  key: Int32Array,
  order: Int32Array,
  improvements: boolean,
  space: Workspace,
): Int32Array {
  const size = key.length;
  const { label, stack } = space;
  label.fill(-1);
  const into = new Int32Array(movers.some(({ moves }) => moves.blocks === undefined) ? size : 0);
  // For improvements: up to where each block's members are labelled; else: whether the block is.
  const reached = movers.map(({ moves }) => moves.blocks?.start.slice(0, moves.blocks.count));
  for (let k = 0; k < size; k++) {
    const source = order[k]!;
    if (label[source] !== -1) continue;
    const least = key[source]!;
    label[source] = least;
    let top = 0;
    stack[top++] = source;
    while (top > 0) {
      const v = stack[--top]!;
      for (let m = 0; m < movers.length; m++) {
        const { moves, ranks, sorted } = movers[m]!;
        const pointers = reached[m];
        if (pointers !== undefined) {
          const { block, start, members } = moves.blocks!;
          const b = block[v]!;
          const end = start[b + 1]!;
          let p = pointers[b]!;
          if (p === end) continue;
          if (improvements) {
            // All that the mover ranks below v it would leave for v.
            const rank = ranks[v]!;
            const best = sorted!;
            while (p < end && best.ranks[p]! < rank) {
              const u = best.members[p++]!;
              if (label[u] !== -1) continue;
              label[u] = least;
              stack[top++] = u;
            }
          } else {
            while (p < end) {
              const u = members[p++]!;
              if (label[u] !== -1) continue;
              label[u] = least;
              stack[top++] = u;
            }
          }
          pointers[b] = p;
          continue;
        }
        const n = moves.into(v, into);
        for (let i = 0; i < n; i++) {
          const u = into[i]!;
          if (label[u] !== -1 || (improvements && ranks[v]! <= ranks[u]!)) continue;
          label[u] = least;
          stack[top++] = u;
        }
      }
    }
  }
  return label;
}

/** Nodes are states with their last mover, so that nobody moves twice in succession. */
function legalSweep(movers: readonly Mover[], key: Int32Array, order: Int32Array, improvements: boolean): Int32Array {
  const size = key.length;
  const n = movers.length;
  // Where m moved last, to state v: node m * size + v.
  const label = new Int32Array(size * n).fill(-1);
  const least = Int32Array.from(key);
  const isSettled = new Uint8Array(size);
  const stack: number[] = [];
  const into = new Int32Array(size);
  for (let k = 0; k < size; k++) {
    const source = order[k]!;
    for (let m = 0; m < n; m++) {
      if (label[m * size + source] !== -1) continue;
      label[m * size + source] = key[source]!;
      stack.push(m * size + source);
    }
    while (stack.length > 0) {
      const node = stack.pop()!;
      const last = Math.floor(node / size);
      const v = node % size;
      const { moves, ranks } = movers[last]!;
      const count = moves.into(v, into);
      for (let i = 0; i < count; i++) {
        const u = into[i]!;
        if (improvements && ranks[v]! <= ranks[u]!) continue;
        // A sequence that begins at u with this move; keys come in ascending order, so the first is the least.
        if (isSettled[u] === 0) {
          isSettled[u] = 1;
          least[u] = Math.min(least[u]!, key[source]!);
        }
        for (let m = 0; m < n; m++) {
          if (m === last || label[m * size + u] !== -1) continue;
          label[m * size + u] = key[source]!;
          stack.push(m * size + u);
        }
      }
    }
  }
  return least;
}

/** The least key after at most one move of one of the movers. */
function oneMove(movers: readonly Mover[], key: Int32Array, improvements: boolean): Int32Array {
  return after(
    movers,
    movers.map(() => key),
    key,
    improvements,
  );
}

/** The least of a state's key and, over movers and their moves, of what `next` says of the state reached. */
function after(
  movers: readonly Mover[],
  next: readonly Int32Array[],
  key: Int32Array,
  improvements: boolean,
): Int32Array {
  const least = Int32Array.from(key);
  const out = new Int32Array(key.length);
  for (let s = 0; s < key.length; s++) {
    for (let m = 0; m < movers.length; m++) {
      const { moves, ranks } = movers[m]!;
      const count = moves.from(s, out);
      for (let i = 0; i < count; i++) {
        const t = out[i]!;
        if (improvements && ranks[t]! <= ranks[s]!) continue;
        const reached = next[m]![t]!;
        if (reached < least[s]!) least[s] = reached;
      }
    }
  }
  return least;
}

/** Each mover at most once: by the set of those that have not moved yet, from the empty set up. */
function eachOnce(movers: readonly Mover[], key: Int32Array, improvements: boolean): Int32Array {
  const bySet: Int32Array[] = [key];
  for (let set = 1; set < 1 << movers.length; set++) {
    const within = movers.flatMap((mover, m) => ((set >> m) & 1 ? [{ mover, next: bySet[set & ~(1 << m)]! }] : []));
    bySet[set] = after(
      within.map(({ mover }) => mover),
      within.map(({ next }) => next),
      key,
      improvements,
    );
  }
  return bySet[bySet.length - 1]!;
}

/** The movers of a model besides one, ready for sweeps. */
export function moversOf(model: Model, sorted: readonly (SortedBlocks | undefined)[], but: number): Mover[] {
  return model.moves.flatMap((moves, j) =>
    j === but ? [] : [{ moves, ranks: model.preferences[j]!.ranks, sorted: sorted[j] }],
  );
}
