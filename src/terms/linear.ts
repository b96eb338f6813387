import type { Diagram } from "./diagram.ts";

/** The most that a weighted sum of dimensions can gain from each node on: rest[boundary][node]. */
export interface LinearBound {
  readonly weights: Float64Array;
  readonly rest: readonly Float64Array[];
}

/** The greatest weighted sum onward from every node: one backward pass over the arcs. */
export function linearBound({ layers, dimensions: n }: Diagram, weights: Float64Array): LinearBound {
  const rest: Float64Array[] = new Array(layers.length + 1);
  rest[layers.length] = Float64Array.of(0);
  for (let k = layers.length - 1; k >= 0; k--) {
    const { before, from, to, gain } = layers[k]!;
    const then = rest[k + 1]!;
    const here = new Float64Array(before).fill(Number.NEGATIVE_INFINITY);
    for (let arc = 0; arc < from.length; arc++) {
      let value = then[to[arc]!]!;
      for (let i = 0; i < n; i++) value += weights[i]! * gain[arc * n + i]!;
      if (value > here[from[arc]!]!) here[from[arc]!] = value;
    }
    rest[k] = here;
  }
  return { weights, rest };
}

/** The arcs of a path whose weighted sum is greatest; writes its sums to `at`, base included. */
export function bestPath({ layers, dimensions: n, base }: Diagram, bound: LinearBound, at: Float64Array): Int32Array {
  const arcs = new Int32Array(layers.length);
  at.set(base);
  let node = 0;
  for (let k = 0; k < layers.length; k++) {
    const { from, to, gain } = layers[k]!;
    let best = Number.NEGATIVE_INFINITY;
    let chosen = -1;
    for (let arc = firstArcOf(from, node); arc < from.length && from[arc] === node; arc++) {
      let value = bound.rest[k + 1]![to[arc]!]!;
      for (let i = 0; i < n; i++) value += bound.weights[i]! * gain[arc * n + i]!;
      if (value > best) {
        best = value;
        chosen = arc;
      }
    }
    arcs[k] = chosen;
    for (let i = 0; i < n; i++) at[i]! += gain[chosen * n + i]!;
    node = to[chosen]!;
  }
  return arcs;
}

/** Where a node's arcs begin; arcs stand in order of the node they start from. */
export function firstArcOf(from: Int32Array, node: number): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle]! < node) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The package that arcs, one a layer, stand for: the place of an option for each issue. */
export function packageOfArcs({ layers }: Diagram, arcs: ArrayLike<number>): Int32Array {
  const outcome = new Int32Array(layers.length);
  for (let k = 0; k < layers.length; k++) outcome[layers[k]!.issue] = layers[k]!.option[arcs[k]!]!;
  return outcome;
}
