import { exp, log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { chiSquaredSurvival } from "../core/special/index.ts";
import { concordanceOf } from "./concordance.ts";
import { type Design, designOf, dot, inOwnUnits } from "./design.ts";
import { type LevelOption, zOf } from "./intervals.ts";
import { maximise } from "./maximise.ts";
import { type Columns, called, columnsOf, rising, type Spell } from "./spells.ts";

/** How spells that end at the same time share the risk among them. */
export type Ties = "efron" | "breslow";

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
  readonly likelihoodRatio: { readonly chiSquared: number; readonly degrees: number; readonly p: number };
  /** Share of comparable pairs in which the one that ended first had the greater hazard (Harrell et al. 1982). */
  readonly concordance: number;
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
 * `covariate-collinear` where one is constant or follows from the others; `fit-infinite` where a covariate parts those that
 * ended from those that did not, `fit-unsettled`.
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
  const none = likelihood(new Float64Array(n), new Float64Array(n), new Float64Array(n * n));
  const best = maximise(likelihood, new Float64Array(n), MODEL);
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
  const chiSquared = Math.max(0, 2 * (best.value - none));
  const risks = Float64Array.from({ length: columns.count }, (_, i) => dot(design, i, best.at));
  return Object.freeze({
    method: "Cox proportional hazards",
    ties,
    level,
    spells: columns.count,
    endings: columns.endings,
    terms,
    covariance: Array.from(own.covariance),
    logLikelihood: { null: none, fitted: best.value },
    likelihoodRatio: { chiSquared, degrees: n, p: chiSquaredSurvival(chiSquared, n) },
    concordance: concordanceOf(columns.time, columns.ended, risks),
  });
}

/**
 * The log partial likelihood with gradient and Hessian: times from the last to the first, those at risk summed up as they come
 * in, and taken off again before their entry.
 */
function partialLikelihood({ count, time, entry, ended }: Columns, design: Design, ties: Ties) {
  const { n, values } = design;
  const byTime = rising(time);
  const byEntry = entry === undefined ? undefined : rising(entry);
  return (at: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    const risk = new Sums(n);
    const tied = new Sums(n);
    let value = 0;
    let leaving = count - 1;
    for (let place = count - 1; place >= 0; ) {
      const now = time[byTime[place]!]!;
      tied.clear();
      let d = 0;
      for (; place >= 0 && time[byTime[place]!]! === now; place--) {
        const i = byTime[place]!;
        const eta = dot(design, i, at);
        risk.add(values, i, exp(eta), 1);
        if (ended[i] === 0) continue;
        d++;
        value += eta;
        tied.add(values, i, exp(eta), 1);
        for (let k = 0; k < n; k++) gradient[k]! += values[i * n + k]!;
      }
      if (d === 0) continue;
      for (; byEntry !== undefined && leaving >= 0 && entry![byEntry[leaving]!]! >= now; leaving--) {
        const i = byEntry[leaving]!;
        risk.add(values, i, exp(dot(design, i, at)), -1);
      }
      for (let l = 0; l < d; l++) {
        const share = ties === "efron" ? l / d : 0;
        const sum = risk.total - share * tied.total;
        value -= log(sum);
        for (let a = 0; a < n; a++) {
          const mean = (risk.first[a]! - share * tied.first[a]!) / sum;
          gradient[a]! -= mean;
          for (let b = 0; b < n; b++) {
            const other = (risk.first[b]! - share * tied.first[b]!) / sum;
            hessian[a * n + b]! -= (risk.second[a * n + b]! - share * tied.second[a * n + b]!) / sum - mean * other;
          }
        }
      }
    }
    return value;
  };
}

/** Sums of hazards, and of covariates weighed by them. */
class Sums {
  total = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;

  constructor(n: number) {
    this.first = new Float64Array(n);
    this.second = new Float64Array(n * n);
  }

  add(design: Float64Array, row: number, hazard: number, sign: 1 | -1): void {
    const n = this.first.length;
    const weight = sign * hazard;
    this.total += weight;
    for (let a = 0; a < n; a++) {
      const x = weight * design[row * n + a]!;
      this.first[a]! += x;
      for (let b = 0; b < n; b++) this.second[a * n + b]! += x * design[row * n + b]!;
    }
  }

  clear(): void {
    this.total = 0;
    this.first.fill(0);
    this.second.fill(0);
  }
}
