import { boundsOnward, type Diagram, type Layer } from "./diagram.ts";
import { maxima } from "./maxima.ts";
import { TOL_POINT, TOL_ROUNDING } from "./tolerances.ts";

/** The undominated sums at one boundary between layers, node by node. */
export interface Stage {
  /** Node t's points are those from offsets[t] to offsets[t + 1]. */
  readonly offsets: Int32Array;
  readonly vectors: Float64Array;
  /** The point of the stage before, and the arc, by which a point was reached. */
  readonly parent: Int32Array;
  readonly arc: Int32Array;
}

/** Tells whether a sum may still lead to something that is sought. */
export type Hopeful = (boundary: number, node: number, vectors: Float64Array, at: number) => boolean;

/** The most that a sum may still come to. */
export type Promising = (boundary: number, node: number, vectors: Float64Array, at: number) => number;

export interface MergeOptions {
  /** Least final value in each dimension, tolerance taken off already; none unless given. */
  readonly floor?: ArrayLike<number> | undefined;
  /** Values above are worth no more; none unless given. */
  readonly ceiling?: ArrayLike<number> | undefined;
  /** Points of a stage beyond which it is thinned out. */
  readonly most?: number | undefined;
  readonly hopeful?: Hopeful | undefined;
  /** Keeps of each stage only the `width` points with the greatest promise: a heuristic that finds good packages fast. */
  readonly beam?: { readonly width: number; readonly promise: Promising } | undefined;
}

export interface Merged {
  readonly diagram: Diagram;
  /** One for each boundary; the last holds the result, with ceilings applied. */
  readonly stages: readonly Stage[];
  /** Every undominated vector has one here that is at most this much worse in any dimension; 0 where all are, but for a beam. */
  readonly epsilon: number;
}

/** Points of a stage beyond which the frontier is approximated. */
export const MOST_POINTS = 200_000;

/**
 * The undominated among the sums of all paths of a diagram.
 *
 * The frontier of a sum of independent terms is the frontier of the sum of their frontiers: layer by layer, each kept sum is
 * added to each option, and what is dominated at its node goes (Nemhauser & Ullmann 1969). What cannot reach the floor even
 * with the best to come in every dimension goes too. Where more than `most` points remain, one is kept in each cell of a
 * grid, an eighth of them before the last layer, and `epsilon` says what that may have cost.
 *
 * Dimensions are in shares of a party's range, so that tolerances are too.
 */
export function merge(diagram: Diagram, options: MergeOptions = {}): Merged {
  const { floor, ceiling, most = MOST_POINTS, hopeful, beam } = options;
  const { dimensions: n, layers } = diagram;
  const onward = boundsOnward(diagram, 1);
  const stages: Stage[] = [firstStage(diagram)];
  const filter = (boundary: number, node: number, vectors: Float64Array, at: number): boolean => {
    if (floor !== undefined) {
      const rest = onward[boundary]!;
      for (let i = 0; i < n; i++) if (vectors[at + i]! + rest[node * n + i]! < floor[i]!) return false;
    }
    return hopeful === undefined || hopeful(boundary, node, vectors, at);
  };
  let epsilon = 0;
  for (const [k, layer] of layers.entries()) {
    const isLast = k === layers.length - 1;
    const grown = grow(stages[k]!, layer, n, k + 1, filter, isLast ? ceiling : undefined);
    const stage = prune(grown, n, isLast ? TOL_POINT : TOL_ROUNDING);
    if (beam !== undefined) {
      stages.push(narrow(stage, n, beam.width, (node, p) => beam.promise(k + 1, node, stage.vectors, p * n)));
      continue;
    }
    const thinned = thin(stage, n, most, isLast ? most : most / 8);
    epsilon += thinned.epsilon;
    stages.push(thinned.stage);
  }
  return { diagram, stages, epsilon };
}

function firstStage({ base }: Diagram): Stage {
  return { offsets: Int32Array.of(0, 1), vectors: base, parent: Int32Array.of(-1), arc: Int32Array.of(-1) };
}

/** All sums of a layer's options and the points before it that pass the filter, node by node. */
function grow(
  before: Stage,
  { from, to, after, gain }: Layer,
  n: number,
  boundary: number,
  filter: Hopeful,
  ceiling: ArrayLike<number> | undefined,
): Stage {
  const arcsOf = arcsByTarget(to, after);
  const counts = new Int32Array(after);
  for (let arc = 0; arc < from.length; arc++) {
    counts[to[arc]!]! += before.offsets[from[arc]! + 1]! - before.offsets[from[arc]!]!;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const vectors = new Float64Array(total * n);
  const parent = new Int32Array(total);
  const reached = new Int32Array(total);
  const offsets = new Int32Array(after + 1);
  let size = 0;
  for (let node = 0; node < after; node++) {
    for (const arc of arcsOf[node]!) {
      const last = before.offsets[from[arc]! + 1]!;
      for (let p = before.offsets[from[arc]!]!; p < last; p++) {
        const at = size * n;
        for (let i = 0; i < n; i++) vectors[at + i] = before.vectors[p * n + i]! + gain[arc * n + i]!;
        if (!filter(boundary, node, vectors, at)) continue;
        if (ceiling !== undefined) {
          for (let i = 0; i < n; i++) if (vectors[at + i]! > ceiling[i]!) vectors[at + i] = ceiling[i]!;
        }
        parent[size] = p;
        reached[size] = arc;
        size++;
      }
    }
    offsets[node + 1] = size;
  }
  return { offsets, vectors, parent, arc: reached };
}

function arcsByTarget(to: Int32Array, after: number): number[][] {
  const arcs: number[][] = Array.from({ length: after }, () => []);
  for (let arc = 0; arc < to.length; arc++) arcs[to[arc]!]!.push(arc);
  return arcs;
}

/** Keeps the undominated points of each node. */
function prune({ offsets, vectors, parent, arc }: Stage, n: number, tolerance: number): Stage {
  const kept: number[] = [];
  const starts = new Int32Array(offsets.length);
  for (let node = 0; node + 1 < offsets.length; node++) {
    const first = offsets[node]!;
    const count = offsets[node + 1]! - first;
    const part = vectors.subarray(first * n, (first + count) * n);
    for (const p of maxima(part, count, n, tolerance)) kept.push(first + p);
    starts[node + 1] = kept.length;
  }
  return choose({ offsets, vectors, parent, arc }, n, kept, starts);
}

function choose(stage: Stage, n: number, kept: readonly number[], offsets: Int32Array): Stage {
  const vectors = new Float64Array(kept.length * n);
  for (let at = 0; at < kept.length; at++) {
    const p = kept[at]! * n;
    for (let i = 0; i < n; i++) vectors[at * n + i] = stage.vectors[p + i]!;
  }
  return {
    offsets,
    vectors,
    parent: Int32Array.from(kept, (p) => stage.parent[p]!),
    arc: Int32Array.from(kept, (p) => stage.arc[p]!),
  };
}

/** Keeps the points with the greatest promise. */
function narrow(stage: Stage, n: number, width: number, promise: (node: number, p: number) => number): Stage {
  const size = stage.parent.length;
  if (size <= width) return stage;
  const promises = new Float64Array(size);
  for (let node = 0; node + 1 < stage.offsets.length; node++) {
    for (let p = stage.offsets[node]!; p < stage.offsets[node + 1]!; p++) promises[p] = promise(node, p);
  }
  const least = promises.toSorted()[size - width]!;
  const kept: number[] = [];
  const offsets = new Int32Array(stage.offsets.length);
  for (let node = 0; node + 1 < offsets.length; node++) {
    for (let p = stage.offsets[node]!; p < stage.offsets[node + 1]!; p++) if (promises[p]! >= least) kept.push(p);
    offsets[node + 1] = kept.length;
  }
  return choose(stage, n, kept, offsets);
}

/**
 * Where there are more than `most` points, keeps the first in each cell of a grid, the finest of a series that leaves no more
 * than `target`. `epsilon` is the most by which a point left out was better in any dimension than the one that stands for it.
 */
function thin(
  stage: Stage,
  n: number,
  most: number,
  target: number,
): { readonly stage: Stage; readonly epsilon: number } {
  if (stage.parent.length <= most) return { stage, epsilon: 0 };
  for (let cell = FINEST_CELL; ; cell *= 1.5) {
    const kept: number[] = [];
    const offsets = new Int32Array(stage.offsets.length);
    let epsilon = 0;
    for (let node = 0; node + 1 < offsets.length; node++) {
      const standing = new Map<string, number>();
      for (let p = stage.offsets[node]!; p < stage.offsets[node + 1]!; p++) {
        let key = "";
        for (let i = 0; i < n; i++) key += `${Math.floor(stage.vectors[p * n + i]! / cell)},`;
        const other = standing.get(key);
        if (other === undefined) {
          standing.set(key, p);
          kept.push(p);
          continue;
        }
        for (let i = 0; i < n; i++)
          epsilon = Math.max(epsilon, stage.vectors[p * n + i]! - stage.vectors[other * n + i]!);
      }
      offsets[node + 1] = kept.length;
    }
    if (kept.length <= Math.max(target, offsets.length)) return { stage: choose(stage, n, kept, offsets), epsilon };
  }
}

const FINEST_CELL = 1 / 1024;

/** The package that a point of the last stage was reached by: writes the place of an option for each issue. */
export function packageOf({ diagram: { layers }, stages }: Merged, point: number, out: Int32Array, at = 0): void {
  let p = point;
  for (let k = layers.length - 1; k >= 0; k--) {
    const { issue, option } = layers[k]!;
    const stage = stages[k + 1]!;
    out[at + issue] = option[stage.arc[p]!]!;
    p = stage.parent[p]!;
  }
}
