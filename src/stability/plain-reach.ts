import { addTo, isIn, wordsFor } from "./bitsets.ts";

/** Moves of one mover: from state s to `cells[k]` for k from `start[s]` to `start[s + 1]`. */
export interface Steps {
  readonly start: Int32Array;
  readonly cells: Int32Array;
}

/**
 * Rows of bits: the states that are reached from each state by steps of any movers, in any order.
 *
 * Where moves are transitive and preferences orders, two moves of one mover in succession are one or none, so that these are its
 * joint moves to other states. Rows that are complete are taken over whole.
 */
export function plainRows(size: number, movers: readonly Steps[]): Uint32Array {
  const words = wordsFor(size);
  const once = new Uint32Array(words * size);
  for (const { start, cells } of movers) {
    for (let s = 0; s < size; s++) for (let k = start[s]!; k < start[s + 1]!; k++) addTo(once, s * words, cells[k]!);
  }
  const rows = Uint32Array.from(once);
  const isExpanded = new Int32Array(size).fill(-1);
  const stack: number[] = [];
  for (let s = 0; s < size; s++) {
    const row = s * words;
    const visit = (bits: number, w: number): void => {
      for (let left = bits; left !== 0; left &= left - 1) {
        const t = w * 32 + 31 - Math.clz32(left & -left);
        if (t >= s) stack.push(t);
        else if (isExpanded[t] !== s) {
          isExpanded[t] = s;
          // What is reached from a complete row is in it, and needs no look of its own.
          for (let v = 0; v < words; v++) {
            const reached = rows[t * words + v]!;
            const fresh = reached & ~rows[row + v]!;
            rows[row + v]! |= reached;
            markExpanded(fresh, v);
          }
        }
      }
    };
    const markExpanded = (bits: number, w: number): void => {
      for (let left = bits; left !== 0; left &= left - 1) isExpanded[w * 32 + 31 - Math.clz32(left & -left)] = s;
    };
    for (let w = 0; w < words; w++) visit(once[row + w]!, w);
    while (stack.length > 0) {
      const t = stack.pop()!;
      if (isExpanded[t] === s) continue;
      isExpanded[t] = s;
      for (let w = 0; w < words; w++) {
        const fresh = once[t * words + w]! & ~rows[row + w]!;
        if (fresh === 0) continue;
        rows[row + w]! |= fresh;
        visit(fresh, w);
      }
    }
  }
  return rows;
}

/** Sets in each row whether the state reaches itself. */
export function setReturns(rows: Uint32Array, size: number, returns: (state: number) => boolean): void {
  const words = wordsFor(size);
  for (let s = 0; s < size; s++) {
    const at = s * words + (s >>> 5);
    if (isIn(rows, s * words, s)) rows[at]! &= ~(1 << (s & 31));
    if (returns(s)) rows[at]! |= 1 << (s & 31);
  }
}
