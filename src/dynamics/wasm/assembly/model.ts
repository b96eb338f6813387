/**
 * What a vector of parameters comes to, as `compileModel` says it. A vector holds A's value and B's; the glue fills the
 * fields in this order, and a test compares the names.
 */
@unmanaged
class Model {
  /** kA, kB */
  k: v128;
  /** recA, recB */
  rec: v128;
  /** ownA, ownB */
  own: v128;
  /** muA, muB */
  mu: v128;
  /** lamA, lamB */
  lam: v128;
  /** rA, rB */
  r: v128;
  /** cA, cB */
  c: v128;
  /** wA0, wB0 */
  w0: v128;
  /** awA, awB */
  aw: v128;
  /** HA, HB */
  H: v128;
  /** lcA, lcB */
  lc: v128;
  /** mostTurnoverA, mostTurnoverB */
  mostTurnover: v128;
  /** nuA, nuB */
  nu: v128;
  /** JAA, JBA */
  answersToA: v128;
  /** JAB, JBB */
  answersToB: v128;
  /** LA0, LB0 */
  L0: v128;
  /** kapA, kapB */
  kap: v128;

  dt: f64;
  rootDt: f64;
  steps: f64;
  durable: f64;
  x0: f64;
  xlo: f64;
  xhi: f64;
  kx: f64;
  sx: f64;
  th0: f64;
  sth: f64;
  thetaStep: f64;
  thetaVariance: f64;
  baid: f64;
  eta: f64;
  lsg: f64;
  inTalks: f64;
  inFreeze: f64;
  lp: f64;
  lq: f64;
  psi: f64;
  rearmament: f64;
  mcol: f64;
  mcap: f64;
  variance: f64;
  fl: f64;
  ce: f64;
  chi: f64;
  lookAhead: f64;
  gw: f64;
  zw: f64;
  wearinessStep: f64;
  fcf: f64;
  blc: f64;
  successor: f64;
  delivery: f64;
  excitationDecay: f64;
  jump: f64;
  rungDecay: f64;
  Lmax: f64;
  bl: f64;
  pesc: f64;
  hX: f64;
  bX: f64;
  bEM: f64;
  Mbar: f64;
  mediationDecay: f64;
  initiatives: f64;
  JM: f64;
  hT: f64;
  bTR: f64;
  bTZ: f64;
  bTM: f64;
  bTW: f64;
  bTN: f64;
  bTB: f64;
  bTL: f64;
  bTD: f64;
  sn: f64;
  hTF: f64;
  bTFZ: f64;
  hC: f64;
  hCM: f64;
  gpr: f64;
  epsl: f64;
  hS: f64;
  zref: f64;
  rootShare: f64;
  split: f64;
  sterm: f64;
  hZ: f64;
  nb0: f64;
  hR: f64;
  rootRisk: f64;
  bRN: f64;
  bRG: f64;
  bRM: f64;
  bRV: f64;
  bRT: f64;
  bRS: f64;
  Tq: f64;
  lastEvent: f64;
  switching: f64;
}

export const m: Model = changetype<Model>(memory.data(offsetof<Model>(), 16));

/** A backer: what the model says of it, then its state. */
@unmanaged
class Backer {
  side: f64;
  flow: f64;
  left: f64;
  replaces: f64;
  restore: f64;
  restoreChance: f64;
  rate: f64;
  onAtStart: f64;
  wantsAtStart: f64;

  on: f64;
  cut: f64;
  cutChance: f64;
  wants: f64;
  planned: f64;
}

/** How far a backer is on: now, or as is planned with. */
export function shareOf(one: Backer, planned: bool): f64 {
  return planned ? one.planned : one.on;
}

/** A package, then how likely it is thought to be broken and what that leaves of it to each side. */
@unmanaged
class Package {
  /** forA, forB */
  worth: v128;
  guarantee: f64;
  breach: f64;
  kept: v128;
}

@unmanaged
class ScheduledEvent {
  slot: f64;
  month: f64;
  probability: f64;
  kind: f64;
  target: f64;
  size: f64;
}

/** How many backers, packages and events there are, and where they stand, behind all that is static. */
export let backers: u32 = 0;
export let packages: u32 = 0;
export let events: u32 = 0;
let packagesAt: usize = 0;
let eventsAt: usize = 0;
let backersAt: usize = 0;

export function backer(j: u32): Backer {
  return changetype<Backer>(backersAt + j * offsetof<Backer>());
}

export function pack(k: u32): Package {
  return changetype<Package>(packagesAt + k * offsetof<Package>());
}

export function event(i: u32): ScheduledEvent {
  return changetype<ScheduledEvent>(eventsAt + i * offsetof<ScheduledEvent>());
}

/** Where the model's fields begin. */
export function modelAt(): usize {
  return changetype<usize>(m);
}

/** Makes room for packages, backers and events from `from` on, in this order; gives where it ends. */
export function place(from: usize, packageCount: u32, backerCount: u32, eventCount: u32): usize {
  packages = packageCount;
  backers = backerCount;
  events = eventCount;
  packagesAt = from;
  backersAt = packagesAt + packageCount * offsetof<Package>();
  eventsAt = backersAt + backerCount * offsetof<Backer>();
  return eventsAt + eventCount * offsetof<ScheduledEvent>();
}
