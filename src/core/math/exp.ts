import * as bits from "./bits.ts";
import * as tables from "./tables.ts";

// Engines fold a module's own constants into the code, but look up imported ones at every call: a third of the time.
const TABLE = tables.EXP_TABLE;
const STEP_HEAD = tables.STEP_HEAD;
const STEP_TAIL = tables.STEP_TAIL;
const STEPS_PER_UNIT = tables.STEPS_PER_UNIT;
const POWERS_OF_TWO = bits.POWERS_OF_TWO;
const LOWEST_POWER = bits.LOWEST_POWER;
const tail = bits.tail;

/** Above this e^x overflows: the largest x with a finite result. */
const OVERFLOW = 709.782712893384;
/** Below this e^x rounds to 0: ln 2^-1075. */
const UNDERFLOW = -745.1332191019412;
const INFINITY = Number.POSITIVE_INFINITY;
/** Between these e^x is a normal number and one multiplication scales it. */
const FAST_LOW = -708;
const FAST_HIGH = 709;

/** Adding and subtracting 1.5 * 2^52 rounds to an integer, ties to even. */
const ROUNDER = 6755399441055744;

/**
 * e^x, within 0.52 ulp (0.76 ulp where the result is subnormal).
 *
 * Method (after Tang 1989): x = (128 m + j) ln 2 / 128 + r with |r| <= ln 2 / 256; e^x = 2^m 2^(j/128) e^r with a
 * table for 2^(j/128) in two doubles and the Taylor polynomial of degree 5 for e^r - 1 (truncation 2^-61). ln 2 / 128
 * is taken in two parts, the first so short that its multiples are exact: the error of r is below 2^-62.
 *
 * @example
 * exp(1); // 2.718281828459045
 */
export function exp(x: number): number {
  if (!(x > FAST_LOW && x < FAST_HIGH)) {
    // No call for what is common here: a call in a branch that is taken would make the engine box every result.
    if (x < UNDERFLOW) return 0;
    if (x > OVERFLOW) return INFINITY;
    return Number.isNaN(x) ? x : expSum(x, 0);
  }
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const k = steps | 0;
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL;
  const j = (k & 127) << 1;
  const head = TABLE[j]!;
  return (head + (TABLE[j + 1]! + head * expm1Short(r))) * POWERS_OF_TWO[(k >> 7) + LOWEST_POWER]!;
}

/** e^r - 1 for |r| <= 0.0028. */
function expm1Short(r: number): number {
  const r2 = r * r;
  return r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120)));
}

/**
 * e^(x + y) for |y| <= 2^-13 and any x between underflow and overflow; y carries what a longer computation knows
 * beyond x. The error from here is below 0.52 ulp.
 */
export function expSum(x: number, y: number): number {
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const k = steps | 0;
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL + y;
  const j = (k & 127) << 1;
  const head = TABLE[j]!;
  return bits.scale(head + (TABLE[j + 1]! + head * expm1Short(r)), k >> 7);
}

/** e^x as a pair with a relative error below 2^-61, for |x| <= 700. */
export function expPair(x: number): number {
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const k = steps | 0;
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL;
  const j = (k & 127) << 1;
  const power = POWERS_OF_TWO[(k >> 7) + LOWEST_POWER]!;
  const entry = TABLE[j]!;
  const rest = TABLE[j + 1]! + entry * expm1Short(r);
  const head = entry + rest;
  tail[0] = (entry - head + rest) * power;
  return head * power;
}

/** Above this e^x - 1 = e^x to far more than double precision. */
const MINUS_ONE_VANISHES = 45;
/** Below this e^x - 1 rounds to -1. */
const MINUS_ONE_ALONE = -38;

/**
 * e^x - 1, within 0.52 ulp, also where x is near 0.
 *
 * @example
 * expm1(1e-10); // 1.00000000005e-10
 */
export function expm1(x: number): number {
  if (!(x > MINUS_ONE_ALONE && x < MINUS_ONE_VANISHES)) return x <= MINUS_ONE_ALONE ? -1 : exp(x);
  // The terms below would lose the sign of a zero and the last bits of a subnormal.
  if (x > -1e-17 && x < 1e-17) return x;
  return expm1Pair(x);
}

/**
 * e^x - 1 as a pair with a relative error below 2^-60, for -38 <= x <= 45 and |x| >= 1e-17.
 *
 * With s = 2^m 2^(j/128), e^x - 1 = (s - 1) + s (e^r - 1) = (s - 1) + r + (s - 1) r + s (e^r - 1 - r): the first two
 * are added exactly, the others are small beside them.
 */
export function expm1Pair(x: number): number {
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const k = steps | 0;
  const r0 = x - steps * STEP_HEAD;
  const r1 = steps * STEP_TAIL;
  const r = r0 - r1;
  const r2 = r * r;
  const j = (k & 127) << 1;
  const power = POWERS_OF_TWO[(k >> 7) + LOWEST_POWER]!;
  const s = TABLE[j]! * power;
  const less = s - 1;
  const lessTail = s >= 1 ? s - less - 1 : s - (less + 1);
  const first = less + r0;
  const part = first - less;
  const firstTail = less - (first - part) + (r0 - part);
  const curve = r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
  const sTail = TABLE[j + 1]! * power;
  const rest = firstTail + (lessTail - r1 + (sTail + sTail * r + (less * r + s * curve)));
  const head = first + rest;
  tail[0] = first - head + rest;
  return head;
}
