// biome-ignore-all lint/correctness/noPrecisionLoss: coefficients stand as they were published.
import { log } from "../math/index.ts";
import { erf, erfcx, expOfSquare } from "./erf.ts";

const SQRT_HALF = Math.SQRT1_2;
/** Up to here the normal distribution function is taken from erf. */
const CENTRE = 0.7;
/** Below this the distribution function is below 2^-1075. */
const LOWEST = -38.6;

/**
 * Standard normal distribution function, within 1e-14 relative as long as the result is a normal number (x > -37.5).
 *
 * @example
 * normalCdf(-1.959963984540054); // 0.02500000000000001
 */
export function normalCdf(x: number): number {
  if (!(x < -CENTRE)) return x > CENTRE ? 1 - normalCdf(-x) : 0.5 + 0.5 * erf(x * SQRT_HALF);
  if (x < LOWEST) return 0;
  return 0.5 * expOfSquare(x, -0.5) * erfcx(-x * SQRT_HALF);
}

/** |p - 1/2| up to which the central approximation of AS 241 holds, and its square. */
const SPLIT = 0.425;
const SPLIT_SQUARE = 0.180625;

/**
 * Standard normal quantile: the x with normalCdf(x) = p; -Infinity at 0, Infinity at 1, NaN outside [0, 1].
 *
 * Algorithm AS 241, routine PPND16 (Wichura 1988, Applied Statistics 37, 477-484): rational approximations of degree
 * 7, good to about 1 part in 10^16. It rises with p, so that the same random word gives a higher value in a wider
 * distribution.
 *
 * @example
 * normalQuantile(0.975); // 1.9599639845400536
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= SPLIT) {
    const r = SPLIT_SQUARE - q * q;
    const top =
      ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
        45921.953931549871457) *
        r +
        13731.693765509461125) *
        r +
        1971.5909503065514427) *
        r +
        133.14166789178437745) *
        r +
      3.387132872796366608;
    const bottom =
      ((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) *
        r +
        5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
      1;
    return (q * top) / bottom;
  }
  return q < 0 ? -tailQuantile(p) : tailQuantile(1 - p);
}

/** The x > 0 that a standard normal variable exceeds with probability p < 0.075. */
function tailQuantile(p: number): number {
  if (!(p > 0)) return p === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  const root = Math.sqrt(-log(p));
  return root <= 5 ? nearTail(root - 1.6) : farTail(root - 5);
}

function nearTail(r: number): number {
  const top =
    ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
      1.27045825245236838258) *
      r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
    1.42343711074968357734;
  const bottom =
    ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
      0.14810397642748007459) *
      r +
      0.68976733498510000455) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
    1;
  return top / bottom;
}

function farTail(r: number): number {
  const top =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
      0.026532189526576123093) *
      r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
    6.6579046435011037772;
  const bottom =
    ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
      7.868691311456132591e-4) *
      r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
    1;
  return top / bottom;
}
