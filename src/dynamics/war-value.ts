import * as math from "../core/math/index.ts";

const exp = math.exp;
const sqrt = Math.sqrt;

/** Below this exponent a term is less than half a unit in the last place of the 1 that it stands beside. */
const VANISHES = -37.5;
/** Below this exponent a discounted chance is too small to reach the last place of any value. */
const NEGLIGIBLE = -60;

/**
 * What fighting on is worth to a side: a share x of the stake that moves as a Brownian motion with drift m a month and
 * volatility s, a flow of x less the cost c a month, discounted at r a month, until the side has lost all (at `lo`) or won
 * all (at `hi`).
 *
 * V solves s^2/2 V'' + m V' - r V + r x - c = 0 with V(lo) = 0 and V(hi) = 1; in closed form
 * V = x + (m - c)/r (1 - phiHi - phiLo) + (1 - hi) phiHi - lo phiLo with the discounted chances phi of reaching each end
 * first (Borodin & Salminen 2002, part II, 2.3). With beliefs and discount rates in common the two sides' values add up to
 * 1 - (cA + cB)/r (1 - phi): war wastes, so a range of bargains is there (Fearon 1995).
 *
 * @param x share of the stake, between lo and hi
 */
export function warValue(x: number, lo: number, hi: number, m: number, s: number, r: number, c: number): number {
  const s2 = s * s;
  const g = sqrt(m * m + 2 * r * s2) / s2;
  const a = g * (hi - x);
  const b = g * (x - lo);
  const upper = -2 * a > VANISHES ? exp(-2 * a) : 0;
  const lower = -2 * b > VANISHES ? exp(-2 * b) : 0;
  const scale = 1 / (1 - upper * lower);
  const toHi = (m * (hi - x)) / s2 - a;
  const toLo = (-m * (x - lo)) / s2 - b;
  const phiHi = toHi > NEGLIGIBLE ? exp(toHi) * (1 - lower) * scale : 0;
  const phiLo = toLo > NEGLIGIBLE ? exp(toLo) * (1 - upper) * scale : 0;
  return x + ((m - c) / r) * (1 - phiHi - phiLo) + (1 - hi) * phiHi - lo * phiLo;
}

/** The discounted chances of reaching the upper and the lower end first: the two phi of {@link warValue}. */
export function discountedExits(
  x: number,
  lo: number,
  hi: number,
  m: number,
  s: number,
  r: number,
): { readonly hi: number; readonly lo: number } {
  const s2 = s * s;
  const g = sqrt(m * m + 2 * r * s2) / s2;
  const a = g * (hi - x);
  const b = g * (x - lo);
  const scale = 1 / (1 - exp(-2 * (a + b)));
  return {
    hi: exp((m * (hi - x)) / s2 - a) * (1 - exp(-2 * b)) * scale,
    lo: exp((-m * (x - lo)) / s2 - b) * (1 - exp(-2 * a)) * scale,
  };
}
