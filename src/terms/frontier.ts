import { isEmpty } from "./diagram.ts";
import { maxima } from "./maxima.ts";
import { MOST_POINTS, merge, packageOf } from "./merge.ts";
import { choosePoints, type PointSet, pointsOf } from "./points.ts";
import { dimensionsOf, isRational, type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";

/** How a frontier was had. */
export type FrontierMethod = "merge" | "enumeration" | "program";

/** Undominated packages: one point for each vector of the bargaining parties' utilities. */
export interface Frontier {
  readonly points: PointSet;
  readonly method: FrontierMethod;
  /** Whether every undominated vector is there. */
  readonly exact: boolean;
  /** No party can have more than this share of its range above the nearest point: 0 where exact. */
  readonly epsilon: number;
}

/**
 * The Pareto frontier of the packages that red lines and locks leave: strong efficiency for those who bargain.
 *
 * @param rational whether all who must accept, ratifiers too, must be at least as well off as without agreement
 * @param most points beyond which it is approximated
 */
export function mergedFrontier(space: Space, rational: boolean, most = MOST_POINTS): Frontier {
  const diagram = space.open!;
  if (isEmpty(diagram)) return { points: pointsOf(space.compiled, new Int32Array(0), 0), ...MERGED, epsilon: 0 };
  const parties = rational ? space.acceptors : space.bargainers;
  const { diagram: shares, floor, ceiling } = dimensionsOf(space, diagram, parties);
  const merged = merge(shares, { floor: rational ? floor : undefined, ceiling, most });
  const size = merged.stages.at(-1)!.parent.length;
  const issues = space.compiled.sizes.length;
  const outcomes = new Int32Array(size * issues);
  for (let p = 0; p < size; p++) packageOf(merged, p, outcomes, p * issues);
  const points = pointsOf(space.compiled, outcomes, size);
  const { epsilon } = merged;
  const isAll = !rational || space.acceptors.length === space.bargainers.length;
  return { points: isAll ? points : efficient(space, points), ...MERGED, exact: epsilon === 0, epsilon };
}

const MERGED = { method: "merge", exact: true } as const;

/** The points that are rational and, for those who bargain, undominated among these. */
export function efficient(space: Space, points: PointSet, rational = true): PointSet {
  const { bargainers } = space;
  const kept: number[] = [];
  for (let p = 0; p < points.size; p++) {
    if (!rational || isRational(space, points.utilities, p * points.parties)) kept.push(p);
  }
  const shares = new Float64Array(kept.length * bargainers.length);
  for (const [at, p] of kept.entries()) {
    for (const [j, i] of bargainers.entries()) {
      shares[at * bargainers.length + j] = points.utilities[p * points.parties + i]! / unitOf(space, i);
    }
  }
  const chosen = maxima(shares, kept.length, bargainers.length, TOL_POINT).toSorted();
  return choosePoints(
    points,
    chosen.map((at) => kept[at]!),
  );
}

/** Whether some party refuses anything at all, so that the rational frontier may differ from the whole one. */
export function hasReservations(space: Space): boolean {
  return space.acceptors.some((i) => space.reservation[i]! > space.least[i]!);
}
