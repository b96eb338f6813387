import { chiSquaredSurvival } from "../../src/core/special/index.ts";
import { type EnsembleInput, OUTCOMES, runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import type { ReferenceEngine } from "../support/reference-engine.ts";

export const RUNS = 40_000;
/** Of the two engines: other seeds, so that what agrees is the law and not the chance. */
const SEED = 1;
const REFERENCE_SEED = 20241128;
/** A rarer chi-square than this is no chance: one seed in a thousand has it. */
export const RARE = 0.001;
/** Classes with fewer cases than this are counted as one (Cochran's rule). */
const FEW = 5;

/** p of the hypothesis that two tables of counts have one law: Pearson's chi-square. */
export function sameLaw(one: readonly number[], other: readonly number[]): number {
  const pairs = one.map((n, i) => [n, other[i] ?? 0] as const);
  const many = pairs.filter(([a, b]) => (a + b) / 2 >= FEW);
  const rest = pairs
    .filter(([a, b]) => (a + b) / 2 < FEW)
    .reduce((sum, [a, b]) => [sum[0] + a, sum[1] + b], [0, 0] as [number, number]);
  const classes = rest[0] + rest[1] > 0 ? [...many, rest] : many;
  const [n, m] = [one, other].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number];
  const terms = classes.map(([a, b]) => {
    const expected = (n * (a + b)) / (n + m);
    return (a - expected) ** 2 / expected + (b - (a + b) + expected) ** 2 / (a + b - expected);
  });
  return chiSquaredSurvival(
    terms.reduce((sum, term) => sum + term, 0),
    classes.length - 1,
  );
}

/** How often trajectories end each way, and how often talks and a stop first come between some months. */
export interface Frequencies {
  readonly outcomes: readonly number[];
  readonly talks: readonly number[];
  readonly stop: readonly number[];
}

/** Months to which the reference engine prints shares. */
const MONTHS = [3, 6, 12, 14, 24, 36, 48, 60];

const counted = (shares: readonly number[]): number[] => shares.map((share) => Math.round(share * RUNS));
const between = (by: readonly number[]): number[] => counted([...by, 1].map((p, i) => p - (by[i - 1] ?? 0)));

/** What an ensemble comes to here. */
export function ours(input: EnsembleInput): Frequencies {
  const summary = new Summary(tallyLayoutOf(input), runRange(input, SEED, 0, RUNS));
  const by = (passage: "talks" | "stop") => MONTHS.map((month) => summary.by(passage)[month - 1]?.p ?? Number.NaN);
  const outcomes = summary.outcomes();
  return {
    outcomes: counted(OUTCOMES.map((name) => outcomes[name].p)),
    talks: between(by("talks")),
    stop: between(by("stop")),
  };
}

/** What the first case comes to in the reference engine: `run` at central values, `prior` with parameters drawn. */
export function theirs(reference: ReferenceEngine, mode: "run" | "prior"): Frequencies {
  const printed = JSON.parse(reference.run(mode, "{file}", String(RUNS), String(REFERENCE_SEED))) as Readonly<
    Record<"outcome" | "P_talks_by" | "P_stop_by", Readonly<Record<string, number>>>
  >;
  const by = (of: "P_talks_by" | "P_stop_by") => MONTHS.map((month) => printed[of][month] ?? Number.NaN);
  return {
    outcomes: counted(Object.values(printed.outcome)),
    talks: between(by("P_talks_by")),
    stop: between(by("P_stop_by")),
  };
}
