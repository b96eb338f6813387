/**
 * Most of the model says the same of side A and side B. What has both is a vector of two doubles: lane 0 is A's, lane 1 is
 * B's. Each lane is rounded as a double alone would be.
 */
export function pair(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

export function ofA(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}

export function ofB(x: v128): f64 {
  return f64x2.extract_lane(x, 1);
}

/** Each side's own turned into the other's. */
export function swapped(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}

/** x with the sign of B's lane turned: what is A's gain is B's loss. */
export function opposed(x: v128): v128 {
  return v128.xor(x, i64x2(0, 0x8000000000000000));
}

export function both(x: f64): v128 {
  return f64x2.splat(x);
}

/** Each lane between two bounds, as (x < low ? low : min(x, high)). */
export function clampSides(x: v128, low: v128, high: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, low), high);
}

export function clamp(x: f64, low: f64, high: f64): f64 {
  return x < low ? low : min<f64>(x, high);
}

/** The double at a place in memory, in both lanes. */
export function constant(at: usize): v128 {
  return v128.load64_splat(at);
}
