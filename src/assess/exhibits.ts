import type { Case, SourceRef } from "../case/index.ts";
import { capital, humanize } from "./format.ts";
import type { EvidenceInputs } from "./inputs/evidence.ts";
import type { Reasons } from "./reasons.ts";
import { nameOfClaim, shortCitation, shortName } from "./reasons.ts";
import type { IndicatorExhibit, QuestionAssessment, SourceExhibit, TimelineEntry } from "./schema.ts";
import { verdictSentence } from "./verdict-words.ts";

/** The series of a case with the tests that use them. */
export function indicatorExhibits(content: Case, inputs: EvidenceInputs, reasons: Reasons): IndicatorExhibit[] {
  return Object.entries(content.indicators).map(([id, indicator]) => {
    const tests = [...inputs.tests].flatMap(([claim, { tests: all }]) =>
      all.flatMap((tested, index) => (tested.test.series === id ? [{ claim, tested, index }] : [])),
    );
    const points = (content.series.get(id) ?? []).toSorted((a, b) => a.date.last - b.date.last);
    return {
      id,
      name: indicator.name,
      unit: indicator.unit.text,
      definition: indicator.definition ?? null,
      question: indicator.question ?? null,
      population: indicator.population ?? null,
      claimedBy: indicator.claimedBy === undefined ? null : partyName(content, indicator.claimedBy),
      citations: (indicator.source ?? []).map((ref) => shortCitation(content, ref)),
      hindsight: indicator.hindsight ?? null,
      estimates: indicator.measures === "estimates",
      points: points.map(({ date, value, low, high, sources, note }) => ({
        date: date.text,
        // A flow over a year or a month is drawn in its middle, a level at its end.
        day: indicator.measures === "flow" ? Math.floor((date.first + date.last) / 2) : date.last,
        value,
        low: low ?? null,
        high: high ?? null,
        by:
          [sources.map((name) => shortName(content, name.split("#")[0] ?? name)).join("; "), note]
            .filter(Boolean)
            .join(": ") || null,
      })),
      tests: tests.map(({ claim, tested, index }) => ({
        claim,
        claimName: capital(nameOfClaim(content, claim)),
        name: tested.test.name ?? null,
        series: id,
        is: tested.test.is,
        verdict: tested.verdict.verdict,
        sentence: capital(verdictSentence(tested, indicator.unit.text)),
        figures: { ...tested.verdict.figures },
        node: reasons.test(claim, index),
      })),
      node: reasons.series(id),
    };
  });
}

/** The sources of a case with their grades, and what each states beside where the case holds it. */
export function sourceExhibits(
  content: Case,
  inputs: EvidenceInputs,
  questions: readonly QuestionAssessment[],
  reasons: Reasons,
): SourceExhibit[] {
  const claims = Object.entries(content.claims);
  const cites = (claim: Case["claims"][string], id: string) =>
    claim.source?.some(({ source }) => source === id) ?? false;
  return Object.entries(content.sources).map(([id, source]) => ({
    id,
    title: source.title,
    by: source.by ?? null,
    affiliation: source.affiliation ?? null,
    publisher: source.publisher ?? null,
    published: source.published?.text ?? null,
    accessed: source.accessed?.text ?? null,
    terms: source.terms ?? null,
    url: source.url ?? null,
    kind: source.kind ?? null,
    language: source.language ?? null,
    translated: source.translated ?? null,
    reliability: source.reliability ?? null,
    interested: (source.interested ?? []).map((party) => partyName(content, party)),
    because: source.because ?? null,
    note: source.note ?? null,
    hindsight: source.hindsight ?? null,
    claims: claims.flatMap(([name, claim]) => (cites(claim, id) ? [name] : [])),
    alone: claims.flatMap(([name, claim]) =>
      cites(claim, id) && claim.source?.every((ref) => ref.source === id) ? [name] : [],
    ),
    cited: citedBy(content, id),
    statements: Object.entries(source.statements ?? {}).map(([name, statement]) => ({
      id: name,
      at: statement.at === undefined ? [] : Array.isArray(statement.at) ? statement.at : [statement.at],
      kind: statement.kind,
      says: statement.says,
      heldBy: (statement.heldBy ?? []).map((path) => ({
        path,
        label: labelOf(content, path),
        line: content.line(path.split(".")),
      })),
      verdicts: (statement.heldBy ?? []).flatMap((path) => {
        const [section, claim] = path.split(".");
        if (section !== "claims" || claim === undefined) return [];
        const weights = questions.flatMap((question) => question.claims.filter((row) => row.id === claim));
        return [{ claim, verdict: inputs.tests.get(claim)?.verdict ?? null, weightDb: weights[0]?.leanDb ?? null }];
      }),
    })),
    node: reasons.source({ source: id, locator: undefined }),
  }));
}

/** Entries beside the claims that cite a source. */
function citedBy(content: Case, source: string): SourceExhibit["cited"] {
  return (["events", "agreements", "indicators", "proposals", "norms"] as const).flatMap((section) =>
    Object.entries(content[section]).flatMap(([id, entry]) =>
      entry.source?.some((ref: SourceRef) => ref.source === source) === true
        ? [
            {
              path: `${section}.${id}`,
              label: labelOf(content, `${section}.${id}`),
              line: content.line([section, id]),
            },
          ]
        : [],
    ),
  );
}

/** Events and agreements in the order of their dates. */
export function timeline(content: Case): TimelineEntry[] {
  const parties = (ids: readonly string[] | undefined) => (ids ?? []).map((id) => partyName(content, id));
  const events = Object.entries(content.events).map(([id, event]): TimelineEntry => {
    const ahead = event.kind === "scheduled";
    return {
      id: `events.${id}`,
      kind: ahead ? "scheduled" : "event",
      date: event.date.text,
      day: event.date.first,
      until: event.until?.text ?? null,
      name: event.name ?? capital(humanize(id)),
      text: event.text,
      status: null,
      actors: parties(event.actor),
      addressees: parties(event.addressee),
      rung: event.rung?.value ?? null,
      changes: (event.changes ?? []).map((path) => labelOf(content, path)),
      citations: (event.source ?? []).map((ref) => shortCitation(content, ref)),
      line: content.line(["events", id]),
    };
  });
  const agreements = Object.entries(content.agreements).map(
    ([id, agreement]): TimelineEntry => ({
      id: `agreements.${id}`,
      kind: "agreement",
      date: agreement.signed.text,
      day: agreement.signed.first,
      until: agreement.ended?.text ?? null,
      name: agreement.name ?? capital(humanize(id)),
      text: agreement.text ?? "",
      status: humanize(agreement.status),
      actors: parties(agreement.parties),
      addressees: [],
      rung: null,
      changes: [],
      citations: (agreement.source ?? []).map((ref) => shortCitation(content, ref)),
      line: content.line(["agreements", id]),
    }),
  );
  return [...events, ...agreements].toSorted((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
}

export function partyName(content: Case, id: string): string {
  return content.parties[id]?.name ?? humanize(id);
}

/** What a path of the case is called in views: the name of its entry. */
export function labelOf(content: Case, path: string): string {
  const [section = "", id = "", ...rest] = path.split(".");
  if (section === "positions") {
    const issue = rest[1] === undefined ? "" : ` on ${content.issues[rest[1]]?.name ?? humanize(rest[1])}`;
    return `${partyName(content, id)}${issue}`;
  }
  if (section === "parties" && rest[0] === "factions" && rest[1] !== undefined) {
    return content.parties[id]?.factions?.[rest[1]]?.name ?? capital(humanize(rest[1]));
  }
  const entry = (content as unknown as Record<string, Record<string, { name?: string; text?: string }>>)[section]?.[id];
  const name = entry?.name ?? (section === "questions" ? entry?.text : undefined) ?? humanize(id || section);
  return rest.length === 0 ? capital(name) : `${capital(name)} (${rest.map(humanize).join(", ")})`;
}
