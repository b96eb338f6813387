import { exp, log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { chiSquaredSurvival } from "../core/special/index.ts";
import { factorise, quadraticForm } from "./cholesky.ts";
import { concordanceOf } from "./concordance.ts";
import { eachEnding, shareOf, type Ties } from "./cox-risk.ts";
import { type Design, designOf, dot, inOwnUnits } from "./design.ts";
import { type LevelOption, zOf } from "./intervals.ts";
import { endingsParted, settle } from "./separation.ts";
import { type Columns, called, columnsOf, type Spell } from "./spells.ts";

export type { Ties } from "./cox-risk.ts";

/** A test of so many restrictions at once. */
export interface ChiSquaredTest {
  readonly chiSquared: number;
  readonly degrees: number;
  readonly p: number;
}

/** What a covariate does to the hazard. */
export interface CoxTerm {
  readonly covariate: string;
  /** Logarithm of the hazard ratio of one unit. */
  readonly estimate: number;
  readonly se: number;
  readonly hazardRatio: number;
  /** Interval of the hazard ratio. */
  readonly low: number;
  readonly high: number;
  /** Of the estimate being 0, by Wald's test. */
  readonly p: number;
}

/** A proportional hazards fit, as plain data. */
export interface CoxFit {
  readonly method: "Cox proportional hazards";
  readonly ties: Ties;
  readonly level: number;
  readonly spells: number;
  readonly endings: number;
  readonly terms: readonly CoxTerm[];
  /** Covariance of the estimates, row-major. */
  readonly covariance: readonly number[];
  /** Log partial likelihood without any covariate, and of the fit. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  /**
   * Three tests of all estimates being 0. Of dummies of groups, and without ties, the score test is the log-rank test.
   */
  readonly likelihoodRatio: ChiSquaredTest;
  readonly wald: ChiSquaredTest;
  readonly score: ChiSquaredTest;
  /** Share of comparable pairs in which the one that ended first had the greater hazard (Harrell et al. 1982). */
  readonly concordance: number;
  /** By the infinitesimal jackknife, as R's survival gives it from 3.0 on. */
  readonly concordanceSe: number;
}

export interface CoxOptions extends LevelOption {
  /** Efron's (1977) unless given; Breslow's (1974) is simpler and worse with many ties. */
  readonly ties?: Ties | undefined;
}

const MODEL = "proportional hazards fit";

/**
 * Fits Cox's (1972) proportional hazards: the hazard of a spell is an unknown function of time, the same for all, times
 * exp(sum of estimates x covariates). Newton steps on the partial likelihood; delayed entry is allowed.
 *
 * Throws `class-empty`, `spell-time`, `spell-entry`, `endings-none`; `covariate-missing` where a spell lacks a number;
 * `covariate-collinear` where one is constant or follows from the others; `covariate-separates` with the covariates by
 * which whoever ends is always ahead of all at risk, so that the effect has no bound; `fit-unsettled`.
 *
 * @param covariates names of covariates that every spell has
 */
export function fitCox(
  spells: readonly Spell[],
  covariates: readonly string[],
  { ties = "efron", level = 0.95 }: CoxOptions = {},
): CoxFit {
  const columns = columnsOf(spells, MODEL);
  const z = zOf(level);
  if (columns.endings === 0) throw ParleyError.of("endings-none", { what: MODEL, count: columns.count });
  const n = covariates.length;
  const rowAt = (i: number) => ({ called: called(spells[i]!), covariates: spells[i]!.covariates });
  const design = designOf(columns.count, rowAt, covariates);
  const likelihood = partialLikelihood(columns, design, ties);
  const slopes = new Float64Array(n);
  const bend = new Float64Array(n * n);
  const none = likelihood(new Float64Array(n), slopes, bend);
  const best = settle(likelihood, new Float64Array(n), MODEL, covariates, endingsParted(columns, design));
  const own = inOwnUnits(design, best.at, best.covariance);
  const terms = covariates.map((covariate, k): CoxTerm => {
    const estimate = own.at[k]!;
    const se = Math.sqrt(own.covariance[k * n + k]!);
    const wald = (estimate / se) * (estimate / se);
    return {
      covariate,
      estimate,
      se,
      hazardRatio: exp(estimate),
      low: exp(estimate - z * se),
      high: exp(estimate + z * se),
      p: chiSquaredSurvival(wald, 1),
    };
  });
  const ratio = Math.max(0, 2 * (best.value - none));
  const information = bend.map((h) => -h);
  const risks = Float64Array.from({ length: columns.count }, (_, i) => dot(design, i, best.at));
  const pairs = concordanceOf(columns.time, columns.ended, risks, columns.entry);
  return Object.freeze({
    method: "Cox proportional hazards",
    ties,
    level,
    spells: columns.count,
    endings: columns.endings,
    terms,
    covariance: Array.from(own.covariance),
    logLikelihood: { null: none, fitted: best.value },
    likelihoodRatio: chiSquaredTest(ratio, n),
    wald: chiSquaredTest(invertedForm(best.covariance.slice(), n, best.at), n),
    score: chiSquaredTest(invertedForm(information, n, slopes), n),
    concordance: pairs.concordance,
    concordanceSe: pairs.se,
  });
}

/** The log partial likelihood with gradient and Hessian. */
function partialLikelihood(columns: Columns, design: Design, ties: Ties) {
  const { n, values } = design;
  return (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    const mean = new Float64Array(n);
    let value = 0;
    eachEnding(columns, design, at, ({ risk, tied, members }) => {
      for (const i of members) {
        value += dot(design, i, at);
        for (let k = 0; k < n; k++) gradient[k]! += values[i * n + k]!;
      }
      for (let l = 0; l < members.length; l++) {
        const share = shareOf(ties, l, members.length);
        const sum = risk.total - share * tied.total;
        value -= log(sum);
        for (let a = 0; a < n; a++) {
          mean[a] = (risk.first[a]! - share * tied.first[a]!) / sum;
          gradient[a]! -= mean[a]!;
          for (let b = 0; b <= a; b++) {
            const square = (risk.second[a * n + b]! - share * tied.second[a * n + b]!) / sum;
            hessian[a * n + b]! -= square - mean[a]! * mean[b]!;
          }
        }
      }
    });
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) hessian[b * n + a] = hessian[a * n + b]!;
    return value;
  };
}

function chiSquaredTest(chiSquared: number, degrees: number): ChiSquaredTest {
  return { chiSquared, degrees, p: chiSquaredSurvival(chiSquared, degrees) };
}

/** b' A^-1 b; 0 where A has no inverse. */
function invertedForm(a: Float64Array, n: number, b: Float64Array): number {
  return factorise(a, n) < 0 ? quadraticForm(a, n, b) : 0;
}
