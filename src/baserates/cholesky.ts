/** A pivot below this share of its diagonal entry means that the row follows from those before it. */
const DEPENDENT = 1e-10;

/**
 * Replaces a symmetric matrix (row-major, n x n) by its Cholesky factor L with A = L L', in the lower triangle.
 *
 * Returns -1, or the first row that follows from those before it, where A is not positive definite; rows after it are
 * then unchanged.
 */
export function factorise(a: Float64Array, n: number): number {
  for (let i = 0; i < n; i++) {
    const diagonal = a[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (j < i) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > DEPENDENT * diagonal) a[i * n + i] = Math.sqrt(sum);
      else return i;
    }
  }
  return -1;
}

/** Solves A x = b from the factor of A, in place of b. */
export function solveFactored(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  return b;
}

/** The inverse of A from its factor, row-major. */
export function inverseFactored(factor: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveFactored(factor, n, column);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i]!;
  }
  return out;
}

/** b' A^-1 b from the factor of A; b is left as it is. */
export function quadraticForm(factor: Float64Array, n: number, b: ArrayLike<number>): number {
  const x = solveFactored(factor, n, Float64Array.from(b));
  let sum = 0;
  for (let i = 0; i < n; i++) sum += b[i]! * x[i]!;
  return sum;
}

/** x' A x of a row-major matrix. */
export function bilinear(a: ArrayLike<number>, n: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += x[i]! * a[i * n + j]! * x[j]!;
  return sum;
}
