// biome-ignore-all lint/correctness/noPrecisionLoss: coefficients stand as they were published.
import { log } from "./log.ts";

const SPLIT: f64 = 0.425;
const SPLIT_SQUARE: f64 = 0.180625;

// Numerators and denominators in turn, from the highest power down, so that one vector holds both.
// biome-ignore format: pairs of coefficients read as pairs
const CENTRE: usize = memory.data<f64>([
  2509.0809287301226727, 5226.495278852854561,
  33430.575583588128105, 28729.085735721942674,
  67265.770927008700853, 39307.89580009271061,
  45921.953931549871457, 21213.794301586595867,
  13731.693765509461125, 5394.1960214247511077,
  1971.5909503065514427, 687.1870074920579083,
  133.14166789178437745, 42.313330701600911252,
  3.387132872796366608, 1,
], 16);
// biome-ignore format: pairs of coefficients read as pairs
const NEAR_TAIL: usize = memory.data<f64>([
  7.7454501427834140764e-4, 1.05075007164441684324e-9,
  0.0227238449892691845833, 5.475938084995344946e-4,
  0.24178072517745061177, 0.0151986665636164571966,
  1.27045825245236838258, 0.14810397642748007459,
  3.64784832476320460504, 0.68976733498510000455,
  5.7694972214606914055, 1.6763848301838038494,
  4.6303378461565452959, 2.05319162663775882187,
  1.42343711074968357734, 1,
], 16);
// biome-ignore format: pairs of coefficients read as pairs
const FAR_TAIL: usize = memory.data<f64>([
  2.01033439929228813265e-7, 2.04426310338993978564e-15,
  2.71155556874348757815e-5, 1.4215117583164458887e-7,
  0.0012426609473880784386, 1.8463183175100546818e-5,
  0.026532189526576123093, 7.868691311456132591e-4,
  0.29656057182850489123, 0.0148753612908506148525,
  1.7848265399172913358, 0.13692988092273580531,
  5.4637849111641143699, 0.59983220655588793769,
  6.6579046435011037772, 1,
], 16);

/** A numerator and a denominator of degree 7 at r, side by side. */
function fraction(r: f64, at: usize): v128 {
  const rr = f64x2.splat(r);
  let y = f64x2.add(f64x2.mul(v128.load(at), rr), v128.load(at, 16));
  y = f64x2.add(f64x2.mul(y, rr), v128.load(at, 32));
  y = f64x2.add(f64x2.mul(y, rr), v128.load(at, 48));
  y = f64x2.add(f64x2.mul(y, rr), v128.load(at, 64));
  y = f64x2.add(f64x2.mul(y, rr), v128.load(at, 80));
  y = f64x2.add(f64x2.mul(y, rr), v128.load(at, 96));
  return f64x2.add(f64x2.mul(y, rr), v128.load(at, 112));
}

/** Standard normal quantile for 0 < p < 1 (AS 241: Wichura 1988), as in src/core/special/normal.ts. */
export function normalQuantile(p: f64): f64 {
  const q = p - 0.5;
  if (abs<f64>(q) <= SPLIT) {
    const y = fraction(SPLIT_SQUARE - q * q, CENTRE);
    return (q * f64x2.extract_lane(y, 0)) / f64x2.extract_lane(y, 1);
  }
  return q < 0 ? -tailQuantile(p) : tailQuantile(1 - p);
}

function tailQuantile(p: f64): f64 {
  const root = sqrt<f64>(-log(p));
  const y = root <= 5 ? fraction(root - 1.6, NEAR_TAIL) : fraction(root - 5, FAR_TAIL);
  return f64x2.extract_lane(y, 0) / f64x2.extract_lane(y, 1);
}
