/** A package as the mixture sees it: its coordinates, and a handle by which the caller knows it. */
export interface Column {
  readonly at: Float64Array;
  readonly handle: unknown;
}

/** Finds the package with the greatest weighted sum of coordinates. Weights are not negative. */
export type Oracle = (weights: Float64Array) => Column;

/** A mixture of packages, and the weights that prove how good it is. */
export interface Mixture {
  readonly columns: readonly Column[];
  readonly chances: Float64Array;
  /** Coordinates of the mixture. */
  readonly at: Float64Array;
  /** The objective's value, and what no mixture can exceed. */
  readonly value: number;
  readonly bound: number;
  /** Multipliers of the coordinates at the optimum. */
  readonly weights: Float64Array;
}

const TOL = 1e-11;
const MOST_PIVOTS = 2000;
/** What a unit of violation costs; coordinates are shares of ranges, so that it outweighs any gain. */
const PENALTY = 1e5;

/**
 * The mixture whose least coordinate among the first `judged` is greatest, where all others must be at least 0.
 *
 * A linear program with a column for each package, of which only the needed ones are made (Dantzig & Wolfe 1960): a revised
 * simplex method whose pricing is the oracle. Undefined where no mixture keeps the other coordinates at 0 or above.
 */
export function maxMinMixture(oracle: Oracle, judged: number, dimensions: number): Mixture | undefined {
  const program = new MaxMinProgram(oracle, judged, dimensions);
  return program.solve();
}

/** Kinds of variables in the basis besides columns. */
const LEVEL = -1;
const VIOLATION = -2;
const FIRST_SLACK = -3;

/** Rows: coordinate - level - slack = 0 for judged ones, coordinate + violation - slack = 0 for the others, chances = 1. */
class MaxMinProgram {
  readonly #oracle: Oracle;
  readonly #judged: number;
  readonly #n: number;
  readonly #m: number;
  readonly #columns: Column[] = [];
  /** Basic variables: a column's index, LEVEL, VIOLATION, or FIRST_SLACK - row. */
  readonly #basis: number[] = [];
  #inverse: Float64Array;

  constructor(oracle: Oracle, judged: number, dimensions: number) {
    this.#oracle = oracle;
    this.#judged = judged;
    this.#n = dimensions;
    this.#m = dimensions + 1;
    this.#inverse = new Float64Array(this.#m * this.#m);
  }

  solve(): Mixture | undefined {
    this.#begin();
    const m = this.#m;
    for (let pivot = 0; pivot < MOST_PIVOTS; pivot++) {
      if (pivot % 40 === 0) this.#invert();
      const duals = this.#duals();
      const entering = this.#price(duals);
      if (entering === undefined) break;
      const direction = this.#times(this.#vector(entering));
      const values = this.#values();
      let leaving = -1;
      let step = Number.POSITIVE_INFINITY;
      for (let row = 0; row < m; row++) {
        if (this.#basis[row] === LEVEL || direction[row]! <= 1e-10) continue;
        const ratio = Math.max(0, values[row]!) / direction[row]!;
        if (ratio < step - 1e-13 || (ratio < step + 1e-13 && leaving >= 0 && direction[row]! > direction[leaving]!)) {
          step = ratio;
          leaving = row;
        }
      }
      if (leaving < 0) break;
      this.#pivot(leaving, direction, entering);
    }
    this.#invert();
    return this.#result();
  }

  #begin(): void {
    const n = this.#n;
    const weights = new Float64Array(n).fill(1 / n);
    const first = this.#oracle(weights);
    this.#columns.push(first);
    let least = 0;
    for (let i = 1; i < this.#judged; i++) if (first.at[i]! < first.at[least]!) least = i;
    let worst = -1;
    for (let i = this.#judged; i < n; i++) {
      if (first.at[i]! < 0 && (worst < 0 || first.at[i]! < first.at[worst]!)) worst = i;
    }
    for (let i = 0; i < n; i++) this.#basis.push(i === least ? LEVEL : i === worst ? VIOLATION : FIRST_SLACK - i);
    this.#basis.push(0);
  }

  /** The column of a variable in the rows. */
  #vector(variable: number): Float64Array {
    const out = new Float64Array(this.#m);
    if (variable >= 0) {
      out.set(this.#columns[variable]!.at);
      out[this.#n] = 1;
    } else if (variable === LEVEL) out.fill(-1, 0, this.#judged);
    else if (variable === VIOLATION) out.fill(1, this.#judged, this.#n);
    else out[FIRST_SLACK - variable] = -1;
    return out;
  }

  #cost(variable: number): number {
    return variable === LEVEL ? 1 : variable === VIOLATION ? -PENALTY : 0;
  }

  #duals(): Float64Array {
    const m = this.#m;
    const duals = new Float64Array(m);
    for (let row = 0; row < m; row++) {
      const cost = this.#cost(this.#basis[row]!);
      if (cost === 0) continue;
      for (let j = 0; j < m; j++) duals[j]! += cost * this.#inverse[row * m + j]!;
    }
    return duals;
  }

  /** A variable whose entry raises the objective, or none. Duals of the coordinates are minus their weights. */
  #price(duals: Float64Array): number | undefined {
    const n = this.#n;
    const basic = new Set(this.#basis);
    let best = TOL;
    let entering: number | undefined;
    const consider = (variable: number) => {
      if (basic.has(variable)) return;
      const column = this.#vector(variable);
      let reduced = this.#cost(variable);
      for (let j = 0; j < this.#m; j++) reduced -= duals[j]! * column[j]!;
      if (reduced > best) {
        best = reduced;
        entering = variable;
      }
    };
    for (let i = 0; i < n; i++) consider(FIRST_SLACK - i);
    if (this.#judged < n) consider(VIOLATION);
    // Slacks first: with them out of the way no weight is negative, as the oracle expects.
    if (entering !== undefined) return entering;
    const priced = this.#oracle(weightsOf(duals, n));
    this.#columns.push(priced);
    consider(this.#columns.length - 1);
    if (entering === undefined) this.#columns.pop();
    return entering;
  }

  #values(): Float64Array {
    const m = this.#m;
    return Float64Array.from({ length: m }, (_, row) => this.#inverse[row * m + m - 1]!);
  }

  #times(vector: Float64Array): Float64Array {
    const m = this.#m;
    const out = new Float64Array(m);
    for (let row = 0; row < m; row++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += this.#inverse[row * m + j]! * vector[j]!;
      out[row] = sum;
    }
    return out;
  }

  #pivot(leaving: number, direction: Float64Array, entering: number): void {
    const m = this.#m;
    const inverse = this.#inverse;
    const pivot = direction[leaving]!;
    for (let j = 0; j < m; j++) inverse[leaving * m + j]! /= pivot;
    for (let row = 0; row < m; row++) {
      const factor = direction[row]!;
      if (row === leaving || factor === 0) continue;
      for (let j = 0; j < m; j++) inverse[row * m + j]! -= factor * inverse[leaving * m + j]!;
    }
    this.#basis[leaving] = entering;
  }

  /** The inverse of the basis, anew: Gauss & Jordan with partial pivoting. */
  #invert(): void {
    const m = this.#m;
    const width = 2 * m;
    const rows = Array.from({ length: m }, () => new Float64Array(width));
    for (let j = 0; j < m; j++) {
      const column = this.#vector(this.#basis[j]!);
      for (let i = 0; i < m; i++) rows[i]![j] = column[i]!;
      rows[j]![m + j] = 1;
    }
    for (let j = 0; j < m; j++) {
      let pivot = j;
      for (let i = j + 1; i < m; i++) if (Math.abs(rows[i]![j]!) > Math.abs(rows[pivot]![j]!)) pivot = i;
      [rows[j], rows[pivot]] = [rows[pivot]!, rows[j]!];
      const head = rows[j]!;
      const scale = head[j]!;
      for (let k = 0; k < width; k++) head[k]! /= scale;
      for (let i = 0; i < m; i++) {
        const factor = rows[i]![j]!;
        if (i === j || factor === 0) continue;
        for (let k = 0; k < width; k++) rows[i]![k]! -= factor * head[k]!;
      }
    }
    for (let i = 0; i < m; i++) this.#inverse.set(rows[i]!.subarray(m), i * m);
  }

  #result(): Mixture | undefined {
    const n = this.#n;
    const values = this.#values();
    const used: Column[] = [];
    const chances: number[] = [];
    let level = 0;
    for (const [row, variable] of this.#basis.entries()) {
      if (variable === VIOLATION && values[row]! > 1e-9) return undefined;
      if (variable === LEVEL) level = values[row]!;
      if (variable < 0 || values[row]! <= 1e-13) continue;
      used.push(this.#columns[variable]!);
      chances.push(values[row]!);
    }
    const weights = weightsOf(this.#duals(), n);
    const best = this.#oracle(weights);
    let bound = 0;
    for (let i = 0; i < n; i++) bound += weights[i]! * best.at[i]!;
    return {
      columns: used,
      chances: Float64Array.from(chances),
      at: mixed(used, chances, n),
      value: level,
      bound,
      weights,
    };
  }
}

function weightsOf(duals: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.max(0, -duals[i]!));
}

/** The coordinates of a mixture. */
export function mixed(columns: readonly Column[], chances: ArrayLike<number>, n: number): Float64Array {
  const at = new Float64Array(n);
  for (const [j, column] of columns.entries()) for (let i = 0; i < n; i++) at[i]! += chances[j]! * column.at[i]!;
  return at;
}
