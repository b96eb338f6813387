/** Steps below this are the last: the error of the next is of the order of its cube. */
export const LAST_STEP = 1e-7;

/** How far Halley's step may differ from Newton's: beyond, the curvature tells nothing of the function. */
const LEAST_DENOMINATOR = 0.5;
const MOST_DENOMINATOR = 2;

/**
 * Halley's step from Newton's.
 *
 * @param newton -f / f'
 * @param bend f'' / f'
 */
export function halley(newton: number, bend: number): number {
  const denominator = 1 + 0.5 * newton * bend;
  return newton / Math.max(LEAST_DENOMINATOR, Math.min(denominator, MOST_DENOMINATOR));
}
