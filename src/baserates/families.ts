import { exp, log, log1pexp, logistic } from "../core/math/index.ts";
import { erfc, erfcx, normalQuantile } from "../core/special/index.ts";

/** Families of durations: log T = location + scale * W, where W has the family's standard distribution. */
export const FAMILIES = ["exponential", "weibull", "lognormal", "loglogistic"] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * Writes the logarithm of a standard function at w and its first two derivatives into `out`.
 *
 * Kalbfleisch & Prentice (1980), chapters 2 and 3.
 */
type WithSlopes = (w: number, out: Float64Array) => void;

/** The standard distribution of a family: log density and log survival with slopes, and the quantile of survival. */
export interface Standard {
  readonly logDensity: WithSlopes;
  readonly logSurvival: WithSlopes;
  /** The w that is exceeded with chance s. */
  readonly exceededBy: (s: number) => number;
}

const ROOT_HALF = Math.SQRT1_2;
const ROOT_TWO_OVER_PI = 0.7978845608028654;
const LOG_ROOT_TWO_PI = 0.9189385332046728;
const LOG_2 = Math.LN2;

/** Smallest extreme value distribution: the logarithm of an exponential variable. */
const extremeValue: Standard = {
  logDensity(w, out) {
    const e = exp(w);
    out[0] = w - e;
    out[1] = 1 - e;
    out[2] = -e;
  },
  logSurvival(w, out) {
    const e = exp(w);
    out[0] = -e;
    out[1] = -e;
    out[2] = -e;
  },
  exceededBy: (s) => log(-log(s)),
};

const standardLogistic: Standard = {
  logDensity(w, out) {
    const p = logistic(w);
    out[0] = w - 2 * log1pexp(w);
    out[1] = 1 - 2 * p;
    out[2] = -2 * p * (1 - p);
  },
  logSurvival(w, out) {
    const p = logistic(w);
    out[0] = -log1pexp(w);
    out[1] = -p;
    out[2] = -p * (1 - p);
  },
  exceededBy: (s) => log((1 - s) / s),
};

const standardNormal: Standard = {
  logDensity(w, out) {
    out[0] = -0.5 * w * w - LOG_ROOT_TWO_PI;
    out[1] = -w;
    out[2] = -1;
  },
  logSurvival(w, out) {
    const x = w * ROOT_HALF;
    const above = x > 0;
    const scaled = above ? erfcx(x) : erfc(x);
    const shown = above ? 0 : -x * x;
    out[0] = log(scaled) - LOG_2 - (above ? x * x : 0);
    // The hazard of the standard normal: density over survival.
    const hazard = (ROOT_TWO_OVER_PI / scaled) * (above ? 1 : exp(shown));
    out[1] = -hazard;
    out[2] = -hazard * (hazard - w);
  },
  exceededBy: (s) => -normalQuantile(s),
};

/** The standard distribution of a family. */
export function standardOf(family: Family): Standard {
  if (family === "lognormal") return standardNormal;
  if (family === "loglogistic") return standardLogistic;
  return extremeValue;
}
