import { createStream, purpose } from "../core/random/index.ts";
import { expectCount } from "./check.ts";
import { boundsOnward, countPaths, type Diagram, isEmpty, pathsOnward } from "./diagram.ts";
import { countDominating } from "./dominance-count.ts";
import { firstArcOf } from "./linear.ts";
import { dimensionsOf, type Space } from "./space.ts";

/** The zone of possible agreement: packages that nobody who must accept refuses. */
export interface Zopa {
  /** How many packages it holds; rounded where `method` is not exact. */
  readonly size: bigint;
  /** How many feasible packages red lines and locks leave. */
  readonly packages: bigint;
  readonly method: "counted" | "grid" | "sampled";
  /** Bounds on the size, equal to it where it is counted; of a sample: four standard errors to either side. */
  readonly low: bigint;
  readonly high: bigint;
  /** Standard error of the size where it is sampled, else 0. */
  readonly standardError: number;
}

export interface ZopaOptions {
  /** Partial packages that one half of the issues may have, to be counted exactly: 2 000 000 unless given. */
  readonly mostHalf?: number | undefined;
  /** Packages drawn where it cannot be counted: 100 000 unless given. */
  readonly draws?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * Counts the packages that are acceptable to all who must accept.
 *
 * The issues are cut into two halves; every package is a partial package of the one joined to one of the other, and those
 * that make up for what the first leave wanting are counted without joining them. Exact as long as neither half has more
 * than `mostHalf` distinct partial packages, an eighth of that for three parties and more. Beyond that: a sample of packages
 * with its standard error, or, for up to two parties that refuse anything, a count over a grid of utilities with bounds for
 * its rounding where these are tighter.
 */
export function countZopa(space: Space, options: ZopaOptions = {}): Zopa {
  const { mostHalf = 2_000_000, draws = 100_000, seed = 1 } = options;
  expectCount("mostHalf", mostHalf, 1);
  expectCount("draws", draws, 2);
  const whole = space.open!;
  const packages = isEmpty(whole) ? 0n : countPaths(whole);
  const exactly = (size: bigint): Zopa => ({
    size,
    packages,
    method: "counted",
    low: size,
    high: size,
    standardError: 0,
  });
  if (packages === 0n) return exactly(0n);
  const { diagram, floor } = dimensionsOf(space, whole, refusing(space));
  const n = diagram.dimensions;
  if (n === 0) return exactly(packages);
  const counted = meetInTheMiddle(diagram, floor, mostHalf, packages < BigInt(Number.MAX_SAFE_INTEGER));
  if (counted !== undefined) return exactly(counted);
  const sampled = { packages, ...sample(diagram, floor, packages, draws, seed) };
  if (n > 2) return sampled;
  const onGrid = { packages, ...countOnGrid(diagram, floor) };
  return onGrid.high - onGrid.low < sampled.high - sampled.low ? onGrid : sampled;
}

/** Those who must accept and would refuse some package. A cap below the reservation value refuses all. */
function refusing({ acceptors, reservation, least }: Space): number[] {
  return acceptors.filter((i) => reservation[i]! > least[i]!);
}

/** Partial packages at a boundary, node by node, those with equal sums joined. */
interface Half {
  readonly sums: Float64Array[];
  readonly weights: Float64Array[];
}

function meetInTheMiddle(diagram: Diagram, floor: Float64Array, most: number, isSmall: boolean): bigint | undefined {
  if (!isSmall) return undefined;
  const { dimensions: n, base, layers } = diagram;
  const best = { onward: boundsOnward(diagram, 1), sofar: boundsSofar(diagram) };
  let front: Half = { sums: [base], weights: [Float64Array.of(1)] };
  let back: Half = { sums: [new Float64Array(n)], weights: [Float64Array.of(1)] };
  let low = 0;
  let high = layers.length;
  const limit = n <= 2 ? most : most / 8;
  while (low < high) {
    // The smaller half takes the next layer, so that neither outgrows the other.
    const isFront = sizeOf(front) <= sizeOf(back);
    const grown = isFront
      ? grow(diagram, front, low, "from", "to", best.onward[low + 1]!, floor, limit)
      : grow(diagram, back, high - 1, "to", "from", best.sofar[high - 1]!, floor, limit);
    if (grown === undefined) return undefined;
    if (isFront) {
      front = grown;
      low++;
    } else {
      back = grown;
      high--;
    }
  }
  let total = 0;
  for (const [node, sums] of front.sums.entries()) {
    const weights = front.weights[node]!;
    const queries = Float64Array.from(sums, (value, at) => floor[at % n]! - value);
    total += countDominating(back.sums[node]!, back.weights[node]!, queries, weights, n);
  }
  return BigInt(total);
}

function sizeOf({ weights }: Half): number {
  return weights.reduce((sum, { length }) => sum + length, 0);
}

/** Adds a layer to a half; leaves out what cannot reach the floor, and joins what is equal. */
function grow(
  { dimensions: n, layers }: Diagram,
  half: Half,
  k: number,
  source: "from" | "to",
  target: "from" | "to",
  others: Float64Array,
  floor: Float64Array,
  limit: number,
): Half | undefined {
  const layer = layers[k]!;
  const nodes = target === "to" ? layer.after : layer.before;
  const kept = Array.from({ length: nodes }, () => new Map<string, number>());
  const sums: number[][] = Array.from({ length: nodes }, () => []);
  const weights: number[][] = Array.from({ length: nodes }, () => []);
  const here = new Float64Array(n);
  let size = 0;
  for (let arc = 0; arc < layer.from.length; arc++) {
    const before = layer[source][arc]!;
    const node = layer[target][arc]!;
    for (let p = 0; p < half.weights[before]!.length; p++) {
      let isHopeless = false;
      for (let i = 0; i < n; i++) {
        here[i] = half.sums[before]![p * n + i]! + layer.gain[arc * n + i]!;
        if (here[i]! + others[node * n + i]! < floor[i]!) isHopeless = true;
      }
      if (isHopeless) continue;
      const key = here.map(rounded).join();
      const known = kept[node]!.get(key);
      if (known !== undefined) {
        weights[node]![known]! += half.weights[before]![p]!;
        continue;
      }
      if (++size > limit) return undefined;
      kept[node]!.set(key, weights[node]!.length);
      weights[node]!.push(half.weights[before]![p]!);
      for (let i = 0; i < n; i++) sums[node]!.push(here[i]!);
    }
  }
  return { sums: sums.map((list) => Float64Array.from(list)), weights: weights.map((list) => Float64Array.from(list)) };
}

/** Sums that agree in twelve decimals of the range are one. */
const rounded = (value: number): number => Math.round(value * 1e12);

/** For each boundary, the most that the layers so far can have gained at each node, base included. */
function boundsSofar({ base, layers, dimensions: n }: Diagram): Float64Array[] {
  const sofar: Float64Array[] = [base];
  for (const [k, { after, from, to, gain }] of layers.entries()) {
    const next = new Float64Array(after * n).fill(Number.NEGATIVE_INFINITY);
    for (let arc = 0; arc < from.length; arc++) {
      for (let i = 0; i < n; i++) {
        const value = sofar[k]![from[arc]! * n + i]! + gain[arc * n + i]!;
        if (value > next[to[arc]! * n + i]!) next[to[arc]! * n + i] = value;
      }
    }
    sofar.push(next);
  }
  return sofar;
}

/** Cells of the grid along each dimension, for two dimensions and for one. */
const CELLS = [1, 1 << 16, 1 << 10];

/**
 * Counts on a grid: each gain is rounded to a cell, so that a package is off by at most half a cell for each issue. The
 * number that passes a floor raised by that is a lower bound, and lowered by that an upper one.
 */
function countOnGrid(
  diagram: Diagram,
  floor: Float64Array,
): Pick<Zopa, "size" | "low" | "high" | "method" | "standardError"> {
  const { dimensions: n, layers, base } = diagram;
  const cells = CELLS[n]!;
  const least = boundsOnward(diagram, -1)[0]!;
  const most = boundsOnward(diagram, 1)[0]!;
  const step = Array.from(most, (high, i) => Math.max(high - least[i]!, 1e-12) / (cells - 1 - layers.length));
  const width = n === 2 ? cells : 1;
  let grids: Float64Array[] = [new Float64Array(cells * width)];
  grids[0]![0] = 1;
  let lowest = [new Int32Array(n)];
  // Every layer counts from its own least gain, so that cells are never negative.
  for (const { from, to, after, gain } of layers) {
    const next = Array.from({ length: after }, () => new Float64Array(cells * width));
    const origin = Array.from({ length: n }, (_, i) => {
      let low = Number.POSITIVE_INFINITY;
      for (let arc = 0; arc < from.length; arc++) low = Math.min(low, gain[arc * n + i]!);
      return low;
    });
    const reach = Array.from({ length: after }, () => new Int32Array(n));
    for (let arc = 0; arc < from.length; arc++) {
      const shift = origin.map((low, i) => Math.round((gain[arc * n + i]! - low) / step[i]!));
      const grid = grids[from[arc]!]!;
      const into = next[to[arc]!]!;
      const [rows = 0, columns = 0] = lowest[from[arc]!]!;
      const offset = shift[0]! * width + (n === 2 ? shift[1]! : 0);
      for (let row = 0; row <= rows; row++) {
        const end = row * width + (n === 2 ? columns : 0);
        for (let cell = row * width; cell <= end; cell++) if (grid[cell] !== 0) into[cell + offset]! += grid[cell]!;
      }
      for (let i = 0; i < n; i++) {
        reach[to[arc]!]![i] = Math.max(reach[to[arc]!]![i]!, lowest[from[arc]!]![i]! + shift[i]!);
      }
    }
    grids = next;
    lowest = reach;
  }
  const start = Array.from({ length: n }, (_, i) =>
    layers.reduce((sum, { gain, from }) => {
      let low = Number.POSITIVE_INFINITY;
      for (let arc = 0; arc < from.length; arc++) low = Math.min(low, gain[arc * n + i]!);
      return sum + low;
    }, base[i]!),
  );
  const slack = layers.length / 2;
  const above = (cellsMore: number): bigint => {
    const from = start.map((low, i) => Math.ceil((floor[i]! - low) / step[i]! + cellsMore));
    let sum = 0;
    for (let row = Math.max(0, from[0]!); row < cells; row++) {
      for (let column = n === 2 ? Math.max(0, from[1]!) : 0; column < width; column++)
        sum += grids[0]![row * width + column]!;
    }
    return BigInt(Math.round(sum));
  };
  return { size: above(0), low: above(slack), high: above(-slack), method: "grid", standardError: 0 };
}

/** A sample of packages, each as likely as any other, with replacement. */
function sample(
  diagram: Diagram,
  floor: Float64Array,
  packages: bigint,
  draws: number,
  seed: number,
): Pick<Zopa, "size" | "low" | "high" | "method" | "standardError"> {
  const { dimensions: n, base, layers } = diagram;
  const onward = pathsOnward(diagram);
  const stream = createStream(seed, purpose("ZOPA"));
  const sum = new Float64Array(n);
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) {
    sum.set(base);
    let node = 0;
    for (const [k, { from, to, gain }] of layers.entries()) {
      let left = stream.uniform(0, k, draw) * onward[k]![node]!;
      let arc = firstArcOf(from, node);
      while (arc + 1 < from.length && from[arc + 1] === node && left >= onward[k + 1]![to[arc]!]!) {
        left -= onward[k + 1]![to[arc]!]!;
        arc++;
      }
      for (let i = 0; i < n; i++) sum[i]! += gain[arc * n + i]!;
      node = to[arc]!;
    }
    if (sum.every((value, i) => value >= floor[i]!)) hits++;
  }
  const total = Number(packages);
  // The rule of succession keeps the error of a share of 0 or 1 above 0.
  const share = (hits + 1) / (draws + 2);
  const standardError = total * Math.sqrt((share * (1 - share)) / draws);
  const size = (total * hits) / draws;
  const clamp = (value: number) => BigInt(Math.round(Math.min(total, Math.max(0, value))));
  return {
    size: clamp(size),
    low: clamp(size - 4 * standardError),
    high: clamp(size + 4 * standardError),
    method: "sampled",
    standardError,
  };
}
