import { BACKER, BACKER_AT_START, ofBacker, ofEvent } from "./chance.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { backer, backers, event, events, m, shareOf } from "./model.ts";
import { ofA, ofB, pair } from "./sides.ts";
import { s } from "./state.ts";

const CUT: f64 = 1;
const RESTORE: f64 = 2;
const MEDIATION: f64 = 3;
const LEADER: f64 = 4;
const CUT_RATE: f64 = 5;
const WANTS_TALKS: f64 = 6;

/** Capability that flows to a side. */
function aidFlow(side: f64, planned: bool): f64 {
  let sum: f64 = 0;
  for (let j: u32 = 0; j < backers; j++) {
    const one = backer(j);
    if (one.side !== side) continue;
    const lost = one.flow * (1 - one.left) * (1 - shareOf(one, planned));
    sum += one.flow - lost;
    for (let k: u32 = 0; k < backers; k++) {
      const other = backer(k);
      if (k !== j && other.side === side) sum += shareOf(other, planned) * other.replaces * lost;
    }
  }
  return sum;
}

function refreshFlows(): void {
  s.flow = pair(aidFlow(0, false), aidFlow(1, false));
  s.planStale = true;
}

/** Backers at the start; the chance of step 0 has been drawn. */
export function beginBackers(): void {
  for (let j: u32 = 0; j < backers; j++) {
    const one = backer(j);
    one.on = ofBacker(j, BACKER_AT_START, 0) < one.onAtStart ? 1 : 0;
    one.cut = one.rate;
    one.cutChance = 1 - exp(-one.rate * m.dt);
    one.wants = one.wantsAtStart;
  }
  refreshFlows();
}

/** (1) What the calendar brings. */
export function scheduledEvents(n: u32, before: f64): void {
  for (let i: u32 = 0; i < events; i++) {
    const one = event(i);
    if (!(one.month > before && one.month <= s.t)) continue;
    if (ofEvent(<u32>one.slot, n) >= one.probability) continue;
    happen(one.kind, <u32>one.target, one.size);
  }
}

function happen(kind: f64, target: u32, size: f64): void {
  if (kind === CUT || kind === RESTORE) {
    backer(target).on = kind === CUT ? 0 : 1;
    refreshFlows();
  } else if (kind === MEDIATION) s.M += size;
  else if (kind === LEADER) {
    s.hawk = target === 0 ? pair(m.successor, ofB(s.hawk)) : pair(ofA(s.hawk), m.successor);
  } else if (kind === CUT_RATE) {
    const one = backer(target);
    one.cut *= size;
    one.cutChance = 1 - exp(-one.cut * m.dt);
    s.planStale = true;
  } else if (kind === WANTS_TALKS) backer(target).wants = size;
}

/** (2) Backers cut their aid and restore it. */
export function switchBackers(n: u32): void {
  let changed = false;
  for (let j: u32 = 0; j < backers; j++) {
    const one = backer(j);
    if (!(one.flow > 0)) continue;
    const on = one.on > 0.5;
    if (ofBacker(j, BACKER, n) < (on ? one.cutChance : one.restoreChance)) {
      one.on = on ? 0 : 1;
      changed = true;
    }
  }
  if (changed) refreshFlows();
}

/** Capability that hangs on backers whose government wants talks. */
export function dependence(): f64 {
  let sum: f64 = 0;
  for (let j: u32 = 0; j < backers; j++) {
    const one = backer(j);
    sum += one.flow * one.on * one.wants;
  }
  return sum;
}

/** The log ratio of the capabilities that each side expects over its look-ahead: two-state chains and known cuts. */
export function planAhead(): void {
  const until = s.t + m.lookAhead;
  let window: f64 = 0;
  for (let i: u32 = 0; i < events; i++) {
    const one = event(i);
    if (one.kind === CUT) window = 2 * window + (one.month > s.t && one.month <= until ? 1 : 0);
  }
  if (!s.planStale && window === s.planWindow) return;
  s.planStale = false;
  s.planWindow = window;
  for (let j: u32 = 0; j < backers; j++) {
    const one = backer(j);
    const rate = one.cut + one.restore;
    const lasting = rate > 0 ? one.restore / rate : one.on;
    one.planned = lasting + (one.on - lasting) * exp(-rate * m.lookAhead);
  }
  for (let i: u32 = 0; i < events; i++) {
    const one = event(i);
    if (one.kind !== CUT || !(one.month > s.t && one.month <= until)) continue;
    const target = backer(<u32>one.target);
    target.planned = target.planned * (1 - one.probability);
  }
  const supplyA = ofA(m.own) + aidFlow(0, true);
  const supplyB = ofB(m.own) + aidFlow(1, true);
  s.logPlan = m.baid * (log(supplyA) - log(supplyB));
}
