import type { Frontier } from "./frontier.ts";
import { type Column, type Mixture, maxMinMixture, type Oracle } from "./mixtures.ts";
import { packageAt } from "./points.ts";
import { maxProductMixture } from "./product-mixture.ts";
import { type Space, unitOf } from "./space.ts";
import { TOL_DEGENERATE } from "./tolerances.ts";
import type { Package } from "./types.ts";

/** A focal lottery over packages: what is agreed on where packages can be drawn by lot, or alternated. */
export interface LotterySolution {
  readonly concept: "nash" | "kalaiSmorodinsky" | "egalitarian";
  /** Expected utilities of all parties, in the domain's order. */
  readonly utilities: readonly number[];
  /** The packages and their chances, which add up to 1. */
  readonly packages: readonly { readonly outcome: Package; readonly chance: number }[];
  readonly value: number;
  /** No lottery has a value above `value + tolerance`, among packages of the frontier given. */
  readonly tolerance: number;
  readonly exact: boolean;
  /** Greatest expected utilities over lotteries that are acceptable to all. */
  readonly ideal: readonly number[];
  readonly leftOut: readonly string[];
}

/**
 * Nash, Kalai-Smorodinsky and egalitarian solutions over the convex hull of the packages.
 *
 * A lottery is acceptable where every expected utility is at least the reservation value, even if some of its packages alone
 * are not. Linear programs with a column for each point of the frontier, and conditional gradients for the product; the
 * latter, Nash, is left out where the reservation value of somebody whose gain does not count binds.
 *
 * @param all the frontier without the rationality filter; ratifiers' utilities are those of its packages
 * @returns undefined where no lottery is acceptable to all
 */
export function lotterySolutions(space: Space, all: Frontier): readonly LotterySolution[] | undefined {
  const { points } = all;
  const { acceptors, bargainers, reservation, disagreement } = space;
  if (points.size === 0) return undefined;
  const floors = acceptors.filter((i) => reservation[i]! > space.least[i]!);
  const share = (i: number, from: number) => (value: number) => (value - from) / unitOf(space, i);
  type Coordinate = readonly [party: number, measure: (value: number) => number];
  const kept: Coordinate[] = floors.map((i) => [i, share(i, reservation[i]!)]);
  const over =
    (coordinates: readonly Coordinate[]): Oracle =>
    (weights) => {
      let best = -1;
      let greatest = Number.NEGATIVE_INFINITY;
      for (let p = 0; p < points.size; p++) {
        let sum = 0;
        for (const [j, [i, measure]] of coordinates.entries())
          sum += weights[j]! * measure(points.utilities[p * points.parties + i]!);
        if (sum > greatest) {
          greatest = sum;
          best = p;
        }
      }
      return columnOf(best, coordinates);
    };
  const columnOf = (p: number, coordinates: readonly Coordinate[]): Column => ({
    at: Float64Array.from(coordinates, ([i, measure]) => measure(points.utilities[p * points.parties + i]!)),
    handle: p,
  });
  const ideal = new Float64Array(space.parties).fill(Number.NaN);
  const starts: [number, number][] = [];
  for (const i of bargainers) {
    const rows: Coordinate[] = [[i, share(i, disagreement[i]!)], ...kept];
    const best = maxMinMixture(over(rows), 1, rows.length);
    if (best === undefined) return undefined;
    ideal[i] = disagreement[i]! + best.value * unitOf(space, i);
    for (const [c, { handle }] of best.columns.entries())
      starts.push([handle as number, best.chances[c]! / bargainers.length]);
  }
  const winning = bargainers.filter((i) => ideal[i]! - disagreement[i]! > TOL_DEGENERATE);
  const leftOut = bargainers.filter((i) => !winning.includes(i)).map((i) => space.compiled.domain.parties[i]!.name);
  if (winning.length === 0) return [];

  const solution = (concept: LotterySolution["concept"], mixture: Mixture): LotterySolution => {
    const utilities = new Array<number>(space.parties).fill(0);
    for (const [c, { handle }] of mixture.columns.entries()) {
      const at = (handle as number) * points.parties;
      for (let i = 0; i < space.parties; i++) utilities[i]! += mixture.chances[c]! * points.utilities[at + i]!;
    }
    // A package may stand in several columns.
    const chances = new Map<number, number>();
    for (const [c, { handle }] of mixture.columns.entries()) {
      chances.set(handle as number, (chances.get(handle as number) ?? 0) + mixture.chances[c]!);
    }
    const packages = [...chances].map(([p, chance]) => ({ outcome: packageAt(space.compiled, points, p), chance }));
    return {
      concept,
      utilities,
      packages: packages.filter(({ chance }) => chance > 1e-12),
      value: mixture.value,
      tolerance: Math.max(0, mixture.bound - mixture.value),
      exact: all.exact,
      ideal: Array.from(ideal),
      leftOut,
    };
  };

  const gains: Coordinate[] = winning.map((i) => [i, share(i, disagreement[i]!)]);
  const shares: Coordinate[] = winning.map((i) => [
    i,
    (value) => (value - disagreement[i]!) / (ideal[i]! - disagreement[i]!),
  ]);
  const plain: Coordinate[] = winning.map((i) => [i, (value) => value - disagreement[i]!]);
  const others = kept.filter(([i]) => !winning.includes(i));
  const first = starts.map(([p, chance]): [Column, number] => [columnOf(p, gains), chance]);
  const found: LotterySolution[] = [];
  if (others.length === 0) found.push(solution("nash", maxProductMixture(over(gains), first, gains.length)));
  for (const [concept, rows] of [["kalaiSmorodinsky", shares] as const, ["egalitarian", plain] as const]) {
    const mixture = maxMinMixture(over([...rows, ...others]), rows.length, rows.length + others.length);
    if (mixture !== undefined) found.push(solution(concept, mixture));
  }
  return found;
}
