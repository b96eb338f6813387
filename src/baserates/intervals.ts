import { exp, expm1, log, pow } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { normalQuantile } from "../core/special/index.ts";

/** An estimate with its standard error and the ends of its interval. */
export interface Estimate {
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
}

/** How sure intervals are meant to be: 0.95 unless given. */
export interface LevelOption {
  readonly level?: number | undefined;
}

/** The normal quantile of a two-sided level; throws `invalid-parameter` unless it lies between 0 and 1. */
export function zOf(level: number): number {
  if (level > 0 && level < 1) return normalQuantile(0.5 + 0.5 * level);
  throw ParleyError.of("invalid-parameter", { name: "level", value: level, expected: "a number between 0 and 1" });
}

/**
 * Interval of a survival probability S: symmetric about log(-log S), so that it stays within [0, 1].
 *
 * Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data, 1.4. `relative` is the standard error
 * of S over S. Where S is 0 or 1 that scale has no point for it: there the exact binomial interval (Clopper & Pearson
 * 1934) of all or none of the `seen` spells stands in, those that ended by then or are watched beyond.
 */
export function logLogInterval(
  survival: number,
  relative: number,
  seen: number,
  z: number,
  level: number,
): { readonly low: number; readonly high: number } {
  if (survival <= 0) return { low: 0, high: 1 - noneOf(seen, level) };
  if (survival >= 1) return { low: noneOf(seen, level), high: 1 };
  const hazard = -log(survival);
  const spread = (z * relative) / hazard;
  return { low: exp(-hazard * exp(spread)), high: exp(-hazard * exp(-spread)) };
}

/** Lower end of the exact interval of a share of which all of n were seen. */
function noneOf(n: number, level: number): number {
  return n === 0 ? 0 : pow((1 - level) / 2, 1 / n);
}

/** Interval of a positive number, symmetric about its logarithm. */
export function logInterval(estimate: number, se: number, z: number): { readonly low: number; readonly high: number } {
  if (!(estimate > 0)) return { low: 0, high: estimate };
  const factor = exp((z * se) / estimate);
  return { low: estimate / factor, high: estimate * factor };
}

/** Chance that something with so much cumulative hazard ahead happens, with the interval from that of the hazard. */
export function chanceOfHazard(hazard: number, se: number, z: number): Estimate {
  const { low, high } = logInterval(hazard, se, z);
  return Object.freeze({ estimate: -expm1(-hazard), se: exp(-hazard) * se, low: -expm1(-low), high: -expm1(-high) });
}
