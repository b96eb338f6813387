import { exp, log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { FAMILIES, type Family, standardOf } from "./families.ts";
import { maximise } from "./maximise.ts";
import { type Columns, columnsOf, type Spell } from "./spells.ts";

/** A parameter in the terms in which the family is usually written, with its standard error. */
export interface FittedParameter {
  readonly name: "rate" | "shape" | "scale" | "meanlog" | "sdlog";
  readonly estimate: number;
  readonly se: number;
}

/** A family of durations fitted to a class of spells, as plain data. */
export interface ParametricFit {
  readonly method: "maximum likelihood";
  readonly family: Family;
  readonly spells: number;
  readonly endings: number;
  readonly parameters: readonly FittedParameter[];
  /** Where log T = location + scale W: the coordinates of the fit. */
  readonly location: number;
  readonly logScale: number;
  /** Covariance of location and log scale, row-major; the exponential's scale is 1, and has none. */
  readonly covariance: readonly [number, number, number, number];
  readonly logLikelihood: number;
  /** Akaike's criterion, 2 (number of parameters) - 2 logLikelihood: smaller is better, for the same spells. */
  readonly aic: number;
  /** The longest time under observation: what is said beyond it rests on the family alone. */
  readonly longest: number;
}

/** Names of the families in problems. */
const MODEL = {
  exponential: "exponential fit",
  weibull: "Weibull fit",
  lognormal: "log-normal fit",
  loglogistic: "log-logistic fit",
} as const satisfies Record<Family, string>;

/** Log scales beyond this are on their way to infinity. */
const WIDEST = 30;

/**
 * Fits a family of durations by maximum likelihood, with censoring and delayed entry.
 *
 * With log T = location + scale W (Kalbfleisch & Prentice 1980, chapter 3): the exponential (rate; scale 1), Weibull
 * (survival exp(-(t / scale)^shape)), log-normal (meanlog, sdlog), log-logistic (survival 1 / (1 + (t / scale)^shape)).
 * Damped Newton steps on (location, log scale); standard errors from the observed information, those of the usual
 * parameters by the delta method. The log-likelihood is that of the times themselves, as R's survreg gives it.
 *
 * Throws `class-empty`, `spell-time` (a duration of 0 has no logarithm), `spell-entry`, `endings-none`, `fit-infinite`
 * where no best scale exists (all that ended did so at one time and nothing lasted longer), `fit-unsettled`.
 *
 * @example
 * fitDurations([{ id: "a", duration: 3, ended: true }, { id: "b", duration: 5, ended: true }], "exponential")
 *   .parameters[0].estimate; // 0.25
 */
export function fitDurations(spells: readonly Spell[], family: Family): ParametricFit {
  const columns = columnsOf(spells, MODEL[family], { positive: true });
  return fitColumns(columns, family);
}

/** The fit of spells that are checked and in columns. */
export function fitColumns(columns: Columns, family: Family): ParametricFit {
  const { count, endings, time } = columns;
  if (endings === 0) throw ParleyError.of("endings-none", { what: MODEL[family], count });
  const logs = logTimes(columns);
  const longest = time.reduce((most, t) => Math.max(most, t), 0);
  const common = { method: "maximum likelihood", family, spells: count, endings, longest } as const;
  if (family === "exponential") return Object.freeze({ ...common, ...exponential(columns, logs) });
  expectScale(columns, family);
  const standard = standardOf(family);
  const likelihood = durationLikelihood(columns, logs, standard);
  const begin = Float64Array.of(...starting(columns, logs, family));
  const best = maximise(likelihood, begin, MODEL[family]);
  const [location, logScale] = best.at as unknown as [number, number];
  if (Math.abs(logScale) > WIDEST) throw ParleyError.of("fit-infinite", { model: MODEL[family], what: "scale" });
  const covariance = [...best.covariance] as unknown as [number, number, number, number];
  return Object.freeze({
    ...common,
    parameters: usualParameters(family, location, logScale, covariance),
    location,
    logScale,
    covariance,
    logLikelihood: best.value,
    aic: 4 - 2 * best.value,
  });
}

/** All families fitted to the same spells, best criterion first; those that have no fit come with their problem. */
export function compareFamilies(spells: readonly Spell[]): {
  readonly fits: readonly ParametricFit[];
  readonly failures: readonly { readonly family: Family; readonly error: ParleyError }[];
} {
  const columns = columnsOf(spells, "fits of durations", { positive: true });
  const fits: ParametricFit[] = [];
  const failures: { family: Family; error: ParleyError }[] = [];
  for (const family of FAMILIES) {
    try {
      fits.push(fitColumns(columns, family));
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      failures.push({ family, error });
    }
  }
  return { fits: fits.toSorted((a, b) => a.aic - b.aic), failures };
}

interface LogTimes {
  readonly end: Float64Array;
  /** Logarithm of the entry, -Infinity where a spell is watched from its beginning. */
  readonly entry: Float64Array | undefined;
}

function logTimes({ time, entry }: Columns): LogTimes {
  return { end: time.map((t) => log(t)), entry: entry?.map((t) => log(t)) };
}

function exponential({ time, entry, ended, endings }: Columns, { end }: LogTimes) {
  let exposure = 0;
  let logsOfEnded = 0;
  for (let i = 0; i < time.length; i++) {
    exposure += time[i]! - (entry?.[i] ?? 0);
    logsOfEnded += ended[i]! * end[i]!;
  }
  const rate = endings / exposure;
  const logLikelihood = endings * (log(rate) - 1);
  if (!Number.isFinite(logsOfEnded)) throw ParleyError.of("fit-infinite", { model: MODEL.exponential, what: "rate" });
  return {
    parameters: [{ name: "rate", estimate: rate, se: rate / Math.sqrt(endings) }] as const,
    location: -log(rate),
    logScale: 0,
    covariance: [1 / endings, 0, 0, 0] as const,
    logLikelihood,
    aic: 2 - 2 * logLikelihood,
  };
}

/** Throws where the likelihood grows without bound as the scale shrinks to a single time. */
function expectScale({ time, ended, entry }: Columns, family: Family): void {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let longest = 0;
  for (let i = 0; i < time.length; i++) {
    longest = Math.max(longest, time[i]!);
    if (ended[i] === 0) continue;
    first = Math.min(first, time[i]!);
    last = Math.max(last, time[i]!);
  }
  if (first < last || (longest > last && entry === undefined)) return;
  if (first === last && longest > last) return;
  throw ParleyError.of("fit-infinite", { model: MODEL[family], what: family === "lognormal" ? "spread" : "shape" });
}

/** Location and log scale to begin with: moments of the logarithms, the Weibull's location from the rate of ending. */
function starting({ ended, count, endings }: Columns, { end }: LogTimes, family: Family): [number, number] {
  let mean = 0;
  for (let i = 0; i < count; i++) mean += end[i]! / count;
  let square = 0;
  for (let i = 0; i < count; i++) square += (end[i]! - mean) * (end[i]! - mean);
  const sd = Math.max(1e-3, Math.sqrt(square / count));
  const censoredShare = 1 - endings / count;
  if (family === "lognormal") return [mean + censoredShare * sd, log(sd)];
  if (family === "loglogistic") return [mean + censoredShare * sd, log(sd * 0.55)];
  const scale = sd * 0.78;
  // The best location for this scale has sum exp(w) = number of endings.
  let sum = 0;
  for (let i = 0; i < count; i++) sum += exp((end[i]! - mean) / scale);
  void ended;
  return [mean + scale * log(sum / endings), log(scale)];
}

/** Value, gradient and Hessian of the log-likelihood at (location, log scale). */
function durationLikelihood(
  { count, ended }: Columns,
  { end, entry }: LogTimes,
  standard: ReturnType<typeof standardOf>,
) {
  const out = new Float64Array(3);
  let logsOfEnded = 0;
  for (let i = 0; i < count; i++) if (ended[i] === 1) logsOfEnded += end[i]!;
  const { logDensity, logSurvival } = standard;
  return (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    const location = at[0]!;
    const inverse = exp(-at[1]!);
    let value = -logsOfEnded;
    let g0 = 0;
    let g1 = 0;
    let h00 = 0;
    let h01 = 0;
    let h11 = 0;
    for (let i = 0; i < count; i++) {
      const w = (end[i]! - location) * inverse;
      if (ended[i] === 1) {
        logDensity(w, out);
        value -= at[1]!;
        g1 -= 1;
      } else logSurvival(w, out);
      value += out[0]!;
      g0 -= out[1]!;
      g1 -= w * out[1]!;
      h00 += out[2]!;
      h01 += w * out[2]! + out[1]!;
      h11 += w * w * out[2]! + w * out[1]!;
      const from = entry === undefined ? Number.NEGATIVE_INFINITY : entry[i]!;
      if (from === Number.NEGATIVE_INFINITY) continue;
      const v = (from - location) * inverse;
      logSurvival(v, out);
      value -= out[0]!;
      g0 += out[1]!;
      g1 += v * out[1]!;
      h00 -= out[2]!;
      h01 -= v * out[2]! + out[1]!;
      h11 -= v * v * out[2]! + v * out[1]!;
    }
    gradient[0] = g0 * inverse;
    gradient[1] = g1;
    hessian[0] = h00 * inverse * inverse;
    hessian[1] = h01 * inverse;
    hessian[2] = hessian[1];
    hessian[3] = h11;
    return value;
  };
}

function usualParameters(
  family: Exclude<Family, "exponential">,
  location: number,
  logScale: number,
  covariance: readonly number[],
): readonly FittedParameter[] {
  const seLocation = Math.sqrt(covariance[0]!);
  const seLogScale = Math.sqrt(covariance[3]!);
  if (family === "lognormal") {
    const sd = exp(logScale);
    return [
      { name: "meanlog", estimate: location, se: seLocation },
      { name: "sdlog", estimate: sd, se: sd * seLogScale },
    ];
  }
  const shape = exp(-logScale);
  const scale = exp(location);
  return [
    { name: "shape", estimate: shape, se: shape * seLogScale },
    { name: "scale", estimate: scale, se: scale * seLocation },
  ];
}
