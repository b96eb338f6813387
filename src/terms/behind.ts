import type { Layer } from "./diagram.ts";
import { isEmpty } from "./diagram.ts";
import { merge, type Stage } from "./merge.ts";
import { namesOf } from "./points.ts";
import { dimensionsOf, type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { Package } from "./types.ts";

/** The packages that are worth the same to all who must accept. */
export interface PackagesBehind {
  readonly packages: readonly Package[];
  /** Whether these are all of them: not where `most` was reached, or where a cap hides what is worth more. */
  readonly complete: boolean;
}

/**
 * The packages behind a point of a frontier: those whose utilities, for all who must accept, are its utilities.
 *
 * Every part of an undominated package is undominated itself, so that the merge that found the point has kept all ways to it:
 * they are followed back, layer by layer.
 *
 * @param utilities of all parties, in the domain's order
 * @param most packages to list: 1 000 unless given
 */
export function packagesBehind(space: Space, utilities: ArrayLike<number>, most = 1000): PackagesBehind {
  const { compiled, acceptors, open, least } = space;
  if (open === undefined || isEmpty(open)) return { packages: [], complete: open !== undefined };
  const { diagram, of, ceiling } = dimensionsOf(space, open, acceptors);
  const n = diagram.dimensions;
  const target = new Float64Array(n);
  for (const [j, party] of acceptors.entries())
    target[of[j]!] = (utilities[party]! - least[party]!) / unitOf(space, party);
  const isCapped = Uint8Array.from(target, (value, i) => (value >= ceiling[i]! - TOL_POINT ? 1 : 0));
  const { stages, epsilon } = merge(diagram, { most: Number.POSITIVE_INFINITY });
  const arcsInto = diagram.layers.map(({ to, after }) => groupBy(to, after));
  const found: Package[] = [];
  const outcome = new Int32Array(diagram.layers.length);
  let isCut = false;
  follow(diagram.layers.length, 0, target);
  return { packages: found, complete: !isCut && epsilon === 0 && !isCapped.includes(1) };

  function follow(boundary: number, node: number, sum: Float64Array): void {
    if (isCut || !holds(stages[boundary]!, node, sum)) return;
    if (boundary === 0) {
      if (found.length === most) isCut = true;
      else found.push(namesOf(compiled, outcome));
      return;
    }
    const layer: Layer = diagram.layers[boundary - 1]!;
    for (const arc of arcsInto[boundary - 1]![node]!) {
      const before = sum.map((value, i) => value - layer.gain[arc * n + i]!);
      outcome[layer.issue] = layer.option[arc]!;
      follow(boundary - 1, layer.from[arc]!, before);
    }
  }

  /** Whether a stage has a point with these sums at a node; a sum that a cap hides may be larger. */
  function holds({ offsets, vectors }: Stage, node: number, sum: Float64Array): boolean {
    for (let p = offsets[node]!; p < offsets[node + 1]!; p++) {
      let isSame = true;
      for (let i = 0; i < n; i++) {
        const apart = vectors[p * n + i]! - sum[i]!;
        if (apart < -TOL_POINT || (apart > TOL_POINT && isCapped[i] === 0)) {
          isSame = false;
          break;
        }
      }
      if (isSame) return true;
    }
    return false;
  }
}

function groupBy(to: Int32Array, nodes: number): number[][] {
  const arcs: number[][] = Array.from({ length: nodes }, () => []);
  for (let arc = 0; arc < to.length; arc++) arcs[to[arc]!]!.push(arc);
  return arcs;
}
