import type { CalendarDate } from "../../core/dates/index.ts";
import { isAfter } from "../../core/dates/index.ts";
import { keptFor } from "../../core/kept/index.ts";
import { isAmount } from "../notation/amount.ts";
import type { Observation } from "../parse/series.ts";
import type { CaseContent } from "../schema/case.ts";
import type { SourceRef } from "../schema/fields.ts";

/** Something in a case that is used although it was published after asOf. */
export interface HindsightMark {
  /** Keys joined by dots: `indicators.area`. */
  readonly path: string;
  readonly reason: string;
}

/** Every mark of hindsight in a case, in the order of the file. */
export function hindsightMarks(content: CaseContent): HindsightMark[] {
  return Object.entries(content).flatMap(([section, value]) =>
    section !== "resolutions" && typeof value === "object" && value !== null ? marksIn(value, section) : [],
  );
}

const marksIn = keptFor((part: object, section): readonly HindsightMark[] => {
  const marks: HindsightMark[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || isAmount(value)) return;
    const reason = (value as { hindsight?: unknown }).hindsight;
    if (typeof reason === "string") marks.push({ path, reason });
    for (const [key, item] of Object.entries(value)) look(item, `${path}.${key}`);
  };
  look(part, section);
  return marks;
});

/** A case as it was known on a day. */
export interface Known {
  readonly content: CaseContent;
  readonly series: ReadonlyMap<string, readonly Observation[]>;
  /** Paths of what is left out. */
  readonly leftOut: readonly string[];
}

interface Dated {
  readonly source?: readonly SourceRef[] | undefined;
  readonly hindsight?: string | undefined;
}

/**
 * Leaves out what was not known on a day: sources published later, what rests on them alone, later events and
 * observations.
 *
 * With `marked`, everything marked as hindsight goes as well, whatever its date (`--strict-as-of`); without it, a mark
 * goes only where nothing dated says when the thing was published.
 */
export function knownAt(
  content: CaseContent,
  series: ReadonlyMap<string, readonly Observation[]>,
  day: CalendarDate,
  marked: boolean,
): Known {
  const leftOut: string[] = [];
  const later = (date: CalendarDate | undefined): boolean => date !== undefined && isAfter(date, day.last);
  const goneSources = new Set(
    Object.entries(content.sources ?? {})
      .filter(([, source]) => later(source.published) || (marked && source.hindsight !== undefined))
      .map(([id]) => id),
  );
  const restsOnGone = (source: readonly SourceRef[] | undefined): boolean =>
    source !== undefined && source.length > 0 && source.every((ref) => goneSources.has(ref.source));
  const gone = (entry: Dated, date?: CalendarDate): boolean => {
    if (later(date) || restsOnGone(entry.source)) return true;
    if (entry.hindsight === undefined) return false;
    return marked || (date === undefined && (entry.source?.length ?? 0) === 0);
  };
  const keep = <T extends Dated>(
    section: string,
    entries: Readonly<Record<string, T>> | undefined,
    dateOf: (entry: T) => CalendarDate | undefined = () => undefined,
  ): Record<string, T> => {
    const kept: Record<string, T> = {};
    for (const [id, entry] of Object.entries(entries ?? {})) {
      if (gone(entry, dateOf(entry))) leftOut.push(`${section}.${id}`);
      else kept[id] = entry;
    }
    return kept;
  };

  const sources = Object.fromEntries(Object.entries(content.sources ?? {}).filter(([id]) => !goneSources.has(id)));
  leftOut.push(...[...goneSources].map((id) => `sources.${id}`));
  const claims = keep("claims", content.claims, (claim) => claim.date);
  const events = keep("events", content.events, (event) => (event.kind === "scheduled" ? undefined : event.date));
  const indicators = keep("indicators", content.indicators, (indicator) => indicator.published);
  const graphIsGone = content.graph !== undefined && gone(content.graph);
  if (graphIsGone) leftOut.push("graph");
  const known: CaseContent = {
    ...content,
    sources,
    parties: Object.fromEntries(
      Object.entries(content.parties ?? {}).map(([id, party]) => [id, knownParty(party, (entry) => !gone(entry))]),
    ),
    positions: Object.fromEntries(
      Object.entries(content.positions ?? {}).map(([id, position]) => [
        id,
        knownPosition(position, (entry) => !gone(entry)),
      ]),
    ),
    war: knownPart(content.war, (entry) => !gone(entry)),
    graph: graphIsGone ? undefined : knownGraph(content.graph, (entry) => !gone(entry)),
    proposals: keep("proposals", content.proposals, (proposal) => proposal.date),
    norms: keep("norms", content.norms),
    levers: keep("levers", content.levers),
    claims: Object.fromEntries(
      Object.entries(claims).map(([id, claim]) => [
        id,
        {
          ...claim,
          supports: claim.supports?.filter((other) => claims[other] !== undefined),
          attacks: claim.attacks?.filter((other) => claims[other] !== undefined),
        },
      ]),
    ),
    events: Object.fromEntries(
      Object.entries(events).map(([id, event]) => [
        id,
        { ...event, answers: event.answers?.filter((other) => events[other] !== undefined) },
      ]),
    ),
    agreements: keep("agreements", content.agreements, (agreement) => agreement.signed),
    indicators,
    asOf: day,
  };
  const observations = new Map<string, readonly Observation[]>();
  for (const id of Object.keys(indicators)) {
    const rows = (series.get(id) ?? []).filter(({ date, published, sources: names }) => {
      const unknown = names.length > 0 && names.every((name) => goneSources.has(name.split("#")[0] ?? name));
      return !later(date) && !later(published) && !unknown;
    });
    observations.set(id, rows);
  }
  return { content: known, series: observations, leftOut };
}

type Party = NonNullable<CaseContent["parties"]>[string];
type Position = NonNullable<CaseContent["positions"]>[string];

function knownParty(party: Party, known: (entry: Dated) => boolean): Party {
  return {
    ...party,
    roles: party.roles?.filter(known),
    aims: party.aims?.filter(known),
    aid: party.aid !== undefined && known(party.aid) ? party.aid : undefined,
    factions: Object.fromEntries(Object.entries(party.factions ?? {}).filter(([, faction]) => known(faction))),
  };
}

function knownPosition(position: Position, known: (entry: Dated) => boolean): Position {
  const issues = Object.entries(position.issues ?? {})
    .filter(([, stance]) => known(stance))
    .map(([issue, stance]) => {
      const values = Object.entries(stance.values ?? {}).filter(([, value]) => isAmount(value) || known(value));
      return [issue, { ...stance, values: Object.fromEntries(values) }] as const;
    });
  return { ...position, issues: Object.fromEntries(issues) };
}

/** A graph model without the statements that were not known; its states are the model's own and stay. */
function knownGraph(graph: CaseContent["graph"], known: (entry: Dated) => boolean): CaseContent["graph"] {
  if (graph?.preferences === undefined) return graph;
  const preferences = Object.entries(graph.preferences).map(
    ([party, own]) =>
      [
        party,
        "statements" in own ? { ...own, statements: own.statements.filter((statement) => known(statement)) } : own,
      ] as const,
  );
  return { ...graph, preferences: Object.fromEntries(preferences) };
}

/** A part of the case without the values below it that were not known. */
function knownPart<T>(part: T, known: (entry: Dated) => boolean): T {
  if (typeof part !== "object" || part === null || isAmount(part) || Array.isArray(part)) return part;
  const kept = Object.entries(part).filter(
    ([, value]) => typeof value !== "object" || value === null || isAmount(value) || known(value as Dated),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, knownPart(value, known)])) as T;
}
