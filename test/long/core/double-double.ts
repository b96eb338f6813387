/**
 * Numbers of two doubles, about 32 figures, and the elementary functions in them: an oracle that is fast enough for
 * millions of arguments. It shares nothing with src/core/math; a test holds it against decimal.js.
 *
 * Arithmetic after Dekker (1971), Numerische Mathematik 18, 224-242.
 */
export type DD = readonly [head: number, tail: number];

export const dd = (x: number): DD => [x, 0];

function twoSum(a: number, b: number): DD {
  const s = a + b;
  const v = s - a;
  return [s, a - (s - v) + (b - v)];
}

function quick(a: number, b: number): DD {
  const s = a + b;
  return [s, b - (s - a)];
}

function twoProduct(a: number, b: number): DD {
  const p = a * b;
  const ta = 134217729 * a;
  const a1 = ta - (ta - a);
  const a2 = a - a1;
  const tb = 134217729 * b;
  const b1 = tb - (tb - b);
  const b2 = b - b1;
  return [p, a1 * b1 - p + a1 * b2 + a2 * b1 + a2 * b2];
}

export function add(a: DD, b: DD): DD {
  const [s, e] = twoSum(a[0], b[0]);
  const [t, f] = twoSum(a[1], b[1]);
  const [u, g] = quick(s, e + t);
  return quick(u, g + f);
}

export const negate = (a: DD): DD => [-a[0], -a[1]];
export const subtract = (a: DD, b: DD): DD => add(a, negate(b));

export function multiply(a: DD, b: DD): DD {
  const [p, e] = twoProduct(a[0], b[0]);
  return quick(p, e + (a[0] * b[1] + a[1] * b[0]));
}

export function divide(a: DD, b: DD): DD {
  const q1 = a[0] / b[0];
  const r1 = subtract(a, multiply(b, dd(q1)));
  const q2 = r1[0] / b[0];
  const r2 = subtract(r1, multiply(b, dd(q2)));
  return add(quick(q1, q2), dd(r2[0] / b[0]));
}

const half = (a: DD): DD => [0.5 * a[0], 0.5 * a[1]];

/** A value as a pair times a power of two, so that neither overflow nor subnormal numbers disturb the pair. */
export interface Scaled {
  readonly value: DD;
  readonly exponent: number;
}

/** 1 / n as pairs, for series. */
const INVERSE: readonly DD[] = Array.from({ length: 64 }, (_, n) => (n === 0 ? dd(0) : divide(dd(1), dd(n))));
const LN2: DD = [Math.LN2, 2.3190468138462996e-17];
const LN10: DD = [Math.LN10, -2.1707562233822494e-16];
/** pi / 2 in four doubles. */
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33, 5.5622711043168264e-50] as const;

/** e^r - 1 for |r| <= 0.4: Taylor series of r / 64, then six doublings. */
function expm1Small(r: DD): DD {
  const s: DD = [r[0] / 64, r[1] / 64];
  let sum: DD = dd(0);
  for (let n = 11; n >= 1; n--) sum = multiply(multiply(add(sum, dd(1)), s), INVERSE[n] as DD);
  for (let i = 0; i < 6; i++) sum = add(add(sum, sum), multiply(sum, sum));
  return sum;
}

/** e^x, |x| <= 800. */
export function exp(x: DD): Scaled {
  const exponent = Math.round(x[0] / LN2[0]);
  const r = subtract(x, multiply(LN2, dd(exponent)));
  return { value: add(expm1Small(r), dd(1)), exponent };
}

/** The pair of a scaled value that is neither too large nor too small for one. */
export function plain({ value, exponent }: Scaled): DD {
  const scale = 2 ** exponent;
  return [value[0] * scale, value[1] * scale];
}

export const expm1 = (x: DD): DD => (Math.abs(x[0]) < 0.4 ? expm1Small(x) : subtract(plain(exp(x)), dd(1)));

/** log(1 + u) for |u| < 2^-10 by its series, else by a Newton step on e^y. */
export function log1p(u: DD): DD {
  if (Math.abs(u[0]) < 2 ** -10) {
    let sum: DD = dd(0);
    for (let n = 12; n >= 1; n--) sum = multiply(u, subtract(INVERSE[n] as DD, sum));
    return sum;
  }
  return logOf(add(u, dd(1)));
}

function logOf(x: DD): DD {
  const guess = Math.log(x[0]);
  const e = subtract(multiply(x, plain(exp(dd(-guess)))), dd(1));
  return add(dd(guess), subtract(e, half(multiply(e, e))));
}

/** log x for a double: the exponent apart, so that e^-y cannot overflow. */
export function log(x: number): DD {
  if (Math.abs(x - 1) < 2 ** -10) return log1p(dd(x - 1));
  const exponent = Math.floor(Math.log2(x));
  const lifted = exponent < -1000 ? x * 2 ** 100 : x;
  const k = exponent < -1000 ? exponent + 100 : exponent;
  return add(logOf(dd(lifted / 2 ** k)), multiply(LN2, dd(exponent)));
}

export const log2 = (x: number): DD => divide(log(x), LN2);
export const log10 = (x: number): DD => divide(log(x), LN10);

/** x^y for x > 0, |y log x| <= 800. */
export const pow = (x: number, y: number): Scaled => exp(multiply(log(x), dd(y)));

export const sinh = (x: number): DD => {
  const e = expm1(dd(x));
  return half(add(e, divide(e, add(e, dd(1)))));
};
export const cosh = (x: number): DD => {
  const e = plain(exp(dd(x)));
  return half(add(e, divide(dd(1), e)));
};
export const tanh = (x: number): DD => {
  const e = expm1(dd(2 * x));
  return divide(e, add(e, dd(2)));
};
export const logistic = (x: number): DD => {
  const e = plain(exp(dd(-Math.abs(x))));
  return divide(x < 0 ? e : dd(1), add(e, dd(1)));
};
export const logit = (p: number): DD => {
  const other = subtract(dd(1), dd(p));
  if (p > 0.25 && p < 0.75) return log1p(divide(twoSum(2 * p, -1), other));
  return subtract(log(p), log1p(dd(-p)));
};
export const log1pexp = (x: number): DD => {
  const e = log1p(plain(exp(dd(-Math.abs(x)))));
  return x < 0 ? e : add(dd(x), e);
};

/** x less the nearest multiple of pi / 2, for |x| <= 1e6, and which multiple it is modulo 4. */
function reduce(x: number): readonly [DD, number] {
  const n = Math.round(x / HALF_PI[0]);
  let rest: DD = dd(x);
  for (const part of HALF_PI) rest = subtract(rest, twoProduct(n, part));
  // Cancellation leaves the first differences exact, so that the later parts fill the pair.
  return [rest, ((n % 4) + 4) % 4];
}

function sinTaylor(r: DD): DD {
  const z = negate(multiply(r, r));
  let sum: DD = dd(1);
  for (let n = 27; n >= 3; n -= 2)
    sum = add(multiply(multiply(sum, z), multiply(INVERSE[n] as DD, INVERSE[n - 1] as DD)), dd(1));
  return multiply(sum, r);
}

function cosTaylor(r: DD): DD {
  const z = negate(multiply(r, r));
  let sum: DD = dd(1);
  for (let n = 28; n >= 2; n -= 2)
    sum = add(multiply(multiply(sum, z), multiply(INVERSE[n] as DD, INVERSE[n - 1] as DD)), dd(1));
  return sum;
}

export const sin = (x: number): DD => {
  const [r, n] = reduce(x);
  const value = n % 2 === 0 ? sinTaylor(r) : cosTaylor(r);
  return n < 2 ? value : negate(value);
};
export const cos = (x: number): DD => {
  const [r, n] = reduce(x);
  const value = n % 2 === 0 ? cosTaylor(r) : sinTaylor(r);
  return n === 0 || n === 3 ? value : negate(value);
};
export const tan = (x: number): DD => divide(sin(x), cos(x));

/** How far a double is from a scaled pair, in ulps of the pair's value; NaN where it is not finite. */
export function ulps(actual: number, { value, exponent }: Scaled): number {
  if (value[0] === 0) return actual === 0 ? 0 : Number.NaN;
  // Math.log2 may be off by one next to a power of two: then the error comes out as its half or its double there.
  const size = Math.floor(Math.log2(Math.abs(value[0]))) + exponent;
  const unit = Math.max(size - 52, -1074);
  // Scaling by two factors: each is a double even where their product is not.
  const near = actual * 2 ** Math.trunc(-exponent / 2) * 2 ** (-exponent - Math.trunc(-exponent / 2));
  return Math.abs(near - value[0] - value[1]) * 2 ** (exponent - unit);
}
