import type { Case, Dossier, RawMap, View } from "../case/index.ts";
import { changesOf } from "../case/index.ts";
import type { QuestionResult } from "../evidence/index.ts";
import { capital, humanize } from "./format.ts";
import { compileEvidence } from "./inputs/evidence.ts";
import { lookAt } from "./looks.ts";
import { first } from "./question.ts";
import { shortCitation } from "./reasons.ts";
import type { QuestionAssessment, ReadingInfo } from "./schema.ts";
import { weighOnce } from "./weighed.ts";

/** What the case is called where no reading is chosen. */
export const AS_CODED = "as coded";

/** The readings of a case with what each changes, who says so and why. */
export function readingInfos(dossier: Dossier, content: Case): ReadingInfo[] {
  return Object.keys(content.readings).map((id) => readingInfo(dossier, content, id));
}

/** One reading, or the case as coded. */
export function readingInfo(dossier: Dossier, content: Case, id: string | undefined): ReadingInfo {
  const reading = id === undefined ? undefined : content.readings[id];
  if (id === undefined || reading === undefined) {
    return { id: null, name: AS_CODED, kind: "base", by: null, because: null, citations: [], changes: [] };
  }
  return {
    id,
    name: reading.name ?? capital(humanize(id)),
    kind: reading.kind,
    by: reading.by ?? null,
    because: reading.because ?? null,
    citations: (reading.source ?? []).map((ref) => shortCitation(content, ref)),
    changes: changesOf(dossier.raw, id).map(({ path, value }) => ({
      path,
      what: pathInWords(content, path),
      from: written(at(dossier.raw, path), path),
      to: written(value, path),
      because: reading.reasons?.[path] ?? null,
      line: content.line(["readings", id, "set", path]),
    })),
  };
}

/** What the evidence engine found under one reading, or under the case as coded. */
export interface ReadingResult {
  /** Undefined: the case as coded. */
  readonly reading: string | undefined;
  readonly name: string;
  readonly content: Case;
  readonly results: readonly QuestionResult[];
}

/**
 * Weighs the evidence under every reading that somebody holds or that counters one, the case as coded first; the choices of
 * the view beside its reading hold. Stress tests are no views: they are for the simulation.
 */
export function weighReadings(
  dossier: Dossier,
  view: View,
  content: Case,
  options: Parameters<typeof weighOnce>[1],
): ReadingResult[] {
  const held = Object.keys(content.readings).filter((id) => content.readings[id]?.kind !== "stress");
  return [undefined, ...held].flatMap((reading) => {
    const viewed = lookAt(dossier, { ...view, reading }).case;
    if (viewed === undefined) return [];
    const { name } = readingInfo(dossier, content, reading);
    const { questions } = weighOnce(compileEvidence(viewed).questions, options);
    return [{ reading, name, content: viewed, results: questions }];
  });
}

/** The first hypothesis of a question under each reading that gives it a probability. */
export function estimatesOf(all: readonly ReadingResult[], question: string): QuestionAssessment["readings"] {
  return all.flatMap(({ reading, name, results }) => {
    const result = results.find((each) => each.question === question);
    if (result === undefined || result.posterior === null) return [];
    return [{ reading: reading ?? null, name, estimate: first(result, result.posterior) }];
  });
}

function at(raw: RawMap, path: string): unknown {
  let value: unknown = raw;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

/** `claims.no-victory.bears.talks-2025` as “No victory”: bears talks 2025. */
function pathInWords(content: Case, path: string): string {
  const [section = "", id, ...rest] = path.split(".");
  if (id === undefined) return humanize(section);
  if (section === "graph" && id === "preferences") {
    const [party = "", ...deeper] = rest;
    const whose = `What ${content.parties[party]?.name ?? party} prefers`;
    return deeper.length === 0 ? whose : `${whose}: ${deeper.map(humanize).join(" ")}`;
  }
  const entries = content[section as keyof Case] as Readonly<Record<string, { name?: string } | undefined>> | undefined;
  const entry = entries?.[id];
  const name = typeof entry === "object" && typeof entry.name === "string" ? entry.name : capital(humanize(id));
  return rest.length === 0 ? `“${name}”` : `“${name}”: ${rest.map(humanize).join(" ")}`;
}

function written(value: unknown, path: string): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "string") return value;
  const statements = path.startsWith("graph.preferences.") ? statementsIn(value) : undefined;
  return statements === undefined ? JSON.stringify(value) : statements.join("; ");
}

/** The statements of a graph model's preferences, the most important first; undefined where they are of another kind. */
function statementsIn(value: unknown): string[] | undefined {
  const list: unknown = Array.isArray(value) ? value : (value as { statements?: unknown }).statements;
  if (!Array.isArray(list)) return undefined;
  return list.map((each: unknown) =>
    typeof each === "string" ? each : String((each as { says?: unknown } | null)?.says),
  );
}
