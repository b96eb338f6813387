import { normalQuantile } from "./normal.ts";
import { drawFour, drawWord, WORDS } from "./philox.ts";

/** Uniforms of a step: that of word w of block b stands at 4 w + b. */
const UNIFORMS: usize = memory.data(128, 16);

/** Where a step's chance stands; each has one use, once and for all. Blocks and words are those of the TypeScript kernel. */
export const FRONT = 0;
export const WEARY_A = 4;
export const WEARY_B = 8;
export const LATENT = 12;
export const STEP_A = 1;
export const STEP_B = 5;
export const INITIATIVE = 9;
export const LEADER_A = 13;
export const LEADER_B = 2;
export const WHETHER = 6;
export const WHICH = 10;
export const SPLIT = 14;
/** Of backer j from 0 to 3: this and 4 j on. */
export const BACKER = 3;
/** At the start, of backer j from 0 to 3: this and 4 j on. */
export const BACKER_AT_START = 1;

const EVENT_BLOCK: u32 = 4;
/** Backers and events beyond the fourth draw from blocks of their own. */
const MORE_BACKERS: u32 = 256;
const MORE_EVENTS: u32 = 512;

const SCALE: f64 = 2.3283064365386963e-10;

function unit(word: u32): f64 {
  return (<f64>word + 0.5) * SCALE;
}

function units(words: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5)), f64x2.splat(SCALE));
}

/** Draws the chance of a step. */
export function draw(step: u32): void {
  drawFour(step);
  for (let w: usize = 0; w < 4; w++) {
    const words = v128.load(WORDS + (w << 4));
    v128.store(UNIFORMS + (w << 5), units(words));
    v128.store(UNIFORMS + (w << 5), units(v128.shuffle<i32>(words, words, 2, 3, 2, 3)), 16);
  }
}

export function uniform(slot: usize): f64 {
  return load<f64>(UNIFORMS + (slot << 3));
}

/** The uniform of backer j at a step, of which `first` says where those of the first four stand. */
export function ofBacker(j: u32, first: usize, step: u32): f64 {
  return j < 4 ? uniform(4 * j + first) : unit(drawWord(MORE_BACKERS + ((j - 4) >> 2), step, (j - 4) & 3));
}

/** The uniform of the event with this slot. */
export function ofEvent(slot: u32, step: u32): f64 {
  return slot < 4
    ? unit(drawWord(EVENT_BLOCK, step, slot))
    : unit(drawWord(MORE_EVENTS + ((slot - 4) >> 2), step, (slot - 4) & 3));
}

/** The standard normal value of a slot. */
export function normal(slot: usize): f64 {
  return normalQuantile(uniform(slot));
}
