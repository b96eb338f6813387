import { exp, log } from "../core/math/index.ts";
import { EVENT_KINDS, type Layout } from "./layout.ts";

/** Scheduled events of a kind. */
export interface ScheduledEvent {
  /** Its place among all events: its slot of chance. */
  readonly slot: number;
  readonly month: number;
  readonly probability: number;
  readonly kind: number;
  readonly target: number;
  readonly size: number;
}

/**
 * What a vector of parameters comes to before the first step: every value by its short name, and what does not change from
 * month to month. A fixed shape, so that engines read it quickly.
 */
export type Model = ReturnType<typeof compileModel>;

/** The names of the parameters that are no backer's, package's or event's. */
const read = (layout: Layout, p: Float64Array) => (name: string) => p[layout.index(name)] ?? Number.NaN;

/** Compiles a vector of parameters. The vector is copied; the layout says what stands where. */
export function compileModel(layout: Layout, p: Float64Array) {
  const at = read(layout, p);
  const each = (letter: "b" | "p", field: string) => {
    const places = layout.places(letter, field);
    const values = new Float64Array(places.length);
    for (let j = 0; j < values.length; j++) values[j] = p[places[j]!]!;
    return values;
  };
  const dt = at("dt");
  const sx = at("sx");
  const backers = layout.backers;
  const flow = each("b", "f");
  const side = Int32Array.from(each("b", "s"));
  const replaces = each("b", "c");
  const restore = each("b", "n");
  const packages = layout.packages;
  const events = scheduled(layout, p);
  const bh = at("bh");
  const decay = exp(-bh * dt);
  const highest = (low: number, high: number) => Math.max(exp(low), exp(high));
  return {
    dt,
    rootDt: sqrtOf(dt),
    steps: Math.floor(at("horizon") / dt + 0.5),
    durable: at("thold"),
    // front and strength
    x0: at("x0"),
    xlo: at("xlo"),
    xhi: at("xhi"),
    kx: at("kx"),
    sx,
    th0: at("th0"),
    sth: at("sth"),
    thetaStep: at("qth") * sqrtOf(dt),
    thetaVariance: at("qth") * at("qth") * dt,
    ownA: at("ownA"),
    ownB: at("ownB"),
    baid: at("baid"),
    eta: at("eta"),
    lsg: at("lsg"),
    inTalks: at("itk"),
    inFreeze: at("ifz"),
    // attrition
    kA: at("kA"),
    kB: at("kB"),
    lp: at("lp"),
    lq: at("lq"),
    recA: at("recA"),
    recB: at("recB"),
    psi: at("psi"),
    rearmament: at("recp"),
    mcol: at("mcol"),
    mcap: at("mcap"),
    // beliefs
    muA: at("th0") + at("oA"),
    muB: at("th0") - at("oB"),
    variance: 1 / at("tau0"),
    lamA: at("lamA"),
    lamB: at("lamB"),
    // payoff
    rA: at("rA"),
    rB: at("rB"),
    cA: at("cA"),
    cB: at("cB"),
    fl: at("fl"),
    ce: at("ce"),
    chi: at("chi"),
    lookAhead: at("dplan"),
    // publics and leaders
    wA0: at("wA0"),
    wB0: at("wB0"),
    awA: at("awA"),
    awB: at("awB"),
    gw: at("gw"),
    zw: at("zw"),
    wearinessStep: at("sw") * sqrtOf(dt),
    HA: at("HA"),
    HB: at("HB"),
    fcf: at("fcf"),
    blc: at("blc"),
    lcA: at("lcA"),
    lcB: at("lcB"),
    // Weariness stays between 2 and 98 %, so no turnover is likelier than this.
    mostTurnoverA: at("lcA") * dt * highest(at("blc") * (0.02 - at("wA0")), at("blc") * (0.98 - at("wA0"))),
    mostTurnoverB: at("lcB") * dt * highest(at("blc") * (0.02 - at("wB0")), at("blc") * (0.98 - at("wB0"))),
    successor: at("hsucc"),
    // backers
    backers,
    side,
    flow,
    left: each("b", "l"),
    replaces,
    restore,
    restoreChance: restore.map((rate) => 1 - exp(-rate * dt)),
    cut: each("b", "x"),
    onAtStart: each("b", "i"),
    wants: each("b", "t"),
    // Whether any backer can change, so that its chance must be drawn.
    switching: flow.some((f) => f > 0),
    delivery: at("taua") > 0 ? 1 - exp(-dt / at("taua")) : 1,
    // escalation
    nuA: at("nuA"),
    nuB: at("nuB"),
    JAA: at("JAA"),
    JAB: at("JAB"),
    JBA: at("JBA"),
    JBB: at("JBB"),
    excitationDecay: decay,
    // A jump enters with its mean over the next step, so that the mean rate is (I - J/bh)^-1 nu for every step size.
    jump: (1 - decay) / (bh * dt),
    rungDecay: exp(-at("kL") * dt),
    Lmax: at("Lmax"),
    LA0: at("LA0"),
    LB0: at("LB0"),
    bl: at("bl"),
    pesc: at("pesc"),
    hX: at("hX"),
    bX: at("bX"),
    bEM: at("bEM"),
    // mediation
    Mbar: at("Mbar"),
    mediationDecay: exp(-at("kM") * dt),
    initiatives: at("nuM") * dt,
    JM: at("JM"),
    // talks
    hT: at("hT"),
    bTR: at("bTR"),
    bTZ: at("bTZ"),
    bTM: at("bTM"),
    bTW: at("bTW"),
    bTN: at("bTN"),
    bTB: at("bTB"),
    bTL: at("bTL"),
    bTD: at("bTD"),
    sn: at("sn"),
    hTF: at("hTF"),
    bTFZ: at("bTFZ"),
    // agreements
    hC: at("hC"),
    hCM: at("hCM"),
    gpr: at("gpr"),
    epsl: at("epsl"),
    hS: at("hS"),
    zref: at("zref"),
    rootShare: at("xi") * at("root"),
    split: at("rB") / (at("rA") + at("rB")),
    sterm: at("sterm"),
    hZ: at("hZ"),
    packages,
    forA: each("p", "a"),
    forB: each("p", "b"),
    guarantee: each("p", "g"),
    // relapse
    kapA: at("kapA"),
    kapB: at("kapB"),
    nb0: Math.trunc(at("nb0")),
    hR: at("hR"),
    rootRisk: at("bRR") * at("root"),
    bRN: at("bRN"),
    bRG: at("bRG"),
    bRM: at("bRM"),
    bRV: at("bRV"),
    bRT: at("bRT"),
    bRS: at("bRS"),
    Tq: at("Tq"),
    // the calendar
    events,
    lastEvent: events.reduce((last, { month }) => Math.max(last, month), Number.NEGATIVE_INFINITY),
    cuts: events.filter(({ kind }) => kind === EVENT_KINDS.cut),
  };
}

function scheduled(layout: Layout, p: Float64Array): readonly ScheduledEvent[] {
  const kinds = layout.places("e", "k");
  const events: ScheduledEvent[] = [];
  for (let slot = 0; slot < kinds.length; slot++) {
    const at = (field: string) => p[layout.places("e", field)[slot]!]!;
    const kind = Math.trunc(at("k"));
    if (!(kind > 0)) continue;
    events.push({ slot, month: at("t"), probability: at("p"), kind, target: Math.trunc(at("g")), size: at("z") });
  }
  return events;
}

const sqrtOf = Math.sqrt;

/** b^e for b >= 0, as short as the common exponents allow: 0 gives 1, 1 the base, 1/2 its square root. */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (exponent === 1) return base;
  if (exponent === 0.5) return Math.sqrt(base);
  return base > 0 ? exp(exponent * log(base)) : 0;
}

/**
 * How many steps of escalation one step brings about: the spectral radius of the reactions over their decay. At 1 or more
 * the ladder runs away (Hawkes 1971).
 */
export function branchingRatio(layout: Layout, p: Float64Array): number {
  const at = read(layout, p);
  const half = (at("JAA") + at("JBB")) / 2;
  const difference = (at("JAA") - at("JBB")) / 2;
  return (half + Math.sqrt(Math.max(0, difference * difference + at("JAB") * at("JBA")))) / at("bh");
}

/** Capability that flows to a side when each backer is on with the given chance. */
export function aidFlow(m: Model, on: Float64Array, side: number): number {
  let sum = 0;
  for (let j = 0; j < m.backers; j++) {
    if (m.side[j] !== side) continue;
    const flow = m.flow[j]!;
    const lost = flow * (1 - m.left[j]!) * (1 - on[j]!);
    sum += flow - lost;
    for (let k = 0; k < m.backers; k++) {
      if (k !== j && m.side[k] === side) sum += on[k]! * m.replaces[k]! * lost;
    }
  }
  return sum;
}
