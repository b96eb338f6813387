import { ParleyError } from "../core/problems/index.ts";
import { type Estimate, type LevelOption, logLogInterval, zOf } from "./intervals.ts";
import { lastStep, riskTable } from "./risk-table.ts";
import { called, columnsOf, type Spell } from "./spells.ts";

/** Chances of having ended in each way by a time; they hold until the next step. */
export interface IncidenceStep {
  readonly time: number;
  readonly atRisk: number;
  readonly censored: number;
  /** Chance of going on beyond this time. With the incidences it adds up to 1. */
  readonly survival: number;
  /** In the order of the curve's endings. */
  readonly incidence: readonly Estimate[];
}

/** Cumulative incidence of competing endings, as plain data. */
export interface IncidenceCurve {
  readonly method: "Aalen-Johansen";
  readonly level: number;
  readonly spells: number;
  /** The ways to end, in alphabetical order of code units, with how many spells ended so. */
  readonly endings: readonly { readonly ending: string; readonly count: number }[];
  readonly steps: readonly IncidenceStep[];
}

/** A curve at one time: by ending, with how many are watched beyond it. */
export interface IncidencePoint {
  readonly survival: number;
  readonly atRisk: number;
  readonly byEnding: Readonly<Record<string, Estimate>>;
  /** Whether nobody was watched so long while not all had ended: the chances are then those last known. */
  readonly beyond: boolean;
}

/**
 * Aalen-Johansen estimate of how spells end: the chance of each ending by each time while the others compete with it.
 *
 * Aalen & Johansen (1978), Scand. J. Stat. 5, 141-150. Standard errors by the delta method, as in Marubini & Valsecchi
 * (1995), Analysing Survival Data from Clinical Trials, 10.3: without delayed entry they are the infinitesimal jackknife
 * of R's survfit, and with a single ending Greenwood's. Intervals are log-log in 1 - incidence, 95 % unless given.
 *
 * Throws as `kaplanMeier`, and `ending-missing` where a spell that ended does not say how.
 *
 * @example
 * const curve = cumulativeIncidence([{ id: "a", duration: 3, ended: true, ending: "agreement" },
 *   { id: "b", duration: 9, ended: true, ending: "victory" }]);
 * incidenceAt(curve, 5).byEnding.agreement.estimate; // 0.5
 */
export function cumulativeIncidence(spells: readonly Spell[], { level = 0.95 }: LevelOption = {}): IncidenceCurve {
  const columns = columnsOf(spells, "a cumulative incidence");
  const z = zOf(level);
  const { times, atRisk, ended, censored, rowOf } = riskTable(columns);
  const kinds = [...new Set(spells.flatMap((spell) => (spell.ended ? [endingOf(spell)] : [])))].sort();
  const place = new Map(kinds.map((kind, k) => [kind, k]));
  const counts = kinds.map(() => new Uint32Array(times.length));
  for (const [i, spell] of spells.entries()) {
    if (spell.ended) counts[place.get(endingOf(spell))!]![rowOf[i]!]!++;
  }
  const sums = kinds.map(() => new IncidenceSums());
  const steps: IncidenceStep[] = [];
  let survival = 1;
  let over = 0;
  for (let row = 0; row < times.length; row++) {
    const n = atRisk[row]!;
    const d = ended[row]!;
    for (let k = 0; k < kinds.length && d > 0; k++) sums[k]!.add(survival, n, d, counts[k]![row]!);
    if (d > 0) survival *= (n - d) / n;
    over += d;
    const seen = over + n - d - censored[row]!;
    const incidence = sums.map((sum) => sum.estimate(seen, z, level));
    steps.push({ time: times[row]!, atRisk: n, censored: censored[row]!, survival, incidence });
  }
  return Object.freeze({
    method: "Aalen-Johansen",
    level,
    spells: columns.count,
    endings: kinds.map((ending, k) => ({ ending, count: counts[k]!.reduce((sum, count) => sum + count, 0) })),
    steps,
  });
}

function endingOf(spell: Spell): string {
  if (spell.ending === undefined) throw ParleyError.of("ending-missing", { spell: called(spell) });
  return spell.ending;
}

/**
 * The chance of one ending and the sums of its variance.
 *
 * With F the chance now, F_j after time j, S the survival before j, d endings of which k of this kind among n at risk:
 * variance = sum (F - F_j)^2 d / (n (n - d)) + sum S^2 k (n - k) / n^3 - 2 sum (F - F_j) S k / n^2. F - F_j changes with
 * F, so that the sums are kept by powers of F.
 */
class IncidenceSums {
  #chance = 0;
  #square = 0;
  #linear = 0;
  #rest = 0;

  add(survival: number, n: number, d: number, k: number): void {
    this.#chance += (survival * k) / n;
    const chance = this.#chance;
    // After a time at which all that were at risk ended, no chance is added any more.
    const all = n > d ? d / (n * (n - d)) : 0;
    const own = (survival * k) / (n * n);
    this.#square += all;
    this.#linear += all * chance + own;
    this.#rest += all * chance * chance + (survival * survival * k * (n - k)) / (n * n * n) + 2 * chance * own;
  }

  estimate(seen: number, z: number, level: number): Estimate {
    const chance = this.#chance;
    const variance = this.#rest - 2 * chance * this.#linear + chance * chance * this.#square;
    const se = Math.sqrt(Math.max(0, variance));
    const { low, high } = logLogInterval(1 - chance, chance < 1 ? se / (1 - chance) : 0, seen, z, level);
    return { estimate: chance, se, low: 1 - high, high: 1 - low };
  }
}

/** The curve at a time: what its last step up to there says. */
export function incidenceAt(curve: IncidenceCurve, time: number): IncidencePoint {
  const { steps, endings, level } = curve;
  const place = lastStep(steps, time);
  const step = steps[place];
  const next = steps[place + 1];
  const atRisk = next?.atRisk ?? 0;
  const none = logLogInterval(1, 0, atRisk, zOf(level), level);
  const nothing: Estimate = { estimate: 0, se: 0, low: 0, high: 1 - none.low };
  const byEnding = Object.fromEntries(endings.map(({ ending }, k) => [ending, step?.incidence[k] ?? nothing]));
  const survival = step?.survival ?? 1;
  return {
    survival,
    atRisk,
    byEnding,
    beyond: next === undefined && step !== undefined && time > step.time && survival > 0,
  };
}
