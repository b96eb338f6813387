import { LN2_HEAD, LN2_TAIL } from "../../../core/math/tables.ts";
import { constant, ofA, ofB, pair } from "./sides.ts";

/** Centre, its inverse and its logarithm in two doubles, for each of 128 cells; the glue copies src/core/math/tables.ts here. */
export const LOG_TABLE: usize = memory.data(128 * 32, 16);

/** Bits of 0.6875, where the table's first cell begins. */
const LOWEST_CELL: i64 = 0x3fe6000000000000;
const SMALLEST_NORMAL: i64 = 0x0010000000000000;
const INFINITE: i64 = 0x7ff0000000000000;
const LIFT: i32 = 54;
const LIFT_FACTOR: f64 = 18014398509481984;

/** The second half of the last result given in two doubles. */
export let tail: f64 = 0;

/** The cell of a number whose bits lie `t` above the first cell's. */
function cellOf(t: i64): usize {
  return LOG_TABLE + ((<i32>(t >> 45) & 127) << 5);
}

/** Natural logarithm, operation by operation as in src/core/math/log.ts. */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  if (bits < SMALLEST_NORMAL || bits >= INFINITE) return logOutside(x);
  const t = bits - LOWEST_CELL;
  const cell = cellOf(t);
  const u = reinterpret<f64>(bits - ((t >> 52) << 52)) - load<f64>(cell);
  const k = <f64>(<i32>(t >> 52));
  const q = <f64>(<f32>(u * load<f64>(cell, 8)));
  const rest = (u - q * load<f64>(cell)) * load<f64>(cell, 8);
  const r = q + rest;
  const r2 = r * r;
  const whole = k * LN2_HEAD + load<f64>(cell, 16);
  const head = whole + q;
  const lower = -0.5 + r * (1.0 / 3.0) + r2 * (-1.0 / 4.0 + r * (1.0 / 5.0));
  const upper = -1.0 / 6.0 + r * (1.0 / 7.0) + r2 * (-1.0 / 8.0 + r * (1.0 / 9.0));
  const curve = r2 * (lower + r2 * r2 * upper);
  return head + (whole - head + q + (k * LN2_TAIL + load<f64>(cell, 24) + (rest + curve)));
}

function logOutside(x: f64): f64 {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  return x === Infinity ? x : logPair(x);
}

// Constants of vectors stand in memory, from where engines read them sooner than they make them.
const V_LN2_HEAD: usize = memory.data<f64>([LN2_HEAD]);
const V_LN2_TAIL: usize = memory.data<f64>([LN2_TAIL]);
const V_HALF: usize = memory.data<f64>([-0.5]);
const V_3RD: usize = memory.data<f64>([1.0 / 3.0]);
const V_4TH: usize = memory.data<f64>([-1.0 / 4.0]);
const V_5TH: usize = memory.data<f64>([1.0 / 5.0]);
const V_6TH: usize = memory.data<f64>([-1.0 / 6.0]);
const V_7TH: usize = memory.data<f64>([1.0 / 7.0]);
const V_8TH: usize = memory.data<f64>([-1.0 / 8.0]);
const V_9TH: usize = memory.data<f64>([1.0 / 9.0]);

/** The logarithm in both lanes. */
export function logSides(x: v128): v128 {
  const a = i64x2.extract_lane(x, 0);
  const b = i64x2.extract_lane(x, 1);
  if (a < SMALLEST_NORMAL || a >= INFINITE || b < SMALLEST_NORMAL || b >= INFINITE)
    return pair(log(ofA(x)), log(ofB(x)));
  const above = i64x2.sub(x, i64x2.splat(LOWEST_CELL));
  const cellA = cellOf(a - LOWEST_CELL);
  const cellB = cellOf(b - LOWEST_CELL);
  const centres = v128.shuffle<f64>(v128.load(cellA), v128.load(cellB), 0, 2);
  const inverses = v128.shuffle<f64>(v128.load(cellA), v128.load(cellB), 1, 3);
  const heads = v128.shuffle<f64>(v128.load(cellA, 16), v128.load(cellB, 16), 0, 2);
  const tails = v128.shuffle<f64>(v128.load(cellA, 16), v128.load(cellB, 16), 1, 3);
  const exponents = v128.and(above, i64x2.splat(0xfff0000000000000));
  const u = f64x2.sub(i64x2.sub(x, exponents), centres);
  const k = f64x2.convert_low_i32x4_s(i32x4.shr_s(v128.shuffle<i32>(above, above, 1, 3, 1, 3), 20));
  const q = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.mul(u, inverses)));
  const rest = f64x2.mul(f64x2.sub(u, f64x2.mul(q, centres)), inverses);
  const r = f64x2.add(q, rest);
  const r2 = f64x2.mul(r, r);
  const whole = f64x2.add(f64x2.mul(k, constant(V_LN2_HEAD)), heads);
  const head = f64x2.add(whole, q);
  const lower = f64x2.add(
    f64x2.add(constant(V_HALF), f64x2.mul(r, constant(V_3RD))),
    f64x2.mul(r2, f64x2.add(constant(V_4TH), f64x2.mul(r, constant(V_5TH)))),
  );
  const upper = f64x2.add(
    f64x2.add(constant(V_6TH), f64x2.mul(r, constant(V_7TH))),
    f64x2.mul(r2, f64x2.add(constant(V_8TH), f64x2.mul(r, constant(V_9TH)))),
  );
  const curve = f64x2.mul(r2, f64x2.add(lower, f64x2.mul(f64x2.mul(r2, r2), upper)));
  const small = f64x2.add(f64x2.add(f64x2.mul(k, constant(V_LN2_TAIL)), tails), f64x2.add(rest, curve));
  return f64x2.add(head, f64x2.add(f64x2.add(f64x2.sub(whole, head), q), small));
}

/** log x as head and `tail`, for positive finite x. */
export function logPair(x: f64): f64 {
  const lifted = x < 2.2250738585072014e-308 ? LIFT : 0;
  const bits = reinterpret<i64>(lifted === 0 ? x : x * LIFT_FACTOR);
  const t = bits - LOWEST_CELL;
  const cell = cellOf(t);
  const centre = load<f64>(cell);
  const inverse = load<f64>(cell, 8);
  const u = reinterpret<f64>(bits - ((t >> 52) << 52)) - centre;
  const k = <f64>(<i32>(t >> 52) - lifted);
  const q = <f64>(<f32>(u * inverse));
  const rest = (u - q * centre) * inverse;
  const r = q + rest;
  const r2 = r * r;
  const whole = k * LN2_HEAD + load<f64>(cell, 16);
  const first = whole + q;
  const firstTail = whole - first + q;
  const square = -0.5 * q * q;
  const second = first + square;
  const secondTail = first - second + square;
  const outer = 1.0 / 7.0 + r * (-1.0 / 8.0) + r2 * (1.0 / 9.0 + r * (-1.0 / 10.0) + r2 * (1.0 / 11.0));
  const curve = 1.0 / 3.0 + r * (-1.0 / 4.0) + r2 * (1.0 / 5.0 + r * (-1.0 / 6.0) + r2 * outer);
  const small = rest - rest * (q + 0.5 * rest) + r * r2 * curve;
  const sum = firstTail + secondTail + (k * LN2_TAIL + load<f64>(cell, 24) + small);
  const head = second + sum;
  tail = second - head + sum;
  return head;
}
