import { LEADER_A, LEADER_B, normal, STEP_A, STEP_B, uniform, WEARY_A, WEARY_B } from "./chance.ts";
import { exp } from "./exp.ts";
import { m } from "./model.ts";
import { both, clampSides, ofA, ofB, opposed, pair } from "./sides.ts";
import { s } from "./state.ts";

const MOST_COUNT = 20;
const LEAST: f64 = 0.02;
const MOST: f64 = 0.98;

/** A count by inversion of the Poisson distribution with mean mu, capped at 20. */
export function poisson(mu: f64, u: f64): i32 {
  return u <= 1 - mu ? 0 : poissonBySteps(mu, u);
}

function poissonBySteps(mu: f64, u: f64): i32 {
  let p = exp(-mu);
  let sum = p;
  let n = 0;
  while (u > sum && n < MOST_COUNT) {
    n++;
    p *= mu / <f64>n;
    sum += p;
  }
  return n;
}

/** (6) Both sides learn from the front. `precision` is that of each side's pseudo-observation y. */
export function learn(y: f64, precision: v128): void {
  const gain = f64x2.div(precision, f64x2.add(f64x2.div(both(1), s.v), precision));
  s.mu = f64x2.add(s.mu, f64x2.mul(gain, f64x2.sub(both(y), s.mu)));
  s.v = f64x2.mul(s.v, f64x2.sub(both(1), gain));
}

/** (7) Losses weary publics, gains relieve them; in truce weariness returns to where it began. */
export function publics(dx: f64, losses: v128, fights: bool): void {
  let w = s.w;
  if (fights) {
    const relief = opposed(both(m.gw * (dx / m.sx)));
    const growth = f64x2.mul(f64x2.mul(f64x2.mul(both(m.dt), m.aw), losses), f64x2.sub(both(1), w));
    w = f64x2.add(w, f64x2.sub(growth, f64x2.mul(relief, w)));
  } else {
    w = f64x2.sub(w, f64x2.mul(f64x2.mul(both(m.zw), f64x2.sub(w, m.w0)), both(m.dt)));
  }
  if (m.wearinessStep > 0) {
    const noise = pair(normal(WEARY_A), normal(WEARY_B));
    w = f64x2.add(w, f64x2.mul(both(m.wearinessStep), noise));
  }
  s.w = clampSides(w, both(LEAST), both(MOST));
}

/** (8) The ladder. `gain` is the front's movement in standard deviations, + for A. */
export function escalate(gain: f64, fights: bool): void {
  const scale = (fights ? 1 : m.pesc) * (m.bEM === 0 ? 1 : exp(-m.bEM * s.M));
  const pressed = gain === 0 ? 1 : exp(m.bl * abs<f64>(gain));
  const losing = pair(gain < 0 ? pressed : 1, gain > 0 ? pressed : 1);
  const rates = f64x2.add(f64x2.mul(f64x2.mul(m.nu, both(scale)), losing), s.ex);
  const mean = f64x2.mul(rates, both(m.dt));
  const stepsA = poisson(ofA(mean), uniform(STEP_A));
  const stepsB = poisson(ofB(mean), uniform(STEP_B));
  const answers = f64x2.add(f64x2.mul(m.answersToA, both(<f64>stepsA)), f64x2.mul(m.answersToB, both(<f64>stepsB)));
  s.ex = f64x2.add(f64x2.mul(s.ex, both(m.excitationDecay)), f64x2.mul(both(m.jump), answers));
  const rungs = f64x2.add(f64x2.mul(s.L, both(m.rungDecay)), pair(<f64>stepsA, <f64>stepsB));
  s.L = clampSides(rungs, both(0), both(m.Lmax));
  s.steps += stepsA + stepsB;
}

/** (9) A leader is succeeded once, by one less bound to hard-liners. */
export function leaders(): void {
  if (ofA(s.hawk) === 1) {
    const u = uniform(LEADER_A);
    if (u < ofA(m.mostTurnover) && u < turnover(ofA(m.lc), ofA(s.w), ofA(m.w0)))
      s.hawk = pair(m.successor, ofB(s.hawk));
  }
  if (ofB(s.hawk) === 1) {
    const u = uniform(LEADER_B);
    if (u < ofB(m.mostTurnover) && u < turnover(ofB(m.lc), ofB(s.w), ofB(m.w0)))
      s.hawk = pair(ofA(s.hawk), m.successor);
  }
}

function turnover(rate: f64, w: f64, w0: f64): f64 {
  return 1 - exp(-rate * exp(m.blc * (w - w0)) * m.dt);
}
