import {
  type Case,
  type CasePath,
  type Difference,
  type Dossier,
  differencesOf,
  type Raw,
  type RawMap,
  takenBack,
  type View,
  viewCase,
} from "../../case/index.ts";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { warOf } from "./cases.ts";
import { compareEvidence } from "./evidence.ts";
import { type CompareOptions, compareRunWars, type RunWar, runWar } from "./simulation.ts";
import type { ComparedQuestion, Measured } from "./types.ts";

/** An answer that a change moves: what it is without the change, with it, and the difference. */
export interface ChangedAnswer {
  /** Where the answer comes from: the simulation, or the evidence alone. */
  readonly from: "simulation" | "evidence";
  /** The output's id, or the question's. */
  readonly id: string;
  readonly label: string;
  readonly unit: "probability" | "initial force";
  readonly without: Measured;
  readonly with: Measured;
  /** Of the simulation with the error of paired differences; on the evidence alone it is exact at central values. */
  readonly difference: Measured;
}

/** Input changes that are taken back together, and what that makes of the answers. */
export interface Cause {
  /** The place that they share: a value, an entry, a section, or the name of a data file. */
  readonly path: CasePath;
  readonly kind: "value" | "entry" | "section" | "file";
  /** How many changes it holds. */
  readonly changes: number;
  /** The answers that it moves, chances first and the furthest of them first; null where that was not computed. */
  readonly moves: readonly ChangedAnswer[] | null;
  /** Why it was not computed; empty where it was. */
  readonly problems: readonly Problem[];
}

export interface CausesOptions {
  readonly seed: number;
  readonly runs: number;
}

/** Causes that are computed; where there are more changes they are taken together, and what is left is listed. */
export const MOST_CAUSES = 12;

/**
 * What each change from one version of a case to another makes of the answers: the newer version beside the same one
 * with that change alone taken back.
 *
 * Effects of changes that work together do not add up to the whole difference. Simulations share their chance, so that
 * the error of a difference is that of pairs.
 */
export function causesOf(from: Dossier, to: Dossier, view: View, options: CausesOptions): Cause[] {
  const { case: content, problems } = viewCase(to, view);
  if (content === undefined) throw new ParleyError(problems);
  const how: CompareOptions = { ...options, prior: false, attribution: false };
  const whole = { content, war: warRun(content, how) };
  const files = changedSeries(from, to);
  const groups = groupsOf(differencesOf(from.raw, to.raw), MOST_CAUSES - Math.min(files.length, MOST_CAUSES / 2));
  const parts = [
    ...groups.map((group) => ({ ...group, files: [] as readonly string[] })),
    ...files.map((name) => ({ path: name, kind: "file" as const, differences: [], files: [name] })),
  ];
  return parts.map(({ path, kind, differences, files: back }, i): Cause => {
    const cause = { path, kind, changes: differences.length + back.length };
    if (i >= MOST_CAUSES) return { ...cause, moves: null, problems: [problem("cause-left", { most: MOST_CAUSES })] };
    try {
      const raw = takenBack(to.raw, differences);
      const without = viewCase({ ...to, raw, series: seriesOf(raw, from, to, back) }, view);
      if (without.case === undefined) {
        const errors = without.problems.filter(({ severity }) => severity === "error");
        return { ...cause, moves: null, problems: [problem("cause-tied", undefined), ...errors.slice(0, 3)] };
      }
      return { ...cause, moves: movesOf(without.case, whole, how), problems: [] };
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      return { ...cause, moves: null, problems: [problem("cause-tied", undefined), ...error.problems.slice(0, 3)] };
    }
  });
}

/** Changes that are taken back together. */
interface Group {
  readonly path: CasePath;
  readonly kind: "value" | "entry" | "section";
  readonly differences: readonly Difference[];
}

/** Each change by itself; where these are too many, those of an entry together, or else those of a section. */
function groupsOf(differences: readonly Difference[], most: number): Group[] {
  if (differences.length <= most) {
    return differences.map((each) => ({ path: each.path, kind: "value" as const, differences: [each] }));
  }
  const entries = together(differences, 2);
  return entries.length <= most ? entries : together(differences, 1);
}

function together(differences: readonly Difference[], depth: 1 | 2): Group[] {
  const groups = new Map<string, Difference[]>();
  for (const each of differences) {
    const name = JSON.stringify(each.steps.slice(0, depth));
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups].map(([name, of]) => {
    const steps = JSON.parse(name) as string[];
    const path = steps.some((step) => step.includes(".")) ? steps : steps.join(".");
    return { path, kind: steps.length === 1 ? ("section" as const) : ("entry" as const), differences: of };
  });
}

function warRun(content: Case, how: CompareOptions): RunWar | undefined {
  const war = warOf(content);
  return typeof war === "string" ? undefined : runWar(war, how);
}

/** Which answers differ between a case without a change and the whole one. */
function movesOf(
  without: Case,
  { content, war }: { readonly content: Case; readonly war: RunWar | undefined },
  how: CompareOptions,
): ChangedAnswer[] {
  const other = war === undefined ? undefined : warRun(without, how);
  const simulated = war === undefined || other === undefined ? [] : compareRunWars(other, war, how).outputs;
  const draws = content.settings.draws ?? 10_000;
  const moves = [
    ...simulated.map(({ id, label, unit, a, b, difference }): ChangedAnswer => {
      return { from: "simulation", id, label, unit, without: a, with: b, difference };
    }),
    ...compareEvidence(without, content, { seed: how.seed, draws }).flatMap(answerOf),
  ];
  return moves
    .filter(({ difference }) => difference.value !== 0 || difference.se !== 0)
    .toSorted(
      (one, two) =>
        // Losses are no chances: they come last.
        Number(one.unit !== "probability") - Number(two.unit !== "probability") ||
        Math.abs(two.difference.value) - Math.abs(one.difference.value),
    );
}

function answerOf({ question, text, hypothesis, a, b }: ComparedQuestion): ChangedAnswer[] {
  if (a === null || b === null) return [];
  const exact = (value: number): Measured => ({ value, se: 0 });
  const [without, now] = [exact(a.central), exact(b.central)];
  const difference = exact(b.central - a.central);
  const label = `${text} ${hypothesis}`;
  return [{ from: "evidence", id: question, label, unit: "probability", without, with: now, difference }];
}

/** The data files, by their names in the newer version, whose observations changed under an indicator that kept them. */
function changedSeries(from: Dossier, to: Dossier): string[] {
  const changed = [...to.series].flatMap(([indicator, observations]) => {
    const file = fileOf(to.raw, indicator);
    const before = from.series.get(indicator);
    const isSame = before === undefined || JSON.stringify(before) === JSON.stringify(observations);
    return file === undefined || isSame || fileOf(from.raw, indicator) !== file ? [] : [file];
  });
  return [...new Set(changed)];
}

/** The series of the newer version with changes taken back: those that it had then under the same name of a file. */
function seriesOf(raw: RawMap, from: Dossier, to: Dossier, back: readonly string[]): Dossier["series"] {
  const series = new Map(to.series);
  for (const indicator of new Set([...from.series.keys(), ...to.series.keys()])) {
    const file = fileOf(raw, indicator);
    if (file === fileOf(to.raw, indicator) && (file === undefined || !back.includes(file))) continue;
    const before = from.series.get(indicator);
    if (file === undefined || before === undefined) series.delete(indicator);
    else series.set(indicator, before);
  }
  return series;
}

function fileOf(raw: RawMap, indicator: string): string | undefined {
  const inside = (value: Raw | undefined, key: string): Raw | undefined =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RawMap)[key] : undefined;
  const file = inside(inside(raw["indicators"], indicator), "file");
  return typeof file === "string" ? file : undefined;
}
