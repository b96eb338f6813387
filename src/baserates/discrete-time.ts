import { exp, expm1, log, log1pexp, logistic, logit } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { chiSquaredSurvival } from "../core/special/index.ts";
import { bilinear } from "./cholesky.ts";
import { type Design, designOf, dot, inOwnUnits } from "./design.ts";
import { chanceOfHazard, type Estimate, type LevelOption, zOf } from "./intervals.ts";
import type { PeriodRow } from "./periods.ts";
import { type ClusterCorrection, clusterCovariance } from "./sandwich.ts";
import { rowsParted, settle } from "./separation.ts";

/** How terms move the chance of ending in a period: log-odds, or the logarithm of the hazard (proportional hazards). */
export type Link = "logit" | "cloglog";

/** Whether standard errors trust the model, or only that clusters are independent. */
export type Errors = "model" | "clusters";

export interface DiscreteTerm {
  readonly term: string;
  readonly estimate: number;
  /** Standard error of the kind that the fit was asked for. */
  readonly se: number;
  readonly modelSe: number;
  /** Undefined where rows have no clusters. */
  readonly clusterSe: number | undefined;
  /** exp(estimate): of one unit more, the odds ratio (logit) or the hazard ratio (cloglog). */
  readonly ratio: number;
  /** Interval of the ratio. */
  readonly low: number;
  readonly high: number;
  /** Of the estimate being 0, by Wald's test. */
  readonly p: number;
}

/** A discrete-time hazard fit, as plain data. */
export interface DiscreteTimeFit {
  readonly method: "discrete-time hazard";
  readonly link: Link;
  readonly errors: Errors;
  readonly level: number;
  readonly rows: number;
  readonly endings: number;
  /** Clusters among the rows; 0 where they have none. */
  readonly clusters: number;
  /** What cluster-robust covariances are multiplied by. */
  readonly correction: { readonly kind: ClusterCorrection; readonly factor: number } | undefined;
  /** The intercept first. */
  readonly terms: readonly DiscreteTerm[];
  /** Covariance of the estimates, row-major, of the kind that the fit was asked for. */
  readonly covariance: readonly number[];
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  /** Akaike's criterion; smaller is better, for the same rows. */
  readonly aic: number;
}

export interface DiscreteTimeOptions extends LevelOption {
  /** `logit` unless given. */
  readonly link?: Link | undefined;
  /** `clusters` where rows have clusters, unless given. */
  readonly errors?: Errors | undefined;
  /** `clusters` unless given; see {@link ClusterCorrection}. */
  readonly correction?: ClusterCorrection | undefined;
}

const INTERCEPT = "(intercept)";
const MODEL = "discrete-time hazard fit";

/**
 * Fits the chance of ending in each period, given that it has not ended before, by maximum likelihood (Cox 1972, section
 * 6; Allison 1982; Prentice & Gloeckler 1978, Biometrics 34, 57-67, for the complementary log-log link).
 *
 * Newton steps with the observed information, from which model-based standard errors come too, as in Stata; for the
 * logit link it is the expected one as well, for the other R's `glm` gives the expected and so slightly other errors.
 * Cluster-robust errors are the sandwich of scores summed by cluster (Liang & Zeger 1986; White 1982).
 *
 * Throws `class-empty` without rows; `endings-none` where none ends; `covariate-missing`; `covariate-collinear`;
 * `covariate-separates` with the terms by which rows that end are parted from those that do not; `cluster-missing`,
 * `clusters-few`; `fit-unsettled`.
 *
 * @param terms names of covariates that every row has: those of the baseline (`baselineTerms`) and others
 */
export function fitDiscreteTime(
  rows: readonly PeriodRow[],
  terms: readonly string[],
  { link = "logit", level = 0.95, correction = "clusters", ...options }: DiscreteTimeOptions = {},
): DiscreteTimeFit {
  const count = rows.length;
  const z = zOf(level);
  if (count === 0) throw ParleyError.of("class-empty", { what: MODEL });
  const ended = Uint8Array.from(rows, (row) => (row.ended ? 1 : 0));
  const endings = ended.reduce((sum, each) => sum + each, 0);
  if (endings === 0) throw ParleyError.of("endings-none", { what: MODEL, count });
  if (endings === count) throw ParleyError.of("fit-infinite", { model: MODEL, what: INTERCEPT });
  const clustered = rows.some(({ cluster }) => cluster !== undefined);
  const { errors = clustered ? "clusters" : "model" } = options;
  const names = [INTERCEPT, ...terms];
  const rowAt = (i: number) => ({
    called: `${rows[i]!.unit}, period ${rows[i]!.period}`,
    covariates: rows[i]!.covariates,
  });
  const design = designOf(count, rowAt, terms, { intercept: true });
  const share = endings / count;
  const begin = new Float64Array(design.n);
  begin[0] = link === "logit" ? logit(share) : log(-log(1 - share));
  const best = settle(binaryLikelihood(design, ended, link), begin, MODEL, names, rowsParted(design, ended));
  const own = inOwnUnits(design, best.at, best.covariance, { intercept: true });
  const robust =
    clustered || errors === "clusters"
      ? clusterCovariance(design, rows, best.covariance, scoresOf(design, ended, link, best.at), correction)
      : undefined;
  const robustOwn = robust && inOwnUnits(design, best.at, robust.covariance, { intercept: true }).covariance;
  const covariance = errors === "clusters" && robustOwn !== undefined ? robustOwn : own.covariance;
  const n = names.length;
  return Object.freeze({
    method: "discrete-time hazard",
    link,
    errors,
    level,
    rows: count,
    endings,
    clusters: robust?.clusters ?? 0,
    correction: robust && { kind: correction, factor: robust.factor },
    terms: names.map((term, k): DiscreteTerm => {
      const estimate = own.at[k]!;
      const se = Math.sqrt(covariance[k * n + k]!);
      return {
        term,
        estimate,
        se,
        modelSe: Math.sqrt(own.covariance[k * n + k]!),
        clusterSe: robustOwn && Math.sqrt(robustOwn[k * n + k]!),
        ratio: exp(estimate),
        low: exp(estimate - z * se),
        high: exp(estimate + z * se),
        p: chiSquaredSurvival((estimate / se) * (estimate / se), 1),
      };
    }),
    covariance: Array.from(covariance),
    logLikelihood: { null: endings * log(share) + (count - endings) * log(1 - share), fitted: best.value },
    aic: 2 * n - 2 * best.value,
  });
}

/** Log-likelihood of one row with its first two derivatives in the linear predictor. */
function rowLikelihood(link: Link, eta: number, ended: number, out: Float64Array): void {
  if (link === "logit") {
    const p = logistic(eta);
    out[0] = ended === 1 ? -log1pexp(-eta) : -log1pexp(eta);
    out[1] = ended - p;
    out[2] = -p * (1 - p);
    return;
  }
  const hazard = exp(eta);
  if (ended === 0) {
    out.fill(-hazard);
    return;
  }
  if (hazard > 700) {
    out.fill(0);
    return;
  }
  const ratio = hazard === 0 ? 1 : hazard / expm1(hazard);
  out[0] = hazard === 0 ? eta : log(-expm1(-hazard));
  out[1] = ratio;
  // ratio - ratio^2 e^hazard, by its series where the two are nearly equal.
  out[2] = hazard < 1e-4 ? hazard * (hazard / 6 - 0.5) : ratio - ratio * ratio * exp(hazard);
}

function binaryLikelihood(design: Design, ended: Uint8Array, link: Link) {
  const { count, n, values } = design;
  const out = new Float64Array(3);
  return (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    for (let i = 0; i < count; i++) {
      rowLikelihood(link, dot(design, i, at), ended[i]!, out);
      value += out[0]!;
      const row = i * n;
      for (let a = 0; a < n; a++) {
        const x = values[row + a]!;
        gradient[a]! += out[1]! * x;
        const weight = out[2]! * x;
        for (let b = 0; b <= a; b++) hessian[a * n + b]! += weight * values[row + b]!;
      }
    }
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) hessian[b * n + a] = hessian[a * n + b]!;
    return value;
  };
}

/** Derivative of each row's log-likelihood in its linear predictor. */
function scoresOf(design: Design, ended: Uint8Array, link: Link, at: Float64Array): Float64Array {
  const out = new Float64Array(3);
  return Float64Array.from(ended, (end, i) => {
    rowLikelihood(link, dot(design, i, at), end, out);
    return out[1]!;
  });
}

/**
 * Chance that something that goes on ends within the periods ahead: 1 less the product of their chances of going on.
 *
 * The interval is that of their cumulative hazard, by the delta method on its logarithm, with the covariance of the fit.
 * Throws `covariate-missing`, `invalid-parameter` where no period is given.
 *
 * @param ahead covariates of each period, from `periodsAhead`
 */
export function discreteChance(
  fit: DiscreteTimeFit,
  ahead: readonly Readonly<Record<string, number>>[],
  { level = fit.level }: LevelOption = {},
): Estimate {
  if (ahead.length === 0) {
    throw ParleyError.of("invalid-parameter", { name: "periods ahead", value: 0, expected: "at least 1" });
  }
  const n = fit.terms.length;
  const slopes = new Float64Array(n);
  let hazard = 0;
  for (const [k, covariates] of ahead.entries()) {
    const row = fit.terms.map(({ term }) => (term === INTERCEPT ? 1 : covariates[term]));
    let eta = 0;
    for (const [a, { term, estimate }] of fit.terms.entries()) {
      const x = row[a];
      if (x === undefined || !Number.isFinite(x)) {
        throw ParleyError.of("covariate-missing", { row: `period ${k + 1} ahead`, covariate: term });
      }
      eta += estimate * x;
    }
    // -log(1 - chance) and its slope.
    hazard += fit.link === "logit" ? log1pexp(eta) : exp(eta);
    const slope = fit.link === "logit" ? logistic(eta) : exp(eta);
    for (let a = 0; a < n; a++) slopes[a]! += slope * row[a]!;
  }
  const variance = bilinear(fit.covariance, n, slopes);
  return chanceOfHazard(hazard, Math.sqrt(Math.max(0, variance)), zOf(level));
}
