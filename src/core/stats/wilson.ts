import { ParleyError } from "../problems/index.ts";
import { normalQuantile } from "../special/index.ts";
import { expectLevel } from "./check.ts";

/** A share with its interval. */
export interface ShareInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share: so many successes in so many trials, 95 % unless given.
 *
 * Wilson (1927), Journal of the American Statistical Association 22, 209-212; without continuity correction. It never
 * leaves [0, 1] and holds its level also for few trials and shares near the ends (Newcombe 1998).
 *
 * @example
 * wilson(15, 148).low.toFixed(4); // "0.0624"
 */
export function wilson(
  successes: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): ShareInterval {
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw ParleyError.of("invalid-parameter", { name: "trials", value: trials, expected: "a whole number above 0" });
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw ParleyError.of("invalid-parameter", {
      name: "successes",
      value: successes,
      expected: `a whole number from 0 to ${trials}`,
    });
  }
  expectLevel(level);
  const z = normalQuantile(0.5 + 0.5 * level);
  const square = z * z;
  const failures = trials - successes;
  const spread = z * Math.sqrt((successes * failures) / trials + square / 4);
  const whole = trials + square;
  return Object.freeze({
    estimate: successes / trials,
    low: successes === 0 ? 0 : Math.max(0, (successes + square / 2 - spread) / whole),
    high: failures === 0 ? 1 : Math.min(1, (successes + square / 2 + spread) / whole),
  });
}
