import { expSides, expSum } from "./exp.ts";
import { logPair, logSides, tail } from "./log.ts";

const OVERFLOW: f64 = 709.8;
const UNDERFLOW: f64 = -745.2;
const LARGEST_POWER: f64 = 1e19;
const SMALLEST_POWER: f64 = 1e-20;

/** x to the power y for finite x >= 1, as in src/core/math/pow.ts. */
export function pow(x: f64, y: f64): f64 {
  if (!(y > -LARGEST_POWER && y < LARGEST_POWER)) return powOutside(x, y);
  if (y > -SMALLEST_POWER && y < SMALLEST_POWER) return 1;
  const a = logPair(x);
  const b = tail;
  const product = y * a;
  if (product > OVERFLOW) return Infinity;
  if (product < UNDERFLOW) return 0;
  const a1 = <f64>(<f32>a);
  const a2 = a - a1;
  const y1 = <f64>(<f32>y);
  const y2 = y - y1;
  const rest = y1 * a1 - product + y1 * a2 + y2 * a1 + y2 * a2 + y * b;
  return expSum(product, rest);
}

function powOutside(x: f64, y: f64): f64 {
  if (Number.isNaN(y)) return NaN;
  if (x === 1) return abs<f64>(y) === Infinity ? NaN : 1;
  return y > 0 ? Infinity : 0;
}

/** b^e in both lanes for b >= 0, as short as in src/dynamics/model.ts. */
export function powerSides(base: v128, exponent: f64): v128 {
  if (exponent === 1) return base;
  if (exponent === 0.5) return f64x2.sqrt(base);
  if (exponent === 0) return f64x2.splat(1);
  const positive = f64x2.gt(base, f64x2.splat(0));
  const logs = logSides(v128.bitselect(base, f64x2.splat(1), positive));
  return v128.and(expSides(f64x2.mul(f64x2.splat(exponent), logs)), positive);
}
