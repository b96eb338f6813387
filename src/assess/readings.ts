import type { Case, Dossier, RawMap } from "../case/index.ts";
import { changesOf, viewCase } from "../case/index.ts";
import type { EvidenceOptions, QuestionResult } from "../evidence/index.ts";
import { weighEvidence } from "../evidence/index.ts";
import { capital, humanize } from "./format.ts";
import { compileEvidence } from "./inputs/evidence.ts";
import { first } from "./question.ts";
import { shortCitation } from "./reasons.ts";
import type { QuestionAssessment, ReadingInfo } from "./schema.ts";

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
      from: written(at(dossier.raw, path)),
      to: written(value),
      because: reading.reasons?.[path] ?? null,
      line: content.line(["readings", id, "set", path]),
    })),
  };
}

/** The posterior of every question under every reading, the case as coded first. */
export function acrossReadings(
  dossier: Dossier,
  view: {
    readonly asOf?: string | undefined;
    readonly strictAsOf?: boolean | undefined;
    readonly sets?: readonly string[] | undefined;
  },
  content: Case,
  options: EvidenceOptions,
): ReadonlyMap<string, QuestionAssessment["readings"]> {
  const out = new Map<string, QuestionAssessment["readings"]>();
  for (const reading of [undefined, ...Object.keys(content.readings)]) {
    const viewed = viewCase(dossier, { ...view, reading }).case;
    if (viewed === undefined) continue;
    const results = weighEvidence(compileEvidence(viewed).questions, options).questions;
    for (const result of results) {
      const estimate = firstEstimate(result);
      if (estimate === undefined) continue;
      const { name } = readingInfo(dossier, content, reading);
      out.set(result.question, [...(out.get(result.question) ?? []), { reading: reading ?? null, name, estimate }]);
    }
  }
  return out;
}

function firstEstimate(result: QuestionResult) {
  return result.posterior === null ? undefined : first(result, result.posterior);
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
  const entries = content[section as keyof Case] as Readonly<Record<string, { name?: string } | undefined>> | undefined;
  const entry = entries?.[id];
  const name = typeof entry === "object" && typeof entry.name === "string" ? entry.name : capital(humanize(id));
  return rest.length === 0 ? `“${name}”` : `“${name}”: ${rest.map(humanize).join(" ")}`;
}

function written(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
