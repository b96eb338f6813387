/**
 * The unilateral moves of one decision maker.
 *
 * `blocks`: the states fall into blocks, and from each state every other one of its block can be reached: options that can
 * be changed freely. `directed`: within a block, as far as the directions of options allow. `arcs`: one by one.
 */
export interface Moves {
  readonly method: "blocks" | "directed" | "arcs";
  /** Whether two moves in succession are a move or lead back, so that joint moves are plain reachability. */
  readonly transitive: boolean;
  /** Moves in all. */
  readonly count: number;
  /** The blocks, where the method is one of blocks. */
  readonly blocks: Blocks | undefined;
  /** Writes the states that can be reached from a state, ascending, into `out`; gives how many. */
  from(state: number, out: Int32Array): number;
  /** Writes the states from which a state can be reached, ascending, into `out`; gives how many. */
  into(state: number, out: Int32Array): number;
  /** Whether a state can be reached from another. */
  has(from: number, to: number): boolean;
}

/** States grouped into blocks: `members` from `start[b]` to `start[b + 1]` are those of block b, ascending. */
export interface Blocks {
  readonly count: number;
  readonly block: Int32Array;
  readonly start: Int32Array;
  readonly members: Int32Array;
}

/** Groups states by the number of their block. */
export function groupBlocks(block: Int32Array, count: number): Blocks {
  const start = new Int32Array(count + 1);
  for (let s = 0; s < block.length; s++) start[block[s]! + 1]!++;
  for (let b = 0; b < count; b++) start[b + 1]! += start[b]!;
  const members = new Int32Array(block.length);
  const next = start.slice(0, count);
  for (let s = 0; s < block.length; s++) members[next[block[s]!]!++] = s;
  return { count, block, start, members };
}

/** Moves to every other state of the block. */
export function blockMoves(blocks: Blocks): Moves {
  const { block, start, members } = blocks;
  let count = 0;
  for (let b = 0; b < blocks.count; b++) {
    const length = start[b + 1]! - start[b]!;
    count += length * (length - 1);
  }
  const others = (state: number, out: Int32Array): number => {
    const b = block[state]!;
    let n = 0;
    for (let k = start[b]!; k < start[b + 1]!; k++) if (members[k] !== state) out[n++] = members[k]!;
    return n;
  };
  return {
    method: "blocks",
    transitive: true,
    count,
    blocks,
    from: others,
    into: others,
    has: (from, to) => from !== to && block[from] === block[to],
  };
}

/** Bits of options, parted as the states are. */
export interface Bits {
  readonly low: number;
  readonly high: number;
}

/** Moves within blocks that take up no option of `back` and give up none of `forward`. */
export function directedMoves(blocks: Blocks, low: Uint32Array, high: Uint32Array, forward: Bits, back: Bits): Moves {
  const { block, start, members } = blocks;
  const isWide = high.length > 0;
  const has = (from: number, to: number): boolean => {
    if (from === to || block[from] !== block[to]) return false;
    const [a, b] = [low[from]!, low[to]!];
    if ((a & ~b & forward.low) !== 0 || (b & ~a & back.low) !== 0) return false;
    if (!isWide) return true;
    const [c, d] = [high[from]!, high[to]!];
    return (c & ~d & forward.high) === 0 && (d & ~c & back.high) === 0;
  };
  const list = (state: number, out: Int32Array, into: boolean): number => {
    const b = block[state]!;
    let n = 0;
    for (let k = start[b]!; k < start[b + 1]!; k++) {
      const other = members[k]!;
      if (into ? has(other, state) : has(state, other)) out[n++] = other;
    }
    return n;
  };
  let count = 0;
  const scratch = new Int32Array(longest(blocks));
  for (let s = 0; s < block.length; s++) count += list(s, scratch, false);
  return {
    method: "directed",
    transitive: true,
    count,
    blocks: undefined,
    from: (state, out) => list(state, out, false),
    into: (state, out) => list(state, out, true),
    has,
  };
}

const longest = ({ count, start }: Blocks): number => {
  let most = 0;
  for (let b = 0; b < count; b++) most = Math.max(most, start[b + 1]! - start[b]!);
  return most;
};

/** Moves given one by one; those that stand twice count once, and those to the same state are dropped. */
export function arcMoves(size: number, from: Int32Array, to: Int32Array): Moves {
  const forward = rowsOf(size, from, to);
  const backward = rowsOf(size, to, from);
  const list = ({ start, cells }: Rows, state: number, out: Int32Array): number => {
    let n = 0;
    for (let k = start[state]!; k < start[state + 1]!; k++) out[n++] = cells[k]!;
    return n;
  };
  const has = (a: number, b: number): boolean => {
    const { start, cells } = forward;
    for (let k = start[a]!; k < start[a + 1]!; k++) if (cells[k] === b) return true;
    return false;
  };
  return {
    method: "arcs",
    transitive: isTransitive(size, forward, has),
    count: forward.cells.length,
    blocks: undefined,
    from: (state, out) => list(forward, state, out),
    into: (state, out) => list(backward, state, out),
    has,
  };
}

interface Rows {
  readonly start: Int32Array;
  readonly cells: Int32Array;
}

/** Rows of ascending, distinct cells. */
function rowsOf(size: number, row: Int32Array, cell: Int32Array): Rows {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (let k = 0; k < row.length; k++) if (row[k] !== cell[k]) lists[row[k]!]!.push(cell[k]!);
  const start = new Int32Array(size + 1);
  const cells: number[] = [];
  for (const [s, list] of lists.entries()) {
    list.sort((a, b) => a - b);
    for (const [k, each] of list.entries()) if (k === 0 || list[k - 1] !== each) cells.push(each);
    start[s + 1] = cells.length;
  }
  return { start, cells: Int32Array.from(cells) };
}

/** Pairs of moves that are looked at before arcs are taken for intransitive: then the costlier search is used. */
const MOST_LOOKED_AT = 5_000_000;

function isTransitive(size: number, { start, cells }: Rows, has: (a: number, b: number) => boolean): boolean {
  let looked = 0;
  for (let s = 0; s < size; s++) {
    for (let k = start[s]!; k < start[s + 1]!; k++) {
      const t = cells[k]!;
      for (let l = start[t]!; l < start[t + 1]!; l++) {
        if (++looked > MOST_LOOKED_AT) return false;
        if (cells[l] !== s && !has(s, cells[l]!)) return false;
      }
    }
  }
  return true;
}

/** The moves of a decision maker that sees fewer or more: without those removed, with those added. */
export function changedMoves(
  size: number,
  moves: Moves,
  removed: readonly (readonly [from: Uint8Array, to: Uint8Array])[],
  added: readonly (readonly [from: Uint8Array, to: Uint8Array])[],
): Moves {
  const froms: number[] = [];
  const tos: number[] = [];
  const out = new Int32Array(size);
  for (let s = 0; s < size; s++) {
    const n = moves.from(s, out);
    for (let k = 0; k < n; k++) {
      const t = out[k]!;
      if (removed.some(([from, to]) => from[s] === 1 && to[t] === 1)) continue;
      froms.push(s);
      tos.push(t);
    }
    for (const [from, to] of added) {
      if (from[s] !== 1) continue;
      for (let t = 0; t < size; t++) {
        if (to[t] !== 1 || t === s) continue;
        froms.push(s);
        tos.push(t);
      }
    }
  }
  return arcMoves(size, Int32Array.from(froms), Int32Array.from(tos));
}
