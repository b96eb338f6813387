import { log } from "../core/math/index.ts";
import type { Space } from "./space.ts";
import { unitOf } from "./space.ts";
import { TOL_DEGENERATE } from "./tolerances.ts";

/** The focal points of bargaining theory; the last two add up utilities of different parties. */
export type Concept =
  | "nash"
  | "kalaiSmorodinsky"
  | "kalaiSmorodinskyGlobal"
  | "egalitarian"
  | "utilitarian"
  | "relativeUtilitarian"
  | "relativeUtilitarianGlobal";

/** What a concept makes greatest: it reads a party's gains, in units that are the concept's own. */
export interface Objective {
  readonly concept: Concept;
  /** The parties whose gains count. */
  readonly parties: readonly number[];
  /** Parties with nothing to win, which are left out. */
  readonly leftOut: readonly number[];
  /** gain of party j of the list = (utility - from[j]) / per[j] */
  readonly from: Float64Array;
  readonly per: Float64Array;
  /** How gains are judged: by the sum of their logarithms, by the least (ties by the next), or by their sum. */
  readonly judged: "product" | "least" | "sum";
}

/** Greatest utilities that bound what can be hoped for: over rational packages, and over all. */
export interface Ideals {
  readonly rational: Float64Array;
  readonly all: Float64Array;
}

/**
 * The objective of a concept in a space, for those who bargain.
 *
 * - Nash (1950): the product of the gains over disagreement.
 * - Kalai & Smorodinsky (1975), discrete: the least gain as a share of the greatest possible one, among rational packages;
 *   or, labelled global, among all.
 * - Egalitarian (Kalai 1977): the least gain; with weights, the least gain per weight (proportional).
 * - Utilitarian: the sum of utilities; relative utilitarian: the sum of the shares, of either kind.
 *
 * @param weights of the egalitarian solution, one for each party of the domain; 1 each unless given
 */
export function objectiveOf(space: Space, concept: Concept, ideals: Ideals, weights?: ArrayLike<number>): Objective {
  const { bargainers, disagreement } = space;
  const ideal = isGlobal(concept) ? ideals.all : ideals.rational;
  const winning = (i: number) => ideal[i]! - disagreement[i]! > TOL_DEGENERATE;
  // Adding up utilities leaves nobody out: a party without a gain adds a constant.
  const parties = concept === "utilitarian" ? bargainers : bargainers.filter(winning);
  const per = (i: number): number => {
    if (concept === "nash") return unitOf(space, i);
    if (concept === "utilitarian") return 1;
    if (concept === "egalitarian") return weights?.[i] ?? 1;
    return ideal[i]! - disagreement[i]!;
  };
  return {
    concept,
    parties,
    leftOut: bargainers.filter((i) => !parties.includes(i)),
    from: Float64Array.from(parties, (i) => (concept === "utilitarian" ? 0 : disagreement[i]!)),
    per: Float64Array.from(parties, per),
    judged: concept === "nash" ? "product" : concept.includes("tilitarian") ? "sum" : "least",
  };
}

/** Whether a concept measures gains against the greatest utilities of all packages, not of the rational ones. */
export const isGlobal = (concept: Concept): boolean => concept.endsWith("Global");

/** Gains of the objective's parties from utilities that begin at `at`; rounding below disagreement counts as none. */
export function gainsOf(
  { parties, from, per }: Objective,
  values: ArrayLike<number>,
  at: number,
  out: Float64Array,
): void {
  for (let j = 0; j < parties.length; j++) {
    const gain = (values[at + parties[j]!]! - from[j]!) / per[j]!;
    out[j] = gain > 0 || from[j] === 0 || gain < -1e-9 ? gain : 0;
  }
}

/** The value of gains: comparable within an objective, the greater the better. */
export function worthOfGains({ judged }: Objective, gains: Float64Array): number {
  // Where nobody has anything to win, all packages are as good.
  if (gains.length === 0) return 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const gain of gains) {
    sum += judged === "product" ? (gain > 0 ? log(gain) : Number.NEGATIVE_INFINITY) : gain;
    if (gain < least) least = gain;
  }
  return judged === "least" ? least : sum;
}

/** Compares sorted gains from the least upwards: positive where `a` is leximin-better, zero where equal within a tolerance. */
export function leximin(a: Float64Array, b: Float64Array, tolerance: number): number {
  for (let j = 0; j < a.length; j++) if (Math.abs(a[j]! - b[j]!) > tolerance) return a[j]! - b[j]!;
  return 0;
}
