import { planAhead } from "./backers.ts";
import { expSides } from "./exp.ts";
import { m, pack, packages } from "./model.ts";
import { powerSides } from "./pow.ts";
import { both, clampSides, ofA, ofB, opposed, pair, swapped } from "./sides.ts";
import { s, WAR } from "./state.ts";

/** Below these exponents a term is too small to reach the last place of any value. */
const VANISHES: f64 = -37.5;
const NEGLIGIBLE: f64 = -60;

/** The bargain that the sides' win-sets leave: the widest range over packages. */
export let packageS: u32 = 0;
export let packageC: u32 = 0;
export let lowS: f64 = 0;
export let highS: f64 = 0;
export let lowC: f64 = 0;
export let highC: f64 = 0;

/** e^x where x is above a floor, and 0 elsewhere. */
function expAbove(x: v128, floor: f64): v128 {
  const above = f64x2.gt(x, both(floor));
  return v128.any_true(above) ? v128.and(expSides(f64x2.pmax(x, both(floor))), above) : both(0);
}

/** What fighting on is worth to each side, at drifts and costs as each feels them (src/dynamics/war-value.ts). */
function warValue(drift: v128, cost: v128): v128 {
  const one = both(1);
  const x = pair(s.x, 1 - s.x);
  const lo = pair(m.xlo, 1 - m.xhi);
  const hi = pair(m.xhi, 1 - m.xlo);
  const s2 = both(m.sx * m.sx);
  const spread = f64x2.mul(f64x2.mul(both(2), m.r), s2);
  const g = f64x2.div(f64x2.sqrt(f64x2.add(f64x2.mul(drift, drift), spread)), s2);
  const up = f64x2.sub(hi, x);
  const down = f64x2.sub(x, lo);
  const a = f64x2.mul(g, up);
  const b = f64x2.mul(g, down);
  const upper = expAbove(f64x2.mul(both(-2), a), VANISHES);
  const lower = expAbove(f64x2.mul(both(-2), b), VANISHES);
  const scale = f64x2.div(one, f64x2.sub(one, f64x2.mul(upper, lower)));
  const toHi = f64x2.sub(f64x2.div(f64x2.mul(drift, up), s2), a);
  const toLo = f64x2.sub(f64x2.div(f64x2.mul(f64x2.neg(drift), down), s2), b);
  const phiHi = f64x2.mul(f64x2.mul(expAbove(toHi, NEGLIGIBLE), f64x2.sub(one, lower)), scale);
  const phiLo = f64x2.mul(f64x2.mul(expAbove(toLo, NEGLIGIBLE), f64x2.sub(one, upper)), scale);
  const waiting = f64x2.sub(f64x2.sub(one, phiHi), phiLo);
  const perpetual = f64x2.mul(f64x2.div(f64x2.sub(drift, cost), m.r), waiting);
  const won = f64x2.mul(f64x2.sub(one, hi), phiHi);
  return f64x2.sub(f64x2.add(f64x2.add(x, perpetual), won), f64x2.mul(lo, phiLo));
}

/** (11) What fighting on is worth to each side, and (13) whether both are hurt and neither gains. */
export function weighWar(blood: v128): void {
  planAhead();
  const rungs = m.eta * (ofA(s.L) - ofB(s.L));
  const strength = s.logForces + s.logPlan + rungs - m.lsg * (s.x - m.x0);
  const drift = opposed(f64x2.mul(both(m.kx), f64x2.add(s.mu, both(strength))));
  const full = f64x2.mul(blood, powerSides(s.m, m.lq));
  const share = f64x2.sub(f64x2.add(f64x2.mul(both(m.fl), full), both(1)), both(m.fl));
  const plain = f64x2.add(f64x2.mul(m.c, share), f64x2.mul(both(m.ce), swapped(s.L)));
  const felt = f64x2.add(both(1), f64x2.mul(both(m.chi), f64x2.sub(s.w, m.w0)));
  const hurt = f64x2.pmax(both(0), f64x2.mul(plain, felt));
  s.value = clampSides(warValue(drift, hurt), both(0), both(1));
  // Ripeness matters for whether talks begin.
  if (s.phase !== WAR) return;
  const ease = expSides(f64x2.div(f64x2.sub(drift, hurt), both(m.sn)));
  s.ripe = 1 / (1 + ofA(ease)) / (1 + ofB(ease));
}

/** (12) The widest range between the win-sets over all packages, for a settlement and for a ceasefire. */
export function bargainingRange(): f64 {
  const premium = f64x2.mul(f64x2.mul(m.H, s.hawk), f64x2.sub(both(1), s.w));
  const least = f64x2.add(s.value, premium);
  const leastC = f64x2.add(s.value, f64x2.mul(both(m.fcf), premium));
  const nearest = s.x - m.epsl;
  const farthest = s.x + m.epsl;
  s.rangeS = -9;
  s.rangeC = -9;
  for (let k: u32 = 0; k < packages; k++) {
    const one = pack(k);
    const asked = f64x2.mul(f64x2.sub(least, one.worth), one.kept);
    let low = ofA(asked);
    let high = 1 - ofB(asked);
    if (low < 0) low = 0;
    if (high > 1) high = 1;
    const rangeS = high - low - m.rootShare;
    if (rangeS > s.rangeS) {
      s.rangeS = rangeS;
      packageS = k;
      lowS = low;
      highS = high;
    }
    const askedC = f64x2.mul(f64x2.sub(leastC, one.worth), one.kept);
    low = ofA(askedC);
    high = 1 - ofB(askedC);
    if (low < nearest) low = nearest;
    if (high > farthest) high = farthest;
    const rangeC = high - low;
    if (rangeC > s.rangeC) {
      s.rangeC = rangeC;
      packageC = k;
      lowC = low;
      highC = high;
    }
  }
  return max<f64>(s.rangeS, s.rangeC);
}
