import { invalid } from "./check.ts";
import { type Regression, ranked } from "./regression.ts";

/** Numbers of knots among which generalised cross-validation chooses. */
const KNOTS = [2, 3, 4, 5, 7, 10];
/** A column that has less than this share of its length left, once the others are taken out, says nothing new. */
const DEPENDENT = 1e-8;

/**
 * Regression by natural cubic splines with knots at quantiles (Hastie, Tibshirani & Friedman 2009, The Elements of
 * Statistical Learning, section 5.2.1), their number chosen by generalised cross-validation (Craven & Wahba 1979) for the
 * quantity that asks for most: 2 (a straight line) to 10.
 */
export function splineRegression(values: Float64Array, columns: readonly Float64Array[]): Regression {
  const n = values.length;
  const order = ranked(values);
  const sorted = Float64Array.from(order, (row) => values[row]!);
  if (sorted[0] === sorted[n - 1]) throw invalid("parameter", sorted[0]!, "a sample with more than one value");
  const bases = KNOTS.map((count) => orthonormal(naturalSpline(values, knotsOf(sorted, count))));
  const best = columns.map((column) => leastIndex(bases.map((basis) => crossValidation(basis, column))));
  const basis = byRow(bases[Math.max(0, ...best)]!, n);
  const k = basis.length / n;

  function meanOfGreatest(quantities: readonly Float64Array[], rows?: Int32Array, weights?: Int32Array): number {
    const lower = weights === undefined ? undefined : factorised(gram(basis, k, weights), k);
    const coefficients = quantities.map((column) => {
      const right = projections(basis, k, column, rows, weights);
      if (lower !== undefined) solve(lower, right);
      return right;
    });
    let total = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      if (weight === 0) continue;
      let greatest = 0;
      for (let q = 0; q < coefficients.length; q++) {
        const terms = coefficients[q]!;
        let fitted = 0;
        for (let c = 0; c < k; c++) fitted += terms[c]! * basis[i * k + c]!;
        if (fitted > greatest) greatest = fitted;
      }
      total += weight * greatest;
    }
    return total / n;
  }
  return { meanOfGreatest };
}

/**
 * How much of the variance of some columns a parameter explains: the variance of their expectation given it, fitted by a
 * natural cubic spline, less what a parameter that tells nothing would seem to explain. The number of knots is chosen for
 * each column by generalised cross-validation.
 *
 * @returns for each column the estimate and its standard error, both in the column's squared unit
 */
export function explainedVariance(
  values: Float64Array,
  columns: readonly Float64Array[],
): readonly { readonly estimate: number; readonly se: number }[] {
  const n = values.length;
  const sorted = Float64Array.from(ranked(values), (row) => values[row]!);
  if (sorted[0] === sorted[n - 1]) throw invalid("parameter", sorted[0]!, "a sample with more than one value");
  const bases = KNOTS.map((count) => orthonormal(naturalSpline(values, knotsOf(sorted, count))));
  return columns.map((column) => {
    // The first direction is the mean; the others are what the parameter explains.
    const [, ...directions] = bases[leastIndex(bases.map((basis) => crossValidation(basis, column)))]!;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += column[i]! / n;
    let total = 0;
    for (let i = 0; i < n; i++) total += (column[i]! - mean) * (column[i]! - mean);
    let explained = 0;
    for (const direction of directions) {
      const share = product(direction, column);
      explained += share * share;
    }
    const terms = directions.length;
    const residual = Math.max(0, total - explained) / (n - terms - 1);
    const variance = (explained - terms * residual) / n;
    const spread = 4 * Math.max(0, variance) * residual + (2 * terms * residual * residual) / n;
    return { estimate: variance, se: Math.sqrt(spread / n) };
  });
}

function knotsOf(sorted: Float64Array, count: number): Float64Array {
  const at = (i: number) => sorted[Math.round(((sorted.length - 1) * (0.05 * (count - 1) + 0.9 * i)) / (count - 1))]!;
  const knots = Array.from({ length: count }, (_, i) => (count === 2 ? sorted[i * (sorted.length - 1)]! : at(i)));
  return Float64Array.from(new Set(knots));
}

/** Columns 1, x and the natural cubic terms, x scaled to the knots' range. */
function naturalSpline(values: Float64Array, knots: Float64Array): Float64Array[] {
  const first = knots[0]!;
  const last = knots.length - 1;
  const range = last > 0 ? knots[last]! - first : 1;
  const x = values.map((value) => (value - first) / range);
  const cube = (t: number) => (t > 0 ? t * t * t : 0);
  const columns = [new Float64Array(values.length).fill(1), x];
  const at = (k: number) => (knots[k]! - first) / range;
  const term = (t: number, k: number) => (cube(t - at(k)) - cube(t - 1)) / (1 - at(k));
  for (let k = 0; k < last - 1; k++) columns.push(x.map((t) => term(t, k) - term(t, last - 1)));
  return columns;
}

/** Orthonormal columns with the same span (Gram-Schmidt, twice for accuracy); dependent ones are left out. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = column.slice();
    const before = Math.sqrt(product(rest, rest));
    for (let pass = 0; pass < 2; pass++) {
      for (const done of basis) {
        const share = product(done, rest);
        for (let i = 0; i < rest.length; i++) rest[i]! -= share * done[i]!;
      }
    }
    const length = Math.sqrt(product(rest, rest));
    if (length > DEPENDENT * before) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Mean squared residual over the squared share of degrees of freedom left. */
function crossValidation(basis: readonly Float64Array[], column: Float64Array): number {
  const n = column.length;
  let explained = 0;
  for (const direction of basis) {
    const share = product(direction, column);
    explained += share * share;
  }
  const left = 1 - basis.length / n;
  return Math.max(0, product(column, column) - explained) / n / (left * left);
}

function leastIndex(values: readonly number[]): number {
  return values.reduce((least, value, i) => (value < values[least]! ? i : least), 0);
}

/** Columns as one array, row after row: what a sample is passed through in one go. */
function byRow(columns: readonly Float64Array[], n: number): Float64Array {
  const k = columns.length;
  const out = new Float64Array(n * k);
  for (let c = 0; c < k; c++) for (let i = 0; i < n; i++) out[i * k + c] = columns[c]![i]!;
  return out;
}

/** Weighted products of a quantity with each column of the basis: its coefficients where the basis is orthonormal. */
function projections(
  basis: Float64Array,
  k: number,
  column: Float64Array,
  rows: Int32Array | undefined,
  weights: Int32Array | undefined,
): Float64Array {
  const out = new Float64Array(k);
  for (let i = 0; i < column.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const value = weight * column[rows === undefined ? i : rows[i]!]!;
    for (let c = 0; c < k; c++) out[c]! += value * basis[i * k + c]!;
  }
  return out;
}

/** Weighted products of the basis' columns with one another: the lower triangle. */
function gram(basis: Float64Array, k: number, weights: Int32Array): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    for (let a = 0; a < k; a++) {
      const value = weight * basis[i * k + a]!;
      for (let b = 0; b <= a; b++) out[a * k + b]! += value * basis[i * k + b]!;
    }
  }
  return out;
}

/** Cholesky factor of a positive definite matrix, given by its lower triangle and overwritten. */
function factorised(lower: Float64Array, k: number): Float64Array {
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = lower[i * k + j]!;
      for (let l = 0; l < j; l++) rest -= lower[i * k + l]! * lower[j * k + l]!;
      lower[i * k + j] = i === j ? Math.sqrt(Math.max(rest, DEPENDENT)) : rest / lower[j * k + j]!;
    }
  }
  return lower;
}

/** Solves a system by its Cholesky factor, in place. */
function solve(lower: Float64Array, x: Float64Array): void {
  const k = x.length;
  for (let i = 0; i < k; i++) {
    for (let l = 0; l < i; l++) x[i]! -= lower[i * k + l]! * x[l]!;
    x[i]! /= lower[i * k + i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let l = i + 1; l < k; l++) x[i]! -= lower[l * k + i]! * x[l]!;
    x[i]! /= lower[i * k + i]!;
  }
}
