import { exp, log } from "../core/math/index.ts";
import { type Family, standardOf } from "./families.ts";
import { chanceOfHazard, type Estimate, type LevelOption, zOf } from "./intervals.ts";
import type { ParametricFit } from "./parametric.ts";
import { expectSpan, expectTime } from "./spells.ts";

/** Log survival at a time with its slopes in location and log scale. */
function logSurvivalAt(family: Family, location: number, logScale: number, time: number, out: Float64Array): void {
  if (time <= 0) {
    out.fill(0);
    return;
  }
  const scale = exp(logScale);
  const w = (log(time) - location) / scale;
  const slopes = new Float64Array(3);
  standardOf(family).logSurvival(w, slopes);
  out[0] = slopes[0] ?? 0;
  out[1] = -(slopes[1] ?? 0) / scale;
  out[2] = -(slopes[1] ?? 0) * w;
}

/** Chance of lasting longer than a time, by a fitted family. Throws `invalid-parameter` for a time below 0. */
export function survivalOf({ family, location, logScale }: ParametricFit, time: number): number {
  expectTime("time", time);
  const at = new Float64Array(3);
  logSurvivalAt(family, location, logScale, time, at);
  return exp(at[0] ?? 0);
}

/**
 * Chance that a spell that has lasted so long ends within so much more: 1 - S(lasted + within) / S(lasted).
 *
 * The interval is that of the cumulative hazard between the two, by the delta method on its logarithm (Kalbfleisch &
 * Prentice 1980, chapter 3), so that it stays within [0, 1]. It holds the uncertainty of the fit alone, not that of the
 * family.
 *
 * Throws `invalid-parameter` for a time below 0 or a level that is none.
 *
 * @param lasted and `within` in the unit of the durations
 * @example
 * const fit = fitDurations([{ id: "a", duration: 3, ended: true }, { id: "b", duration: 5, ended: true }], "exponential");
 * conditionalChance(fit, 10, 4).estimate; // 0.6321205588285577
 */
export function conditionalChance(
  fit: ParametricFit,
  lasted: number,
  within: number,
  { level = 0.95 }: LevelOption = {},
): Estimate {
  expectTime("lasted", lasted);
  expectSpan("within", within);
  const { family, location, logScale, covariance } = fit;
  const from = new Float64Array(3);
  const to = new Float64Array(3);
  logSurvivalAt(family, location, logScale, lasted, from);
  logSurvivalAt(family, location, logScale, lasted + within, to);
  const [hazard = 0, a = 0, b = 0] = from.map((value, k) => value - (to[k] ?? 0));
  const [aa, ab, ba, bb] = covariance;
  const variance = a * a * aa + a * b * (ab + ba) + b * b * bb;
  return chanceOfHazard(hazard, Math.sqrt(Math.max(0, variance)), zOf(level));
}
