import { beginBackers, scheduledEvents, switchBackers } from "./backers.ts";
import { draw, FRONT, INITIATIVE, LATENT, normal, uniform } from "./chance.ts";
import { expSides } from "./exp.ts";
import { log, logSides } from "./log.ts";
import { m } from "./model.ts";
import { powerSides } from "./pow.ts";
import { escalate, leaders, learn, poisson, publics } from "./responses.ts";
import { both, clampSides, ofA, ofB, swapped } from "./sides.ts";
import { FREEZE, s, TALKS, VICTORY_A, VICTORY_B, WAR } from "./state.ts";
import { assessBreach, decide } from "./transitions.ts";

/** What depends on how hard is fought, which depends on the phase alone. */
@unmanaged
class Fight {
  /** Precision of what each side learns from the front. */
  precision: v128;
  intensity: f64;
  noise: f64;
  push: f64;
}

const PHASES = 5;
const FIGHTS: usize = memory.data(<i32>offsetof<Fight>() * PHASES, 16);

function fightIn(phase: i32): Fight {
  return changetype<Fight>(FIGHTS + <usize>phase * offsetof<Fight>());
}

/** Reckons what follows from the model once and for all. */
export function prepare(): void {
  for (let phase = 0; phase < PHASES; phase++) {
    const one = fightIn(phase);
    const intensity: f64 = phase === WAR ? 1 : phase === TALKS ? m.inTalks : phase === FREEZE ? m.inFreeze : 0;
    one.intensity = intensity;
    one.noise = m.sx * sqrt<f64>(intensity) * m.rootDt;
    one.push = m.kx * intensity * m.dt;
    one.precision = f64x2.mul(m.lam, both((m.kx * m.kx * intensity * m.dt) / (m.sx * m.sx)));
  }
}

/** Sets a trajectory to the day of the case. */
export function begin(): void {
  draw(0);
  const zero = both(0);
  s.phase = WAR;
  s.t = 0;
  s.age = 0;
  s.x = m.x0;
  s.m = both(1);
  s.logForces = 0;
  s.theta = m.th0 + m.sth * normal(FRONT);
  s.mu = m.mu;
  s.v = both(m.variance);
  s.w = m.w0;
  s.L = m.L0;
  s.M = m.Mbar;
  s.hawk = both(1);
  s.ex = zero;
  s.broken = m.nb0;
  s.failed = 0;
  s.term = 0;
  s.q = 0;
  s.worth = zero;
  s.guarantee = 0;
  assessBreach();
  beginBackers();
  s.a = s.flow;
  s.supply = both(-1);
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
  s.loss = zero;
  s.fighting = 0;
  s.rounds = 0;
  s.ceasefires = 0;
  s.settlements = 0;
  s.relapses = 0;
  s.steps = 0;
}

/** One step of a trajectory. */
export function step(n: u32): void {
  draw(n);
  const before = s.t;
  s.t = <f64>n * m.dt;
  s.age += m.dt;
  const fights = s.phase === WAR || s.phase === TALKS;
  if (before < m.lastEvent) scheduledEvents(n, before);
  if (m.switching !== 0) switchBackers(n);
  s.a = f64x2.add(s.a, f64x2.mul(both(m.delivery), f64x2.sub(s.flow, s.a)));
  const initiatives = <f64>poisson(m.initiatives, uniform(INITIATIVE));
  s.M = m.Mbar + (s.M - m.Mbar) * m.mediationDecay + m.JM * initiatives;

  const strength = capabilities();
  const known = m.eta * (ofA(s.L) - ofB(s.L)) - m.lsg * (s.x - m.x0);
  s.theta += m.thetaStep * normal(LATENT);
  const fight = fightIn(s.phase);
  const intensity = fight.intensity;
  const blood = powerSides(swapped(s.C), m.lp);
  let dx: f64 = 0;
  let losses = both(0);
  if (intensity > 0) {
    const noise = fight.noise * normal(FRONT);
    dx = m.kx * (s.theta + strength + known) * intensity * m.dt + noise;
    s.x += dx;
    losses = f64x2.mul(f64x2.mul(both(intensity), blood), powerSides(s.m, m.lq));
    s.loss = f64x2.add(s.loss, f64x2.mul(f64x2.mul(m.k, losses), both(m.dt)));
  }
  replace(fights ? 1 : m.rearmament, losses);
  s.v = f64x2.add(s.v, both(m.thetaVariance));
  if (intensity > 0 && m.kx > 0) learn(dx / fight.push - (strength + known), fight.precision);
  publics(dx, losses, fights);
  escalate(dx / (m.sx * m.rootDt), fights);
  leaders();
  if (fights) s.fighting += m.dt;
  if (s.x >= m.xhi || ofB(s.m) < m.mcol) end(VICTORY_A);
  else if (s.x <= m.xlo || ofA(s.m) < m.mcol) end(VICTORY_B);
  else decide(blood);
}

function end(outcome: i32): void {
  s.done = true;
  s.outcome = outcome;
}

/** (4) Capabilities, and the logarithm of their ratio. */
function capabilities(): f64 {
  const supply = f64x2.add(m.own, s.a);
  // Aid that has settled, or that never moves, need not be raised to its power again.
  if (v128.any_true(f64x2.ne(s.supply, supply))) {
    s.supply = supply;
    s.logPower = f64x2.mul(both(m.baid), logSides(supply));
    s.power = expSides(s.logPower);
  }
  s.C = f64x2.mul(s.m, s.power);
  return s.logForces + (ofA(s.logPower) - ofB(s.logPower));
}

/** (5) Forces lose and are made up for, less so where the public is weary. */
function replace(pace: f64, losses: v128): void {
  const wearier = f64x2.pmax(both(0), f64x2.sub(s.w, m.w0));
  const willing = f64x2.sub(both(1), f64x2.mul(both(m.psi), wearier));
  const recruits = f64x2.mul(f64x2.mul(m.rec, both(pace)), willing);
  const change = f64x2.mul(both(m.dt), f64x2.sub(recruits, f64x2.mul(m.k, losses)));
  s.m = clampSides(f64x2.add(s.m, change), both(0), both(m.mcap));
  s.logForces = log(ofA(s.m) / ofB(s.m));
}
