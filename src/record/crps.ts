import { ParleyError } from "../core/problems/index.ts";
import { quantileFault } from "./check.ts";
import type { Quantile } from "./types.ts";

export interface CrpsOptions {
  /** Corrects for the size of the ensemble; false unless given. */
  readonly fair?: boolean | undefined;
  /**
   * The last value that can be seen, such as the closing day of a question about a date: all beyond it, Infinity (never)
   * included, counts as just it.
   */
  readonly upTo?: number | undefined;
}

/**
 * Continuous ranked probability score of an ensemble: how far its distribution is from the value that came, in the value's
 * unit; 0 is best, and for one member it is the absolute error.
 *
 * Matheson & Winkler (1976), Management Science 22, 1087-1096, in the form of Gneiting & Raftery (2007), JASA 102,
 * 359-378, eq. 21: mean |x_i - y| less half the mean of |x_i - x_j| over all pairs (i, j), each member with itself too: the
 * *plain* form, the score of the ensemble as it is. The *fair* form leaves the pairs of a member with itself out, and
 * estimates the score of the distribution that members are drawn from without bias (Ferro 2014, Quarterly Journal of the
 * Royal Meteorological Society 140, 1917-1923); it needs two members and may be below 0.
 * With `upTo` it is the threshold-weighted score of Gneiting & Ranjan (2011), Journal of Business & Economic Statistics
 * 29, 411-422, with weight 1 up to there and 0 beyond.
 *
 * @throws ParleyError invalid-parameter: no members (fair: fewer than 2), a value or member that is not finite.
 *
 * @example
 * crpsEnsemble([1, 3], 2); // 0.5
 */
export function crpsEnsemble(members: readonly number[], value: number, options: CrpsOptions = {}): number {
  const { fair = false, upTo = Number.POSITIVE_INFINITY } = options;
  const count = members.length;
  const least = fair ? 2 : 1;
  if (count < least) {
    throw ParleyError.of("invalid-parameter", {
      name: "number of members",
      value: count,
      expected: `at least ${least}`,
    });
  }
  const sorted = Float64Array.from(members, (member) => Math.min(member, upTo)).sort();
  const came = Math.min(value, upTo);
  if (!sorted.every(Number.isFinite) || !Number.isFinite(came)) {
    const expected = "finite members and value, or a last value (upTo)";
    throw ParleyError.of("invalid-parameter", { name: "ensemble", value: "Infinity", expected });
  }
  let error = 0;
  // In rising order x_0.., the sum of |x_i - x_j| over pairs i < j is that of (2 i - n + 1) x_i; the middle is taken off
  // first, so that large values such as days since 1970 lose no digits.
  const middle = sorted[count >> 1]!;
  let spread = 0;
  for (let i = 0; i < count; i++) {
    error += Math.abs(sorted[i]! - came);
    spread += (2 * i - count + 1) * (sorted[i]! - middle);
  }
  return error / count - spread / (count * (fair ? count - 1 : count));
}

/**
 * Continuous ranked probability score of a distribution given by quantiles: the exact integral of the squared difference
 * between its cumulative distribution and the step at the value that came.
 *
 * Between quantiles the cumulative distribution is a straight line. What lies outside the outermost levels is taken to lie
 * at the outermost values: quantiles say nothing of how far the tails reach, so nothing is made up for them.
 *
 * @throws ParleyError invalid-parameter: levels or values out of order, or a value that is not finite.
 *
 * @example
 * crpsQuantiles([{ level: 0.5, value: 3 }], 5); // 2: all of it lies at 3
 */
export function crpsQuantiles(
  quantiles: readonly Quantile[],
  value: number,
  { upTo = Number.POSITIVE_INFINITY }: Pick<CrpsOptions, "upTo"> = {},
): number {
  const fault = quantileFault(quantiles);
  const came = Math.min(value, upTo);
  if (fault !== undefined || !Number.isFinite(came)) {
    const expected = fault === undefined ? "a finite value" : `quantiles in order, but they ${fault}`;
    throw ParleyError.of("invalid-parameter", { name: "value", value, expected });
  }
  const first = Math.min(quantiles[0]!.value, upTo);
  const last = Math.min(quantiles.at(-1)!.value, upTo);
  // Outside the outermost values the distribution is 0 or 1: the integrand is 1 between them and the value that came.
  let sum = Math.max(0, first - came) + Math.max(0, came - last);
  for (let i = 1; i < quantiles.length; i++) {
    const [a, b] = [quantiles[i - 1]!, quantiles[i]!];
    const [from, to] = [a.value, Math.min(b.value, upTo)];
    if (to <= from) continue;
    const at = (x: number): number => a.level + ((b.level - a.level) * (x - a.value)) / (b.value - a.value);
    const cut = Math.min(Math.max(came, from), to);
    sum += squares(at(from), at(cut), cut - from) + squares(1 - at(cut), 1 - at(to), to - cut);
  }
  return sum;
}

/** The integral over a stretch of the square of a line that runs from one height to another. */
function squares(from: number, to: number, length: number): number {
  return ((from * from + from * to + to * to) * length) / 3;
}
