import { cosh, logistic, sinh } from "../math/index.ts";

/** Step and number of nodes on each side of 1/2; the outermost lies 1e-280 from the end. */
const STEP = 1 / 16;
const NODES = 96;

/**
 * The integral over u from 0 to 1 of f(u, 1 - u), for an f that may be infinite at both ends.
 *
 * By the double exponential rule (Takahasi & Mori 1974): u = logistic(pi sinh t), trapezoidal in t. Both u and 1 - u
 * are given without cancellation.
 */
export function integrate(f: (u: number, rest: number) => number): number {
  let sum = 0;
  // Outermost nodes first: their small terms would be lost in a large sum.
  for (let i = NODES; i >= 1; i--) {
    const t = i * STEP;
    const slope = Math.PI * sinh(t);
    const near = logistic(-slope);
    const far = logistic(slope);
    const weight = STEP * Math.PI * cosh(t) * near * far;
    if (weight > 0) sum += weight * (f(near, far) + f(far, near));
  }
  return sum + (STEP * Math.PI * f(0.5, 0.5)) / 4;
}
