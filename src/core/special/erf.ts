import { expSum } from "../math/exp.ts";
import { ERF_SERIES, ERFCX_SCALE, ERFCX_SERIES } from "./tables.ts";

/** Up to here erf has its Taylor series, beyond it is 1 - erfc. */
const SERIES_END = 0.5;
/** From here erf is 1, and erfc below 2^-1075. */
const ERF_IS_ONE = 6;
const ERFC_IS_ZERO = 27.3;

/**
 * Error function, within 1e-15 relative.
 *
 * @example
 * erf(1); // 0.8427007929497148
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size >= SERIES_END)) return x * erfOverX(x * x);
  const value = size > ERF_IS_ONE ? 1 : 1 - erfc(size);
  return x < 0 ? -value : value;
}

/** erf(x) / x from x^2 <= 1/4; the last term is below 2^-60. */
function erfOverX(square: number): number {
  let sum = 0;
  for (let n = ERF_SERIES.length - 1; n >= 0; n--) sum = sum * square + ERF_SERIES[n]!;
  return sum;
}

/**
 * Complementary error function 1 - erf x, within 1e-14 relative as long as the result is a normal number (x < 26.5).
 *
 * @example
 * erfc(10); // 2.0884875837625452e-45
 */
export function erfc(x: number): number {
  if (!(x >= SERIES_END)) return x < -SERIES_END ? 2 - erfc(-x) : 1 - erf(x);
  if (x > ERFC_IS_ZERO) return 0;
  return expOfSquare(x, -1) * erfcx(x);
}

/**
 * Scaled complementary error function e^(x^2) erfc x for x >= 0, within 1e-15 relative.
 *
 * Chebyshev series of (1 + 2x) e^(x^2) erfc x in (x - 4) / (x + 4), after Shepherd & Laframboise (1981), Mathematics of
 * Computation 36, 249-253, with coefficients computed anew.
 *
 * @example
 * erfcx(10); // 0.056140992743822594
 */
export function erfcx(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  const t = (2 * (x - ERFCX_SCALE)) / (x + ERFCX_SCALE);
  // Clenshaw's recurrence.
  let b1 = 0;
  let b2 = 0;
  for (let k = ERFCX_SERIES.length - 1; k > 0; k--) {
    const b = t * b1 - b2 + ERFCX_SERIES[k]!;
    b2 = b1;
    b1 = b;
  }
  return (0.5 * t * b1 - b2 + ERFCX_SERIES[0]!) / (1 + 2 * x);
}

/** e^(factor x^2) for |factor x^2| <= 745 and a factor that is a power of two, without the error of rounding x^2. */
export function expOfSquare(x: number, factor: number): number {
  const high = Math.fround(x);
  return expSum(factor * (high * high), factor * ((x - high) * (x + high)));
}
