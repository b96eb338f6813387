import * as math from "../core/math/index.ts";
import * as philox from "../core/random/philox.ts";
import * as normal from "../core/special/normal.ts";
import { EVENT_KINDS } from "./layout.ts";
import type { Model } from "./model.ts";
import * as model from "./model.ts";
import * as responses from "./responses.ts";
import { FREEZE, type State, TALKS, VICTORY_A, VICTORY_B, WAR } from "./state.ts";
import * as transitions from "./transitions.ts";

// A module's own constants fold into the code; imported ones are looked up at every call.
const exp = math.exp;
const log = math.log;
const philox4x32 = philox.philox4x32;
const normalQuantile = normal.normalQuantile;
const powerOf = model.power;
const aidFlow = model.aidFlow;
const decide = transitions.decide;
const assessBreach = transitions.assessBreach;
const learn = responses.learn;
const publics = responses.publics;
const escalate = responses.escalate;
const leaders = responses.leaders;
const poisson = responses.poisson;
const PHASE_WAR = WAR;
const PHASE_TALKS = TALKS;
const PHASE_FREEZE = FREEZE;

/** Words of chance in a step, by their slot; each has one use, once and for all. */
const FRONT = 0;
const LATENT = 3;
const INITIATIVE = 6;
/** Backers and events beyond the fourth draw from blocks of their own. */
const MORE_BACKERS = 256;
const MORE_EVENTS = 512;

const SCALE = 2.3283064365386963e-10;
const unit = (word: number): number => (word + 0.5) * SCALE;

const block = new Uint32Array(4);

function draw(s: State, number: number, step: number, at: number): void {
  philox4x32(number, step, s.indexLow, s.indexHigh, s.keyLow, s.keyHigh, s.words, at);
}

/** The uniform of a backer or an event beyond the fourth. */
function further(s: State, blocks: number, index: number, step: number): number {
  philox4x32(blocks + (index >> 2), step, s.indexLow, s.indexHigh, s.keyLow, s.keyHigh, block);
  return unit(block[index & 3]!);
}

/** Reckons anew what hangs on which backers are on. */
function refreshFlows(m: Model, s: State): void {
  s.flowA = aidFlow(m, s.on, 0);
  s.flowB = aidFlow(m, s.on, 1);
  s.planStale = true;
}

/** Sets a trajectory to the day of the case. Seeds and trajectories are integers from 0 to 2^53 - 1. */
export function begin(m: Model, s: State, seed: number, trajectory: number): void {
  s.keyLow = seed | 0;
  s.keyHigh = Math.floor(seed / 4294967296) | 0;
  s.indexLow = trajectory | 0;
  s.indexHigh = Math.floor(trajectory / 4294967296) | 0;
  draw(s, 0, 0, 0);
  s.phase = WAR;
  s.t = 0;
  s.age = 0;
  s.x = m.x0;
  s.mA = 1;
  s.mB = 1;
  s.logForces = 0;
  s.theta = m.th0 + m.sth * normalQuantile(unit(s.words[0]!));
  s.muA = m.muA;
  s.muB = m.muB;
  s.vA = m.variance;
  s.vB = m.variance;
  s.wA = m.wA0;
  s.wB = m.wB0;
  s.LA = m.LA0;
  s.LB = m.LB0;
  s.M = m.Mbar;
  s.hawkA = 1;
  s.hawkB = 1;
  s.exA = 0;
  s.exB = 0;
  s.broken = m.nb0;
  s.failed = 0;
  s.term = 0;
  s.q = 0;
  s.worthA = 0;
  s.worthB = 0;
  s.guarantee = 0;
  assessBreach(m, s);
  draw(s, 1, 0, 0);
  for (let j = 0; j < m.backers; j++) {
    const u = j < 4 ? unit(s.words[j]!) : further(s, MORE_BACKERS, j - 4, 0);
    s.on[j] = u < m.onAtStart[j]! ? 1 : 0;
    s.cut[j] = m.cut[j]!;
    s.cutChance[j] = 1 - exp(-m.cut[j]! * m.dt);
    s.wants[j] = m.wants[j]!;
  }
  refreshFlows(m, s);
  s.aA = s.flowA;
  s.aB = s.flowB;
  s.supplyA = -1;
  s.supplyB = -1;
  s.planWindow = -1;
  s.done = false;
  s.outcome = -1;
  s.talksAt = -1;
  s.stopAt = -1;
  s.settlementAt = -1;
  s.freezeAt = -1;
  s.relapseAt = -1;
  s.spell = 0;
  s.relapsed = false;
  s.ceasefireTerm = -1;
  s.settlementTerm = -1;
  s.ceasefirePackage = -1;
  s.settlementPackage = -1;
  s.lossA = 0;
  s.lossB = 0;
  s.fighting = 0;
  s.rounds = 0;
  s.ceasefires = 0;
  s.settlements = 0;
  s.relapses = 0;
  s.steps = 0;
  s.valueA = 0;
  s.valueB = 0;
  s.rangeS = 0;
  s.rangeC = 0;
  s.ripe = 0;
  s.talksHazard = 0;
  s.relapseHazard = 0;
}

/** One step of a trajectory; `watch` has everything reckoned that an observer may want to see. */
export function step(m: Model, s: State, n: number, watch: boolean): void {
  const { words } = s;
  draw(s, 0, n, 0);
  draw(s, 1, n, 4);
  draw(s, 2, n, 8);
  const before = s.t;
  s.t = n * m.dt;
  s.age += m.dt;
  const fights = s.phase === PHASE_WAR || s.phase === PHASE_TALKS;
  if (before < m.lastEvent) scheduledEvents(m, s, n, before);
  if (m.switching) switchBackers(m, s, n);
  s.aA += m.delivery * (s.flowA - s.aA);
  s.aB += m.delivery * (s.flowB - s.aB);
  s.M = m.Mbar + (s.M - m.Mbar) * m.mediationDecay + m.JM * poisson(m.initiatives, unit(words[INITIATIVE]!));

  const strength = capabilities(m, s);
  const position = m.eta * (s.LA - s.LB) - m.lsg * (s.x - m.x0);
  s.known = strength + position;
  s.theta += m.thetaStep * normalQuantile(unit(words[LATENT]!));
  const intensity =
    s.phase === PHASE_WAR ? 1 : s.phase === PHASE_TALKS ? m.inTalks : s.phase === PHASE_FREEZE ? m.inFreeze : 0;
  s.intensity = intensity;
  s.bloodA = powerOf(s.CB, m.lp);
  s.bloodB = powerOf(s.CA, m.lp);
  s.dx = 0;
  s.hitA = 0;
  s.hitB = 0;
  if (intensity > 0) {
    const noise = m.sx * Math.sqrt(intensity) * m.rootDt * normalQuantile(unit(words[FRONT]!));
    s.dx = m.kx * (s.theta + strength + position) * intensity * m.dt + noise;
    s.x += s.dx;
    s.hitA = intensity * s.bloodA * powerOf(s.mA, m.lq);
    s.hitB = intensity * s.bloodB * powerOf(s.mB, m.lq);
    s.lossA += m.kA * s.hitA * m.dt;
    s.lossB += m.kB * s.hitB * m.dt;
  }
  const peace = fights ? 1 : m.rearmament;
  const wearierA = s.wA > m.wA0 ? s.wA - m.wA0 : 0;
  const wearierB = s.wB > m.wB0 ? s.wB - m.wB0 : 0;
  s.mA = clamp(s.mA + m.dt * (m.recA * peace * (1 - m.psi * wearierA) - m.kA * s.hitA), 0, m.mcap);
  s.mB = clamp(s.mB + m.dt * (m.recB * peace * (1 - m.psi * wearierB) - m.kB * s.hitB), 0, m.mcap);
  s.logForces = log(s.mA / s.mB);
  learn(m, s);
  publics(m, s, fights);
  escalate(m, s, fights);
  leaders(m, s);
  if (s.x >= m.xhi || s.mB < m.mcol) end(m, s, VICTORY_A, fights);
  else if (s.x <= m.xlo || s.mA < m.mcol) end(m, s, VICTORY_B, fights);
  else {
    if (fights) s.fighting += m.dt;
    decide(m, s, watch);
  }
}

const clamp = (value: number, low: number, high: number): number => (value < low ? low : Math.min(value, high));

function end(m: Model, s: State, outcome: number, fights: boolean): void {
  s.done = true;
  s.outcome = outcome;
  if (fights) s.fighting += m.dt;
}

/** (1) What the calendar brings. */
function scheduledEvents(m: Model, s: State, n: number, before: number): void {
  let drawn = false;
  for (const event of m.events) {
    if (!(event.month > before && event.month <= s.t)) continue;
    if (!drawn && event.slot < 4) {
      draw(s, 4, n, 12);
      drawn = true;
    }
    const u = event.slot < 4 ? unit(s.words[12 + event.slot]!) : further(s, MORE_EVENTS, event.slot - 4, n);
    if (u >= event.probability) continue;
    const { kind, target, size } = event;
    if (kind === EVENT_KINDS.cut || kind === EVENT_KINDS.restore) {
      s.on[target] = kind === EVENT_KINDS.cut ? 0 : 1;
      refreshFlows(m, s);
    } else if (kind === EVENT_KINDS.mediation) s.M += size;
    else if (kind === EVENT_KINDS.leader) {
      if (target === 0) s.hawkA = m.successor;
      else s.hawkB = m.successor;
    } else if (kind === EVENT_KINDS.cutRate) {
      s.cut[target] = s.cut[target]! * size;
      s.cutChance[target] = 1 - exp(-s.cut[target]! * m.dt);
      s.planStale = true;
    } else if (kind === EVENT_KINDS.wantsTalks) s.wants[target] = size;
  }
}

/** (2) Backers cut their aid and restore it. */
function switchBackers(m: Model, s: State, n: number): void {
  draw(s, 3, n, 12);
  let changed = false;
  for (let j = 0; j < m.backers; j++) {
    if (!(m.flow[j]! > 0)) continue;
    const u = j < 4 ? unit(s.words[12 + j]!) : further(s, MORE_BACKERS, j - 4, n);
    const on = s.on[j]! > 0.5;
    if (u < (on ? s.cutChance[j]! : m.restoreChance[j]!)) {
      s.on[j] = on ? 0 : 1;
      changed = true;
    }
  }
  if (changed) refreshFlows(m, s);
}

/** (4) Capabilities, and the logarithm of their ratio. */
function capabilities(m: Model, s: State): number {
  // Aid that has settled, or that never moves, need not be raised to its power again.
  if (s.supplyA !== m.ownA + s.aA) {
    s.supplyA = m.ownA + s.aA;
    s.logPowerA = m.baid * log(s.supplyA);
    s.powerA = exp(s.logPowerA);
  }
  if (s.supplyB !== m.ownB + s.aB) {
    s.supplyB = m.ownB + s.aB;
    s.logPowerB = m.baid * log(s.supplyB);
    s.powerB = exp(s.logPowerB);
  }
  s.CA = s.mA * s.powerA;
  s.CB = s.mB * s.powerB;
  return s.logForces + (s.logPowerA - s.logPowerB);
}
