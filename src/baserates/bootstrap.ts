import { exp, log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { createStream, purpose, type Stream } from "../core/random/index.ts";
import { quantileSorted, variance } from "../core/stats/index.ts";
import { conditionalChance } from "./conditional.ts";
import { standardOf } from "./families.ts";
import { type Estimate, type LevelOption, zOf } from "./intervals.ts";
import { fitColumns, type ParametricFit } from "./parametric.ts";
import { lastUpTo, riskTable } from "./risk-table.ts";
import { type Columns, columnsOf, expectSpan, expectTime, lastingBeyond, rising, type Spell } from "./spells.ts";

export interface ResampleOptions extends LevelOption {
  /** A whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
  /** 1000 unless given. */
  readonly resamples?: number | undefined;
}

/** An estimate whose error and percentile interval come from resamples, as plain data. */
export interface ResampledEstimate extends Estimate {
  readonly method: "parametric bootstrap" | "bootstrap by cluster";
  readonly level: number;
  readonly seed: number;
  readonly resamples: number;
  /** Resamples that have no answer: none ended, or none lasted so long. They are left out. */
  readonly failed: number;
}

const PARAMETRIC = purpose("SPLP");
const CLUSTERS = purpose("SPLC");
/** Places of the two draws of a spell. */
const DURATION = 0;
const CENSORING = 1;

/**
 * Chance that a spell that has lasted so long ends within so much more, as `conditionalChance`, with an interval from
 * fits to spells drawn from the fit (parametric bootstrap; Efron 1979; Davison & Hinkley 1997, sections 3.5 and 5.3).
 *
 * Each spell is drawn anew after its entry. It is censored where it was; one that ended is censored at a time drawn from
 * the survival curve of censoring from its end on, or never where that curve says nothing. Percentile interval: unlike
 * the delta method's it takes the likelihood's curvature as it is, and both take the family for granted.
 *
 * Throws as `conditionalChance`, and `resamples-failed` where most resamples have no fit.
 *
 * @param spells those of the fit
 */
export function bootstrapChance(
  spells: readonly Spell[],
  fit: ParametricFit,
  lasted: number,
  within: number,
  { level = 0.95, seed = 1, resamples = 1000 }: ResampleOptions = {},
): ResampledEstimate {
  const columns = columnsOf(spells, "a bootstrap", { positive: true });
  if (columns.count !== fit.spells || columns.endings !== fit.endings) {
    const expected = `the ${fit.spells} spells of the fit`;
    throw ParleyError.of("invalid-parameter", { name: "spells", value: columns.count, expected });
  }
  const { estimate } = conditionalChance(fit, lasted, within, { level });
  const draw = drawerOf(columns, fit, createStream(seed, PARAMETRIC));
  const chances = resampled(resamples, (r) => {
    try {
      return conditionalChance(fitColumns(draw(r), fit.family), lasted, within).estimate;
    } catch (error) {
      if (error instanceof ParleyError) return undefined;
      throw error;
    }
  });
  return summary("parametric bootstrap", estimate, chances, { level, seed, resamples });
}

/** Makes the columns of a resample by its number. */
function drawerOf(columns: Columns, { family, location, logScale }: ParametricFit, stream: Stream) {
  const { count, time, entry, ended } = columns;
  const standard = standardOf(family);
  const scale = exp(logScale);
  const slopes = new Float64Array(3);
  // Chance of having lasted to the entry: the draw is from those that did.
  const entered = Float64Array.from(time, (_, i) => {
    if (entry === undefined || entry[i] === 0) return 1;
    standard.logSurvival((log(entry[i]!) - location) / scale, slopes);
    return exp(slopes[0]!);
  });
  const censoring = censoringAfter(columns);
  return (resample: number): Columns => {
    const times = new Float64Array(count);
    const ends = new Uint8Array(count);
    let endings = 0;
    for (let i = 0; i < count; i++) {
      const chance = stream.uniform(DURATION, resample, i) * entered[i]!;
      const drawn = exp(location + scale * standard.exceededBy(chance));
      const end = ended[i] === 0 ? time[i]! : censoring(time[i]!, stream.uniform(CENSORING, resample, i));
      times[i] = Math.min(drawn, end);
      ends[i] = drawn <= end ? 1 : 0;
      endings += ends[i]!;
    }
    return { count, time: times, entry, ended: ends, endings };
  };
}

/**
 * Times of censoring after a time, by the survival curve in which censoring is the event; Infinity where it does not
 * fall so low.
 */
function censoringAfter({ count, time, entry, ended }: Columns): (after: number, share: number) => number {
  const { times, atRisk, ended: left, censored } = riskTable({ count, time, entry, ended, endings: 0 });
  const survival = new Float64Array(times.length);
  let s = 1;
  for (let row = 0; row < times.length; row++) {
    // Endings come before censorings of the same time.
    const n = atRisk[row]! - left[row]!;
    if (n > 0) s *= (n - censored[row]!) / n;
    survival[row] = s;
  }
  return (after, share) => {
    // One that ends as others are censored could have been censored with them.
    const at = lastUpTo(times, after);
    const from = at >= 0 && times[at] === after ? at - 1 : at;
    const target = share * (from < 0 ? 1 : survival[from]!);
    for (let row = from + 1; row < times.length; row++) if (survival[row]! <= target) return times[row]!;
    return Number.POSITIVE_INFINITY;
  };
}

/**
 * Chance that a spell that has lasted so long ends within so much more, by the survival curve of those that lasted
 * longer, with an interval from resamples of whole clusters (Efron 1981, J. Am. Stat. Assoc. 76, 312-319; Davison &
 * Hinkley 1997, section 3.8).
 *
 * Greenwood's errors take spells as independent; episodes of one war are not. A spell without a cluster is its own. The
 * order of spells does not matter. Percentile interval; with few clusters it is too short.
 *
 * Throws as `lastingBeyond`, `clusters-few` where fewer than two are there, `resamples-failed` where in most none lasted
 * so long.
 */
export function clusterBootstrapChance(
  spells: readonly Spell[],
  lasted: number,
  within: number,
  { level = 0.95, seed = 1, resamples = 1000 }: ResampleOptions = {},
): ResampledEstimate {
  expectTime("lasted", lasted);
  expectSpan("within", within);
  lastingBeyond(spells, lasted);
  const columns = columnsOf(spells, "a bootstrap");
  const names = spells.map(({ cluster, id }) => (cluster === undefined ? `spell ${id}` : `cluster ${cluster}`));
  const sorted = [...new Set(names)].sort();
  const places = new Map(sorted.map((name, k) => [name, k]));
  const clusterOf = Uint32Array.from(names, (name) => places.get(name)!);
  if (sorted.length < 2) throw ParleyError.of("clusters-few", { count: sorted.length });
  const chance = weightedChance(columns, clusterOf, lasted, within);
  const stream = createStream(seed, CLUSTERS);
  const weights = new Float64Array(sorted.length);
  const chances = resampled(resamples, (r) => {
    weights.fill(0);
    for (let k = 0; k < sorted.length; k++) weights[Math.floor(stream.uniform(0, r, k) * sorted.length)]! += 1;
    return chance(weights);
  });
  const estimate = chance(weights.fill(1)) ?? Number.NaN;
  return summary("bootstrap by cluster", estimate, chances, { level, seed, resamples });
}

/**
 * 1 - S(lasted + within) / S(lasted) by Kaplan and Meier, of clusters with weights; undefined where none lasted so long.
 */
function weightedChance(
  { time, entry, ended, count }: Columns,
  clusterOf: Uint32Array,
  lasted: number,
  within: number,
) {
  const byTime = rising(time).filter((i) => time[i]! > lasted);
  const late = entry ?? new Float64Array(count);
  const byEntry = rising(late).filter((i) => time[i]! > lasted);
  return (weights: Float64Array): number | undefined => {
    const weightOf = (i: number): number => weights[clusterOf[i]!]!;
    let total = 0;
    for (const i of byTime) total += weightOf(i);
    if (total === 0) return undefined;
    let survival = 1;
    let risk = 0;
    let entering = 0;
    for (let k = 0; k < byTime.length; ) {
      const now = time[byTime[k]!]!;
      if (now > lasted + within) break;
      for (; entering < byEntry.length && late[byEntry[entering]!]! < now; entering++)
        risk += weightOf(byEntry[entering]!);
      let ending = 0;
      let leaving = 0;
      for (; k < byTime.length && time[byTime[k]!] === now; k++) {
        const weight = weightOf(byTime[k]!);
        leaving += weight;
        if (ended[byTime[k]!] === 1) ending += weight;
      }
      if (ending > 0) survival *= (risk - ending) / risk;
      risk -= leaving;
    }
    return 1 - survival;
  };
}

function resampled(resamples: number, chanceOf: (r: number) => number | undefined): Float64Array {
  if (!Number.isInteger(resamples) || resamples < 2) {
    throw ParleyError.of("invalid-parameter", {
      name: "resamples",
      value: resamples,
      expected: "a whole number from 2",
    });
  }
  const out: number[] = [];
  for (let r = 0; r < resamples; r++) {
    const chance = chanceOf(r);
    if (chance !== undefined) out.push(chance);
  }
  if (2 * out.length <= resamples) {
    throw ParleyError.of("resamples-failed", { failed: resamples - out.length, resamples });
  }
  return Float64Array.from(out).sort();
}

function summary(
  method: ResampledEstimate["method"],
  estimate: number,
  chances: Float64Array,
  { level, seed, resamples }: { readonly level: number; readonly seed: number; readonly resamples: number },
): ResampledEstimate {
  zOf(level);
  return Object.freeze({
    method,
    estimate,
    se: Math.sqrt(variance(chances)),
    low: quantileSorted(chances, (1 - level) / 2),
    high: quantileSorted(chances, (1 + level) / 2),
    level,
    seed,
    resamples,
    failed: resamples - chances.length,
  });
}
