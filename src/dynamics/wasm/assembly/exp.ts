import { LOG2_E, STEP_HEAD, STEP_TAIL, STEPS_PER_UNIT } from "../../../core/math/tables.ts";
import { constant, ofA, ofB, pair } from "./sides.ts";

/** 2^(j / 128) and what it leaves, for j = 0 .. 127; the glue copies src/core/math/tables.ts here. */
export const EXP_TABLE: usize = memory.data(128 * 16, 16);

const OVERFLOW: f64 = 709.782712893384;
const UNDERFLOW: f64 = -745.1332191019412;
const FAST_LOW: f64 = -708;
const FAST_HIGH: f64 = 709;
/** Adding this rounds to an integer, which then stands in the lower bits of the sum. */
const ROUNDER: f64 = 6755399441055744;

/** 2^e for a normal result. */
export function powerOfTwo(e: i32): f64 {
  return reinterpret<f64>((<i64>(e + 1023)) << 52);
}

/** e^x, operation by operation as in src/core/math/exp.ts. */
export function exp(x: f64): f64 {
  if (!(x > FAST_LOW && x < FAST_HIGH)) return expOutside(x);
  const rounded = x * STEPS_PER_UNIT + ROUNDER;
  const steps = rounded - ROUNDER;
  const k = <i32>reinterpret<i64>(rounded);
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL;
  const cell = EXP_TABLE + ((k & 127) << 4);
  const head = load<f64>(cell);
  return (head + (load<f64>(cell, 8) + head * expm1Short(r))) * powerOfTwo(k >> 7);
}

function expOutside(x: f64): f64 {
  if (x < UNDERFLOW) return 0;
  if (x > OVERFLOW) return Infinity;
  return Number.isNaN(x) ? x : expSum(x, 0);
}

/** e^r - 1 for |r| <= 0.0028. */
function expm1Short(r: f64): f64 {
  const r2 = r * r;
  return r + r2 * (0.5 + r * (1.0 / 6.0) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
}

/** e^(x + y) for small y, also where the result is subnormal. */
export function expSum(x: f64, y: f64): f64 {
  const rounded = x * STEPS_PER_UNIT + ROUNDER;
  const steps = rounded - ROUNDER;
  const k = <i32>reinterpret<i64>(rounded);
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL + y;
  const cell = EXP_TABLE + ((k & 127) << 4);
  const head = load<f64>(cell);
  const e = k >> 7;
  const half = e >> 1;
  return (head + (load<f64>(cell, 8) + head * expm1Short(r))) * powerOfTwo(half) * powerOfTwo(e - half);
}

// Constants of vectors stand in memory, from where engines read them sooner than they make them.
const V_STEPS_PER_UNIT: usize = memory.data<f64>([STEPS_PER_UNIT]);
const V_ROUNDER: usize = memory.data<f64>([ROUNDER]);
const V_STEP_HEAD: usize = memory.data<f64>([STEP_HEAD]);
const V_STEP_TAIL: usize = memory.data<f64>([STEP_TAIL]);
const V_24TH: usize = memory.data<f64>([1.0 / 24.0]);
const V_120TH: usize = memory.data<f64>([1.0 / 120.0]);
const V_HALF: usize = memory.data<f64>([0.5]);
const V_6TH: usize = memory.data<f64>([1.0 / 6.0]);
const V_LOW: usize = memory.data<f64>([FAST_LOW]);
const V_HIGH: usize = memory.data<f64>([FAST_HIGH]);

/** e^x in both lanes. */
export function expSides(x: v128): v128 {
  const inside = v128.and(f64x2.gt(x, constant(V_LOW)), f64x2.lt(x, constant(V_HIGH)));
  if (!i64x2.all_true(inside)) return pair(exp(ofA(x)), exp(ofB(x)));
  const rounded = f64x2.add(f64x2.mul(x, constant(V_STEPS_PER_UNIT)), constant(V_ROUNDER));
  const steps = f64x2.sub(rounded, constant(V_ROUNDER));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(steps, constant(V_STEP_HEAD))), f64x2.mul(steps, constant(V_STEP_TAIL)));
  const cellA = v128.load(EXP_TABLE + ((i32x4.extract_lane(rounded, 0) & 127) << 4));
  const cellB = v128.load(EXP_TABLE + ((i32x4.extract_lane(rounded, 2) & 127) << 4));
  const head = v128.shuffle<f64>(cellA, cellB, 0, 2);
  const tail = v128.shuffle<f64>(cellA, cellB, 1, 3);
  // The upper bits of the sum's integer fall off; what stays is the exponent.
  const power = i64x2.shl(i64x2.shr_u(i64x2.add(rounded, i64x2.splat(1023 << 7)), 7), 52);
  const r2 = f64x2.mul(r, r);
  const upper = f64x2.add(constant(V_24TH), f64x2.mul(r, constant(V_120TH)));
  const lower = f64x2.add(constant(V_HALF), f64x2.mul(r, constant(V_6TH)));
  const curve = f64x2.add(r, f64x2.mul(r2, f64x2.add(lower, f64x2.mul(r2, upper))));
  return f64x2.mul(f64x2.add(head, f64x2.add(tail, f64x2.mul(head, curve))), power);
}

/**
 * At least e^x and at most 6.2 % more, at a fraction of the time: 2^(i + f) <= 2^i (1 + f) for 0 <= f < 1. For bounds only.
 */
export function expAtMost(x: f64): f64 {
  const y = x * LOG2_E + 1023;
  if (!(y < 2040)) return Infinity;
  return reinterpret<f64>(<i64>(max<f64>(y, 1) * 4503599627370496.0));
}
