import * as math from "../core/math/index.ts";
import * as normal from "../core/special/normal.ts";
import type { Model } from "./model.ts";
import * as model from "./model.ts";
import {
  CEASEFIRE,
  CEASEFIRE_DURABLE,
  ESCALATED_OUT,
  FREEZE,
  FREEZE_DURABLE,
  SETTLEMENT,
  SETTLEMENT_DURABLE,
  type State,
  TALKS,
  WAR,
} from "./state.ts";
import * as value from "./war-value.ts";

// A module's own constants fold into the code; imported ones are looked up at every call.
const exp = math.exp;
const log = math.log;
const pow = math.pow;
const normalQuantile = normal.normalQuantile;
const powerOf = model.power;
const warValue = value.warValue;
const IN_WAR = WAR;
const IN_TALKS = TALKS;
const IN_CEASEFIRE = CEASEFIRE;
const IN_SETTLEMENT = SETTLEMENT;
const IN_FREEZE = FREEZE;

/** Words of chance in a step, by their slot. */
const WHETHER = 9;
const WHICH = 10;
const SPLIT = 11;
/** The bargaining range moves hazards only within these. */
const MOST_RANGE = 0.5;
/** What a bound must leave for rounding. */
const ROOM = 1.000001;

const SCALE = 2.3283064365386963e-10;
const unit = (word: number): number => (word + 0.5) * SCALE;
const clamp = (x: number, low: number, high: number): number => (x < low ? low : Math.min(x, high));

/** The bargain that the sides' win-sets leave: the widest range over packages. Written anew at every use. */
const bargain = {
  packageS: 0,
  packageC: 0,
  lowS: 0.5,
  highS: 0.5,
  lowC: 0.5,
  highC: 0.5,
  riskS: 0.5,
  riskC: 0.5,
};

/** How likely each package is thought to be broken; it changes only when an agreement is. */
export function assessBreach(m: Model, s: State): void {
  for (let k = 0; k < m.packages; k++) {
    const risk = 1 - exp(-m.hR * exp(m.rootRisk + m.bRN * s.broken - m.bRG * m.guarantee[k]!) * m.Tq);
    s.breach[k] = risk;
    s.keptA[k] = 1 / (1 - m.kapA * risk);
    s.keptB[k] = 1 / (1 - m.kapB * risk);
  }
}

/**
 * (11) to (15): what war is worth to each side, the range between their win-sets, and whether the phase changes.
 *
 * The hazards need the value of war only where chance comes near enough for a change; a bound that is quick to reckon
 * rules out most steps. `watch` has all of it reckoned.
 */
export function decide(m: Model, s: State, watch: boolean): void {
  const u = unit(s.words[WHETHER]!);
  const truce = s.phase !== IN_WAR && s.phase !== IN_TALKS;
  if (!watch && u >= greatestHazard(m, s, truce) * m.dt * ROOM) {
    settleDown(m, s, truce);
    return;
  }
  weighWar(m, s, watch);
  const best = bargainingRange(m, s);
  const exit = m.hX === 0 ? 0 : m.hX * exp(m.bX * (s.LA + s.LB)) * (truce ? m.pesc : 1);
  let settlement = 0;
  let ceasefire = 0;
  let other = 0;
  let freeze = 0;
  if (s.phase === IN_WAR) {
    other = m.hT * exp(talksExponent(m, s) + m.bTR * s.ripe + m.bTZ * clamp(best, -MOST_RANGE, MOST_RANGE));
    s.talksHazard = other;
    freeze = m.hZ * s.ripe;
  } else if (s.phase === IN_TALKS) {
    settlement = m.hS * clamp(s.rangeS / m.zref, 0, 1);
    ceasefire = m.hC * clamp(s.rangeC / (2 * m.epsl), 0, 1) + m.hCM * s.M * (s.rangeC < 0 ? exp(s.rangeC / m.gpr) : 1);
    other = m.hTF * exp(-m.bTFZ * clamp(best, -MOST_RANGE, MOST_RANGE));
  } else {
    other = relapseHazard(m, s);
    s.relapseHazard = other;
    if (s.phase === IN_CEASEFIRE) settlement = m.hS * clamp(s.rangeS / m.zref, 0, 1);
    if (s.phase === IN_FREEZE) ceasefire = 0.5 * m.hC * clamp(s.rangeC / (2 * m.epsl), 0, 1);
  }
  const all = exit + settlement + ceasefire + other + freeze;
  // 1 - e^-h <= h: most draws need no exponential.
  if (u >= all * m.dt * ROOM || !(u < 1 - exp(-all * m.dt))) {
    settleDown(m, s, truce);
    return;
  }
  let which = unit(s.words[WHICH]!) * all;
  if (which < exit) {
    s.done = true;
    s.outcome = ESCALATED_OUT;
    return;
  }
  which -= exit;
  if (which < settlement) settle(m, s);
  else if (which < settlement + ceasefire) cease(m, s);
  else if (which < settlement + ceasefire + other) change(m, s);
  else freezeNow(s);
  s.age = 0;
}

/** A truce that has lasted long enough counts as durable. */
function settleDown(m: Model, s: State, truce: boolean): void {
  if (!(truce && s.age >= m.durable)) return;
  s.done = true;
  s.outcome =
    s.phase === IN_SETTLEMENT ? SETTLEMENT_DURABLE : s.phase === IN_CEASEFIRE ? CEASEFIRE_DURABLE : FREEZE_DURABLE;
}

/** The log hazard of talks, less what ripeness and range add. */
function talksExponent(m: Model, s: State): number {
  let dependence = 0;
  if (m.bTD !== 0) for (let j = 0; j < m.backers; j++) dependence += m.flow[j]! * s.on[j]! * s.wants[j]!;
  return (
    m.bTM * s.M +
    m.bTW * 0.5 * (s.wA + s.wB - m.wA0 - m.wB0) -
    m.bTN * s.failed -
    m.bTB * s.broken -
    m.bTL * (s.LA + s.LB) +
    m.bTD * dependence
  );
}

/** No sum of hazards of this step exceeds this. */
function greatestHazard(m: Model, s: State, truce: boolean): number {
  const exit = m.hX === 0 ? 0 : m.hX * exp(m.bX * (s.LA + s.LB)) * (truce ? m.pesc : 1);
  const spread = m.bTZ < 0 ? -m.bTZ : m.bTZ;
  if (s.phase === IN_WAR) {
    const ripe = Math.max(m.bTR, 0);
    return exit + m.hZ + m.hT * exp(talksExponent(m, s) + ripe + spread * MOST_RANGE);
  }
  if (s.phase === IN_TALKS) {
    const failure = m.bTFZ < 0 ? -m.bTFZ : m.bTFZ;
    return exit + m.hS + m.hC + m.hCM * Math.max(s.M, 0) + m.hTF * exp(failure * MOST_RANGE);
  }
  // Neither side can want more than all of the stake.
  const worst = 1 - Math.min(worthToA(m, s), worthToB(m, s));
  return exit + m.hS + 0.5 * m.hC + relapseAt(m, s, Math.max(worst, 0));
}

/** (11) What fighting on is worth to each side, and (13) whether both are hurt and neither gains (Zartman 2000). */
function weighWar(m: Model, s: State, watch: boolean): void {
  planAhead(m, s);
  const strength = s.logForces + s.logPlan + m.eta * (s.LA - s.LB) - m.lsg * (s.x - m.x0);
  const driftA = m.kx * (s.muA + strength);
  const driftB = m.kx * (s.muB + strength);
  // Costs are those of fighting in full, also where they are weighed during a truce.
  const fullA = s.bloodA * powerOf(s.mA, m.lq);
  const fullB = s.bloodB * powerOf(s.mB, m.lq);
  const costA = (m.cA * (m.fl * fullA + 1 - m.fl) + m.ce * s.LB) * (1 + m.chi * (s.wA - m.wA0));
  const costB = (m.cB * (m.fl * fullB + 1 - m.fl) + m.ce * s.LA) * (1 + m.chi * (s.wB - m.wB0));
  const hurtA = Math.max(costA, 0);
  const hurtB = Math.max(costB, 0);
  s.valueA = clamp(warValue(s.x, m.xlo, m.xhi, driftA, m.sx, m.rA, hurtA), 0, 1);
  s.valueB = clamp(warValue(1 - s.x, 1 - m.xhi, 1 - m.xlo, -driftB, m.sx, m.rB, hurtB), 0, 1);
  // Ripeness matters for whether talks begin.
  if (watch || s.phase === IN_WAR)
    s.ripe = 1 / (1 + exp((driftA - hurtA) / m.sn)) / (1 + exp(-(hurtB + driftB) / m.sn));
}

/** The log ratio of the capabilities that each side expects over its look-ahead: two-state chains and known cuts. */
function planAhead(m: Model, s: State): void {
  let window = 0;
  for (let i = 0; i < m.cuts.length; i++) {
    const { month } = m.cuts[i]!;
    window = 2 * window + (month > s.t && month <= s.t + m.lookAhead ? 1 : 0);
  }
  if (!s.planStale && window === s.planWindow) return;
  s.planStale = false;
  s.planWindow = window;
  for (let j = 0; j < m.backers; j++) {
    const rate = s.cut[j]! + m.restore[j]!;
    const lasting = rate > 0 ? m.restore[j]! / rate : s.on[j]!;
    s.planned[j] = lasting + (s.on[j]! - lasting) * exp(-rate * m.lookAhead);
  }
  for (const event of m.cuts) {
    if (event.month > s.t && event.month <= s.t + m.lookAhead) {
      s.planned[event.target] = s.planned[event.target]! * (1 - event.probability);
    }
  }
  const supplyA = m.ownA + model.aidFlow(m, s.planned, 0);
  const supplyB = m.ownB + model.aidFlow(m, s.planned, 1);
  s.logPlan = m.baid * (log(supplyA) - log(supplyB));
}

/** (12) The widest range between the win-sets over all packages (Putnam 1988), for a settlement and for a ceasefire. */
function bargainingRange(m: Model, s: State): number {
  const premiumA = m.HA * s.hawkA * (1 - s.wA);
  const premiumB = m.HB * s.hawkB * (1 - s.wB);
  s.rangeS = -9;
  s.rangeC = -9;
  for (let k = 0; k < m.packages; k++) {
    const risk = s.breach[k]!;
    const keptA = s.keptA[k]!;
    const keptB = s.keptB[k]!;
    let low = (s.valueA + premiumA - m.forA[k]!) * keptA;
    let high = 1 - (s.valueB + premiumB - m.forB[k]!) * keptB;
    if (low < 0) low = 0;
    if (high > 1) high = 1;
    let range = high - low - m.rootShare;
    if (range > s.rangeS) {
      s.rangeS = range;
      bargain.packageS = k;
      bargain.lowS = low;
      bargain.highS = high;
      bargain.riskS = risk;
    }
    low = (s.valueA + m.fcf * premiumA - m.forA[k]!) * keptA;
    high = 1 - (s.valueB + m.fcf * premiumB - m.forB[k]!) * keptB;
    if (low < s.x - m.epsl) low = s.x - m.epsl;
    if (high > s.x + m.epsl) high = s.x + m.epsl;
    range = high - low;
    if (range > s.rangeC) {
      s.rangeC = range;
      bargain.packageC = k;
      bargain.lowC = low;
      bargain.highC = high;
      bargain.riskC = risk;
    }
  }
  return Math.max(s.rangeS, s.rangeC);
}

const worthToA = (m: Model, s: State): number => s.term * (1 - m.kapA * s.q) + s.worthA;
const worthToB = (m: Model, s: State): number => (1 - s.term) * (1 - m.kapB * s.q) + s.worthB;

/** The hazard of relapse: higher where war would now bring a side more than the terms do (Werner & Yuen 2005). */
function relapseHazard(m: Model, s: State): number {
  let mismatch = 0;
  if (s.valueA - worthToA(m, s) > mismatch) mismatch = s.valueA - worthToA(m, s);
  if (s.valueB - worthToB(m, s) > mismatch) mismatch = s.valueB - worthToB(m, s);
  return relapseAt(m, s, mismatch);
}

function relapseAt(m: Model, s: State, mismatch: number): number {
  const exponent =
    m.rootRisk +
    m.bRN * s.broken -
    m.bRG * s.guarantee -
    m.bRM * s.M +
    m.bRV * mismatch -
    (s.phase === IN_SETTLEMENT ? m.bRS : 0);
  return m.hR * exp(exponent) * pow(1 + (s.age - m.dt) / 12, -m.bRT);
}

/** A settlement: the surplus is split by patience (Rubinstein 1982) with noise. It stops the fighting too. */
function settle(m: Model, s: State): void {
  const share = clamp(m.split + m.sterm * normalQuantile(unit(s.words[SPLIT]!)), 0, 1);
  s.term = bargain.lowS + share * (bargain.highS - bargain.lowS);
  inForce(m, s, bargain.packageS, bargain.riskS);
  s.phase = IN_SETTLEMENT;
  s.settlements++;
  s.settlementPackage = bargain.packageS;
  s.settlementTerm = s.term;
  if (s.settlementAt < 0) s.settlementAt = s.t;
  if (s.stopAt < 0) s.stopAt = s.t;
}

/** A ceasefire, in the middle of the feasible lines; where there is none, along the front. */
function cease(m: Model, s: State): void {
  s.term = s.rangeC >= 0 ? 0.5 * (bargain.lowC + bargain.highC) : s.x;
  inForce(m, s, bargain.packageC, bargain.riskC);
  s.phase = IN_CEASEFIRE;
  s.ceasefires++;
  s.ceasefirePackage = bargain.packageC;
  s.ceasefireTerm = s.term;
  if (s.stopAt < 0) s.stopAt = s.t;
}

function inForce(m: Model, s: State, k: number, risk: number): void {
  s.q = risk;
  s.worthA = m.forA[k]!;
  s.worthB = m.forB[k]!;
  s.guarantee = m.guarantee[k]!;
}

/** Talks begin, talks fail, or a truce relapses into war. */
function change(m: Model, s: State): void {
  if (s.phase === IN_WAR) {
    s.phase = IN_TALKS;
    s.rounds++;
    if (s.talksAt < 0) s.talksAt = s.t;
    return;
  }
  if (s.phase === IN_TALKS) s.failed++;
  else if (s.phase !== IN_FREEZE) {
    s.broken++;
    assessBreach(m, s);
    s.relapses++;
    if (s.relapseAt < 0) {
      s.relapseAt = s.t;
      s.spell = s.t - s.stopAt;
      s.relapsed = true;
    }
  }
  s.phase = IN_WAR;
}

function freezeNow(s: State): void {
  s.phase = IN_FREEZE;
  s.term = s.x;
  s.q = 0;
  s.worthA = 0;
  s.worthB = 0;
  s.guarantee = 0;
  if (s.freezeAt < 0) s.freezeAt = s.t;
}
