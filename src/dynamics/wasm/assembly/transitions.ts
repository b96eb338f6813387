import { dependence } from "./backers.ts";
import { SPLIT, uniform, WHETHER, WHICH } from "./chance.ts";
import { exp, expAtMost } from "./exp.ts";
import { m, pack, packages } from "./model.ts";
import { normalQuantile } from "./normal.ts";
import { pow } from "./pow.ts";
import { both, clamp, ofA, ofB, pair } from "./sides.ts";
import {
  CEASEFIRE,
  CEASEFIRE_DURABLE,
  ESCALATED_OUT,
  FREEZE,
  FREEZE_DURABLE,
  SETTLEMENT,
  SETTLEMENT_DURABLE,
  s,
  TALKS,
  WAR,
} from "./state.ts";
import { bargainingRange, highC, highS, lowC, lowS, packageC, packageS, weighWar } from "./war.ts";

const MOST_RANGE: f64 = 0.5;
/** What a bound must leave for rounding. */
const ROOM: f64 = 1.000001;

/** How the hazard of relapse has fallen with the age of a truce; found with the bound. */
let lasting: f64 = 0;

/** How likely each package is thought to be broken, and what that leaves of it to each side. */
export function assessBreach(): void {
  for (let k: u32 = 0; k < packages; k++) {
    const one = pack(k);
    const exponent = m.rootRisk + m.bRN * s.broken - m.bRG * one.guarantee;
    one.breach = 1 - exp(-m.hR * exp(exponent) * m.Tq);
    one.kept = f64x2.div(both(1), f64x2.sub(both(1), f64x2.mul(m.kap, both(one.breach))));
  }
}

/** (11) to (15): whether the phase changes; the hazards are reckoned where chance comes near enough. */
export function decide(blood: v128): void {
  const u = uniform(WHETHER);
  const truce = s.phase !== WAR && s.phase !== TALKS;
  if (u >= greatestHazard(truce) * m.dt * ROOM) {
    settleDown(truce);
    return;
  }
  weighWar(blood);
  const best = bargainingRange();
  const exit = m.hX === 0 ? 0 : m.hX * exp(m.bX * (ofA(s.L) + ofB(s.L))) * (truce ? m.pesc : 1);
  let settlement: f64 = 0;
  let ceasefire: f64 = 0;
  let other: f64 = 0;
  let freeze: f64 = 0;
  if (s.phase === WAR) {
    other = m.hT * exp(talksExponent() + m.bTR * s.ripe + m.bTZ * clamp(best, -MOST_RANGE, MOST_RANGE));
    freeze = m.hZ * s.ripe;
  } else if (s.phase === TALKS) {
    settlement = m.hS * clamp(s.rangeS / m.zref, 0, 1);
    const pressed = m.hCM * s.M * (s.rangeC < 0 ? exp(s.rangeC / m.gpr) : 1);
    ceasefire = m.hC * clamp(s.rangeC / (2 * m.epsl), 0, 1) + pressed;
    other = m.hTF * exp(-m.bTFZ * clamp(best, -MOST_RANGE, MOST_RANGE));
  } else {
    other = relapseHazard();
    if (s.phase === CEASEFIRE) settlement = m.hS * clamp(s.rangeS / m.zref, 0, 1);
    if (s.phase === FREEZE) ceasefire = 0.5 * m.hC * clamp(s.rangeC / (2 * m.epsl), 0, 1);
  }
  const all = exit + settlement + ceasefire + other + freeze;
  // 1 - e^-h <= h: most draws need no exponential.
  if (u >= all * m.dt * ROOM || !(u < 1 - exp(-all * m.dt))) {
    settleDown(truce);
    return;
  }
  let which = uniform(WHICH) * all;
  if (which < exit) {
    s.done = true;
    s.outcome = ESCALATED_OUT;
    return;
  }
  which -= exit;
  if (which < settlement) settle();
  else if (which < settlement + ceasefire) cease();
  else if (which < settlement + ceasefire + other) change();
  else freezeNow();
  s.age = 0;
}

/** A truce that has lasted long enough counts as durable. */
function settleDown(truce: bool): void {
  if (!(truce && s.age >= m.durable)) return;
  s.done = true;
  s.outcome = s.phase === SETTLEMENT ? SETTLEMENT_DURABLE : s.phase === CEASEFIRE ? CEASEFIRE_DURABLE : FREEZE_DURABLE;
}

/** The log hazard of talks, less what ripeness and range add. */
function talksExponent(): f64 {
  const dependent = m.bTD !== 0 ? dependence() : 0;
  const rungs = ofA(s.L) + ofB(s.L);
  const wearier = ofA(s.w) + ofB(s.w) - ofA(m.w0) - ofB(m.w0);
  return m.bTM * s.M + m.bTW * 0.5 * wearier - m.bTN * s.failed - m.bTB * s.broken - m.bTL * rungs + m.bTD * dependent;
}

/** No sum of hazards of this step exceeds this. */
function greatestHazard(truce: bool): f64 {
  const exit = m.hX === 0 ? 0 : m.hX * expAtMost(m.bX * (ofA(s.L) + ofB(s.L))) * (truce ? m.pesc : 1);
  if (s.phase === WAR) {
    const exponent = talksExponent() + max<f64>(m.bTR, 0) + abs<f64>(m.bTZ) * MOST_RANGE;
    return exit + m.hZ + m.hT * expAtMost(exponent);
  }
  if (s.phase === TALKS) {
    const failure = m.hTF * expAtMost(abs<f64>(m.bTFZ) * MOST_RANGE);
    return exit + m.hS + m.hC + m.hCM * max<f64>(s.M, 0) + failure;
  }
  lasting = pow(1 + (s.age - m.dt) / 12, -m.bRT);
  // Neither side can want more than all of the stake.
  const worst = 1 - min<f64>(worthToA(), worthToB());
  return exit + m.hS + 0.5 * m.hC + m.hR * expAtMost(relapseExponent(max<f64>(worst, 0))) * lasting;
}

function worthToA(): f64 {
  return s.term * (1 - ofA(m.kap) * s.q) + ofA(s.worth);
}

function worthToB(): f64 {
  return (1 - s.term) * (1 - ofB(m.kap) * s.q) + ofB(s.worth);
}

/** The hazard of relapse: higher where war would now bring a side more than the terms do. */
function relapseHazard(): f64 {
  let mismatch: f64 = 0;
  const missesA = ofA(s.value) - worthToA();
  const missesB = ofB(s.value) - worthToB();
  if (missesA > mismatch) mismatch = missesA;
  if (missesB > mismatch) mismatch = missesB;
  return m.hR * exp(relapseExponent(mismatch)) * lasting;
}

function relapseExponent(mismatch: f64): f64 {
  const parties = m.rootRisk + m.bRN * s.broken - m.bRG * s.guarantee;
  return parties - m.bRM * s.M + m.bRV * mismatch - (s.phase === SETTLEMENT ? m.bRS : 0);
}

/** A settlement: the surplus is split by patience with noise. It stops the fighting too. */
function settle(): void {
  const share = clamp(m.split + m.sterm * normalQuantile(uniform(SPLIT)), 0, 1);
  s.term = lowS + share * (highS - lowS);
  inForce(packageS);
  s.phase = SETTLEMENT;
  s.settlements++;
  s.settlementPackage = packageS;
  s.settlementTerm = s.term;
  if (s.settlementAt < 0) s.settlementAt = s.t;
  if (s.stopAt < 0) s.stopAt = s.t;
}

/** A ceasefire, in the middle of the feasible lines; where there is none, along the front. */
function cease(): void {
  s.term = s.rangeC >= 0 ? 0.5 * (lowC + highC) : s.x;
  inForce(packageC);
  s.phase = CEASEFIRE;
  s.ceasefires++;
  s.ceasefirePackage = packageC;
  s.ceasefireTerm = s.term;
  if (s.stopAt < 0) s.stopAt = s.t;
}

function inForce(k: u32): void {
  const one = pack(k);
  s.q = one.breach;
  s.worth = one.worth;
  s.guarantee = one.guarantee;
}

/** Talks begin, talks fail, or a truce relapses into war. */
function change(): void {
  if (s.phase === WAR) {
    s.phase = TALKS;
    s.rounds++;
    if (s.talksAt < 0) s.talksAt = s.t;
    return;
  }
  if (s.phase === TALKS) s.failed++;
  else if (s.phase !== FREEZE) {
    s.broken++;
    assessBreach();
    s.relapses++;
    if (s.relapseAt < 0) {
      s.relapseAt = s.t;
      s.spell = s.t - s.stopAt;
      s.relapsed = true;
    }
  }
  s.phase = WAR;
}

function freezeNow(): void {
  s.phase = FREEZE;
  s.term = s.x;
  s.q = 0;
  s.worth = pair(0, 0);
  s.guarantee = 0;
  if (s.freezeAt < 0) s.freezeAt = s.t;
}
