import * as math from "../core/math/index.ts";
import * as normal from "../core/special/normal.ts";
import type { Model } from "./model.ts";
import type { State } from "./state.ts";

// A module's own constants fold into the code; imported ones are looked up at every call.
const exp = math.exp;
const normalQuantile = normal.normalQuantile;

/** Words of chance in a step, by their slot. */
const WEARY_A = 1;
const WEARY_B = 2;
const STEP_A = 4;
const STEP_B = 5;
const LEADER_A = 7;
const LEADER_B = 8;
/** Counts of a step are capped. */
const MOST_COUNT = 20;
/** Shares of the public for talks stay between these. */
const LEAST = 0.02;
const MOST = 0.98;

const SCALE = 2.3283064365386963e-10;
const unit = (word: number): number => (word + 0.5) * SCALE;
const clamp = (value: number, low: number, high: number): number => (value < low ? low : Math.min(value, high));

/** A count by inversion of the Poisson distribution with mean mu, capped at 20. */
export function poisson(mu: number, u: number): number {
  // e^-mu >= 1 - mu: most draws need no exponential.
  if (u <= 1 - mu) return 0;
  let p = exp(-mu);
  let sum = p;
  let n = 0;
  while (u > sum && n < MOST_COUNT) {
    n++;
    p *= mu / n;
    sum += p;
  }
  return n;
}

/**
 * (6) Both sides see the front move and learn from it what strength is: a Kalman filter (Kalman 1960) with pseudo-observation
 * y = dx / (kx I dt) - known, whose precision each side takes only in part (slow learning: Langlois & Langlois 2012).
 */
export function learn(m: Model, s: State): void {
  const { intensity } = s;
  s.vA += m.thetaVariance;
  s.vB += m.thetaVariance;
  if (!(intensity > 0 && m.kx > 0)) return;
  const y = s.dx / (m.kx * intensity * m.dt) - s.known;
  const precision = (m.kx * m.kx * intensity * m.dt) / (m.sx * m.sx);
  const precisionA = m.lamA * precision;
  const precisionB = m.lamB * precision;
  const gainA = precisionA / (1 / s.vA + precisionA);
  const gainB = precisionB / (1 / s.vB + precisionB);
  s.muA += gainA * (y - s.muA);
  s.muB += gainB * (y - s.muB);
  s.vA *= 1 - gainA;
  s.vB *= 1 - gainB;
}

/** (7) Losses weary publics, gains relieve them; in truce weariness returns to where it began. Losses are relative to those of the start. */
export function publics(m: Model, s: State, fights: boolean): void {
  if (fights) {
    const relief = m.gw * (s.dx / m.sx);
    s.wA += m.dt * m.awA * s.hitA * (1 - s.wA) - relief * s.wA;
    s.wB += m.dt * m.awB * s.hitB * (1 - s.wB) + relief * s.wB;
  } else {
    s.wA -= m.zw * (s.wA - m.wA0) * m.dt;
    s.wB -= m.zw * (s.wB - m.wB0) * m.dt;
  }
  if (m.wearinessStep > 0) {
    s.wA += m.wearinessStep * normalQuantile(unit(s.words[WEARY_A]!));
    s.wB += m.wearinessStep * normalQuantile(unit(s.words[WEARY_B]!));
  }
  s.wA = clamp(s.wA, LEAST, MOST);
  s.wB = clamp(s.wB, LEAST, MOST);
}

/**
 * (8) The ladder: two counts that excite themselves and each other (Hawkes 1971; Richardson 1960). A side that loses ground
 * climbs sooner; mediation may cool both.
 */
export function escalate(m: Model, s: State, fights: boolean): void {
  // Movement of the front in standard deviations, + for A.
  const gain = s.dx / (m.sx * m.rootDt);
  const scale = (fights ? 1 : m.pesc) * (m.bEM === 0 ? 1 : exp(-m.bEM * s.M));
  // At most one side loses ground: the other's factor is 1.
  const pressed = gain === 0 ? 1 : exp(m.bl * (gain < 0 ? -gain : gain));
  const rateA = m.nuA * scale * (gain < 0 ? pressed : 1) + s.exA;
  const rateB = m.nuB * scale * (gain > 0 ? pressed : 1) + s.exB;
  const stepsA = poisson(rateA * m.dt, unit(s.words[STEP_A]!));
  const stepsB = poisson(rateB * m.dt, unit(s.words[STEP_B]!));
  s.exA = s.exA * m.excitationDecay + m.jump * (m.JAA * stepsA + m.JAB * stepsB);
  s.exB = s.exB * m.excitationDecay + m.jump * (m.JBA * stepsA + m.JBB * stepsB);
  s.LA = clamp(s.LA * m.rungDecay + stepsA, 0, m.Lmax);
  s.LB = clamp(s.LB * m.rungDecay + stepsB, 0, m.Lmax);
  s.steps += stepsA + stepsB;
}

/** (9) A leader is succeeded once, by one less bound to hard-liners (Goemans 2000; Croco 2011). */
export function leaders(m: Model, s: State): void {
  if (s.hawkA === 1) {
    const u = unit(s.words[LEADER_A]!);
    // 1 - e^-h <= h: a chance above the greatest hazard needs no exponential.
    if (u < m.mostTurnoverA && u < 1 - exp(-m.lcA * exp(m.blc * (s.wA - m.wA0)) * m.dt)) s.hawkA = m.successor;
  }
  if (s.hawkB === 1) {
    const u = unit(s.words[LEADER_B]!);
    if (u < m.mostTurnoverB && u < 1 - exp(-m.lcB * exp(m.blc * (s.wB - m.wB0)) * m.dt)) s.hawkB = m.successor;
  }
}
