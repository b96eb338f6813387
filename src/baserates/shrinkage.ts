import { expm1, log1p } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { betaQuantile, betaUpperQuantile, gammaQuantile, gammaUpperQuantile } from "../core/special/index.ts";
import { type Estimate, type LevelOption, zOf } from "./intervals.ts";
import { expectSpan } from "./spells.ts";

/** Members of a class, and how many of them ended as is asked. */
export interface ClassShare {
  readonly ended: number;
  readonly members: number;
}

/** Endings of a class, and the time that its members were at risk. */
export interface ClassRate {
  readonly ended: number;
  readonly time: number;
}

export interface ShrinkOptions<Class> extends LevelOption {
  /**
   * Other parts of the parent, for how much parts differ; what they leave is one more. All the rest as one unless given.
   */
  readonly siblings?: readonly Class[] | undefined;
  /** What the parent counts for, in members or time, instead of the estimate from how much parts differ. */
  readonly strength?: number | undefined;
}

/** What a small class says, drawn towards its parent, as plain data. */
export interface Shrunk extends Estimate {
  readonly method: "Beta-Binomial" | "Gamma-exponential";
  readonly level: number;
  /** Weight of the class's own data, from 0 to 1; the rest of the parent has what is left. */
  readonly weight: number;
  /** The class alone; undefined where it is empty. */
  readonly own: number | undefined;
  /** What it is drawn to: the share or rate of the rest of the parent. */
  readonly parent: number;
  /** What that counts for: so many members, or so much time at risk. */
  readonly strength: number;
  /** Parameters of the distribution that is left: a and b of the Beta, shape and rate of the Gamma. */
  readonly posterior: readonly [number, number];
}

/** What both kinds of shrinking do with: events among an exposure of members or time. */
interface Part {
  readonly events: number;
  readonly exposure: number;
}

/**
 * The share of a small class, drawn towards the rest of the class that it is part of (Beta-Binomial empirical Bayes).
 *
 * The class's chance is taken as drawn from a Beta whose mean is the share of the parent's other members, so that no
 * member counts twice, and whose strength s, in members, tells how much parts of the parent differ, by moments (Kleinman
 * 1973, J. Am. Stat. Assoc. 68, 46-54). With n members its own share has weight n / (n + s). s is kept between 1 and the
 * other members: they are not worth more than they are. Where none or all of those ended, their share is taken as (ended
 * + 1/2) / (members + 1). The interval is of the Beta that is left, and takes s as known: it is somewhat too short.
 *
 * Throws `class-empty` where the parent has no other members, `invalid-parameter` for counts that cannot be.
 *
 * @param parent the class included
 * @example
 * shrinkShare({ ended: 1, members: 4 }, { ended: 61, members: 104 }, { strength: 12 }).weight; // 0.25
 */
export function shrinkShare(
  own: ClassShare,
  parent: ClassShare,
  { siblings, strength, level = 0.95 }: ShrinkOptions<ClassShare> = {},
): Shrunk {
  const part = ({ ended, members }: ClassShare): Part => {
    if (ended > members) impossible("ended", ended, `at most ${members}, the members`);
    return { events: ended, exposure: members };
  };
  const { parts, whole, rest } = partsOf(part(own), part(parent), siblings?.map(part));
  const shareOf = ({ events, exposure }: Part) =>
    events > 0 && events < exposure ? events / exposure : (events + 0.5) / (exposure + 1);
  const share = shareOf(rest);
  const s = strengthOf(strength, () => {
    const mean = shareOf(whole);
    let apart = 0;
    let scale = 0;
    for (const { events, exposure } of parts) {
      const off = events / exposure - mean;
      apart += (exposure * off * off) / (mean * (1 - mean));
      scale += (exposure - 1) * (1 - exposure / whole.exposure);
    }
    // How alike members of one part are beyond chance: 1 / (s + 1). One part alone tells nothing of it.
    const alike = (apart - (parts.length - 1)) / scale;
    return between(1, alike > 0 ? 1 / alike - 1 : Number.POSITIVE_INFINITY, rest.exposure);
  });
  const a = s * share + own.ended;
  const b = s * (1 - share) + own.members - own.ended;
  zOf(level);
  return Object.freeze({
    method: "Beta-Binomial",
    estimate: a / (a + b),
    se: Math.sqrt((a * b) / (a + b + 1)) / (a + b),
    low: betaQuantile((1 - level) / 2, a, b),
    high: betaUpperQuantile((1 - level) / 2, a, b),
    level,
    weight: own.members / (own.members + s),
    own: own.members > 0 ? own.ended / own.members : undefined,
    parent: share,
    strength: s,
    posterior: [a, b] as const,
  });
}

/**
 * The rate at which a small class ends, drawn towards the rest of the class that it is part of (Gamma-exponential
 * empirical Bayes).
 *
 * As `shrinkShare`, with endings over time at risk: the rate is taken as drawn from a Gamma whose mean is the rate of
 * the parent's other members and whose strength is a time at risk, by moments as Clayton & Kaldor (1987, Biometrics 43,
 * 671-681) have it. The strength is kept between the time in which the others have one ending and all their time. If
 * none of them ended, half of one is taken to have.
 *
 * Throws `class-empty` where the parent has no other time at risk, `invalid-parameter` for counts that cannot be.
 *
 * @param parent the class included
 */
export function shrinkRate(
  own: ClassRate,
  parent: ClassRate,
  { siblings, strength, level = 0.95 }: ShrinkOptions<ClassRate> = {},
): Shrunk {
  const part = ({ ended, time }: ClassRate): Part => {
    if (ended > 0 && time === 0) impossible("ended", ended, "0 where there is no time at risk");
    return { events: ended, exposure: time };
  };
  const { parts, whole, rest } = partsOf(part(own), part(parent), siblings?.map(part));
  const rateOf = ({ events, exposure }: Part) => Math.max(0.5, events) / exposure;
  const rate = rateOf(rest);
  const s = strengthOf(strength, () => {
    const mean = rateOf(whole);
    let apart = 0;
    let scale = whole.exposure;
    for (const { events, exposure } of parts) {
      const off = events / exposure - mean;
      apart += exposure * off * off;
      scale -= (exposure * exposure) / whole.exposure;
    }
    const spread = (apart - mean * (parts.length - 1)) / scale;
    return between(1 / rate, spread > 0 ? mean / spread : Number.POSITIVE_INFINITY, rest.exposure);
  });
  const shape = s * rate + own.ended;
  const time = s + own.time;
  zOf(level);
  return Object.freeze({
    method: "Gamma-exponential",
    estimate: shape / time,
    se: Math.sqrt(shape) / time,
    low: gammaQuantile((1 - level) / 2, shape) / time,
    high: gammaUpperQuantile((1 - level) / 2, shape) / time,
    level,
    weight: own.time / time,
    own: own.time > 0 ? own.ended / own.time : undefined,
    parent: rate,
    strength: s,
    posterior: [shape, time] as const,
  });
}

/**
 * Chance that a member of a class ends within a time, by its shrunk rate: 1 less the mean of exp(-rate x time) over the
 * Gamma that is left. The interval is that of the rate. Throws `invalid-parameter` for a share, or for a time that is
 * not above 0.
 */
export function shrunkChance({ method, posterior, low, high }: Shrunk, within: number): Omit<Estimate, "se"> {
  if (method !== "Gamma-exponential") impossible("shrunk", method, "a Gamma-exponential");
  expectSpan("within", within);
  const [shape, time] = posterior;
  return { estimate: -expm1(-shape * log1p(within / time)), low: -expm1(-low * within), high: -expm1(-high * within) };
}

/**
 * The class, its siblings and what they leave of the parent, those that are not empty; the parent, and the parent
 * without the class.
 */
function partsOf(own: Part, whole: Part, siblings: readonly Part[] = []) {
  for (const { events, exposure } of [own, whole, ...siblings]) {
    for (const value of [events, exposure]) if (!(value >= 0 && value < Infinity)) impossible("count", value, "from 0");
  }
  const rest = without(whole, own);
  const left = siblings.reduce(without, rest);
  if (rest.exposure === 0) throw ParleyError.of("class-empty", { what: "the rest of a parent class" });
  return { parts: [own, ...siblings, left].filter((part) => part.exposure > 0), whole, rest };
}

function without(whole: Part, part: Part): Part {
  const events = whole.events - part.events;
  const exposure = whole.exposure - part.exposure;
  // Times at risk add up to within rounding.
  const none = Math.abs(exposure) < 1e-12 * whole.exposure;
  if (events >= 0 && (exposure >= 0 || none)) return { events, exposure: none ? 0 : exposure };
  return impossible("parent", `${whole.events} of ${whole.exposure}`, "no less than its parts together");
}

function strengthOf(given: number | undefined, estimate: () => number): number {
  if (given === undefined) return estimate();
  expectSpan("strength", given);
  return given;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function impossible(name: string, value: number | string, expected: string): never {
  throw ParleyError.of("invalid-parameter", { name, value, expected });
}
