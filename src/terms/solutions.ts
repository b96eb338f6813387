import type { Frontier } from "./frontier.ts";
import {
  type Concept,
  gainsOf,
  type Ideals,
  isGlobal,
  leximin,
  type Objective,
  objectiveOf,
  worthOfGains,
} from "./objectives.ts";
import { packageAt, utilitiesAt } from "./points.ts";
import { type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { Package } from "./types.ts";

/** A focal package, with what it rests on. */
export interface Solution {
  readonly concept: Concept;
  /** Utilities of all parties, in the domain's order. */
  readonly utilities: readonly number[];
  readonly outcome: Package;
  /** Gains of those who count, in their order: what `value` is made of. */
  readonly gains: readonly number[];
  /** The sum of the logarithms of gains in shares of the ranges (Nash), the least gain, or the sum of gains. */
  readonly value: number;
  /**
   * How many points of the frontier have this value, itself included. Among them the leximin-best is given: the one with
   * the greatest least gain, then the greatest second least.
   */
  readonly ties: number;
  /** Utilities of the tied points, at most 100 of them. */
  readonly tied: readonly (readonly number[])[];
  readonly exact: boolean;
  /** Utilities without agreement, and the greatest utilities, that gains are measured from and against. */
  readonly disagreement: readonly number[];
  readonly ideal: readonly number[];
  /** Parties with nothing to win, which the concept leaves out. */
  readonly leftOut: readonly string[];
  readonly tolerance: number;
}

const MOST_TIED = 100;

/** The greatest utility of each party over rational packages, had from their frontier, and over all. */
export function idealsOf(space: Space, { points }: Frontier): Ideals {
  const rational = new Float64Array(space.parties).fill(Number.NEGATIVE_INFINITY);
  for (let p = 0; p < points.size; p++) {
    for (let i = 0; i < space.parties; i++) {
      rational[i] = Math.max(rational[i]!, points.utilities[p * points.parties + i]!);
    }
  }
  return { rational, all: space.greatest };
}

/** The solution of a concept among the points of the rational frontier; undefined where that is empty. */
export function solutionOn(
  space: Space,
  frontier: Frontier,
  concept: Concept,
  ideals: Ideals,
  weights?: ArrayLike<number>,
): Solution | undefined {
  const { points } = frontier;
  if (points.size === 0) return undefined;
  const objective = objectiveOf(space, concept, ideals, weights);
  const gains = new Float64Array(objective.parties.length);
  const values = new Float64Array(points.size);
  let best = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < points.size; p++) {
    gainsOf(objective, points.utilities, p * points.parties, gains);
    values[p] = worthOfGains(objective, gains);
    best = Math.max(best, values[p]!);
  }
  const tolerance = toleranceOf(space, objective);
  const tied = [...values.keys()].filter((p) => values[p] === best || values[p]! >= best - tolerance);
  let chosen = -1;
  let sorted = gains;
  for (const p of tied) {
    gainsOf(objective, points.utilities, p * points.parties, gains);
    const here = gains.toSorted();
    if (chosen >= 0 && leximin(here, sorted, tolerance) <= 0) continue;
    chosen = p;
    sorted = here;
  }
  gainsOf(objective, points.utilities, chosen * points.parties, gains);
  return Object.freeze({
    concept,
    utilities: utilitiesAt(points, chosen),
    outcome: packageAt(space.compiled, points, chosen),
    gains: Array.from(gains),
    value: values[chosen]!,
    ties: tied.length,
    tied: tied.slice(0, MOST_TIED).map((p) => utilitiesAt(points, p)),
    exact: frontier.exact,
    disagreement: Array.from(space.disagreement),
    ideal: Array.from(isGlobal(concept) ? ideals.all : ideals.rational),
    leftOut: objective.leftOut.map((i) => space.compiled.domain.parties[i]!.name),
    tolerance,
  });
}

/** Values of an objective that differ by less are a tie. */
export function toleranceOf(space: Space, { judged, concept, parties }: Objective): number {
  if (judged === "product" || concept.startsWith("k") || concept.startsWith("r")) return TOL_POINT;
  return TOL_POINT * Math.min(1, ...parties.map((i) => unitOf(space, i)));
}

/** How far the parties' best hopes lie apart. */
export interface Opposition {
  /**
   * The least distance, over rational packages, of the shares of the greatest rational gains from 1 for everybody, divided
   * by the square root of the number of those who have something to win: 0 where all can have all they hope for, near 1
   * where one's gain is the other's loss and somebody must have nothing.
   */
  readonly ofGains: number;
  /** The least distance of the utilities from the greatest ones, undivided: what GENIUS and NegMAS call opposition. */
  readonly ofUtilities: number;
}

/** Opposition on the rational frontier; undefined where that is empty or nobody has anything to win. */
export function oppositionOn(space: Space, frontier: Frontier, ideals: Ideals): Opposition | undefined {
  const { points } = frontier;
  const objective = objectiveOf(space, "kalaiSmorodinsky", ideals);
  if (points.size === 0 || objective.parties.length === 0) return undefined;
  const gains = new Float64Array(objective.parties.length);
  let ofGains = Number.POSITIVE_INFINITY;
  let ofUtilities = Number.POSITIVE_INFINITY;
  for (let p = 0; p < points.size; p++) {
    gainsOf(objective, points.utilities, p * points.parties, gains);
    ofGains = Math.min(ofGains, distanceFromOne(gains));
    const at = p * points.parties;
    const shares = Float64Array.from(space.bargainers, (i) => 1 - (space.greatest[i]! - points.utilities[at + i]!));
    ofUtilities = Math.min(ofUtilities, distanceFromOne(shares));
  }
  return Object.freeze({ ofGains: ofGains / Math.sqrt(objective.parties.length), ofUtilities });
}

function distanceFromOne(shares: Float64Array): number {
  let sum = 0;
  for (const share of shares) sum += (1 - share) * (1 - share);
  return Math.sqrt(sum);
}
