/** Sets of states as bits, 32 to a word; a matrix holds a row of words for each state. */
export function wordsFor(size: number): number {
  return (size + 31) >>> 5;
}

export function addTo(set: Uint32Array, offset: number, state: number): void {
  set[offset + (state >>> 5)]! |= 1 << (state & 31);
}

export function isIn(set: Uint32Array, offset: number, state: number): boolean {
  return ((set[offset + (state >>> 5)]! >>> (state & 31)) & 1) === 1;
}

/** Whether a row of one matrix and a set share a state. */
export function meets(matrix: Uint32Array, offset: number, set: Uint32Array): boolean {
  for (let w = 0; w < set.length; w++) if ((matrix[offset + w]! & set[w]!) !== 0) return true;
  return false;
}

/** Whether a row of one matrix lies within a set. */
export function isWithin(matrix: Uint32Array, offset: number, set: Uint32Array): boolean {
  for (let w = 0; w < set.length; w++) if ((matrix[offset + w]! & ~set[w]!) !== 0) return false;
  return true;
}

/** The states of a row of a matrix, ascending. */
export function membersOf(matrix: Uint32Array, offset: number, words: number): Int32Array {
  const found: number[] = [];
  for (let w = 0; w < words; w++) {
    for (let bits = matrix[offset + w]!; bits !== 0; bits &= bits - 1)
      found.push(w * 32 + 31 - Math.clz32(bits & -bits));
  }
  return Int32Array.from(found);
}
