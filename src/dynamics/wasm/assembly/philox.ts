const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS = 10;

/** The same in memory, where engines read a vector of equal words sooner than they make it. */
const CONSTANTS: usize = memory.data<u32>([MULTIPLIER_0, MULTIPLIER_1, WEYL_0, WEYL_1], 16);

/** A trajectory's address of chance. */
let keyLow: u32 = 0;
let keyHigh: u32 = 0;
let indexLow: u32 = 0;
let indexHigh: u32 = 0;

/** Words 0 to 3 of blocks 0 to 3: a vector for word 0 of all four, one for word 1, and so on. */
export const WORDS: usize = memory.data(64, 16);

/** The upper 32 bits of four products, of which each vector holds two. */
function highWords(first: v128, last: v128): v128 {
  return v128.shuffle<i32>(first, last, 1, 3, 5, 7);
}

function lowWords(first: v128, last: v128): v128 {
  return v128.shuffle<i32>(first, last, 0, 2, 4, 6);
}

export function address(seed: u64, trajectory: u64): void {
  keyLow = <u32>seed;
  keyHigh = <u32>(seed >> 32);
  indexLow = <u32>trajectory;
  indexHigh = <u32>(trajectory >> 32);
}

/** Draws blocks 0 to 3 of a step at once (Philox4x32-10: Salmon et al. 2011). */
export function drawFour(step: u32): void {
  const m0 = v128.load32_splat(CONSTANTS);
  const m1 = v128.load32_splat(CONSTANTS, 4);
  const weyl0 = v128.load32_splat(CONSTANTS, 8);
  const weyl1 = v128.load32_splat(CONSTANTS, 12);
  let x0 = i32x4(0, 1, 2, 3);
  let x1 = i32x4.splat(step);
  let x2 = i32x4.splat(indexLow);
  let x3 = i32x4.splat(indexHigh);
  let k0 = i32x4.splat(keyLow);
  let k1 = i32x4.splat(keyHigh);
  for (let round = 0; round < ROUNDS; round++) {
    const first0 = i64x2.extmul_low_i32x4_u(x0, m0);
    const last0 = i64x2.extmul_high_i32x4_u(x0, m0);
    const first1 = i64x2.extmul_low_i32x4_u(x2, m1);
    const last1 = i64x2.extmul_high_i32x4_u(x2, m1);
    x0 = v128.xor(v128.xor(highWords(first1, last1), x1), k0);
    x1 = lowWords(first1, last1);
    x2 = v128.xor(v128.xor(highWords(first0, last0), x3), k1);
    x3 = lowWords(first0, last0);
    k0 = i32x4.add(k0, weyl0);
    k1 = i32x4.add(k1, weyl1);
  }
  v128.store(WORDS, x0);
  v128.store(WORDS, x1, 16);
  v128.store(WORDS, x2, 32);
  v128.store(WORDS, x3, 48);
}

/** One word of any block of a step. */
export function drawWord(block: u32, step: u32, word: u32): u32 {
  let x0 = block;
  let x1 = step;
  let x2 = indexLow;
  let x3 = indexHigh;
  let k0 = keyLow;
  let k1 = keyHigh;
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = <u64>MULTIPLIER_0 * <u64>x0;
    const product1 = <u64>MULTIPLIER_1 * <u64>x2;
    x0 = <u32>(product1 >> 32) ^ x1 ^ k0;
    x1 = <u32>product1;
    x2 = <u32>(product0 >> 32) ^ x3 ^ k1;
    x3 = <u32>product0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  return word < 2 ? (word === 0 ? x0 : x1) : word === 2 ? x2 : x3;
}
