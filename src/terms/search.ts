import { log } from "../core/math/index.ts";
import { utilities } from "./compile.ts";
import { isEmpty } from "./diagram.ts";
import { efficient } from "./frontier.ts";
import { bestPath, linearBound, packageOfArcs } from "./linear.ts";
import { climb } from "./local-search.ts";
import { type Hopeful, type Merged, MOST_POINTS, merge, type Promising, packageOf } from "./merge.ts";
import { type Column, type Mixture, maxMinMixture, type Oracle } from "./mixtures.ts";
import { gainsOf, type Ideals, type Objective, worthOfGains } from "./objectives.ts";
import { type PointSet, pointsOf } from "./points.ts";
import { maxProductMixture } from "./product-mixture.ts";
import { type Dimensions, dimensionsOf, isRational, type Space, unitOf } from "./space.ts";
import { TOL_POINT, TOL_ROUNDING } from "./tolerances.ts";

/** The packages that a search found best. */
export interface Found {
  /** Undominated rational packages whose value ties with the best, and perhaps others near it. */
  readonly points: PointSet;
  readonly exact: boolean;
  /** No package's value exceeds this. */
  readonly bound: number;
}

export interface SearchOptions {
  /** Sums of a layer beyond which the result is approximate: 200 000 unless given. */
  readonly most?: number | undefined;
  /** Whether a package that respects locks and exclusions is in the diagram searched; true unless given. */
  readonly admits?: ((outcome: Int32Array) => boolean) | undefined;
}

/** A bound on values: a weighted sum of dimensions and a constant. */
interface Bound {
  readonly weights: Float64Array;
  readonly constant: number;
}

/** A row of the linear relaxation: coordinate = sum of weights[dimension] x share + constant. */
interface Row {
  readonly dimension: number;
  readonly factor: number;
  readonly constant: number;
}

/**
 * Finds best packages without the frontier: branch and bound over the layers of the diagram.
 *
 * The concave hull of the packages is optimised first; its multipliers turn any concept into a weighted sum of utilities that
 * no package exceeds, and the best onward value of a weighted sum is known at every node. Local search gives a good package.
 * Sums that can no longer beat it, or no longer be rational, are left out of the merge, and so are dominated ones.
 */
export class Search {
  readonly #space: Space;
  readonly #dimensions: Dimensions;
  readonly #most: number;
  readonly #floors: readonly Row[];
  readonly #admits: (outcome: Int32Array) => boolean;
  #known: Int32Array[] = [];

  constructor(space: Space, { most = MOST_POINTS, admits = () => true }: SearchOptions = {}) {
    this.#space = space;
    this.#most = most;
    this.#admits = admits;
    this.#dimensions = dimensionsOf(space, space.open!, space.acceptors);
    this.#floors = [...this.#dimensions.floor.entries()].flatMap(([dimension, floor]) =>
      floor === Number.NEGATIVE_INFINITY ? [] : [{ dimension, factor: 1, constant: -floor }],
    );
  }

  /** The greatest utility of every party that bargains over rational packages; undefined where there is none. */
  ideals(): (Ideals & { readonly exact: boolean }) | undefined {
    const { bargainers, parties, greatest } = this.#space;
    const rational = new Float64Array(parties).fill(Number.NEGATIVE_INFINITY);
    let exact = true;
    for (const i of bargainers) {
      const found = this.best({
        concept: "utilitarian",
        parties: [i],
        leftOut: [],
        from: new Float64Array(1),
        per: Float64Array.of(unitOf(this.#space, i)),
        judged: "sum",
      });
      if (found === undefined || found.points.size === 0) return undefined;
      for (let p = 0; p < found.points.size; p++) {
        rational[i] = Math.max(rational[i]!, found.points.utilities[p * parties + i]!);
      }
      exact &&= found.exact;
    }
    return { rational, all: greatest, exact };
  }

  /** The undominated rational packages that an objective puts first; undefined where no package is rational. */
  best(objective: Objective): Found | undefined {
    if (isEmpty(this.#space.open!) || this.#dimensions.floor.includes(Number.POSITIVE_INFINITY)) return undefined;
    const rows = this.#rowsOf(objective);
    const mixture = this.#relaxed(objective, rows);
    if (mixture === undefined) return undefined;
    const { diagram, floor, ceiling } = this.#dimensions;
    const promise = this.#promise(this.#asSum(objective, rows, mixture));
    const rough = merge(diagram, { floor, ceiling, beam: { width: BEAM, promise } });
    for (const outcome of packagesOf(rough)) this.#known.push(outcome);
    const best = this.#incumbent(objective);
    const least = best - TOL_POINT * Math.max(1, Math.abs(best));
    const merged = merge(diagram, {
      floor: objective.judged === "least" ? raised(floor, rows, least) : floor,
      ceiling,
      most: this.#most,
      hopeful: (boundary, node, vectors, at) => promise(boundary, node, vectors, at) >= least,
    });
    const found = packagesOf(merged);
    const issues = diagram.layers.length;
    const outcomes = new Int32Array(found.length * issues);
    for (const [p, outcome] of found.entries()) outcomes.set(outcome, p * issues);
    const points = efficient(this.#space, pointsOf(this.#space.compiled, outcomes, found.length));
    return { points, exact: merged.epsilon === 0, bound: merged.epsilon === 0 ? best : mixture.bound };
  }

  /**
   * Whether any package is rational. It is done as soon as one is met, or as not even a mixture of packages would be; only where
   * neither happens are the sums of all layers gone through.
   */
  exists(): boolean {
    if (isEmpty(this.#space.open!) || this.#dimensions.floor.includes(Number.POSITIVE_INFINITY)) return false;
    const rows = this.#floors;
    if (rows.length === 0) return true;
    const mixture = maxMinMixture(this.#oracle(rows), rows.length, rows.length);
    if (mixture === undefined || mixture.bound < -TOL_ROUNDING) return false;
    if (this.#incumbent(ANYTHING) > WORTHLESS) return true;
    const { diagram, floor } = this.#dimensions;
    const promise = this.#promise(this.#asFloors(mixture));
    const sought = { floor, ceiling: floor, most: this.#most };
    const rough = merge(diagram, { ...sought, beam: { width: BEAM, promise } });
    if (packagesOf(rough).some((outcome) => this.#admits(outcome))) return true;
    const hopeful: Hopeful = (...at) => promise(...at) >= -TOL_POINT;
    return packagesOf(merge(diagram, { ...sought, hopeful })).some((outcome) => this.#admits(outcome));
  }

  #rowsOf({ parties, from, per }: Objective): Row[] {
    const { least, acceptors } = this.#space;
    return parties.map((i, j) => ({
      dimension: this.#dimensions.of[acceptors.indexOf(i)]!,
      factor: unitOf(this.#space, i) / per[j]!,
      constant: (least[i]! - from[j]!) / per[j]!,
    }));
  }

  /** The best mixture of packages, in coordinates of the rows. */
  #relaxed({ judged }: Objective, rows: readonly Row[]): Mixture | undefined {
    const all = [...rows, ...this.#floors];
    const floors = this.#floors.length;
    if (judged === "least" && rows.length > 0) return maxMinMixture(this.#oracle(all), rows.length, all.length);
    if (judged === "sum" || rows.length === 0) {
      return maxMinMixture(this.#oracle([rows, ...this.#floors.map((row) => [row])]), 1, 1 + floors);
    }
    const starts: [Column, number][] = [];
    for (let j = 0; j < rows.length; j++) {
      const single = maxMinMixture(this.#oracle([rows[j]!, ...this.#floors]), 1, 1 + floors);
      if (single === undefined) return undefined;
      for (const [c, { handle }] of single.columns.entries()) {
        starts.push([{ at: coordinates(rows, handle as Float64Array), handle }, single.chances[c]! / rows.length]);
      }
    }
    // Every party has its best among them, so that nobody's gain is 0, but for rounding.
    const gains = starts.reduce(
      (sum, [{ at }, chance]) => sum.map((gain, j) => gain + chance * at[j]!),
      rows.map(() => 0),
    );
    if (gains.some((gain) => gain <= TOL_POINT)) return UNBOUNDED;
    return maxProductMixture(this.#oracle(rows), starts, rows.length, 1e-7, 60);
  }

  /** The oracle of rows, or of sums of rows: the best path of a weighted sum, its package remembered. */
  #oracle(rows: readonly (Row | readonly Row[])[]): Oracle {
    const { diagram } = this.#dimensions;
    return (weights) => {
      const joint = new Float64Array(diagram.dimensions);
      for (const [j, row] of rows.entries()) {
        for (const { dimension, factor } of [row].flat()) joint[dimension]! += weights[j]! * factor;
      }
      const sums = new Float64Array(diagram.dimensions);
      const arcs = bestPath(diagram, linearBound(diagram, joint), sums);
      this.#known.push(packageOfArcs(diagram, arcs));
      const at = Float64Array.from(rows, (row) =>
        [row].flat().reduce((sum, { dimension, factor, constant }) => sum + factor * sums[dimension]! + constant, 0),
      );
      return { at, handle: sums };
    };
  }

  /** The most that sums at a node may still come to. */
  #promise({ weights, constant }: Bound): Promising {
    const { diagram } = this.#dimensions;
    const n = diagram.dimensions;
    const { rest } = linearBound(diagram, weights);
    return (boundary, node, vectors, at) => {
      let bound = constant + rest[boundary]![node]!;
      for (let i = 0; i < n; i++) bound += weights[i]! * vectors[at + i]!;
      return bound;
    };
  }

  /** What no rational package can be below: floors, weighed as the best mixture weighs them. */
  #asFloors({ weights }: Mixture): Bound {
    const joint = new Float64Array(this.#dimensions.diagram.dimensions);
    let constant = 0;
    for (const [j, { dimension, factor, constant: fixed }] of this.#floors.entries()) {
      joint[dimension]! += weights[j]! * factor;
      constant += weights[j]! * fixed;
    }
    return { weights: joint, constant };
  }

  /** What no package's value exceeds, as weights of the dimensions and a constant. */
  #asSum({ judged }: Objective, rows: readonly Row[], mixture: Mixture): Bound {
    const { at, weights } = mixture;
    const joint = new Float64Array(this.#dimensions.diagram.dimensions);
    if (mixture === UNBOUNDED) return { weights: joint, constant: Number.POSITIVE_INFINITY };
    let constant = 0;
    const add = ({ dimension, factor, constant: fixed }: Row, weight: number) => {
      joint[dimension]! += weight * factor;
      constant += weight * fixed;
    };
    if (judged === "product" && rows.length > 0) {
      // The logarithm lies below its tangent at the mixture.
      for (const [j, row] of rows.entries()) {
        add(row, 1 / at[j]!);
        constant += log(at[j]!) - 1;
      }
      return { weights: joint, constant };
    }
    const isSum = judged === "sum" || rows.length === 0;
    for (const [j, row] of rows.entries()) add(row, isSum ? 1 : weights[j]!);
    const first = isSum ? 1 : rows.length;
    for (const [j, row] of this.#floors.entries()) add(row, weights[first + j]!);
    return { weights: joint, constant };
  }

  /** The value of the best rational package at hand, after local search from the most promising ones. */
  #incumbent(objective: Objective): number {
    const space = this.#space;
    const { compiled, allowed } = space;
    const values = new Float64Array(space.parties);
    const gains = new Float64Array(objective.parties.length);
    const score = (outcome: Int32Array): number => {
      if (!this.#admits(outcome)) return Number.NEGATIVE_INFINITY;
      utilities(compiled, outcome, values);
      if (!isRational(space, values)) return IRRATIONAL + this.#shortfall(values);
      gainsOf(objective, values, 0, gains);
      return Math.max(WORTHLESS, worthOfGains(objective, gains));
    };
    const distinct = [...new Map(this.#known.map((outcome) => [outcome.join(), outcome])).values()];
    const ranked = distinct
      .map((outcome) => ({ outcome, value: score(outcome) }))
      .toSorted((a, b) => b.value - a.value)
      .slice(0, STARTS);
    this.#known = ranked.map(({ outcome }) => outcome);
    let best = Number.NEGATIVE_INFINITY;
    for (const { outcome } of ranked) {
      const improved = outcome.slice();
      const value = climb(compiled, allowed, improved, score);
      this.#known.push(improved);
      if (value > WORTHLESS) best = Math.max(best, value);
    }
    return best;
  }

  /** The sum of what is missing to the reservation values, in shares of the ranges: 0 or less. */
  #shortfall(values: Float64Array): number {
    let sum = 0;
    for (const i of this.#space.acceptors) {
      const slack = (values[i]! - this.#space.reservation[i]!) / unitOf(this.#space, i);
      if (slack < 0) sum += slack;
    }
    return sum;
  }
}

/** What stands for a mixture that tells nothing. */
const UNBOUNDED: Mixture = {
  columns: [],
  chances: new Float64Array(0),
  at: new Float64Array(0),
  value: Number.NEGATIVE_INFINITY,
  bound: Number.POSITIVE_INFINITY,
  weights: new Float64Array(0),
};

/** An objective to which all rational packages are alike. */
const ANYTHING: Objective = {
  concept: "utilitarian",
  parties: [],
  leftOut: [],
  from: new Float64Array(0),
  per: new Float64Array(0),
  judged: "sum",
};

const STARTS = 1;
/** Sums that the first, rough merge keeps of a layer. */
const BEAM = 500;
/** Scores below every value: of a package without product, and of one that somebody refuses. */
const WORTHLESS = -1e6;
const IRRATIONAL = -1e9;

/** Floors where every row must come to a value: what falls short in one gain cannot have a greater least gain. */
function raised(floor: Float64Array, rows: readonly Row[], value: number): Float64Array {
  const out = floor.slice();
  for (const { dimension, factor, constant } of rows) {
    out[dimension] = Math.max(out[dimension]!, (value - constant) / factor - TOL_POINT);
  }
  return out;
}

function packagesOf(merged: Merged): Int32Array[] {
  return Array.from({ length: merged.stages.at(-1)!.parent.length }, (_, p) => {
    const outcome = new Int32Array(merged.diagram.layers.length);
    packageOf(merged, p, outcome);
    return outcome;
  });
}

function coordinates(rows: readonly Row[], sums: Float64Array): Float64Array {
  return Float64Array.from(rows, ({ dimension, factor, constant }) => factor * sums[dimension]! + constant);
}
