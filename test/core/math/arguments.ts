/** Evenly spaced arguments, both ends included. */
export function grid(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Arguments of both signs spread evenly over the exponents from 2^low to 2^high. */
export function exponents(low: number, high: number, count: number, next = randomWords(1)): number[] {
  return Array.from({ length: count }, () => {
    const size = 2 ** (low + (high - low) * unit(next));
    return next() & 1 ? -size : size;
  });
}

/** Random arguments between two bounds. */
export function between(low: number, high: number, count: number, next = randomWords(2)): number[] {
  return Array.from({ length: count }, () => low + (high - low) * unit(next));
}

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

/** Random finite doubles: all bit patterns alike, so all exponents alike. */
export function anyDoubles(count: number, next = randomWords(3)): number[] {
  return Array.from({ length: count }, () => {
    do {
      words[0] = next();
      words[1] = next();
    } while (!Number.isFinite(double[0]));
    return double[0] as number;
  });
}

/** Zeros, ones, the ends of the range, subnormals: arguments that break things. */
export const EDGES: readonly number[] = [
  5e-324,
  1e-310,
  2.225073858507201e-308,
  2.2250738585072014e-308,
  1e-300,
  1e-40,
  2 ** -54,
  2 ** -53,
  2 ** -30,
  0.5,
  1 - 2 ** -53,
  1,
  1 + 2 ** -52,
  2,
  Math.PI,
  2 ** 53,
  1e22,
  1e300,
  Number.MAX_VALUE,
].flatMap((x) => [x, -x]);

/** Words of xorshift128 (Marsaglia 2003): the tests of the generator must not depend on the generator. */
export function randomWords(seed: number): () => number {
  let x = (seed * 2654435761) | 1;
  let y = 362436069;
  let z = 521288629;
  let w = 88675123;
  return () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
}

/** A double in [0, 1) with 53 random bits. */
export function unit(next: () => number): number {
  return (next() * 2097152 + (next() >>> 11)) * 2 ** -53;
}
