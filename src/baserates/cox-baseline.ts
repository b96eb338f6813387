import { exp } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { bilinear } from "./cholesky.ts";
import type { CoxFit } from "./cox.ts";
import { eachEnding, shareOf, type Ties } from "./cox-risk.ts";
import { type Design, designOf } from "./design.ts";
import { chanceOfHazard, type Estimate, type LevelOption, zOf } from "./intervals.ts";
import { lastStep } from "./risk-table.ts";
import { type Columns, called, columnsOf, expectSpan, expectTime, type Spell } from "./spells.ts";

/** The baseline from a time at which spells ended until the next. */
export interface BaselineStep {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: number;
  /** Cumulative hazard of a spell whose covariates are at their means. */
  readonly hazard: number;
  /** Variance of it were the estimates known. */
  readonly variance: number;
  /** Integral of the covariates' weighted means, less their means, over the hazard: what the estimates' errors add. */
  readonly drift: readonly number[];
}

/** The hazard that all spells of a proportional hazards fit share, as plain data. */
export interface CoxBaseline {
  readonly method: "Breslow" | "Efron";
  readonly level: number;
  readonly covariates: readonly string[];
  readonly estimates: readonly number[];
  /** Covariance of the estimates, row-major. */
  readonly covariance: readonly number[];
  /** Means of the covariates, for which the hazard is given. */
  readonly means: readonly number[];
  /** The longest time under observation. */
  readonly longest: number;
  readonly steps: readonly BaselineStep[];
}

/** Chance of lasting longer than a time, with what it rests on. */
export interface CoxSurvival {
  readonly survival: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly cumulativeHazard: number;
  readonly hazardSe: number;
  /** Whether nobody was watched so long: the curve is then held where it was last known. */
  readonly beyond: boolean;
}

/** The spells of a fit in its own coordinates. Throws `invalid-parameter` where they are not as many as were fitted. */
export function fittedDesign(
  spells: readonly Spell[],
  fit: CoxFit,
): { readonly columns: Columns; readonly design: Design; readonly at: Float64Array } {
  const columns = columnsOf(spells, "a proportional hazards fit");
  if (columns.count !== fit.spells || columns.endings !== fit.endings) {
    const expected = `the ${fit.spells} spells of the fit`;
    throw ParleyError.of("invalid-parameter", { name: "spells", value: columns.count, expected });
  }
  const rowAt = (i: number) => ({ called: called(spells[i]!), covariates: spells[i]!.covariates });
  const names = fit.terms.map(({ covariate }) => covariate);
  const design = designOf(columns.count, rowAt, names);
  const at = Float64Array.from(fit.terms, ({ estimate }, k) => estimate * design.spreads[k]!);
  return { columns, design, at };
}

/**
 * Baseline of a proportional hazards fit: Breslow's (1974) estimate, or with Efron's ties the one that goes with them
 * (Efron 1977), in which those that end together leave the risk one by one.
 *
 * @param spells those of the fit
 */
export function coxBaseline(spells: readonly Spell[], fit: CoxFit): CoxBaseline {
  const { columns, design, at } = fittedDesign(spells, fit);
  const { n, spreads, means } = design;
  const jumps: BaselineStep[] = [];
  eachEnding(columns, design, at, ({ time, risk, tied, members }) => {
    let hazard = 0;
    let variance = 0;
    const drift = new Float64Array(n);
    for (let l = 0; l < members.length; l++) {
      const share = shareOf(fit.ties, l, members.length);
      const jump = 1 / (risk.total - share * tied.total);
      hazard += jump;
      variance += jump * jump;
      for (let k = 0; k < n; k++) drift[k]! += (risk.first[k]! - share * tied.first[k]!) * jump * jump * spreads[k]!;
    }
    jumps.push({ time, atRisk: risk.count, ended: members.length, hazard, variance, drift: Array.from(drift) });
  });
  let hazard = 0;
  let variance = 0;
  let drift: readonly number[] = fit.terms.map(() => 0);
  const steps = jumps.toReversed().map((jump): BaselineStep => {
    hazard += jump.hazard;
    variance += jump.variance;
    drift = drift.map((sum, k) => sum + jump.drift[k]!);
    return { ...jump, hazard, variance, drift };
  });
  const methods = { breslow: "Breslow", efron: "Efron" } as const satisfies Record<Ties, string>;
  return Object.freeze({
    method: methods[fit.ties],
    level: fit.level,
    covariates: fit.terms.map(({ covariate }) => covariate),
    estimates: fit.terms.map(({ estimate }) => estimate),
    covariance: fit.covariance,
    means: Array.from(means),
    longest: columns.time.reduce((most, t) => Math.max(most, t), 0),
    steps,
  });
}

const NOTHING = { hazard: 0, variance: 0 } as const;

/** Cumulative hazard between two times for some covariates, with its standard error (Tsiatis 1981; Link 1984). */
function hazardBetween(
  { covariates, estimates, covariance, means, steps }: CoxBaseline,
  given: Readonly<Record<string, number>>,
  from: number,
  to: number,
): { readonly hazard: number; readonly se: number } {
  const n = covariates.length;
  const begin = steps[lastStep(steps, from)];
  const end = steps[lastStep(steps, to)];
  const { hazard: h0, variance: v0 } = begin ?? NOTHING;
  const { hazard: h1, variance: v1 } = end ?? NOTHING;
  const slopes = new Float64Array(n);
  let log = 0;
  for (const [k, covariate] of covariates.entries()) {
    const value = given[covariate];
    if (value === undefined || !Number.isFinite(value)) {
      throw ParleyError.of("covariate-missing", { row: "the spell to be told of", covariate });
    }
    const off = value - means[k]!;
    log += estimates[k]! * off;
    slopes[k] = off * (h1 - h0) - ((end?.drift[k] ?? 0) - (begin?.drift[k] ?? 0));
  }
  const ratio = exp(log);
  const variance = v1 - v0 + bilinear(covariance, n, slopes);
  return { hazard: ratio * (h1 - h0), se: ratio * Math.sqrt(Math.max(0, variance)) };
}

/**
 * Chance that a spell with some covariates lasts longer than a time: exp(-cumulative hazard), as R's `survfit` of a
 * `coxph`.
 *
 * The standard error of the hazard holds that of the baseline and that of the estimates. The interval is symmetric about
 * the logarithm of the hazard, as for the other curves here (R's is about the logarithm of survival unless it is told
 * otherwise).
 *
 * Throws `covariate-missing`, `invalid-parameter`.
 */
export function coxSurvival(
  baseline: CoxBaseline,
  covariates: Readonly<Record<string, number>>,
  time: number,
  { level = baseline.level }: LevelOption = {},
): CoxSurvival {
  expectTime("time", time);
  const { hazard, se } = hazardBetween(baseline, covariates, -1, time);
  const { estimate, se: chanceSe, low, high } = chanceOfHazard(hazard, se, zOf(level));
  return Object.freeze({
    survival: 1 - estimate,
    se: chanceSe,
    low: 1 - high,
    high: 1 - low,
    cumulativeHazard: hazard,
    hazardSe: se,
    beyond: time > baseline.longest,
  });
}

/**
 * Chance that a spell with some covariates that has lasted so long ends within so much more. Beyond the longest time
 * under observation nothing is known to end: the chance is then a lower bound, as that of a survival curve.
 */
export function coxChance(
  baseline: CoxBaseline,
  covariates: Readonly<Record<string, number>>,
  lasted: number,
  within: number,
  { level = baseline.level }: LevelOption = {},
): Estimate {
  expectTime("lasted", lasted);
  expectSpan("within", within);
  const { hazard, se } = hazardBetween(baseline, covariates, lasted, lasted + within);
  return chanceOfHazard(hazard, se, zOf(level));
}
