import { type LevelOption, logLogInterval, zOf } from "./intervals.ts";
import { lastStep, riskTable } from "./risk-table.ts";
import { columnsOf, type Spell } from "./spells.ts";

/** What is known at a time at which spells ended or were censored; it holds until the next step. */
export interface SurvivalStep {
  readonly time: number;
  /** Spells watched and going on just before this time. */
  readonly atRisk: number;
  readonly ended: number;
  readonly censored: number;
  /** Chance of lasting longer than this time. */
  readonly survival: number;
  /** Greenwood's standard error of it. */
  readonly se: number;
  readonly low: number;
  readonly high: number;
}

/** The Kaplan-Meier curve of a class of spells, as plain data. */
export interface SurvivalCurve {
  readonly method: "Kaplan-Meier";
  readonly level: number;
  readonly spells: number;
  readonly endings: number;
  readonly steps: readonly SurvivalStep[];
  /** How long half of them last; see {@link durationQuantile}. */
  readonly median: DurationQuantile;
}

/** A duration that a share of spells does not outlast; undefined where too few ended for it to be known. */
export interface DurationQuantile {
  readonly estimate: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** A point of a curve between or at its steps. */
export interface SurvivalPoint {
  readonly survival: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Spells still watched after this time. */
  readonly atRisk: number;
  /** Whether nobody was watched so long: the curve is then held where it was last known. */
  readonly beyond: boolean;
}

/** Survival this near to a share is on it: products of fractions miss it by rounding alone. */
const ON_THE_SHARE = 1e-10;

/**
 * Kaplan-Meier estimate of how long spells last.
 *
 * Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457-481; standard errors by Greenwood (1926); intervals are
 * log-log (see `logLogInterval`), 95 % unless given. Ties: endings before censorings. Delayed entry is heeded (Lynden-
 * Bell 1971); where nobody but one is at risk early, the curve may fall to 0 and stay there, as the product does.
 *
 * Throws `class-empty`, `spell-time`, `spell-entry`. That nobody ended is no error: the curve stays at 1.
 *
 * @example
 * kaplanMeier([{ id: "a", duration: 3, ended: true }, { id: "b", duration: 9, ended: false }]).steps[0].survival; // 0.5
 */
export function kaplanMeier(spells: readonly Spell[], { level = 0.95 }: LevelOption = {}): SurvivalCurve {
  const columns = columnsOf(spells, "a survival curve");
  const z = zOf(level);
  const { times, atRisk, ended, censored } = riskTable(columns);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let sum = 0;
  let over = 0;
  for (let row = 0; row < times.length; row++) {
    const n = atRisk[row]!;
    const d = ended[row]!;
    if (d > 0) {
      survival *= (n - d) / n;
      sum += n > d ? d / (n * (n - d)) : 0;
      over += d;
    }
    const left = n - d - censored[row]!;
    const relative = Math.sqrt(sum);
    const seen = survival > 0 ? left : over;
    const { low, high } = logLogInterval(survival, relative, seen, z, level);
    steps.push({
      time: times[row]!,
      atRisk: n,
      ended: d,
      censored: censored[row]!,
      survival,
      se: survival * relative,
      low,
      high,
    });
  }
  const curve = { method: "Kaplan-Meier", level, spells: columns.count, endings: columns.endings, steps } as const;
  return Object.freeze({ ...curve, median: durationQuantile(curve, 0.5) });
}

/**
 * The curve at a time: what its last step up to there says.
 *
 * @example
 * survivalAt(kaplanMeier([{ id: "a", duration: 3, ended: true }]), 2).survival; // 1
 */
export function survivalAt(curve: Pick<SurvivalCurve, "steps" | "level">, time: number): SurvivalPoint {
  const { steps, level } = curve;
  const place = lastStep(steps, time);
  const next = steps[place + 1];
  const atRisk = next?.atRisk ?? 0;
  const step = steps[place];
  if (step === undefined) {
    return { survival: 1, se: 0, ...logLogInterval(1, 0, atRisk, zOf(level), level), atRisk, beyond: false };
  }
  const { survival, se, low, high } = step;
  return { survival, se, low, high, atRisk, beyond: next === undefined && time > step.time && survival > 0 };
}

/**
 * The duration that a share p of spells does not outlast: the first time at which survival is at most 1 - p.
 *
 * Where the curve runs exactly along 1 - p, the middle of that stretch. The interval holds the durations at which the
 * curve's interval covers 1 - p (Brookmeyer & Crowley 1982, Biometrics 38, 29-41); its ends, too, may be unknown.
 *
 * @example
 * durationQuantile(kaplanMeier([1, 2, 3].map((t) => ({ id: `${t}`, duration: t, ended: true }))), 0.5).estimate; // 2
 */
export function durationQuantile(curve: Pick<SurvivalCurve, "steps">, p: number): DurationQuantile {
  // Exact intervals at 0 and 1 are no points of the bands that log-log intervals draw.
  const between = curve.steps.filter(({ survival }) => survival > 0 && survival < 1);
  return Object.freeze({
    estimate: crossing(curve.steps, (step) => step.survival, 1 - p),
    low: crossing(between, (step) => step.low, 1 - p),
    high: crossing(between, (step) => step.high, 1 - p),
  });
}

function crossing(
  steps: readonly SurvivalStep[],
  heightOf: (step: SurvivalStep) => number,
  share: number,
): number | undefined {
  const first = steps.findIndex((step) => heightOf(step) <= share + ON_THE_SHARE);
  const step = steps[first];
  if (step === undefined) return undefined;
  if (heightOf(step) < share - ON_THE_SHARE) return step.time;
  const end = steps.find((later, k) => k > first && heightOf(later) < share - ON_THE_SHARE);
  return end === undefined ? step.time : (step.time + end.time) / 2;
}
