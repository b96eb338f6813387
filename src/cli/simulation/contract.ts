import { addMonths, formatDay } from "../../core/dates/index.ts";
import { type ChanceByMonth, GRID_NAMES, Summary, tallyLayoutOf } from "../../dynamics/index.ts";
import type { RunResult } from "../../runs/index.ts";
import type { Subject } from "./subject.ts";

/** Months after the first stop at which relapse is told. */
export const RELAPSE_MONTHS = [3, 12, 24] as const;

/** The figures of a run, read from its counts. */
export function summaryOf({ input }: Subject, { counts }: RunResult): Summary {
  const layout = tallyLayoutOf(input);
  return new Summary(layout, counts.length === 0 ? layout.create() : counts);
}

/** The day at the end of month k from the day of the case: k calendar months on, cut to the month's end. */
export function dateOfMonth({ asOf }: Pick<Subject, "asOf">, month: number): string | null {
  return asOf === undefined ? null : formatDay(addMonths(asOf, month));
}

/** What was asked of a run and how much of it was computed: all that there is to tell before its first trajectory. */
export function headOf(subject: Subject, seed: number, prior: boolean, result: RunResult) {
  return {
    title: subject.title,
    asOf: subject.asOfText,
    reading: subject.reading,
    case: subject.caseHash ?? null,
    sides: { a: subject.sideNames[0], b: subject.sideNames[1] },
    prior,
    runs: result.done,
    complete: result.complete,
    seed,
    step: "month",
    horizon: tallyLayoutOf(subject.input).months,
  };
}

/** The contract of `parley simulate --json`, with more fields beside it. */
export function contractOf(subject: Subject, seed: number, prior: boolean, result: RunResult) {
  const summary = summaryOf(subject, result);
  const dated = (chances: readonly ChanceByMonth[]) =>
    chances.map(({ month, p, se }) => ({ month, date: dateOfMonth(subject, month), p, se }));
  return {
    ...headOf(subject, seed, prior, result),
    outcomes: summary.outcomes(),
    talksBy: dated(summary.by("talks")),
    stopBy: dated(summary.by("stop")),
    settlementBy: dated(summary.by("settlement")),
    freezeBy: dated(summary.by("freeze")),
    relapseBy: dated(summary.by("relapse")),
    relapseAfterStop: RELAPSE_MONTHS.map((months) => ({ months, ...summary.relapseWithin(months) })),
    occupancy: Array.from({ length: summary.layout.months }, (_, i) => ({
      month: i + 1,
      date: dateOfMonth(subject, i + 1),
      ...Object.fromEntries(Object.entries(summary.occupancy(i + 1)).map(([name, { p }]) => [name, p])),
    })),
    quantiles: Object.fromEntries(GRID_NAMES.map((name) => [name, summary.quantiles(name)])),
    packages: {
      names: subject.packageNames,
      ceasefire: summary.packages("ceasefire").slice(0, subject.packageNames.length || undefined),
      settlement: summary.packages("settlement").slice(0, subject.packageNames.length || undefined),
    },
    means: {
      rounds: summary.mean("rounds"),
      ceasefires: summary.mean("ceasefires"),
      relapses: summary.mean("relapses"),
      escalationSteps: summary.mean("steps"),
    },
    parameters: (subject.bound?.parameters ?? []).map(
      ({ name, path, label, unit, text, central, uncertain, assumed }) => ({
        name,
        path,
        label,
        unit,
        text,
        central,
        uncertain,
        assumed,
      }),
    ),
    digest: result.digest,
    perSecond: Math.round(result.perSecond),
  };
}
