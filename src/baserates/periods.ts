import { log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { called, columnsOf, expectSpan, expectTime, type Spell } from "./spells.ts";

/** One unit in one period: a war in a month, a peace in a year. */
export interface PeriodRow {
  readonly unit: string;
  /** Counted from 1, the first of the spell. */
  readonly period: number;
  /** Whether it ended in this period. */
  readonly ended: boolean;
  readonly covariates: Readonly<Record<string, number>>;
  /** Rows of one cluster are not independent; see `fitDiscreteTime`. */
  readonly cluster?: string | undefined;
}

/**
 * How the chance of ending changes with age alone:
 *
 * - `constant`: not at all;
 * - `log-time`: with the logarithm of the period;
 * - pieces: the periods at which another level begins, rising, from 2 on; the first piece is what others are compared with.
 */
export type Baseline = "constant" | "log-time" | readonly number[];

export interface PeriodOptions {
  /** `log-time` unless given. */
  readonly baseline?: Baseline | undefined;
  /** Length of a period in the unit of the durations; 1 unless given. */
  readonly length?: number | undefined;
  /** Covariates that change, by spell and period; they stand over those that the spell has at its beginning. */
  readonly changing?: ((spell: Spell, period: number) => Readonly<Record<string, number>>) | undefined;
}

const LOG_PERIOD = "log(period)";
const pieceName = (begin: number): string => `from period ${begin}`;

/** Names of the terms that a baseline adds, to be given to a fit before other covariates. */
export function baselineTerms(baseline: Baseline): readonly string[] {
  if (baseline === "constant") return [];
  if (baseline === "log-time") return [LOG_PERIOD];
  if (baseline.some((begin, k) => !Number.isInteger(begin) || begin <= (baseline[k - 1] ?? 1))) {
    const expected = "rising whole numbers from 2 on";
    throw ParleyError.of("invalid-parameter", { name: "baseline", value: baseline.join(", "), expected });
  }
  return baseline.map(pieceName);
}

/** What those terms are in a period. */
export function baselineAt(baseline: Baseline, period: number): Readonly<Record<string, number>> {
  if (baseline === "constant") return {};
  if (baseline === "log-time") return { [LOG_PERIOD]: log(period) };
  const piece = baseline.findLastIndex((begin) => period >= begin);
  return Object.fromEntries(baseline.map((begin, k) => [pieceName(begin), k === piece ? 1 : 0]));
}

/**
 * Spells as rows, one for each whole period under observation (Allison 1982, Sociological Methodology 13, 61-98).
 *
 * A spell that ends within a period has its last row there; one that ends at 0 ends in the first. Of one that is
 * censored, the period in which it is censored is left out, as is that of a late entry: nothing is known of its whole.
 *
 * Throws `class-empty`, `spell-time`, `spell-entry`, `invalid-parameter`.
 *
 * @example
 * periodsOf([{ id: "a", duration: 2.5, ended: true }]).map(({ ended }) => ended); // [false, false, true]
 */
export function periodsOf(
  spells: readonly Spell[],
  { baseline = "log-time", length = 1, changing }: PeriodOptions = {},
): PeriodRow[] {
  columnsOf(spells, "periods");
  expectSpan("length of a period", length);
  baselineTerms(baseline);
  const rows: PeriodRow[] = [];
  for (const spell of spells) {
    const lasted = inPeriods(spell.duration, length);
    const last = spell.ended ? Math.max(1, Math.ceil(lasted)) : Math.floor(lasted);
    for (let period = Math.ceil(inPeriods(spell.entry ?? 0, length)) + 1; period <= last; period++) {
      rows.push({
        unit: called(spell),
        period,
        ended: spell.ended && period === last,
        covariates: { ...baselineAt(baseline, period), ...spell.covariates, ...changing?.(spell, period) },
        cluster: spell.cluster,
      });
    }
  }
  return rows;
}

/** A time in periods; what misses a whole number by rounding alone is that number. */
function inPeriods(time: number, length: number): number {
  const periods = time / length;
  const whole = Math.round(periods);
  return Math.abs(periods - whole) < 1e-9 * Math.max(1, whole) ? whole : periods;
}

/**
 * Covariates of the periods ahead of a spell that has lasted so many whole periods already, for `discreteChance`.
 *
 * @param covariates of the spell; or of each period, where they change
 */
export function periodsAhead(
  baseline: Baseline,
  lasted: number,
  within: number,
  covariates: Readonly<Record<string, number>> | ((period: number) => Readonly<Record<string, number>>) = {},
): Readonly<Record<string, number>>[] {
  expectTime("lasted", lasted);
  if (!Number.isInteger(lasted)) {
    throw ParleyError.of("invalid-parameter", { name: "lasted", value: lasted, expected: "a whole number of periods" });
  }
  if (!Number.isInteger(within) || within < 1) {
    throw ParleyError.of("invalid-parameter", { name: "within", value: within, expected: "a whole number from 1" });
  }
  return Array.from({ length: within }, (_, k) => {
    const period = lasted + k + 1;
    return {
      ...baselineAt(baseline, period),
      ...(typeof covariates === "function" ? covariates(period) : covariates),
    };
  });
}
