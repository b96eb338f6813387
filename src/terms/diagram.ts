import type { CompiledDomain, Factor } from "./compile.ts";

/** The choice of one issue: arcs from the nodes before it to the nodes after it, in order of `from`, then of option. */
export interface Layer {
  readonly issue: number;
  /** Nodes before and after. */
  readonly before: number;
  readonly after: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly option: Int32Array;
  /** gain[arc * dimensions + i]: what the option, and what it completes, adds to dimension i. */
  readonly gain: Float64Array;
}

/**
 * All feasible packages as the paths of a layered graph, a layer for each issue: a decision diagram (Bergman, Cire, van
 * Hoeve & Hooker 2016). The worth of a package is `base` plus the gains along its path.
 *
 * A node stands for all choices so far that leave the same to come: whether a pattern of options is still within reach,
 * and what was chosen on issues whose combination has a worth of its own. Issues that nothing ties together need one node.
 * It has one node before the first layer and one after the last; without any feasible package it has no arcs.
 */
export interface Diagram {
  readonly dimensions: number;
  readonly base: Float64Array;
  readonly layers: readonly Layer[];
}

/** Arcs beyond which a domain is not taken apart: it is enumerated, or given to a solver. */
export const MOST_ARCS = 1_000_000;

/** The diagram of a domain, a dimension for each party, before caps; undefined where it would have too many arcs. */
export function buildDiagram(compiled: CompiledDomain, mostArcs = MOST_ARCS): Diagram | undefined {
  const n = compiled.parties;
  const order = orderOfIssues(compiled);
  const placed = new Set<number>();
  const layers: Layer[] = [];
  let states: Int32Array[] = [new Int32Array(compiled.factors.length)];
  let arcs = 0;
  for (const issue of order) {
    placed.add(issue);
    const touched = compiled.factors.flatMap((factor, f) => (factor.scope.includes(issue) ? [{ factor, f }] : []));
    const complete = touched.filter(({ factor }) => factor.scope.every((k) => placed.has(k)));
    const open = compiled.factors.flatMap((factor, f) =>
      factor.scope.some((k) => placed.has(k)) && !factor.scope.every((k) => placed.has(k)) ? [f] : [],
    );
    const size = compiled.sizes[issue]!;
    const nodes = new Map<string, number>();
    const next: Int32Array[] = [];
    const from: number[] = [];
    const to: number[] = [];
    const option: number[] = [];
    const gain: number[] = [];
    for (const [node, state] of states.entries()) {
      for (let o = 0; o < size; o++) {
        const after = state.slice();
        for (const { factor, f } of touched) after[f] = stateAfter(factor, state[f]!, issue, o);
        if (complete.some(({ factor, f }) => factor.kind === "exclusion" && after[f] === 0)) continue;
        if (++arcs > mostArcs) return undefined;
        const at = gain.length;
        for (let i = 0; i < n; i++) gain.push(compiled.values[issue]![o * n + i]!);
        for (const { factor, f } of complete) {
          if (factor.kind === "table") gain[at + factor.party]! += factor.values[after[f]!]!;
          else if (factor.kind === "box" && after[f] === 0) gain[at + factor.party]! += factor.amount;
        }
        const key = open.map((f) => after[f]).join();
        let target = nodes.get(key);
        if (target === undefined) {
          target = next.length;
          nodes.set(key, target);
          next.push(after);
        }
        from.push(node);
        to.push(target);
        option.push(o);
      }
    }
    layers.push({
      issue,
      before: states.length,
      after: next.length,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      option: Int32Array.from(option),
      gain: Float64Array.from(gain),
    });
    states = next;
  }
  return trim({ dimensions: n, base: compiled.bias, layers });
}

/** What a factor must remember after an option: the place in a table, or 0 while all lies within a pattern, else -1. */
function stateAfter(factor: Factor, state: number, issue: number, option: number): number {
  const j = factor.scope.indexOf(issue);
  if (factor.kind === "table") return state + option * factor.strides[j]!;
  return state === 0 && factor.within[j]![option] === 1 ? 0 : -1;
}

/** An order that leaves little to remember: next is the issue after which the open factors have fewest states. */
function orderOfIssues({ sizes, factors }: CompiledDomain): number[] {
  const order: number[] = [];
  const left = new Set(sizes.keys());
  const scopes = new Map(
    factors.map(({ kind, scope }, f) => [kind === "table" ? scope.join() : `${f}`, { kind, scope }]),
  );
  while (left.size > 0) {
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (const issue of left) {
      let states = 0;
      for (const { kind, scope } of scopes.values()) {
        const isLeft = (k: number) => left.has(k) && k !== issue;
        if (!scope.some(isLeft) || scope.every(isLeft)) continue;
        if (kind !== "table") states++;
        else for (const k of scope) if (!isLeft(k)) states += sizes[k]! / 2;
      }
      // Few options first: what is dominated early is not multiplied by the rest.
      const score = states * 1e6 + sizes[issue]!;
      if (score < fewest) {
        fewest = score;
        best = issue;
      }
    }
    order.push(best);
    left.delete(best);
  }
  return order;
}

/** The diagram of the packages that use allowed options only: `allowed[issue][option]` is 1 where it is. */
export function restrict(diagram: Diagram, allowed: readonly Uint8Array[]): Diagram {
  return trim({
    ...diagram,
    layers: diagram.layers.map((layer) =>
      select(layer, diagram.dimensions, (arc) => allowed[layer.issue]![layer.option[arc]!] === 1),
    ),
  });
}

/** The diagram of other dimensions: each is a party's utility, from which `origin` is taken and which is divided by `unit`. */
export function project(
  { dimensions, base, layers }: Diagram,
  parties: ArrayLike<number>,
  origin: ArrayLike<number>,
  unit: ArrayLike<number>,
): Diagram {
  const n = parties.length;
  const scaled = (source: Float64Array, rows: number, from: ArrayLike<number> | undefined) => {
    const out = new Float64Array(rows * n);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < n; i++) {
        out[row * n + i] = (source[row * dimensions + parties[i]!]! - (from?.[i] ?? 0)) / unit[i]!;
      }
    }
    return out;
  };
  return {
    dimensions: n,
    base: scaled(base, 1, origin),
    layers: layers.map((layer) => ({ ...layer, gain: scaled(layer.gain, layer.from.length, undefined) })),
  };
}

/** Whether there is a path at all. */
export const isEmpty = ({ layers }: Diagram): boolean => layers.some(({ from }) => from.length === 0);

/** How many packages there are: paths, exactly. */
export function countPaths({ layers }: Diagram): bigint {
  let counts: bigint[] = [1n];
  for (const { from, to, after } of layers) {
    const next = new Array<bigint>(after).fill(0n);
    for (let arc = 0; arc < from.length; arc++) next[to[arc]!]! += counts[from[arc]!]!;
    counts = next;
  }
  return counts[0] ?? 0n;
}

/** For each boundary between layers, the number of ways on from each node, as doubles. */
export function pathsOnward({ layers }: Diagram): Float64Array[] {
  const onward: Float64Array[] = new Array(layers.length + 1);
  onward[layers.length] = Float64Array.of(1);
  for (let k = layers.length - 1; k >= 0; k--) {
    const { before, from, to } = layers[k]!;
    const here = new Float64Array(before);
    for (let arc = 0; arc < from.length; arc++) here[from[arc]!]! += onward[k + 1]![to[arc]!]!;
    onward[k] = here;
  }
  return onward;
}

/**
 * For each boundary, the most (`sign` 1) or least (`sign` -1) that the layers to come can add in each dimension, taken for
 * itself: onward[boundary][node * dimensions + i].
 */
export function boundsOnward({ layers, dimensions: n }: Diagram, sign: 1 | -1): Float64Array[] {
  const onward: Float64Array[] = new Array(layers.length + 1);
  onward[layers.length] = new Float64Array(n);
  for (let k = layers.length - 1; k >= 0; k--) {
    const { before, from, to, gain } = layers[k]!;
    const rest = onward[k + 1]!;
    const here = new Float64Array(before * n).fill(-sign * Number.POSITIVE_INFINITY);
    for (let arc = 0; arc < from.length; arc++) {
      const at = from[arc]! * n;
      const then = to[arc]! * n;
      for (let i = 0; i < n; i++) {
        const value = gain[arc * n + i]! + rest[then + i]!;
        if (sign * value > sign * here[at + i]!) here[at + i] = value;
      }
    }
    onward[k] = here;
  }
  return onward;
}

/** Keeps the arcs of a layer that satisfy a test; nodes stay. */
function select(layer: Layer, n: number, keep: (arc: number) => boolean): Layer {
  const kept: number[] = [];
  for (let arc = 0; arc < layer.from.length; arc++) if (keep(arc)) kept.push(arc);
  if (kept.length === layer.from.length) return layer;
  const gain = new Float64Array(kept.length * n);
  for (const [at, arc] of kept.entries()) gain.set(layer.gain.subarray(arc * n, arc * n + n), at * n);
  const of = (numbers: Int32Array) => Int32Array.from(kept, (arc) => numbers[arc]!);
  return { ...layer, from: of(layer.from), to: of(layer.to), option: of(layer.option), gain };
}

/** Removes nodes that no path from the first to the last layer passes, and numbers the others anew. */
export function trim({ dimensions, base, layers }: Diagram): Diagram {
  const depth = layers.length;
  const alive = Array.from(
    { length: depth + 1 },
    (_, k) => new Uint8Array(k < depth ? layers[k]!.before : layers[depth - 1]!.after),
  );
  alive[0]!.fill(1);
  for (let k = 0; k < depth; k++) {
    const { from, to } = layers[k]!;
    for (let arc = 0; arc < from.length; arc++) if (alive[k]![from[arc]!] === 1) alive[k + 1]![to[arc]!] = 1;
  }
  for (let k = depth - 1; k >= 0; k--) {
    const { from, to } = layers[k]!;
    const reached = new Uint8Array(alive[k]!.length);
    for (let arc = 0; arc < from.length; arc++) if (alive[k + 1]![to[arc]!] === 1) reached[from[arc]!] = 1;
    for (let node = 0; node < reached.length; node++) alive[k]![node]! &= reached[node]!;
  }
  const numbers = alive.map((flags) => {
    let count = 0;
    return Int32Array.from(flags, (flag) => (flag === 1 ? count++ : -1));
  });
  const sizes = alive.map((flags) => flags.reduce((sum, flag) => sum + flag, 0));
  return {
    dimensions,
    base,
    layers: layers.map((layer, k) => {
      const kept = select(
        layer,
        dimensions,
        (arc) => alive[k]![layer.from[arc]!] === 1 && alive[k + 1]![layer.to[arc]!] === 1,
      );
      return {
        ...kept,
        before: sizes[k]!,
        after: sizes[k + 1]!,
        from: kept.from.map((node) => numbers[k]![node]!),
        to: kept.to.map((node) => numbers[k + 1]![node]!),
      };
    }),
  };
}
