import { log1p } from "../math/index.ts";

/** Within these bounds log(1 + x) - x would cancel, and the series converges in 14 terms. */
const SERIES_LOW = -0.3;
const SERIES_HIGH = 0.45;

/**
 * log(1 + x) - x for x > -1, within 1e-15 relative, also where it is near -x^2 / 2.
 *
 * With r = x / (2 + x), log(1 + x) = 2 (r + r^3 / 3 + r^5 / 5 + ...), and 2r - x = -x r.
 *
 * @example
 * log1pmx(1e-8); // -4.999999966666667e-17
 */
export function log1pmx(x: number): number {
  if (!(x > SERIES_LOW && x < SERIES_HIGH)) return log1p(x) - x;
  const r = x / (2 + x);
  const s = r * r;
  let sum = 0;
  // s <= 0.034: s^12 / 27 is below 2^-61.
  for (let n = 25; n >= 3; n -= 2) sum = sum * s + 1 / n;
  return r * (2 * s * sum - x);
}
