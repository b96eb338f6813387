import type { CalendarDate } from "../../core/dates/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { byPosition, nearest, problem } from "../../core/problems/index.ts";
import { checkCase } from "../check/check.ts";
import { ungrounded } from "../check/provenance.ts";
import type { Dossier, Places } from "../parse/dossier.ts";
import type { Observation } from "../parse/series.ts";
import type { Path } from "../parse/yaml.ts";
import type { CaseContent } from "../schema/case.ts";
import type { HindsightMark } from "./knowledge.ts";
import { hindsightMarks, knownAt } from "./knowledge.ts";
import type { Change } from "./view.ts";
import { applyReading, applySets } from "./view.ts";

/** How a case is looked at: under which reading, with which changes, as known on which day. */
export interface View {
  /** A reading of the case; the case as coded unless given. */
  readonly reading?: string | undefined;
  /** Changes from the command line: `path=value`. */
  readonly sets?: readonly string[] | undefined;
  /** Leave out what was published after this day (ISO 8601). */
  readonly asOf?: string | undefined;
  /** Leave out everything that is marked as hindsight. */
  readonly strictAsOf?: boolean | undefined;
}

type Section<K extends keyof CaseContent> = NonNullable<CaseContent[K]>;

/** A case ready for the engines: checked, under one view, every section present. */
export interface Case {
  readonly title: string;
  readonly about: string | undefined;
  readonly authors: readonly string[];
  readonly file: string;
  /** SHA-256 of the case and its data files as they stand, whatever the view. */
  readonly hash: string;
  readonly asOf: CalendarDate | undefined;
  readonly horizon: CalendarDate | undefined;
  readonly settings: Section<"settings">;
  readonly sources: Section<"sources">;
  readonly parties: Section<"parties">;
  readonly issues: Section<"issues">;
  readonly positions: Section<"positions">;
  readonly exclusions: Section<"exclusions">;
  readonly interactions: Section<"interactions">;
  readonly proposals: Section<"proposals">;
  readonly norms: Section<"norms">;
  readonly claims: Section<"claims">;
  readonly groups: Section<"groups">;
  readonly questions: Section<"questions">;
  readonly events: Section<"events">;
  readonly agreements: Section<"agreements">;
  readonly indicators: Section<"indicators">;
  readonly series: ReadonlyMap<string, readonly Observation[]>;
  readonly process: CaseContent["process"];
  readonly history: CaseContent["history"];
  readonly war: CaseContent["war"];
  readonly levers: Section<"levers">;
  readonly graph: CaseContent["graph"];
  readonly readings: Section<"readings">;
  readonly resolutions: Section<"resolutions">;
  /** The reading that this is, or undefined for the case as coded. */
  readonly reading: string | undefined;
  readonly changes: readonly Change[];
  readonly strictAsOf: boolean;
  readonly hindsight: readonly HindsightMark[];
  /** Paths of what the view leaves out because it was not known. */
  readonly leftOut: readonly string[];
  /** Where a path of the case stands in the user's files. */
  place(path: Path, part?: "key" | "value"): Place;
  /** The same inside the case folder, on any machine: `case.yaml:12`. */
  line(path: Path): string;
}

/**
 * Looks at a case: applies a reading and changes, checks the outcome, and leaves out what was not known.
 *
 * There is no case where any problem is an error; all problems of this view come back, in the order of the file.
 */
export function viewCase(dossier: Dossier, view: View = {}): { case?: Case; problems: Problem[] } {
  const { reading } = view;
  const readings = Object.keys((dossier.raw["readings"] as object | undefined) ?? {});
  if (reading !== undefined && !readings.includes(reading)) {
    const facts = { kind: "reading", value: reading, near: nearest(reading, readings), known: knownReadings(readings) };
    return { problems: [problem("unknown-reference", facts)] };
  }
  const day = view.asOf === undefined ? undefined : parseDate(view.asOf);
  if (view.asOf !== undefined && day === undefined) {
    const expected = "an ISO 8601 date such as 2024-11-28";
    return { problems: [problem("invalid-option", { option: "--as-of", value: view.asOf, expected })] };
  }
  const base = { raw: dossier.raw, places: dossier.places, changes: [], problems: [] };
  const patched = reading === undefined ? base : applyReading(dossier, reading);
  const changed = applySets(patched, view.sets ?? []);
  const checked = checkCase(changed.raw, dossier, changed.places);
  const problems = byPosition([...patched.problems, ...changed.problems, ...checked.problems]);
  if (!checked.sound || problems.some(({ severity }) => severity === "error")) return { problems };
  const marks = hindsightMarks(checked.content);
  const filter = day ?? (view.strictAsOf === true ? checked.content.asOf : undefined);
  const known =
    filter === undefined
      ? { content: checked.content, series: checked.series, leftOut: [] }
      : knownAt(checked.content, checked.series, filter, view.strictAsOf === true);
  const changes = [...patched.changes, ...changed.changes];
  const finished = finish(dossier, known.content, known.series, changed.places, {
    reading,
    changes,
    strictAsOf: view.strictAsOf === true,
    leftOut: known.leftOut,
    hindsight: marks.filter(({ path }) => !known.leftOut.some((out) => path === out || path.startsWith(`${out}.`))),
  });
  return { case: finished, problems };
}

/** Every problem of a case: of the case as coded, and of each reading where it brings new ones. */
export function checkDossier(dossier: Dossier): Problem[] {
  const base = checkCase(dossier.raw, dossier, dossier.places).problems;
  const problems = [...base];
  const seen = new Set(base.map(identity));
  for (const reading of Object.keys((dossier.raw["readings"] as object | undefined) ?? {})) {
    const patched = applyReading(dossier, reading);
    const found = [...patched.problems, ...checkCase(patched.raw, dossier, patched.places).problems];
    for (const each of found) {
      if (seen.has(identity(each))) continue;
      seen.add(identity(each));
      problems.push(each);
    }
  }
  return byPosition(problems);
}

/** Judgements of a case that carry neither a source nor a reason. */
export function listUngrounded(dossier: Dossier): Problem[] {
  return ungrounded(checkCase(dossier.raw, dossier, dossier.places).content, dossier.places);
}

function identity({ code, file, line, column, message }: Problem): string {
  return [code, file, line, column, message].join("\0");
}

function knownReadings(readings: readonly string[]): string {
  return readings.length === 0 ? "the case has no readings" : `its readings: ${readings.join(", ")}`;
}

function finish(
  dossier: Dossier,
  content: CaseContent,
  series: ReadonlyMap<string, readonly Observation[]>,
  places: Places,
  view: Pick<Case, "reading" | "changes" | "strictAsOf" | "leftOut" | "hindsight">,
): Case {
  return {
    ...view,
    title: content.title,
    about: content.about,
    authors: content.authors ?? [],
    file: dossier.file,
    hash: dossier.hash,
    asOf: content.asOf,
    horizon: content.horizon,
    settings: content.settings ?? {},
    sources: content.sources ?? {},
    parties: content.parties ?? {},
    issues: content.issues ?? {},
    positions: content.positions ?? {},
    exclusions: content.exclusions ?? [],
    interactions: content.interactions ?? [],
    proposals: content.proposals ?? {},
    norms: content.norms ?? {},
    claims: content.claims ?? {},
    groups: content.groups ?? {},
    questions: content.questions ?? {},
    events: content.events ?? {},
    agreements: content.agreements ?? {},
    indicators: content.indicators ?? {},
    series,
    process: content.process,
    history: content.history,
    war: content.war,
    levers: content.levers ?? {},
    graph: content.graph,
    readings: content.readings ?? {},
    resolutions: content.resolutions ?? {},
    place: (path, part) => places.place(path, part),
    line: (path) => {
      const { file, line } = places.place(path, "key");
      return `${dossier.inside.get(file) ?? file}:${line}`;
    },
  };
}
